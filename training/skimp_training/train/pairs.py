"""Labelled prompt pairs, and the data sets they are read from."""

import json
import lzma
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Pair:
    """Two prompts, and whether one response answers both."""

    first: str
    second: str
    label: float
    """1 or 0; between them when a model labelled the pair."""
    source: str
    """Name of the data set, or of the part of it that the pair comes from."""
    kind: str = ""


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file, xz-compressed where its name says so."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line; makes the folder where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def pair_row(pair: Pair) -> dict[str, Any]:
    """A pair in the shape of the data sets."""
    return {
        "q1": pair.first,
        "q2": pair.second,
        "label": int(pair.label),
        "src": pair.source,
        "kind": pair.kind,
    }


def read_pairs(data: Path, name: str) -> list[Pair]:
    """The pairs of `data/<name>.jsonl.xz`; rows without `src` have the data set's name."""
    plain = name.partition(".")[0]
    return [
        Pair(
            row["q1"].strip(),
            row["q2"].strip(),
            float(row["label"]),
            row.get("src", plain),
            row.get("kind", ""),
        )
        for row in read_rows(data / f"{name}.jsonl.xz")
    ]


def texts_of(pairs: Iterable[Pair]) -> list[str]:
    """The distinct texts of `pairs`, in order of appearance."""
    return list(dict.fromkeys(text for pair in pairs for text in (pair.first, pair.second)))


def without_texts(pairs: Iterable[Pair], held_out: frozenset[str]) -> list[Pair]:
    """The pairs of which neither text is in `held_out`, letter case and space aside."""
    return [
        pair
        for pair in pairs
        if normalized(pair.first) not in held_out and normalized(pair.second) not in held_out
    ]


def normalized(text: str) -> str:
    """Lower case with single blanks: two texts that are the same to the tokenizer agree."""
    return " ".join(text.lower().split())


def pair_key(pair: Pair) -> tuple[str, str]:
    """The same for a pair in either order."""
    first, second = sorted((normalized(pair.first), normalized(pair.second)))
    return first, second


def distinct(pairs: Iterable[Pair]) -> list[Pair]:
    """The first pair of each key; pairs of two equal texts are dropped."""
    seen: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        key = pair_key(pair)
        if key[0] != key[1]:
            seen.setdefault(key, pair)
    return list(seen.values())
