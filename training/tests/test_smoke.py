"""Both trainings on 200 pairs with tiny random models: they run, and learn the pairs by heart."""

import json
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from skimp_training.tokenizer import load_tokenizer
from skimp_training.train.batches import TokenCache
from skimp_training.train.cross_encoder import (
    VerifierConfig,
    fresh_verifier,
    train_verifier,
    verifier_logits,
)
from skimp_training.train.embedder import EmbedderConfig, train_embedder
from skimp_training.train.encoder import fresh_encoder, similarities
from skimp_training.train.metrics import roc_auc
from skimp_training.train.pairs import Pair

_TOKENIZER = next(
    (Path(__file__).resolve().parents[2] / "public" / "models").glob("*/tokenizer.json")
)
_CONFIG: dict[str, Any] = {
    "vocab_size": 30_522,
    "hidden_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 128,
    "max_position_embeddings": 128,
}


@pytest.fixture(scope="module")
def tokens() -> TokenCache:
    return TokenCache(load_tokenizer(json.loads(_TOKENIZER.read_text(encoding="utf-8")), 256))


@pytest.fixture(scope="module")
def weights() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    return dict(BertModel(BertConfig(**_CONFIG), add_pooling_layer=False).state_dict())


WORDS = ("red", "blue", "cat", "dog", "sun", "moon", "tea", "milk", "car", "ship")


def toy_pairs(partner: dict[str, str]) -> list[Pair]:
    """200 pairs: the second text holds the partners of the first one's words, or of others."""
    rng = np.random.default_rng(0)
    found = []
    for index in range(200):
        first, other = (rng.choice(WORDS, 3, replace=False).tolist() for _ in range(2))
        second = [partner[word] for word in (first if index % 2 else other)]
        found.append(Pair(" ".join(first), " ".join(second), float(index % 2), "toy"))
    return found


@pytest.mark.parametrize("loss", ["bce", "sld"])
def test_the_embedder_learns(
    tokens: TokenCache,
    weights: dict[str, torch.Tensor],
    loss: Literal["bce", "sld"],
    tmp_path: Path,
) -> None:
    pairs = toy_pairs(dict(zip(WORDS, [*WORDS[1:], WORDS[0]], strict=True)))
    encoder = fresh_encoder(_CONFIG, weights)
    table = encoder.embeddings.word_embeddings.weight.clone()
    texts = [(pair.first, pair.second) for pair in pairs]
    labels = [pair.label for pair in pairs]
    before = roc_auc(similarities(encoder, tokens, texts), labels)
    config = EmbedderConfig(loss=loss, learning_rate=1e-3, batch=16, epochs=8, average=0.9)
    outcome = train_embedder(encoder, tokens, pairs, config, tmp_path)
    after = roc_auc(similarities(encoder, tokens, texts), labels)
    assert outcome["steps"] == 100
    assert after > before + 0.1
    assert torch.equal(encoder.embeddings.word_embeddings.weight, table)


def test_the_verifier_learns_and_reads_a_pair_in_one_order(
    tokens: TokenCache, weights: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    texts = [(pair.first, pair.second) for pair in toy_pairs({word: word for word in WORDS})]
    labels = [float("tea" in f"{first} {second}") for first, second in texts]
    pairs = [Pair(*text, label, "toy") for text, label in zip(texts, labels, strict=True)]
    verifier = fresh_verifier(_CONFIG, weights, 2, seed=0)
    config = VerifierConfig(layers=2, learning_rate=3e-3, batch=16, average=0.9)
    train_verifier(verifier, tokens, pairs * 6, config, tmp_path)
    logits = verifier_logits(verifier, tokens, texts)
    assert roc_auc(logits, labels) > 0.9
    turned = verifier_logits(verifier, tokens, [(second, first) for first, second in texts])
    assert np.array_equal(logits, turned)
