"""Rows of `npm run score-pairs`: candidate pairs with what the page says about each."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from skimp_training.parity import MAX_LOGIT
from skimp_training.prompt_words import length_features

DEFAULT_STREAM = "pairs"
Use = Literal["weights", "threshold"]


@dataclass(frozen=True)
class ScoredPair:
    """One earlier prompt that might answer an arriving one."""

    features: Mapping[str, float]
    """By the names of the manifest's weights; absent features are 0."""
    is_refused: bool
    """A guard is certain, or a model could not read the pair: it is never served."""
    label: int
    """1 when the earlier answer is right here, else 0."""
    arrival: str
    """Candidates of one arriving prompt share it."""
    stream: str
    use: Use | None
    """What the row is for; none: for both."""


def read_scored_pairs(path: Path) -> list[ScoredPair]:
    """Pairs from a JSON-lines file.

    Raises:
        ValueError: names the row whose label, similarity, verifier or use is out of range.
    """
    pairs = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                pairs.append(to_scored_pair(json.loads(line), number))
            except (KeyError, ValueError) as error:
                message = f"{path}:{number}: {error}"
                raise ValueError(message) from error
    return pairs


def to_scored_pair(row: Mapping[str, Any], number: int) -> ScoredPair:
    """A row as read; `number` stands for the arrival of a row that names none.

    Raises:
        KeyError: `label` is missing, or both lengths and texts are.
        ValueError: a field is out of range.
    """
    guards = [_to_guard(guard) for guard in row.get("guards") or ()]
    stream = str(row.get("stream") or DEFAULT_STREAM)
    similarity, verifier = row.get("similarity"), row.get("verifier")
    length, gap = _length_features(row)
    features = {
        "similarity": 0.0 if similarity is None else float(similarity),
        "verifier": 0.0 if verifier is None else verifier_logit(float(verifier)),
        "length": length,
        "lengthGap": gap,
        **{f"guard:{name}": 1.0 for name, _ in guards},
    }
    use = row.get("fit")
    _need(row["label"] in (0, 1), "label must be 0 or 1")
    _need(-1.001 <= features["similarity"] <= 1.001, "similarity must be a cosine")
    _need(use in (None, "weights", "threshold"), "fit must be 'weights' or 'threshold'")
    return ScoredPair(
        features=features,
        is_refused=None in (similarity, verifier) or any(veto for _, veto in guards),
        label=int(row["label"]),
        arrival=f"{stream}:{row.get('arrival', f'row {number}')}",
        stream=stream,
        use=use,
    )


def verifier_logit(probability: float) -> float:
    """The verifier's logit, cut to the range of the risk model, from its sigmoid.

    Raises:
        ValueError: `probability` is not from 0 to 1.
    """
    _need(0.0 <= probability <= 1.0, "verifier must be from 0 to 1")
    if probability in (0.0, 1.0):
        return math.copysign(MAX_LOGIT, probability - 0.5)
    logit = math.log(probability) - math.log1p(-probability)
    return min(max(logit, -MAX_LOGIT), MAX_LOGIT)


def _to_guard(guard: str | Mapping[str, Any]) -> tuple[str, bool]:
    """Name, and whether the guard is certain; a bare name is not."""
    if isinstance(guard, str):
        return guard, False
    return str(guard["guard"]), bool(guard["veto"])


def _length_features(row: Mapping[str, Any]) -> tuple[float, float]:
    if "length" in row and "lengthGap" in row:
        return float(row["length"]), float(row["lengthGap"])
    return length_features(row["q1"], row["q2"])


def _need(condition: bool, problem: str) -> None:
    if not condition:
        raise ValueError(problem)
