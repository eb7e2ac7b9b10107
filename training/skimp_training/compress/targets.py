"""What the supervised stage learns from: how much each sentence and each word is worth, 0 to 1."""

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from skimp_training.compress.examples import Example, stems
from skimp_training.compress.labels import segments, slice_of
from skimp_training.compress.text_units import Units

TEMPERATURE = 0.4
"""Nats a token: a sentence that makes the answer so much dearer than the best is worth 1/e."""
KNOWN_GAIN = 0.7
"""Nats a token from which the best sentence counts in full."""
PLAIN_WORD = 0.6
"""Worth of a word of the evidence of which nothing is known."""
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Target:
    """What one text is trained on."""

    sentences: Floats
    """Worth of each sentence; NaN in all where sentences are not known."""
    words: Floats
    """Worth of each word, in [0, 1]."""


def compute_target(example: Example, units: Units, label: dict[str, Any] | None) -> Target:
    """The worth of sentences and words: from evidence, the model's labels or, else, overlap."""
    sentences = segments(units, units.sentences)
    if example.task == "code":
        worth = _statement_worth(example, units, label)
    elif example.task == "summary":
        worth = _summary_worth(example, units, label)
    else:
        worth = _answer_worth(example, units, label)
    words = np.zeros(len(units.words), dtype=np.float32)
    for value, (begin, end) in zip(worth, sentences, strict=True):
        words[begin:end] = value
    return Target(worth, words * _word_shares(example, units, label))


def _answer_worth(example: Example, units: Units, label: dict[str, Any] | None) -> Floats:
    sentences = segments(units, units.sentences)
    spans = [slice_of(example.text, units, part) for part in sentences]
    worth = np.zeros(len(sentences), dtype=np.float32)
    if example.evidence:
        for index, span in enumerate(spans):
            if any(_overlap(span, other) > 0 for other in example.evidence):
                worth[index] = 1.0
        return worth
    asked, wanted = stems(example.question), stems(example.answer)
    overlap = [len(asked & stems(example.text[b:e])) / (len(asked) or 1) for b, e in spans]
    holding = [
        index
        for index, span in enumerate(spans)
        if any(_overlap(span, other) > 0 for other in example.literal)
    ]
    if label is not None:
        worth = _gains(label, len(sentences))
        for index in holding:
            worth[index] = max(worth[index], 0.3)
        return worth
    if holding:
        best = max(holding, key=lambda index: overlap[index])
        for index in holding:
            worth[index] = 1.0 if index == best else 0.3
        return worth
    found = [
        0.7 * len(wanted & stems(example.text[b:e])) / (len(wanted) or 1) + 0.3 * share
        for (b, e), share in zip(spans, overlap, strict=True)
    ]
    return _peaked(found)


def _peaked(values: list[float]) -> Floats:
    """Overlaps as worth: the best one counts by its height, others by their distance to it."""
    best = max(values, default=0.0)
    if best <= 0:
        return np.zeros(len(values), dtype=np.float32)
    height = min(1.0, best / 0.5)
    return np.array(
        [height * math.exp((value - best) / 0.12) for value in values], dtype=np.float32
    )


def _gains(label: dict[str, Any], count: int) -> Floats:
    costs = {int(index): cost for index, cost in label["sentences"].items()}
    worth = np.zeros(count, dtype=np.float32)
    if not costs:
        return worth
    best = min(costs.values())
    height = min(1.0, max(0.0, label["base"] - best) / KNOWN_GAIN)
    for index, cost in costs.items():
        worth[index] = height * math.exp((best - cost) / TEMPERATURE)
    return worth


def _summary_worth(example: Example, units: Units, label: dict[str, Any] | None) -> Floats:
    wanted = stems(example.answer)
    spans = [slice_of(example.text, units, part) for part in segments(units, units.sentences)]
    found = []
    for begin, end in spans:
        held = stems(example.text[begin:end])
        shared = len(wanted & held)
        recall, precision = shared / (len(wanted) or 1), shared / (len(held) or 1)
        found.append(2 * recall * precision / ((recall + precision) or 1))
    worth = _peaked(found)
    if label is not None:
        worth = 0.4 * worth + 0.6 * _gains(label, len(spans))
    marked = [any(_overlap(span, other) > 0 for other in example.evidence) for span in spans]
    if example.source == "meetings":
        return np.where(marked, np.maximum(worth, 0.25), 0.3 * worth).astype(np.float32)
    if any(marked):
        return np.where(marked, np.maximum(worth, 0.8), worth).astype(np.float32)
    return worth


def _statement_worth(example: Example, units: Units, label: dict[str, Any] | None) -> Floats:
    wanted = stems(_spelled(example.answer))
    parts = segments(units, units.sentences)
    found = []
    for index, part in enumerate(parts):
        begin, end = slice_of(example.text, units, part)
        held = stems(_spelled(example.text[begin:end]))
        found.append(len(wanted & held) / math.sqrt(len(held) + 1) + (0.6 if index == 0 else 0))
    best = max(found, default=0.0) or 1.0
    worth = np.array([value / best for value in found], dtype=np.float32)
    if label is None:
        return worth
    losses = np.zeros(len(parts), dtype=np.float32)
    for index, cost in label["sentences"].items():
        losses[int(index)] = max(0.0, cost - label["base"])
    worth = 0.3 * worth + 0.7 * np.minimum(np.float32(1), losses / np.float32(0.25))
    return np.asarray(worth, dtype=np.float32)


def _spelled(text: str) -> str:
    """Identifiers as words: `parseHTTPDate_utc` is parse HTTP Date utc."""
    text = text.replace("_", " ")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)


def _word_shares(example: Example, units: Units, label: dict[str, Any] | None) -> Floats:
    """How much of its sentence's worth each word has."""
    share = np.full(len(units.words), PLAIN_WORD, dtype=np.float32)
    if example.task == "code":
        return np.ones_like(share)
    about = stems(example.answer) if example.task == "summary" else stems(example.question)
    for index, (begin, end) in enumerate(units.words):
        held = stems(example.text[begin:end])
        if held & about:
            share[index] = 0.95
        elif not held:
            share[index] = PLAIN_WORD - 0.15
        if any(_overlap((begin, end), other) > 0 for other in example.literal):
            share[index] = 1.0
    if label is not None and label["phrases"]:
        costs = {int(index): cost for index, cost in label["phrases"].items()}
        typical = float(np.median(list(costs.values())))
        parts = segments(units, units.phrases)
        for index, cost in costs.items():
            begin, end = parts[index]
            needed = 1 / (1 + math.exp(-(cost - typical) / 0.3))
            share[begin:end] = np.maximum(share[begin:end], 0) * 0.5 + 0.5 * needed
    return share


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> int:
    return min(first[1], second[1]) - max(first[0], second[0])
