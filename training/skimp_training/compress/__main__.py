"""Command line: `python -m skimp_training.compress STAGE`; `npm run train -- compressor` calls it.

A stage whose result is in the build folder is not run again, and one that was interrupted goes on
from its checkpoint: delete the result to repeat it.
"""

import argparse
import json
import logging
import random
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from skimp_training.compress import baselines
from skimp_training.compress.dev import dev_sets, long_texts, sample
from skimp_training.compress.examples import Example
from skimp_training.compress.export_policy import MODEL_ID, export_policy
from skimp_training.compress.foretold import foretell
from skimp_training.compress.gains import (
    Gates,
    all_alike,
    interleave,
    read_gains,
    with_gains,
    write_gains,
)
from skimp_training.compress.judge import Judge, group_rows, table
from skimp_training.compress.known_costs import KnownCosts
from skimp_training.compress.labels import write_labels
from skimp_training.compress.language_model import Floats, Task, open_language_model
from skimp_training.compress.mixture import (
    Sampler,
    build_items,
    describe,
    read_labels,
    train_examples,
)
from skimp_training.compress.own_gates import own_gates
from skimp_training.compress.pages import as_page
from skimp_training.compress.policy import SELECTION, Policy, WordPieces, fresh_policy
from skimp_training.compress.provenance import describe_policy, last_seed
from skimp_training.compress.reader import is_for_reader, load_reader, mark, train_reader
from skimp_training.compress.reinforce import ReinforceConfig, Reinforcement
from skimp_training.compress.report import write_report
from skimp_training.compress.restore import restore_policy
from skimp_training.compress.rewarded import rewarded_examples, to_be_asked
from skimp_training.compress.scoring import cut_text, read_examples
from skimp_training.compress.supervised import SupervisedConfig, train_supervised
from skimp_training.compress.swaps import SwapDraw
from skimp_training.manifest import MANIFEST_NAME, read_json
from skimp_training.train.loop import save_weights, weighted_sum, write_json
from skimp_training.train.pairs import read_rows, write_rows
from skimp_training.train.workplace import TRAINING, Workplace, open_workplace

_log = logging.getLogger("skimp_training")
_DATA = TRAINING.parent.parent / "shared" / "data"
_BUILD = TRAINING / "build"
_MODELS = TRAINING.parent / "public" / "models"
PASSAGES = TRAINING / "passages"
EVALUATED = {
    "fairytaleqa": 140,
    "squad_para": 70,
    "longqa_covid": 30,
    "written-qa": 80,
    "scitldr": 120,
    "meetings": 20,
    "dialogsum": 107,
    "written-dialogue": 20,
    "codedoc_py": 200,
}
"""Dev texts of each set that the report measures."""
EXPORT_WINDOWS = 160


