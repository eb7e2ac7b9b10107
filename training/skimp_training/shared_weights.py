"""One weights file for several graphs.

`write_weights_file` stores a model with its weights inline and says at which byte each tensor
lies; tensors that another model's weights file already holds stay there. `link_weights` turns
another graph's float weights into external tensors that point at those bytes, int8 ones with the
nodes that rebuild the floats at start-up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import onnx
from onnx import ModelProto, NodeProto, TensorProto, numpy_helper

from skimp_training.quantize import QUANTIZED_SUFFIX, SCALE_SUFFIX, dequantize_nodes

ALIGNMENT = 16
"""Tensors start at a multiple of this many bytes in the weights file."""
MIN_SHARED_BYTES = 512
"""Smaller tensors are cheaper to repeat in each graph than to describe as external."""
_RAW_DATA_TAG = bytes([TensorProto.RAW_DATA_FIELD_NUMBER << 3 | 2])


@dataclass(frozen=True)
class SharedTensor:
    """Where a tensor's raw bytes lie."""

    location: str
    """Name of the weights file, beside the graphs that read it."""
    offset: int
    bytes: int
    data_type: int
    dims: tuple[int, ...]


def write_weights_file(
    model: ModelProto, path: Path, elsewhere: Mapping[str, SharedTensor]
) -> dict[str, SharedTensor]:
    """Writes `model`, weights inline but for those that lie `elsewhere`, by name.

    Returns the tensors that other graphs may point at: those of this file and of `elsewhere`.
    """
    stored = ModelProto()
    stored.CopyFrom(model)
    del stored.graph.initializer[:]
    for tensor in model.graph.initializer:
        known = elsewhere.get(tensor.name)
        stored.graph.initializer.append(tensor if known is None else _external(tensor.name, known))
    _order_initializers(stored)
    data = _serialize_aligned(stored)
    path.write_bytes(data)
    return {**elsewhere, **locate_weights(stored, path)}


def locate_weights(model: ModelProto, path: Path) -> dict[str, SharedTensor]:
    """Where the weights of `model` lie in `path`, which `write_weights_file` wrote."""
    return {
        tensor.name: SharedTensor(
            path.name, offset, len(tensor.raw_data), tensor.data_type, tuple(tensor.dims)
        )
        for tensor, offset in _locate(model, path.read_bytes())
    }


