"""From similarities and labels to a risk, and to the highest risk each error budget may serve.

The model of the decision is `P(same response) = sigmoid(similarity / lambda - c)`; the risk of
serving a pair is `1 - P`. lambda and c are fitted by logistic regression. The fit need not be
right at the top, where serving happens, so thresholds do not rely on it: they are chosen by
testing the error rate itself (`max_risk`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CONFIDENCE = 0.95
"""Probability, over the draw of calibration pairs, that a served share's bound holds."""
START_MULTIPLES = (1, 3, 9)
"""Where the test sequences start, in multiples of the least count that could pass with no error."""
_STEP = 1.05  # each test of a sequence serves 5 % more pairs than the one before
_FIT_DIGITS = 6
_MAX_NEWTON_STEPS = 100
_RIDGE = 1e-9  # keeps separable pairs from an infinite slope


class CalibrationError(Exception):
    """The pairs cannot be calibrated: one class only, or similarity does not help."""


@dataclass(frozen=True)
class RiskModel:
    """`P(same response) = sigmoid(similarity / lambda_ - c)`."""

    lambda_: float
    c: float

    def risk(self, similarity: Floats) -> Floats:
        """Probability that an earlier answer is wrong here, 0 to 1; falls with similarity."""
        logit = np.asarray(similarity, dtype=np.float64) / self.lambda_ - self.c
        return 1.0 / (1.0 + np.exp(logit))


@dataclass(frozen=True)
class Threshold:
    """The highest risk that may be served under an error rate, and what it did when calibrated."""

    max_risk: float
    """0 when no threshold passed: then nothing is served."""
    served: int
    wrong: int
    upper_bound: float
    """Clopper-Pearson bound on the wrong share among served at `CONFIDENCE`; 1 when none served."""


NOTHING_SERVED = Threshold(max_risk=0.0, served=0, wrong=0, upper_bound=1.0)


def fit_risk_model(similarity: Floats, label: Floats) -> RiskModel:
    """Logistic regression of `label` (0 or 1) on `similarity`, by Newton's method.

    Raises:
        CalibrationError: only one label occurs, or labels do not rise with similarity.
    """
    if label.min() == label.max():
        message = "calibration needs pairs of both labels"
        raise CalibrationError(message)
    design = np.stack([similarity, -np.ones_like(similarity)], axis=1)  # (pairs, 2)
    weights = np.zeros(2)  # slope, c
    for _ in range(_MAX_NEWTON_STEPS):
        probability = 1.0 / (1.0 + np.exp(-(design @ weights)))
        gradient = design.T @ (label - probability) - _RIDGE * weights
        curvature = (design.T * (probability * (1.0 - probability))) @ design
        step = np.linalg.solve(curvature + _RIDGE * np.eye(2), gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-10 * (1.0 + np.abs(weights).max()):
            break
    slope, c = (float(weight) for weight in weights)
    if slope <= 0:
        message = f"labels do not rise with similarity (slope {slope})"
        raise CalibrationError(message)
    return RiskModel(lambda_=_significant(1.0 / slope), c=_significant(c))


def _significant(value: float) -> float:
    return float(f"{value:.{_FIT_DIGITS}g}")


def binomial_cdf(count: int, trials: int, rate: float) -> float:
    """P(X <= count) for X binomial over `trials` draws at `rate`, strictly between 0 and 1."""
    index = np.arange(1, count + 1)
    log_choose = np.concatenate([[0.0], np.cumsum(np.log((trials - index + 1) / index))])
    hits = np.arange(count + 1)
    log_terms = log_choose + hits * math.log(rate) + (trials - hits) * math.log1p(-rate)
    peak = log_terms.max()
    return float(min(1.0, math.exp(peak) * np.exp(log_terms - peak).sum()))


def clopper_pearson_upper(wrong: int, served: int, confidence: float = CONFIDENCE) -> float:
    """One-sided upper bound on an error rate after seeing `wrong` errors among `served`."""
    if wrong >= served:
        return 1.0
    low, high = wrong / served, 1.0
    for _ in range(60):  # bisection to 2^-60
        middle = (low + high) / 2
        if binomial_cdf(wrong, served, middle) > 1.0 - confidence:
            low = middle
        else:
            high = middle
    return high


def least_count(error_rate: float, confidence: float) -> int:
    """Fewest served pairs, all right, whose upper bound is at most `error_rate`."""
    return math.ceil(math.log(1.0 - confidence) / math.log1p(-error_rate))


def max_risk(risk: Floats, label: Floats, error_rate: float) -> Threshold:
    """The highest risk whose served pairs have at most `error_rate` wrong, with `CONFIDENCE`.

    Fixed-sequence testing: thresholds are tested from the safest up, each by whether the
    Clopper-Pearson bound is within `error_rate`, and a sequence ends at its first failure; so
    testing many thresholds costs no confidence. Which thresholds are tested depends on counts
    and risks alone, never on labels. As one unlucky pair would end a sequence that starts with
    few pairs, there are `len(START_MULTIPLES)` sequences with further starts, which share the
    allowed failure probability equally (Bonferroni); the highest threshold that any of them
    passed is taken, with ties in risk served together.
    """
    order = np.argsort(risk, kind="stable")
    risks, errors = risk[order], np.cumsum(label[order] == 0)
    confidence = 1.0 - (1.0 - CONFIDENCE) / len(START_MULTIPLES)
    first = least_count(error_rate, confidence)
    best = 0
    for multiple in START_MULTIPLES:
        count = float(first * multiple)
        while count <= len(risks):
            served = int(np.searchsorted(risks, risks[math.ceil(count) - 1], side="right"))
            if binomial_cdf(int(errors[served - 1]), served, error_rate) > 1.0 - confidence:
                break
            best = max(best, served)
            count = max(count * _STEP, served + 1.0)
    if best == 0:
        return NOTHING_SERVED
    wrong = int(errors[best - 1])
    return Threshold(
        max_risk=float(risks[best - 1]),
        served=best,
        wrong=wrong,
        upper_bound=clopper_pearson_upper(wrong, best, confidence),
    )


def calibrate(
    similarity: Sequence[float], label: Sequence[int], error_rates: Sequence[float]
) -> tuple[RiskModel, list[Threshold]]:
    """Fits the risk model, then finds one threshold for each error rate."""
    similarities = np.asarray(similarity, dtype=np.float64)
    labels = np.asarray(label, dtype=np.float64)
    model = fit_risk_model(similarities, labels)
    risk = model.risk(similarities)
    return model, [max_risk(risk, labels, rate) for rate in error_rates]
