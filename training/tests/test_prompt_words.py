"""Words are counted as the page counts them."""

import math

import pytest

from skimp_training.prompt_words import MAX_WORDS, count_words, length_features


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("What is the capital of France?", 6),
        ("don't", 1),
        ("the U.S. and U.K", 4),
        ("node.js and C++", 3),
        ("done.how", 2),
        ("5 % of 1,000.50", 4),
        ("at 10:30 on 3/5", 4),
        ("snake_case", 1),
        ("東京の天気はどうですか?", 1),
        ("¿Dónde está?", 2),
        ("a & b < c", 5),
        ("word " * 700, MAX_WORDS),
    ],
)
def test_words_numbers_and_symbols_count(text: str, count: int) -> None:
    assert count_words(text) == count


def test_lengths_do_not_depend_on_the_order() -> None:
    expected = (math.log(4), math.log(2))
    assert length_features("one", "one two three") == pytest.approx(expected)
    assert length_features("one two three", "one") == pytest.approx(expected)
