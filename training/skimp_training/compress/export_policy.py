"""The compressor's model folder: int8 graph, float graphs by reference, manifest.

The word table is not in it: the graphs read it in the same-response model's weights file, which a
page with the cache has already.
"""

import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import Tensor

from skimp_training.compress.examples import Example
from skimp_training.compress.policy import MAX_TOKENS, Policy, Selection, Window, word_means
from skimp_training.compress.scoring import Read
from skimp_training.config import ExportConfig
from skimp_training.embedding import Floats, open_session, run_graph, run_torch
from skimp_training.export_onnx import (
    LOGITS,
    WORD_TABLE,
    ExportedEncoder,
    export_module,
)
from skimp_training.graph_files import (
    GraphFiles,
    assert_same_floats,
    open_folded,
    smooth_float,
    write_graphs,
)
from skimp_training.manifest import MANIFEST_NAME, file_entry, read_json, to_json_bytes
from skimp_training.parity import ParityError
from skimp_training.quantize import QUANTIZED_SUFFIX, SCALE_SUFFIX
from skimp_training.shared_weights import SharedTensor, locate_weights
from skimp_training.tokenizer import Feeds
from skimp_training.wire_size import wire_bytes

MODEL_ID = "skimp-compressor"
GRAPHS = GraphFiles(
    "onnx/compressor_quantized.onnx", "onnx/compressor.onnx", "onnx/compressor_fp16.onnx"
)
SHARED_FOLDER = "../skimp-same-response/"
SHARED_WEIGHTS = "onnx/model_quantized.onnx"
SHARED_FILES = (SHARED_WEIGHTS, "tokenizer.json", "tokenizer_config.json")
CORRELATION = 0.98
"""Lowest correlation of a graph's logits with PyTorch's."""


AGREEMENT_KEEPS = (0.5, 0.33)


class ExportedPolicy(ExportedEncoder):
    """The policy as it is exported."""

    def __init__(self, policy: Policy, mask_bias: float) -> None:
        """Wraps `policy`; `mask_bias` is what padding loses in attention scores."""
        super().__init__(policy.encoder, mask_bias)
        self.head = policy.head

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Three int64 inputs (batch, tokens) -> logits (batch, tokens)."""
        hidden = super().forward(input_ids, attention_mask, token_type_ids)
        # No product, so that the head stays float.
        logits: Tensor = (hidden * self.head.weight[0]).sum(dim=-1) + self.head.bias
        return logits


def to_feeds(window: Window) -> Feeds:
    """A window as the graph's inputs."""
    ids = np.array([window.ids], dtype=np.int64)
    types = np.zeros_like(ids)
    types[0, window.text_at :] = 1
    return {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}


def export_policy(
    policy: Policy,
    read: list[tuple[Example, Window]],
    described: dict[str, Any],
    models: Path,
    selection: Selection,
    *,
    model_id: str = MODEL_ID,
) -> dict[str, Any]:
    """Writes `models/<model_id>/` when every graph agrees with PyTorch; returns the manifest.

    Of the texts `read`, each with its first window, graphs are smoothed on the first half and
    compared on the rest; `described` says how the policy was trained.

    Raises:
        ParityError: a graph disagrees; nothing is written.
    """
    settings = ExportConfig()
    policy = policy.eval()
    half = len(read) // 2
    feeds = [to_feeds(window) for _, window in read[:half]]
    with tempfile.TemporaryDirectory() as staging:
        folder = Path(staging)
        (folder / "onnx").mkdir()
        neighbour = folder / SHARED_WEIGHTS
        shutil.copyfile((models / MODEL_ID / SHARED_FOLDER / SHARED_WEIGHTS).resolve(), neighbour)
        model = export_module(ExportedPolicy(policy, settings.mask_bias), LOGITS, settings)
        assert_same_floats(model, policy, feeds, settings)
        model = smooth_float(model, feeds, settings.compressor_smoothing, settings)
        table = _shared_table(neighbour)
        write_graphs(model, (folder, GRAPHS), table, settings.word_levels)
        metrics = _compare(policy, folder, read[half:], selection)
        manifest = _manifest(folder, models, described, selection, model_id)
        manifest["metrics"] = {**described.get("metrics", {}), "parity": metrics}
        manifest["metrics"]["wireBytes"] = {GRAPHS.q8: wire_bytes(folder / GRAPHS.q8)}
        (folder / MANIFEST_NAME).write_bytes(to_json_bytes(manifest, indent=2))
        target = models / model_id
        (target / "onnx").mkdir(parents=True, exist_ok=True)
        for name in (*asdict(GRAPHS).values(), MANIFEST_NAME):
            shutil.copyfile(folder / name, target / name)
    return manifest


