"""Pairs of texts that an export measures activations and parity on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from tokenizers import Tokenizer

from skimp_training.golden_texts import GOLDEN_TEXTS
from skimp_training.tokenizer import Feeds, encode_pair

_GOLDEN_PAIRS = 120
_SHORT_GOLDEN_TEXTS = 31  # so many texts have 30 neighbours


@dataclass(frozen=True)
class TextPair:
    """Two prompts, and 1 when one response answers both, 0 when not, where that is known."""

    first: str
    second: str
    label: int | None = None


@dataclass(frozen=True)
class Samples:
    """What smoothing is measured on, and the different pairs that parity is measured on."""

    smoothing: list[TextPair]
    parity: list[TextPair]


def read_sample_pairs(path: Path) -> list[TextPair]:
    """Rows `{"a": text, "b": text, "label": 0 | 1 (optional)}` of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [TextPair(row["a"], row["b"], row.get("label")) for row in rows]


def golden_pairs() -> list[TextPair]:
    """Pairs of golden texts at even distances among all of them."""
    return _spread([TextPair(a, b) for a, b in combinations(GOLDEN_TEXTS, 2)], _GOLDEN_PAIRS)


def shipped_golden_pairs() -> list[TextPair]:
    """The pairs of `golden.json`: neighbours among the golden texts, which are often look-alikes.

    They are in the order of the texts, so that the fixed order of a pair is tested too.
    """
    return [TextPair(a, b) for a, b in pairwise(GOLDEN_TEXTS[:_SHORT_GOLDEN_TEXTS])]


def split_samples(pairs: list[TextPair], most_parity: int) -> Samples:
    """Every second pair for smoothing, and up to `most_parity` of the others for parity.

    Golden pairs alone are too few and too different to be split: without a label both get all.
    """
    if all(pair.label is None for pair in pairs):
        return Samples(pairs, _spread(pairs, most_parity))
    return Samples(pairs[::2], _spread(pairs[1::2], most_parity))


def texts_of(pairs: Iterable[TextPair]) -> list[str]:
    """The different texts, in order."""
    return list(dict.fromkeys(text for pair in pairs for text in (pair.first, pair.second)))


def encode_fitting(
    tokenizer: Tokenizer, pairs: Iterable[TextPair], max_tokens: int
) -> list[tuple[TextPair, Feeds]]:
    """The pairs that the verifier reads, with its inputs; `tokenizer` must not cut."""
    encoded = [(pair, encode_pair(tokenizer, pair.first, pair.second)) for pair in pairs]
    return [(pair, feeds) for pair, feeds in encoded if feeds["input_ids"].size <= max_tokens]


def _spread(pairs: list[TextPair], count: int) -> list[TextPair]:
    """`count` pairs at even distances, in order; all of them when there are no more."""
    if len(pairs) <= count:
        return pairs
    return [pairs[index * len(pairs) // count] for index in range(count)]
