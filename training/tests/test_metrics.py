"""The measures, against values worked out by hand."""

import numpy as np
import pytest

from skimp_training.train.metrics import (
    best_threshold,
    bootstrap_interval,
    net_efficiency,
    roc_auc,
    served_at,
)


def test_auc_counts_pairs_of_pairs_and_ties_half() -> None:
    score, label = [0.1, 0.4, 0.4, 0.8], [0, 1, 0, 1]
    assert roc_auc(score, label) == pytest.approx((1 + 0.5 + 1 + 1) / 4)
    assert roc_auc([1, 1, 1], [0, 1, 1]) == 0.5
    assert roc_auc([3, 2, 1], [0, 1, 1]) == 0.0


def test_auc_of_one_label_is_refused() -> None:
    with pytest.raises(ValueError, match="both labels"):
        roc_auc([0.1, 0.2], [1, 1])


def test_interval_holds_the_auc_and_narrows_with_more_pairs() -> None:
    rng = np.random.default_rng(0)

    def width(count: int) -> float:
        label = rng.random(count) < 0.5
        score = rng.normal(label, 1.0)
        low, high = bootstrap_interval(score, label, draws=200)
        assert low < roc_auc(score, label) < high
        return high - low

    assert width(4_000) < width(100) / 3


def test_served_at_looks_past_an_early_error_and_serves_ties_together() -> None:
    label = [0, *[1] * 99, 0, 0]
    score = [200, *range(199, 100, -1), 5, 5]
    assert served_at(score, label, 0.01) == 1.0  # one wrong among a hundred
    assert served_at(score, label, 0.005) == 0.0
    assert served_at([1, 1, 0.5], [1, 0, 1], 0.01) == 0.0


def test_net_efficiency_takes_wrong_hits_off() -> None:
    similarity = np.array([0.9, 0.8, 0.7, 0.6])
    is_right = np.array([True, False, True, True])
    assert net_efficiency(similarity, is_right, 4, 0.75) == 0.0
    assert best_threshold(similarity, is_right, 4) == (0.6, 0.5)
