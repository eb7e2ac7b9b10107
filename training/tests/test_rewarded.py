"""Which texts the reinforcement stage reads: none of the reader's, long documents in parts."""

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from skimp_training.compress.gains import key_of
from skimp_training.compress.mixture import train_examples
from skimp_training.compress.reader import is_for_reader
from skimp_training.compress.rewarded import (
    GAINS_ASKED,
    LONG_WINDOW,
    LONGEST,
    rewarded_examples,
    to_be_asked,
)

SENTENCES = [
    f"The boat number {at} was sold in the spring to a family of the town." for at in range(400)
]
PROSE = " ".join(SENTENCES)


def write(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    with lzma.open(folder / f"{name}.train.jsonl.xz", "wt") as lines:
        lines.writelines(f"{json.dumps(row)}\n" for row in rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A few rows of each set, in the shapes of the real files."""
    stories = [f"Story {at}. {PROSE[:700]}" for at in range(40)]
    asked = [
        {"context": text, "q": f"Who {at}?", "a": ["a family"], "explicit": "explicit"}
        for at, text in enumerate(stories)
    ]
    write(tmp_path, "fairytaleqa", asked)
    write(tmp_path, "squad_para", [])
    answers = [f"number {at}" for at in range(40, 360, 8)]
    qas = [{"q": f"Which is {answer}?", "a": [[answer, PROSE.index(answer)]]} for answer in answers]
    write(tmp_path, "longqa_covid", [{"context": PROSE, "qas": qas}])
    write(tmp_path, "scitldr", [])
    turns = [["Ann", sentence] for sentence in SENTENCES]
    specific = [
        {"q": f"Why {at}?", "a": "a sale", "spans": [[at, at + 9]]} for at in range(0, 300, 30)
    ]
    write(tmp_path, "meetings", [{"turns": turns, "specific": specific}])
    code = [
        f"def f{at}(a):\n    b = a + {at}\n    return b" + "\n    # more" * 12
        for at in range(2_000)
    ]
    write(tmp_path, "codedoc_py", [{"code": text, "summary": "Adds."} for text in code])
    return tmp_path


def test_no_text_and_no_question_is_one_of_the_readers(data: Path) -> None:
    sets = train_examples(data, data)
    read = [e for e in [*sets["fairytaleqa"], *sets["longqa_covid"]] if is_for_reader(e.text)]
    found = rewarded_examples(data, data)["qa"]
    sources = {example.source for example in found}
    assert sources == {"fairytaleqa", "longqa_covid"}
    assert not {e.text for e in read} & {e.text for e in found}
    questions = {e.question for e in read if e.source == "longqa_covid"}
    assert questions
    assert not questions & {e.question for e in found if e.source == "longqa_covid"}


def test_long_documents_are_read_in_parts(data: Path) -> None:
    found = rewarded_examples(data, data)
    long = [e for task in found.values() for e in task if e.source in ("longqa_covid", "meetings")]
    assert {e.source for e in long} == {"longqa_covid", "meetings"}
    assert all(LONG_WINDOW[0] / 2 < len(e.text) < LONGEST for e in long)


def test_what_is_known_is_asked_for_first(data: Path) -> None:
    examples = rewarded_examples(data, data)
    known = {key_of(example) for example in examples["code"][-50:]}
    wanted = to_be_asked(examples, known)
    code = [key_of(example) for example in wanted if example.task == "code"]
    assert len(code) == GAINS_ASKED["codedoc_py"]
    assert set(code[:50]) == known
    assert {example.source for example in wanted} == {
        example.source for members in examples.values() for example in members
    }
