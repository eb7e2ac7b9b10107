"""The export from end to end: checkpoint, graphs, parity gate, model folder."""

import logging
import shutil
import tempfile
from pathlib import Path
from typing import Any

from skimp_training.checkpoint import Checkpoint
from skimp_training.config import ExportConfig
from skimp_training.export_onnx import export_encoder, export_verifier
from skimp_training.gate import (
    check_embedder,
    check_verifier,
    parity_inputs,
    untrained,
)
from skimp_training.golden import golden_json
from skimp_training.graph_files import (
    EMBEDDER_GRAPHS,
    VERIFIER_GRAPHS,
    assert_same_floats,
    smooth_float,
    write_graphs,
)
from skimp_training.manifest import (
    MANIFEST_NAME,
    build_manifest,
    keep_calibration,
    read_json,
    to_json_bytes,
)
from skimp_training.sample_pairs import (
    TextPair,
    encode_fitting,
    split_samples,
    texts_of,
)
from skimp_training.source_model import SourceModel
from skimp_training.tokenizer import (
    Tokenizers,
    encode_texts,
    make_tokenizers,
    shipped_tokenizer,
    shipped_tokenizer_config,
)
from skimp_training.wire_size import wire_bytes

_log = logging.getLogger("skimp_training")


def export_model(
    checkpoint: Checkpoint, source: SourceModel, out: Path, settings: ExportConfig
) -> dict[str, Any]:
    """Writes `out/<model id>/` when every graph agrees with PyTorch; returns the manifest.

    `source` gives the tokenizer.

    Raises:
        ParityError: a graph disagrees; `out` is untouched.
    """
    target = out / settings.model_id
    known = target / MANIFEST_NAME
    earlier = read_json(known) if known.exists() else {}
    with tempfile.TemporaryDirectory() as staging:
        folder = Path(staging)
        tokenizers = write_tokenizer(source, checkpoint, folder, settings)
        samples = split_samples(checkpoint.samples, settings.parity_pairs)
        write_models(checkpoint, folder, (samples.smoothing, tokenizers), settings)
        _log.info("graphs written; comparing with PyTorch")
        metrics = check_models(checkpoint, folder, (samples.parity, tokenizers), settings)
        golden = golden_json(checkpoint, folder, tokenizers, settings)
        (folder / "golden.json").write_bytes(to_json_bytes(golden))
        manifest = build_manifest(folder, checkpoint, metrics, settings)
        manifest["metrics"]["wireBytes"] = wire_sizes(folder, manifest, earlier)
        manifest = keep_calibration(manifest, earlier)
        (folder / MANIFEST_NAME).write_bytes(to_json_bytes(manifest, indent=2))
        _install(folder, target)
    return manifest


def write_models(
    checkpoint: Checkpoint,
    folder: Path,
    smoothing: tuple[list[TextPair], Tokenizers],
    settings: ExportConfig,
) -> None:
    """Writes all graphs under `folder`, smoothed by what activations look like on pairs.

    Raises:
        ParityError: a float graph is not what PyTorch computes.
    """
    pairs, tokenizers = smoothing
    texts = encode_texts(tokenizers.cutting, texts_of(pairs))
    model = export_encoder(checkpoint.encoder, settings)
    assert_same_floats(model, checkpoint.encoder, texts, settings)
    model = smooth_float(model, texts, settings.embedder_smoothing, settings)
    table = write_graphs(model, (folder, EMBEDDER_GRAPHS), {}, settings.word_levels)

    fitting = encode_fitting(tokenizers.whole, pairs, settings.max_pair_tokens)
    inputs = [feeds for _, feeds in fitting]
    model = export_verifier(checkpoint.verifier, settings)
    assert_same_floats(model, checkpoint.verifier, inputs, settings)
    model = smooth_float(model, inputs, settings.verifier_smoothing, settings)
    write_graphs(model, (folder, VERIFIER_GRAPHS), table, settings.word_levels)


def check_models(
    checkpoint: Checkpoint,
    folder: Path,
    parity: tuple[list[TextPair], Tokenizers],
    settings: ExportConfig,
) -> dict[str, Any]:
    """Compares all graphs under `folder` with PyTorch on pairs; returns the manifest's metrics.

    Raises:
        ParityError: a graph disagrees.
    """
    pairs, tokenizers = parity
    inputs = parity_inputs(pairs, tokenizers, settings)
    if not checkpoint.is_trained:
        inputs, settings = untrained(inputs, settings)
    return {
        "embedder": check_embedder(checkpoint.encoder, folder, inputs, settings),
        "verifier": check_verifier(checkpoint.verifier, folder, inputs, settings),
    }


def wire_sizes(folder: Path, manifest: dict[str, Any], earlier: dict[str, Any]) -> dict[str, int]:
    """Brotli size of both weights files; what an earlier manifest says of the same file is kept."""
    sizes: dict[str, int] = {}
    for name in (EMBEDDER_GRAPHS.q8, VERIFIER_GRAPHS.q8):
        known = earlier.get("metrics", {}).get("wireBytes", {}).get(name)
        is_same = earlier.get("files", {}).get(name) == manifest["files"][name]
        sizes[name] = known if known and is_same else wire_bytes(folder / name)
    return sizes


def write_tokenizer(
    source: SourceModel, checkpoint: Checkpoint, folder: Path, settings: ExportConfig
) -> Tokenizers:
    """Writes the files that describe text and model, for transformers.js."""
    tokenizer = shipped_tokenizer(source.tokenizer)
    config = shipped_tokenizer_config(source.tokenizer_config, settings.max_tokens)
    (folder / "tokenizer.json").write_bytes(to_json_bytes(tokenizer))
    (folder / "tokenizer_config.json").write_bytes(to_json_bytes(config, indent=2))
    (folder / "special_tokens_map.json").write_bytes(to_json_bytes(source.special_tokens, indent=2))
    (folder / "config.json").write_bytes(to_json_bytes(checkpoint.config, indent=2))
    return make_tokenizers(tokenizer, settings.max_tokens)


def _install(folder: Path, target: Path) -> None:
    """Copies the checked files; not the staging folder itself, whose mode is private."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            copy = target / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
