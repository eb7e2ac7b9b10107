"""Candidates are those a cache meets, in order of arrival."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from skimp_training.candidates import (
    Arrival,
    candidate_rows,
    first_occurrences,
    nearest_earlier,
    read_runs,
    write_rows,
)

ARRIVALS = [
    Arrival(f"0-{i}", name, cluster)
    for i, (name, cluster) in enumerate(zip("abcd", (1, 2, 2, 1), strict=True))
]
VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [0.8, 0.6]], dtype=np.float32)


def test_an_exact_repeat_makes_no_arrival() -> None:
    run = [*ARRIVALS[:2], Arrival("0-2", "a", 1)]
    assert first_occurrences(run) == run[:2]


def test_each_arrival_meets_its_nearest_earlier_prompts() -> None:
    found = [(c.arrival, c.earlier) for c in nearest_earlier(VECTORS, 2)]
    assert found == [(1, 0), (2, 1), (2, 0), (3, 2), (3, 0)]


def test_rows_say_what_to_score_and_what_would_be_right() -> None:
    rows = list(candidate_rows(ARRIVALS, VECTORS, ("toy", 1)))
    assert [row["similarity"] for row in rows] == pytest.approx([0.0, 0.8, 0.96])
    assert [row["label"] for row in rows] == [0, 1, 0]
    assert rows[1] == {**rows[1], "q1": "b", "q2": "c", "arrival": "0-2", "stream": "toy"}


def test_each_run_has_a_fresh_cache(tmp_path: Path) -> None:
    path = tmp_path / "toy.jsonl.xz"
    rows = [{"run": run, "prompt": f"p{i}", "cluster": i} for run in (0, 1) for i in range(2)]
    with lzma.open(path, "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    runs = read_runs(path, "run")
    assert [[arrival.prompt for arrival in run] for run in runs] == [["p0", "p1"]] * 2
    assert len({arrival.id for run in runs for arrival in run}) == 4
    assert len(read_runs(path, "none")) == 1


def test_rows_survive_the_file(tmp_path: Path) -> None:
    rows = [{"q1": "é", "label": 1}, {"q1": "b", "label": 0}]
    assert write_rows(rows, tmp_path / "deep" / "rows.jsonl") == 2
    lines = (tmp_path / "deep" / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == rows
