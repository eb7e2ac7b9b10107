"""The gradient of the expected reward over every word at once, its values estimated.

A swap that is tried tells of two units and costs the language model a whole reading. One
derivative tells, to first order, what each word gives (`LanguageModel.gains`). With it the sum
over all actions stands in for the ones sampled (expected policy gradients, arXiv 1706.05374; a
critic by derivatives as in MuProp, arXiv 1511.05176, without its correction: the swaps that are
tried beside it are what is measured).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch

from skimp_training.compress.choose import Bools, choose_for, with_labels, word_costs
from skimp_training.compress.drawing import draw_from
from skimp_training.compress.examples import Example
from skimp_training.compress.gains import Key, key_of, with_gains
from skimp_training.compress.language_model import Floats, Task
from skimp_training.compress.mixture import HIDDEN
from skimp_training.compress.text_units import Units

LARGEST = 3.0
"""The sum of a text's gains, sizes without signs, is cut to so many times its task's mean."""


@dataclass(frozen=True)
class Estimated:
    """One text and what each of its words gives the answer."""

    example: Example
    gains: Floats
    """By word; a text's sizes sum to 1 on average over its task."""


class Estimates:
    """Texts with their gains, by task and source, those with hidden questions apart."""

    def __init__(
        self, pools: Mapping[Task, Sequence[Sequence[Example]]], gains: Mapping[Key, Floats]
    ) -> None:
        """`pools` are a task's examples by source; those without gains are left out."""
        self._pools: dict[Task, list[list[Estimated]]] = {}
        for task, sources in pools.items():
            known = [
                [Estimated(e, gains[key_of(e)]) for e in with_gains(members, gains)]
                for members in sources
            ]
            self._pools[task] = _scaled([members for members in known if members])
        self._hidden: list[Estimated] = hide(self._pools.get("qa", []))

    def count(self) -> int:
        """Texts with gains."""
        return sum(len(members) for pools in self._pools.values() for members in pools)

    def draw(self, counts: Mapping[Task, int], rng: np.random.Generator) -> list[Estimated]:
        """`counts` texts of each task, of its sources by the square root of their sizes."""
        drawn = []
        for task, count in counts.items():
            pools = self._pools.get(task, [])
            for _ in range(count if pools else 0):
                is_hidden = task == "qa" and bool(self._hidden) and rng.random() < HIDDEN
                drawn.append(draw_from([self._hidden] if is_hidden else pools, rng))
        return drawn


def hide(pools: Sequence[Sequence[Estimated]]) -> list[Estimated]:
    """One of each text asked more than once, its questions hidden, its gains their mean."""
    by_text: dict[str, list[Estimated]] = {}
    for members in pools:
        for item in members:
            by_text.setdefault(item.example.text, []).append(item)
    return [
        Estimated(replace(items[0].example, question=""), np.mean([i.gains for i in items], axis=0))
        for items in by_text.values()
        if len(items) > 1
    ]


def _scaled(pools: list[list[Estimated]]) -> list[list[Estimated]]:
    sizes = [float(np.abs(item.gains).sum()) for members in pools for item in members]
    mean = max(float(np.mean(sizes)), 1e-6) if sizes else 1.0

    def scaled(item: Estimated) -> Estimated:
        gains = item.gains / mean
        return replace(item, gains=gains * min(1.0, LARGEST / max(np.abs(gains).sum(), 1e-6)))

    return [[scaled(item) for item in members] for members in pools]


def expected_loss(
    scores: torch.Tensor, item: Estimated, units: Units, keeps: Sequence[float], temperature: float
) -> torch.Tensor:
    """Minus the gain expected of a text's words, a mean over the ratios `keeps`.

    A word is kept with the probability p = sigmoid of its score's distance to the boundary of
    the exact-k choice. What it gives is counted over the price of its tokens: the price at which
    moving the boundary is worth nothing, so that the budget stays and words compete for it.
    """
    costs = word_costs(item.example.text, units)
    gains, prices = torch.tensor(item.gains), torch.tensor(costs, dtype=torch.float32)
    loss = torch.zeros(())
    for keep in keeps:
        values = with_labels(scores.detach().numpy(), units)
        edge = boundary(values, choose_for(item.example.task, units, values, costs, keep))
        if edge is None:
            continue
        chances = torch.sigmoid((scores - edge) / temperature)
        near = (chances * (1 - chances)).detach()
        price = (near * gains).sum() / (near * prices).sum().clamp(min=1e-9)
        loss = loss - (chances * (gains - price * prices)).sum() * temperature
    return loss / len(keeps)


def boundary(values: npt.NDArray[np.floating], chosen: Bools) -> float | None:
    """The score between what is kept and what is not; None where there is only one of them."""
    if chosen.all() or not chosen.any():
        return None
    return float(values[chosen].min() + values[~chosen].max()) / 2
