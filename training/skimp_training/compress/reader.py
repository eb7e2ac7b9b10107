"""Judge (b): a span reader that never rewarded the policy.

Trained on other texts than the reinforcement stage (`is_for_reader` splits them) from another
random start; it reads question and text and marks where the answer begins and ends.
"""

import hashlib
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional
from transformers import BertModel

from skimp_training.compress.examples import Example
from skimp_training.compress.policy import Window, WordPieces, capacity, make_window
from skimp_training.compress.text_units import split_text
from skimp_training.train.batches import even_batches, pad
from skimp_training.train.encoder import fresh_encoder
from skimp_training.train.loop import LoopConfig, save_weights, train

LONGEST_ANSWER = 24
"""Words of a marked span."""
OVERLAP = 40
"""Words that two windows of a long text share."""
SEED = 7


def is_for_reader(text: str) -> bool:
    """Half of the texts, by hash: no question about these rewards the reinforcement stage."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


class Reader(nn.Module):
    """Encoder, then logits of an answer's first and last word."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(encoder.config.hidden_size, 2)

    def forward(self, windows: Sequence[Window]) -> list[torch.Tensor]:
        """For each window (words, 2): the logits of each word's first token."""
        batch = pad([w.ids for w in windows], [w.text_at for w in windows])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.encoder(
                input_ids=batch.ids, attention_mask=batch.mask, token_type_ids=batch.types
            ).last_hidden_state
            logits = self.head(states)
        found = []
        for row, window in zip(logits.float(), windows, strict=True):
            owner = np.array(window.owner)
            count = window.words[1] - window.words[0]
            first = torch.from_numpy(np.searchsorted(owner[owner >= 0], np.arange(count)))
            found.append(row[window.text_at : window.text_at + int((owner >= 0).sum())][first])
        return found


@dataclass(frozen=True)
class Marked:
    """A window with the words of the answer."""

    window: Window
    begin: int
    end: int


def mark(example: Example, pieces: WordPieces) -> Marked | None:
    """The example's answer in a window of its text; none where it is not literal or too long."""
    units = split_text(example.text)
    if not example.literal:
        return None
    span = example.literal[0]
    touched = [i for i, (a, b) in enumerate(units.words) if a < span[1] and b > span[0]]
    if not touched or len(touched) > LONGEST_ANSWER:
        return None
    question = pieces.question("qa", example.question)
    words = pieces.of_text(example.text, units)
    room, begin = capacity(question), 0
    lengths = np.cumsum([0, *map(len, words)])
    if lengths[-1] > room:
        begin = max(0, int(np.searchsorted(lengths, lengths[touched[0]] - room // 2)))
    end = int(np.searchsorted(lengths, lengths[begin] + room, side="right")) - 1
    end = min(end, len(words))
    if touched[-1] >= end:
        return None
    window = make_window(question, words, (begin, end))
    return Marked(window, touched[0] - begin, touched[-1] - begin)


def train_reader(
    encoder: tuple[dict[str, Any], dict[str, torch.Tensor]],
    marked: Sequence[Marked],
    folder: Path,
    steps: int = 220,
    batch: int = 24,
) -> Reader:
    """Trains a reader and writes its weights into `folder`."""
    torch.manual_seed(SEED)
    reader = Reader(fresh_encoder(*encoder))

    def step_loss(step: int) -> torch.Tensor:
        rng = np.random.default_rng([SEED, step])
        drawn = [marked[int(at)] for at in rng.integers(len(marked), size=batch)]
        drawn.sort(key=lambda item: len(item.window.ids))
        losses = []
        for part in (drawn[: batch // 2], drawn[batch // 2 :]):
            for logits, item in zip(reader([m.window for m in part]), part, strict=True):
                wanted = torch.tensor([item.begin, item.end])
                losses.append(functional.cross_entropy(logits.T, wanted))
        return torch.stack(losses).mean()

    train(reader, step_loss, LoopConfig(learning_rate=2e-4, steps=steps, average=0.99), folder)
    save_weights(reader, folder / "reader.safetensors")
    return reader


def load_reader(encoder: tuple[dict[str, Any], dict[str, torch.Tensor]], folder: Path) -> Reader:
    """The reader that `train_reader` wrote."""
    reader = Reader(fresh_encoder(*encoder))
    reader.load_state_dict(load_file(folder / "reader.safetensors"))
    return reader.eval()


def read_answers(
    reader: Reader, pieces: WordPieces, texts: Sequence[str], questions: Sequence[str]
) -> list[str]:
    """The span that the reader marks in each text; empty where there is no word."""
    jobs: list[tuple[int, Window]] = []
    units = [split_text(text) for text in texts]
    for index, (text, asked) in enumerate(zip(texts, questions, strict=True)):
        question = pieces.question("qa", asked)
        words = pieces.of_text(text, units[index])
        lengths = np.cumsum([0, *map(len, words)])
        begin = 0
        while begin < len(words):
            end = int(np.searchsorted(lengths, lengths[begin] + capacity(question), side="right"))
            end = max(begin + 1, min(end - 1, len(words)))
            jobs.append((index, make_window(question, words, (begin, end))))
            if end == len(words):
                break
            begin = max(begin + 1, end - OVERLAP)
    best: list[tuple[float, str]] = [(-np.inf, "") for _ in texts]
    with torch.inference_mode():
        for batch in even_batches([len(window.ids) for _, window in jobs], 6_144):
            found = reader([jobs[at][1] for at in batch])
            for at, logits in zip(batch, found, strict=True):
                index, window = jobs[at]
                score, begin, end = _best_span(logits.numpy())
                if score > best[index][0]:
                    spans = units[index].words
                    first, last = spans[window.words[0] + begin], spans[window.words[0] + end]
                    best[index] = (score, texts[index][first[0] : last[1]])
    return [answer for _, answer in best]


def _best_span(logits: np.ndarray[Any, np.dtype[np.float32]]) -> tuple[float, int, int]:
    sums = logits[:, 0][:, None] + logits[:, 1][None, :]
    allowed = np.triu(np.ones_like(sums), 0) - np.triu(np.ones_like(sums), LONGEST_ANSWER)
    sums = np.where(allowed > 0, sums, -np.inf)
    begin, end = np.unravel_index(int(np.argmax(sums)), sums.shape)
    return float(sums[begin, end]), int(begin), int(end)


def normalize(answer: str) -> str:
    """As SQuAD's evaluation does: lower-case, no punctuation, no articles, single blanks."""
    plain = "".join(letter for letter in answer.lower() if letter not in string.punctuation)
    return " ".join(re.sub(r"\b(?:a|an|the)\b", " ", plain).split())
