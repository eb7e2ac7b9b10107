"""The highest risk that an error budget may serve, with a bound that holds on finite samples.

The risk model's fit need not be right at the top, where serving happens, so thresholds do not
rely on it: they are chosen by testing the error rate itself.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CONFIDENCE = 0.95
"""Probability, over the draw of calibration pairs, that a served share's bound holds."""
START_MULTIPLES = (1, 3, 9)
"""Where the test sequences start, in multiples of the least count that could pass with no error."""
SEQUENCE_CONFIDENCE = 1.0 - (1.0 - CONFIDENCE) / len(START_MULTIPLES)
"""That of one sequence's bounds, so that `CONFIDENCE` holds for all sequences together."""
_STEP = 1.05  # each test of a sequence serves 5 % more pairs than the one before


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


def served_at(risk: Floats, label: Floats, highest: float) -> Threshold:
    """What the threshold `highest` does on these arrivals; labels are 0 or 1."""
    is_served = risk <= highest
    served = int(is_served.sum())
    if served == 0:
        return NOTHING_SERVED
    wrong = int((label[is_served] == 0).sum())
    bound = clopper_pearson_upper(wrong, served, SEQUENCE_CONFIDENCE)
    return Threshold(max_risk=highest, served=served, wrong=wrong, upper_bound=bound)


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
    confidence = SEQUENCE_CONFIDENCE
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
    return served_at(risk, label, float(risks[best - 1]))
