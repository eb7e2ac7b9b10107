"""The sentence encoder in training: fresh copies of the base, and vectors of texts."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from transformers import BertModel

from skimp_training.source_model import build_encoder
from skimp_training.train.batches import TokenBatch, TokenCache, even_batches, pad, single

MAX_TOKENS = 128
"""Longer texts are cut in training; the shipped encoder reads 256."""
INFERENCE_TOKENS = 4_096
NO_DROPOUT = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
"""Averaged weights regularise enough over so few epochs, and an update is a fifth faster."""
Vectors = npt.NDArray[np.float32]


def fresh_encoder(config: dict[str, Any], weights: dict[str, torch.Tensor]) -> BertModel:
    """An encoder with the base's weights, its word table frozen, without dropout.

    The table is shared with the verifier and stays what it is; without it an update is also
    a quarter cheaper.
    """
    encoder = build_encoder({**config, **NO_DROPOUT}, weights)
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return encoder


def embed_batch(encoder: BertModel, batch: TokenBatch) -> torch.Tensor:
    """Unit vectors (texts, dims), in fp32: mean over the tokens that are no padding."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = encoder(input_ids=batch.ids, attention_mask=batch.mask).last_hidden_state
    weight = batch.mask[:, :, None].float()
    mean = (states.float() * weight).sum(1) / weight.sum(1)
    return torch.nn.functional.normalize(mean, dim=1)


def embed_texts(encoder: BertModel, tokens: TokenCache, texts: Sequence[str]) -> Vectors:
    """Unit vectors (texts, dims) of `texts` in their order."""
    tokens.add(texts)
    rows = [single(tokens.ids(text), MAX_TOKENS) for text in texts]
    vectors: Vectors | None = None
    encoder.eval()
    with torch.inference_mode():
        for batch in even_batches([len(row) for row in rows], INFERENCE_TOKENS):
            found = embed_batch(encoder, pad([rows[index] for index in batch])).numpy()
            if vectors is None:
                vectors = np.empty((len(rows), found.shape[1]), dtype=np.float32)
            vectors[batch] = found
    return vectors if vectors is not None else np.empty((0, 0), dtype=np.float32)


def similarities(
    encoder: BertModel, tokens: TokenCache, pairs: Sequence[tuple[str, str]]
) -> Vectors:
    """Cosine of each pair."""
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    place = {text: index for index, text in enumerate(texts)}
    vectors = embed_texts(encoder, tokens, texts)
    left = vectors[[place[first] for first, _ in pairs]]
    right = vectors[[place[second] for _, second in pairs]]
    return np.asarray((left * right).sum(1), dtype=np.float32)
