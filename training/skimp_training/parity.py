"""How far a graph's vectors or logits are from PyTorch's, and the gate on it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from skimp_training.config import LogitTolerance, VectorTolerance
from skimp_training.embedding import Floats, Vectors

MAX_LOGIT = 8.0
"""The risk model cuts the verifier's logit to this range on both sides."""
_DIGITS = 5

Labels = npt.NDArray[np.int64]


class ParityError(Exception):
    """A graph is too far from PyTorch; nothing has been written."""


@dataclass(frozen=True)
class VectorParity:
    """Cosine similarity of a graph's vectors to PyTorch's."""

    cosine_mean: float
    cosine_min: float
    auc_lost: float | None
    """AUC of PyTorch's similarities on labelled pairs less the graph's; none without labels."""

    def to_json(self) -> dict[str, Any]:
        """The figures as the manifest shows them."""
        lost = {} if self.auc_lost is None else {"aucLost": self.auc_lost}
        return {"cosineMean": self.cosine_mean, "cosineMin": self.cosine_min, **lost}


@dataclass(frozen=True)
class LogitParity:
    """A graph's logits beside PyTorch's, both cut to the range of the risk model."""

    mean_difference: float
    max_difference: float
    decisions: float
    """Share of pairs whose logits are on the same side of 0."""
    auc_lost: float | None

    def to_json(self) -> dict[str, Any]:
        """The figures as the manifest shows them."""
        lost = {} if self.auc_lost is None else {"aucLost": self.auc_lost}
        return {
            "logitMeanDifference": self.mean_difference,
            "logitMaxDifference": self.max_difference,
            "decisionsAgree": self.decisions,
            **lost,
        }


def area_under_roc(score: Floats, label: Labels) -> float:
    """Chance that a random positive scores above a random negative, ties counting half."""
    _, index, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2  # mean rank of each value, from 1
    positives = int((label == 1).sum())
    negatives = label.size - positives
    rank_sum = float(ranks[index][label == 1].sum())
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def auc_lost(found: Floats, expected: Floats, labels: Labels | None) -> float | None:
    """How much worse `found` ranks the pairs than `expected`; none when that cannot be told."""
    if labels is None or np.unique(labels).size < 2:
        return None
    return round(area_under_roc(expected, labels) - area_under_roc(found, labels), _DIGITS)


def compare_vectors(vectors: Vectors, reference: Vectors, lost: float | None) -> VectorParity:
    """Unit vectors beside unit vectors, both (texts, dims), row by row."""
    cosine = (vectors.astype(np.float64) * reference.astype(np.float64)).sum(axis=1)
    return VectorParity(
        cosine_mean=round(float(cosine.mean()), _DIGITS),
        cosine_min=round(float(cosine.min()), _DIGITS),
        auc_lost=lost,
    )


def compare_logits(logits: Floats, reference: Floats, labels: Labels | None) -> LogitParity:
    """Logits beside logits, both (pairs,)."""
    found = np.clip(logits.astype(np.float64), -MAX_LOGIT, MAX_LOGIT)
    expected = np.clip(reference.astype(np.float64), -MAX_LOGIT, MAX_LOGIT)
    difference = np.abs(found - expected)
    return LogitParity(
        mean_difference=round(float(difference.mean()), _DIGITS),
        max_difference=round(float(difference.max()), _DIGITS),
        decisions=round(float(((found > 0) == (expected > 0)).mean()), _DIGITS),
        auc_lost=auc_lost(logits, reference, labels),
    )


def assert_vectors(name: str, parity: VectorParity, tolerance: VectorTolerance) -> None:
    """Refuses a graph below `tolerance`.

    Raises:
        ParityError: names the graph and its figures.
    """
    # Written so that a NaN is refused too.
    passes = parity.cosine_mean >= tolerance.mean and parity.cosine_min >= tolerance.each
    if not (passes and (parity.auc_lost or 0.0) <= tolerance.auc_lost):
        _refuse(name, parity, tolerance)


def assert_logits(name: str, parity: LogitParity, tolerance: LogitTolerance) -> None:
    """Refuses a graph below `tolerance`.

    Raises:
        ParityError: names the graph and its figures.
    """
    passes = parity.mean_difference <= tolerance.mean_difference
    agrees = parity.decisions >= tolerance.decisions
    if not (passes and agrees and (parity.auc_lost or 0.0) <= tolerance.auc_lost):
        _refuse(name, parity, tolerance)


def _refuse(name: str, parity: object, tolerance: object) -> None:
    message = f"{name} disagrees with PyTorch: {parity}, needs {tolerance}; nothing was written"
    raise ParityError(message)
