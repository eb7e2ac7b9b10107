"""A policy restored from the folder that ships computes what the shipped float graph computes."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from skimp_training.compress.export_policy import GRAPHS, MODEL_ID, SHARED_FOLDER, SHARED_WEIGHTS
from skimp_training.compress.policy import Policy
from skimp_training.compress.restore import restore_policy
from skimp_training.embedding import open_session, run_graph, run_torch
from skimp_training.export_onnx import WORD_TABLE
from skimp_training.manifest import read_json
from skimp_training.quantize import QUANTIZED_SUFFIX, SCALE_SUFFIX
from skimp_training.train.encoder import NO_DROPOUT

SHIPPED = Path(__file__).resolve().parents[2] / "public" / "models" / MODEL_ID
NEIGHBOUR = SHIPPED / SHARED_FOLDER


def random_policy(layers: int = 6) -> Policy:
    config = read_json(NEIGHBOUR / "config.json")
    torch.manual_seed(5)
    return Policy({**config, **NO_DROPOUT, "num_hidden_layers": layers}).eval()


def with_shared_table(policy: Policy, graphs: Path) -> Policy:
    """The word table as the graphs have it, so that nothing else can differ."""
    model = onnx.load(graphs / Path(GRAPHS.fp32).name)
    stored = {t.name: t for t in model.graph.initializer if t.name.startswith(WORD_TABLE)}
    rows, scales = (
        numpy_helper.to_array(stored[WORD_TABLE + suffix]).astype(np.float32)
        for suffix in (QUANTIZED_SUFFIX, SCALE_SUFFIX)
    )
    table = policy.encoder.embeddings.word_embeddings.weight
    table.data = torch.tensor(rows * scales)
    return policy


def test_the_restored_policy_is_the_shipped_graph(tmp_path: Path) -> None:
    for path in (SHIPPED / GRAPHS.fp32, SHIPPED / GRAPHS.q8, NEIGHBOUR / SHARED_WEIGHTS):
        shutil.copyfile(path, tmp_path / path.name)
    policy = restore_policy(SHIPPED, with_shared_table(random_policy(), tmp_path))
    rng = np.random.default_rng(0)
    session = open_session(tmp_path / Path(GRAPHS.fp32).name)
    for length in (12, 90):
        ids = rng.integers(1_000, 30_000, (1, length))
        types = (np.arange(length) > 5).astype(np.int64)[None]
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": types,
        }
        expected = run_graph(session, feeds)
        assert np.abs(expected).max() > 1
        assert np.abs(run_torch(policy, feeds) - expected).max() < 2e-3


def test_a_policy_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="36 products, 12 wanted"):
        restore_policy(SHIPPED, random_policy(layers=2))
