"""What 4-bit weights would cost and save: a measurement, not something that ships.

WebGPU has `MatMulNBits`, which WASM computes slowly; so 4-bit graphs would be a second download
beside the int8 file that serves every back end.
"""

import tempfile
from pathlib import Path
from typing import Any

import onnx
from onnx import ModelProto
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

from skimp_training.checkpoint import Checkpoint
from skimp_training.config import ExportConfig
from skimp_training.embedding import (
    embed_with_graph,
    embed_with_torch,
    logits_with_graph,
    logits_with_torch,
    open_session,
)
from skimp_training.export_onnx import POSITION_TABLE, WORD_TABLE, export_encoder, export_verifier
from skimp_training.gate import ParityInputs, parity_inputs, vectors_auc_lost
from skimp_training.parity import compare_logits, compare_vectors
from skimp_training.quantize import store_tables
from skimp_training.sample_pairs import split_samples
from skimp_training.source_model import SourceModel
from skimp_training.tokenizer import make_tokenizers
from skimp_training.wire_size import wire_bytes

BLOCK = 32
"""Weights of one output that share a scale."""


def measure_four_bit(
    checkpoint: Checkpoint, source: SourceModel, settings: ExportConfig
) -> dict[str, Any]:
    """Parity with PyTorch and bytes of both models with 4-bit products and an int8 word table."""
    tokenizers = make_tokenizers(source.tokenizer, settings.max_tokens)
    pairs = split_samples(checkpoint.samples, settings.parity_pairs).parity
    inputs = parity_inputs(pairs, tokenizers, settings)
    with tempfile.TemporaryDirectory() as scratch:
        embedder, verifier = Path(scratch) / "embedder.onnx", Path(scratch) / "verifier.onnx"
        _write(export_encoder(checkpoint.encoder, settings), embedder, settings)
        _write(export_verifier(checkpoint.verifier, settings), verifier, settings)
        return {
            "block": BLOCK,
            "embedder": {**_embedder_parity(checkpoint, embedder, inputs), **_sizes(embedder)},
            "verifier": {**_verifier_parity(checkpoint, verifier, inputs), **_sizes(verifier)},
        }


def four_bit(model: ModelProto) -> ModelProto:
    """A copy of the float `model` with symmetric 4-bit weights, one scale for `BLOCK` of them."""
    copy = ModelProto()
    copy.CopyFrom(model)
    quantizer = MatMulNBitsQuantizer(copy, block_size=BLOCK, is_symmetric=True)
    quantizer.process()
    quantized: ModelProto = quantizer.model.model
    return quantized


def _write(model: ModelProto, path: Path, settings: ExportConfig) -> None:
    tables = {WORD_TABLE: settings.word_levels}
    onnx.save(store_tables(four_bit(model), tables, [POSITION_TABLE]), path)


def _sizes(path: Path) -> dict[str, int]:
    return {"bytes": path.stat().st_size, "wireBytes": wire_bytes(path)}


def _embedder_parity(checkpoint: Checkpoint, path: Path, inputs: ParityInputs) -> dict[str, Any]:
    expected = embed_with_torch(checkpoint.encoder, inputs.texts)
    found = embed_with_graph(open_session(path), inputs.texts)
    lost = vectors_auc_lost(found, expected, inputs)
    return compare_vectors(found, expected, lost).to_json()


def _verifier_parity(checkpoint: Checkpoint, path: Path, inputs: ParityInputs) -> dict[str, Any]:
    expected = logits_with_torch(checkpoint.verifier, inputs.verifier)
    found = logits_with_graph(open_session(path), inputs.verifier)
    return compare_logits(found, expected, inputs.verifier_labels).to_json()
