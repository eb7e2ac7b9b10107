"""Pairs whose label the base model's similarity does not tell (arXiv 2402.01173, section 4)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from skimp_training.train.pairs import Pair

Floats = npt.NDArray[np.float32]

BIN_WIDTH = 0.01
"""Width of a bin of cosine similarity; within a bin the base model's ranking is left as it is."""


def balance_by_similarity(
    labels: Sequence[float], similarity: Floats, seed: int, bin_width: float = BIN_WIDTH
) -> list[int]:
    """Indices, rising, of a subset with as many of each label in every bin of `similarity`.

    In each bin the rarer label is kept whole and as many of the other are drawn, so that over the
    bins the similarity's ROC AUC is 0.5 up to its ranking within one bin.
    """
    rng = np.random.default_rng(seed)
    bins = np.floor(np.asarray(similarity) / bin_width).astype(int)
    members: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for index, (label, number) in enumerate(zip(labels, bins, strict=True)):
        members[int(number)][int(label > 0.5)].append(index)
    kept: list[int] = []
    for number in sorted(members):
        negative, positive = members[number]
        count = min(len(negative), len(positive))
        for side in (negative, positive):
            kept += rng.choice(side, size=count, replace=False).tolist() if count else []
    return sorted(kept)


def pairs_of_log(
    rows: Iterable[tuple[str, str]], vectors: Floats, neighbours: int = 5
) -> list[Pair]:
    """Pairs from a log of (prompt, response id): each prompt with its nearest distinct others.

    `vectors` are the base model's unit vectors of the distinct prompts in order of appearance,
    (prompts, dims). Two prompts with one response id are a positive pair. A prompt that was
    answered by several responses counts with its first.
    """
    responses = dict[str, str]()
    for prompt, response in rows:
        responses.setdefault(prompt, response)
    prompts = list(responses)
    pairs: dict[tuple[int, int], Pair] = {}
    for index, row in enumerate(vectors):
        similarity = vectors @ row
        similarity[index] = -2.0
        for other in np.argsort(-similarity, kind="stable")[:neighbours].tolist():
            low, high = sorted((index, other))
            is_same = responses[prompts[low]] == responses[prompts[high]]
            pair = Pair(prompts[low], prompts[high], float(is_same), "log")
            pairs.setdefault((low, high), pair)
    return list(pairs.values())
