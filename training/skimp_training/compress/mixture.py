"""The supervised stage's training examples: which sets, how many of each, and their windows."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from skimp_training.compress.examples import (
    WINDOW,
    Example,
    code,
    covid,
    fairytales,
    meetings,
    read,
    scitldr,
    squad,
    stems,
    written_passages,
)
from skimp_training.compress.policy import Window, WordPieces, capacity, make_window
from skimp_training.compress.targets import Floats, Target, compute_target
from skimp_training.compress.text_units import split_text
from skimp_training.train.pairs import read_rows

DEV_SHARE = 0.1
"""Of the written passages, by passage."""
DIALOGUES = "written/dialogue"
SHARES = {
    "fairytaleqa": 1.0,
    "squad_para": 2.0,
    "longqa_covid": 2.0,
    "written": 2.5,
    "dialogues": 6.0,
    "scitldr": 1.3,
    "meetings": 1.3,
    "codedoc_py": 0.35,
    "sentcomp": 0.5,
    "lmtext": 1.0,
}
"""How often an example of each set is drawn in one pass."""
HIDDEN = 0.12
"""Share of the questions that are hidden: the text is then worth what any of its questions ask."""
EXTENDED = 0.4
"""Share of the short texts that are put among sentences of another text."""
KEYWORD_TEXTS = 3_000


@dataclass(frozen=True)
class Item:
    """One example with what it is trained on."""

    example: Example
    target: Target
    is_relative: bool = False
    """Whether words are only to be compared within their sentence: human deletions."""


@dataclass(frozen=True)
class Drawn:
    """One window of an item."""

    window: Window
    sentences: list[tuple[int, int]]
    """Word ranges of the sentences, counted from the window's first word."""
    sentence_worth: Floats
    word_worth: Floats
    is_relative: bool


def split_passages(folder: Path) -> tuple[list[Example], list[Example]]:
    """(train, dev) of the written passages, split by passage, dialogues and the rest apart.

    What is in the folder `train` there is for training alone.
    """
    examples = list(written_passages(folder))
    dev: set[str] = set()
    for are_dialogues in (False, True):
        members = (e.text for e in examples if (e.source == DIALOGUES) == are_dialogues)
        texts = list(dict.fromkeys(members))
        held = np.random.default_rng(0).permutation(len(texts))[: round(DEV_SHARE * len(texts))]
        dev |= {texts[int(index)] for index in held}
    train = [e for e in examples if e.text not in dev]
    return [*train, *written_passages(folder / "train")], [e for e in examples if e.text in dev]


def train_examples(
    data: Path, passages: Path, window: tuple[int, int] = WINDOW
) -> dict[str, list[Example]]:
    """All training examples by set, long documents in windows of so many characters."""
    written = split_passages(passages)[0]
    return {
        "fairytaleqa": list(fairytales(read(data, "fairytaleqa.train"))),
        "squad_para": list(squad(read(data, "squad_para.train"))),
        "longqa_covid": list(covid(read(data, "longqa_covid.train"), 0, window)),
        "written": [e for e in written if e.source != DIALOGUES],
        "dialogues": [e for e in written if e.source == DIALOGUES],
        "scitldr": list(scitldr(read(data, "scitldr.train"))),
        "meetings": list(meetings(read(data, "meetings.train"), 0, window)),
        "codedoc_py": list(code(read(data, "codedoc_py.train"))),
    }


