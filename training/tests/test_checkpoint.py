"""What training wrote is read back, or refused when its models do not belong together."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from skimp_training.checkpoint import (
    EMBEDDER_FILE,
    SAMPLES_FILE,
    TRAINING_FILE,
    VERIFIER_FILE,
    CheckpointError,
    base_checkpoint,
    read_checkpoint,
)
from skimp_training.sample_pairs import TextPair, split_samples
from tests.toy_models import CONFIG, SETTINGS, toy_checkpoint, toy_source


def write_toy(folder: Path) -> None:
    checkpoint = toy_checkpoint(seed=1)
    for name, model in (
        (EMBEDDER_FILE, checkpoint.encoder),
        (VERIFIER_FILE, checkpoint.verifier),
    ):
        save_file(
            {key: value.contiguous() for key, value in model.state_dict().items()}, folder / name
        )
    training = {
        "embedder": {"auc": 0.9},
        "verifier": {},
        "encoderConfig": CONFIG,
        "verifierConfig": {**CONFIG, "num_hidden_layers": 1},
    }
    (folder / TRAINING_FILE).write_text(json.dumps(training))


def test_models_survive_the_folder(tmp_path: Path) -> None:
    write_toy(tmp_path)
    expected, found = toy_checkpoint(seed=1), read_checkpoint(tmp_path)
    assert found.training == {"embedder": {"auc": 0.9}, "verifier": {}}
    for name, value in expected.verifier.state_dict().items():
        assert torch.equal(value, found.verifier.state_dict()[name]), name
    assert not found.verifier.training


def test_samples_come_from_the_folder_where_it_has_some(tmp_path: Path) -> None:
    write_toy(tmp_path)
    assert read_checkpoint(tmp_path).samples == toy_checkpoint(seed=1).samples
    rows = [{"a": "x", "b": "y", "label": 0}, {"a": "u", "b": "v", "label": 1}]
    (tmp_path / SAMPLES_FILE).write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert read_checkpoint(tmp_path).samples == [TextPair("x", "y", 0), TextPair("u", "v", 1)]


def test_different_word_tables_are_refused(tmp_path: Path) -> None:
    write_toy(tmp_path)
    other = toy_checkpoint(seed=2).verifier.state_dict()
    save_file({key: value.contiguous() for key, value in other.items()}, tmp_path / VERIFIER_FILE)
    with pytest.raises(CheckpointError, match="word tables"):
        read_checkpoint(tmp_path)


def test_an_untrained_head_depends_on_the_seed_alone() -> None:
    first, again = (base_checkpoint(toy_source(seed=4), SETTINGS).verifier for _ in range(2))
    assert torch.equal(first.dense.weight, again.dense.weight)
    table = toy_source(seed=4).encoder.embeddings.word_embeddings.weight
    assert torch.equal(first.encoder.embeddings.word_embeddings.weight, table)


def test_parity_is_measured_on_other_pairs_than_smoothing() -> None:
    pairs = [TextPair(str(i), "b", i % 2) for i in range(40)]
    samples = split_samples(pairs, 8)
    assert len(samples.smoothing) == 20
    assert len(samples.parity) == 8
    assert not set(samples.smoothing) & set(samples.parity)
