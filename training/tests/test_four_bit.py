"""4-bit weights are measured on the models they would replace."""

from skimp_training.export_onnx import export_encoder
from skimp_training.four_bit import four_bit, measure_four_bit
from tests.toy_models import SETTINGS, toy_checkpoint, toy_source


def test_products_become_four_bit() -> None:
    model = export_encoder(toy_checkpoint(seed=1).encoder, SETTINGS)
    weights = {tensor.name for tensor in model.graph.initializer}
    constant = [n for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in weights]
    operators = [node.op_type for node in four_bit(model).graph.node]
    assert operators.count("MatMulNBits") == len(constant) == 12


def test_figures_are_of_both_models() -> None:
    measured = measure_four_bit(toy_checkpoint(seed=1), toy_source(seed=1), SETTINGS)
    assert 0.9 < measured["embedder"]["cosineMean"] < 1.0
    assert 0.0 < measured["verifier"]["logitMeanDifference"] < 1.0
    for model in ("embedder", "verifier"):
        assert 0 < measured[model]["wireBytes"] < measured[model]["bytes"]


def test_measuring_leaves_the_model_alone() -> None:
    model = export_encoder(toy_checkpoint(seed=1).encoder, SETTINGS)
    before = model.SerializeToString(deterministic=True)
    four_bit(model)
    assert model.SerializeToString(deterministic=True) == before
