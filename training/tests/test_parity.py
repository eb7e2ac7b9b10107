"""The figures of the gate, checked against results worked out by hand."""

import numpy as np
import pytest

from skimp_training.config import LogitTolerance, VectorTolerance
from skimp_training.parity import (
    ParityError,
    area_under_roc,
    assert_logits,
    assert_vectors,
    auc_lost,
    compare_logits,
    compare_vectors,
)

LABELS = np.array([0, 0, 1, 1])


def floats(*values: float) -> np.typing.NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


def test_area_counts_pairs_of_a_positive_and_a_negative() -> None:
    assert area_under_roc(floats(1, 2, 3, 4), LABELS) == 1.0
    assert area_under_roc(floats(1, 3, 2, 4), LABELS) == 0.75
    assert area_under_roc(floats(5, 5, 5, 5), LABELS) == 0.5
    assert area_under_roc(floats(1, 2, 2, 4), LABELS) == 0.875


def test_lost_area_needs_both_labels() -> None:
    assert auc_lost(floats(1, 3, 2, 4), floats(1, 2, 3, 4), LABELS) == 0.25
    assert auc_lost(floats(1, 3, 2, 4), floats(1, 2, 3, 4), np.ones(4, dtype=np.int64)) is None
    assert auc_lost(floats(1, 3, 2, 4), floats(1, 2, 3, 4), None) is None


def test_logits_are_compared_within_the_range_of_the_risk_model() -> None:
    parity = compare_logits(floats(20, -1, 0.5, 2), floats(9, 1, 0.25, 2), None)
    assert (parity.mean_difference, parity.max_difference) == (0.5625, 2.0)
    assert parity.decisions == 0.75
    assert "aucLost" not in parity.to_json()


@pytest.mark.parametrize(
    "found", [floats(3, 3, 3, 3), floats(-0.1, 1, 1, 1), floats(np.nan, 1, 1, 1)]
)
def test_logits_off_in_size_or_sign_are_refused(
    found: np.typing.NDArray[np.float32],
) -> None:
    tolerance = LogitTolerance(mean_difference=1.0, decisions=0.99)
    assert_logits("same", compare_logits(floats(1, 1, 1, 1), floats(1, 1, 1, 1), None), tolerance)
    with pytest.raises(ParityError, match="found"):
        assert_logits("found", compare_logits(found, floats(0.1, 1, 1, 1), None), tolerance)


@pytest.mark.parametrize(("each", "lost"), [(1.0, 0.0), (0.5, 0.003)])
def test_vectors_off_in_one_text_or_in_rank_are_refused(each: float, lost: float) -> None:
    unit = np.eye(4, dtype=np.float32)
    near = unit.copy()
    near[0] = floats(0.8, 0.6, 0, 0)
    tolerance = VectorTolerance(mean=0.9, each=each, auc_lost=0.002)
    assert_vectors("same", compare_vectors(unit, unit, 0.0), tolerance)
    with pytest.raises(ParityError, match="near"):
        assert_vectors("near", compare_vectors(near, unit, lost), tolerance)
