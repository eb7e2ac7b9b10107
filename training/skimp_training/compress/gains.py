"""What each word of a text gives the answer: asked of the language model once, kept in a file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from skimp_training.compress.asked_rows import ask_rows, in_parts
from skimp_training.compress.dev import inquiry
from skimp_training.compress.examples import Example
from skimp_training.compress.language_model import Floats, Gated, LanguageModel
from skimp_training.train.pairs import read_rows

CHUNK = 48
"""Examples of one call of the language model."""
DIGITS = 4
"""Of a gain in the file, after the point."""
Key = tuple[str, str, str]
Gates = Callable[[Sequence[Example]], Sequence[Floats | None]]
"""How far the gates of examples' words are open where gains are asked for; None: all alike."""


def key_of(example: Example) -> Key:
    """What tells a text's gains from another's."""
    return example.text, example.question, example.answer


def read_gains(path: Path) -> dict[Key, Floats]:
    """Gains by text, question and answer: one for each word, in nats a token of the answer."""
    rows = read_rows(path) if path.exists() else []
    return {
        (row["text"], row["question"], row["answer"]): np.array(row["gains"], dtype=np.float32)
        for row in rows
    }


def with_gains(examples: Sequence[Example], gains: Mapping[Key, Floats]) -> list[Example]:
    """Those whose words' gains are known."""
    return [example for example in examples if key_of(example) in gains]


def interleave(groups: Sequence[Sequence[Example]]) -> list[Example]:
    """All of `groups` in one order in which each is spread evenly."""
    longest = max(map(len, groups))
    return [
        group[at]
        for turn in range(longest)
        for group in groups
        for at in range(turn * len(group) // longest, (turn + 1) * len(group) // longest)
    ]


def all_alike(examples: Sequence[Example]) -> list[None]:
    """The same gate for every word: what a word gives to one who reads a part of each of them."""
    return [None for _ in examples]


def write_gains(
    model: LanguageModel,
    examples: Sequence[Example],
    out: Path,
    seconds: float,
    gates: Gates = all_alike,
) -> int:
    """Asks for all of `examples`, in their order, until `seconds` have passed; goes on there.

    Returns how many rows `out` has now.
    """
    done = list(read_rows(out)) if out.exists() else []
    known = {(row["text"], row["question"], row["answer"]) for row in done}
    parts = in_parts([example for example in examples if key_of(example) not in known], CHUNK)
    return ask_rows(done, parts, lambda part: _rows(model, part, gates(part)), out, seconds)


def _rows(
    model: LanguageModel, examples: Sequence[Example], gates: Sequence[Floats | None]
) -> Iterator[dict[str, Any]]:
    asked = [
        Gated(inquiry(example, example.text), [begin for begin, _ in example.units().words], opened)
        for example, opened in zip(examples, gates, strict=True)
    ]
    for example, gains in zip(examples, model.gains(asked), strict=True):
        yield {
            "text": example.text,
            "question": example.question,
            "answer": example.answer,
            "gains": [round(float(gain), DIGITS) for gain in gains],
        }
