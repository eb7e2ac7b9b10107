"""The risk of serving a pair, from what similarity, verifier, guards and lengths say.

`logit P(same response) = bias + sum of weight * feature`, risk = 1 - P. Weights are fitted by
logistic regression under the signs that the features must have: a pair may not get safer because
a guard spoke, or because two prompts look less alike.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skimp_training.scored_pairs import ScoredPair

Floats = npt.NDArray[np.float64]

GUARD_PREFIX = "guard:"
RISING = ("similarity", "verifier")
"""Features whose weights are at least 0; those of guards are at most 0; lengths are free."""
CONTINUOUS = (*RISING, "length", "lengthGap")
RIDGE = 0.5
"""Inverse variance of the prior of a weight. Other features than guards are first scaled to a
standard deviation of 1, so that only guards, some of which speak rarely, are held back."""
_FIT_DIGITS = 6
_MAX_NEWTON_STEPS = 100


class CalibrationError(Exception):
    """The pairs cannot be calibrated: one class only, or nothing tells the classes apart."""


@dataclass(frozen=True)
class RiskModel:
    """`P(same response) = sigmoid(bias + weights . features)`."""

    bias: float
    weights: Mapping[str, float]

    def risk(self, pairs: Sequence[ScoredPair]) -> Floats:
        """Probability that the earlier answer is wrong here, 0 to 1: (pairs,)."""
        names = list(self.weights)
        logit = self.bias + _design(pairs, names) @ np.array([self.weights[n] for n in names])
        return np.asarray(1.0 / (1.0 + np.exp(logit)))


def fit_risk_model(pairs: Sequence[ScoredPair], *, weigh_streams_equally: bool) -> RiskModel:
    """Fits on `pairs`, none of which is refused.

    A weight with the wrong sign is set to 0 and the others are fitted again.

    Raises:
        CalibrationError: only one label occurs, or labels rise with no score.
    """
    label = np.array([pair.label for pair in pairs], dtype=np.float64)
    if label.size == 0 or label.min() == label.max():
        message = "calibration needs pairs of both labels"
        raise CalibrationError(message)
    importance = _importance(pairs) if weigh_streams_equally else np.ones_like(label)
    guards = {name for pair in pairs for name in pair.features if name.startswith(GUARD_PREFIX)}
    kept = [*CONTINUOUS, *sorted(guards)]
    names = list(kept)
    while True:
        bias, fitted = _fit(pairs, kept, (label, importance))
        wrong = {name for name, weight in fitted.items() if _sign(name) * weight < 0}
        if not wrong:
            break
        kept = [name for name in kept if name not in wrong]
    if not any(fitted.get(name, 0.0) > 0 for name in RISING):
        message = "labels rise neither with similarity nor with the verifier's logit"
        raise CalibrationError(message)
    weights = {name: _significant(fitted.get(name, 0.0)) for name in names}
    return RiskModel(_significant(bias), weights)


def _sign(name: str) -> int:
    """1 where a weight may not be negative, -1 where it may not be positive, 0 where free."""
    return 1 if name in RISING else -1 if name.startswith(GUARD_PREFIX) else 0


def _importance(pairs: Sequence[ScoredPair]) -> Floats:
    """Weights of rows under which each stream counts alike, 1 on average."""
    counts = Counter(pair.stream for pair in pairs)
    share = len(pairs) / len(counts)
    return np.array([share / counts[pair.stream] for pair in pairs])


def _design(pairs: Sequence[ScoredPair], names: Sequence[str]) -> Floats:
    rows = [[pair.features.get(name, 0.0) for name in names] for pair in pairs]
    return np.array(rows, dtype=np.float64).reshape(len(pairs), len(names))


def _fit(
    pairs: Sequence[ScoredPair], names: Sequence[str], target: tuple[Floats, Floats]
) -> tuple[float, dict[str, float]]:
    """Bias and weights; continuous features are centred and scaled for the fit alone."""
    design = _design(pairs, names)
    is_continuous = np.array([name in CONTINUOUS for name in names], dtype=bool)
    spread = design.std(axis=0)
    scale = np.where(is_continuous & (spread > 0), spread, 1.0)
    centre = np.where(is_continuous, design.mean(axis=0), 0.0)
    bias, weights = newton((design - centre) / scale, *target)
    weights = weights / scale
    return bias - float(weights @ centre), dict(zip(names, map(float, weights), strict=True))


def newton(design: Floats, label: Floats, importance: Floats) -> tuple[float, Floats]:
    """Ridge-regularised logistic regression: bias (not held back) and weights (features,)."""
    columns = np.column_stack([np.ones(len(label)), design])
    penalty = np.full(columns.shape[1], RIDGE)
    penalty[0] = 1e-9  # keeps the curvature invertible

    def loss(weights: Floats) -> float:
        logit = columns @ weights
        misfit = importance @ (np.logaddexp(0.0, logit) - label * logit)
        return float(misfit + penalty @ weights**2 / 2)

    weights = np.zeros(columns.shape[1])
    for _ in range(_MAX_NEWTON_STEPS):
        probability = 1.0 / (1.0 + np.exp(-(columns @ weights)))
        gradient = columns.T @ (importance * (label - probability)) - penalty * weights
        variance = importance * probability * (1.0 - probability)
        curvature = (columns.T * variance) @ columns + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        before = loss(weights)
        while loss(weights + step) > before and np.abs(step).max() > 1e-12:
            step = step / 2
        weights = weights + step
        if np.abs(step).max() < 1e-9 * (1.0 + np.abs(weights).max()):
            break
    return float(weights[0]), weights[1:]


def _significant(value: float) -> float:
    return float(f"{value:.{_FIT_DIGITS}g}")
