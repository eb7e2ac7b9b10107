"""Prompt families written for this project: `training/written/*.txt`.

A block is a header `## kind domain` and lines of a capital letter and a prompt: one response
answers all prompts of a letter, and none answers prompts of two letters.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from skimp_training.train.pairs import Pair

NEGATIVES_PER_POSITIVE = 1.5
DEV_SHARE = 0.1
_HEADER = re.compile(r"## (\S+) (\S.*)$")
_LINE = re.compile(r"([A-Z]) (\S.*)$")


@dataclass(frozen=True)
class Family:
    """One block: near misses of one another, by letter."""

    file: str
    kind: str
    domain: str
    prompts: dict[str, list[str]]


def read_families(path: Path) -> Iterator[Family]:
    """The blocks of one file.

    Raises:
        ValueError: a line is neither header nor prompt, or a block has fewer than two letters.
    """
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    for block in blocks:
        head, *lines = block.strip().splitlines()
        header = _HEADER.match(head.strip())
        found = [_LINE.match(line.strip()) for line in lines]
        prompts: dict[str, list[str]] = defaultdict(list)
        for match in found:
            if match is not None:
                prompts[match[1]].append(match[2].strip())
        if header is None or None in found or len(prompts) < 2:
            message = f"{path.name}: not a block of prompts: {head}"
            raise ValueError(message)
        yield Family(path.stem, header[1], header[2], dict(prompts))


def read_written(folder: Path) -> list[Family]:
    """The families of all files in `folder`, files in order of name."""
    return [family for path in sorted(folder.glob("*.txt")) for family in read_families(path)]


def split_families(families: list[Family], seed: int) -> tuple[list[Family], list[Family]]:
    """(train, dev): `DEV_SHARE` of the families are dev, drawn over all files."""
    rng = np.random.default_rng(seed)
    dev = set(rng.permutation(len(families))[: round(DEV_SHARE * len(families))].tolist())
    train = [family for index, family in enumerate(families) if index not in dev]
    return train, [families[index] for index in sorted(dev)]


def family_pairs(family: Family, rng: np.random.Generator, ratio: float) -> list[Pair]:
    """All positive pairs, and up to `ratio` times as many negative ones.

    Half of the negatives are those that share most words: a word or a number apart.
    """
    source, kind = f"written/{family.file}", family.kind
    positive = [
        Pair(first, second, 1.0, source, kind)
        for prompts in family.prompts.values()
        for first, second in itertools.combinations(prompts, 2)
    ]
    crossing = [
        Pair(first, second, 0.0, source, kind)
        for left, right in itertools.combinations(family.prompts.values(), 2)
        for first, second in itertools.product(left, right)
    ]
    crossing.sort(key=lambda pair: -_overlap(pair.first, pair.second))
    count = min(len(crossing), round(ratio * len(positive)))
    near = crossing[: (count + 1) // 2]
    far = crossing[len(near) :]
    drawn = rng.permutation(len(far))[: count - len(near)]
    return [*positive, *near, *(far[int(index)] for index in drawn)]


def written_pairs(
    families: list[Family], seed: int, ratio: float = NEGATIVES_PER_POSITIVE
) -> list[Pair]:
    """The pairs of all `families`."""
    rng = np.random.default_rng(seed)
    return [pair for family in families for pair in family_pairs(family, rng, ratio)]


def _overlap(first: str, second: str) -> float:
    left, right = set(first.lower().split()), set(second.lower().split())
    return len(left & right) / len(left | right)
