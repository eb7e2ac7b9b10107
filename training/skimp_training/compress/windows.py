"""Where a long text is cut into windows, and how their logits are joined, as the page does both.

`src/worker/compress/windows.ts` and `join-windows.ts` have the same rules; both sides are tested
on `src/worker/compress/windows.golden.json`.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from skimp_training.compress.text_units import Units

Range = tuple[int, int]
ANCHOR_DISTANCE = 0.65
"""A sentence begins a core if no other within this distance has a lower hash; in shares of what a
window holds."""
LONGEST_CORE = 0.85
"""What is longer is cut into equal cores, none longer than this; likewise."""
LONGEST_END_CORE = 0.925
"""At either end of a text, where one side needs no context; likewise."""
MOST_CONTEXT = 0.25
"""Words read on one side of a core at most; likewise."""
HASHED_WORDS = 5
"""Words of a sentence that its hash is of."""
INERTIA = 0.3
"""How much it counts that a window's logits stay as they are, against that neighbours agree. Where
a word stands in a window tells something about its logit, so neighbours differ a little even where
they agree: with much less inertia that adds up, and one end of a long text is forgotten."""
LEAST_OVERLAP = 5
"""Words that two windows must both have read to be compared."""


@dataclass(frozen=True)
class Planned:
    """Words that the policy reads at once, and those of them that the window is there for."""

    read: Range
    core: Range


@dataclass(frozen=True)
class _Measured:
    units: Units
    offsets: list[int]
    """Tokens before each word, and in all."""
    room: int


def plan_windows(text: str, units: Units, lengths: Sequence[int], room: int) -> list[Planned]:
    """Windows of at most `room` tokens over a text whose words have `lengths` tokens.

    Where cores end is decided by the words there: a shifted text has, soon after its start, the
    same seams.
    """
    count = len(units.words)
    offsets = [0, *np.cumsum(lengths).tolist()]
    if count == 0:
        return []
    if offsets[-1] <= room:
        return [Planned((0, count), (0, count))]
    measured = _Measured(units, offsets, room)
    starts = list(dict.fromkeys([0, *_anchors(text, measured)]))
    stretches = zip(starts, [*starts[1:], count], strict=True)
    cores = [core for stretch in stretches for core in _cut_stretch(stretch, measured)]
    return [Planned(_with_context(core, measured), core) for core in cores]


def _anchors(text: str, measured: _Measured) -> list[int]:
    """First words of the sentences whose hash is the least in their neighbourhood."""
    sentences, offsets = measured.units.sentences, measured.offsets
    hashes = [_hash_sentence(text, measured.units, at) for at in range(len(sentences))]
    places = [offsets[word] for word in sentences]
    distance = ANCHOR_DISTANCE * measured.room
    found = []
    for at, (word, value) in enumerate(zip(sentences, hashes, strict=True)):
        before = hashes[bisect_left(places, places[at] - distance) : at]
        after = hashes[at + 1 : bisect_right(places, places[at] + distance)]
        # Of equal ones, the first counts as the lower.
        if all(other > value for other in before) and all(other >= value for other in after):
            found.append(word)
    return found


def _hash_sentence(text: str, units: Units, at: int) -> int:
    """FNV-1a of a sentence's first words in UTF-16, 32 bits."""
    first = units.sentences[at]
    ends = [*units.sentences[1:], len(units.words)]
    value = 0x811C9DC5
    for begin, end in units.words[first : min(first + HASHED_WORDS, ends[at])]:
        encoded = text[begin:end].encode("utf-16-le", "surrogatepass")
        for unit in (*np.frombuffer(encoded, dtype="<u2").tolist(), 0x20):
            value = (value ^ unit) * 0x01000193 & 0xFFFFFFFF
    return value


