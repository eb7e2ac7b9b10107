"""The data sets as examples of one shape: a text, what is asked of it, the answer, the evidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from skimp_training.compress.language_model import Task
from skimp_training.compress.text_units import Units, split_code, split_text
from skimp_training.train.pairs import read_rows

WINDOW = (2_000, 6_000)
"""Characters of the windows that long documents are read in."""
_STOPS = (
    "a about after all also an and any are as at be because been before but by can could did do "
    "does for from had has have he her his how i if in into is it its me my no not of on one or "
    "our she so some than that the their them then there these they this to up was we were what "
    "when where which who whom whose why will with would you your"
)
_STOP_WORDS = frozenset(_STOPS.split())
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True)
class Example:
    """One text to compress for one question or task."""

    source: str
    task: Task
    text: str
    question: str
    """As a user asks it; empty where there is none."""
    answer: str
    evidence: tuple[tuple[int, int], ...] = ()
    """Slices of the text that hold the answer, where the data says so; empty where it does not."""
    literal: tuple[tuple[int, int], ...] = field(default=())
    """Slices that are the answer itself."""

    def units(self) -> Units:
        """The text's words, sentences and phrases."""
        return split_code(self.text) if self.task == "code" else split_text(self.text)

    def row(self) -> dict[str, Any]:
        """As `npm run compress` reads it."""
        row = {"text": self.text, "task": self.task, "answer": self.answer, "src": self.source}
        return {**row, "question": self.question} if self.question else row


def stems(text: str) -> set[str]:
    """The content words of `text`, lower-case and without their endings."""
    found = (word for word in _TOKEN.findall(text.lower()) if word not in _STOP_WORDS)
    return {
        re.sub(r"(?:'s|ies|ing|ed|es|s|e|y)$", "", word) if len(word) > 4 else word
        for word in found
    }


