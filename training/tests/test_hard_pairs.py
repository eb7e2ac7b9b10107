"""The hard-pair builder."""

import numpy as np

from skimp_training.train.hard_pairs import BIN_WIDTH, balance_by_similarity, pairs_of_log
from skimp_training.train.metrics import roc_auc


def skewed(count: int) -> tuple[list[float], np.ndarray]:
    rng = np.random.default_rng(7)
    labels = (rng.random(count) < 0.4).astype(float)
    similarity = np.clip(rng.normal(0.6 + 0.15 * labels, 0.1), -1, 1).astype(np.float32)
    return labels.tolist(), similarity


def test_the_similarity_no_longer_tells_the_label() -> None:
    labels, similarity = skewed(20_000)
    assert roc_auc(similarity, labels) > 0.8
    kept = balance_by_similarity(labels, similarity, seed=1)
    assert 0.5 <= roc_auc(similarity[kept], np.array(labels)[kept]) <= 0.53


def test_every_bin_holds_as_many_of_each_label_and_all_of_the_rarer() -> None:
    labels, similarity = skewed(3_000)
    kept = set(balance_by_similarity(labels, similarity, seed=1))
    bins = np.floor(similarity / BIN_WIDTH)
    for number in np.unique(bins):
        members = np.flatnonzero(bins == number)
        sides = [[i for i in members if labels[i] == side] for side in (0.0, 1.0)]
        rarer = min(len(side) for side in sides)
        assert [sum(i in kept for i in side) for side in sides] == [rarer, rarer]


def test_one_seed_gives_one_subset_and_another_seed_another() -> None:
    labels, similarity = skewed(2_000)
    first = balance_by_similarity(labels, similarity, seed=3)
    assert first == sorted(set(first))
    assert first == balance_by_similarity(labels, similarity, seed=3)
    assert first != balance_by_similarity(labels, similarity, seed=4)


def test_one_label_alone_leaves_nothing() -> None:
    assert balance_by_similarity([1.0, 1.0], np.array([0.5, 0.6], dtype=np.float32), seed=0) == []
    assert balance_by_similarity([], np.array([], dtype=np.float32), seed=0) == []


def test_a_log_gives_near_prompts_with_their_answers_compared() -> None:
    rows = [("a", "1"), ("b", "1"), ("a", "2"), ("c", "2"), ("far", "1")]
    angles = np.radians([0, 10, 20, 170])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    pairs = pairs_of_log(rows, vectors, neighbours=1)
    found = {(pair.first, pair.second): pair.label for pair in pairs}
    assert found == {("a", "b"): 1.0, ("b", "c"): 0.0, ("c", "far"): 0.0} or found == {
        ("a", "b"): 1.0,
        ("a", "c"): 0.0,
        ("b", "c"): 0.0,
        ("c", "far"): 0.0,
    }
