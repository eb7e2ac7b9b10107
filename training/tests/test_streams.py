"""Streams made of pairs, and scores on them."""

import numpy as np

from skimp_training.train.pairs import Pair
from skimp_training.train.streams import Arrival, score_stream, stream_of_pairs


def test_a_stream_of_pairs_expects_one_hit_for_each_positive_pair() -> None:
    pairs = [Pair(f"p{i}", f"q{i}", float(i % 2), "test") for i in range(200)]
    stream = stream_of_pairs(pairs, runs=2, seed=1, pairs_per_label=20)
    assert len(stream) == 2 * 80
    assert len({arrival.prompt for arrival in stream}) == len(stream)
    for run in (0, 1):
        clusters = [arrival.cluster for arrival in stream if arrival.run == run]
        assert len(clusters) - len(set(clusters)) == 20


def test_a_run_sees_only_its_own_earlier_prompts() -> None:
    stream = [Arrival("a", 1, 0), Arrival("b", 1, 0), Arrival("c", 1, 1), Arrival("d", 2, 1)]
    scores = score_stream(stream, np.eye(4, dtype=np.float32)[[0, 0, 0, 0]])
    assert scores.is_right.tolist() == [True, False]
    assert scores.expected == 1
    assert scores.at(0.5) == 0.0