def main() -> None:
    """Runs the stage named on the command line."""
    logging.basicConfig(level=logging.ERROR, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    _log.setLevel(logging.INFO)
    options = _parser().parse_args()
    torch.set_num_threads(options.threads)
    options.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="skimp_training.compress", description=__doc__)
    parser.add_argument("--data", type=Path, default=_DATA, help="folder of the data sets")
    parser.add_argument("--build", type=Path, default=_BUILD, help="folder of results")
    parser.add_argument("--threads", type=int, default=2, help="cores to use")
    stages = parser.add_subparsers(required=True)

    labels = stages.add_parser("labels", help="asks the language model what it needs")
    labels.add_argument("--minutes", type=float, default=20)
    labels.set_defaults(run=_labels)

    supervised = stages.add_parser("supervised", help="the supervised stage")
    supervised.add_argument("--steps", type=int, default=SupervisedConfig.steps)
    supervised.add_argument("--rate", type=float, default=SupervisedConfig.learning_rate)
    supervised.add_argument("--onto", help="folder in the build of a policy to go on from")
    supervised.add_argument("--name", default="supervised", help="folder of the result")
    supervised.set_defaults(run=_supervised)

    mean = stages.add_parser("mean", help="averages the weights of policies")
    mean.add_argument("--of", action="append", required=True, help="folder in the build")
    mean.add_argument("--name", default="supervised", help="folder of the result")
    mean.set_defaults(run=_mean)

    graft = stages.add_parser("graft", help="adds to a policy what training changed in another one")
    graft.add_argument("--onto", required=True, help="folder in the build")
    graft.add_argument("--before", required=True, help="the other one before it was trained")
    graft.add_argument("--after", required=True, help="and after")
    graft.add_argument("--name", required=True, help="folder of the result")
    graft.set_defaults(run=_graft)

    restore = stages.add_parser("restore", help="a policy to train on from the model folder")
    restore.add_argument("--models", type=Path, default=_MODELS, help="folder of model folders")
    restore.add_argument("--name", default="restored", help="folder of the result")
    restore.set_defaults(run=_restore)

    gains = stages.add_parser("gains", help="asks the language model what each word gives")
    gains.add_argument("--minutes", type=float, default=60)
    gains.add_argument("--policy", help="folder in the build: ask about where its choice stands")
    gains.set_defaults(run=_gains)

    foretold = stages.add_parser("foretold", help="how well gains foretell what swaps gain")
    foretold.add_argument("--policy", default="supervised", help="folder in the build")
    foretold.add_argument("--gains", help="policy by whose gates gains were asked for")
    foretold.add_argument("--texts", type=int, default=40, help="of each task")
    foretold.set_defaults(run=_foretold)

    reader = stages.add_parser("reader", help="trains judge (b)")
    reader.set_defaults(run=_reader)

    rl = stages.add_parser("rl", help="the reinforcement stage")
    rl.add_argument("--task", choices=("qa", "summary", "code", "all"), default="all")
    rl.add_argument("--recipe", choices=("skimp", "paper"), default="skimp")
    rl.add_argument(
        "--minutes", type=float, default=90, help="of this call; it goes on in the next"
    )
    rl.add_argument("--steps", type=int, default=ReinforceConfig.steps)
    rl.add_argument("--batch", type=int, default=ReinforceConfig.batch, help="texts tried")
    rl.add_argument(
        "--estimated", type=int, default=ReinforceConfig.estimated, help="texts by their gains"
    )
    rl.add_argument("--anchor", type=float, default=ReinforceConfig.anchor)
    rl.add_argument("--seed", type=int, default=0)
    rl.add_argument("--onto", default="supervised", help="folder of the supervised policy")
    rl.add_argument("--start", help="folder of the policy to begin with; else the supervised one")
    rl.add_argument("--rate", type=float, default=ReinforceConfig.learning_rate)
    rl.add_argument("--gains", help="policy by whose gates gains were asked for; else all alike")
    rl.add_argument("--name", help="folder of the result; else by recipe, task and seed")
    rl.set_defaults(run=_rl)

    export = stages.add_parser("export", help="writes the model folder")
    export.add_argument("--policy", default="supervised", help="folder of the policy in the build")
    export.add_argument("--id", default=MODEL_ID, help="name of the model folder")
    export.set_defaults(run=_export)

    compare = stages.add_parser("compare", help="compresses dev sets in PyTorch, for the judges")
    compare.add_argument("--policy", action="append", required=True)
    compare.add_argument("--method", choices=tuple(baselines.METHODS), action="append")
    compare.add_argument("--out", type=Path, required=True, help="folder")
    compare.add_argument("--keep", type=float, action="append")
    compare.set_defaults(run=_compare)

    sets = stages.add_parser("sets", help="writes the dev sets as `npm run compress` reads them")
    sets.add_argument("--out", type=Path, required=True)
    sets.add_argument("--all", action="store_true", help="every row, not the report's sample")
    sets.add_argument("--long", action="store_true", help="long texts, for `--shift`")
    sets.add_argument("--pages", action="store_true", help="texts that are asked about, as HTML")
    sets.add_argument("--texts", type=int, help="so many of them, drawn by a fixed seed")
    sets.set_defaults(run=_sets)

    report = stages.add_parser("report", help="writes benchmarks/compressor.md and .json")
    report.set_defaults(run=_report)

    judge = stages.add_parser("judge", help="judges what `npm run compress` wrote")
    judge.add_argument("files", type=Path, nargs="+")
    judge.add_argument("--json", type=Path, help="also writes the verdicts here")
    judge.add_argument("--no-retention", action="store_true", help="without the language model")
    judge.set_defaults(run=_judge)
    return parser


