"""Calibration maths, checked against results worked out by hand or in closed form."""

import numpy as np
import pytest

from skimp_training.calibration import (
    NOTHING_SERVED,
    binomial_cdf,
    clopper_pearson_upper,
    max_risk,
    served_at,
    start_count,
)


def test_binomial_cdf_matches_counting() -> None:
    # Of 4 fair coins: 1 way for no head, 4 ways for one head, 16 in all.
    assert binomial_cdf(0, 4, 0.5) == pytest.approx(1 / 16)
    assert binomial_cdf(1, 4, 0.5) == pytest.approx(5 / 16)
    assert binomial_cdf(4, 4, 0.5) == pytest.approx(1.0)


def test_upper_bound_without_errors_has_a_closed_form() -> None:
    assert clopper_pearson_upper(0, 299) == pytest.approx(1 - 0.05 ** (1 / 299))
    assert clopper_pearson_upper(3, 3) == 1.0


def test_upper_bound_matches_published_tables() -> None:
    # One-sided 95 % limits of a proportion: 1 of 10, 5 of 100.
    assert clopper_pearson_upper(1, 10) == pytest.approx(0.3942, abs=1e-4)
    assert clopper_pearson_upper(5, 100) == pytest.approx(0.1023, abs=1e-4)


@pytest.mark.parametrize("rate", [0.005, 0.01, 0.05, 0.1])
def test_the_first_test_passes_with_half_the_budget_wrong(rate: float) -> None:
    count = start_count(rate)
    assert clopper_pearson_upper(int(count * rate / 2), count) <= rate
    fewer = int(0.8 * count)
    assert clopper_pearson_upper(int(fewer * rate / 2) + 1, fewer) > rate


def test_all_right_serves_everything() -> None:
    risk = np.linspace(0.01, 0.5, 1000)
    threshold = max_risk(risk, np.ones(1000), error_rate=0.05)
    assert threshold.served >= 1000 / 1.05
    assert threshold.wrong == 0
    assert threshold.upper_bound <= 0.05


def test_too_few_pairs_serve_nothing() -> None:
    risk = np.linspace(0.01, 0.5, 100)
    assert max_risk(risk, np.ones(100), error_rate=0.01) == NOTHING_SERVED


def test_serving_stops_before_the_wrong_pairs() -> None:
    risk = np.linspace(0.01, 0.5, 2000)
    label = (np.arange(2000) < 1000).astype(np.float64)
    threshold = max_risk(risk, label, error_rate=0.05)
    assert 900 < threshold.served < 1060
    assert threshold.upper_bound <= 0.05


def test_one_wrong_pair_at_the_top_does_not_end_the_sequence() -> None:
    risk = np.linspace(0.01, 0.5, 3000)
    label = np.ones(3000)
    label[0] = 0
    threshold = max_risk(risk, label, error_rate=0.02)
    assert threshold.served > 2500
    assert threshold.wrong == 1


def test_pairs_of_equal_risk_are_served_together() -> None:
    risk = np.repeat([0.1, 0.2], 500)
    threshold = max_risk(risk, np.repeat([1.0, 0.0], 500), error_rate=0.05)
    assert (threshold.served, threshold.max_risk) == (500, 0.1)


def test_the_error_rate_holds_in_most_draws() -> None:
    random = np.random.default_rng(11)
    true_risk = np.sort(random.uniform(0, 1, 3000) ** 4)
    broken = 0
    for _ in range(200):
        label = (random.uniform(0, 1, 3000) > true_risk).astype(np.float64)
        threshold = max_risk(true_risk, label, error_rate=0.02)
        served = true_risk[true_risk <= threshold.max_risk]
        broken += bool(served.size) and served.mean() > 0.02
    assert broken / 200 <= 0.05


def test_a_larger_budget_never_serves_less() -> None:
    random = np.random.default_rng(13)
    risk = random.uniform(0, 1, 4000) ** 4
    right = (risk < random.uniform(0, 1, 4000)).astype(np.float64)
    rates = [0.005, 0.01, 0.02, 0.05, 0.1]
    served = [max_risk(risk, right, rate).served for rate in rates]
    assert served == sorted(served)
    assert served[-1] > 1000


def test_a_threshold_is_inclusive() -> None:
    risk, label = np.array([0.1, 0.2, 0.3]), np.array([1.0, 0.0, 1.0])
    found = served_at(risk, label, 0.2)
    assert (found.served, found.wrong) == (2, 1)
    assert found.upper_bound == clopper_pearson_upper(1, 2)
    assert served_at(risk, label, 0.05) == NOTHING_SERVED
