"""The tokenizer files that ship, the same tokenizer in Python, and the inputs of the graphs."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from skimp_training.verifier import ordered

TokenIds = npt.NDArray[np.int64]
Feeds = dict[str, TokenIds]
"""A graph's inputs by name, each (1, tokens)."""


def shipped_tokenizer(source: dict[str, Any]) -> dict[str, Any]:
    """`tokenizer.json` without the source's fixed padding to 128 tokens and cut at 128."""
    return {**source, "truncation": None, "padding": None}


def shipped_tokenizer_config(source: dict[str, Any], max_tokens: int) -> dict[str, Any]:
    """`tokenizer_config.json` with the encoder's longest input, where transformers.js cuts."""
    return {**source, "model_max_length": max_tokens}


def load_tokenizer(tokenizer_json: dict[str, Any], max_tokens: int | None = None) -> Tokenizer:
    """The shipped tokenizer, cutting at `max_tokens` with [CLS] and [SEP] counted."""
    tokenizer = Tokenizer.from_str(json.dumps(shipped_tokenizer(tokenizer_json)))
    if max_tokens is not None:
        tokenizer.enable_truncation(max_tokens)
    return tokenizer


@dataclass(frozen=True)
class Tokenizers:
    """The shipped tokenizer, cutting texts for the embedder, and whole for the verifier."""

    cutting: Tokenizer
    whole: Tokenizer


def make_tokenizers(tokenizer_json: dict[str, Any], max_tokens: int) -> Tokenizers:
    """Both from the source's or the shipped `tokenizer.json`."""
    return Tokenizers(load_tokenizer(tokenizer_json, max_tokens), load_tokenizer(tokenizer_json))


def encode_text(tokenizer: Tokenizer, text: str) -> Feeds:
    """Inputs for one text, without padding."""
    return _feeds(tokenizer.encode(text))


def encode_texts(tokenizer: Tokenizer, texts: Iterable[str]) -> list[Feeds]:
    """Inputs for each text, without padding."""
    return [encode_text(tokenizer, text) for text in texts]


def encode_pair(tokenizer: Tokenizer, first: str, second: str) -> Feeds:
    """Inputs for a pair in its fixed order; `tokenizer` must not cut."""
    return _feeds(tokenizer.encode(*ordered(first, second)))


def _feeds(encoding: Any) -> Feeds:  # noqa: ANN401 - tokenizers ships no type for it
    ids = np.array([encoding.ids], dtype=np.int64)
    types = np.array([encoding.type_ids], dtype=np.int64)
    return {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