def _open(options: argparse.Namespace) -> Workplace:
    return open_workplace(options.data, options.build, options.build)


def _folder(options: argparse.Namespace) -> Path:
    folder: Path = options.build / "compressor"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _load_policy(work: Workplace, folder: Path) -> Policy:
    policy = fresh_policy(work.encoder_config, work.encoder_weights, 0)
    policy.load_state_dict(load_file(folder / "policy.safetensors"), strict=True)
    return policy


def _labels(options: argparse.Namespace) -> None:
    rng = random.Random(0)
    sets = train_examples(options.data, PASSAGES)
    limits = {
        "fairytaleqa": 1_900,
        "squad_para": 250,
        "codedoc_py": 700,
        "scitldr": 500,
        "written": 300,
    }
    groups = []
    for name, limit in limits.items():
        members = [
            e for e in sets[name] if len(e.text) < 2_200 and (e.task == "qa" or name != "written")
        ]
        rng.shuffle(members)
        groups.append(members[:limit])
    summaries = [
        e
        for e in [*sets["dialogues"], *sets["written"]]
        if e.task == "summary" and len(e.text) < 2_200
    ]
    mixed = interleave(groups)  # what is labelled when time runs out has all sets in it
    model = open_language_model(options.build)
    write_labels(
        model, [*summaries, *mixed], _folder(options) / "labels.jsonl", 60 * options.minutes
    )


def _supervised(options: argparse.Namespace) -> None:
    folder = _folder(options) / options.name
    if (folder / "policy.safetensors").exists():
        return
    work = _open(options)
    labels = read_labels(_folder(options) / "labels.jsonl")
    sets = build_items(options.data, PASSAGES, labels)
    seed, before = work.seed, {}
    if options.onto:
        policy, before = _load_policy(work, _folder(options) / options.onto), {"onto": options.onto}
        seed = last_seed(describe_policy(_folder(options), options.onto)) + 1  # other batches
    else:
        policy = fresh_policy(work.encoder_config, work.encoder_weights, seed)
    sampler = Sampler(sets, WordPieces(work.tokens.tokenizer), seed)
    config = SupervisedConfig(steps=options.steps, learning_rate=options.rate, seed=seed)
    outcome = train_supervised(policy, sampler, config, folder)
    save_weights(policy, folder / "policy.safetensors")
    described = {**outcome, "examples": json.loads(describe(sets)), "labels": len(labels)}
    write_json(folder / "training.json", {**described, **before})


def _graft(options: argparse.Namespace) -> None:
    parts = {part: getattr(options, part) for part in ("onto", "before", "after")}
    added = [(options.onto, 1.0), (options.after, 1.0), (options.before, -1.0)]
    _combine(options, added, {"graft": parts})


def _mean(options: argparse.Namespace) -> None:
    share = 1 / len(options.of)
    _combine(options, [(name, share) for name in options.of], {"meanOf": options.of})


def _combine(
    options: argparse.Namespace, parts: list[tuple[str, float]], described: dict[str, Any]
) -> None:
    """Writes a policy whose weights are a weighted sum of those of the policies named."""
    for name, _ in parts:
        describe_policy(_folder(options), name)
    work = _open(options)
    policies = [(_load_policy(work, _folder(options) / name), weight) for name, weight in parts]
    policy = policies[0][0]
    policy.load_state_dict(weighted_sum([(each.state_dict(), weight) for each, weight in policies]))
    folder = _folder(options) / options.name
    folder.mkdir(exist_ok=True)
    save_weights(policy, folder / "policy.safetensors")
    write_json(folder / "training.json", described)


