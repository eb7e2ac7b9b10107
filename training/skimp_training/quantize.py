"""The int8 graph: dynamic int8 matrix products, and tables with one int8 scale per row."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

QUANTIZED_SUFFIX = "_quantized"
SCALE_SUFFIX = "_scale"
INT8_LEVELS = 127
"""Largest absolute value of a symmetric int8 weight."""


def quantize_rows(
    table: npt.NDArray[np.float32], levels: int = INT8_LEVELS
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Integers from -levels to levels, one scale a row: (rows, dims) -> (rows, dims), (rows, 1).

    Fewer than 127 levels take as many bytes in memory, and compress to fewer on the wire.
    """
    peak = np.abs(table).max(axis=1, keepdims=True)
    scale = np.where(peak > 0, peak / levels, 1.0).astype(np.float32)
    return np.rint(table / scale).astype(np.int8), scale


def dequantize_nodes(name: str) -> list[NodeProto]:
    """Nodes that rebuild the float initializer `name` from its int8 values and scales.

    Written as Cast and Mul because ONNX Runtime folds these when it creates the session, and
    leaves DequantizeLinear alone.
    """
    return [
        helper.make_node("Cast", [name + QUANTIZED_SUFFIX], [name + "_cast"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [name + "_cast", name + SCALE_SUFFIX], [name]),
    ]


def quantize_model(
    model: ModelProto, lookup_tables: Mapping[str, int], folded: Iterable[str]
) -> ModelProto:
    """The int8 graph of the float `model`, which stays as it is: products, then `store_tables`."""
    return store_tables(_quantize_products(model), lookup_tables, folded)


def store_tables(
    quantized: ModelProto, lookup_tables: Mapping[str, int], folded: Iterable[str]
) -> ModelProto:
    """Changes the tables of `quantized` to int8, and returns it.

    `lookup_tables` are read row by row, so int8 rows are gathered and scaled at run time; each
    has its number of levels. `folded` are small tables read as floats: they are stored in int8
    and rebuilt at start-up.
    """
    folded = list(folded)
    for name, levels in (*lookup_tables.items(), *((name, INT8_LEVELS) for name in folded)):
        _store_rows(quantized, name, levels)
    graph = quantized.graph
    nodes: list[NodeProto] = [node for name in folded for node in dequantize_nodes(name)]
    for node in graph.node:
        is_lookup = node.op_type == "Gather" and node.input[0] in lookup_tables
        nodes.extend(_gather_rows(node) if is_lookup else [node])
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(quantized, full_check=True)
    return quantized


def _quantize_products(model: ModelProto) -> ModelProto:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        onnx.save(model, source)
        # Full int8 range: ONNX Runtime's WebAssembly kernels widen to int16 and cannot saturate.
        quantize_dynamic(
            source,
            target,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=False,
            weight_type=QuantType.QInt8,
        )
        quantized = onnx.load(target)
    quantized.producer_name = model.producer_name
    quantized.ClearField("producer_version")
    quantized.ClearField("metadata_props")
    quantized.ir_version = model.ir_version
    del quantized.opset_import[:]
    quantized.opset_import.extend(model.opset_import)
    return quantized


def _store_rows(model: ModelProto, name: str, levels: int) -> None:
    kept = [tensor for tensor in model.graph.initializer if tensor.name != name]
    table = next(tensor for tensor in model.graph.initializer if tensor.name == name)
    values, scale = quantize_rows(numpy_helper.to_array(table).astype(np.float32), levels)
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    model.graph.initializer.append(numpy_helper.from_array(values, name + QUANTIZED_SUFFIX))
    model.graph.initializer.append(numpy_helper.from_array(scale, name + SCALE_SUFFIX))


def _gather_rows(node: NodeProto) -> list[NodeProto]:
    table, ids = node.input
    rows, output = node.output[0] + "_rows", node.output[0]
    return [
        helper.make_node("Gather", [table + QUANTIZED_SUFFIX, ids], [rows + "_int8"], axis=0),
        helper.make_node("Cast", [rows + "_int8"], [rows], to=TensorProto.FLOAT),
        helper.make_node("Gather", [table + SCALE_SUFFIX, ids], [rows + "_scale"], axis=0),
        helper.make_node("Mul", [rows, rows + "_scale"], [output]),
    ]
