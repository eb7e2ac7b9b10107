"""The folder that ships is what its manifest says, and still gives its golden vectors."""

from pathlib import Path

import numpy as np
import pytest

from skimp_training.config import ExportConfig, Tolerance
from skimp_training.embedding import embed_with_graph, open_session, pool_unit, run_graph
from skimp_training.golden_texts import GOLDEN_TEXTS
from skimp_training.manifest import (
    ERROR_RATES,
    FP16_GRAPH,
    FP32_GRAPH,
    MANIFEST_NAME,
    Q8_GRAPH,
    SHIPPED_FILES,
    file_entry,
    read_json,
)
from skimp_training.parity import compare
from skimp_training.tokenizer import encode, load_tokenizer

SETTINGS = ExportConfig()
FOLDER = Path(__file__).resolve().parents[2] / "public" / "models" / SETTINGS.model_id
MANIFEST = read_json(FOLDER / MANIFEST_NAME)
GOLDEN = read_json(FOLDER / "golden.json")


@pytest.mark.parametrize("name", SHIPPED_FILES)
def test_size_and_checksum_are_those_of_the_file(name: str) -> None:
    assert MANIFEST["files"][name] == file_entry((FOLDER / name).read_bytes())


def test_every_variant_names_listed_files() -> None:
    for variant in MANIFEST["variants"].values():
        assert {variant["graph"], *variant["externalData"]} <= set(MANIFEST["files"])


def test_calibration_is_of_this_model() -> None:
    calibration = MANIFEST["calibration"]
    assert calibration["modelSha256"] == MANIFEST["files"][Q8_GRAPH]["sha256"]
    assert tuple(calibration["maxRiskByErrorRate"]) == ERROR_RATES
    risks = list(calibration["maxRiskByErrorRate"].values())
    assert risks == sorted(risks)


def test_weights_travel_once() -> None:
    sizes = {name: MANIFEST["files"][name]["bytes"] for name in (Q8_GRAPH, FP32_GRAPH, FP16_GRAPH)}
    assert sizes[Q8_GRAPH] < 24_000_000
    assert sizes[FP32_GRAPH] < 100_000
    assert sizes[FP16_GRAPH] < 100_000


@pytest.mark.parametrize(
    ("graph", "tolerance"),
    [(Q8_GRAPH, SETTINGS.q8), (FP32_GRAPH, SETTINGS.fp32), (FP16_GRAPH, SETTINGS.fp16)],
)
def test_graphs_agree_with_the_golden_vectors(graph: str, tolerance: Tolerance) -> None:
    tokenizer = load_tokenizer(read_json(FOLDER / "tokenizer.json"), MANIFEST["maxTokens"])
    vectors = embed_with_graph(open_session(FOLDER / graph), encode(tokenizer, GOLDEN["texts"]))
    parity = compare(vectors, np.array(GOLDEN["pytorch"], dtype=np.float32))
    assert parity.cosine_mean >= tolerance.mean
    assert parity.cosine_min >= tolerance.each


@pytest.mark.parametrize(
    ("graph", "least"), [(Q8_GRAPH, 0.98), (FP32_GRAPH, 0.9999), (FP16_GRAPH, 0.999)]
)
def test_padding_does_not_reach_the_tokens(graph: str, least: float) -> None:
    tokenizer = load_tokenizer(read_json(FOLDER / "tokenizer.json"), MANIFEST["maxTokens"])
    ids = encode(tokenizer, ["What is the capital of France?"])[0]
    session = open_session(FOLDER / graph)
    padding = np.zeros((1, 30), dtype=np.int64)
    padded = {
        "input_ids": np.concatenate([ids, padding], axis=1),
        "attention_mask": np.concatenate([np.ones_like(ids), padding], axis=1),
        "token_type_ids": np.zeros((1, ids.shape[1] + 30), dtype=np.int64),
    }
    hidden = session.run(["last_hidden_state"], padded)[0][:, : ids.shape[1]]
    assert float(pool_unit(hidden) @ pool_unit(run_graph(session, ids))) > least


def test_golden_texts_are_those_of_the_code() -> None:
    assert GOLDEN["texts"] == list(GOLDEN_TEXTS)
    assert (FOLDER / "golden.json").stat().st_size < 500_000
