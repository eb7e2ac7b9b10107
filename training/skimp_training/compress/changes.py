"""What reinforcement changed: texts whose kept words it swapped, and what came of it."""

from pathlib import Path
from typing import Any

from skimp_training.compress.judge import Row, group_rows
from skimp_training.train.pairs import read_rows

KEEP = 0.33
SHOWN = 500
"""Longest compression shown, in characters."""
BEST, WORST = 4, 2
"""Texts shown of those that gained most and of those that lost most."""

Results = dict[str, dict[str, Any]]


def find_changes(
    folder: Path, verdicts: dict[str, Results], names: tuple[str, str]
) -> list[dict[str, Any]]:
    """The texts of `written/*` whose answers became cheapest and dearest by another policy.

    Args:
        folder: holds `NAME.jsonl`, the rows that the verdicts judged, in their order.
        verdicts: by method, with the costs of single texts.
        names: the policy before and the one after.
    """
    paths = [folder / f"{name}.jsonl" for name in names]
    if not all(path.exists() for path in paths) or not all(name in verdicts for name in names):
        return []
    groups = [group_rows([row for row in read_rows(path) if row.get("answer")]) for path in paths]
    found = []
    for (part, keep), members in groups[0].items():
        if not part.startswith("written/") or keep != KEEP:
            continue
        costs = [verdicts[name][f"{part}@{keep}"]["costs"]["compressed"] for name in names]
        pairs = zip(members, groups[1][part, keep], *costs, strict=True)
        found += [_change(part, *pair) for pair in pairs]
    changed = sorted(
        (change for change in found if change["before"] != change["after"]),
        key=lambda change: change["gain"],
        reverse=True,
    )
    return [*changed[:BEST], *changed[-WORST:]] if len(changed) > BEST + WORST else changed


def _change(part: str, before: Row, after: Row, dear: float, cheap: float) -> dict[str, Any]:
    return {
        "set": part,
        "question": before.get("question", ""),
        "answer": before["answer"],
        "before": _shorten(before["compressed"]),
        "after": _shorten(after["compressed"]),
        "gain": round(dear - cheap, 3),
    }


def _shorten(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else f"{flat[:SHOWN]} [...]"


def to_markdown(changes: list[dict[str, Any]]) -> str:
    """A heading and two quotations for each."""
    parts = [
        f"Texts of `training/passages/` that no stage saw, at keep {KEEP}: those whose answers",
        "became cheapest, then those that became dearest, in nats a token.",
        "",
    ]
    for change in changes:
        parts += [
            f"**{change['gain']:+.2f}** `{change['set']}`: {change['question']}",
            f"(answer: {change['answer']})",
            "",
            f"> before: {change['before']}",
            "",
            f"> after: {change['after']}",
            "",
        ]
    return "\n".join(parts)
