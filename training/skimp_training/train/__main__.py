"""Command line: `python -m skimp_training.train STAGE`; `npm run train` calls it.

A stage whose result is in the build folder is not run again, and one that was interrupted goes on
from its checkpoint: delete the result to repeat it.
"""

import argparse
import json
import logging
import shutil
from collections import Counter
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch

from skimp_training.manifest import MANIFEST_NAME, read_json
from skimp_training.risk_model import RiskModel
from skimp_training.train.cross_encoder import VerifierConfig, fresh_verifier, train_verifier
from skimp_training.train.embedder import EmbedderConfig
from skimp_training.train.encoder import embed_texts, fresh_encoder
from skimp_training.train.evaluate import dev_sets, score_sets, set_aucs
from skimp_training.train.hard_pairs import pairs_of_log
from skimp_training.train.leave_out import FOLDS, run_fold
from skimp_training.train.loop import save_weights, write_json
from skimp_training.train.mixture import (
    REFINING_PASSES,
    Mixture,
    build_mixture,
    load_mixture,
    write_calibration_streams,
    write_mixture,
)
from skimp_training.train.pairs import Pair, pair_row, read_pairs, read_rows, write_rows
from skimp_training.train.paper import prepare, run_paper, run_training, write_hard_pairs
from skimp_training.train.report import MODEL, write_report
from skimp_training.train.shipping import load_verifier, mix, train_shipped
from skimp_training.train.thresholds import measure_thresholds
from skimp_training.train.workplace import TRAINING, Workplace, open_workplace
from skimp_training.verifier import Verifier

_log = logging.getLogger("skimp_training")
_DATA = TRAINING.parent.parent / "shared" / "data"
_BUILD = TRAINING / "build"
REFINED_SHARE = 0.5
"""Share of the second training in the verifier that ships, the first one's being the rest: half
way between, what each does better is mostly kept (model soups, arXiv 2203.05482)."""
MODEL_FOLDER = TRAINING.parent / "public" / "models" / MODEL
MEASURED = frozenset({"mixes", "dev", "base", "groups", "sources"})
"""Fields of a training's outcome that are for the report, not for the manifest."""
SMOOTHING_ROWS = 1_500
"""Pairs whose activations the export measures, and on which it compares graphs."""


def main() -> None:
    """Runs the stage named on the command line."""
    logging.basicConfig(level=logging.ERROR, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    _log.setLevel(logging.INFO)
    options = _parser().parse_args()
    torch.set_num_threads(options.threads)
    options.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="skimp_training.train", description=__doc__)
    parser.add_argument("--data", type=Path, default=_DATA, help="folder of the data sets")
    parser.add_argument("--build", type=Path, default=_BUILD, help="folder of results")
    parser.add_argument("--wheels", type=Path, default=_BUILD, help="where the base's wheel is")
    parser.add_argument("--wordnet", type=Path, default=_BUILD / "wordnet" / "dict")
    parser.add_argument("--threads", type=int, default=2, help="cores to use")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the updates to run")
    stages = parser.add_subparsers(required=True)

    hard = stages.add_parser("hard-pairs", help="pairs whose labels the base does not tell")
    given = hard.add_mutually_exclusive_group()
    given.add_argument("--pairs", type=Path, help="JSON lines of q1, q2, label")
    given.add_argument("--log", type=Path, help="JSON lines of prompt, response")
    hard.add_argument("--out", type=Path, help="default: hard-pairs.jsonl in the build folder")
    hard.set_defaults(run=_hard_pairs)

    embedder = stages.add_parser("embedder", help="one run of the paper's training")
    embedder.add_argument("--loss", choices=("bce", "sld"), default="bce")
    embedder.add_argument("--seed", type=int, default=0)
    embedder.set_defaults(run=_embedder)

    for name, run, text in (
        ("paper", _paper, "the paper's experiment: both losses, three seeds"),
        ("mixture", _mixture, "reads, makes and mines the training pairs"),
        ("verifier", _verifier, "trains the verifier"),
        ("distil", _distil, "trains the embedder that ships"),
        ("checkpoint", _checkpoint, "gathers what the export needs"),
        ("sets", _sets, "writes the dev sets that only this training makes"),
        ("thresholds", _thresholds, "net efficiency of each stage on the paper's stream"),
        ("refine", _refine, "trains the verifier further on what travels"),
        ("report", _report, "writes benchmarks/same-response.md and .json"),
    ):
        stages.add_parser(name, help=text).set_defaults(run=run)

    fold = stages.add_parser("leave-out", help="trains without some sources, and measures there")
    fold.add_argument("--fold", choices=tuple(FOLDS), action="append")
    fold.set_defaults(run=_leave_out)
    return parser


