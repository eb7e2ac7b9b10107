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
START_SHARE = 0.5
"""The tests start where an observed error rate of this share of the budget would pass."""
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


def start_count(error_rate: float) -> int:
    """Fewest served pairs that pass with `START_SHARE * error_rate` of them wrong."""
    wrong = 0
    while True:
        # The fewest pairs of which this many are an allowed share.
        served = math.ceil(wrong / (START_SHARE * error_rate)) if wrong else 1
        if binomial_cdf(wrong, served, error_rate) <= 1.0 - CONFIDENCE:
            return served
        wrong += 1


def served_at(risk: Floats, label: Floats, highest: float) -> Threshold:
    """What the threshold `highest` does on these arrivals; labels are 0 or 1."""
    is_served = risk <= highest
    served = int(is_served.sum())
    if served == 0:
        return NOTHING_SERVED
    wrong = int((label[is_served] == 0).sum())
    bound = clopper_pearson_upper(wrong, served)
    return Threshold(max_risk=highest, served=served, wrong=wrong, upper_bound=bound)


def max_risk(risk: Floats, label: Floats, error_rate: float) -> Threshold:
    """The highest risk whose served pairs have at most `error_rate` wrong, with `CONFIDENCE`.

    Fixed-sequence testing: thresholds are tested in a fixed order, each serving 5 % more of the
    safest pairs, each by whether the Clopper-Pearson bound is within `error_rate`, up to the first
    failure; so testing many thresholds costs no confidence. Which thresholds are tested depends
    on counts and risks alone, never on labels. The first test is at `start_count`: with fewer
    pairs a single wrong label among them, which every real set has, would end the sequence. Ties
    in risk are served together.
    """
    order = np.argsort(risk, kind="stable")
    risks, errors = risk[order], np.cumsum(label[order] == 0)
    best, count = 0, float(start_count(error_rate))
    while count <= len(risks):
        served = int(np.searchsorted(risks, risks[math.ceil(count) - 1], side="right"))
        if binomial_cdf(int(errors[served - 1]), served, error_rate) > 1.0 - CONFIDENCE:
            break
        best = served
        count = max(count * _STEP, served + 1.0)
    if best == 0:
        return NOTHING_SERVED
    return served_at(risk, label, float(risks[best - 1]))
