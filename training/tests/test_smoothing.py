"""Smoothing changes no float result, and makes int8 products of uneven channels better."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import ModelProto, numpy_helper

from skimp_training.activation_peaks import read_peaks, spread, write_peaks
from skimp_training.config import ExportConfig
from skimp_training.embedding import open_session
from skimp_training.quantize import quantize_model
from skimp_training.smoothing import (
    Floats,
    SmoothingError,
    smooth_products,
    smoothing_factors,
    smoothing_powers,
)
from tests.toy_graph import DIMS, HIDDEN, ROWS, float_result, toy_graph

SETTINGS = ExportConfig(smoothing_powers=(("Gather", 0.8), ("Relu", 0.25)))
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


def run(model: ModelProto, path: Path) -> Floats:
    onnx.save(model, path)
    return np.asarray(open_session(path).run(None, {"ids": IDS})[0], dtype=np.float32)


def test_factors_are_powers_of_two_and_leave_quiet_channels() -> None:
    peak = np.array([0.001, 1, 1, 1, 16], dtype=np.float32)
    assert smoothing_factors(peak, 0.5).tolist() == [1, 1, 1, 1, 4]
    assert smoothing_factors(peak, 0.0).tolist() == [1, 1, 1, 1, 1]


def test_no_bit_of_a_float_result_changes(tmp_path: Path) -> None:
    model = uneven_graph(seed=1)
    smoothed = smooth_products(model, toy_peaks(model), SETTINGS)
    assert [node.op_type for node in smoothed.graph.node].count("Mul") == 3
    before, after = run(model, tmp_path / "a.onnx"), run(smoothed, tmp_path / "b.onnx")
    assert before.tobytes() == after.tobytes()


def test_int8_products_of_uneven_channels_come_nearer_to_floats(tmp_path: Path) -> None:
    model = uneven_graph(seed=2)
    expected = float_result(model, IDS)

    def error(floats: ModelProto, name: str) -> float:
        quantized = quantize_model(floats, lookup_tables=["table"], folded=[])
        return float(np.abs(run(quantized, tmp_path / name) - expected).mean())

    smoothed = smooth_products(model, toy_peaks(model), SETTINGS)
    assert error(smoothed, "smoothed.onnx") < 0.7 * error(model, "plain.onnx")


def test_only_inputs_of_the_named_operators_are_smoothed() -> None:
    settings = ExportConfig(smoothing_powers=(("Relu", 0.25),))
    assert smoothing_powers(toy_graph(seed=3), settings) == {"active": 0.25}


@pytest.mark.parametrize("channels", [0, DIMS + 1])
def test_peaks_of_another_graph_are_refused(channels: int) -> None:
    peaks = {"active": np.ones(HIDDEN, dtype=np.float32)}
    if channels:
        peaks["rows"] = np.ones(channels, dtype=np.float32)
    with pytest.raises(SmoothingError, match="of rows"):
        smooth_products(toy_graph(seed=4), peaks, SETTINGS)


def test_peaks_survive_the_file_of_their_source_only(tmp_path: Path) -> None:
    path = tmp_path / "peaks.json"
    write_peaks({"rows": np.array([1.23456, 2], dtype=np.float32)}, path, SETTINGS)
    assert read_peaks(path, SETTINGS)["rows"] == pytest.approx([1.23, 2])
    with pytest.raises(SmoothingError, match="another source model"):
        read_peaks(path, ExportConfig(wheel_sha256="0" * 64))


def test_sampled_texts_are_different_and_spread() -> None:
    assert spread(["a", "a", "b", "c", "d", "e"], 2) == ["a", "c"]
