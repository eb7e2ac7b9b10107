"""Writes a calibration into a manifest."""

from pathlib import Path
from typing import Any

import numpy as np

from skimp_training.calibration import CalibrationError, RiskModel, Threshold, calibrate
from skimp_training.manifest import ERROR_RATES, Q8_GRAPH, read_json, to_json_bytes
from skimp_training.stream_pairs import CandidatePair

_DIGITS = 5


def calibrate_manifest(
    path: Path, pairs: list[CandidatePair], fitted_on: str | None = None
) -> dict[str, Any]:
    """Fits on the pairs that no guard refused and rewrites the manifest at `path`.

    Raises:
        CalibrationError: no pair is left, or the pairs cannot be fitted; `path` is untouched.
    """
    judged = [pair for pair in pairs if pair.guard is None]
    if not judged:
        message = "no pair without a guard: nothing to calibrate on"
        raise CalibrationError(message)
    similarity = [pair.similarity for pair in judged]
    label = [pair.label for pair in judged]
    model, thresholds = calibrate(similarity, label, [float(rate) for rate in ERROR_RATES])
    manifest = read_json(path)
    manifest["calibration"] = {
        "modelSha256": manifest["files"][Q8_GRAPH]["sha256"],
        "lambda": model.lambda_,
        "c": model.c,
        "maxRiskByErrorRate": {
            rate: threshold.max_risk
            for rate, threshold in zip(ERROR_RATES, thresholds, strict=True)
        },
        "fittedOn": fitted_on or f"{len(judged)} candidate pairs",
    }
    manifest["metrics"]["calibration"] = {
        "pairs": len(judged),
        "refusedByGuards": len(pairs) - len(judged),
        "sameResponse": sum(label),
        "byErrorRate": {
            rate: _outcome(threshold, model, len(judged))
            for rate, threshold in zip(ERROR_RATES, thresholds, strict=True)
        },
    }
    path.write_bytes(to_json_bytes(manifest, indent=2))
    return manifest


def _outcome(threshold: Threshold, model: RiskModel, pairs: int) -> dict[str, Any]:
    return {
        "served": threshold.served,
        "servedShare": round(threshold.served / pairs, _DIGITS),
        "wrong": threshold.wrong,
        "wrongShareUpperBound": round(threshold.upper_bound, _DIGITS),
        "minSimilarity": _similarity_at(threshold, model),
    }


def _similarity_at(threshold: Threshold, model: RiskModel) -> float | None:
    """Similarity at which the risk equals the threshold; none when nothing is served."""
    if threshold.served == 0:
        return None
    logit = np.log((1.0 - threshold.max_risk) / threshold.max_risk)
    return round(float((logit + model.c) * model.lambda_), _DIGITS)
