"""Rows of scored pairs become features, or are refused with their line."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from skimp_training.scored_pairs import read_scored_pairs, to_scored_pair, verifier_logit

ROW: dict[str, Any] = {
    "q1": "What is the capital of France?",
    "q2": "capital of France",
    "label": 1,
    "similarity": 0.9,
    "verifier": 0.75,
    "guards": [],
}


def test_features_are_those_of_the_risk_model() -> None:
    guards = [{"guard": "numbers", "veto": False}, "dates"]
    pair = to_scored_pair({**ROW, "guards": guards}, 1)
    assert pair.features == pytest.approx(
        {
            "similarity": 0.9,
            "verifier": math.log(3),
            "length": math.log(7),  # 6 words; a question mark is none
            "lengthGap": math.log(7 / 4),
            "guard:numbers": 1.0,
            "guard:dates": 1.0,
        }
    )
    assert not pair.is_refused


def test_lengths_that_the_page_counted_are_used() -> None:
    pair = to_scored_pair({**ROW, "length": 5.0, "lengthGap": 0.25}, 1)
    assert (pair.features["length"], pair.features["lengthGap"]) == (5.0, 0.25)


@pytest.mark.parametrize(
    "change",
    [
        {"guards": [{"guard": "numbers", "veto": True}]},
        {"verifier": None},
        {"similarity": None},
    ],
)
def test_vetoed_and_unread_pairs_are_refused(change: dict[str, Any]) -> None:
    assert to_scored_pair({**ROW, **change}, 1).is_refused


def test_logits_are_cut_on_both_sides() -> None:
    assert [verifier_logit(p) for p in (0.0, 0.5, 1.0)] == [-8.0, 0.0, 8.0]
    assert [verifier_logit(p) for p in (1e-9, 1 - 1e-9)] == [-8.0, 8.0]


def test_rows_of_one_arrival_share_it_within_their_stream() -> None:
    rows = [{**ROW, "arrival": "7", "stream": name} for name in ("a", "a", "b")]
    first, second, other = (to_scored_pair(row, n) for n, row in enumerate(rows))
    assert first.arrival == second.arrival != other.arrival
    alone, next_ = (to_scored_pair(ROW, number) for number in (1, 2))
    assert alone.arrival != next_.arrival


@pytest.mark.parametrize(
    "change", [{"label": 2}, {"similarity": 7}, {"verifier": 1.5}, {"fit": "both"}]
)
def test_a_bad_row_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "scored.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n{json.dumps({**ROW, **change})}\n")
    with pytest.raises(ValueError, match=r"scored\.jsonl:2"):
        read_scored_pairs(path)
