"""Exact-k choice in training and for baselines: the best words up to a budget of tokens."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from skimp_training.compress.language_model import Task
from skimp_training.compress.text_units import Units

Bools = npt.NDArray[np.bool_]
Costs = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float64] | npt.NDArray[np.float32]


def word_costs(text: str, units: Units) -> Costs:
    """About the tokens of each word: a quarter of its letters in parts, at least one."""
    return np.array([_cost(text[begin:end]) for begin, end in units.words])


def _cost(word: str) -> float:
    return sum(max(1.0, len(part) / 6) for part in re.findall(r"\w+|[^\w\s]", word)) or 1.0


def choose(scores: Sequence[float] | Floats, costs: Costs, keep: float) -> Bools:
    """The best-scored words whose costs come nearest to `keep` times the whole; ties by place."""
    order = np.argsort(-np.asarray(scores), kind="stable")
    spent = np.cumsum(costs[order])
    target = keep * costs.sum()
    count = int(np.searchsorted(spent, target))
    if count < len(order) and spent[count] - target < target - (spent[count - 1] if count else 0):
        count += 1
    chosen = np.zeros(len(order), dtype=bool)
    chosen[order[:count]] = True
    return chosen


def choose_units(
    scores: Sequence[float] | Floats,
    costs: Costs,
    keep: float,
    starts: Sequence[int],
) -> Bools:
    """Whole units, best first; one that leads away from the target is passed by."""
    ends = [*starts[1:], len(costs)]
    order = sorted(range(len(starts)), key=lambda unit: (-scores[starts[unit]], starts[unit]))
    chosen = np.zeros(len(costs), dtype=bool)
    target, spent = keep * costs.sum(), 0.0
    for unit in order:
        cost = float(costs[starts[unit] : ends[unit]].sum())
        if abs(spent + cost - target) < abs(spent - target):
            chosen[starts[unit] : ends[unit]] = True
            spent += cost
    return chosen


def choose_for(
    task: Task, units: Units, scores: Sequence[float] | Floats, costs: Costs, keep: float
) -> Bools:
    """Whole statements of code, words of all else; what is kept of a turn has its label."""
    if task == "code":
        return choose_units(scores, costs, keep, units.sentences)
    return choose(with_labels(scores, units), costs, keep)


def with_labels(scores: Sequence[float] | Floats, units: Units) -> Floats:
    """The scores, with those of labels as high as the best word of what they label."""
    values = np.array(scores)
    for label, said, end in units.turns:
        values[label:said] = values[said:end].max()
    return values


def join(text: str, units: Units, chosen: Bools, *, code: bool = False) -> str:
    """The chosen words as slices of the text; a blank or a line break where some are missing."""
    parts: list[str] = []
    last = -1
    for index in np.flatnonzero(chosen).tolist():
        begin, end = units.words[index]
        if last == index - 1 and last >= 0:
            parts.append(text[units.words[last][1] : begin])
        else:
            gap = text[units.words[last][1] if last >= 0 else 0 : begin]
            if code:
                parts.append(
                    gap[gap.rfind("\n") + (last < 0) :] if "\n" in gap else gap[-1:] * (last >= 0)
                )
            elif last >= 0:
                parts.append("\n\n" if re.search(r"\n\s*\n", gap) else "\n" if "\n" in gap else " ")
        parts.append(text[begin:end])
        last = index
    return "".join(parts)
