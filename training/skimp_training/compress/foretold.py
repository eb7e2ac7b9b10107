"""How well the gains of words foretell what a swap gains: both are asked of the language model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from skimp_training.compress.gains import Key, key_of
from skimp_training.compress.language_model import Floats, LanguageModel
from skimp_training.compress.scoring import Read
from skimp_training.compress.swaps import SwapDraw, roll_out, rollout_rewards


@dataclass(frozen=True)
class Foretold:
    """The swaps of some texts."""

    foretold: Floats
    """By each swap, in nats a token: the sum of the gains of what comes in less what goes out."""
    measured: Floats

    def correlation(self) -> float:
        """Spearman's rank correlation; 0 of fewer than two swaps."""
        first, second = np.argsort(np.argsort([self.foretold, self.measured]))
        return float(np.nan_to_num(np.corrcoef(first, second)[0, 1])) if len(first) > 1 else 0.0

    def agreement(self) -> float:
        """Share of the swaps of which the gains foretell the sign."""
        return float(np.mean((self.foretold > 0) == (self.measured > 0)))


def foretell(
    model: LanguageModel,
    reads: Sequence[Read],
    gains: Mapping[Key, Floats],
    keep: float,
    draw: SwapDraw,
) -> Foretold:
    """Swaps of the policy's choices at the ratio `keep`, on texts whose words' gains are known."""
    rollouts = [roll_out(read.example, read.units, keep, read.logits, draw) for read in reads]
    foretold, measured = [], []
    for rollout, rewards in zip(rollouts, rollout_rewards(model, rollouts), strict=True):
        known = gains[key_of(rollout.example)]
        for (chosen, _, _), reward in zip(rollout.trials, rewards[1:], strict=True):
            change = chosen.astype(np.float32) - rollout.base.astype(np.float32)
            foretold.append(float((known * change).sum()))
            measured.append(reward - rewards[0])
    return Foretold(np.array(foretold, dtype=np.float32), np.array(measured, dtype=np.float32))
