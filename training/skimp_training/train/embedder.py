"""The paper's training: an encoder whose cosine tells whether one response answers both."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from transformers import BertModel

from skimp_training.train.batches import TokenCache, pad, shuffled_batches, single
from skimp_training.train.encoder import MAX_TOKENS, embed_batch
from skimp_training.train.loop import LoopConfig, train
from skimp_training.train.losses import DecisionShape, bce_loss, contrastive_loss, sld_loss
from skimp_training.train.pairs import Pair, texts_of

_log = logging.getLogger("skimp_training")


@dataclass(frozen=True)
class EmbedderConfig:
    """One training of the encoder."""

    loss: Literal["bce", "sld"] = "bce"
    learning_rate: float = 5e-5
    batch: int = 64
    """Pairs in an update."""
    epochs: float = 1.0
    shape: DecisionShape = field(default_factory=DecisionShape)
    contrastive: float = 0.0
    """Weight of the contrastive term over the positive pairs of a batch."""
    temperature: float = 0.05
    average: float = 0.998
    seed: int = 0


def train_embedder(
    encoder: BertModel,
    tokens: TokenCache,
    pairs: Sequence[Pair],
    config: EmbedderConfig,
    folder: Path,
) -> dict[str, Any]:
    """Trains `encoder` in place on `pairs`, whose labels may be shares; returns how it went."""
    tokens.add(texts_of(pairs))
    order = _order(tokens, pairs, config)
    loop = LoopConfig(
        learning_rate=config.learning_rate,
        steps=len(order),
        average=config.average,
        seed=config.seed,
    )

    def step_loss(step: int) -> torch.Tensor:
        chosen = [pairs[index] for index in order[step]]
        texts = [pair.first for pair in chosen] + [pair.second for pair in chosen]
        vectors = embed_batch(
            encoder, pad([single(tokens.ids(text), MAX_TOKENS) for text in texts])
        )
        first, second = vectors.chunk(2)
        target = torch.tensor([pair.label for pair in chosen])
        logit = config.shape.logit((first * second).sum(1))
        loss = bce_loss(logit, target) if config.loss == "bce" else sld_loss(logit, target)
        same = target > 0.9
        if config.contrastive > 0 and int(same.sum()) > 1:
            loss = loss + config.contrastive * contrastive_loss(
                first[same], second[same], config.temperature
            )
        return loss

    outcome = train(encoder, step_loss, loop, folder)
    return {**asdict(config), "pairs": len(pairs), **outcome}


def _order(tokens: TokenCache, pairs: Sequence[Pair], config: EmbedderConfig) -> list[list[int]]:
    rng = np.random.default_rng(config.seed)
    lengths = [max(len(tokens.ids(p.first)), len(tokens.ids(p.second))) for p in pairs]
    order: list[list[int]] = []
    for _ in range(int(np.ceil(config.epochs))):
        order += list(shuffled_batches(lengths, config.batch, rng))
    return order[: round(config.epochs * len(pairs) / config.batch)]
