"""Edits that change an answer, and rewordings that do not."""

import numpy as np
import pytest

from skimp_training.train import edits
from skimp_training.train.opposites import opposites_by_word


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_an_opposite_takes_the_place_of_a_word(rng: np.random.Generator) -> None:
    edit = edits.swap_opposite(opposites_by_word({("import", "export")}))
    assert edit("How do I import a list?", rng) == "How do I export a list?"
    assert edit("Export it", rng) == "Import it"
    assert edit("How do I print?", rng) is None


def test_a_number_changes_and_stays_a_whole_number(rng: np.random.Generator) -> None:
    for _ in range(50):
        changed = edits.change_number("Who won in 1998?", rng)
        assert changed is not None
        year = int(changed.removeprefix("Who won in ").removesuffix("?"))
        assert year != 1998
        assert abs(year - 1998) < 12
    assert edits.change_number("version 3.11 of the tool", rng) is None
    assert edits.change_number("no number", rng) is None


def test_direction_is_turned_round(rng: np.random.Generator) -> None:
    assert edits.swap_direction("Flights from Oslo to Rome?", rng) == "Flights from Rome to Oslo?"
    assert edits.swap_direction("From time to time", rng) is None
    assert edits.swap_direction("Go to Rome", rng) is None


def test_only_questions_for_a_thing_are_negated(rng: np.random.Generator) -> None:
    assert edits.negate("Why does it start?", rng) == "Why doesn't it start?"
    assert edits.negate("Which foods can dogs eat?", rng) == "Which foods can't dogs eat?"
    assert edits.negate("Can dogs eat rice?", rng) is None
    assert edits.negate("Why is not it on?", rng) is None


def test_rewording_keeps_numbers_and_most_words(rng: np.random.Generator) -> None:
    text = "How many days of leave do employees get after 7 years?"
    for _ in range(100):
        reworded = edits.reword(text, rng).lower()
        assert "7" in reworded or "seven" in reworded
        kept = [word for word in ("many", "days", "employees", "years") if word in reworded]
        assert len(kept) >= 3
