"""Net efficiency of each stage on the paper's stream, from candidates scored in the browser."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from skimp_training.risk_model import RiskModel
from skimp_training.scored_pairs import ScoredPair, read_scored_pairs
from skimp_training.train.metrics import best_threshold, net_efficiency

Floats = npt.NDArray[np.float64]
STAGES = ("similarity", "verifier", "decision")
NEVER = -99.0
"""Score of what a stage never serves."""


def stage_scores(pairs: list[ScoredPair], stage: str, model: RiskModel) -> Floats:
    """What a stage ranks candidates by: cosine, logit, or P(same response) past the vetoes."""
    if stage != "decision":
        return np.array([pair.features[stage] for pair in pairs])
    is_refused = np.array([pair.is_refused for pair in pairs])
    return np.where(is_refused, NEVER, 1.0 - model.risk(pairs))


def best_candidates(
    pairs: list[ScoredPair], stage: str, model: RiskModel
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """(score, is right) of the candidate that `stage` prefers for each arrival."""
    best: dict[str, tuple[float, bool]] = {}
    for pair, score in zip(pairs, stage_scores(pairs, stage, model).tolist(), strict=True):
        if pair.arrival not in best or score > best[pair.arrival][0]:
            best[pair.arrival] = (score, pair.label == 1)
    scores, right = zip(*best.values(), strict=True)
    return np.array(scores), np.array(right)


def measure_thresholds(
    fixed_on: Path, tested_on: Path, expected: int, model: RiskModel
) -> dict[str, Any]:
    """Each stage's net efficiency on `tested_on`, which has `expected` possible hits."""
    before, after = read_scored_pairs(fixed_on), read_scored_pairs(tested_on)
    stages: dict[str, Any] = {}
    for stage in STAGES:
        score, right = best_candidates(after, stage, model)
        old_score, old_right = best_candidates(before, stage, model)
        threshold, _ = best_threshold(old_score, old_right, max(1, int(old_right.sum())))
        best_at, best = best_threshold(score, right, expected)
        stages[stage] = {
            "best": best,
            "bestThreshold": best_at,
            "fixed": net_efficiency(score, right, expected, threshold),
            "fixedThreshold": threshold,
        }
    note = (
        "Three nearest candidates of each prompt, scored by the shipped int8 files in the browser; "
        "each stage serves the candidate it prefers. The fixed threshold is the best one on the "
        f"candidates of the train stream's held-out clusters ({fixed_on.name}), which no model was "
        "trained on."
    )
    return {"stages": stages, "note": note}
