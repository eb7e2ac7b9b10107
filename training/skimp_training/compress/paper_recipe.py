"""The recipe of TACO-RL (arXiv 2409.13035): REINFORCE over independent Bernoulli words."""

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn import functional

from skimp_training.compress.answers import paper_rewards
from skimp_training.compress.choose import word_costs
from skimp_training.compress.language_model import LanguageModel
from skimp_training.compress.scoring import Read


def paper_loss(
    model: LanguageModel, reads: Sequence[Read], seed: int
) -> tuple[torch.Tensor, dict[str, float]]:
    """Mean loss of one action for each text, and means for the curve.

    c = 0.5; L = 30 tokens, or an eighth of the text; entropy bonus 0.01, of code 0.001.
    """
    dice = torch.Generator().manual_seed(seed)
    chances = [torch.sigmoid(read.logits.detach()) for read in reads]
    actions = [torch.bernoulli(chance, generator=dice) for chance in chances]
    texts: list[str | None] = []
    for read, taken in zip(reads, actions, strict=True):
        chosen, costs = taken.numpy().astype(bool), word_costs(read.example.text, read.units)
        is_valid = abs(costs[chosen].sum() - 0.5 * costs.sum()) <= max(30.0, costs.sum() / 8)
        texts.append(read.compressed(chosen) if is_valid else None)
    rewards = paper_rewards(model, [read.example for read in reads], texts)
    loss = torch.zeros(())
    for read, taken, reward in zip(reads, actions, rewards, strict=True):
        likelihood = -functional.binary_cross_entropy_with_logits(read.logits, taken)
        bonus = 0.001 if read.example.task == "code" else 0.01
        loss = loss - reward * likelihood - bonus * entropy(read.logits)
    valid = float(np.mean([text is not None for text in texts]))
    return loss / len(reads), {"reward": float(np.mean(rewards)), "valid": valid}


def entropy(logits: torch.Tensor) -> torch.Tensor:
    """Mean entropy by word of keeping it with the logits' probabilities."""
    return functional.binary_cross_entropy_with_logits(logits, torch.sigmoid(logits))
