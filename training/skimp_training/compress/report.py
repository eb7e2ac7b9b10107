"""`benchmarks/compressor.{md,json}` and the README's table: what the judges said of each method."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from skimp_training.compress.changes import find_changes
from skimp_training.compress.changes import to_markdown as changes_markdown
from skimp_training.compress.dev import Floats, resample_retention, retention
from skimp_training.compress.earlier import keep_earlier
from skimp_training.manifest import read_json
from skimp_training.train.loop import write_json
from skimp_training.train.report import fill_block

SHIPPED = "shipped"
POLICY = "rl-blend"
"""The policy that ships, in PyTorch: measured on more texts than in Chromium."""
ORIGINS = {
    POLICY: "supervised-anew",
    "rl-anew": "supervised-anew",
    "rl-joined": "supervised-fourth",
    "rl-wide": "supervised-fourth",
    "rl-mixed": "supervised-fourth",
    "rl-skimp-all-step-60": "supervised",
    "rl-paper-all": "supervised",
}
"""What each policy of a reinforcement stage is compared with: its own supervised stage, or, where
that is gone, one that was trained anew by the same recipe."""
QA = ("fairytaleqa", "squad_para", "longqa_covid")
SUMMARIES = ("scitldr", "meetings", "dialogsum")
CODE = ("codedoc_py",)
TASKS = {"questions": QA, "summaries": SUMMARIES, "code": CODE}
KEEPS = ("0.5", "0.33", "0.2")
MARK = "compressor"
TABLE_RULE = "| --- | ---: | ---: | ---: |"
TABLES = {
    "Retention": "retention",
    "Literal answers that survive": "literal",
    "Reader F1": "reader",
}

Verdicts = dict[str, dict[str, dict[str, Any]]]
"""By method, then by `set@keep`."""


def write_report(build: Path, root: Path) -> None:
    """Reads `build/compressor/evaluate/` and writes the report and the README's table."""
    path = root / "benchmarks" / "compressor.json"
    figures = collect(build / "compressor", root / "public" / "models" / "skimp-compressor")
    figures = keep_earlier(figures, read_json(path) if path.exists() else None)
    write_json(path, figures)
    text = to_markdown(figures)
    (root / "benchmarks" / "compressor.md").write_text(text, encoding="utf-8")
    readme = root / "README.md"
    text = readme.read_text(encoding="utf-8")
    filled = fill_block(text, readme_table(figures["verdicts"]), MARK)
    readme.write_text(filled, encoding="utf-8")


def collect(build: Path, model: Path) -> dict[str, Any]:
    """All figures; costs of single texts are only used here."""
    verdicts: Verdicts = {}
    for path in sorted((build / "evaluate").glob("verdicts*.json")):
        for method, results in read_json(path).items():
            for key, result in results.items():  # a judge that came later adds to what others said
                verdicts.setdefault(method, {}).setdefault(key, {}).update(result)
    if POLICY not in verdicts:
        message = f"nothing was said of {POLICY}: run compare and judge"
        raise FileNotFoundError(message)
    paired, losses = compare_paired(verdicts), task_losses(verdicts)
    changes = find_changes(build / "evaluate" / "rows", verdicts, (ORIGINS[POLICY], POLICY))
    for results in verdicts.values():
        for result in results.values():
            result.pop("costs", None)
    curves = {path.parent.name: read_json(path) for path in sorted(build.glob("*rl-*/curve.json"))}
    browser, shift = (build / "evaluate" / f"{name}.json" for name in ("browser", "shift"))
    manifest = read_json(model / "manifest.json")
    return {
        "model": {key: manifest[key] for key in ("id", "revision", "metrics", "training")},
        "browser": read_json(browser) if browser.exists() else None,
        "shift": read_json(shift)["asks"] if shift.exists() else [],
        "verdicts": verdicts,
        "paired": paired,
        "losses": losses,
        "changes": changes,
        "curves": curves,
    }


def compare_paired(verdicts: Verdicts) -> dict[str, dict[str, Any]]:
    """How much cheaper (nats a token) each policy makes the answers than the supervised stage."""
    found: dict[str, dict[str, Any]] = {}
    for name, before_it in ORIGINS.items():
        origin = verdicts.get(before_it, {})
        for key, result in verdicts.get(name, {}).items():
            before = origin.get(key, {}).get("costs", {}).get("compressed")
            after = result.get("costs", {}).get("compressed")
            if before is None or after is None or len(before) != len(after):
                continue
            gain = np.array(before) - np.array(after)
            error = float(gain.std(ddof=1) / np.sqrt(len(gain)))
            found.setdefault(name, {})[key] = {
                "gain": round(float(gain.mean()), 4),
                "standardError": round(error, 4),
                "texts": len(gain),
            }
    return found


