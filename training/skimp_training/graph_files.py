"""The three graphs of one model: int8 with its weights, and two float graphs that point at them."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import ModelProto
from torch import nn

from skimp_training.config import ExportConfig, SmoothingPowers
from skimp_training.embedding import Floats, open_session, run_graph, run_torch
from skimp_training.export_onnx import POSITION_TABLE, WORD_TABLE
from skimp_training.half_precision import store_as_float, to_half_precision
from skimp_training.parity import ParityError
from skimp_training.quantize import QUANTIZED_SUFFIX, SCALE_SUFFIX, quantize_model
from skimp_training.shared_weights import (
    SharedTensor,
    link_weights,
    save_graph,
    unfolded_weights,
    write_weights_file,
)
from skimp_training.smoothing import measure_peaks, smooth_products, smoothing_powers
from skimp_training.tokenizer import Feeds

_CHECKED_INPUTS = 40
"""Float graphs are compared with PyTorch on so many inputs: there is no rounding to average."""


@dataclass(frozen=True)
class GraphFiles:
    """Paths of one model's graphs in its folder."""

    q8: str
    fp32: str
    fp16: str


EMBEDDER_GRAPHS = GraphFiles("onnx/model_quantized.onnx", "onnx/model.onnx", "onnx/model_fp16.onnx")
VERIFIER_GRAPHS = GraphFiles(
    "onnx/verifier_quantized.onnx", "onnx/verifier.onnx", "onnx/verifier_fp16.onnx"
)


def smooth_float(
    model: ModelProto, inputs: list[Feeds], by_operator: SmoothingPowers, settings: ExportConfig
) -> ModelProto:
    """The float `model`, smoothed by what its activations look like on `inputs`.

    Raises:
        ParityError: smoothing changes what the graph computes.
    """
    powers = smoothing_powers(model, by_operator)
    smoothed = smooth_products(model, measure_peaks(model, inputs, powers), powers)
    checked = inputs[:_CHECKED_INPUTS]
    largest = _largest_difference(run_float(smoothed, checked), run_float(model, checked))
    if not largest <= settings.max_smoothing_difference:
        message = f"smoothing changes the float export by {largest}; nothing was written"
        raise ParityError(message)
    return smoothed


def assert_same_floats(
    model: ModelProto, source: nn.Module, inputs: list[Feeds], settings: ExportConfig
) -> None:
    """Compares the float export with PyTorch.

    Raises:
        ParityError: an output differs.
    """
    checked = inputs[:_CHECKED_INPUTS]
    expected = [run_torch(source, feeds) for feeds in checked]
    largest = _largest_difference(run_float(model, checked), expected)
    if not largest <= settings.max_float_difference:
        message = f"the float export differs from PyTorch by {largest}; nothing was written"
        raise ParityError(message)


def write_graphs(
    model: ModelProto,
    target: tuple[Path, GraphFiles],
    elsewhere: Mapping[str, SharedTensor],
    word_levels: int,
) -> dict[str, SharedTensor]:
    """Writes the graphs of the smoothed float `model` in a folder, weights once.

    `elsewhere` says where weights lie that another file of the folder holds. Returns the word
    table's place, for the next model.
    """
    folder, files = target
    (folder / files.q8).parent.mkdir(parents=True, exist_ok=True)
    quantized = quantize_model(model, {WORD_TABLE: word_levels}, [POSITION_TABLE])
    shared = write_weights_file(quantized, folder / files.q8, elsewhere)
    onnx.checker.check_model(str(folder / files.q8))
    save_graph(link_weights(model, shared), folder / files.fp32)
    names = {tensor.name for tensor in model.graph.initializer}
    large = {name for name in names if name in shared or name + QUANTIZED_SUFFIX in shared}
    half = store_as_float(to_half_precision(model), model, large)
    save_graph(link_weights(half, shared), folder / files.fp16)
    return {WORD_TABLE + suffix: shared[WORD_TABLE + suffix] for suffix in _STORED}


_STORED = (QUANTIZED_SUFFIX, SCALE_SUFFIX)


def open_folded(graph: Path) -> ort.InferenceSession:
    """A session of a float graph, which holds no int8 operator at run time.

    Raises:
        ParityError: ONNX Runtime did not fold the int8 weights when it created the session.
    """
    with tempfile.TemporaryDirectory() as scratch:
        optimized = Path(scratch) / "optimized.onnx"
        session = open_session(graph, optimized)
        left = unfolded_weights(onnx.load(optimized, load_external_data=False))
    if left:
        message = f"{graph.name} still computes on int8 weights at run time: {left[:3]}"
        raise ParityError(message)
    return session


def run_float(model: ModelProto, inputs: list[Feeds]) -> list[Floats]:
    """What a graph in memory gives for each input."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "float.onnx"
        onnx.save(model, path)
        session = open_session(path)
    return [run_graph(session, feeds) for feeds in inputs]


def _largest_difference(found: list[Floats], expected: list[Floats]) -> float:
    return max(float(np.abs(a - b).max()) for a, b in zip(found, expected, strict=True))
