"""A policy to train on from the shipped model folder, for when what trained it is gone."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import ModelProto, numpy_helper

from skimp_training.compress.export_policy import GRAPHS
from skimp_training.compress.policy import Policy
from skimp_training.embedding import Floats
from skimp_training.export_onnx import POSITION_TABLE
from skimp_training.quantize import QUANTIZED_SUFFIX, SCALE_SUFFIX

PRODUCTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""A layer's products with weights, in the order in which the graph has them."""


def restore_policy(folder: Path, policy: Policy) -> Policy:
    """`policy` with the weights of the model folder `folder`: int8 ones, in floats again.

    What `export` rounded stays rounded. The word table, which training leaves as it is, is the
    policy's own.

    Raises:
        ValueError: the graph is not one of a policy of this shape.
    """
    graph = folder / GRAPHS.fp32
    model = onnx.load(graph, load_external_data=False)
    tensors = _Tensors(model, graph.parent)
    weights = _products(model, tensors)
    state = policy.state_dict()
    layers = policy.encoder.config.num_hidden_layers
    if len(weights) != layers * len(PRODUCTS):
        message = f"{len(weights)} products, {layers * len(PRODUCTS)} wanted"
        raise ValueError(message)
    found = {POSITION_TABLE: tensors.floats(POSITION_TABLE), "head.weight": _head(model, tensors)}
    names = [f"layers.{layer}.{product}.weight" for layer in range(layers) for product in PRODUCTS]
    found.update({name: weight.T for name, weight in zip(names, weights, strict=True)})
    found.update({name: tensors.floats(name) for name in tensors.parameters()})
    for name, values in found.items():
        target = _state_name(name)
        state[target] = torch.tensor(values).reshape(state[target].shape)
    policy.load_state_dict(state)
    return policy


def _state_name(name: str) -> str:
    """Of a tensor of the graph, in the policy."""
    if name.startswith("head."):
        return name
    if name.startswith("embeddings."):
        return f"encoder.{name}"
    return "encoder.encoder.layer." + name.removeprefix("layers.")


class _Tensors:
    """The graph's constants; large ones are read from the file beside it that holds them."""

    def __init__(self, model: ModelProto, folder: Path) -> None:
        self._own = {tensor.name: tensor for tensor in model.graph.initializer}
        self._folder = folder

    def has(self, name: str) -> bool:
        """Whether there is a constant of that name, in floats or in int8."""
        return name in self._own or name + QUANTIZED_SUFFIX in self._own

    def parameters(self) -> list[str]:
        """Constants that have the names of the policy's weights and are stored in floats."""
        return [name for name in self._own if name.endswith((".weight", ".bias"))]

    def floats(self, name: str) -> Floats:
        """A constant, its int8 values times their scales where it is stored so."""
        if name + QUANTIZED_SUFFIX not in self._own:
            return self._read(name).astype(np.float32)
        values = self._read(name + QUANTIZED_SUFFIX).astype(np.float32)
        return values * self._read(name + SCALE_SUFFIX)

    def _read(self, name: str) -> Floats:
        return np.asarray(numpy_helper.to_array(self._own[name], str(self._folder)))


def _products(model: ModelProto, tensors: _Tensors) -> list[Floats]:
    """The weights of all products, (in, out), in the graph's order, without their smoothing."""
    makers = {output: node for node in model.graph.node for output in node.output}
    found = []
    for node in model.graph.node:
        if node.op_type != "MatMul" or not tensors.has(node.input[1]):
            continue
        weight = tensors.floats(node.input[1])
        before = makers[node.input[0]]
        if before.op_type == "Mul" and tensors.has(before.input[1]):
            weight = weight * tensors.floats(before.input[1])[:, None]
        found.append(weight)
    return found


def _head(model: ModelProto, tensors: _Tensors) -> Floats:
    """What the last states are multiplied by before they are summed."""
    makers = {output: node for node in model.graph.node for output in node.output}
    summed = next(node for node in reversed(model.graph.node) if node.op_type == "ReduceSum")
    return tensors.floats(makers[summed.input[0]].input[1])
