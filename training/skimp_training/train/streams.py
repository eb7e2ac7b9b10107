"""Caching streams: made from pairs as the paper made its own, and what a similarity does on one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from skimp_training.train.encoder import Vectors
from skimp_training.train.metrics import best_threshold, net_efficiency
from skimp_training.train.pairs import Pair, normalized, read_rows


@dataclass(frozen=True, slots=True)
class Arrival:
    """One prompt of a stream; prompts of one cluster share an answer; each run starts anew."""

    prompt: str
    cluster: int
    run: int


def read_stream(path: Path) -> list[Arrival]:
    """The arrivals of a stream file, in order."""
    return [Arrival(row["prompt"], row["cluster"], row.get("run", 0)) for row in read_rows(path)]


def stream_of_pairs(
    pairs: Sequence[Pair], runs: int, seed: int, pairs_per_label: int = 250
) -> list[Arrival]:
    """`runs` streams of 1,000 prompts with 250 expected hits (arXiv 2402.01173, section 5).

    A run holds `pairs_per_label` positive and as many negative pairs, shuffled; no prompt occurs
    twice in all runs.
    """
    rng = np.random.default_rng(seed)
    used: set[str] = set()
    left = {0: runs * pairs_per_label, 1: runs * pairs_per_label}
    chosen: dict[int, list[Pair]] = {0: [], 1: []}
    for index in rng.permutation(len(pairs)):
        pair = pairs[int(index)]
        label, texts = int(pair.label > 0.5), {normalized(pair.first), normalized(pair.second)}
        if left[label] > 0 and len(texts) == 2 and not texts & used:
            used |= texts
            chosen[label].append(pair)
            left[label] -= 1
    arrivals: list[Arrival] = []
    for run in range(runs):
        start, end = run * pairs_per_label, (run + 1) * pairs_per_label
        prompts: list[tuple[str, int]] = []
        for number, pair in enumerate(chosen[1][start:end]):
            prompts += [(pair.first, number), (pair.second, number)]
        for number, pair in enumerate(chosen[0][start:end]):
            prompts += [(pair.first, 1_000 + 2 * number), (pair.second, 1_001 + 2 * number)]
        arrivals += [Arrival(*prompts[int(at)], run) for at in rng.permutation(len(prompts))]
    return arrivals


@dataclass(frozen=True)
class StreamScores:
    """Each prompt's nearest earlier prompt of its run: similarity, and whether it is right."""

    similarity: npt.NDArray[np.float64]
    is_right: npt.NDArray[np.bool_]
    expected: int
    """Prompts whose cluster was seen earlier in their run."""

    def at(self, threshold: float) -> float:
        """Net efficiency when everything at or above `threshold` is served."""
        return net_efficiency(self.similarity, self.is_right, self.expected, threshold)

    def best(self) -> tuple[float, float]:
        """(threshold, net efficiency) at the threshold that is best in hindsight."""
        return best_threshold(self.similarity, self.is_right, self.expected)


def score_stream(stream: Sequence[Arrival], vectors: Vectors) -> StreamScores:
    """Searches each prompt among the earlier ones; `vectors` are unit length, (prompts, dims)."""
    similarity: list[float] = []
    is_right: list[bool] = []
    expected = 0
    runs = np.array([arrival.run for arrival in stream])
    for run in np.unique(runs):
        places = np.flatnonzero(runs == run)
        found, clusters = vectors[places], [stream[int(place)].cluster for place in places]
        seen: set[int] = set()
        for index, cluster in enumerate(clusters):
            if index > 0:
                scores = found[:index] @ found[index]
                nearest = int(scores.argmax())
                similarity.append(float(scores[nearest]))
                is_right.append(clusters[nearest] == cluster)
            expected += cluster in seen
            seen.add(cluster)
    return StreamScores(np.array(similarity), np.array(is_right), expected)
