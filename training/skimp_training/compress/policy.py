"""The policy: an encoder that gives each token a logit of being kept, and words by their pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from skimp_training.compress.language_model import Task
from skimp_training.compress.text_units import Units
from skimp_training.train.batches import CLS, SEP, pad
from skimp_training.train.encoder import NO_DROPOUT

MAX_TOKENS = 320
"""Of one window, special tokens counted."""
MAX_QUESTION = 48
"""Tokens of the question that are read."""
MAX_PIECES = 16
"""Pieces of a word that are read."""
TASK_QUESTIONS: dict[Task, str] = {
    "qa": "",
    "summary": "Summarize the text.",
    "code": "What does this code do?",
}
"""Asked where the request has no question."""
Floats = npt.NDArray[np.float32]


class Policy(nn.Module):
    """Encoder, then one linear layer: a logit for each token."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        shape = BertConfig(**config, attn_implementation="eager")
        self.encoder = BertModel(shape, add_pooling_layer=False)
        self.head = nn.Linear(shape.hidden_size, 1)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Logits (batch, tokens) of token ids (batch, tokens)."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        logits: torch.Tensor = self.head(states)
        return logits[:, :, 0]


def fresh_policy(config: dict[str, Any], weights: dict[str, torch.Tensor], seed: int) -> Policy:
    """A policy on the encoder's weights, its word table frozen, its head small."""
    torch.manual_seed(seed)
    policy = Policy({**config, **NO_DROPOUT})
    policy.encoder.load_state_dict(weights, strict=True)
    policy.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    nn.init.normal_(policy.head.weight, std=0.02)
    nn.init.zeros_(policy.head.bias)
    return policy


class WordPieces:
    """Ids of words, each tokenised once and by itself: the page does the same."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    def of(self, words: Sequence[str]) -> list[list[int]]:
        """At most `MAX_PIECES` ids of each word."""
        fresh = [word for word in dict.fromkeys(words) if word not in self._known]
        if fresh:
            encoded = self._tokenizer.encode_batch(fresh, add_special_tokens=False)
            for word, item in zip(fresh, encoded, strict=True):
                self._known[word] = item.ids[:MAX_PIECES]
        return [self._known[word] for word in words]

    def of_text(self, text: str, units: Units) -> list[list[int]]:
        """The ids of each word of a text."""
        return self.of([text[begin:end] for begin, end in units.words])

    def question(self, task: Task, question: str) -> list[int]:
        """At most `MAX_QUESTION` ids of what is asked."""
        asked = question or TASK_QUESTIONS[task]
        ids: list[int] = self._tokenizer.encode(asked, add_special_tokens=False).ids
        return ids[:MAX_QUESTION]


@dataclass(frozen=True)
class Window:
    """One input of the policy: a range of a text's words after the question."""

    ids: list[int]
    text_at: int
    """Where token type 1 begins."""
    words: tuple[int, int]
    """Range of the words that are read."""
    owner: list[int]
    """For each token the word it belongs to, counted from `words[0]`; -1 for none."""


def capacity(question: Sequence[int]) -> int:
    """Tokens that are left for words."""
    return MAX_TOKENS - 3 - len(question)


def make_window(
    question: Sequence[int], pieces: Sequence[list[int]], words: tuple[int, int]
) -> Window:
    """`[CLS] question [SEP] words [SEP]`."""
    ids = [CLS, *question, SEP]
    owner = [-1] * len(ids)
    text_at = len(ids)
    for index in range(*words):
        ids += pieces[index]
        owner += [index - words[0]] * len(pieces[index])
    return Window([*ids, SEP], text_at, words, [*owner, -1])


def window_logits(policy: nn.Module, windows: Sequence[Window]) -> list[torch.Tensor]:
    """For each window the logits of its words: the mean of their pieces' (words without: 0)."""
    batch = pad([window.ids for window in windows], [window.text_at for window in windows])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = policy(input_ids=batch.ids, attention_mask=batch.mask, token_type_ids=batch.types)
    return [
        word_means(row[: len(window.ids)].float(), window)
        for row, window in zip(logits, windows, strict=True)
    ]


def logits_by_length(policy: nn.Module, windows: Sequence[Window]) -> list[torch.Tensor]:
    """As `window_logits`, in two runs of about equal lengths: less padding."""
    order = sorted(range(len(windows)), key=lambda at: len(windows[at].ids))
    half = (len(order) + 1) // 2
    found: dict[int, torch.Tensor] = {}
    for part in (order[:half], order[half:]):
        if part:
            values = window_logits(policy, [windows[at] for at in part])
            found.update(zip(part, values, strict=True))
    return [found[at] for at in range(len(windows))]


def word_means(logits: torch.Tensor, window: Window) -> torch.Tensor:
    """Mean logit of each word's tokens."""
    owner = torch.tensor(window.owner)
    read = owner >= 0
    count = window.words[1] - window.words[0]
    sums = torch.zeros(count).index_add(0, owner[read], logits[read])
    pieces = torch.zeros(count).index_add(0, owner[read], torch.ones(int(read.sum())))
    return sums / pieces.clamp(min=1)


@dataclass(frozen=True)
class Selection:
    """How a word's own logit, its phrase's mean and its sentence's mean make its score."""

    word: float
    phrase: float
    sentence: float


SELECTION = Selection(word=0.1, phrase=0.3, sentence=0.6)
"""Chosen on dev; the manifest hands it to the page."""


def group_means(values: torch.Tensor, starts: Sequence[int]) -> torch.Tensor:
    """For each word the mean of `values` over its unit; `starts` are the units' first words."""
    ends = [*starts[1:], len(values)]
    lengths = torch.tensor([end - start for start, end in zip(starts, ends, strict=True)])
    owner = torch.repeat_interleave(torch.arange(len(starts)), lengths)
    sums = torch.zeros(len(starts)).index_add(0, owner, values)
    return (sums / lengths)[owner]


def word_scores(logits: torch.Tensor, units: Units, selection: Selection) -> torch.Tensor:
    """The score by which words are kept, (words)."""
    if not len(logits):
        return logits
    return (
        selection.word * logits
        + selection.phrase * group_means(logits, units.phrases)
        + selection.sentence * group_means(logits, units.sentences)
    )
