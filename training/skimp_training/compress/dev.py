"""Dev sets of the compressor, and how much of an answer's likelihood a compression keeps."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from skimp_training.compress.examples import (
    Example,
    code,
    covid,
    dialogsum,
    fairytales,
    meetings,
    read,
    scitldr,
    squad,
)
from skimp_training.compress.language_model import Inquiry, LanguageModel
from skimp_training.compress.mixture import split_passages
from skimp_training.compress.scoring import Read

KEEPS = (0.5, 0.33, 0.2)
RESAMPLES = 2_000
"""Of the bootstrap."""
Floats = npt.NDArray[np.float64]


def dev_sets(data: Path, passages: Path) -> dict[str, list[Example]]:
    """All dev examples by set; written ones by task."""
    written = split_passages(passages)[1]
    return {
        "fairytaleqa": list(fairytales(read(data, "fairytaleqa.dev"), explicit=True)),
        "squad_para": list(squad(read(data, "squad_para.dev"))),
        "longqa_covid": list(covid(read(data, "longqa_covid.dev"), 0)),
        "written-qa": [e for e in written if e.task == "qa"],
        "scitldr": list(scitldr(read(data, "scitldr.dev"))),
        "meetings": list(meetings(read(data, "meetings.dev"), 0)),
        "dialogsum": list(dialogsum(read(data, "dialogsum.dev"))),
        "written-summary": [e for e in written if e.task == "summary"],
        "codedoc_py": list(code(read(data, "codedoc_py.dev"))),
        "written-code": [e for e in written if e.task == "code"],
    }


def sample(examples: Sequence[Example], count: int, seed: int = 0) -> list[Example]:
    """At most `count` of them, drawn by seed, in their order."""
    order = np.random.default_rng(seed).permutation(len(examples))[:count]
    return [examples[int(index)] for index in sorted(order.tolist())]


def inquiry(example: Example, text: str) -> Inquiry:
    """What the language model is asked when it reads `text` in place of the example's."""
    return Inquiry(text, example.question, example.answer, example.task)


class References:
    """Costs of the answers with the full text and with none, computed once."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._known: dict[tuple[str, str, str], float] = {}

    def costs(self, examples: Sequence[Example], *, full: bool) -> Floats:
        """Cost of each answer, nats a token of it."""
        asked = [inquiry(e, e.text if full else "") for e in examples]
        keys = [(item.text, item.question, item.answer) for item in asked]
        fresh = [item for item, key in zip(asked, keys, strict=True) if key not in self._known]
        found = self._model.costs(fresh)
        for item, cost in zip(fresh, found, strict=True):
            self._known[item.text, item.question, item.answer] = cost
        return np.array([self._known[key] for key in keys])


def retention(full: Floats, none: Floats, compressed: Floats) -> float:
    """Mean cost on the scale where the full text is 1 and no text is 0."""
    return float((none.mean() - compressed.mean()) / (none.mean() - full.mean()))


def retention_interval(full: Floats, none: Floats, compressed: Floats) -> tuple[float, float]:
    """95 % interval of the retention, by bootstrap over examples."""
    rng = np.random.default_rng(0)
    rows = rng.integers(0, len(full), (RESAMPLES, len(full)))
    values = (none[rows].mean(1) - compressed[rows].mean(1)) / (
        none[rows].mean(1) - full[rows].mean(1)
    )
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def literal_survives(item: Read, chosen: npt.NDArray[np.bool_]) -> bool | None:
    """Whether the answer stands whole in what is kept; none where it is not literal."""
    if not item.example.literal:
        return None
    words = item.units.words
    for begin, end in item.example.literal:
        touched = [
            index for index, (left, right) in enumerate(words) if left < end and right > begin
        ]
        if touched and all(chosen[index] for index in touched):
            return True
    return False


def evidence_kept(item: Read, chosen: npt.NDArray[np.bool_]) -> float | None:
    """Share of the evidence's words that are kept."""
    touched = [
        index
        for index, (left, right) in enumerate(item.units.words)
        if any(left < end and right > begin for begin, end in item.example.evidence)
    ]
    return float(np.mean([chosen[index] for index in touched])) if touched else None


def measure(
    model: LanguageModel | None,
    references: References | None,
    reads: Sequence[Read],
    keeps: Sequence[float] = KEEPS,
) -> dict[str, Any]:
    """Retention, literal survival and kept evidence at each ratio; costs for paired comparison."""
    result: dict[str, Any] = {"texts": len(reads)}
    examples = [item.example for item in reads]
    for keep in keeps:
        chosen = [item.chosen(keep) for item in reads]
        row: dict[str, Any] = {
            "literal": _mean([literal_survives(r, c) for r, c in zip(reads, chosen, strict=True)]),
            "evidence": _mean([evidence_kept(r, c) for r, c in zip(reads, chosen, strict=True)]),
        }
        if model is not None and references is not None:
            texts = [r.compressed(c) for r, c in zip(reads, chosen, strict=True)]
            asked = [inquiry(e, text) for e, text in zip(examples, texts, strict=True)]
            costs = np.array(model.costs(asked))
            full = references.costs(examples, full=True)
            none = references.costs(examples, full=False)
            row["retention"] = retention(full, none, costs)
            row["interval"] = retention_interval(full, none, costs)
            row["costs"] = costs.round(4).tolist()
        result[str(keep)] = row
    return result


def _mean(values: Sequence[float | bool | None]) -> float | None:
    known = [float(value) for value in values if value is not None]
    return float(np.mean(known)) if known else None


def summary_line(name: str, result: Mapping[str, Any]) -> str:
    """One line for the log."""
    parts = [f"{name} ({result['texts']})"]
    for keep in KEEPS:
        row = result.get(str(keep))
        if row:
            shown = [
                f"{row[k]:.3f}" if row.get(k) is not None else "-"
                for k in ("retention", "literal", "evidence")
            ]
            parts.append(f"{keep}: {'/'.join(shown)}")
    return "  ".join(parts)
