"""How well the gains of words foretell what a swap gains: both are asked of the language model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from skimp_training.compress.dev import inquiry
from skimp_training.compress.examples import Example
from skimp_training.compress.gains import Floats, Key, key_of
from skimp_training.compress.language_model import LanguageModel
from skimp_training.compress.scoring import Read
from skimp_training.compress.swaps import SwapDraw, roll_out


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
    foretold, asked = [], []
    for read, rollout in zip(reads, rollouts, strict=True):
        known = gains[key_of(read.example)]
        for chosen, _, _ in rollout.trials:
            change = chosen.astype(np.float32) - rollout.base.astype(np.float32)
            foretold.append(float((known * change).sum()))
            asked += [
                inquiry(read.example, read.compressed(words)) for words in (rollout.base, chosen)
            ]
    costs = np.array(model.costs(asked), dtype=np.float32).reshape(-1, 2)
    return Foretold(np.array(foretold, dtype=np.float32), costs[:, 0] - costs[:, 1])


def with_gains(examples: Sequence[Example], gains: Mapping[Key, Floats]) -> list[Example]:
    """Those whose words' gains are known."""
    return [example for example in examples if key_of(example) in gains]
