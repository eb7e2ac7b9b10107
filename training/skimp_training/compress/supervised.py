"""The supervised stage: sentences ranked by worth, words by their part in it."""

import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from skimp_training.compress.mixture import Drawn, Sampler
from skimp_training.compress.policy import Policy, logits_by_length
from skimp_training.train.loop import LoopConfig, train

_log = logging.getLogger("skimp_training")


@dataclass(frozen=True)
class SupervisedConfig:
    """How the supervised stage is trained."""

    learning_rate: float = 1.5e-4
    batch: int = 20
    steps: int = 900
    seed: int = 0
    ranking: float = 0.5
    """Weight of the ranking among a window's sentences."""
    words: float = 1.0
    """Weight of the words' own labels."""


def supervised_loss(policy: Policy, batch: list[Drawn], config: SupervisedConfig) -> torch.Tensor:
    """Sentences: cross-entropy of their worth, each and among each other; words: of theirs."""
    logits = logits_by_length(policy, [drawn.window for drawn in batch])
    total = torch.zeros(())
    for values, drawn in zip(logits, batch, strict=True):
        worth = torch.from_numpy(drawn.word_worth)
        if drawn.is_relative:
            share = worth.mean().clamp(0.05, 0.95)
            centred = values - values.mean() + torch.logit(share)
            total = total + 0.5 * functional.binary_cross_entropy_with_logits(centred, worth)
            continue
        means = torch.stack([values[begin:end].mean() for begin, end in drawn.sentences])
        sentences = torch.from_numpy(drawn.sentence_worth)
        loss = functional.binary_cross_entropy_with_logits(means, sentences)
        if float(sentences.sum()) > 0.3 and len(means) > 1:
            shares = sentences / sentences.sum()
            loss = loss - config.ranking * (shares * means.log_softmax(0)).sum()
        loss = loss + config.words * functional.binary_cross_entropy_with_logits(values, worth)
        total = total + loss
    return total / len(batch)


def train_supervised(
    policy: Policy, sampler: Sampler, config: SupervisedConfig, folder: Path
) -> dict[str, Any]:
    """Trains `policy` in place; goes on from `folder`'s checkpoint. Returns how it went."""
    loop = LoopConfig(
        learning_rate=config.learning_rate,
        steps=config.steps,
        checkpoint_every=200,
        seed=config.seed,
    )

    def step_loss(step: int) -> torch.Tensor:
        return supervised_loss(policy, sampler.batch(step, config.batch), config)

    return {**train(policy, step_loss, loop, folder), "config": asdict(config)}
