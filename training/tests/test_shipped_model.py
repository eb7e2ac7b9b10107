"""The folder that ships is what its manifest says, and still gives its golden outputs."""

from pathlib import Path

import numpy as np
import pytest

from skimp_training.config import ExportConfig, LogitTolerance, VectorTolerance
from skimp_training.embedding import (
    embed_with_graph,
    logits_with_graph,
    open_session,
    pool_unit,
    run_graph,
)
from skimp_training.golden_texts import GOLDEN_TEXTS
from skimp_training.graph_files import EMBEDDER_GRAPHS, VERIFIER_GRAPHS
from skimp_training.manifest import (
    ERROR_RATES,
    MANIFEST_NAME,
    SHIPPED_FILES,
    file_entry,
    read_json,
)
from skimp_training.parity import compare_logits, compare_vectors
from skimp_training.tokenizer import Feeds, encode_pair, encode_texts, make_tokenizers

SETTINGS = ExportConfig()
FOLDER = Path(__file__).resolve().parents[2] / "public" / "models" / SETTINGS.model_id
MANIFEST = read_json(FOLDER / MANIFEST_NAME)
GOLDEN = read_json(FOLDER / "golden.json")
TOKENIZERS = make_tokenizers(read_json(FOLDER / "tokenizer.json"), MANIFEST["maxTokens"])


@pytest.mark.parametrize("name", SHIPPED_FILES)
def test_size_and_checksum_are_those_of_the_file(name: str) -> None:
    assert MANIFEST["files"][name] == file_entry((FOLDER / name).read_bytes())


def test_every_variant_names_listed_files() -> None:
    for variants in (MANIFEST["variants"], MANIFEST["verifier"]["variants"]):
        for variant in variants.values():
            assert {variant["graph"], *variant["externalData"]} <= set(MANIFEST["files"])


def test_calibration_is_of_these_models() -> None:
    calibration = MANIFEST["calibration"]
    assert calibration["modelSha256"] == MANIFEST["files"][EMBEDDER_GRAPHS.q8]["sha256"]
    assert calibration["verifierSha256"] == MANIFEST["files"][VERIFIER_GRAPHS.q8]["sha256"]
    assert tuple(calibration["maxRiskByErrorRate"]) == ERROR_RATES
    risks = list(calibration["maxRiskByErrorRate"].values())
    assert risks == sorted(risks)


def test_weights_travel_once() -> None:
    sizes = {name: MANIFEST["files"][name]["bytes"] for name in SHIPPED_FILES}
    assert sizes[EMBEDDER_GRAPHS.q8] < 24_000_000
    assert sizes[VERIFIER_GRAPHS.q8] < 12_000_000
    for files in (EMBEDDER_GRAPHS, VERIFIER_GRAPHS):
        assert max(sizes[files.fp32], sizes[files.fp16]) < 100_000


def test_downloads_keep_to_their_budget() -> None:
    wire = MANIFEST["metrics"]["wireBytes"]
    assert wire[EMBEDDER_GRAPHS.q8] <= 18_500_000
    assert wire[VERIFIER_GRAPHS.q8] <= 10_000_000


@pytest.mark.parametrize(
    ("graph", "tolerance"),
    [
        (EMBEDDER_GRAPHS.q8, SETTINGS.q8),
        (EMBEDDER_GRAPHS.fp32, SETTINGS.fp32),
        (EMBEDDER_GRAPHS.fp16, SETTINGS.fp16),
    ],
)
def test_graphs_agree_with_the_golden_vectors(graph: str, tolerance: VectorTolerance) -> None:
    texts = encode_texts(TOKENIZERS.cutting, GOLDEN["texts"])
    vectors = embed_with_graph(open_session(FOLDER / graph), texts)
    parity = compare_vectors(vectors, np.array(GOLDEN["pytorch"], dtype=np.float32), None)
    assert parity.cosine_mean >= tolerance.mean
    assert parity.cosine_min >= tolerance.each


@pytest.mark.parametrize(
    ("graph", "tolerance"),
    [
        (VERIFIER_GRAPHS.q8, SETTINGS.verifier_q8),
        (VERIFIER_GRAPHS.fp32, SETTINGS.verifier_fp32),
        (VERIFIER_GRAPHS.fp16, SETTINGS.verifier_fp16),
    ],
)
def test_graphs_agree_with_the_golden_logits(graph: str, tolerance: LogitTolerance) -> None:
    pairs = GOLDEN["verifier"]
    feeds = [encode_pair(TOKENIZERS.whole, pair["a"], pair["b"]) for pair in pairs]
    for pair, inputs in zip(pairs, feeds, strict=True):
        assert inputs["input_ids"].tolist() == [pair["ids"]]
        assert inputs["token_type_ids"].tolist() == [pair["types"]]
    logits = logits_with_graph(open_session(FOLDER / graph), feeds)
    expected = np.array([pair["pytorch"] for pair in pairs], dtype=np.float32)
    parity = compare_logits(logits, expected, None)
    assert parity.mean_difference <= tolerance.mean_difference


def padded(feeds: Feeds, count: int) -> Feeds:
    """The inputs with `count` tokens of padding."""
    return {name: np.pad(value, ((0, 0), (0, count))) for name, value in feeds.items()}


@pytest.mark.parametrize(
    ("graph", "least"),
    [
        (EMBEDDER_GRAPHS.q8, 0.98),
        (EMBEDDER_GRAPHS.fp32, 0.9999),
        (EMBEDDER_GRAPHS.fp16, 0.999),
    ],
)
def test_padding_does_not_reach_the_tokens(graph: str, least: float) -> None:
    feeds = encode_texts(TOKENIZERS.cutting, ["What is the capital of France?"])[0]
    session = open_session(FOLDER / graph)
    hidden = run_graph(session, padded(feeds, 30))[:, : feeds["input_ids"].shape[1]]
    assert float(pool_unit(hidden) @ pool_unit(run_graph(session, feeds))) > least


@pytest.mark.parametrize(
    ("graph", "most"),
    [(VERIFIER_GRAPHS.q8, 0.3), (VERIFIER_GRAPHS.fp32, 1e-3), (VERIFIER_GRAPHS.fp16, 0.05)],
)
def test_padding_does_not_reach_the_logit(graph: str, most: float) -> None:
    feeds = encode_pair(TOKENIZERS.whole, "What is the capital of France?", "capital of France")
    session = open_session(FOLDER / graph)
    difference = run_graph(session, padded(feeds, 30)) - run_graph(session, feeds)
    assert abs(float(difference[0])) <= most


def test_golden_texts_are_those_of_the_code() -> None:
    assert GOLDEN["texts"] == list(GOLDEN_TEXTS)
    assert (FOLDER / "golden.json").stat().st_size < 500_000
