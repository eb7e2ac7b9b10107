"""What a compressor is compared with: the same inputs cut to the same budget by simple rules."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from skimp_training.compress.choose import Bools, choose, choose_for, choose_units, word_costs
from skimp_training.compress.examples import Example, stems
from skimp_training.compress.labels import segments, slice_of
from skimp_training.compress.scoring import Read

CHUNK_WORDS = 150
"""Of the chunks that all lose the same share, as LLMLingua-2 does."""
Method = Callable[[Read, float], Bools]


def random_words(item: Read, keep: float) -> Bools:
    """Words at random, or statements of code."""
    rng = np.random.default_rng(len(item.example.text))
    costs = word_costs(item.example.text, item.units)
    if item.example.task == "code":
        by_unit = rng.random(len(item.units.sentences))
        parts = segments(item.units, item.units.sentences)
        scores = np.repeat(by_unit, [end - begin for begin, end in parts])
        return choose_units(scores.tolist(), costs, keep, item.units.sentences)
    return choose(rng.random(len(item.units.words)).tolist(), costs, keep)


def first_part(item: Read, keep: float) -> Bools:
    """The beginning of the text."""
    scores = [-float(index) for index in range(len(item.units.words))]
    costs = word_costs(item.example.text, item.units)
    return choose_for(item.example.task, item.units, scores, costs, keep)


def overlapping_sentences(item: Read, keep: float) -> Bools:
    """Sentences by the content words that they share with the question; earlier ones on ties."""
    asked = stems(item.example.question)
    scores = np.zeros(len(item.units.words))
    for begin, end in segments(item.units, item.units.sentences):
        left, right = slice_of(item.example.text, item.units, (begin, end))
        scores[begin:end] = len(asked & stems(item.example.text[left:right]))
    return choose(scores.tolist(), word_costs(item.example.text, item.units), keep)


def chunks_at_one_rate(item: Read, keep: float) -> Bools:
    """The policy's best words of each chunk, every chunk at the same rate (LLMLingua-2)."""
    costs = word_costs(item.example.text, item.units)
    logits = item.logits.tolist()
    chosen = np.zeros(len(costs), dtype=bool)
    for begin in range(0, len(costs), CHUNK_WORDS):
        part = slice(begin, begin + CHUNK_WORDS)
        chosen[part] = choose(logits[part], costs[part], keep)
    return chosen


def policy_choice(item: Read, keep: float) -> Bools:
    """The policy over the whole document."""
    return item.chosen(keep)


METHODS: dict[str, Method] = {
    "random": random_words,
    "first": first_part,
    "overlap": overlapping_sentences,
    "chunks": chunks_at_one_rate,
    "policy": policy_choice,
}


def rows(reads: Sequence[Read], method: str, keeps: Sequence[float]) -> Iterator[dict[str, object]]:
    """Rows for the judges."""
    for item in reads:
        example: Example = item.example
        costs = word_costs(example.text, item.units)
        for keep in keeps:
            chosen = METHODS[method](item, keep)
            yield {
                **example.row(),
                "keep": keep,
                "compressed": item.compressed(chosen),
                "originalTokens": round(float(costs.sum())),
                "keptTokens": round(float(costs[chosen].sum())),
            }
