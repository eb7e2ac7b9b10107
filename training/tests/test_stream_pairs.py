"""Candidate pairs are those a cache meets, in order of arrival."""

from pathlib import Path

import numpy as np
import pytest

from skimp_training.stream_pairs import (
    Arrival,
    CandidatePair,
    candidate_pairs,
    first_occurrences,
    read_pairs,
    write_pairs,
)


def test_an_exact_repeat_makes_no_pair() -> None:
    stream = [Arrival("a", 1), Arrival("b", 2), Arrival("a", 1)]
    assert first_occurrences(stream) == stream[:2]


def test_each_arrival_meets_its_nearest_earlier_prompt() -> None:
    arrivals = [Arrival("a", 1), Arrival("b", 2), Arrival("c", 2), Arrival("d", 1)]
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8], [0.8, 0.6]], dtype=np.float32)
    pairs = candidate_pairs(arrivals, vectors)
    assert [pair.similarity for pair in pairs] == pytest.approx([0.0, 0.8, 0.96])
    assert [pair.label for pair in pairs] == [0, 1, 0]


def test_pairs_survive_the_file(tmp_path: Path) -> None:
    pairs = [CandidatePair(0.5, 1), CandidatePair(0.9, 0, guard="numbers")]
    write_pairs(pairs, tmp_path / "pairs.jsonl")
    assert read_pairs(tmp_path / "pairs.jsonl") == pairs


@pytest.mark.parametrize(
    "line", ['{"similarity": 0.5, "label": 2}', '{"similarity": 7, "label": 1}']
)
def test_a_bad_row_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(f'{{"similarity": 0.5, "label": 1}}\n{line}\n')
    with pytest.raises(ValueError, match=r"pairs\.jsonl:2"):
        read_pairs(path)
