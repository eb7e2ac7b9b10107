"""The compressor in training: units, choice, targets, windows, rewards, judges."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from skimp_training.compress.answers import bleu, f1
from skimp_training.compress.baselines import METHODS
from skimp_training.compress.changes import find_changes
from skimp_training.compress.changes import to_markdown as changes_markdown
from skimp_training.compress.choose import choose, choose_for, choose_units, join, word_costs
from skimp_training.compress.dev import retention, retention_interval
from skimp_training.compress.earlier import keep_earlier
from skimp_training.compress.examples import Example, find_all, written_passages
from skimp_training.compress.judge import Judge, group_rows, table
from skimp_training.compress.policy import Selection, group_means, make_window, word_scores
from skimp_training.compress.reader import normalize
from skimp_training.compress.report import task_losses
from skimp_training.compress.scoring import Read
from skimp_training.compress.targets import compute_target
from skimp_training.compress.text_units import split_code, split_text
from skimp_training.train.pairs import write_rows

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "src" / "worker" / "compress" / "text-units.golden.json"
PASSAGES = ROOT / "training" / "passages"
TEXT = "The mill opened in 1912. Its owner, Ada Berg, sold it in 1950 to the town. It is a museum."


def test_units_are_those_of_the_page() -> None:
    for row in json.loads(GOLDEN.read_text(encoding="utf-8")):
        units = split_code(row["text"]) if row["kind"] == "code" else split_text(row["text"])
        words = [row["text"][begin:end] for begin, end in units.words]
        assert (words, units.sentences, units.phrases, units.turns) == (
            row["words"],
            row["sentences"],
            row["phrases"],
            [tuple(turn) for turn in row["turns"]],
        )


def test_choice_meets_the_budget_and_breaks_ties_by_place() -> None:
    costs = np.ones(10)
    assert choose([1.0] * 10, costs, 0.3).tolist() == [True] * 3 + [False] * 7
    assert choose([0.0] * 9 + [1.0], costs, 0.1).nonzero()[0].tolist() == [9]
    assert int(choose(np.arange(10.0).tolist(), costs, 1.0).sum()) == 10


def test_whole_units_come_nearest_to_the_budget() -> None:
    scores = [3.0, 3.0, 3.0, 2.0, 1.0, 1.0]
    chosen = choose_units(scores, np.ones(6), 0.5, [0, 3, 4])
    assert chosen.tolist() == [True, True, True, False, False, False]


def test_kept_words_are_slices_in_order() -> None:
    units = split_text(TEXT)
    chosen = np.zeros(len(units.words), dtype=bool)
    chosen[[0, 1, 4, 7, 8]] = True
    assert join(TEXT, units, chosen) == "The mill 1912. Ada Berg,"


def test_a_label_is_kept_with_what_is_kept_of_its_turn() -> None:
    text = "Ada: It is locked.\nDr. Orr: Then we wait. It opens at nine.\nAda: Fine."
    units = split_text(text)
    scores = [0.0] * len(units.words)
    scores[-4] = 2.0  # at nine
    scores[-3] = 2.0
    chosen = choose_for("qa", units, scores, np.ones(len(scores)), 4 / len(scores))
    assert join(text, units, chosen) == "Dr. Orr: at nine."


def test_code_keeps_its_lines() -> None:
    source = "def f(a):\n    x = 1\n    log(x)\n    return a + x"
    units = split_code(source)
    chosen = np.array([index < 2 or index >= 6 for index in range(len(units.words))])
    assert join(source, units, chosen, code=True) == "def f(a):\n    return a + x"


def test_scores_add_word_phrase_and_sentence() -> None:
    units = split_text("One two. Three four.")
    logits = torch.tensor([1.0, 3.0, 0.0, 4.0])
    assert group_means(logits, units.sentences).tolist() == [2.0, 2.0, 2.0, 2.0]
    scores = word_scores(logits, units, Selection(word=1.0, phrase=0.0, sentence=1.0))
    assert scores.tolist() == [3.0, 5.0, 2.0, 6.0]


def test_a_window_has_question_then_words() -> None:
    window = make_window([11, 12], [[1], [2, 3]], (0, 2))
    assert window.ids == [101, 11, 12, 102, 1, 2, 3, 102]
    assert window.owner == [-1, -1, -1, -1, 0, 1, 1, -1]
    assert window.text_at == 4


def test_evidence_is_worth_most_and_the_answer_most_of_it() -> None:
    span = find_all(TEXT, "Ada Berg")
    example = Example("test", "qa", TEXT, "Who sold the mill?", "Ada Berg", span, span)
    target = compute_target(example, example.units(), None)
    assert target.sentences.tolist() == [0.0, 1.0, 0.0]
    answer = [target.words[index] for index in (7, 8)]
    assert min(answer) == 1.0
    assert target.words[:5].max() == 0.0


def test_a_label_of_the_model_weighs_sentences_by_their_gain() -> None:
    example = Example("test", "qa", TEXT, "What is it now?", "a place to visit")
    label = {"base": 5.0, "sentences": {"0": 5.0, "2": 3.0}, "phrases": {}}
    worth = compute_target(example, example.units(), label).sentences
    assert worth[2] == 1.0
    assert worth[0] < 0.01


def test_passages_hold_what_they_say() -> None:
    examples = list(written_passages(PASSAGES))
    asked = [example for example in examples if example.task == "qa"]
    assert len(asked) > 1_200
    assert all(example.answer and example.question for example in asked)
    assert sum(bool(example.evidence) for example in asked) == len(asked)


@pytest.mark.parametrize("method", ["random", "first", "overlap", "chunks", "policy"])
def test_every_method_keeps_to_the_budget(method: str) -> None:
    example = Example("test", "qa", " ".join([TEXT] * 12), "Who sold the mill?", "Ada Berg")
    units = example.units()
    item = Read(example, units, torch.randn(len(units.words)))
    costs = word_costs(example.text, units)
    kept = costs[METHODS[method](item, 0.33)].sum() / costs.sum()
    assert abs(kept - 0.33) < 0.02


def test_rewards_of_the_paper() -> None:
    assert f1("the red barn", "The red barn") == 1.0
    assert f1("a cat", "the dog") == 0.0
    assert bleu("it returns the sum of two numbers", "it returns the sum of two numbers") == 1.0
    assert 0 < bleu("returns the sum", "it returns the sum of two numbers") < 0.6


def test_retention_is_one_for_the_full_text_and_zero_for_none() -> None:
    full, none = np.array([2.0, 3.0]), np.array([6.0, 7.0])
    assert retention(full, none, full) == 1.0
    assert retention(full, none, none) == 0.0
    low, high = retention_interval(full, none, np.array([3.0, 4.0]))
    assert low <= 0.75 <= high


def test_the_judge_counts_literal_answers() -> None:
    rows = [
        {"text": TEXT, "answer": "1912", "question": "When?", "compressed": "mill opened in 1912."},
        {"text": TEXT, "answer": "1950", "question": "When?", "compressed": "mill opened in 1912."},
        {"text": TEXT, "answer": "not there", "question": "When?", "compressed": "x"},
    ]
    counts = {"keep": 0.33, "originalTokens": 10, "keptTokens": 3}
    groups = group_rows([{**row, **counts} for row in rows])
    result = Judge(None, None).judge(groups["all", 0.33])
    assert result["literal"]["value"] == 0.5
    assert result["literal"]["texts"] == 2
    assert "0.500" in table({("all", 0.33): result})


def test_answers_are_compared_as_squad_does() -> None:
    assert normalize("The  Red-Barn!") == "redbarn"


def test_losses_are_told_by_task_with_what_they_fell_by() -> None:
    full, none = [1.0] * 8, [5.0] * 8

    def verdicts(compressed: float) -> dict[str, dict[str, object]]:
        costs = {"full": full, "none": none, "compressed": [compressed] * 8}
        return {"codedoc_py@0.33": {"costs": costs}, "squad_para@0.33": {"costs": costs}}

    found = task_losses({"supervised": verdicts(2.0), "rl-paper-all": verdicts(1.5)})
    assert [(row["task"], row["keep"], row["texts"]) for row in found] == [("code", "0.33", 8)]
    assert found[0]["before"] == {"value": 0.25, "interval": [0.25, 0.25]}
    assert found[0]["after"]["value"] == 0.125
    assert found[0]["fell"] == [0.125] * 3


def test_figures_of_policies_that_are_gone_stay_in_the_report() -> None:
    def loss(policy: str, value: float) -> dict[str, Any]:
        return {"policy": policy, "task": "code", "keep": "0.33", "value": value}

    last = {
        "verdicts": {"gone": {"a@0.33": 1}, "both": {"a@0.33": 2}},
        "paired": {"gone": {}},
        "curves": {},
        "losses": [loss("gone", 0.1), loss("both", 0.2)],
        "changes": [{"set": "old"}],
    }
    now = {
        "verdicts": {"both": {"a@0.33": 3}},
        "paired": {},
        "curves": {"rl": {}},
        "losses": [loss("both", 0.3)],
        "changes": [],
    }
    kept = keep_earlier(now, last)
    assert kept["verdicts"] == {"gone": {"a@0.33": 1}, "both": {"a@0.33": 3}}
    assert kept["losses"] == [loss("both", 0.3), loss("gone", 0.1)]
    assert kept["changes"] == [{"set": "old"}]
    assert kept["earlier"] == ["gone"]
    assert keep_earlier(now, kept)["earlier"] == ["gone"]
    assert keep_earlier(now, None) == {**now, "earlier": []}


def test_changes_are_those_that_mattered_most(tmp_path: Path) -> None:
    def rows(words: str) -> list[dict[str, object]]:
        return [
            {
                "src": "written/tech",
                "keep": 0.33,
                "text": "t",
                "question": f"q{at}",
                "answer": "a",
                "compressed": "same" if at == 0 else f"{words} {at}",
            }
            for at in range(9)
        ]

    write_rows(tmp_path / "old.jsonl", rows("old"))
    write_rows(tmp_path / "new.jsonl", rows("new"))

    def verdicts(costs: list[float]) -> dict[str, dict[str, object]]:
        return {"written/tech@0.33": {"costs": {"compressed": costs}}}

    gains = [9.0, 1.0, -2.0, 5.0, 0.0, 4.0, 0.5, 3.0, -1.0]
    found = find_changes(
        tmp_path,
        {"old": verdicts([10.0] * 9), "new": verdicts([10 - gain for gain in gains])},
        ("old", "new"),
    )
    assert [change["gain"] for change in found] == [5.0, 4.0, 3.0, 1.0, -1.0, -2.0]
    assert found[0] | {"gain": 0} == {
        "set": "written/tech",
        "question": "q3",
        "answer": "a",
        "before": "old 3",
        "after": "new 3",
        "gain": 0,
    }
    assert "**+5.00** `written/tech`: q3" in changes_markdown(found)
    assert find_changes(tmp_path, {}, ("old", "none")) == []
