"""What each word of a text gives the answer: asked of the language model once, kept in a file."""

import logging
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from skimp_training.compress.dev import inquiry
from skimp_training.compress.examples import Example
from skimp_training.compress.language_model import Gated, LanguageModel
from skimp_training.train.pairs import read_rows, write_rows

_log = logging.getLogger("skimp_training")
CHUNK = 48
"""Examples of one call of the language model."""
DIGITS = 4
"""Of a gain in the file, after the point."""
Floats = npt.NDArray[np.float32]
Key = tuple[str, str, str]


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


def interleave(groups: Sequence[Sequence[Example]]) -> list[Example]:
    """All of `groups` in one order in which each is spread evenly."""
    longest = max(map(len, groups))
    return [
        group[at]
        for turn in range(longest)
        for group in groups
        for at in range(turn * len(group) // longest, (turn + 1) * len(group) // longest)
    ]


def write_gains(
    model: LanguageModel, examples: Sequence[Example], out: Path, seconds: float
) -> int:
    """Asks for all of `examples`, in their order, until `seconds` have passed; goes on there.

    Returns how many rows `out` has now.
    """
    done = list(read_rows(out)) if out.exists() else []
    known = {(row["text"], row["question"], row["answer"]) for row in done}
    todo = [example for example in examples if key_of(example) not in known]
    total = len(done) + len(todo)
    began = time.monotonic()
    for start in range(0, len(todo), CHUNK):
        if time.monotonic() - began > seconds:
            break
        part = todo[start : start + CHUNK]
        asked = [Gated(inquiry(e, e.text), [begin for begin, _ in e.units().words]) for e in part]
        for example, gains in zip(part, model.gains(asked), strict=True):
            done.append(
                {
                    "text": example.text,
                    "question": example.question,
                    "answer": example.answer,
                    "gains": [round(float(gain), DIGITS) for gain in gains],
                }
            )
        if start // CHUNK % 5 == 0:
            write_rows(out, done)
            _log.info("%d of %d texts, %.0f s", len(done), total, time.monotonic() - began)
    write_rows(out, done)
    return len(done)
