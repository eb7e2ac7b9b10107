"""Leave sources out: what a training gives on prompts of a kind that it has not seen."""

import logging
from dataclasses import asdict
from typing import Any

import numpy as np

from skimp_training.train.cross_encoder import VerifierConfig, fresh_verifier, train_verifier
from skimp_training.train.embedder import EmbedderConfig, train_embedder
from skimp_training.train.encoder import fresh_encoder
from skimp_training.train.evaluate import dev_sets, score_sets, set_aucs
from skimp_training.train.loop import write_json
from skimp_training.train.mixture import Mixture
from skimp_training.train.pairs import Pair
from skimp_training.train.shipping import mix
from skimp_training.train.workplace import Workplace

_log = logging.getLogger("skimp_training")

FOLDS: dict[str, frozenset[str]] = {
    "a": frozenset(
        {"sql_slots", "mqp", "medical_pairs", "parade", "paws_qqp", "nl2bash", "condaqa"}
        | {"written/tech", "written/tech_support_2", "written/finance_law", "written/opposites"}
    ),
    "b": frozenset(
        {"kb_template", "qqp", "natural_pairs", "wikisql", "negnli", "sts_se", "apt_ppnmt"}
        | {"written/medicine_science", "written/life_2", "written/travel_life", "written/heavy"}
        | {"written/specifics"}
    ),
}
"""Sources that a fold's training does not see. Those of one nature are left out together."""
PAIRS = 60_000
MIXES = (0.5, 0.7, 1.0)


def run_fold(work: Workplace, mixture: Mixture, name: str) -> None:
    """Trains both models without the fold's sources and measures them there."""
    folder = work.build / "leave-out" / name
    left_out = FOLDS[name]
    kept = mixture.without(left_out)
    count = round(PAIRS * work.scale)
    sets = {source: pairs for source, pairs in dev_of(work, mixture).items() if source in left_out}
    result: dict[str, Any] = {"leftOut": sorted(left_out), "pairs": count}
    base = fresh_encoder(work.encoder_config, work.encoder_weights)
    result["base"] = set_aucs(sets, score_sets(work, sets, encoder=base))

    drawn = kept.drawn(work.seed)
    config = VerifierConfig(seed=work.seed)
    verifier = fresh_verifier(work.encoder_config, work.encoder_weights, 6, work.seed)
    chosen = spread(drawn, count, work.seed)
    result["training"] = train_verifier(verifier, work.tokens, chosen, config, folder / "verifier")
    result["verifier"] = set_aucs(sets, score_sets(work, sets, verifier=verifier))

    settings = EmbedderConfig(contrastive=0.1, seed=work.seed)
    encoder = fresh_encoder(work.encoder_config, work.encoder_weights)
    train_embedder(encoder, work.tokens, chosen, settings, folder / "embedder")
    trained = {key: value.clone() for key, value in encoder.state_dict().items()}
    for share in MIXES:
        mix(encoder, work.encoder_weights, trained, share)
        result[f"embedder, mix {share}"] = set_aucs(sets, score_sets(work, sets, encoder=encoder))
    result["embedderConfig"] = asdict(settings)
    write_json(work.build / "leave-out" / f"{name}.json", result)
    _log.info("left out %s: %s", name, result)


def dev_of(work: Workplace, mixture: Mixture) -> dict[str, list[Pair]]:
    """Dev sets; for written files that are left out whole, all their families."""
    sets = dev_sets(work, mixture)
    for pair in mixture.groups["written"]:
        sets.setdefault(pair.source, []).append(pair)
    return sets


def spread(pairs: list[Pair], count: int, seed: int) -> list[Pair]:
    """`count` of `pairs`, drawn at random, in random order."""
    order = np.random.default_rng(seed).permutation(len(pairs))[:count]
    return [pairs[int(index)] for index in order]
