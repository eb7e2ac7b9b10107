"""Activation smoothing (after SmoothQuant, arXiv 2211.10438), before products become int8.

An int8 product has one scale for its whole input, so a few large channels cost all the others
their precision. Each large channel of the input is divided by a factor, and its row of the
weight is multiplied by it. Factors are powers of two: no bit of a float result changes.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from onnx import ModelProto, NodeProto, helper, numpy_helper

from skimp_training.config import ExportConfig
from skimp_training.embedding import feeds_of
from skimp_training.tokenizer import TokenIds

Floats = npt.NDArray[np.float32]
Peaks = dict[str, Floats]
"""Largest absolute value of each channel, for each tensor that is smoothed."""


class SmoothingError(Exception):
    """The peaks are not those of this graph."""


def smoothing_powers(model: ModelProto, settings: ExportConfig) -> dict[str, float]:
    """The inputs of constant-weight products that are smoothed, each with its power."""
    powers = dict(settings.smoothing_powers)
    weights = {tensor.name for tensor in model.graph.initializer}
    makers = {output: node.op_type for node in model.graph.node for output in node.output}
    inputs = [
        n.input[0] for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in weights
    ]
    return {name: powers[makers[name]] for name in inputs if makers.get(name) in powers}


def measure_peaks(model: ModelProto, inputs: Iterable[TokenIds], settings: ExportConfig) -> Peaks:
    """Runs the float `model` on `inputs` and keeps the largest value of each channel."""
    watched = ModelProto()
    watched.CopyFrom(model)
    names = list(smoothing_powers(model, settings))
    del watched.graph.output[:]
    for name in names:
        watched.graph.output.add(name=name)
    session = ort.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    peaks: Peaks = {}
    for ids in inputs:
        for name, value in zip(names, session.run(names, feeds_of(ids)), strict=True):
            peak = np.abs(value).max(axis=(0, 1))  # (1, tokens, channels) -> (channels,)
            peaks[name] = np.maximum(peaks.get(name, peak), peak)
    return peaks


def smoothing_factors(peak: Floats, power: float) -> Floats:
    """Powers of two near `(peak / median)^power`, at least 1: (channels,) -> (channels,).

    Quiet channels keep their range, since other texts than the measured ones may use them.
    """
    ratio = np.maximum(peak.astype(np.float64) / np.median(peak), 1.0)
    return np.exp2(np.rint(power * np.log2(ratio))).astype(np.float32)


def smooth_products(
    model: ModelProto, peaks: Mapping[str, Floats], settings: ExportConfig
) -> ModelProto:
    """A copy of the float `model` with one `Mul` before each group of products of one input.

    Raises:
        SmoothingError: `peaks` lacks an input, or has another number of channels for it.
    """
    smoothed = ModelProto()
    smoothed.CopyFrom(model)
    graph = smoothed.graph
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    factors: dict[str, Floats] = {}
    nodes: list[NodeProto] = []
    powers = smoothing_powers(model, settings)
    for node in graph.node:
        name = node.input[0] if node.op_type == "MatMul" and node.input[1] in tensors else ""
        if name in powers:
            if name not in factors:
                channels = tensors[node.input[1]].dims[0]
                factors[name] = smoothing_factors(_peak_of(name, peaks, channels), powers[name])
                output, inverse = _smoothed(name), f"{name}_smoothing"
                nodes.append(helper.make_node("Mul", [name, inverse], [output], name=output))
                graph.initializer.append(numpy_helper.from_array(1 / factors[name], inverse))
            tensor = tensors[node.input[1]]
            rows = numpy_helper.to_array(tensor) * factors[name][:, None]
            tensor.CopyFrom(numpy_helper.from_array(rows, tensor.name))
            node.input[0] = _smoothed(name)
        nodes.append(NodeProto.FromString(node.SerializeToString()))
    del graph.node[:]
    graph.node.extend(nodes)
    return smoothed


def _smoothed(name: str) -> str:
    return f"{name}_smoothed"


def _peak_of(name: str, peaks: Mapping[str, Floats], channels: int) -> Floats:
    if name not in peaks or peaks[name].shape != (channels,):
        message = f"no peaks of the {channels} channels of {name}: run `skimp_training peaks`"
        raise SmoothingError(message)
    return peaks[name]
