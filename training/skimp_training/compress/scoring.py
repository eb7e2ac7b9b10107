"""Scores of a whole text's words, window by window, and what is kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    logits_by_length,
    make_window,
    window_logits,
    word_scores,
)
from skimp_training.compress.text_units import Units
from skimp_training.compress.windows import join_windows, plan_windows
from skimp_training.train.batches import even_batches

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


def cut_text(
    example: Example, units: Units, pieces: WordPieces, room: int | None = None
) -> list[Window]:
    """Windows over a text, each of at most `room` tokens of words: as many as fit, when None."""
    question = pieces.question(example.task, example.question)
    words = pieces.of_text(example.text, units)
    most = capacity(question)
    lengths = [len(word) for word in words]
    planned = plan_windows(example.text, units, lengths, min(room or most, most))
    return [make_window(question, words, window.read) for window in planned]


def join_logits(windows: Sequence[Window], logits: Sequence[torch.Tensor]) -> torch.Tensor:
    """The logits of a text's words, by all windows that read them."""
    reads = [window.words for window in windows]
    return join_windows(reads, logits) if reads else torch.zeros(0)


def text_logits(policy: Policy, texts: Sequence[Sequence[Window]]) -> list[torch.Tensor]:
    """For each text the logits of its words; all windows are read at once."""
    found = iter(logits_by_length(policy, [window for windows in texts for window in windows]))
    return [join_logits(windows, [next(found) for _ in windows]) for windows in texts]


def read_examples(
    policy: Policy, pieces: WordPieces, examples: Sequence[Example], *, hidden: bool = False
) -> list[Read]:
    """Runs the policy over whole texts; `hidden` does not show it the questions."""
    units = [example.units() for example in examples]
    texts = [
        cut_text(replace(example, question="") if hidden else example, unit, pieces)
        for example, unit in zip(examples, units, strict=True)
    ]
    windows = [window for cuts in texts for window in cuts]
    found: dict[int, torch.Tensor] = {}
    policy.eval()
    with torch.inference_mode():
        for batch in even_batches([len(window.ids) for window in windows], BATCH_TOKENS):
            found.update(
                zip(batch, window_logits(policy, [windows[at] for at in batch]), strict=True)
            )
    in_order = (found[at].clone() for at in range(len(windows)))
    logits = [join_logits(cuts, [next(in_order) for _ in cuts]) for cuts in texts]
    return [Read(e, u, v) for e, u, v in zip(examples, units, logits, strict=True)]
