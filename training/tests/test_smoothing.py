"""Smoothing changes no float result, and makes int8 products of uneven channels better."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import ModelProto, numpy_helper

from skimp_training.embedding import Floats, open_session
from skimp_training.quantize import INT8_LEVELS, quantize_model
from skimp_training.smoothing import (
    measure_peaks,
    smooth_products,
    smoothing_factors,
    smoothing_powers,
)
from tests.toy_graph import ROWS, float_result, toy_graph

POWERS = (("Gather", 0.8), ("Relu", 0.25))
IDS = np.arange(ROWS, dtype=np.int64)


def uneven_graph(seed: int) -> ModelProto:
    """The toy graph with two channels of the table 64 times the others."""
    model = toy_graph(seed)
    tensor = model.graph.initializer[0]
    table = numpy_helper.to_array(tensor).copy()
    table[:, [3, 17]] *= 64
    tensor.CopyFrom(numpy_helper.from_array(table, tensor.name))
    return model


def toy_peaks(model: ModelProto) -> dict[str, Floats]:
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    active = np.maximum(weights["table"] @ weights["up"] + weights["bias"], 0)
    return {"rows": np.abs(weights["table"]).max(axis=0), "active": active.max(axis=0)}


def smoothed_toy(model: ModelProto) -> ModelProto:
    return smooth_products(model, toy_peaks(model), smoothing_powers(model, POWERS))


def run(model: ModelProto, path: Path) -> Floats:
    onnx.save(model, path)
    return np.asarray(open_session(path).run(None, {"ids": IDS})[0], dtype=np.float32)


def test_factors_are_powers_of_two_and_leave_quiet_channels() -> None:
    peak = np.array([0.001, 1, 1, 1, 16], dtype=np.float32)
    assert smoothing_factors(peak, 0.5).tolist() == [1, 1, 1, 1, 4]
    assert smoothing_factors(peak, 0.0).tolist() == [1, 1, 1, 1, 1]


def test_no_bit_of_a_float_result_changes(tmp_path: Path) -> None:
    model = uneven_graph(seed=1)
    smoothed = smoothed_toy(model)
    assert [node.op_type for node in smoothed.graph.node].count("Mul") == 3
    before, after = run(model, tmp_path / "a.onnx"), run(smoothed, tmp_path / "b.onnx")
    assert before.tobytes() == after.tobytes()


def test_int8_products_of_uneven_channels_come_nearer_to_floats(tmp_path: Path) -> None:
    model = uneven_graph(seed=2)
    expected = float_result(model, IDS)

    def error(floats: ModelProto, name: str) -> float:
        quantized = quantize_model(floats, lookup_tables={"table": INT8_LEVELS}, folded=[])
        return float(np.abs(run(quantized, tmp_path / name) - expected).mean())

    smoothed = smoothed_toy(model)
    assert error(smoothed, "smoothed.onnx") < 0.7 * error(model, "plain.onnx")


def test_only_inputs_of_the_named_operators_are_smoothed() -> None:
    assert smoothing_powers(toy_graph(seed=3), (("Relu", 0.25),)) == {"active": 0.25}


def test_peaks_are_the_largest_values_over_all_inputs() -> None:
    model = toy_graph(seed=4)
    for node in model.graph.node:
        if node.op_type == "Gather":
            node.attribute.append(onnx.helper.make_attribute("axis", 0))
    model.graph.input[0].type.tensor_type.shape.dim.add(dim_param="batch")
    del model.graph.output[0].type.tensor_type.shape.dim[:]
    halves = [{"ids": IDS[None, :20]}, {"ids": IDS[None, 20:]}]
    measured = measure_peaks(model, halves, ["rows", "active"])
    expected = toy_peaks(model)
    assert measured["rows"] == pytest.approx(expected["rows"], rel=1e-5)
    assert measured["active"] == pytest.approx(expected["active"], rel=1e-4)
