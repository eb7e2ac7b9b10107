"""The tokenizer files that ship, and the same tokenizer in Python."""

import json
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

TokenIds = npt.NDArray[np.int64]


def shipped_tokenizer(source: dict[str, Any]) -> dict[str, Any]:
    """`tokenizer.json` without the source's fixed padding to 128 tokens and cut at 128."""
    return {**source, "truncation": None, "padding": None}


def shipped_tokenizer_config(source: dict[str, Any], max_tokens: int) -> dict[str, Any]:
    """`tokenizer_config.json` with the encoder's longest input, where transformers.js cuts."""
    return {**source, "model_max_length": max_tokens}


def load_tokenizer(tokenizer_json: dict[str, Any], max_tokens: int) -> Tokenizer:
    """The shipped tokenizer, cutting at `max_tokens` with [CLS] and [SEP] counted."""
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json))
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def encode(tokenizer: Tokenizer, texts: tuple[str, ...] | list[str]) -> list[TokenIds]:
    """Token ids of each text, one (1, tokens) array per text, without padding."""
    return [np.array([tokenizer.encode(text).ids], dtype=np.int64) for text in texts]
