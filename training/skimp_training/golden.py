"""`golden.json`: texts and pairs with what PyTorch and the int8 graphs give for them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skimp_training.checkpoint import Checkpoint
from skimp_training.config import ExportConfig
from skimp_training.embedding import (
    Vectors,
    embed_with_graph,
    embed_with_torch,
    logits_with_graph,
    logits_with_torch,
    open_session,
)
from skimp_training.golden_texts import GOLDEN_TEXTS
from skimp_training.graph_files import EMBEDDER_GRAPHS, VERIFIER_GRAPHS
from skimp_training.sample_pairs import TextPair, encode_fitting, shipped_golden_pairs
from skimp_training.tokenizer import Feeds, Tokenizers, encode_texts

_DIGITS = 6


@dataclass(frozen=True)
class GoldenPair:
    """A pair, in the order of the texts, with the verifier's inputs in the pair's fixed order."""

    pair: TextPair
    feeds: Feeds
    pytorch: float
    q8: float

    def to_json(self) -> dict[str, Any]:
        """The pair as the file shows it; `ids` and `types` are the graph's inputs."""
        return {
            "a": self.pair.first,
            "b": self.pair.second,
            "ids": self.feeds["input_ids"][0].tolist(),
            "types": self.feeds["token_type_ids"][0].tolist(),
            "pytorch": round(self.pytorch, _DIGITS),
            "q8": round(self.q8, _DIGITS),
        }


def golden_json(
    checkpoint: Checkpoint, folder: Path, tokenizers: Tokenizers, settings: ExportConfig
) -> dict[str, Any]:
    """The file's content for the graphs in `folder`; vectors are unit length, (texts, dims)."""
    texts = encode_texts(tokenizers.cutting, GOLDEN_TEXTS)
    q8 = embed_with_graph(open_session(folder / EMBEDDER_GRAPHS.q8), texts)
    pairs = _golden_pairs(checkpoint, folder, tokenizers, settings)
    return {
        "texts": list(GOLDEN_TEXTS),
        "pytorch": _rounded(embed_with_torch(checkpoint.encoder, texts)),
        "q8": _rounded(q8),
        "verifier": [pair.to_json() for pair in pairs],
    }


def _golden_pairs(
    checkpoint: Checkpoint, folder: Path, tokenizers: Tokenizers, settings: ExportConfig
) -> list[GoldenPair]:
    fitting = encode_fitting(tokenizers.whole, shipped_golden_pairs(), settings.max_pair_tokens)
    feeds = [feeds for _, feeds in fitting]
    pytorch = logits_with_torch(checkpoint.verifier, feeds)
    q8 = logits_with_graph(open_session(folder / VERIFIER_GRAPHS.q8), feeds)
    return [
        GoldenPair(pair, ids, float(expected), float(found))
        for (pair, ids), expected, found in zip(fitting, pytorch, q8, strict=True)
    ]


def _rounded(vectors: Vectors) -> list[list[float]]:
    return [[round(float(value), _DIGITS) for value in vector] for vector in vectors]