def task_losses(verdicts: Verdicts) -> list[dict[str, Any]]:
    """What is lost of the retention by task, all its texts together, before and after."""
    found = []
    for name, origin in ORIGINS.items():
        for task, sets in TASKS.items():
            for keep in KEEPS:
                keys = [f"{part}@{keep}" for part in sets]
                before = _pooled(verdicts.get(origin, {}), keys)
                after = _pooled(verdicts.get(name, {}), keys)
                if before is not None and after is not None and before.shape == after.shape:
                    lost = _lost(before, after)
                    found.append({"policy": name, "task": task, "keep": keep, **lost})
    return found


def _pooled(results: dict[str, dict[str, Any]], keys: list[str]) -> Floats | None:
    """(full, none, compressed) x texts: costs of the sets `keys`; none where one is missing."""
    costs = [results.get(key, {}).get("costs") for key in keys]
    if not all(costs):
        return None
    parts = [[cost[field] for field in ("full", "none", "compressed")] for cost in costs if cost]
    return np.concatenate([np.array(part) for part in parts], axis=1)


def _lost(before: Floats, after: Floats) -> dict[str, Any]:
    """1 - retention of both, and by how much it fell, with intervals by bootstrap."""
    lost = {}
    drawn = {}
    for which, costs in (("before", before), ("after", after)):
        drawn[which] = 1 - resample_retention(*costs)
        interval = np.quantile(drawn[which], (0.025, 0.975)).round(4).tolist()
        lost[which] = {"value": round(1 - retention(*costs), 4), "interval": interval}
    fell = np.quantile(drawn["before"] - drawn["after"], (0.025, 0.5, 0.975)).round(4).tolist()
    return {"texts": before.shape[1], **lost, "fell": fell}


def readme_table(verdicts: Verdicts) -> str:
    """Retention and survival of the shipped policy by kind of text."""
    known = verdicts.get(POLICY, {})
    has_reader = any("reader" in result for result in known.values())
    rows = ["| dev set | kept | answer retention | literal answers that survive |", TABLE_RULE]
    if has_reader:
        rows = [f"{rows[0]} reader F1 (full) |", f"{rows[1]} ---: |"]
    for name in (*QA, *SUMMARIES, *CODE):
        for keep in KEEPS:
            result = known.get(f"{name}@{keep}")
            if result is None or (name not in QA and keep == "0.2"):
                continue
            cells = [_value(result.get("retention")), _value(result.get("literal"))]
            cells += [_reader(result)] if has_reader else []
            rows.append(f"| `{name}` | {keep} | {' | '.join(cells)} |")
    return "\n".join(rows)


def to_markdown(figures: dict[str, Any]) -> str:
    """The whole report."""
    model = figures["model"]
    parts = [
        "# The compressor",
        "Written by `npm run train -- compressor --stage report` from what the other stages left",
        "in `training/build/compressor/`. Retention is the mean cost of the reference answer under",
        "SmolLM2-135M-Instruct, on the scale where the full text is 1 and no text is 0; that model",
        "rewarded the policy, the reader and literal survival did not. Intervals: 95 %, bootstrap",
        "over texts. `shipped` are the int8 files in Chromium; all others ran in PyTorch, by the",
        "same rules but without protected spans. A figure of fewer texts than the policy's says",
        "of how many.",
        *_earlier(figures["earlier"]),
        "",
        f"Model `{model['id']}`, revision `{model['revision']}`; graphs against PyTorch:",
        f"`{json.dumps(model['metrics']['parity'])}`.",
        "",
    ]
    browser = figures["browser"]
    if browser:
        parts += ["## In the browser", "", f"```json\n{json.dumps(browser, indent=2)}\n```", ""]
    for ask in figures["shift"]:
        shift = ask["shift"]
        parts.append(
            f"50 words before each of {shift['rows']} texts, {shift['words']} words in all, "
            f"change {100 * shift['share']:.1f} % of the decisions at {ask['ask']} "
            f"to as many tokens in all, of which those words take some, and "
            f"{100 * shift['ownShare']:.1f} % to as many of the text itself."
        )
    verdicts = figures["verdicts"]
    parts.append("")
    for title, field in TABLES.items():
        parts += [f"## {title}", "", _method_table(verdicts, field), ""]
    parts += ["## Reinforcement against what it began with", "", _loss_table(figures), ""]
    parts += ["By set:", "", _paired_table(figures), ""]
    parts += [
        f"## What reinforcement changed, from {ORIGINS[POLICY]} to {POLICY}",
        "",
        changes_markdown(figures["changes"]),
        "",
    ]
    parts += ["## Learning curves", "", _curves(figures["curves"]), ""]
    return "\n".join(parts)