def _open(options: argparse.Namespace) -> Workplace:
    return open_workplace(options.data, options.build, options.wheels, options.scale)


def _hard_pairs(options: argparse.Namespace) -> None:
    work = _open(options)
    if options.log is not None:
        rows = [(str(row["prompt"]), str(row["response"])) for row in read_rows(options.log)]
        prompts = list(dict.fromkeys(prompt for prompt, _ in rows))
        base = fresh_encoder(work.encoder_config, work.encoder_weights)
        pairs = pairs_of_log(rows, embed_texts(base, work.tokens, prompts))
    elif options.pairs is not None:
        pairs = [
            Pair(row["q1"], row["q2"], float(row["label"]), row.get("src", ""), row.get("kind", ""))
            for row in read_rows(options.pairs)
        ]
    else:
        pairs = read_pairs(options.data, "same_response.train")
    out = options.out or options.build / "hard-pairs.jsonl"
    result = write_hard_pairs(work, pairs, out)
    _log.info("%s", json.dumps(result))


def _embedder(options: argparse.Namespace) -> None:
    work = _open(options)
    loss: Literal["bce", "sld"] = options.loss
    config = EmbedderConfig(loss=loss, seed=options.seed, epochs=options.scale)
    encoder = run_training(work, prepare(work), config)
    folder = options.build / "paper" / f"{loss}-{options.seed}"
    save_weights(encoder, folder / "embedder.safetensors")


def _paper(options: argparse.Namespace) -> None:
    run_paper(_open(options))


def _mixture(options: argparse.Namespace) -> None:
    _load_mixture(_open(options), options)


def _load_mixture(work: Workplace, options: argparse.Namespace) -> Mixture:
    folder = options.build / "mixture"
    if not (folder / "calibration-clusters.json").exists():
        mixture = build_mixture(work, options.wordnet)
        folder.mkdir(parents=True, exist_ok=True)
        write_calibration_streams(work, mixture, folder)
        write_mixture(mixture, folder)
    return load_mixture(folder)


def _verifier(options: argparse.Namespace) -> None:
    folder = options.build / "verifier"
    if (folder / "verifier.safetensors").exists():
        return
    work = _open(options)
    mixture = _load_mixture(work, options)
    pairs = mixture.drawn(work.seed)
    pairs = pairs[:: max(1, round(1 / work.scale))]
    config = VerifierConfig(seed=work.seed)
    verifier = fresh_verifier(work.encoder_config, work.encoder_weights, config.layers, config.seed)
    outcome = train_verifier(verifier, work.tokens, pairs, config, folder)
    _save_verifier(work, mixture, verifier, folder, outcome)


def _refine(options: argparse.Namespace) -> None:
    folder = options.build / "refine"
    if (folder / "verifier.safetensors").exists():
        return
    work = _open(options)
    mixture = _load_mixture(work, options)
    pairs = mixture.drawn(work.seed + 1, REFINING_PASSES)[:: max(1, round(1 / work.scale))]
    verifier = load_verifier(work, "verifier")
    config = VerifierConfig(seed=work.seed + 1, average=0.998)
    before = {name: value.clone() for name, value in verifier.state_dict().items()}
    outcome = train_verifier(verifier, work.tokens, pairs, config, folder)
    outcome["mix"] = REFINED_SHARE
    mix(verifier, before, dict(verifier.state_dict()), REFINED_SHARE)
    _save_verifier(work, mixture, verifier, folder, outcome)


