"""How like one answer is to another, by their words: F1 and BLEU."""

from collections import Counter

import numpy as np


def f1(found: str, expected: str) -> float:
    """Harmonic mean of precision and recall of words, lower-case."""
    left, right = found.lower().split(), expected.lower().split()
    shared = sum((Counter(left) & Counter(right)).values())
    if not left or not right or not shared:
        return 0.0
    precision, recall = shared / len(left), shared / len(right)
    return 2 * precision * recall / (precision + recall)


def bleu(found: str, expected: str) -> float:
    """BLEU-4 of one sentence with add-one smoothing past unigrams, and the brevity penalty."""
    left, right = found.lower().split(), expected.lower().split()
    if not left or not right:
        return 0.0
    total = 0.0
    for size in range(1, 5):
        ours = Counter(tuple(left[at : at + size]) for at in range(len(left) - size + 1))
        theirs = Counter(tuple(right[at : at + size]) for at in range(len(right) - size + 1))
        smooth = int(size > 1)
        matched = sum((ours & theirs).values()) + smooth
        if not matched:
            return 0.0
        total += np.log(matched / (sum(ours.values()) + smooth)) / 4
    return float(np.exp(total) * min(1.0, np.exp(1 - len(right) / len(left))))
