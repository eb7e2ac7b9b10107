"""The judges: `python -m skimp_training.compress judge OUT.jsonl`, rows of `npm run compress`.

(a) answer retention by the language model, (b) a span reader's exact match and F1, (c) the share
of literal answers that survive. Each with a 95 % interval by bootstrap over texts.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from skimp_training.compress.answers import f1
from skimp_training.compress.dev import Floats, retention, retention_interval
from skimp_training.compress.examples import find_all
from skimp_training.compress.known_costs import KnownCosts
from skimp_training.compress.language_model import Inquiry
from skimp_training.compress.policy import WordPieces
from skimp_training.compress.reader import Reader, normalize, read_answers

Row = dict[str, Any]


class Judge:
    """Judges rows; what an earlier row asked with the same text is not asked again."""

    def __init__(self, costs: KnownCosts | None, reader: tuple[Reader, WordPieces] | None) -> None:
        """`costs` is judge (a), `reader` judge (b)."""
        self._costs, self._reader = costs, reader
        self._answers: dict[tuple[str, str], str] = {}

    def judge(self, rows: Sequence[Row]) -> dict[str, Any]:
        """All judges over rows of one set and one ratio."""
        result: dict[str, Any] = {"texts": len(rows)}
        tokens = sum(row.get("originalTokens", 0) for row in rows)
        if tokens:
            result["kept"] = sum(row["keptTokens"] for row in rows) / tokens
        literal = [row for row in rows if _is_literal(row)]
        if literal:
            found = [float(bool(find_all(row["compressed"], row["answer"]))) for row in literal]
            result["literal"] = _described(np.array(found))
        if self._costs is not None:
            full, none, compressed = (
                self._ask(rows, which) for which in ("text", "", "compressed")
            )
            result["retention"] = {
                "value": retention(full, none, compressed),
                "interval": retention_interval(full, none, compressed),
            }
            result["costs"] = {
                "full": full.round(4).tolist(),
                "none": none.round(4).tolist(),
                "compressed": compressed.round(4).tolist(),
            }
        asked = [row for row in literal if row.get("question")]
        if self._reader is not None and asked:
            for name, field in (("reader", "compressed"), ("readerFull", "text")):
                answers = self._read(asked, field)
                pairs = [
                    (normalize(answer), normalize(row["answer"]))
                    for answer, row in zip(answers, asked, strict=True)
                ]
                exact = np.array([float(left == right) for left, right in pairs])
                result[name] = {
                    "exact": _described(exact),
                    "f1": _described(np.array([f1(left, right) for left, right in pairs])),
                }
        return result

    def _ask(self, rows: Sequence[Row], field: str) -> Floats:
        assert self._costs is not None
        asked = [
            Inquiry(
                row[field] if field else "",
                row.get("question", ""),
                row["answer"],
                row.get("task", "qa"),
            )
            for row in rows
        ]
        return np.array(self._costs.of(asked))

    def _read(self, rows: Sequence[Row], field: str) -> list[str]:
        assert self._reader is not None
        keys = list(dict.fromkeys((row[field], row["question"]) for row in rows))
        fresh = [key for key in keys if key not in self._answers]
        found = read_answers(*self._reader, [t for t, _ in fresh], [q for _, q in fresh])
        self._answers.update(zip(fresh, found, strict=True))
        return [self._answers[row[field], row["question"]] for row in rows]


def _is_literal(row: Row) -> bool:
    return row.get("task", "qa") == "qa" and bool(find_all(row["text"], row["answer"]))


def _described(values: Floats) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    means = values[rng.integers(0, len(values), (2_000, len(values)))].mean(1)
    low, high = np.quantile(means, (0.025, 0.975))
    return {
        "value": float(values.mean()),
        "interval": [float(low), float(high)],
        "texts": len(values),
    }


def group_rows(rows: Sequence[Row]) -> dict[tuple[str, float], list[Row]]:
    """Rows by set and ratio."""
    groups: dict[tuple[str, float], list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(row.get("src", "all")), float(row.get("keep", 0.0))].append(row)
    return dict(sorted(groups.items(), key=lambda item: (item[0][0], -item[0][1])))


def table(results: dict[tuple[str, float], dict[str, Any]]) -> str:
    """The judges' verdicts, one line for each set and ratio."""
    lines = [
        f"{'set':16} {'keep':>5} {'texts':>6} {'kept':>6}  {'retention':22} {'literal':22} "
        f"{'reader exact':22} {'reader F1':22} {'(full text)':11}"
    ]
    for (name, keep), result in results.items():
        reader, full = result.get("reader", {}), result.get("readerFull")
        kept = f"{result['kept']:6.3f}" if "kept" in result else "     -"
        cells = [
            result.get("retention"),
            result.get("literal"),
            reader.get("exact"),
            reader.get("f1"),
        ]
        line = f"{name:16} {keep:5.2f} {result['texts']:6d} {kept}  "
        line += " ".join(_cell(cell) for cell in cells)
        if full is not None:
            line += f" {full['exact']['value']:.2f} {full['f1']['value']:.2f}"
        lines.append(line.rstrip())
    return "\n".join(lines)


def _cell(found: dict[str, Any] | None) -> str:
    if found is None:
        return f"{'-':22}"
    low, high = found["interval"]
    shown = f"{found['value']:.3f} ({low:.3f}, {high:.3f})"
    return f"{shown:22}"
