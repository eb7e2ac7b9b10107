"""Token ids and batches of about equal length, so that little of the work is padding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

CLS, SEP = 101, 102
"""Ids of [CLS] and [SEP] in the encoder's vocabulary (BERT uncased)."""
SORT_WINDOW = 64
"""Batches of which the texts are sorted together: random between windows, even within."""


@dataclass(frozen=True)
class TokenBatch:
    """Padded ids and their mask, (texts, tokens) each; token types where two texts are joined."""

    ids: torch.Tensor
    mask: torch.Tensor
    types: torch.Tensor


class TokenCache:
    """Ids of texts without special tokens, each text tokenised once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    def add(self, texts: Sequence[str]) -> None:
        """Tokenises what is new among `texts`."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        encoded = self.tokenizer.encode_batch(fresh, add_special_tokens=False)
        self._known.update((text, item.ids) for text, item in zip(fresh, encoded, strict=True))

    def ids(self, text: str) -> list[int]:
        """The ids of `text`, which has been added."""
        return self._known[text]


def single(ids: Sequence[int], max_tokens: int) -> list[int]:
    """`[CLS] text [SEP]`, cut to `max_tokens`."""
    return [CLS, *ids[: max_tokens - 2], SEP]


def joined(first: Sequence[int], second: Sequence[int], max_tokens: int) -> tuple[list[int], int]:
    """`[CLS] first [SEP] second [SEP]`, the longer one cut; and where the second begins."""
    left, right = list(first), list(second)
    while len(left) + len(right) > max_tokens - 3:
        (left if len(left) > len(right) else right).pop()
    return [CLS, *left, SEP, *right, SEP], len(left) + 2


def pad(rows: Sequence[Sequence[int]], starts: Sequence[int] | None = None) -> TokenBatch:
    """One padded batch; `starts` says where each row's second text begins."""
    width = max(len(row) for row in rows)
    ids = np.zeros((len(rows), width), dtype=np.int64)
    mask = np.zeros((len(rows), width), dtype=np.int64)
    types = np.zeros((len(rows), width), dtype=np.int64)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = row
        mask[index, : len(row)] = 1
        if starts is not None:
            types[index, starts[index] : len(row)] = 1
    return TokenBatch(torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(types))


def shuffled_batches(
    lengths: Sequence[int], size: int, rng: np.random.Generator
) -> Iterator[list[int]]:
    """Every index once, in batches of `size` whose members have about the same length."""
    order = rng.permutation(len(lengths))
    window = size * SORT_WINDOW
    batches: list[list[int]] = []
    for start in range(0, len(order), window):
        part = sorted(order[start : start + window].tolist(), key=lambda index: lengths[index])
        batches += [part[at : at + size] for at in range(0, len(part), size)]
    for index in rng.permutation(len(batches)):
        yield batches[int(index)]


def even_batches(lengths: Sequence[int], tokens: int) -> Iterator[list[int]]:
    """Every index once, shortest first, in batches of at most about `tokens` tokens."""
    batch: list[int] = []
    for index in np.argsort(np.asarray(lengths), kind="stable").tolist():
        if batch and lengths[index] * (len(batch) + 1) > tokens:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
