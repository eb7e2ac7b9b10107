"""Losses of the embedding's model of the decision (arXiv 2402.01173, section 3).

`P(same response) = sigmoid(similarity / lambda - c)`, lambda and c fixed, similarity trained.
"""

from dataclasses import dataclass

import torch
from torch.nn import functional


@dataclass(frozen=True)
class DecisionShape:
    """lambda and c of the sigmoid: P is one half at `lambda_ * c`."""

    lambda_: float = 0.05
    c: float = 15.0

    def logit(self, similarity: torch.Tensor) -> torch.Tensor:
        """Logit of P, for cosines of any shape."""
        return similarity / self.lambda_ - self.c


MIN_TARGET = 0.02
"""P* of a negative in the squared log difference: log 0 has no difference to anything."""


def bce_loss(logit: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Binary cross-entropy of targets from 0 to 1, mean over pairs."""
    return functional.binary_cross_entropy_with_logits(logit, target)


def sld_loss(logit: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Squared log difference `(log P - log P*)^2`, P* at least `MIN_TARGET`, mean over pairs."""
    goal = target.clamp(min=MIN_TARGET).log()
    return (functional.logsigmoid(logit) - goal).square().mean()


def contrastive_loss(first: torch.Tensor, second: torch.Tensor, temperature: float) -> torch.Tensor:
    """Each text picks its partner among all of the batch, both ways (InfoNCE), mean over texts.

    `first` and `second` are unit vectors (pairs, dims) of positive pairs.
    """
    scores = first @ second.T / temperature
    target = torch.arange(len(scores))
    return (
        functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)
    ) / 2