def read_labels(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The language model's labels by text and question."""
    rows = read_rows(path) if path.exists() else []
    return {(row["text"], row["question"]): row for row in rows}


def build_items(
    data: Path, passages: Path, labels: dict[tuple[str, str], dict[str, Any]]
) -> dict[str, list[Item]]:
    """Examples with their targets, by set."""
    sets = {
        name: [
            Item(e, compute_target(e, e.units(), labels.get((e.text, e.question))))
            for e in examples
            if e.text.strip()
        ]
        for name, examples in train_examples(data, passages).items()
    }
    sets["sentcomp"] = list(_deletions(data))
    sets["lmtext"] = list(_keyword_queries(data))
    return sets


def _deletions(data: Path) -> Iterator[Item]:
    for row in read(data, "sentcomp.train"):
        keep = row["compressions"][0]["keep"]
        units = split_text(row["text"])
        tokens = row["text"].split()
        if not keep or len(keep) != len(tokens) or len(units.words) != len(tokens):
            continue
        words = np.array([int(mark) for mark in keep], dtype=np.float32)
        unknown = np.full(len(units.sentences), np.nan, dtype=np.float32)
        example = Example("sentcomp", "summary", row["text"], "", row["compressions"][0]["text"])
        yield Item(example, Target(unknown, words), is_relative=True)


def _keyword_queries(data: Path) -> Iterator[Item]:
    """Plain text, asked for one of its sentences by some of that sentence's words."""
    rng = np.random.default_rng(1)
    rows = read(data, "lmtext.train")
    for index in rng.permutation(len(rows))[:KEYWORD_TEXTS].tolist():
        text = rows[index]["text"][:1_500]
        units = split_text(text)
        if len(units.sentences) < 5:
            continue
        place = int(rng.integers(1, len(units.sentences) - 1))
        begin, end = units.sentences[place], units.sentences[place + 1]
        span = (units.words[begin][0], units.words[end - 1][1])
        words = [word for word in re.findall(r"[\w'-]+", text[slice(*span)]) if stems(word)]
        if not 5 <= len(words) <= 30:
            continue
        count = int(rng.integers(2, 6))
        chosen = sorted(rng.permutation(len(words))[:count].tolist())
        asked = " ".join(words[at] for at in chosen)
        lead = ("", "what about ", "tell me about ", "which ", "")[int(rng.integers(5))]
        mark = "?" if rng.random() < 0.5 else ""
        example = Example("lmtext", "qa", text, f"{lead}{asked}{mark}", "", (span,))
        yield Item(example, compute_target(example, units, None))


def hide_questions(items: list[Item]) -> list[Item]:
    """One item for each text with all its questions hidden: the worth is the largest of any."""
    by_text: dict[str, list[Item]] = {}
    for item in items:
        if item.example.task == "qa":
            by_text.setdefault(item.example.text, []).append(item)
    hidden = []
    for members in by_text.values():
        target = Target(
            np.max([member.target.sentences for member in members], axis=0),
            np.max([member.target.words for member in members], axis=0),
        )
        hidden.append(Item(replace(members[0].example, question=""), target))
    return hidden


class Sampler:
    """Draws batches of windows; a step's batch depends on the step alone."""

    def __init__(self, sets: dict[str, list[Item]], pieces: WordPieces, seed: int) -> None:
        self._sets = sets
        self._pieces = pieces
        self._seed = seed
        self._names = list(sets)
        weights = np.array([len(sets[name]) * SHARES[name] for name in self._names])
        self._weights = weights / weights.sum()
        self._hidden = {name: hide_questions(items) for name, items in sets.items()}
        self._fillers = [
            item.example.text
            for name in ("written", "dialogues", "squad_para", "lmtext")
            for item in sets[name]
        ]
        self.pass_size = int(weights.sum())

    def batch(self, step: int, size: int) -> list[Drawn]:
        """`size` windows."""
        rng = np.random.default_rng([self._seed, step])
        drawn: list[Drawn] = []
        while len(drawn) < size:
            name = self._names[int(rng.choice(len(self._names), p=self._weights))]
            items = self._sets[name]
            hidden = self._hidden[name]
            if hidden and name != "lmtext" and rng.random() < HIDDEN:
                items = hidden
            found = self._draw(items[int(rng.integers(len(items)))], rng)
            if found is not None:
                drawn.append(found)
        return drawn

    def _draw(self, item: Item, rng: np.random.Generator) -> Drawn | None:
        example, units = item.example, item.example.units()
        text, worth, words = example.text, item.target.sentences, item.target.words
        if not units.words:
            return None
        if example.task == "qa" and len(units.words) < 150 and rng.random() < EXTENDED:
            other = self._fillers[int(rng.integers(len(self._fillers)))]
            before = bool(rng.random() < 0.5)
            if other != text:
                text, worth, words = _extend(text, worth, words, other, before=before)
                units = split_text(text)
                if len(units.words) != len(words) or len(units.sentences) != len(worth):
                    return None
        question = self._pieces.question(example.task, example.question)
        pieces = self._pieces.of_text(text, units)
        part = _choose_range(pieces, units.sentences, worth, capacity(question), rng)
        window = make_window(question, pieces, part)
        ends = [*units.sentences[1:], len(units.words)]
        inside = [
            (index, max(begin, part[0]) - part[0], min(end, part[1]) - part[0])
            for index, (begin, end) in enumerate(zip(units.sentences, ends, strict=True))
            if min(end, part[1]) > max(begin, part[0])
        ]
        return Drawn(
            window,
            [(begin, end) for _, begin, end in inside],
            np.array([worth[index] for index, _, _ in inside], dtype=np.float32),
            np.asarray(words[part[0] : part[1]], dtype=np.float32),
            item.is_relative,
        )


def _extend(
    text: str, worth: Floats, words: Floats, other: str, *, before: bool
) -> tuple[str, Floats, Floats]:
    """The text with a part of another one, worth nothing, before or after it."""
    units = split_text(other)
    count = min(len(units.sentences), 8)
    last = units.sentences[count] if count < len(units.sentences) else len(units.words)
    part = other[: units.words[last - 1][1]].strip()
    extra = split_text(part)
    none, no_words = (
        np.zeros(len(found), dtype=np.float32) for found in (extra.sentences, extra.words)
    )
    if before:
        return f"{part}\n\n{text}", np.append(none, worth), np.append(no_words, words)
    return f"{text}\n\n{part}", np.append(worth, none), np.append(words, no_words)


def _choose_range(
    pieces: list[list[int]],
    sentences: list[int],
    worth: Floats,
    room: int,
    rng: np.random.Generator,
) -> tuple[int, int]:
    """Words of whole sentences that fit; in most windows of a long text the best one is inside."""
    lengths = np.cumsum([0, *(len(piece) for piece in pieces)])
    if lengths[-1] <= room:
        return 0, len(pieces)
    if rng.random() < 0.75 and not np.isnan(worth).any():
        wanted = sentences[int(np.argmax(worth))]
    else:
        wanted = sentences[int(rng.integers(len(sentences)))]
    back = lengths[wanted] - rng.random() * 0.8 * room
    begin = min((s for s in sentences if lengths[s] >= back), default=wanted)
    begin = min(begin, wanted)
    end = begin
    while end < len(pieces) and lengths[end + 1] - lengths[begin] <= room:
        end += 1
    return begin, max(end, begin + 1)


def describe(sets: dict[str, list[Item]]) -> str:
    """Counts for the log and the manifest."""
    return json.dumps({name: len(items) for name, items in sets.items()})
