"""Net efficiency of a stage from scored candidates."""

import json
from pathlib import Path
from typing import Any

from skimp_training.train.thresholds import best_candidates, measure_thresholds


def row(arrival: str, label: int, risk: float, **fields: object) -> dict[str, Any]:
    base = {"similarity": 1 - risk, "verifier": 1 - risk, "guards": []}
    return {"arrival": arrival, "label": label, "risk": risk, **base, **fields}


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in rows), encoding="utf-8")
    return path


def test_each_arrival_gets_the_candidate_its_stage_prefers(tmp_path: Path) -> None:
    veto = [{"guard": "numbers", "veto": True}]
    rows = [row("a", 0, 0.1, guards=veto), row("a", 1, 0.3), row("b", 0, 0.2, verifier=None)]
    path = write(tmp_path / "rows.jsonl", rows)
    score, right = best_candidates(path, "decision")
    assert score.tolist() == [0.7, -2.0]
    assert right.tolist() == [True, False]
    assert best_candidates(path, "similarity")[1].tolist() == [False, False]


def test_the_fixed_threshold_comes_from_the_other_stream(tmp_path: Path) -> None:
    before = write(tmp_path / "before.jsonl", [row("a", 1, 0.1), row("b", 0, 0.3)])
    tested = write(
        tmp_path / "tested.jsonl", [row("c", 1, 0.05), row("d", 1, 0.2), row("e", 0, 0.5)]
    )
    found = measure_thresholds(before, tested, expected=2)["stages"]["decision"]
    assert found["best"] == 1.0
    assert found["fixed"] == 0.5
