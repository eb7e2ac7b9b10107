"""Labels from the language model: what it needs to read to find the answer likely.

For each text a few cheap trials, teacher-forced: sentences alone, phrases removed from the best
sentence, statements removed from code. A trial's value is the cost of the answer, nats a token.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from skimp_training.compress.asked_rows import ask_rows, in_parts
from skimp_training.compress.examples import Example, stems
from skimp_training.compress.language_model import Inquiry, LanguageModel
from skimp_training.compress.text_units import Units
from skimp_training.train.pairs import read_rows

CANDIDATES = 5
"""Sentences that are tried alone: those that share most words with question and answer."""
LONGEST_TRIED = 40
"""Statements or sentences past which a text is left out: each is a trial."""
CHUNK = 24
"""Examples of one call of the language model."""


def segments(units: Units, starts: list[int]) -> list[tuple[int, int]]:
    """Ranges of words, from unit to unit."""
    return list(zip(starts, [*starts[1:], len(units.words)], strict=True))


def slice_of(text: str, units: Units, part: tuple[int, int]) -> tuple[int, int]:
    """Where the words `part` stand in `text`."""
    return units.words[part[0]][0], units.words[part[1] - 1][1]


def _inquiry(example: Example, text: str) -> Inquiry:
    return Inquiry(text, example.question, example.answer, example.task)


def _candidates(example: Example, units: Units) -> list[int]:
    sentences = segments(units, units.sentences)
    wanted, asked = stems(example.answer), stems(example.question)
    scores = []
    for part in sentences:
        begin, end = slice_of(example.text, units, part)
        found = stems(example.text[begin:end])
        scores.append(
            2 * len(found & wanted) / (len(wanted) or 1) + len(found & asked) / (len(asked) or 1)
        )
    best = sorted(range(len(sentences)), key=lambda index: (-scores[index], index))
    return sorted(best[: CANDIDATES if example.task == "qa" else LONGEST_TRIED])


def _first_trials(example: Example, units: Units) -> list[tuple[int, Inquiry]]:
    """Trials by sentence; -1 is nothing at all."""
    trials = [(-1, _inquiry(example, ""))]
    if example.task == "code":
        trials = [(-1, _inquiry(example, example.text))]
    for index in _candidates(example, units):
        begin, end = slice_of(example.text, units, segments(units, units.sentences)[index])
        text = example.text[begin:end]
        if example.task == "code":
            text = example.text[:begin].rstrip(" \t") + example.text[end:].lstrip("\n")
        trials.append((index, _inquiry(example, text)))
    return trials


def _second_trials(example: Example, units: Units, sentence: int) -> list[tuple[int, Inquiry]]:
    """Trials by phrase: the sentence without it."""
    whole = segments(units, units.sentences)[sentence]
    begin, end = slice_of(example.text, units, whole)
    phrases = [
        (index, part)
        for index, part in enumerate(segments(units, units.phrases))
        if whole[0] <= part[0] < whole[1]
    ]
    if len(phrases) < 2:
        return []
    trials = []
    for index, part in phrases:
        left, right = slice_of(example.text, units, part)
        text = f"{example.text[begin:left].rstrip()} {example.text[right:end].lstrip()}".strip()
        trials.append((index, _inquiry(example, text)))
    return trials


def label(model: LanguageModel, examples: Sequence[Example]) -> Iterator[dict[str, Any]]:
    """A row for each example: costs by sentence, and by removed phrase of the best one."""
    units = [example.units() for example in examples]
    first = [_first_trials(e, u) for e, u in zip(examples, units, strict=True)]
    costs = iter(model.costs([inquiry for trials in first for _, inquiry in trials]))
    tried = [{index: next(costs) for index, _ in trials} for trials in first]
    second = []
    for example, unit, found in zip(examples, units, tried, strict=True):
        alone = {index: cost for index, cost in found.items() if index >= 0}
        is_wanted = example.task == "qa" and alone
        second.append(
            _second_trials(example, unit, min(alone, key=alone.__getitem__)) if is_wanted else []
        )
    costs = iter(model.costs([inquiry for trials in second for _, inquiry in trials]))
    for example, found, trials in zip(examples, tried, second, strict=True):
        yield {
            "src": example.source,
            "task": example.task,
            "text": example.text,
            "question": example.question,
            "answer": example.answer,
            "base": found.pop(-1),
            "sentences": found,
            "phrases": {index: next(costs) for index, _ in trials},
        }


def write_labels(
    model: LanguageModel, examples: Sequence[Example], out: Path, seconds: float
) -> int:
    """Labels `examples` into `out` until they are done or `seconds` have passed; goes on there."""
    done = list(read_rows(out)) if out.exists() else []
    known = {(row["text"], row["question"]) for row in done}
    todo = [
        replace(e, literal=())
        for e in examples
        if (e.text, e.question) not in known and len(e.units().sentences) <= LONGEST_TRIED
    ]
    return ask_rows(done, in_parts(todo, CHUNK), lambda part: label(model, part), out, seconds)
