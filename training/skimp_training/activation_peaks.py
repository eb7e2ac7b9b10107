"""`activation_peaks.json`: measured once on texts, so that an export needs none of them.

Peaks are rounded, and factors made from them are powers of two: every machine that exports from
the committed file gets the same factors.
"""

import json
import lzma
from pathlib import Path

import numpy as np

from skimp_training.config import ExportConfig
from skimp_training.manifest import read_json
from skimp_training.smoothing import Floats, Peaks, SmoothingError

SAMPLED_TEXTS: tuple[tuple[str, str, int], ...] = (
    ("stream_zipf1.train", "prompt", 200),
    ("qa_open.train", "q", 100),
    ("intents.train", "text", 100),
    ("gsm8k.train", "question", 50),
    ("fairytaleqa.train", "context", 50),
    ("lmtext.train", "text", 50),
)
"""Data set, field and number of texts: prompts as the cache meets them, and some long ones."""


def spread(rows: list[str], count: int) -> list[str]:
    """`count` different texts at even distances, in order."""
    distinct = list(dict.fromkeys(rows))
    return [distinct[index * len(distinct) // count] for index in range(count)]


def sample_texts(data: Path) -> list[str]:
    """The texts that peaks are measured on, from the train splits in the folder `data`."""
    texts: list[str] = []
    for name, field, count in SAMPLED_TEXTS:
        with lzma.open(data / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            texts += spread([json.loads(line)[field] for line in lines], count)
    return texts


def write_peaks(peaks: Peaks, path: Path, settings: ExportConfig) -> None:
    """One tensor a line, rounded to three digits."""
    rows = (
        f"    {json.dumps(name)}: {json.dumps(_rounded(peak), separators=(',', ':'))}"
        for name, peak in peaks.items()
    )
    head = f'{{\n  "sourceSha256": "{settings.wheel_sha256}",\n  "peaks": {{\n'
    path.write_text(head + ",\n".join(rows) + "\n  }\n}\n", encoding="utf-8")


def _rounded(peak: Floats) -> list[float]:
    return [float(f"{float(value):.3g}") for value in peak]


def read_peaks(path: Path, settings: ExportConfig) -> Peaks:
    """Peaks from a file as `write_peaks` makes it.

    Raises:
        SmoothingError: the peaks are of another source model.
    """
    stored = read_json(path)
    if stored.get("sourceSha256") != settings.wheel_sha256:
        message = f"{path} is of another source model: run `skimp_training peaks`"
        raise SmoothingError(message)
    return {name: np.array(peak, dtype=np.float32) for name, peak in stored["peaks"].items()}
