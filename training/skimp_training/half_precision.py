"""The fp16 graph: half-precision compute between int64 inputs and a float32 output."""

from onnx import ModelProto, TensorProto, helper
from onnxruntime.transformers.float16 import convert_float_to_float16


def to_half_precision(model: ModelProto) -> ModelProto:
    """The float `model` with every float weight and value in fp16, inputs and output unchanged."""
    copy = ModelProto()
    copy.CopyFrom(model)
    half: ModelProto = convert_float_to_float16(copy, keep_io_types=True, disable_shape_infer=False)
    half.graph.ClearField("value_info")
    return half


def store_as_float(half: ModelProto, model: ModelProto, names: set[str]) -> ModelProto:
    """Gives `half` back the float32 weights `names` of `model`, each followed by a cast to fp16.

    Shared weights are float32 or int8; the casts are over constants, folded at start-up.
    """
    stored = ModelProto()
    stored.CopyFrom(half)
    graph = stored.graph
    floats = {t.name: t for t in model.graph.initializer if t.name in names}
    kept = [tensor for tensor in half.graph.initializer if tensor.name not in floats]
    for node in graph.node:
        for index, name in enumerate(node.input):
            if name in floats:
                node.input[index] = f"{name}_fp16"
    casts = [
        helper.make_node("Cast", [name], [f"{name}_fp16"], to=TensorProto.FLOAT16)
        for name in floats
    ]
    nodes = [*casts, *graph.node]
    del graph.initializer[:]
    graph.initializer.extend([*kept, *floats.values()])
    del graph.node[:]
    graph.node.extend(nodes)
    return stored
