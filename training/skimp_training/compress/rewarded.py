"""The training texts that reward: what the reinforcement stage reads and gains are asked for."""

import random
from collections.abc import Container, Mapping, Sequence
from pathlib import Path

from skimp_training.compress.drawing import by_source
from skimp_training.compress.examples import Example
from skimp_training.compress.gains import Key, interleave, key_of
from skimp_training.compress.language_model import Task
from skimp_training.compress.mixture import train_examples
from skimp_training.compress.reader import is_for_reader

LONG_WINDOW = (1_200, 2_200)
"""Characters of the windows that long documents are read in: two of the policy's or three."""
LONGEST = 2_700
"""Characters of a text; the language model reads each many times."""
SHORTEST: dict[Task, int] = {"qa": 300, "summary": 300, "code": 80}
GAINS_ASKED = {
    "fairytaleqa": 1_700,
    "longqa_covid": 180,
    "scitldr": 1_900,
    "meetings": 350,
    "codedoc_py": 1_900,
}
"""Texts of a source of whose words the language model is asked what they give; else all."""


def rewarded_examples(data: Path, passages: Path) -> dict[Task, list[Example]]:
    """By task. No text and no question of them is one that the reader was trained on."""
    sets = train_examples(data, passages)
    asked = [e for members in sets.values() for e in members if e.task == "qa"]
    read = [e for e in asked if is_for_reader(e.text)]
    texts, questions = {e.text for e in read}, {(e.question, e.answer) for e in read}
    found: dict[Task, list[Example]] = {"qa": [], "summary": [], "code": []}
    for members in train_examples(data, passages, LONG_WINDOW).values():
        for example in members:
            is_wanted = SHORTEST[example.task] < len(example.text) < LONGEST
            is_asked = (example.question, example.answer) in questions
            if is_wanted and example.text not in texts and not (example.question and is_asked):
                found[example.task].append(example)
    return found


def to_be_asked(examples: Mapping[Task, Sequence[Example]], known: Container[Key]) -> list[Example]:
    """Those whose gains are wanted, of each source first the `known` ones, evenly spread."""
    rng = random.Random(0)
    groups = []
    for members in (pool for task in examples.values() for pool in by_source(task)):
        rng.shuffle(members)
        members.sort(key=lambda example: key_of(example) not in known)
        groups.append(members[: GAINS_ASKED.get(members[0].source, len(members))])
    return interleave(groups)
