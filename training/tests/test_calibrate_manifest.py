"""Thresholds are found on what would be served, and hold on each stream."""

import numpy as np
import pytest

from skimp_training.calibrate_manifest import arrivals_by_stream, calibrate
from skimp_training.risk_model import RiskModel
from skimp_training.scored_pairs import ScoredPair, Use

BY_SIMILARITY = RiskModel(-5.0, {"similarity": 10.0})


def scored(
    similarity: float,
    label: int,
    arrival: str,
    *,
    stream: str = "one",
    is_refused: bool = False,
    use: Use | None = None,
) -> ScoredPair:
    features = {"similarity": similarity}
    return ScoredPair(features, is_refused, label, f"{stream}:{arrival}", stream, use)


def stream_of(name: str, wrong_share: float, seed: int, count: int = 3000) -> list[ScoredPair]:
    """Arrivals with one candidate each; of those near the top, `wrong_share` is wrong."""
    random = np.random.default_rng(seed)
    pairs = []
    for index in range(count):
        similarity = float(random.uniform(0, 1))
        wrong = wrong_share if similarity > 0.5 else 0.95
        label = int(random.uniform(0, 1) > wrong)
        pairs.append(scored(similarity, label, str(index), stream=name))
    return pairs


def test_an_arrival_gets_its_candidate_of_lowest_risk_that_no_guard_refused() -> None:
    pairs = [
        scored(0.9, 0, "x", is_refused=True),
        scored(0.5, 1, "x"),
        scored(0.8, 0, "x"),
        scored(0.7, 1, "y", is_refused=True),
    ]
    arrivals = arrivals_by_stream(BY_SIMILARITY, pairs)["one"]
    assert arrivals.risk == pytest.approx(BY_SIMILARITY.risk([pairs[2]]))
    assert arrivals.label.tolist() == [0.0]
    assert (arrivals.refused, arrivals.count) == (1, 2)


def test_arrivals_of_two_streams_do_not_mix() -> None:
    pairs = [scored(0.9, 1, "x", stream="a"), scored(0.8, 0, "x", stream="b")]
    arrivals = arrivals_by_stream(BY_SIMILARITY, pairs)
    assert [arrivals[name].label.tolist() for name in ("a", "b")] == [[1.0], [0.0]]


def test_the_lowest_threshold_of_all_streams_is_taken() -> None:
    good, bad = stream_of("good", 0.002, seed=1), stream_of("bad", 0.035, seed=2)
    alone, both = calibrate(good), calibrate(good + bad)
    assert alone.max_risk["0.02"] > 0
    assert alone.outcomes["0.02"]["good"].served > 1000
    # The bad stream allows nothing at 2 %, so that the good one gets nothing either.
    assert both.max_risk["0.02"] == 0
    # At 10 % both are served, and the bound holds on the bad one.
    assert both.outcomes["0.1"]["good"].served > 500
    assert 0 < both.outcomes["0.1"]["bad"].upper_bound <= 0.1


def test_a_stream_too_small_to_pass_says_nothing() -> None:
    good, tiny = stream_of("good", 0.01, seed=1), stream_of("tiny", 0.9, seed=2, count=20)
    for pair in tiny:
        object.__setattr__(pair, "use", "threshold")
    assert calibrate(good + tiny).max_risk == calibrate(good).max_risk


def test_rows_serve_the_purpose_that_they_name() -> None:
    pairs = stream_of("one", 0.01, seed=3)
    noise = [scored(0.9, index % 2, f"n{index}", use="weights") for index in range(2000)]
    calibrated = calibrate([*pairs, *noise])
    assert calibrated.arrivals["one"].count == len(pairs)
    assert calibrated.model.weights["similarity"] < calibrate(pairs).model.weights["similarity"]
    judged = [scored(0.9, index % 2, f"n{index}", use="threshold") for index in range(2000)]
    judging = calibrate([*pairs, *judged])
    assert judging.model == calibrate(pairs).model
    assert judging.max_risk["0.05"] < calibrate(pairs).max_risk["0.05"]
