"""Training of the verifier, and its scores."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from skimp_training.train.batches import TokenCache, even_batches, joined, pad, shuffled_batches
from skimp_training.train.encoder import INFERENCE_TOKENS, MAX_TOKENS, NO_DROPOUT
from skimp_training.train.loop import LoopConfig, train
from skimp_training.train.pairs import Pair, texts_of
from skimp_training.verifier import Verifier, ordered

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class VerifierConfig:
    """One training of the verifier."""

    layers: int = 6
    learning_rate: float = 1e-4
    batch: int = 64
    """Pairs in an update."""
    smoothing: float = 0.02
    """Targets are kept this far from 0 and 1: some labels are wrong."""
    average: float = 0.999
    max_steps: int = 4_000
    """Updates at most: what two cores do in half an hour."""
    seed: int = 0


def fresh_verifier(
    config: dict[str, Any], weights: dict[str, torch.Tensor], layers: int, seed: int
) -> Verifier:
    """The base's first `layers` layers with a head of random weights; the word table is frozen."""
    torch.manual_seed(seed)
    verifier = Verifier({**config, **NO_DROPOUT, "num_hidden_layers": layers})
    verifier.encoder.load_state_dict(weights, strict=layers == config["num_hidden_layers"])
    verifier.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return verifier


def verify_batch(verifier: Verifier, rows: Sequence[tuple[list[int], int]]) -> torch.Tensor:
    """Logits (pairs,) of joined token ids."""
    batch = pad([ids for ids, _ in rows], [start for _, start in rows])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits: torch.Tensor = verifier(batch.ids, batch.mask, batch.types)
    return logits.float()


def train_verifier(
    verifier: Verifier,
    tokens: TokenCache,
    pairs: Sequence[Pair],
    config: VerifierConfig,
    folder: Path,
) -> dict[str, Any]:
    """Trains `verifier` in place on one pass over `pairs`; returns how it went.

    The order of the two prompts is drawn at random: in use it is fixed, in training it is one
    thing less to rely on.
    """
    tokens.add(texts_of(pairs))
    rng = np.random.default_rng(config.seed)
    lengths = [len(tokens.ids(p.first)) + len(tokens.ids(p.second)) for p in pairs]
    order = list(shuffled_batches(lengths, config.batch, rng))[: config.max_steps]
    is_swapped = rng.random(len(pairs)) < 0.5
    loop = LoopConfig(
        learning_rate=config.learning_rate,
        steps=len(order),
        average=config.average,
        seed=config.seed,
    )

    def step_loss(step: int) -> torch.Tensor:
        rows = []
        for index in order[step]:
            first, second = tokens.ids(pairs[index].first), tokens.ids(pairs[index].second)
            sides = (second, first) if is_swapped[index] else (first, second)
            rows.append(joined(*sides, MAX_TOKENS))
        target = torch.tensor([pairs[index].label for index in order[step]])
        target = target.clamp(config.smoothing, 1 - config.smoothing)
        logits = verify_batch(verifier, rows)
        return torch.nn.functional.binary_cross_entropy_with_logits(logits, target)

    outcome = train(verifier, step_loss, loop, folder)
    return {**asdict(config), "pairs": len(pairs), **outcome}


def verifier_logits(
    verifier: Verifier, tokens: TokenCache, pairs: Sequence[tuple[str, str]]
) -> Floats:
    """The logit of each pair, in the fixed order of use."""
    tokens.add(list(dict.fromkeys(text for pair in pairs for text in pair)))
    rows = []
    for pair in pairs:
        first, second = ordered(*pair)
        rows.append(joined(tokens.ids(first), tokens.ids(second), MAX_TOKENS))
    found = np.empty(len(rows), dtype=np.float32)
    verifier.eval()
    with torch.inference_mode():
        for batch in even_batches([len(ids) for ids, _ in rows], INFERENCE_TOKENS):
            found[batch] = verify_batch(verifier, [rows[index] for index in batch]).numpy()
    return found