def link_weights(model: ModelProto, shared: Mapping[str, SharedTensor]) -> ModelProto:
    """A copy of the float `model` whose large weights are read from the files that hold them.

    A weight that `shared` holds in int8 becomes `Mul(Cast(int8), scale)` over constants, which
    ONNX Runtime folds into floats when it creates the session.
    """
    linked = ModelProto()
    linked.CopyFrom(model)
    graph = linked.graph
    initializers: list[TensorProto] = []
    rebuilt: list[NodeProto] = []
    for tensor in model.graph.initializer:
        quantized, scale = tensor.name + QUANTIZED_SUFFIX, tensor.name + SCALE_SUFFIX
        if quantized in shared:
            rebuilt.extend(dequantize_nodes(tensor.name))
            names = [quantized, scale]
            initializers.extend(_external(name, shared[name]) for name in names)
        elif tensor.name in shared:
            initializers.append(_external(tensor.name, shared[tensor.name]))
        else:
            initializers.append(tensor)
    del graph.initializer[:]
    graph.initializer.extend(initializers)
    nodes = [*rebuilt, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return linked


def _external(name: str, shared: SharedTensor) -> TensorProto:
    tensor = TensorProto(name=name, data_type=shared.data_type, dims=shared.dims)
    tensor.data_location = TensorProto.EXTERNAL
    entries = {"location": shared.location, "offset": shared.offset, "length": shared.bytes}
    for key, value in entries.items():
        tensor.external_data.add(key=key, value=str(value))
    return tensor


def _is_shared(tensor: TensorProto) -> bool:
    if tensor.data_location == TensorProto.EXTERNAL:
        return False
    is_quantized = tensor.name.endswith((QUANTIZED_SUFFIX, SCALE_SUFFIX))
    return is_quantized or len(tensor.raw_data) >= MIN_SHARED_BYTES


def _order_initializers(model: ModelProto) -> None:
    """Small tensors first: each shared one then has a predecessor whose doc string can pad it."""
    tensors = [
        _with_raw_data(tensor) if tensor.data_location == TensorProto.DEFAULT else tensor
        for tensor in model.graph.initializer
    ]
    tensors.sort(key=_is_shared)  # stable
    del model.graph.initializer[:]
    model.graph.initializer.extend(tensors)


def _with_raw_data(tensor: TensorProto) -> TensorProto:
    if tensor.HasField("raw_data"):
        return tensor
    return numpy_helper.from_array(numpy_helper.to_array(tensor), tensor.name)


def _serialize_aligned(model: ModelProto) -> bytes:
    """Serialises, after padding the doc string before each shared tensor until it is aligned."""
    tensors = model.graph.initializer
    offsets = [offset for _, offset in _locate(model, model.SerializeToString())]
    first = len(tensors) - len(offsets)
    if first == 0:
        message = "no small tensor comes before the shared ones to carry the padding"
        raise ValueError(message)
    added = 0
    for index, offset in enumerate(offsets, start=first):
        added += _pad(tensors[index - 1], -(offset + added) % ALIGNMENT)
    data: bytes = model.SerializeToString()
    if any(offset % ALIGNMENT for _, offset in _locate(model, data)):
        message = "padding changed the size of a length field; the weights are not aligned"
        raise ValueError(message)
    return data


def _pad(tensor: TensorProto, bytes_: int) -> int:
    """Gives `tensor` a doc string that moves what follows by `bytes_`, modulo the alignment.

    Returns by how much. A doc string has a header, and can make the tensor's own length longer.
    """
    if bytes_ == 0:
        return 0
    before = _field_bytes(tensor)
    for length in range(1, 2 * ALIGNMENT):
        tensor.doc_string = " " * length
        if (_field_bytes(tensor) - before) % ALIGNMENT == bytes_:
            break
    return _field_bytes(tensor) - before


def _field_bytes(tensor: TensorProto) -> int:
    size = int(tensor.ByteSize())
    return len(_varint(size)) + size


def _locate(model: ModelProto, data: bytes) -> list[tuple[TensorProto, int]]:
    """Byte offset in `data` of each shared tensor, in the order in which they are serialised."""
    found: list[tuple[TensorProto, int]] = []
    position = 0
    for tensor in model.graph.initializer:
        if not _is_shared(tensor):
            continue
        # In a serialised tensor the name comes right before the raw data, tag and length between.
        header = tensor.name.encode() + _RAW_DATA_TAG + _varint(len(tensor.raw_data))
        offset = data.index(header + tensor.raw_data, position) + len(header)
        found.append((tensor, offset))
        position = offset + len(tensor.raw_data)
    return found


def _varint(value: int) -> bytes:
    """Protocol-buffer encoding of a length: 7 bits a byte, lowest first."""
    encoded = bytearray()
    while value >= 0x80:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])


def unfolded_weights(optimized: ModelProto) -> list[str]:
    """Nodes of an optimised graph that still work on int8 weights; empty when all were folded."""
    int8 = {t.name for t in optimized.graph.initializer if t.data_type == TensorProto.INT8}
    return [
        f"{node.op_type} {node.name or node.output[0]}"
        for node in optimized.graph.node
        if int8.intersection(node.input) or node.op_type == "DequantizeLinear"
    ]


def save_graph(model: ModelProto, path: Path) -> None:
    """Writes a linked graph and checks it together with the weights file beside it."""
    path.write_bytes(model.SerializeToString())
    onnx.checker.check_model(str(path))
