"""The export from end to end: source, graphs, parity gate, model folder."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import ModelProto

from skimp_training.config import ExportConfig
from skimp_training.embedding import (
    Vectors,
    embed_with_graph,
    embed_with_torch,
    open_session,
    run_graph,
    run_torch,
)
from skimp_training.export_onnx import export_float
from skimp_training.golden import golden_json
from skimp_training.golden_texts import GOLDEN_TEXTS
from skimp_training.half_precision import store_as_float, to_half_precision
from skimp_training.manifest import (
    FP16_GRAPH,
    FP32_GRAPH,
    MANIFEST_NAME,
    Q8_GRAPH,
    build_manifest,
    keep_calibration,
    read_json,
    to_json_bytes,
)
from skimp_training.parity import ParityError, assert_parity, compare
from skimp_training.quantize import QUANTIZED_SUFFIX, quantize_model
from skimp_training.shared_weights import (
    link_weights,
    save_graph,
    unfolded_weights,
    write_weights_file,
)
from skimp_training.smoothing import Floats, smooth_products
from skimp_training.source_model import SourceModel
from skimp_training.tokenizer import (
    TokenIds,
    encode,
    load_tokenizer,
    shipped_tokenizer,
    shipped_tokenizer_config,
)

WORD_TABLE = "embeddings.word_embeddings.weight"
POSITION_TABLE = "embeddings.position_embeddings.weight"


@dataclass(frozen=True)
class Checked:
    """What the parity gate measured on the graphs it let through."""

    metrics: dict[str, Any]
    pytorch: Vectors
    q8: Vectors


def export_model(
    source: SourceModel, peaks: Mapping[str, Floats], out: Path, settings: ExportConfig
) -> dict[str, Any]:
    """Writes `out/<model id>/` when every graph agrees with PyTorch; returns the manifest.

    Raises:
        ParityError: a graph disagrees; `out` is untouched.
        SmoothingError: `peaks` are not of this graph; `out` is untouched.
    """
    with tempfile.TemporaryDirectory() as staging:
        folder = Path(staging)
        inputs = _write_tokenizer(source, folder, settings)
        model = export_float(source.encoder, settings)
        _assert_float_parity(model, source, inputs, settings)
        smoothed = smooth_products(model, peaks, settings)
        _assert_smoothing_parity(smoothed, model, inputs, settings)
        write_graphs(smoothed, folder)
        checked = check_graphs(source, folder, inputs, settings)
        golden = golden_json(GOLDEN_TEXTS, checked.pytorch, checked.q8)
        (folder / "golden.json").write_bytes(to_json_bytes(golden))
        manifest = build_manifest(folder, source, checked.metrics, settings)
        target = out / settings.model_id
        if (target / MANIFEST_NAME).exists():
            manifest = keep_calibration(manifest, read_json(target / MANIFEST_NAME))
        (folder / MANIFEST_NAME).write_bytes(to_json_bytes(manifest, indent=2))
        _install(folder, target)
    return manifest


def _install(folder: Path, target: Path) -> None:
    """Copies the checked files; not the staging folder itself, whose mode is private."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            copy = target / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def write_graphs(model: ModelProto, folder: Path) -> None:
    """Writes the three graphs of the float `model` under `folder`, with one copy of the weights."""
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    quantized = quantize_model(model, lookup_tables=[WORD_TABLE], folded=[POSITION_TABLE])
    shared = write_weights_file(quantized, folder / Q8_GRAPH)
    location = Path(Q8_GRAPH).name
    save_graph(link_weights(model, shared, location), folder / FP32_GRAPH)
    names = {tensor.name for tensor in model.graph.initializer}
    large = {name for name in names if name in shared or name + QUANTIZED_SUFFIX in shared}
    half = store_as_float(to_half_precision(model), model, large)
    save_graph(link_weights(half, shared, location), folder / FP16_GRAPH)


def check_graphs(
    source: SourceModel, folder: Path, inputs: list[TokenIds], settings: ExportConfig
) -> Checked:
    """Compares the graphs in `folder` with PyTorch.

    Raises:
        ParityError: a graph disagrees, or would run int8 operators on WebGPU.
    """
    pytorch = embed_with_torch(source.encoder, inputs)
    q8 = embed_with_graph(open_session(folder / Q8_GRAPH), inputs)
    metrics: dict[str, Any] = {"goldenTexts": len(inputs)}
    parity = compare(q8, pytorch)
    assert_parity(Q8_GRAPH, parity, settings.q8)
    metrics["q8"] = parity.to_json()
    for name, graph, tolerance in (
        ("fp32", FP32_GRAPH, settings.fp32),
        ("fp16", FP16_GRAPH, settings.fp16),
    ):
        vectors = _embed_folded(folder / graph, inputs)
        parity = compare(vectors, pytorch)
        assert_parity(graph, parity, tolerance)
        metrics[name] = parity.to_json()
    return Checked(metrics, pytorch, q8)


def _embed_folded(graph: Path, inputs: list[TokenIds]) -> Vectors:
    with tempfile.TemporaryDirectory() as scratch:
        optimized = Path(scratch) / "optimized.onnx"
        session = open_session(graph, optimized)
        left = unfolded_weights(onnx.load(optimized, load_external_data=False))
    if left:
        message = f"{graph.name} still computes on int8 weights at run time: {left[:3]}"
        raise ParityError(message)
    return embed_with_graph(session, inputs)


def _assert_float_parity(
    model: ModelProto, source: SourceModel, inputs: list[TokenIds], settings: ExportConfig
) -> None:
    expected = [run_torch(source.encoder, ids) for ids in inputs]
    largest = _largest_difference(_hidden(model, inputs), expected)
    if not largest <= settings.max_float_difference:
        message = f"the float export differs from PyTorch by {largest}; nothing was written"
        raise ParityError(message)


def _assert_smoothing_parity(
    smoothed: ModelProto, model: ModelProto, inputs: list[TokenIds], settings: ExportConfig
) -> None:
    largest = _largest_difference(_hidden(smoothed, inputs), _hidden(model, inputs))
    if not largest <= settings.max_smoothing_difference:
        message = f"smoothing changes the float export by {largest}; nothing was written"
        raise ParityError(message)


def _hidden(model: ModelProto, inputs: list[TokenIds]) -> list[Floats]:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "float.onnx"
        onnx.save(model, path)
        session = open_session(path)
    return [run_graph(session, ids) for ids in inputs]


def _largest_difference(found: list[Floats], expected: list[Floats]) -> float:
    return max(float(np.abs(a - b).max()) for a, b in zip(found, expected, strict=True))


def _write_tokenizer(source: SourceModel, folder: Path, settings: ExportConfig) -> list[TokenIds]:
    tokenizer = shipped_tokenizer(source.tokenizer)
    config = shipped_tokenizer_config(source.tokenizer_config, settings.max_tokens)
    (folder / "tokenizer.json").write_bytes(to_json_bytes(tokenizer))
    (folder / "tokenizer_config.json").write_bytes(to_json_bytes(config, indent=2))
    (folder / "special_tokens_map.json").write_bytes(to_json_bytes(source.special_tokens, indent=2))
    (folder / "config.json").write_bytes(to_json_bytes(source.config, indent=2))
    return encode(load_tokenizer(tokenizer, settings.max_tokens), GOLDEN_TEXTS)
