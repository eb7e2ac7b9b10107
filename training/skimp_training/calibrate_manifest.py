"""Fits a calibration on scored pairs and writes it into a manifest."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from skimp_training.calibration import (
    Floats,
    Threshold,
    max_risk,
    served_at,
    start_count,
)
from skimp_training.manifest import (
    ERROR_RATES,
    CalibrationFields,
    calibration_json,
    read_json,
    to_json_bytes,
)
from skimp_training.risk_model import RiskModel, fit_risk_model
from skimp_training.scored_pairs import ScoredPair

_DIGITS = 5


@dataclass(frozen=True)
class Arrivals:
    """What a cache would do with the arrivals of one stream that have a candidate."""

    risk: Floats
    """Of each arrival's best candidate that no guard refused."""
    label: Floats
    refused: int
    """Arrivals all of whose candidates were refused; they are never served."""

    @property
    def count(self) -> int:
        """All arrivals with a candidate, refused or not."""
        return self.risk.size + self.refused


@dataclass(frozen=True)
class Calibrated:
    """A risk model and what its thresholds do, by error rate and by stream."""

    model: RiskModel
    max_risk: Mapping[str, float]
    outcomes: Mapping[str, Mapping[str, Threshold]]
    arrivals: Mapping[str, Arrivals]


def calibrate_manifest(
    path: Path, pairs: Sequence[ScoredPair], fitted_on: str | None = None
) -> dict[str, Any]:
    """Fits on `pairs` and rewrites the manifest at `path`, which is returned.

    Raises:
        CalibrationError: the pairs cannot be calibrated; `path` is untouched.
    """
    calibrated = calibrate(pairs)
    manifest = read_json(path)
    fields = CalibrationFields(
        bias=calibrated.model.bias,
        weights=calibrated.model.weights,
        max_risk_by_error_rate=calibrated.max_risk,
        fitted_on=fitted_on or f"{len(pairs)} scored pairs",
    )
    manifest["calibration"] = calibration_json(fields, manifest["files"])
    manifest["metrics"]["calibration"] = _metrics(calibrated, pairs)
    path.write_bytes(to_json_bytes(manifest, indent=2))
    return manifest


def calibrate(pairs: Sequence[ScoredPair], *, weigh_streams_equally: bool = True) -> Calibrated:
    """Fits the risk model, then finds the highest risk for each error rate.

    A threshold is found on each stream alone, and the lowest is taken: the error rate then holds
    on each of them, not just on their mixture. Streams too small to pass any test say nothing.

    Raises:
        CalibrationError: no pair is left to fit on, or the pairs cannot be told apart.
    """
    fitted = [pair for pair in pairs if pair.use != "threshold" and not pair.is_refused]
    model = fit_risk_model(fitted, weigh_streams_equally=weigh_streams_equally)
    arrivals = arrivals_by_stream(model, [pair for pair in pairs if pair.use != "weights"])
    highest = {rate: _lowest_threshold(arrivals, float(rate)) for rate in ERROR_RATES}
    outcomes = {
        rate: {name: served_at(a.risk, a.label, highest[rate]) for name, a in arrivals.items()}
        for rate in ERROR_RATES
    }
    return Calibrated(model, highest, outcomes, arrivals)


def arrivals_by_stream(model: RiskModel, pairs: Sequence[ScoredPair]) -> dict[str, Arrivals]:
    """The candidate that would be served to each arrival: the one of lowest risk."""
    streams: dict[str, dict[str, tuple[float, int]]] = {}
    refused_risk = math.inf
    for pair, risk in zip(pairs, model.risk(pairs).tolist() if pairs else [], strict=True):
        arrivals = streams.setdefault(pair.stream, {})
        known = arrivals.get(pair.arrival, (refused_risk, 0))
        mine = (refused_risk if pair.is_refused else risk, pair.label)
        arrivals[pair.arrival] = min(known, mine, key=lambda best: best[0])
    return {name: _to_arrivals(list(best.values())) for name, best in sorted(streams.items())}


def _to_arrivals(best: list[tuple[float, int]]) -> Arrivals:
    open_ = [(risk, label) for risk, label in best if math.isfinite(risk)]
    return Arrivals(
        risk=np.array([risk for risk, _ in open_], dtype=np.float64),
        label=np.array([label for _, label in open_], dtype=np.float64),
        refused=len(best) - len(open_),
    )


def _lowest_threshold(arrivals: Mapping[str, Arrivals], error_rate: float) -> float:
    """0 when some stream allows nothing, or none is large enough."""
    enough = start_count(error_rate)
    found = [
        max_risk(stream.risk, stream.label, error_rate).max_risk
        for stream in arrivals.values()
        if stream.risk.size >= enough
    ]
    return min(found, default=0.0)


def _metrics(calibrated: Calibrated, pairs: Sequence[ScoredPair]) -> dict[str, Any]:
    return {
        "pairs": len(pairs),
        "refusedPairs": sum(pair.is_refused for pair in pairs),
        "sameResponse": sum(pair.label for pair in pairs),
        "streams": {
            name: {"arrivals": stream.count, "refusedArrivals": stream.refused}
            for name, stream in calibrated.arrivals.items()
        },
        "byErrorRate": {
            rate: {
                name: _outcome(threshold, calibrated.arrivals[name].count)
                for name, threshold in outcomes.items()
            }
            for rate, outcomes in calibrated.outcomes.items()
        },
    }


def _outcome(threshold: Threshold, arrivals: int) -> dict[str, Any]:
    return {
        "served": threshold.served,
        "servedShare": round(threshold.served / arrivals, _DIGITS),
        "wrong": threshold.wrong,
        "wrongShareUpperBound": round(threshold.upper_bound, _DIGITS),
    }
