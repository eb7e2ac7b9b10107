"""The gate before anything is written: every exported graph must agree with PyTorch."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from torch import nn

from skimp_training.config import ExportConfig
from skimp_training.embedding import (
    Floats,
    Vectors,
    embed_with_graph,
    embed_with_torch,
    logits_with_graph,
    logits_with_torch,
    open_session,
)
from skimp_training.graph_files import EMBEDDER_GRAPHS, VERIFIER_GRAPHS, GraphFiles, open_folded
from skimp_training.parity import (
    Labels,
    assert_logits,
    assert_vectors,
    auc_lost,
    compare_logits,
    compare_vectors,
)
from skimp_training.sample_pairs import TextPair, encode_fitting, texts_of
from skimp_training.tokenizer import Feeds, Tokenizers, encode_texts

Metrics = dict[str, Any]


@dataclass(frozen=True)
class ParityInputs:
    """What graphs and PyTorch are run on."""

    texts: list[Feeds]
    pairs: npt.NDArray[np.int64]
    """Indices (pairs, 2) of each pair's texts."""
    labels: Labels | None
    verifier: list[Feeds]
    """The pairs that the verifier reads: none that is too long."""
    verifier_labels: Labels | None


def parity_inputs(
    pairs: list[TextPair], tokenizers: Tokenizers, settings: ExportConfig
) -> ParityInputs:
    """Encodes `pairs` for both models."""
    texts = texts_of(pairs)
    index = {text: position for position, text in enumerate(texts)}
    fitting = encode_fitting(tokenizers.whole, pairs, settings.max_pair_tokens)
    return ParityInputs(
        texts=encode_texts(tokenizers.cutting, texts),
        pairs=np.array([(index[pair.first], index[pair.second]) for pair in pairs]),
        labels=_labels_of(pairs),
        verifier=[feeds for _, feeds in fitting],
        verifier_labels=_labels_of([pair for pair, _ in fitting]),
    )


def check_embedder(
    encoder: nn.Module, folder: Path, inputs: ParityInputs, settings: ExportConfig
) -> Metrics:
    """Compares the embedder's graphs in `folder` with PyTorch.

    Raises:
        ParityError: a graph disagrees, or would run int8 operators on WebGPU.
    """
    expected = embed_with_torch(encoder, inputs.texts)
    tolerances = {"q8": settings.q8, "fp32": settings.fp32, "fp16": settings.fp16}
    metrics: Metrics = {"texts": len(inputs.texts)}
    for name, session in _sessions(folder, EMBEDDER_GRAPHS):
        found = embed_with_graph(session, inputs.texts)
        parity = compare_vectors(found, expected, vectors_auc_lost(found, expected, inputs))
        assert_vectors(f"embedder {name}", parity, tolerances[name])
        metrics[name] = parity.to_json()
    return metrics


def check_verifier(
    verifier: nn.Module, folder: Path, inputs: ParityInputs, settings: ExportConfig
) -> Metrics:
    """Compares the verifier's graphs in `folder` with PyTorch.

    Raises:
        ParityError: a graph disagrees, or would run int8 operators on WebGPU.
    """
    expected = logits_with_torch(verifier, inputs.verifier)
    tolerances = {
        "q8": settings.verifier_q8,
        "fp32": settings.verifier_fp32,
        "fp16": settings.verifier_fp16,
    }
    metrics: Metrics = {"pairs": len(inputs.verifier)}
    for name, session in _sessions(folder, VERIFIER_GRAPHS):
        found = logits_with_graph(session, inputs.verifier)
        parity = compare_logits(found, expected, inputs.verifier_labels)
        assert_logits(f"verifier {name}", parity, tolerances[name])
        metrics[name] = parity.to_json()
    return metrics


def untrained(inputs: ParityInputs, settings: ExportConfig) -> tuple[ParityInputs, ExportConfig]:
    """The gate of a verifier that ranks at random: its logits alone are compared."""
    return (
        replace(inputs, verifier_labels=None),
        replace(
            settings,
            verifier_q8=replace(settings.verifier_q8, decisions=0.0),
            verifier_fp32=replace(settings.verifier_fp32, decisions=0.0),
            verifier_fp16=replace(settings.verifier_fp16, decisions=0.0),
        ),
    )


def _sessions(folder: Path, files: GraphFiles) -> Iterator[tuple[str, ort.InferenceSession]]:
    yield "q8", open_session(folder / files.q8)
    yield "fp32", open_folded(folder / files.fp32)
    yield "fp16", open_folded(folder / files.fp16)


def vectors_auc_lost(found: Vectors, expected: Vectors, inputs: ParityInputs) -> float | None:
    """How much worse `found` ranks the pairs by similarity; both are of `inputs.texts`."""
    return auc_lost(_similarities(found, inputs), _similarities(expected, inputs), inputs.labels)


def _similarities(vectors: Vectors, inputs: ParityInputs) -> Floats:
    first, second = vectors[inputs.pairs[:, 0]], vectors[inputs.pairs[:, 1]]
    return np.asarray((first * second).sum(axis=1), dtype=np.float32)


def _labels_of(pairs: list[TextPair]) -> Labels | None:
    """0 or 1 of each pair; none when one is not known."""
    labels = [pair.label for pair in pairs if pair.label is not None]
    return np.array(labels, dtype=np.int64) if len(labels) == len(pairs) else None
