"""Texts as pages of HTML hold them: paragraphs in tags, with links."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from skimp_training.compress.examples import Example

LONGEST_PARAGRAPH = 3
"""Sentences."""
LINKED = 0.5
"""Share of the paragraphs that have a link."""
LINK_WORDS = 2


def as_page(example: Example, seed: int = 0) -> Example:
    """The same words in the same order, in paragraphs of a few sentences, by seed."""
    rng = random.Random(f"{seed} {example.text}")
    units = example.units()
    starts = [*units.sentences, len(units.words)]
    words = [example.text[begin:end] for begin, end in units.words]
    sentences = [words[first:end] for first, end in pairwise(starts)]
    paragraphs = [f"  <p>{' '.join(_linked(part, rng))}</p>" for part in _gather(sentences, rng)]
    text = "\n".join(["<article>", *paragraphs, "</article>"])
    return replace(example, text=text, evidence=(), literal=())


def _gather(sentences: Sequence[list[str]], rng: random.Random) -> Iterator[list[str]]:
    at = 0
    while at < len(sentences):
        count = rng.randint(1, LONGEST_PARAGRAPH)
        yield [word for sentence in sentences[at : at + count] for word in sentence]
        at += count


def _linked(words: list[str], rng: random.Random) -> list[str]:
    if len(words) <= LINK_WORDS or rng.random() >= LINKED:
        return words
    at = rng.randrange(len(words) - LINK_WORDS + 1)
    link = f'<a href="/wiki/{at}">{" ".join(words[at : at + LINK_WORDS])}</a>'
    return [*words[:at], link, *words[at + LINK_WORDS :]]
