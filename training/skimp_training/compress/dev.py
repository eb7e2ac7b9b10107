"""Dev sets of the compressor, and how much of an answer's likelihood a compression keeps."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from skimp_training.compress.examples import (
    Example,
    code,
    covid,
    dialogsum,
    fairytales,
    meetings,
    read,
    scitldr,
    squad,
)
from skimp_training.compress.language_model import Inquiry
from skimp_training.compress.mixture import DIALOGUES, split_passages

RESAMPLES = 2_000
"""Of the bootstrap."""
LONG = (11_000, 12_000)
"""Characters of the long texts: about 2,000 words."""
LONG_TEXTS = 6
"""Of each kind."""
Floats = npt.NDArray[np.float64]


def dev_sets(data: Path, passages: Path) -> dict[str, list[Example]]:
    """All dev examples by set; written ones by task."""
    written = split_passages(passages)[1]
    return {
        "fairytaleqa": list(fairytales(read(data, "fairytaleqa.dev"), explicit=True)),
        "squad_para": list(squad(read(data, "squad_para.dev"))),
        "longqa_covid": list(covid(read(data, "longqa_covid.dev"), 0)),
        "written-qa": [e for e in written if e.task == "qa"],
        "scitldr": list(scitldr(read(data, "scitldr.dev"))),
        "meetings": list(meetings(read(data, "meetings.dev"), 0)),
        "dialogsum": list(dialogsum(read(data, "dialogsum.dev"))),
        "written-summary": [e for e in written if e.task == "summary" and e.source != DIALOGUES],
        "written-dialogue": [e for e in written if e.source == DIALOGUES],
        "codedoc_py": list(code(read(data, "codedoc_py.dev"))),
        "written-code": [e for e in written if e.task == "code"],
    }


def long_texts(data: Path) -> list[Example]:
    """Long dev texts, articles and meetings, in which seams between windows would show."""
    articles = list(covid(read(data, "longqa_covid.dev"), 0, LONG))
    talks = list(meetings(read(data, "meetings.dev"), 0, LONG))
    return [e for found in (articles, talks) for e in sample(found, LONG_TEXTS)]


def sample(examples: Sequence[Example], count: int, seed: int = 0) -> list[Example]:
    """At most `count` of them, drawn by seed, in their order."""
    order = np.random.default_rng(seed).permutation(len(examples))[:count]
    return [examples[int(index)] for index in sorted(order.tolist())]


def inquiry(example: Example, text: str) -> Inquiry:
    """What the language model is asked when it reads `text` in place of the example's."""
    return Inquiry(text, example.question, example.answer, example.task)


def retention(full: Floats, none: Floats, compressed: Floats) -> float:
    """Mean cost on the scale where the full text is 1 and no text is 0."""
    return float((none.mean() - compressed.mean()) / (none.mean() - full.mean()))


def resample_retention(full: Floats, none: Floats, compressed: Floats) -> Floats:
    """The retention of each of `RESAMPLES` bootstrap draws over examples; always the same draws."""
    rng = np.random.default_rng(0)
    rows = rng.integers(0, len(full), (RESAMPLES, len(full)))
    values = (none[rows].mean(1) - compressed[rows].mean(1)) / (
        none[rows].mean(1) - full[rows].mean(1)
    )
    return np.asarray(values)


def retention_interval(full: Floats, none: Floats, compressed: Floats) -> tuple[float, float]:
    """95 % interval of the retention, by bootstrap over examples."""
    low, high = np.quantile(resample_retention(full, none, compressed), (0.025, 0.975))
    return float(low), float(high)
