"""Which texts an update of the reinforcement stage tries, and at which ratios."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from skimp_training.compress.examples import Example
from skimp_training.compress.language_model import Task
from skimp_training.compress.mixture import DIALOGUES

Item = TypeVar("Item")
KEEPS = (0.5, 0.33, 0.2)


def ratios(task: Task) -> tuple[float, ...]:
    """The ratios that a task is trained at."""
    return KEEPS[:2] if task == "code" else KEEPS


def counts_by_task(shares: Mapping[Task, float], total: int) -> dict[Task, int]:
    """`total` texts by the tasks' shares; what is left over goes to the first task."""
    weights = np.array(list(shares.values()))
    counts = np.floor(weights / weights.sum() * total).astype(int)
    counts[0] += total - counts.sum()
    return {task: int(count) for task, count in zip(shares, counts, strict=True)}


def by_source(examples: Sequence[Example]) -> list[list[Example]]:
    """The examples of each source; those that were written are one but for the dialogues."""
    pools: dict[str, list[Example]] = {}
    for example in examples:
        is_one = example.source.startswith("written/") and example.source != DIALOGUES
        pools.setdefault("written" if is_one else example.source, []).append(example)
    return list(pools.values())


def draw_from(pools: Sequence[Sequence[Item]], rng: np.random.Generator) -> Item:
    """One item, of a source drawn by the square root of its size."""
    chances = np.sqrt([len(pool) for pool in pools])
    pool = pools[int(rng.choice(len(pools), p=chances / chances.sum()))]
    return pool[int(rng.integers(len(pool)))]


def draw_texts(
    examples: Mapping[Task, Sequence[Sequence[Example]]],
    counts: Mapping[Task, int],
    step: int,
    rng: np.random.Generator,
) -> list[tuple[Example, float]]:
    """`counts` texts of each task, each with a ratio: these take turns."""
    drawn = []
    for task, count in counts.items():
        keeps = ratios(task)
        for at in range(count):
            drawn.append((draw_from(examples[task], rng), keeps[(at + step) % len(keeps)]))
    return drawn
