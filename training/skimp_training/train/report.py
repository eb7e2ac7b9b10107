"""`benchmarks/same-response.{md,json}`: every figure of the build folder, and tables of them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from skimp_training.train.loop import write_json
from skimp_training.train.metrics import mean_and_spread
from skimp_training.train.paper import LOSSES, SEEDS

PAIR_SETS = ("same_response", "natural_pairs", "pairs_extra", "medical_pairs")
EXTRA_SETS = ("same_response-hard", "natural_pairs-hard", "families")
STREAMS = ("stream_paper", "stream_zipf1", "stream_zipf08")
BUDGETS = ("0.01", "0.05")
MODEL = "skimp-same-response"

Rows = list[list[str]]


def write_report(build: Path, out: Path) -> None:
    """Reads what the stages left in `build` and writes both files to `out`."""
    figures = collect(build, out.parent / "public" / "models" / MODEL / "manifest.json")
    write_json(out / "same-response.json", figures)
    (out / "same-response.md").write_text(to_markdown(figures), encoding="utf-8")
    readme = out.parent / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(fill_block(text, promise(figures)), encoding="utf-8")


def collect(build: Path, manifest: Path) -> dict[str, Any]:
    """All figures by stage; a stage that has not run is left out."""
    model = _read(manifest) or {}
    return {
        "paper": _all(build / "paper", ["base", *(f"{a}-{b}" for a in LOSSES for b in SEEDS)]),
        "training": {
            name: _read(build / name / "training.json")
            for name in ("verifier", "refine", "embedder")
        },
        "leaveOut": _all(build / "leave-out", ["a", "b"]),
        "pairs": _all(build / "evaluate", [*PAIR_SETS, *EXTRA_SETS]),
        "streams": _all(
            build / "evaluate", [f"{name}-{rate}" for name in STREAMS for rate in BUDGETS]
        ),
        "thresholds": _read(build / "evaluate" / "thresholds.json"),
        "guards": _read(build / "evaluate" / "guards.json"),
        "q4": _read(build / "q4.json"),
        "model": {key: model.get(key) for key in ("id", "revision", "metrics", "calibration")},
    }


def fill_block(text: str, block: str, mark: str = "promise") -> str:
    """`text` with `block` between `<!-- mark -->` and `<!-- /mark -->`.

    Raises:
        ValueError: a mark is missing.
    """
    before, opening, rest = text.partition(f"<!-- {mark} -->")
    _, closing, after = rest.partition(f"<!-- /{mark} -->")
    if not opening or not closing:
        message = f"the README has no block for what the models promise: {mark}"
        raise ValueError(message)
    return f"{before}{opening}\n\n{block}\n\n{closing}{after}"


def promise(figures: dict[str, Any]) -> str:
    """What each error budget was calibrated to, and what came of it on streams never seen."""
    calibration = figures["model"]["metrics"].get("calibration", {})
    rows: Rows = []
    for rate, streams in calibration.get("byErrorRate", {}).items():
        (found,) = streams.values()
        bound = "-" if found["served"] == 0 else _percent(found["wrongShareUpperBound"])
        rows.append(
            [
                _percent(float(rate)),
                _percent(found["servedShare"]),
                f"{found['wrong']} of {found['served']}",
                bound,
                _seen(figures["streams"].get(f"stream_zipf1-{rate}")),
                _seen(figures["streams"].get(f"stream_paper-{rate}")),
            ]
        )
    head = [
        "`maxErrorRate`",
        "served of what is no repeat",
        "wrong",
        "95 % bound",
        "wrong on another stream",
        "wrong on a stream of traps",
    ]
    return table(head, rows)


def _seen(run: dict[str, Any] | None) -> str:
    if run is None:
        return ""
    semantic = run["hits"]["semantic"]
    return f"{semantic['wrong']} of {semantic['served']}"


def _read(path: Path) -> Any:  # noqa: ANN401 - whatever a stage wrote
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _all(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    found = ((name, _read(folder / f"{name}.json")) for name in names)
    return {name: value for name, value in found if value is not None}


def to_markdown(figures: dict[str, Any]) -> str:
    """The tables, with a line on what each means."""
    parts = [
        "# Same response: what the models can tell",
        "Written by `npm run train -- report` from the results of `npm run train -- all`; every "
        "figure of the shipped files is measured in headless Chromium with the int8 files on WASM. "
        "Dev splits; intervals are 95 %.",
        *_paper(figures["paper"]),
        *_pairs(figures["pairs"]),
        *_by_source(figures["pairs"]),
        *_streams(figures["streams"], figures["thresholds"]),
        *_leave_out(figures["leaveOut"]),
        *_mixes(figures["training"]["embedder"]),
        *_verifier(figures["training"]),
        *_guards(figures["guards"]),
        *_calibration(figures["model"]),
        *_export(figures["model"], figures["q4"]),
    ]
    return "\n\n".join(parts) + "\n"


def table(head: list[str], rows: Rows) -> str:
    """A Markdown table; numbers to the right."""
    line = "| " + " | ".join(head) + " |"
    rule = "| --- |" + " ---: |" * (len(head) - 1)
    return "\n".join([line, rule, *("| " + " | ".join(row) + " |" for row in rows)])


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def _digits(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _with_interval(estimate: dict[str, Any] | None, *, percent: bool) -> str:
    if estimate is None or estimate.get("value") is None:
        return "-"
    text = _percent if percent else _digits
    interval = estimate.get("interval95")
    if interval is None:
        return text(estimate["value"])
    return f"{text(estimate['value'])} ({text(interval[0])} to {text(interval[1])})"


def _paper(runs: dict[str, Any]) -> list[str]:
    if "base" not in runs:
        return []
    hard = "same_response, hard"
    rows: Rows = [
        ["paper: E5-large, base", "0.51", "-", "-", "46.0 %", "-"],
        ["paper: BCE", "0.81", "-", "-", "54.0 %", "-"],
        ["paper: SLD", "-", "-", "-", "52.4 %", "-"],
    ]
    for name, run in runs.items():
        auc, stream = run["auc"], run["stream"]
        own = auc[hard]
        rows.append(
            [
                f"ours: {name}",
                f"{own['auc']:.3f} ({own['interval'][0]:.3f} to {own['interval'][1]:.3f})",
                _digits(auc["natural_pairs, hard"]["auc"]),
                _digits(auc["pairs_extra"]["auc"]),
                _percent(stream["best"]),
                _percent(stream["fixed"]),
            ]
        )
    for loss in LOSSES:
        done = [run for name, run in runs.items() if name.startswith(loss)]
        if len(done) < 2:
            continue
        hard_auc = mean_and_spread([run["auc"][hard]["auc"] for run in done])
        natural = mean_and_spread([run["auc"]["natural_pairs, hard"]["auc"] for run in done])
        best = mean_and_spread([run["stream"]["best"] for run in done])
        fixed = mean_and_spread([run["stream"]["fixed"] for run in done])
        rows.append(
            [
                f"ours: {loss.upper()}, mean of {len(done)} seeds",
                f"{hard_auc[0]:.3f} ± {hard_auc[1]:.3f}",
                f"{natural[0]:.3f} ± {natural[1]:.3f}",
                "",
                f"{100 * best[0]:.1f} ± {100 * best[1]:.1f} %",
                f"{100 * fixed[0]:.1f} ± {100 * fixed[1]:.1f} %",
            ]
        )
    head = [
        "encoder alone",
        "AUC, hard pairs",
        "AUC, natural hard pairs",
        "AUC, pairs_extra",
        "net efficiency, best threshold",
        "threshold fixed on train",
    ]
    pairs = next((run["training"]["pairs"] for run in runs.values() if "training" in run), 0)
    note = (
        f"Hard pairs are balanced in bins of the base's similarity; {pairs:,} of them are trained "
        "on. PyTorch, no guards, no verifier. The paper's hard set and stream are not public: ours "
        "are made the same way. `pairs_extra` is in no training of this table."
    )
    return ["## The paper's experiment (arXiv 2402.01173)", table(head, rows), note]


def _stages(figures: dict[str, Any]) -> dict[str, Any]:
    return {stage["stage"]: stage for stage in figures["stages"]}


def _pairs(sets: dict[str, Any]) -> list[str]:
    rows: Rows = []
    for name, result in sets.items():
        stages = _stages(result["all"])
        decision = stages["risk, vetoes"]
        served = decision["servedAt"]
        rows.append(
            [
                name,
                str(result["all"]["pairs"]),
                _digits(stages["TF-IDF"]["auc"]["value"]),
                *(
                    _with_interval(stages[stage]["auc"], percent=False)
                    for stage in ("similarity", "verifier", "risk, vetoes")
                ),
                *(_with_interval(at, percent=True) for at in served),
            ]
        )
    head = [
        "set",
        "pairs",
        "AUC TF-IDF",
        "AUC embedder",
        "AUC verifier",
        "AUC decision",
        "served at <= 1 % false hits",
        "<= 5 %",
    ]
    return ["## Pairs, each stage alone and the decision", table(head, rows)] if rows else []


def _by_source(sets: dict[str, Any]) -> list[str]:
    rows: Rows = []
    for name, result in sets.items():
        for group in result.get("groups", []):
            stages = _stages(group)
            if group["field"] == "src" and stages["risk, vetoes"]["auc"]["value"] is not None:
                aucs = [
                    _digits(stages[stage]["auc"]["value"])
                    for stage in ("TF-IDF", "similarity", "verifier", "risk, vetoes")
                ]
                rows.append([f"{name}: {group['name']}", str(group["pairs"]), *aucs])
    head = ["source", "pairs", "TF-IDF", "embedder", "verifier", "decision"]
    return ["## AUC by source", table(head, rows)] if rows else []


def _streams(streams: dict[str, Any], thresholds: dict[str, Any] | None) -> list[str]:
    rows: Rows = []
    for name, run in streams.items():
        semantic, wrong = run["hits"]["semantic"], run["wrongShareOfSemanticHits"]
        interval = wrong.get("interval95")
        rows.append(
            [
                name,
                str(run["hits"]["exact"]["served"]),
                str(semantic["served"]),
                _with_interval({"value": wrong["share"], "interval95": interval}, percent=True),
                _percent(run["fresh"]["coverage"]),
                _percent(run["fresh"]["netEfficiency"]),
            ]
        )
    if not rows:
        return []
    head = [
        "stream and budget",
        "exact hits",
        "semantic hits",
        "wrong among semantic",
        "coverage of non-repeats",
        "net efficiency of non-repeats",
    ]
    parts = ["## Streams through the whole cache", table(head, rows)]
    if thresholds is not None:
        lines: Rows = [
            [name, _percent(row["best"]), _percent(row["fixed"])]
            for name, row in thresholds["stages"].items()
        ]
        head = ["`stream_paper`, stage", "net efficiency, best threshold", "threshold fixed before"]
        parts += [table(head, lines), thresholds["note"]]
    return parts


def _leave_out(folds: dict[str, Any]) -> list[str]:
    rows: Rows = []
    for fold in folds.values():
        mixes = [key for key in fold if key.startswith("embedder, ")]
        for source in fold["base"]:
            rows.append(
                [
                    source,
                    _digits(fold["base"][source]),
                    *(_digits(fold[key][source]) for key in mixes),
                    _digits(fold["verifier"][source]),
                ]
            )
    if not rows:
        return []
    fold = next(iter(folds.values()))
    head = [
        "source left out",
        "base",
        *(key for key in fold if key.startswith("embedder, ")),
        "verifier",
    ]
    note = (
        f"AUC in PyTorch. Each fold trains on {fold['pairs']:,} pairs of the other sources: less "
        "than what ships, and without anything of the sources named."
    )
    return ["## Sources never trained on", table(head, rows), note]


def _mixes(embedder: dict[str, Any] | None) -> list[str]:
    if embedder is None or "mixes" not in embedder:
        return []
    mixes = embedder["mixes"]
    sources = list(next(iter(mixes.values())))
    rows = [[source, *(_digits(aucs[source]) for aucs in mixes.values())] for source in sources]
    mean = [f"{sum(aucs.values()) / len(aucs):.4f}" for aucs in mixes.values()]
    head = ["AUC of the embedder on dev", *(f"{share} trained" for share in mixes)]
    note = f"Weights mixed with the base's (WiSE-FT, arXiv 2109.01903); {embedder['mix']} ships."
    return ["## The embedder's mix with its base", table(head, [*rows, ["mean", *mean]]), note]


def _verifier(training: dict[str, Any]) -> list[str]:
    last = training.get("refine") or training.get("verifier")
    if last is None or "dev" not in last:
        return []
    first = (training.get("verifier") or {}).get("dev", {})
    rows = [
        [name, _digits(last["base"].get(name)), _digits(first.get(name)), _digits(auc)]
        for name, auc in last["dev"].items()
    ]
    head = ["AUC on dev, PyTorch", "base", "verifier, first training", "second training"]
    return ["## The verifier's two trainings", table(head, rows)]


def _guards(guards: dict[str, Any] | None) -> list[str]:
    if guards is None:
        return []
    rows: Rows = []
    for rule in guards["all"]:
        speaks, vetoes, positives = rule["speaks"], rule["vetoes"], rule["positives"]
        rows.append(
            [
                rule["rule"],
                str(speaks),
                _percent(rule["speaksRight"] / speaks if speaks else None),
                str(vetoes),
                _percent(rule["vetoesRight"] / vetoes if vetoes else None),
                _percent((vetoes - rule["vetoesRight"]) / positives),
            ]
        )
    head = ["rule", "speaks", "precision", "vetoes", "precision", "positives lost"]
    note = f"Over the {guards['pairs']:,} pairs of the four dev sets."
    return ["## Guards", table(head, rows), note]


def _calibration(model: dict[str, Any]) -> list[str]:
    metrics = (model.get("metrics") or {}).get("calibration")
    if metrics is None:
        return []
    return ["## Calibration", f"```json\n{json.dumps(metrics, indent=2)}\n```"]


def _export(model: dict[str, Any], q4: Any) -> list[str]:  # noqa: ANN401
    metrics = {k: v for k, v in (model.get("metrics") or {}).items() if k != "calibration"}
    if not metrics:
        return []
    parts = ["## Export", f"```json\n{json.dumps(metrics, indent=2)}\n```"]
    if q4 is not None:
        parts.append(
            f"4-bit weights, measured and not shipped:\n\n```json\n{json.dumps(q4, indent=2)}\n```"
        )
    return parts
