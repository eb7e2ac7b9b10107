"""Measures of the models in PyTorch on the dev sets, source by source.

The figures that count are those of the exported files in the browser (`npm run score-pairs`);
these choose between trainings.
"""

from collections import defaultdict

import numpy as np
import numpy.typing as npt
from transformers import BertModel

from skimp_training.train.cross_encoder import verifier_logits
from skimp_training.train.encoder import similarities
from skimp_training.train.metrics import roc_auc
from skimp_training.train.mixture import Mixture
from skimp_training.train.pairs import Pair, read_pairs
from skimp_training.train.workplace import Workplace
from skimp_training.verifier import Verifier

Floats = npt.NDArray[np.float32]
MIN_PAIRS = 20
"""Sources with fewer pairs of a label are not measured apart."""


def dev_sets(work: Workplace, mixture: Mixture) -> dict[str, list[Pair]]:
    """The dev pairs by source, of sources that have enough of both labels."""
    pairs = [
        pair
        for name in ("same_response", "natural_pairs", "pairs_extra", "medical_pairs")
        for pair in read_pairs(work.data, f"{name}.dev")
    ]
    return by_source([*pairs, *mixture.written_dev])


def by_source(pairs: list[Pair]) -> dict[str, list[Pair]]:
    """Pairs by source; those of the written families also by kind."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[pair.source].append(pair)
        if pair.source.startswith("written/"):
            found[f"kind {pair.kind}"].append(pair)
    return {
        name: members
        for name, members in sorted(found.items())
        if MIN_PAIRS <= sum(pair.label > 0.5 for pair in members) <= len(members) - MIN_PAIRS
    }


def score_sets(
    work: Workplace,
    sets: dict[str, list[Pair]],
    *,
    encoder: BertModel | None = None,
    verifier: Verifier | None = None,
) -> dict[str, Floats]:
    """Each set's scores: cosines of an encoder, or logits of a verifier."""
    every = list(
        dict.fromkeys((pair.first, pair.second) for members in sets.values() for pair in members)
    )
    if encoder is not None:
        scores = similarities(encoder, work.tokens, every)
    elif verifier is not None:
        scores = verifier_logits(verifier, work.tokens, every)
    else:
        message = "an encoder or a verifier scores"
        raise ValueError(message)
    place = {pair: index for index, pair in enumerate(every)}
    return {
        name: scores[[place[pair.first, pair.second] for pair in members]]
        for name, members in sets.items()
    }


def set_aucs(sets: dict[str, list[Pair]], scores: dict[str, Floats]) -> dict[str, float]:
    """AUC of each set."""
    return {
        name: round(roc_auc(scores[name], [pair.label for pair in members]), 4)
        for name, members in sets.items()
    }
