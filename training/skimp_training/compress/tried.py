"""What was tried on a text is kept: rewards are dear, and one rollout teaches more than once."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from skimp_training.compress.examples import Example
from skimp_training.compress.language_model import Task
from skimp_training.compress.swaps import Part


@dataclass(frozen=True)
class Tried:
    """The swaps of one text at one ratio, with what they gained."""

    task: Task
    text: str
    question: str
    swaps: list[tuple[Part, Part, float]]
    """What went out, what came in, and the reward's change in nats a token of the answer."""

    def example(self) -> Example:
        """The text as an example; its answer is not needed again."""
        return Example("tried", self.task, self.text, self.question, "")


class Memory:
    """The newest texts tried, by task."""

    def __init__(self, size: int) -> None:
        """Keeps `size` texts of each task."""
        self._size = size
        self._kept: dict[Task, list[Tried]] = {}

    def add(self, tried: Tried) -> None:
        """Keeps `tried`; the oldest of its task goes when there are too many."""
        kept = self._kept.setdefault(tried.task, [])
        kept.append(tried)
        del kept[: -self._size]

    def draw(self, counts: dict[Task, int], rng: np.random.Generator) -> list[Tried]:
        """Texts drawn without replacement, `counts` of each task or as many as there are."""
        return [
            kept[int(at)]
            for task, count in counts.items()
            if (kept := self._kept.get(task, []))
            for at in rng.permutation(len(kept))[:count]
        ]

    def state(self) -> list[dict[str, Any]]:
        """What a checkpoint keeps."""
        return [vars(tried) for kept in self._kept.values() for tried in kept]

    def restore(self, state: list[dict[str, Any]]) -> None:
        """Takes back what `state` gave."""
        self._kept = {}
        for row in state:
            self.add(Tried(**row))


def swap_loss(
    scores: torch.Tensor, swaps: list[tuple[Part, Part, float]], temperature: float
) -> torch.Tensor:
    """Minus the gain that the policy expects of its swaps, summed over them.

    A swap is taken with the probability p = sigmoid of the difference of its units' mean scores:
    the gradient of p times its gain is p (1 - p) times the gain, REINFORCE in closed form.
    """
    loss = torch.zeros(())
    for out, into, gain in swaps:
        difference = scores[into[0] : into[1]].mean() - scores[out[0] : out[1]].mean()
        loss = loss - torch.sigmoid(difference / temperature) * temperature * gain
    return loss