def find_all(text: str, part: str) -> tuple[tuple[int, int], ...]:
    """Where `part` stands in `text` as whole words, whatever its case and line breaks."""
    words = part.split()
    if not words:
        return ()
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(word) for word in words) + r"(?!\w)"
    return tuple(match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def fairytales(
    rows: Sequence[dict[str, Any]], *, explicit: bool | None = None
) -> Iterator[Example]:
    """FairytaleQA; `explicit` takes only questions of that kind."""
    for row in rows:
        if explicit is not None and row["explicit"] != explicit:
            continue
        text, answer = row["context"], row["a"][0]
        spans = find_all(text, answer)[:3]
        yield Example("fairytaleqa", "qa", text, row["q"], answer, literal=spans)


def squad(rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """SQuAD paragraphs; the paraphrased question every second time."""
    for index, row in enumerate(rows):
        answer = row["answers"][0]
        question = row["q_para"] if index % 2 and row.get("q_para") else row["q"]
        start = row["start"]
        start = start[0] if isinstance(start, list) else start
        spans: tuple[tuple[int, int], ...] = ((start, start + len(answer)),)
        if row["context"][start : start + len(answer)] != answer:
            spans = find_all(row["context"], answer)[:1]
        yield Example("squad_para", "qa", row["context"], question, answer, spans, spans)


def covid(
    rows: Sequence[dict[str, Any]], seed: int, window: tuple[int, int] = WINDOW
) -> Iterator[Example]:
    """COVID-QA, each question in a window of sentences that holds the answer."""
    rng = np.random.default_rng(seed)
    for row in rows:
        context = row["context"]
        units = split_text(context)
        cuts = [units.words[index][0] for index in units.sentences] + [len(context)]
        for item in row["qas"]:
            answer, start = item["a"][0]
            if context[start : start + len(answer)] != answer:
                continue
            size = int(rng.integers(window[0], window[1] + 1))
            earliest = max(0, start + len(answer) - size)
            begin = int(rng.integers(earliest, max(earliest, min(start, len(context) - size)) + 1))
            begin = max((cut for cut in cuts if cut <= max(begin, 0)), default=0)
            end = next(
                (cut for cut in cuts if cut >= max(begin + size, start + len(answer))), cuts[-1]
            )
            text = context[begin:end].rstrip()
            span = (start - begin, start - begin + len(answer))
            if len(text) > window[1] + 500 or text[span[0] : span[1]] != answer:
                continue
            yield Example("longqa_covid", "qa", text, item["q"], answer, (span,), (span,))


def scitldr(rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """Abstracts with one-line summaries and oracle sentences."""
    for row in rows:
        text, spans = "", []
        for sentence, marked in zip(row["source"], row["oracle"], strict=True):
            if text:
                text += " "
            if marked:
                spans.append((len(text), len(text) + len(sentence)))
            text += sentence
        tldr = row["tldr"][0] if isinstance(row["tldr"], list) else row["tldr"]
        yield Example("scitldr", "summary", text, "", tldr, tuple(spans))


def meetings(
    rows: Sequence[dict[str, Any]], seed: int, window: tuple[int, int] = WINDOW
) -> Iterator[Example]:
    """QMSum's specific queries, in a window of turns that holds (the start of) their evidence."""
    rng = np.random.default_rng(seed)
    for row in rows:
        for item in row["specific"]:
            spans = [span for span in item["spans"] if len(span) == 2 and span[0] <= span[1]]
            if not spans:
                continue
            size = int(rng.integers(*window))
            example = _meeting_window(row["turns"], item, spans[0], (size, rng))
            if 800 <= len(example.text) <= max(8_000, window[1]) and example.evidence:
                yield example


def _meeting_window(
    turns: Sequence[tuple[str, str]],
    item: dict[str, Any],
    span: Sequence[int],
    drawn: tuple[int, np.random.Generator],
) -> Example:
    size, rng = drawn
    begin, before = span[0], int(rng.integers(0, size // 2))
    while begin > 0 and before > 0:
        begin -= 1
        before -= len(turns[begin][1]) + 10
    text, evidence = "", []
    for index in range(begin, len(turns)):
        speaker, said = turns[index]
        line = f"{speaker}: {clean_turn(said)}"
        if text and len(text) + len(line) > size:
            break
        text += "\n" if text else ""
        if span[0] <= index <= span[1]:
            evidence.append((len(text), len(text) + len(line)))
        text += line
    return Example("meetings", "summary", text, item["q"], item["a"], tuple(evidence))


def clean_turn(text: str) -> str:
    """A turn without the marks of the transcript and the blanks before punctuation."""
    text = re.sub(r"\{\w+\}", "", text)
    text = re.sub(r"\s+([,.?!;:])", r"\1", text)
    text = re.sub(r"(\w)\s+('\w+|n't)", r"\1\2", text)
    return re.sub(r"\s+", " ", text).strip()


def dialogsum(rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """Dialogues with summaries: evaluation only."""
    for row in rows:
        yield Example("dialogsum", "summary", row["dialogue"], "", row["summaries"][0])


def code(rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """Python functions without their docstring; those of at least three lines."""
    for row in rows:
        if row["code"].count("\n") >= 2:
            yield Example("codedoc_py", "code", row["code"], "", row["summary"])


def hotpot(rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """Multi-hop questions over ten paragraphs: evaluation only."""
    for row in rows:
        text, spans, support = "", [], {tuple(pair) for pair in row["support"]}
        for title, sentences in row["paragraphs"]:
            text += f"{title}\n"
            for index, sentence in enumerate(sentences):
                if (title, index) in support:
                    spans.append((len(text), len(text) + len(sentence)))
                text += sentence
            text += "\n\n"
        literal = find_all(text, row["a"])
        yield Example("hotpot", "qa", text.rstrip(), row["q"], row["a"], tuple(spans), literal)


def written_passages(folder: Path) -> Iterator[Example]:
    """`training/passages/*.txt`: see README.md there."""
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            yield from _passage(block)


def _passage(block: str) -> Iterator[Example]:
    name, _, rest = block.partition("\n")
    body, _, marks = rest.partition("\n~ ")
    summary, _, marks = marks.partition("\n")
    source = f"written/{name.split('-')[0]}"
    if name.startswith("code-"):
        yield Example(source, "code", body.strip("\n"), "", summary.strip())
        return
    text = body.strip()
    yield Example(source, "summary", text, "", summary.strip())
    question, answer = "", ""
    evidence: list[tuple[int, int]] = []
    for line in [*marks.splitlines(), "? "]:
        kind, value = line[:2], line[2:].strip()
        if kind == "? ":
            if question and evidence:
                literal = tuple(
                    span
                    for span in find_all(text, answer)
                    if any(begin <= span[0] < end for begin, end in evidence)
                )
                yield Example(source, "qa", text, question, answer, tuple(evidence), literal)
            question, answer, evidence = value, "", []
        elif kind == "= ":
            answer = value
        elif kind == "> ":
            evidence += _find_sentence(text, value)


def _find_sentence(text: str, sentence: str) -> list[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(word) for word in sentence.split())
    return [match.span() for match in re.finditer(pattern, text)][:1]


def read(data: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a data set, such as `squad_para.dev`."""
    return list(read_rows(data / f"{name}.jsonl.xz"))
