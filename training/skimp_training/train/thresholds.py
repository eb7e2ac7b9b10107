"""Net efficiency of each stage on the paper's stream, from candidates scored in the browser."""

from pathlib import Path
from typing import Any

import numpy as np

from skimp_training.train.metrics import best_threshold, net_efficiency
from skimp_training.train.pairs import read_rows

STAGES = ("similarity", "verifier", "decision")


def stage_score(row: dict[str, Any], stage: str) -> float:
    """What a stage ranks candidates by; what it never serves is at the bottom."""
    if stage != "decision":
        return -2.0 if row[stage] is None else float(row[stage])
    is_refused = any(guard["veto"] for guard in row["guards"])
    return -2.0 if is_refused or row["verifier"] is None else 1.0 - float(row["risk"])


def best_candidates(path: Path, stage: str) -> tuple[np.ndarray, np.ndarray]:
    """(score, is right) of the candidate that `stage` prefers for each arrival."""
    best: dict[str, tuple[float, bool]] = {}
    for row in read_rows(path):
        key, score = str(row["arrival"]), stage_score(row, stage)
        if key not in best or score > best[key][0]:
            best[key] = (score, row["label"] == 1)
    scores, right = zip(*best.values(), strict=True)
    return np.array(scores), np.array(right)


def measure_thresholds(fixed_on: Path, tested_on: Path, expected: int) -> dict[str, Any]:
    """Each stage's net efficiency on `tested_on`, which has `expected` possible hits."""
    stages: dict[str, Any] = {}
    for stage in STAGES:
        score, right = best_candidates(tested_on, stage)
        before, right_before = best_candidates(fixed_on, stage)
        threshold, _ = best_threshold(before, right_before, max(1, int(right_before.sum())))
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
        f"held-out written families ({fixed_on.name}), which no model was trained on."
    )
    return {"stages": stages, "note": note}
