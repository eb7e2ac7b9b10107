"""The logistic model over all features, and the signs that its weights must have."""

import math

import numpy as np
import pytest

from skimp_training.risk_model import CalibrationError, RiskModel, fit_risk_model, newton
from skimp_training.scored_pairs import ScoredPair


def scored(features: dict[str, float], label: int, stream: str = "one") -> ScoredPair:
    return ScoredPair(features, False, label, "a", stream, None)


def drawn(count: int, seed: int, weights: dict[str, float]) -> list[ScoredPair]:
    """Pairs whose labels a risk model with these weights and a bias of -2 makes."""
    random = np.random.default_rng(seed)
    model = RiskModel(-2.0, weights)
    columns = {
        "similarity": random.uniform(0, 1, count),
        "verifier": random.uniform(-8, 8, count),
        "length": random.uniform(1, 4, count),
        "lengthGap": random.uniform(0, 1, count),
        "guard:numbers": (random.uniform(0, 1, count) < 0.2).astype(np.float64),
    }
    rows = [
        scored({name: float(values[index]) for name, values in columns.items()}, 0)
        for index in range(count)
    ]
    right = random.uniform(0, 1, count) > model.risk(rows)
    return [scored(dict(row.features), int(ok)) for row, ok in zip(rows, right, strict=True)]


def fit(pairs: list[ScoredPair]) -> RiskModel:
    return fit_risk_model(pairs, weigh_streams_equally=True)


def test_risk_is_one_minus_the_sigmoid_of_the_sum() -> None:
    model = RiskModel(-1.0, {"similarity": 2.0, "guard:dates": -3.0})
    pairs = [scored({"similarity": 0.5, "guard:dates": 1.0, "verifier": 9.0}, 1)]
    assert model.risk(pairs) == pytest.approx([1 - 1 / (1 + math.exp(3.0))])


def test_without_ridge_two_values_give_their_log_odds() -> None:
    # At 0 one pair in four is right (log odds -ln 3), at 1 three in four (ln 3).
    design = np.repeat([0.0, 1.0], 4000)[:, None]
    label = np.tile([1.0, 0, 0, 0], 1000).tolist() + np.tile([1.0, 1, 1, 0], 1000).tolist()
    bias, weights = newton(design, np.array(label), np.ones(8000))
    assert bias == pytest.approx(-math.log(3), abs=2e-3)
    assert weights == pytest.approx([2 * math.log(3)], abs=3e-3)


def test_a_repeated_row_counts_as_its_importance() -> None:
    design = np.array([[0.0], [1.0], [0.2], [0.9], [0.9]])
    label = np.array([0.0, 1.0, 1.0, 0.0, 0.0])
    repeated = newton(design, label, np.ones(5))
    weighted = newton(design[:4], label[:4], np.array([1.0, 1.0, 1.0, 2.0]))
    assert weighted[0] == pytest.approx(repeated[0])
    assert weighted[1] == pytest.approx(repeated[1])


def test_fit_recovers_the_weights_that_made_the_labels() -> None:
    weights = {"similarity": 4.0, "verifier": 0.5, "length": -0.4, "guard:numbers": -1.5}
    model = fit(drawn(20_000, 7, weights))
    assert model.bias == pytest.approx(-2.0, abs=0.3)
    for name, weight in weights.items():
        assert model.weights[name] == pytest.approx(weight, abs=0.2), name
    assert model.weights["lengthGap"] == pytest.approx(0.0, abs=0.2)


@pytest.mark.parametrize(
    ("name", "weight"), [("guard:numbers", 2.0), ("verifier", -0.5), ("similarity", -4.0)]
)
def test_a_weight_of_the_wrong_sign_is_dropped_and_the_rest_fitted_again(
    name: str, weight: float
) -> None:
    true = {"similarity": 4.0, "verifier": 0.5, "guard:numbers": -1.5, name: weight}
    pairs = drawn(4000, 9, true)
    model = fit(pairs)
    assert model.weights[name] == 0.0
    without = [
        scored({key: value for key, value in pair.features.items() if key != name}, pair.label)
        for pair in pairs
    ]
    refitted = fit(without)
    assert model.bias == pytest.approx(refitted.bias, rel=1e-4)
    assert {**refitted.weights, name: 0.0} == pytest.approx(dict(model.weights), rel=1e-4)


def test_a_guard_that_spoke_once_does_not_get_an_endless_weight() -> None:
    pairs = drawn(2000, 11, {"similarity": 6.0, "verifier": 0.5})
    one = scored({**pairs[0].features, "guard:roles": 1.0}, 0)
    assert -3.0 < fit([*pairs, one]).weights["guard:roles"] < 0.0


def test_streams_count_alike_whatever_their_size() -> None:
    def at(similarity: float, label: int, stream: str) -> ScoredPair:
        return scored({"similarity": similarity}, label, stream)

    # The large stream finds pairs at 0.8 wrong as often as right, the small one always right.
    large = [at(s, int(s > 0.5 and i % 2), "large") for i in range(900) for s in (0.2, 0.8)]
    small = [at(s, int(s > 0.5), "small") for _ in range(90) for s in (0.2, 0.8)]
    pairs = large + small
    top = at(0.8, 1, "small")
    by_row = fit_risk_model(pairs, weigh_streams_equally=False).risk([top])[0]
    by_stream = fit_risk_model(pairs, weigh_streams_equally=True).risk([top])[0]
    assert by_row == pytest.approx(0.45, abs=0.02)
    assert by_stream == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize("labels", [[1, 1, 1], [1, 0, 0], []])
def test_pairs_that_scores_cannot_explain_are_refused(labels: list[int]) -> None:
    pairs = [scored({"similarity": 0.1 * i}, label) for i, label in enumerate(labels)]
    with pytest.raises(CalibrationError):
        fit(pairs)
