"""Activation smoothing (after SmoothQuant, arXiv 2211.10438), before products become int8.

An int8 product has one scale for its whole input, so a few large channels cost all the others
their precision. Each large channel of the input is divided by a factor, and its row of the
weight is multiplied by it. Factors are powers of two: no bit of a float result changes.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import onnxruntime as ort
from onnx import ModelProto, NodeProto, helper, numpy_helper

from skimp_training.config import SmoothingPowers
from skimp_training.embedding import Floats
from skimp_training.tokenizer import Feeds

Peaks = dict[str, Floats]
"""Largest absolute value of each channel, for each tensor that is smoothed."""


def smoothing_powers(model: ModelProto, by_operator: SmoothingPowers) -> dict[str, float]:
    """The inputs of constant-weight products that are smoothed, each with its power."""
    powers = dict(by_operator)
    weights = {tensor.name for tensor in model.graph.initializer}
    makers = {output: node.op_type for node in model.graph.node for output in node.output}
    inputs = [
        n.input[0] for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in weights
    ]
    return {name: powers[makers[name]] for name in inputs if makers.get(name) in powers}


def measure_peaks(model: ModelProto, inputs: Iterable[Feeds], names: Iterable[str]) -> Peaks:
    """Runs the float `model` on `inputs` and keeps the largest value of each channel of `names`."""
    watched = ModelProto()
    watched.CopyFrom(model)
    names = list(names)
    del watched.graph.output[:]
    for name in names:
        watched.graph.output.add(name=name)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(
        watched.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    peaks: Peaks = {}
    for feeds in inputs:
        for name, value in zip(names, session.run(names, feeds), strict=True):
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
    model: ModelProto, peaks: Mapping[str, Floats], powers: Mapping[str, float]
) -> ModelProto:
    """A copy of the float `model` with one `Mul` before each group of products of one input.

    `powers` says how strongly, by input; every input in it needs its `peaks`.
    """
    smoothed = ModelProto()
    smoothed.CopyFrom(model)
    graph = smoothed.graph
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    factors: dict[str, Floats] = {}
    nodes: list[NodeProto] = []
    for node in graph.node:
        name = node.input[0] if node.op_type == "MatMul" and node.input[1] in tensors else ""
        if name in powers:
            if name not in factors:
                factors[name] = smoothing_factors(peaks[name], powers[name])
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