def _restore(options: argparse.Namespace) -> None:
    work = _open(options)
    policy = fresh_policy(work.encoder_config, work.encoder_weights, 0)
    folder = _folder(options) / options.name
    folder.mkdir(exist_ok=True)
    shipped = options.models / MODEL_ID
    save_weights(restore_policy(shipped, policy), folder / "policy.safetensors")
    manifest = read_json(shipped / MANIFEST_NAME)
    training = manifest["training"]
    told = {"restored": manifest["revision"], "of": list(training)[-1], "training": training}
    write_json(folder / "training.json", told)


def _reader(options: argparse.Namespace) -> None:
    folder = _folder(options) / "reader"
    if (folder / "reader.safetensors").exists():
        return
    work = _open(options)
    pieces = WordPieces(work.tokens.tokenizer)
    examples = [
        example
        for members in train_examples(options.data, PASSAGES).values()
        for example in members
        if example.task == "qa" and is_for_reader(example.text)
    ]
    marked = [found for found in (mark(e, pieces) for e in examples) if found is not None]
    _log.info("%d marked answers", len(marked))
    train_reader((work.encoder_config, work.encoder_weights), marked, folder)


def _rl(options: argparse.Namespace) -> None:
    for part in (options.onto, options.start or options.onto):
        describe_policy(_folder(options), part)  # what the manifest cannot tell must not be begun
    name = f"rl-{options.recipe}-{options.task}" + (f"-{options.seed}" if options.seed else "")
    folder = _folder(options) / (options.name or name)
    work = _open(options)
    pieces = WordPieces(work.tokens.tokenizer)
    origin = _load_policy(work, _folder(options) / options.onto)
    policy = _load_policy(work, _folder(options) / (options.start or options.onto))
    examples = rewarded_examples(options.data, PASSAGES)
    tasks: tuple[Task, ...] = ("qa", "summary", "code")
    wanted = tasks if options.task == "all" else (options.task,)
    config = ReinforceConfig(
        recipe=options.recipe,
        origin=options.onto,
        start=options.start or options.onto,
        gains_at=options.gains or "",
        learning_rate=options.rate,
        steps=options.steps,
        batch=options.batch,
        estimated=options.estimated,
        anchor=options.anchor,
        seed=options.seed,
        shares={task: ReinforceConfig().shares[task] for task in wanted},
    )
    model = open_language_model(options.build)
    gains = read_gains(_gains_file(options, options.gains))
    stage = Reinforcement(policy, origin, model, pieces, examples, config, gains)
    stage.run(folder, 60 * options.minutes)
    stage.keep_policy(folder)


def _gains_file(options: argparse.Namespace, policy: str | None) -> Path:
    """Where gains are kept; those asked for by a policy's gates apart."""
    return _folder(options) / (f"gains-{policy}.jsonl" if policy else "gains.jsonl")


def _gains(options: argparse.Namespace) -> None:
    out = _gains_file(options, options.policy)
    gates: Gates = all_alike
    if options.policy:
        work = _open(options)
        pieces = WordPieces(work.tokens.tokenizer)
        gates = partial(_own_gates, _load_policy(work, _folder(options) / options.policy), pieces)
    examples = to_be_asked(rewarded_examples(options.data, PASSAGES), read_gains(out))
    write_gains(open_language_model(options.build), examples, out, 60 * options.minutes, gates)


def _own_gates(
    policy: Policy, pieces: WordPieces, examples: Sequence[Example]
) -> Sequence[Floats | None]:
    return [own_gates(read) for read in read_examples(policy, pieces, examples)]