def _cut_stretch(stretch: Range, measured: _Measured) -> list[Range]:
    """Cuts what is too long for one core: before sentences, else phrases, else words."""
    (first, last), offsets, units = stretch, measured.offsets, measured.units
    longest = math.floor(LONGEST_CORE * measured.room)
    is_at_end = first == 0 or last == len(units.words)
    if is_at_end and offsets[last] - offsets[first] <= LONGEST_END_CORE * measured.room:
        return [stretch]
    cores, start = [], first
    while (parts := math.ceil((offsets[last] - offsets[start]) / longest)) > 1:
        begin, left = offsets[start], offsets[last] - offsets[start]
        middle = begin + left / parts
        limits = (begin + left - (parts - 1) * longest, begin + longest)
        end = _nearest(units.sentences, middle, limits, offsets)
        if end is None:
            end = _nearest(units.phrases, middle, limits, offsets)
        if end is None:
            end = min(bisect_right(offsets, middle) - 1, last)
        end = max(end, start + 1)
        cores.append((start, end))
        start = end
    return [*cores, (start, last)]


def _nearest(
    starts: Sequence[int], middle: float, limits: tuple[int, int], offsets: Sequence[int]
) -> int | None:
    """Of `starts`, which are words, the one with nearest to `middle` tokens before it."""
    after = bisect_left(starts, middle, key=lambda word: offsets[word])
    near = starts[max(0, after - 1) : after + 1]
    inside = [word for word in near if limits[0] <= offsets[word] <= limits[1]]
    return min(inside, key=lambda word: abs(offsets[word] - middle), default=None)


def _with_context(core: Range, measured: _Measured) -> Range:
    """Adds words on both sides while they fit; what one side cannot use, the other does."""
    (first, last), offsets = core, measured.offsets
    room = measured.room - (offsets[last] - offsets[first])
    most = math.floor(MOST_CONTEXT * measured.room)
    before, after = min(most, offsets[first]), min(most, offsets[-1] - offsets[last])
    right_room = min(after, room - min(before, room // 2))
    left_room = min(before, room - right_room)
    begin = min(bisect_left(offsets, offsets[first] - left_room), first)
    return begin, bisect_right(offsets, offsets[last] + right_room) - 1


def join_windows(reads: Sequence[Range], logits: Sequence[torch.Tensor]) -> torch.Tensor:
    """One logit a word of those of all windows, whose words are `reads`; it can be derived.

    Their mean, each weighted by how far the word is from the window's edges, where context ends.
    By how much two windows differ on what both have read is for the most part evened out before.
    """
    if len(reads) == 1:
        return logits[0]
    count = reads[-1][1]
    sums, weights = torch.zeros(count), torch.zeros(count)
    for read, values, offset in zip(reads, logits, _offsets(reads, logits), strict=True):
        weight, words = _weights(read, count), torch.arange(*read)
        sums = sums.index_add(0, words, weight * (values + offset))
        weights = weights.index_add(0, words, weight)
    return sums / weights


def _weights(read: Range, count: int) -> torch.Tensor:
    """Words to the nearer edge of what is read; where the text itself ends is no edge."""
    words = torch.arange(*read, dtype=torch.float32)
    before = torch.full_like(words, count) if read[0] == 0 else words - read[0] + 1
    after = torch.full_like(words, count) if read[1] == count else read[1] - words
    return torch.minimum(before, after)


def _offsets(reads: Sequence[Range], logits: Sequence[torch.Tensor]) -> torch.Tensor:
    """What to add to each window's logits.

    Least squares: `(x[i] - x[i + 1] - d[i])^2` over neighbours, whose logits of the same words
    differ by `d[i]` on average, and `INERTIA * x[i]^2` over windows.
    """
    matrix = INERTIA * torch.eye(len(reads), dtype=torch.float64)
    right = torch.zeros(len(reads), dtype=torch.float64)
    for at in range(len(reads) - 1):
        first, last = reads[at + 1][0], min(reads[at][1], reads[at + 1][1])
        first = max(first, reads[at][0])
        if last - first < LEAST_OVERLAP:
            continue
        own, other = (
            values[first - begin : last - begin]
            for values, (begin, _) in zip(logits[at : at + 2], reads[at : at + 2], strict=True)
        )
        pair = torch.tensor([at, at + 1])
        matrix[at : at + 2, at : at + 2] += torch.tensor([[1.0, -1.0], [-1.0, 1.0]])
        difference = (other - own).double().mean()
        right = right.index_add(0, pair, torch.stack([difference, -difference]))
    found: torch.Tensor = torch.linalg.solve(matrix, right)
    return found.float()
