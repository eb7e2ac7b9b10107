"""One weights file serves the int8 graph and the float graphs that point into it."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import ModelProto, numpy_helper

from skimp_training.embedding import open_session
from skimp_training.half_precision import store_as_float, to_half_precision
from skimp_training.quantize import INT8_LEVELS, quantize_model, quantize_rows
from skimp_training.shared_weights import (
    ALIGNMENT,
    SharedTensor,
    link_weights,
    save_graph,
    unfolded_weights,
    write_weights_file,
)
from tests.toy_graph import ROWS, float_result, toy_graph

IDS = np.arange(ROWS, dtype=np.int64)


def write_toy(folder: Path, model: ModelProto) -> dict[str, SharedTensor]:
    quantized = quantize_model(model, lookup_tables={"table": INT8_LEVELS}, folded=[])
    return write_weights_file(quantized, folder / "weights.onnx", {})


def cosine_to_float(folder: Path, name: str, model: ModelProto) -> float:
    found = open_session(folder / name).run(None, {"ids": IDS})[0]
    assert found.dtype == np.float32
    expected = float_result(model, IDS)
    product = (found * expected).sum(axis=1)
    norms = np.linalg.norm(found, axis=1) * np.linalg.norm(expected, axis=1)
    return float((product / norms).min())


def test_int8_rows_are_within_half_a_step_of_the_floats() -> None:
    table = np.array([[1.0, -2.54, 0.5], [0.0, 0.0, 0.0]], dtype=np.float32)
    values, scale = quantize_rows(table)
    assert values.tolist() == [[50, -127, 25], [0, 0, 0]]
    assert np.abs(values * scale - table).max() <= scale.max() / 2


def test_fewer_levels_use_fewer_integers() -> None:
    table = np.random.default_rng(1).standard_normal((40, 64)).astype(np.float32)
    values, scale = quantize_rows(table, levels=31)
    assert np.abs(values).max(axis=1).tolist() == [31] * 40
    assert np.abs(values * scale - table).max() <= scale.max() / 2


def test_a_second_model_reads_a_table_from_the_first_models_file(tmp_path: Path) -> None:
    model = toy_graph(seed=1)
    shared = write_toy(tmp_path, model)
    table = {name: shared[name] for name in ("table_quantized", "table_scale")}
    quantized = quantize_model(model, {"table": INT8_LEVELS}, [])
    found = write_weights_file(quantized, tmp_path / "second.onnx", table)
    assert {name: place.location for name, place in found.items()} == {
        **dict.fromkeys(found, "second.onnx"),
        **dict.fromkeys(table, "weights.onnx"),
    }
    smaller = (tmp_path / "weights.onnx").stat().st_size - table["table_quantized"].bytes
    assert (tmp_path / "second.onnx").stat().st_size < smaller
    assert cosine_to_float(tmp_path, "second.onnx", model) > 0.998
    save_graph(link_weights(model, found), tmp_path / "float.onnx")
    assert cosine_to_float(tmp_path, "float.onnx", model) > 0.9995


@pytest.mark.parametrize("length", range(90, 130))
def test_padding_allows_for_longer_length_fields(tmp_path: Path, length: int) -> None:
    # The tensor before the first shared one grows past 127 bytes, where its length takes two.
    model = toy_graph(seed=1)
    half = next(tensor for tensor in model.graph.initializer if tensor.name == "half")
    short = numpy_helper.from_array(np.zeros(length // 4, dtype=np.float32), "short")
    model.graph.initializer.remove(half)
    model.graph.initializer.extend([half, short])
    for place in write_weights_file(model, tmp_path / "weights.onnx", {}).values():
        assert place.offset % ALIGNMENT == 0


def test_shared_tensors_lie_aligned_at_their_offsets(tmp_path: Path) -> None:
    shared = write_toy(tmp_path, toy_graph(seed=1))
    data = (tmp_path / "weights.onnx").read_bytes()
    stored = {
        tensor.name: tensor for tensor in onnx.load(tmp_path / "weights.onnx").graph.initializer
    }
    assert {"table_quantized", "up_quantized", "down_quantized"} <= set(shared)
    for name, place in shared.items():
        assert place.offset % ALIGNMENT == 0
        assert data[place.offset : place.offset + place.bytes] == stored[name].raw_data


def test_every_graph_computes_what_the_float_graph_does(tmp_path: Path) -> None:
    model = toy_graph(seed=2)
    shared = write_toy(tmp_path, model)
    save_graph(link_weights(model, shared), tmp_path / "fp32.onnx")
    half = store_as_float(to_half_precision(model), model, {"table", "up", "down"})
    save_graph(link_weights(half, shared), tmp_path / "fp16.onnx")
    assert cosine_to_float(tmp_path, "weights.onnx", model) > 0.998
    assert cosine_to_float(tmp_path, "fp32.onnx", model) > 0.9995
    assert cosine_to_float(tmp_path, "fp16.onnx", model) > 0.9995


def test_linked_graphs_hold_no_large_weight(tmp_path: Path) -> None:
    model = toy_graph(seed=3)
    linked = link_weights(model, write_toy(tmp_path, model))
    inline = [t for t in linked.graph.initializer if t.data_location != onnx.TensorProto.EXTERNAL]
    assert {tensor.name for tensor in inline} == {"bias", "half"}
    assert model.graph.initializer[0].name == "table"


def test_int8_weights_are_folded_when_the_session_is_created(tmp_path: Path) -> None:
    model = toy_graph(seed=4)
    linked = link_weights(model, write_toy(tmp_path, model))
    assert unfolded_weights(linked) != []
    save_graph(linked, tmp_path / "fp32.onnx")
    open_session(tmp_path / "fp32.onnx", tmp_path / "optimized.onnx")
    optimized = onnx.load(tmp_path / "optimized.onnx", load_external_data=False)
    assert unfolded_weights(optimized) == []
    products = {"MatMul", "Gemm"}  # a product and the sum after it may be fused
    assert sum(node.op_type in products for node in optimized.graph.node) == 2


def test_tensors_without_a_small_predecessor_are_refused(tmp_path: Path) -> None:
    model = toy_graph(seed=5)
    table = model.graph.initializer[0]
    del model.graph.initializer[:]
    model.graph.initializer.append(table)
    with pytest.raises(ValueError, match="no small tensor"):
        write_weights_file(model, tmp_path / "weights.onnx", {})


def test_weights_survive_storage_outside_raw_data(tmp_path: Path) -> None:
    model = toy_graph(seed=6)
    table = numpy_helper.to_array(model.graph.initializer[0])
    typed = onnx.helper.make_tensor("table", onnx.TensorProto.FLOAT, table.shape, table.flatten())
    model.graph.initializer[0].CopyFrom(typed)
    shared = write_weights_file(model, tmp_path / "weights.onnx", {})
    assert shared["table"].bytes == table.nbytes
