"""A graph of two matrix products behind a look-up table, with weights drawn from a seed."""

import numpy as np
import numpy.typing as npt
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper

ROWS, DIMS, HIDDEN = 50, 32, 48


def toy_graph(seed: int) -> ModelProto:
    """Ids (tokens) -> table rows -> MatMul, Add, Relu, MatMul -> hidden (tokens, DIMS)."""
    random = np.random.default_rng(seed)

    def weight(name: str, *shape: int) -> TensorProto:
        values = random.standard_normal(shape) / np.sqrt(shape[0])
        return numpy_helper.from_array(values.astype(np.float32), name)

    nodes = [
        helper.make_node("Gather", ["table", "ids"], ["rows"], name="look_up"),
        helper.make_node("MatMul", ["rows", "up"], ["wide"], name="first"),
        helper.make_node("Add", ["wide", "bias"], ["biased"], name="add"),
        helper.make_node("Relu", ["biased"], ["active"], name="relu"),
        helper.make_node("MatMul", ["active", "down"], ["narrow"], name="second"),
        helper.make_node("Mul", ["narrow", "half"], ["hidden"], name="scale"),
    ]
    weights = [
        weight("table", ROWS, DIMS),
        weight("up", DIMS, HIDDEN),
        weight("bias", HIDDEN),
        weight("down", HIDDEN, DIMS),
        numpy_helper.from_array(np.array(0.5, dtype=np.float32), "half"),
    ]
    graph = helper.make_graph(
        nodes,
        "toy",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"])],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["tokens", DIMS])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


def float_result(model: ModelProto, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """What the toy graph computes, in NumPy."""
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    wide = weights["table"][ids] @ weights["up"] + weights["bias"]
    narrow = np.maximum(wide, 0) @ weights["down"]
    return np.asarray(narrow * weights["half"], dtype=np.float32)
