"""Rows that the language model is asked for, part by part, into a file that goes on growing."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from skimp_training.compress.examples import Example
from skimp_training.train.pairs import write_rows

_log = logging.getLogger("skimp_training")
Row = dict[str, Any]
SAVED_EVERY = 5
"""Parts after which the file is written."""


def ask_rows(
    done: list[Row],
    parts: Sequence[Sequence[Example]],
    ask: Callable[[Sequence[Example]], Iterable[Row]],
    out: Path,
    seconds: float,
) -> int:
    """Adds what `ask` says of each part to `done`, and writes it, until `seconds` have passed.

    Returns how many rows `out` has now.
    """
    total = len(done) + sum(map(len, parts))
    began = time.monotonic()
    for at, part in enumerate(parts):
        if time.monotonic() - began > seconds:
            break
        done += ask(part)
        if at % SAVED_EVERY == 0:
            write_rows(out, done)
            _log.info("%d of %d texts, %.0f s", len(done), total, time.monotonic() - began)
    write_rows(out, done)
    return len(done)


def in_parts(examples: Sequence[Example], size: int) -> list[Sequence[Example]]:
    """The examples in order, `size` a part, the last one smaller."""
    return [examples[start : start + size] for start in range(0, len(examples), size)]
