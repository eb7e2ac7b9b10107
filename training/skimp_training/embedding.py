"""Text vectors from a graph or from PyTorch: mean over tokens, then unit length."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
import torch
from torch import nn

from skimp_training.tokenizer import TokenIds

Vectors = npt.NDArray[np.float32]


def pool_unit(hidden: npt.NDArray[np.float32]) -> Vectors:
    """Mean over one unpadded text's tokens, of length 1: (1, tokens, dims) -> (dims,)."""
    mean = hidden[0].astype(np.float64).mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


def open_session(graph: Path, optimized_to: Path | None = None) -> ort.InferenceSession:
    """A CPU session on one thread, so that the same text gives the same bytes.

    `optimized_to` saves the graph as ONNX Runtime rewrote it, to see what it folded.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    if optimized_to is not None:
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(optimized_to)
    return ort.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def feeds_of(ids: TokenIds) -> dict[str, TokenIds]:
    """A graph's inputs for one unpadded text, each (1, tokens)."""
    return {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "token_type_ids": np.zeros_like(ids),
    }


def run_graph(session: ort.InferenceSession, ids: TokenIds) -> npt.NDArray[np.float32]:
    """Last hidden state of one unpadded text: (1, tokens) -> (1, tokens, dims)."""
    return np.asarray(session.run(["last_hidden_state"], feeds_of(ids))[0], dtype=np.float32)


def run_torch(encoder: nn.Module, ids: TokenIds) -> npt.NDArray[np.float32]:
    """Last hidden state of one unpadded text: (1, tokens) -> (1, tokens, dims)."""
    tokens = torch.from_numpy(ids)
    with torch.inference_mode():
        output = encoder(input_ids=tokens, attention_mask=torch.ones_like(tokens))
    return np.asarray(output.last_hidden_state.numpy(), dtype=np.float32)


def embed_with_graph(session: ort.InferenceSession, inputs: Iterable[TokenIds]) -> Vectors:
    """Unit vectors (texts, dims), one text a run: int8 scales then never depend on neighbours."""
    return np.stack([pool_unit(run_graph(session, ids)) for ids in inputs])


def embed_with_torch(encoder: nn.Module, inputs: Iterable[TokenIds]) -> Vectors:
    """Unit vectors (texts, dims) of the source model."""
    return np.stack([pool_unit(run_torch(encoder, ids)) for ids in inputs])