def _earlier(names: list[str]) -> list[str]:
    """A line about figures that an earlier report measured."""
    if not names:
        return []
    listed = ", ".join(f"`{name}`" for name in names)
    return ["", f"Of {listed} the figures are those of an earlier report, on the same texts."]


def _method_table(verdicts: Verdicts, field: str) -> str:
    methods = sorted(verdicts, key=lambda name: (name != SHIPPED, name))
    keys = sorted(
        {key for results in verdicts.values() for key in results if results[key].get(field)},
        key=lambda key: (key.split("@")[0], -float(key.split("@")[1])),
    )
    rows = [
        f"| set | keep | {' | '.join(methods)} |",
        f"| --- | ---: | {' | '.join('---:' for _ in methods)} |",
    ]
    for key in keys:
        name, keep = key.split("@")
        usual = verdicts.get(POLICY, {}).get(key, {}).get("texts")
        cells = [_interval(verdicts[method].get(key, {}), field, usual) for method in methods]
        rows.append(f"| `{name}` | {keep} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _interval(result: dict[str, Any], field: str, usual: int | None) -> str:
    """The figure, and of how many texts it is where these are not as many as the policy's."""
    found = result.get(field)
    if found is None:
        return ""
    shown = _bounds(found["f1"] if field == "reader" else found)
    return shown if result.get("texts") == usual else f"{shown} of {result.get('texts')} texts"


def _loss_table(figures: dict[str, Any]) -> str:
    rows = [
        "Loss is 1 - retention over all texts of a task's sets; negative where the shorter prompt",
        "makes the answer likelier. One seed each.",
        "",
        "| policy | against | task | keep | texts | loss before | after | fell by (95 %) |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for found in figures["losses"]:
        low, middle, high = found["fell"]
        before, after = (_bounds(found[which]) for which in ("before", "after"))
        rows.append(
            f"| {found['policy']} | {ORIGINS.get(found['policy'], '')} "
            f"| {found['task']} | {found['keep']} | {found['texts']} "
            f"| {before} | {after} | {middle:+.3f} ({low:+.3f} to {high:+.3f}) |"
        )
    return "\n".join(rows)


def _bounds(found: dict[str, Any]) -> str:
    low, high = found["interval"]
    return f"{found['value']:.3f} ({low:.2f} to {high:.2f})"


def _paired_table(figures: dict[str, Any]) -> str:
    rows = [
        "| policy | against | set | keep | nats a token cheaper | s.e. | texts |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for name, results in figures["paired"].items():
        for key, found in sorted(results.items()):
            part, keep = key.split("@")
            gain, error = f"{found['gain']:+.3f}", f"{found['standardError']:.3f}"
            against = f"{name} | {ORIGINS.get(name, '')}"
            rows.append(f"| {against} | `{part}` | {keep} | {gain} | {error} | {found['texts']} |")
    return "\n".join(rows)


def _curves(curves: dict[str, Any]) -> str:
    lines = []
    for name, found in curves.items():
        rows = found["curve"]
        lines.append(f"### {name}: {json.dumps(found['config'])}")
        lines.append("")
        names = [key for key in rows[0] if key not in ("step", "seconds")]
        lines.append(f"| steps | seconds | {' | '.join(names)} |")
        lines.append(f"| ---: | ---: | {' | '.join('---:' for _ in names)} |")
        for at in range(0, len(rows), 20):
            part = rows[at : at + 20]
            means = [sum(row[key] for row in part) / len(part) for key in names]
            shown = " | ".join(f"{value:.3f}" for value in means)
            lines.append(f"| {part[-1]['step']} | {part[-1]['seconds']} | {shown} |")
        lines.append("")
    return "\n".join(lines)


def _value(found: dict[str, Any] | None) -> str:
    return "" if found is None else f"{found['value']:.2f}"


def _reader(result: dict[str, Any]) -> str:
    if "reader" not in result:
        return ""
    full = result["readerFull"]["f1"]["value"]
    return f"{result['reader']['f1']['value']:.2f} ({full:.2f})"
