"""Measures of a score over labelled pairs, and of a cache over a stream."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
BOOTSTRAP_DRAWS = 1_000


def roc_auc(score: npt.ArrayLike, label: npt.ArrayLike) -> float:
    """Area under the ROC curve: P(a positive scores above a negative), ties counted half.

    Raises:
        ValueError: only one label occurs.
    """
    scores, positive = np.asarray(score, dtype=np.float64), np.asarray(label) > 0.5
    positives, negatives = int(positive.sum()), int((~positive).sum())
    if positives == 0 or negatives == 0:
        message = "AUC needs pairs of both labels"
        raise ValueError(message)
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(counts) - (counts - 1) / 2.0
    rank_sum = float(mean_rank[inverse][positive].sum())
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def bootstrap_interval(
    score: npt.ArrayLike, label: npt.ArrayLike, seed: int = 0, draws: int = BOOTSTRAP_DRAWS
) -> tuple[float, float]:
    """95 % percentile interval of the AUC over resampled pairs."""
    rng = np.random.default_rng(seed)
    scores, labels = np.asarray(score, dtype=np.float64), np.asarray(label)
    found = []
    for _ in range(draws):
        drawn = rng.integers(0, len(labels), len(labels))
        if 0 < (labels[drawn] > 0.5).sum() < len(labels):
            found.append(roc_auc(scores[drawn], labels[drawn]))
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def served_at(score: npt.ArrayLike, label: npt.ArrayLike, false_share: float) -> float:
    """Share of the positives above the lowest threshold that lets at most `false_share` through.

    `false_share` is the share of negatives among all that are served (1 - precision).
    """
    order = np.argsort(-np.asarray(score, dtype=np.float64), kind="stable")
    scores, positive = np.asarray(score)[order], np.asarray(label)[order] > 0.5
    right = np.cumsum(positive)
    count = np.arange(1, len(positive) + 1)
    # A threshold serves ties together: only the last of equal scores may end the list.
    is_end = np.append(scores[1:] != scores[:-1], True)
    allowed = is_end & (count - right <= false_share * count)
    return float(right[allowed].max() / max(1, right[-1])) if allowed.any() else 0.0


def net_efficiency(
    similarity: Floats, is_right: npt.NDArray[np.bool_], expected: int, threshold: float
) -> float:
    """(true hits - false hits) / expected hits when all at or above `threshold` are served."""
    served = similarity >= threshold
    return float((is_right[served].sum() - (~is_right[served]).sum()) / expected)


def best_threshold(
    similarity: Floats, is_right: npt.NDArray[np.bool_], expected: int
) -> tuple[float, float]:
    """(threshold, net efficiency) of the threshold that is best in hindsight."""
    candidates = np.unique(similarity)
    values = [net_efficiency(similarity, is_right, expected, t) for t in candidates]
    best = int(np.argmax(values))
    return float(candidates[best]), values[best]


def mean_and_spread(values: Sequence[float]) -> tuple[float, float]:
    """Mean and standard deviation (n - 1) of a few runs."""
    found = np.asarray(values, dtype=np.float64)
    return float(found.mean()), float(found.std(ddof=1)) if len(found) > 1 else 0.0
