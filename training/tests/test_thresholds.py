"""Net efficiency of a stage from scored candidates."""

import json
from pathlib import Path

import pytest

from skimp_training.risk_model import RiskModel
from skimp_training.scored_pairs import read_scored_pairs
from skimp_training.train.thresholds import NEVER, best_candidates, measure_thresholds

MODEL = RiskModel(bias=0.0, weights={"verifier": 1.0})
"""P(same response) is what the verifier says."""


def row(arrival: str, label: int, belief: float, **fields: object) -> dict[str, object]:
    base = {"q1": "a", "q2": "b", "similarity": belief, "verifier": belief, "guards": []}
    return {"arrival": arrival, "label": label, **base, **fields}


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in rows), encoding="utf-8")
    return path


def test_each_arrival_gets_the_candidate_its_stage_prefers(tmp_path: Path) -> None:
    veto = [{"guard": "numbers", "veto": True}]
    rows = [row("a", 0, 0.9, guards=veto), row("a", 1, 0.7), row("b", 0, 0.8, verifier=None)]
    pairs = read_scored_pairs(write(tmp_path / "rows.jsonl", rows))
    score, right = best_candidates(pairs, "decision", MODEL)
    assert score.tolist() == pytest.approx([0.7, NEVER])
    assert right.tolist() == [True, False]
    assert best_candidates(pairs, "similarity", MODEL)[1].tolist() == [False, False]


def test_the_fixed_threshold_comes_from_the_other_stream(tmp_path: Path) -> None:
    before = write(tmp_path / "before.jsonl", [row("a", 1, 0.9), row("b", 0, 0.7)])
    rows = [row("c", 1, 0.95), row("d", 1, 0.8), row("e", 0, 0.5)]
    tested = write(tmp_path / "tested.jsonl", rows)
    found = measure_thresholds(before, tested, 2, MODEL)["stages"]["decision"]
    assert found["best"] == 1.0
    assert found["fixed"] == 0.5
