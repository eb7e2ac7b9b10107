"""Scores of a whole text's words, window by window, and what is kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from skimp_training.compress.choose import Bools, choose_for, join, word_costs
from skimp_training.compress.examples import Example
from skimp_training.compress.policy import (
    SELECTION,
    Policy,
    Selection,
    Window,
    WordPieces,
    capacity,
    make_window,
    window_logits,
    word_scores,
)
from skimp_training.compress.text_units import Units
from skimp_training.train.batches import even_batches

CORE_SHARE = 0.7
"""Of the capacity: the rest of a window is context."""
BATCH_TOKENS = 6_144


@dataclass(frozen=True)
class Read:
    """An example with its units and the logits of its words."""

    example: Example
    units: Units
    logits: torch.Tensor

    def chosen(self, keep: float, selection: Selection = SELECTION) -> Bools:
        """Which words are kept, at a share `keep` of the tokens."""
        costs = word_costs(self.example.text, self.units)
        scores = word_scores(self.logits, self.units, selection).tolist()
        return choose_for(self.example.task, self.units, scores, costs, keep)

    def compressed(self, chosen: Bools) -> str:
        """The kept text."""
        return join(self.example.text, self.units, chosen, code=self.example.task == "code")


def cut_windows(
    question: Sequence[int], pieces: Sequence[list[int]], sentences: Sequence[int]
) -> list[tuple[Window, tuple[int, int]]]:
    """Windows over a text, each with the range of words that it decides."""
    room = capacity(question)
    lengths = np.cumsum([0, *(len(piece) for piece in pieces)])
    if lengths[-1] <= room:
        return [(make_window(question, pieces, (0, len(pieces))), (0, len(pieces)))]
    found = []
    begin = 0
    while begin < len(pieces):
        limit = lengths[begin] + CORE_SHARE * room
        last = int(np.searchsorted(lengths, limit, side="right")) - 1
        end = max((s for s in sentences if begin < s <= last), default=max(last, begin + 1))
        if lengths[-1] <= limit:
            end = len(pieces)
        left, right = begin, end
        spare = room - (lengths[end] - lengths[begin])
        while left > 0 and lengths[begin] - lengths[left - 1] <= spare / 2:
            left -= 1
        while right < len(pieces) and lengths[right + 1] - lengths[left] <= room:
            right += 1
        found.append((make_window(question, pieces, (left, right)), (begin, end)))
        begin = end
    return found


def read_examples(
    policy: Policy, pieces: WordPieces, examples: Sequence[Example], *, hidden: bool = False
) -> list[Read]:
    """Runs the policy over whole texts; `hidden` does not show it the questions."""
    units = [example.units() for example in examples]
    jobs: list[tuple[int, Window, tuple[int, int]]] = []
    for index, (example, unit) in enumerate(zip(examples, units, strict=True)):
        question = pieces.question(example.task, "" if hidden else example.question)
        words = pieces.of_text(example.text, unit)
        jobs += [(index, *found) for found in cut_windows(question, words, unit.sentences)]
    logits = [torch.zeros(len(unit.words)) for unit in units]
    policy.eval()
    with torch.inference_mode():
        for batch in even_batches([len(window.ids) for _, window, _ in jobs], BATCH_TOKENS):
            values = window_logits(policy, [jobs[at][1] for at in batch])
            for at, value in zip(batch, values, strict=True):
                index, window, (begin, end) = jobs[at]
                first = window.words[0]
                logits[index][begin:end] = value[begin - first : end - first]
    return [Read(e, u, v.clone()) for e, u, v in zip(examples, units, logits, strict=True)]