def _shared_table(weights: Path) -> dict[str, SharedTensor]:
    """Where the same-response model's weights file holds the word table."""
    wanted = {WORD_TABLE + QUANTIZED_SUFFIX, WORD_TABLE + SCALE_SUFFIX}
    model = onnx.load(weights)
    found = locate_weights(model, weights)
    return {name: place for name, place in found.items() if name in wanted}


def _compare(
    policy: Policy, folder: Path, read: list[tuple[Example, Window]], selection: Selection
) -> dict[str, Any]:
    feeds = [to_feeds(window) for _, window in read]
    expected = [run_torch(policy, item) for item in feeds]
    sessions = {
        "q8": open_session(folder / GRAPHS.q8),
        "fp32": open_folded(folder / GRAPHS.fp32),
        "fp16": open_folded(folder / GRAPHS.fp16),
    }
    metrics: dict[str, Any] = {"windows": len(feeds)}
    logits: dict[str, list[Floats]] = {}
    for name, session in sessions.items():
        logits[name] = [run_graph(session, item) for item in feeds]
        correlation = _correlation(logits[name], expected)
        agreement = _agreement(logits[name], expected)
        metrics[name] = {"correlation": round(correlation, 5), "halvesAgree": round(agreement, 4)}
        if not correlation >= CORRELATION:
            message = f"{name} logits correlate {correlation:.4f} with PyTorch's"
            raise ParityError(message)
    metrics["q8AndFp32Agree"] = {
        "tokens": round(_agreement(logits["q8"], logits["fp32"]), 4),
        **_words_agree(read, (logits["q8"], logits["fp32"]), selection),
    }
    return metrics


def _words_agree(
    read: list[tuple[Example, Window]],
    logits: tuple[list[Floats], list[Floats]],
    selection: Selection,
) -> dict[str, float]:
    """By ratio the share of words that both keep or both drop, in texts of one window."""
    same: dict[float, list[bool]] = {keep: [] for keep in AGREEMENT_KEEPS}
    for (example, window), *both in zip(read, *logits, strict=True):
        units = example.units()
        if window.words != (0, len(units.words)):
            continue
        reads = [
            Read(example, units, word_means(torch.tensor(values).ravel(), window))
            for values in both
        ]
        for keep, found in same.items():
            left, right = (item.chosen(keep, selection) for item in reads)
            found += (left == right).tolist()
    return {f"words at {keep}": round(float(np.mean(found)), 4) for keep, found in same.items()}


def _correlation(found: list[Floats], expected: list[Floats]) -> float:
    left = np.concatenate([values.ravel() for values in found])
    right = np.concatenate([values.ravel() for values in expected])
    return float(np.corrcoef(left, right)[0, 1])


def _agreement(found: list[Floats], expected: list[Floats]) -> float:
    """Share of tokens on the same side of their window's median."""
    same = [
        np.mean((left > np.median(left)) == (right > np.median(right)))
        for left, right in zip(found, expected, strict=True)
    ]
    return float(np.mean(same))


def _manifest(
    folder: Path, models: Path, described: dict[str, Any], selection: Selection, model_id: str
) -> dict[str, Any]:
    neighbour = (models / MODEL_ID / SHARED_FOLDER).resolve()
    shared = read_json(neighbour / MANIFEST_NAME)["files"]
    files = {name: file_entry((folder / name).read_bytes()) for name in asdict(GRAPHS).values()}
    table = {"name": Path(SHARED_WEIGHTS).name, "path": f"shared:{SHARED_WEIGHTS}"}
    own = {"name": Path(GRAPHS.q8).name, "path": GRAPHS.q8}
    return {
        "schema": 1,
        "id": model_id,
        "revision": files[GRAPHS.q8]["sha256"][:12],
        "task": "token-classification",
        "licence": "Apache-2.0",
        "maxTokens": MAX_TOKENS,
        "files": files,
        "shared": {"folder": SHARED_FOLDER, "files": {name: shared[name] for name in SHARED_FILES}},
        "variants": {
            "wasm": {"dtype": "q8", "graph": GRAPHS.q8, "externalData": [table]},
            "webgpu-fp16": {"dtype": "fp16", "graph": GRAPHS.fp16, "externalData": [own, table]},
            "webgpu-fp32": {"dtype": "fp32", "graph": GRAPHS.fp32, "externalData": [own, table]},
        },
        "tokenizer": ["shared:tokenizer.json", "shared:tokenizer_config.json"],
        "selection": asdict(selection),
        "training": described.get("training", {}),
    }
