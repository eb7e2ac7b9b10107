"""What an export starts from: the folder that training wrote, or the base encoder."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load
from transformers import BertModel

from skimp_training.config import ExportConfig
from skimp_training.export_onnx import WORD_TABLE
from skimp_training.sample_pairs import TextPair, golden_pairs, read_sample_pairs
from skimp_training.source_model import SourceModel, build_encoder, sha256_hex
from skimp_training.verifier import Verifier

EMBEDDER_FILE = "embedder.safetensors"
VERIFIER_FILE = "verifier.safetensors"
TRAINING_FILE = "training.json"
SAMPLES_FILE = "smoothing_texts.jsonl"


class CheckpointError(Exception):
    """The checkpoint's models do not belong together."""


@dataclass(frozen=True)
class Checkpoint:
    """Two models with one word table, and the pairs that their graphs are measured on."""

    encoder: BertModel
    verifier: Verifier
    config: dict[str, Any]
    """The encoder's, for `config.json`."""
    weights_sha256: str
    is_trained: bool
    """False for the base encoder with a random head: then only numbers are compared."""
    samples: list[TextPair] = field(default_factory=golden_pairs)
    training: Mapping[str, Any] = field(default_factory=dict)
    """What training says about itself, for the manifest."""


def read_checkpoint(folder: Path) -> Checkpoint:
    """Reads what training wrote.

    Raises:
        CheckpointError: the models have different word tables.
    """
    training = json.loads((folder / TRAINING_FILE).read_bytes())
    config = training.pop("encoderConfig")
    verifier_config = training.pop("verifierConfig")
    embedder_data = (folder / EMBEDDER_FILE).read_bytes()
    verifier_data = (folder / VERIFIER_FILE).read_bytes()
    checkpoint = Checkpoint(
        encoder=build_encoder(config, load(embedder_data)),
        verifier=build_verifier(verifier_config, load(verifier_data)),
        config=config,
        weights_sha256=sha256_hex(embedder_data + verifier_data),
        is_trained=True,
        training=training,
    )
    assert_one_word_table(checkpoint)
    samples = folder / SAMPLES_FILE
    if not samples.exists():
        return checkpoint
    return Checkpoint(**{**vars(checkpoint), "samples": read_sample_pairs(samples)})


def base_checkpoint(source: SourceModel, settings: ExportConfig) -> Checkpoint:
    """The base encoder, also as verifier, with a dense layer and a head drawn from the seed."""
    torch.manual_seed(settings.seed)
    verifier = Verifier(source.config)
    verifier.encoder.load_state_dict(source.encoder.state_dict())
    return Checkpoint(
        encoder=source.encoder,
        verifier=verifier.eval(),
        config=source.config,
        weights_sha256=source.weights_sha256,
        is_trained=False,
    )


def build_verifier(config: dict[str, Any], weights: dict[str, torch.Tensor]) -> Verifier:
    """The verifier with `weights`, in eval mode; every weight must have a place."""
    verifier = Verifier(config)
    used = {name: value for name, value in weights.items() if not name.endswith(".position_ids")}
    verifier.load_state_dict(used, strict=True)
    return verifier.eval()


def assert_one_word_table(checkpoint: Checkpoint) -> None:
    """Training freezes the word table, so that it is downloaded once.

    Raises:
        CheckpointError: the models have different word tables.
    """
    tables = [
        encoder.get_parameter(WORD_TABLE)
        for encoder in (checkpoint.encoder, checkpoint.verifier.encoder)
    ]
    if not torch.equal(*tables):
        message = "embedder and verifier have different word tables: training must freeze it"
        raise CheckpointError(message)
