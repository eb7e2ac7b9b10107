"""What graphs and PyTorch give: text vectors (mean over tokens, then unit length) and logits."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
import torch
from torch import nn

from skimp_training.tokenizer import Feeds

Floats = npt.NDArray[np.float32]
Vectors = Floats


def pool_unit(hidden: Floats) -> Vectors:
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


def run_graph(session: ort.InferenceSession, feeds: Feeds) -> Floats:
    """The graph's one output, for one text or pair."""
    return np.asarray(session.run(None, feeds)[0], dtype=np.float32)


def run_torch(model: nn.Module, feeds: Feeds) -> Floats:
    """What PyTorch gives for one text or pair: an encoder's last hidden state, or a logit."""
    tokens = {name: torch.from_numpy(value) for name, value in feeds.items()}
    with torch.inference_mode():
        output = model(**tokens)
    values = output if isinstance(output, torch.Tensor) else output.last_hidden_state
    return np.asarray(values.numpy(), dtype=np.float32)


def embed_with_graph(session: ort.InferenceSession, inputs: Iterable[Feeds]) -> Vectors:
    """Unit vectors (texts, dims), one text a run: int8 scales then never depend on neighbours."""
    return np.stack([pool_unit(run_graph(session, feeds)) for feeds in inputs])


def embed_with_torch(encoder: nn.Module, inputs: Iterable[Feeds]) -> Vectors:
    """Unit vectors (texts, dims) of the source model."""
    return np.stack([pool_unit(run_torch(encoder, feeds)) for feeds in inputs])


def logits_with_graph(session: ort.InferenceSession, inputs: Iterable[Feeds]) -> Floats:
    """Logits (pairs,), one pair a run."""
    return np.concatenate([run_graph(session, feeds) for feeds in inputs])


def logits_with_torch(verifier: nn.Module, inputs: Iterable[Feeds]) -> Floats:
    """Logits (pairs,) of the source model."""
    return np.concatenate([run_torch(verifier, feeds) for feeds in inputs])
