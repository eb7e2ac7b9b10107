"""The report's tables, and the README's block."""

import pytest

from skimp_training.train.report import fill_block, promise, table


def test_only_what_is_between_the_marks_changes() -> None:
    text = "a\n<!-- promise -->\nold\n<!-- /promise -->\nz"
    filled = fill_block(text, "new")
    assert filled == "a\n<!-- promise -->\n\nnew\n\n<!-- /promise -->\nz"
    assert fill_block(filled, "new") == filled


@pytest.mark.parametrize("text", ["", "<!-- promise -->", "<!-- /promise -->"])
def test_a_missing_mark_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="no block"):
        fill_block(text, "new")


def test_a_budget_that_serves_nothing_has_no_bound() -> None:
    outcome = {"served": 0, "servedShare": 0.0, "wrong": 0, "wrongShareUpperBound": 1.0}
    calibration = {"byErrorRate": {"0.005": {"stream": outcome}}}
    figures = {"model": {"metrics": {"calibration": calibration}}, "streams": {}}
    assert promise(figures).splitlines()[-1] == "| 0.5 % | 0.0 % | 0 of 0 | - |  |  |"


def test_a_table_has_one_line_a_row() -> None:
    assert table(["a", "b"], [["1", "2"]]).splitlines() == [
        "| a | b |",
        "| --- | ---: |",
        "| 1 | 2 |",
    ]