def _foretold(options: argparse.Namespace) -> None:
    work = _open(options)
    pieces = WordPieces(work.tokens.tokenizer)
    policy = _load_policy(work, _folder(options) / options.policy)
    gains = read_gains(_gains_file(options, options.gains))
    model = open_language_model(options.build)
    for task, members in rewarded_examples(options.data, PASSAGES).items():
        examples = sample(with_gains(members, gains), options.texts)
        draw = SwapDraw(ReinforceConfig.swaps, 1.0, np.random.default_rng(0))
        found = foretell(model, read_examples(policy, pieces, examples), gains, 0.33, draw)
        sys.stdout.write(
            f"{task}: {len(found.measured)} swaps, rank correlation {found.correlation():.2f}, "
            f"sign foretold of {100 * found.agreement():.0f} %\n"
        )


def _export(options: argparse.Namespace) -> None:
    work = _open(options)
    pieces = WordPieces(work.tokens.tokenizer)
    folder = _folder(options) / options.policy
    policy = _load_policy(work, folder)
    sets = train_examples(options.data, PASSAGES)
    rng = random.Random(0)
    read = []
    for members in sets.values():
        for example in rng.sample(members, EXPORT_WINDOWS // len(sets)):
            read.append((example, cut_text(example, example.units(), pieces)[0]))
    rng.shuffle(read)
    described = {"training": describe_policy(_folder(options), options.policy)}
    manifest = export_policy(policy, read, described, _MODELS, SELECTION, model_id=options.id)
    _log.info("%s", json.dumps(manifest["metrics"]))


def _evaluated(options: argparse.Namespace, *, every: bool = False) -> list[Example]:
    sets = dev_sets(options.data, PASSAGES)
    if every:
        return [example for members in sets.values() for example in members]
    return [e for name, count in EVALUATED.items() for e in sample(sets[name], count)]


def _compare(options: argparse.Namespace) -> None:
    work = _open(options)
    pieces = WordPieces(work.tokens.tokenizer)
    examples = _evaluated(options)
    options.out.mkdir(parents=True, exist_ok=True)
    keeps = options.keep or [0.5, 0.33, 0.2]
    for name in options.policy:
        policy = _load_policy(work, _folder(options) / name)
        reads = read_examples(policy, pieces, examples)
        for method in options.method or ["policy"]:
            label = name.replace("/", "-") if method == "policy" else method
            write_rows(options.out / f"{label}.jsonl", baselines.rows(reads, method, keeps))


def _sets(options: argparse.Namespace) -> None:
    found = long_texts(options.data) if options.long else _evaluated(options, every=options.all)
    if options.pages:
        found = [as_page(example) for example in found if example.task == "qa"]
    drawn = sample(found, options.texts) if options.texts else found
    write_rows(options.out, (example.row() for example in drawn))


def _judge(options: argparse.Namespace) -> None:
    costs = None
    if not options.no_retention:
        costs = KnownCosts(open_language_model(options.build), _folder(options) / "costs.json")
    folder = _folder(options) / "reader"
    reader = None
    if (folder / "reader.safetensors").exists():
        work = _open(options)
        encoder = (work.encoder_config, work.encoder_weights)
        reader = (load_reader(encoder, folder), WordPieces(work.tokens.tokenizer))
    else:
        _log.info("judge (b) is not there: npm run train -- compressor --stage reader trains it")
    judge = Judge(costs, reader)
    verdicts = {}
    for path in options.files:
        rows = [row for row in read_rows(path) if row.get("answer")]
        results = {key: judge.judge(members) for key, members in group_rows(rows).items()}
        sys.stdout.write(f"{path.name}\n{table(results)}\n")
        sys.stdout.flush()
        verdicts[path.stem] = {f"{name}@{keep}": found for (name, keep), found in results.items()}
    if options.json is not None:
        write_json(options.json, verdicts)


def _report(options: argparse.Namespace) -> None:
    write_report(options.build, TRAINING.parent)


if __name__ == "__main__":
    main()
