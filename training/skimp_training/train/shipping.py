"""The embedder that ships: all pairs, a contrastive term, and what the verifier says of others."""

import logging
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn

from skimp_training.train.cross_encoder import fresh_verifier, verifier_logits
from skimp_training.train.embedder import EmbedderConfig, train_embedder
from skimp_training.train.encoder import fresh_encoder
from skimp_training.train.evaluate import dev_sets, score_sets, set_aucs
from skimp_training.train.loop import save_weights, write_json
from skimp_training.train.mixture import Mixture, nearest_pairs, plain_prompts
from skimp_training.train.pairs import Pair
from skimp_training.train.workplace import Workplace
from skimp_training.verifier import Verifier

_log = logging.getLogger("skimp_training")
UNLABELLED_PROMPTS = 7_000
UNLABELLED_NEIGHBOURS = 2
TEACHER_SHARE = 0.5
"""Weight of the verifier's opinion beside a label of the noisy natural pairs."""
PASSES = {
    "same_response": 0.4,
    "natural_pairs": 0.5,
    "pairs_extra": 0.7,
    "medical_pairs": 2.0,
    "written": 0.7,
    "edits": 0.2,
    "intents": 0.3,
    "readings": 0.5,
    "stream": 1.0,
}
MIXES = (0.5, 0.7, 0.85, 1.0)
"""Shares of the trained weights in the mix with the base's (WiSE-FT, arXiv 2109.01903)."""


NATURAL = ("medical_pairs", "mqp", "natural_pairs", "nl2bash", "parade", "qqp", "sts_other")
"""Sources whose texts people wrote freely: on these the mix is chosen. Template-made pairs prefer
ever more training, and lose what travels."""


@dataclass(frozen=True)
class Distilled:
    """What the embedder is trained on, and how much of it the verifier labelled."""

    pairs: list[Pair]
    labelled_by_verifier: int


def load_verifier(work: Workplace, stage: str = "refine") -> Verifier:
    """The verifier that the stage `verifier` or `refine` of this build left."""
    weights = load_file(work.build / stage / "verifier.safetensors")
    layers = 1 + max(int(name.split(".")[3]) for name in weights if ".layer." in name)
    verifier = fresh_verifier(work.encoder_config, work.encoder_weights, layers, work.seed)
    verifier.load_state_dict(weights)
    return verifier.eval()


def distil(work: Workplace, mixture: Mixture, verifier: Verifier) -> Distilled:
    """The mixture with the verifier's opinion of natural pairs and of unlabelled neighbours."""
    rng = np.random.default_rng(work.seed)
    drawn: list[Pair] = []
    for name, pairs in mixture.groups.items():
        whole, part = divmod(PASSES[name] * work.scale, 1)
        count = int(whole) * len(pairs) + round(part * len(pairs))
        order = np.concatenate([rng.permutation(len(pairs)) for _ in range(int(whole) + 1)])
        chosen = [pairs[int(index)] for index in order[:count]]
        drawn += _believe(work, verifier, chosen) if name == "natural_pairs" else chosen
    extra = unlabelled(work, verifier, round(UNLABELLED_PROMPTS * work.scale))
    natural = sum(pair.source == "natural_pairs" for pair in drawn)
    return Distilled([*drawn, *extra], natural + len(extra))


def _believe(work: Workplace, verifier: Verifier, pairs: list[Pair]) -> list[Pair]:
    logits = verifier_logits(verifier, work.tokens, [(pair.first, pair.second) for pair in pairs])
    opinion = 1 / (1 + np.exp(-logits))
    return [
        replace(pair, label=float((1 - TEACHER_SHARE) * pair.label + TEACHER_SHARE * believed))
        for pair, believed in zip(pairs, opinion, strict=True)
    ]


def unlabelled(work: Workplace, verifier: Verifier, count: int) -> list[Pair]:
    """Neighbours among prompts of all sets, labelled by the verifier alone."""
    prompts = plain_prompts(work)
    rng = np.random.default_rng(work.seed + 1)
    texts = [prompts[int(index)] for index in rng.permutation(len(prompts))[:count]]
    near = nearest_pairs(work, texts, UNLABELLED_NEIGHBOURS)
    chosen = list({(min(a, b), max(a, b)) for a, b, _ in near})
    pairs = [(texts[a], texts[b]) for a, b in sorted(chosen)]
    logits = verifier_logits(verifier, work.tokens, pairs)
    return [
        Pair(first, second, float(1 / (1 + np.exp(-logit))), "verifier")
        for (first, second), logit in zip(pairs, logits, strict=True)
    ]


def train_shipped(work: Workplace, mixture: Mixture, config: EmbedderConfig) -> None:
    """Trains, mixes with the base, chooses the mix on dev, and writes `build/embedder/`."""
    folder = work.build / "embedder"
    data = distil(work, mixture, load_verifier(work))
    encoder = fresh_encoder(work.encoder_config, work.encoder_weights)
    outcome = train_embedder(encoder, work.tokens, data.pairs, config, folder)
    outcome["labelledByVerifier"] = data.labelled_by_verifier
    trained = {name: value.clone() for name, value in encoder.state_dict().items()}
    save_file(trained, folder / "trained.safetensors")
    choose_mix(work, mixture, trained, outcome)


def choose_mix(
    work: Workplace,
    mixture: Mixture,
    trained: dict[str, torch.Tensor],
    outcome: dict[str, Any],
) -> None:
    """Writes the mix of trained and base weights whose AUC on `NATURAL` dev is best."""
    folder = work.build / "embedder"
    encoder = fresh_encoder(work.encoder_config, work.encoder_weights)
    sets = dev_sets(work, mixture)
    found: dict[float, dict[str, float]] = {}
    for share in MIXES:
        mix(encoder, work.encoder_weights, trained, share)
        found[share] = set_aucs(sets, score_sets(work, sets, encoder=encoder))
        _log.info("mix %.1f: %s", share, found[share])
    best = max(found, key=lambda share: sum(found[share].get(name, 0.0) for name in NATURAL))
    mix(encoder, work.encoder_weights, trained, best)
    save_weights(encoder, folder / "embedder.safetensors")
    outcome |= {"mix": best, "mixes": {str(share): aucs for share, aucs in found.items()}}
    write_json(folder / "training.json", outcome)


def mix(
    model: nn.Module,
    base: dict[str, torch.Tensor],
    trained: dict[str, torch.Tensor],
    share: float,
) -> None:
    """Puts `share` of the trained and the rest of the base weights into `model`."""
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if value.is_floating_point():
                value.copy_(base[name].lerp(trained[name], share))
