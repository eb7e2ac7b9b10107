"""What the last report said of policies whose folders are gone: its figures stay in the next."""

from typing import Any

BY_METHOD = ("verdicts", "paired", "curves")
"""Fields of the report with an entry for each method."""


def keep_earlier(figures: dict[str, Any], last: dict[str, Any] | None) -> dict[str, Any]:
    """`figures` and what `last`, an earlier report, says of methods that they do not have.

    `earlier` then names the methods whose verdicts come from there, now or before.
    """
    if last is None:
        return {**figures, "earlier": []}
    told = [_place(row) for row in figures["losses"]]
    return {
        **figures,
        **{name: {**_absent(last[name], figures[name]), **figures[name]} for name in BY_METHOD},
        "losses": [*figures["losses"], *(row for row in last["losses"] if _place(row) not in told)],
        "changes": figures["changes"] or last["changes"],
        "earlier": sorted(_absent(last["verdicts"], figures["verdicts"])),
    }


def _place(row: dict[str, Any]) -> list[str]:
    return [row["policy"], row["task"], row["keep"]]


def _absent(last: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    return {name: found for name, found in last.items() if name not in now}