def _save_verifier(
    work: Workplace, mixture: Mixture, verifier: Verifier, folder: Path, outcome: dict[str, Any]
) -> None:
    """Measures `verifier` on dev, and writes its weights and how it was trained."""
    sets = dev_sets(work, mixture)
    outcome["dev"] = set_aucs(sets, score_sets(work, sets, verifier=verifier))
    base = fresh_encoder(work.encoder_config, work.encoder_weights)
    outcome["base"] = set_aucs(sets, score_sets(work, sets, encoder=base))
    outcome["groups"] = {name: len(members) for name, members in mixture.groups.items()}
    outcome["sources"] = sorted(
        {pair.source for members in mixture.groups.values() for pair in members}
    )
    write_json(folder / "training.json", outcome)
    save_weights(verifier, folder / "verifier.safetensors")


def _distil(options: argparse.Namespace) -> None:
    if (options.build / "embedder" / "embedder.safetensors").exists():
        return
    work = _open(options)
    train_shipped(work, _load_mixture(work, options), EmbedderConfig(contrastive=0.1))


def _checkpoint(options: argparse.Namespace) -> None:
    """`build/checkpoint/`: both models, how they were trained, and pairs to measure graphs on."""
    work = _open(options)
    folder = options.build / "checkpoint"
    folder.mkdir(parents=True, exist_ok=True)
    stages = {"embedder": "embedder", "verifier": "refine"}
    training: dict[str, Any] = {}
    for name, stage in stages.items():
        source = options.build / stage
        shutil.copyfile(source / f"{name}.safetensors", folder / f"{name}.safetensors")
        outcome = json.loads((source / "training.json").read_text(encoding="utf-8"))
        training[name] = {key: outcome[key] for key in outcome if key not in MEASURED}
    mixture = _load_mixture(work, options)
    training["data"] = data_sources(mixture)
    layers = training["verifier"]["layers"]
    training["encoderConfig"] = work.encoder_config
    training["verifierConfig"] = {**work.encoder_config, "num_hidden_layers": layers}
    write_json(folder / "training.json", training)
    drawn = mixture.drawn(work.seed)
    order = np.random.default_rng(work.seed).permutation(len(drawn))[:SMOOTHING_ROWS]
    chosen = (drawn[int(index)] for index in order)
    rows = ({"a": p.first, "b": p.second, "label": int(p.label > 0.5)} for p in chosen)
    write_rows(folder / "smoothing_texts.jsonl", rows)


def data_sources(mixture: Mixture) -> dict[str, dict[str, int]]:
    """Pairs of each source by group: what the models were trained on."""
    return {
        name: dict(sorted(Counter(pair.source for pair in members).items()))
        for name, members in mixture.groups.items()
    }


def _leave_out(options: argparse.Namespace) -> None:
    work = _open(options)
    mixture = _load_mixture(work, options)
    for name in options.fold or FOLDS:
        if not (options.build / "leave-out" / f"{name}.json").exists():
            run_fold(work, mixture, name)


def _sets(options: argparse.Namespace) -> None:
    """`build/sets/`: hard subsets of two dev sets, and the held-out written families."""
    work = _open(options)
    folder = options.build / "sets"
    for name in ("same_response", "natural_pairs"):
        pairs = read_pairs(options.data, f"{name}.dev")
        write_hard_pairs(work, pairs, folder / f"{name}-hard.jsonl")
    # By kind of near miss, not by file: figures are told apart by `src`.
    families = _load_mixture(work, options).written_dev
    rows = ({**pair_row(p), "src": p.kind, "kind": p.source} for p in families)
    write_rows(folder / "families.jsonl", rows)


def _thresholds(options: argparse.Namespace) -> None:
    stream = read_rows(options.data / "stream_paper.dev.jsonl.xz")
    expected = sum(row["hit"] for row in stream)
    fixed_on, tested_on = (options.build / f"scored-{name}.jsonl" for name in ("stream", "paper"))
    calibration = read_json(MODEL_FOLDER / MANIFEST_NAME)["calibration"]
    model = RiskModel(calibration["bias"], calibration["weights"])
    result = measure_thresholds(fixed_on, tested_on, expected, model)
    write_json(options.build / "evaluate" / "thresholds.json", result)
    _log.info("%s", json.dumps(result["stages"]))


def _report(options: argparse.Namespace) -> None:
    write_report(options.build, TRAINING.parent / "benchmarks")


if __name__ == "__main__":
    main()
