"""What the `skimp` recipe tries on a text: its own choice, and swaps of one unit for another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from skimp_training.compress.choose import Bools, Floats, choose_for, word_costs
from skimp_training.compress.dev import inquiry
from skimp_training.compress.examples import Example
from skimp_training.compress.labels import segments
from skimp_training.compress.language_model import LanguageModel
from skimp_training.compress.policy import SELECTION, word_scores
from skimp_training.compress.scoring import Read
from skimp_training.compress.text_units import Units

Part = tuple[int, int]
"""A range of words."""


@dataclass(frozen=True)
class Rollout:
    """One text at one ratio, with what was tried on it."""

    example: Example
    units: Units
    base: Bools
    trials: list[tuple[Bools, Part, Part]]
    """Choices with the word ranges that went out and came in."""


@dataclass(frozen=True)
class SwapDraw:
    """How swaps are drawn."""

    count: int
    temperature: float
    rng: np.random.Generator


def roll_out(
    example: Example, units: Units, keep: float, logits: torch.Tensor, draw: SwapDraw
) -> Rollout:
    """The policy's choice at the ratio `keep`, and swaps of phrases and sentences in turn."""
    scores = word_scores(logits, units, SELECTION).numpy()
    costs = word_costs(example.text, units)
    base = choose_for(example.task, units, scores, costs, keep)
    trials = []
    for swap in range(draw.count):
        by_sentence = example.task == "code" or swap % 2 == 1  # of code, statements only
        parts = segments(units, units.sentences if by_sentence else units.phrases)
        found = _draw_swap(scores, base, parts, draw)
        if found is None:
            continue
        out, into = found
        moved = scores.copy()
        moved[out[0] : out[1]] = -1e9
        moved[into[0] : into[1]] = 1e9
        trials.append((choose_for(example.task, units, moved, costs, keep), out, into))
    return Rollout(example, units, base, trials)


def rollout_rewards(model: LanguageModel, rollouts: Sequence[Rollout]) -> list[list[float]]:
    """Minus the answer's cost in nats a token: of the base, then of each trial."""
    asked = []
    for rollout in rollouts:
        item = Read(rollout.example, rollout.units, torch.zeros(0))
        for chosen in (rollout.base, *(trial[0] for trial in rollout.trials)):
            asked.append(inquiry(rollout.example, item.compressed(chosen)))
    costs = iter(model.costs(asked))
    return [[-next(costs) for _ in range(1 + len(r.trials))] for r in rollouts]


def _draw_swap(
    scores: Floats, base: Bools, parts: list[Part], draw: SwapDraw
) -> tuple[Part, Part] | None:
    """A kept and a dropped unit, each drawn by its distance to the boundary."""
    held = np.array([base[begin:end].mean() for begin, end in parts])
    values = np.array([scores[begin:end].mean() for begin, end in parts])
    kept, dropped = np.flatnonzero(held > 0.5), np.flatnonzero(held < 0.5)
    if not len(kept) or not len(dropped):
        return None
    edge = (values[kept].min() + values[dropped].max()) / 2
    picked = []
    for group in (kept, dropped):
        weight = np.exp(-np.abs(values[group] - edge) / draw.temperature) + 1e-9
        picked.append(parts[int(draw.rng.choice(group, p=weight / weight.sum()))])
    return picked[0], picked[1]
