"""How like one answer is to another, by their words, and what the paper's recipe pays for that."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from skimp_training.compress.dev import inquiry
from skimp_training.compress.examples import Example
from skimp_training.compress.language_model import LanguageModel


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


def paper_rewards(
    model: LanguageModel, examples: Sequence[Example], texts: Sequence[str | None]
) -> list[float]:
    """F1 or BLEU of the answers on whole and compressed texts; -0.1 where there is none."""
    rewards = [-0.1] * len(examples)
    for limit, are_answers in ((16, True), (28, False)):
        members = [
            (index, example, text)
            for index, (example, text) in enumerate(zip(examples, texts, strict=True))
            if text is not None and (example.task == "qa") == are_answers
        ]
        asked = [inquiry(example, example.text) for _, example, _ in members]
        asked += [inquiry(example, text) for _, example, text in members]
        answers = model.generate(asked, limit)
        for at, (index, _, _) in enumerate(members):
            whole, short = answers[at], answers[at + len(members)]
            rewards[index] = f1(short, whole) if are_answers else bleu(short, whole)
    return rewards
