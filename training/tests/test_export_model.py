"""A toy encoder goes through the whole export: written when it agrees, refused when not."""

import dataclasses
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch

from skimp_training.calibrate_manifest import calibrate_manifest
from skimp_training.calibration import CalibrationError
from skimp_training.config import ExportConfig, Tolerance
from skimp_training.export_model import check_graphs, export_model
from skimp_training.export_onnx import export_float
from skimp_training.golden_texts import GOLDEN_TEXTS
from skimp_training.manifest import FP16_GRAPH, FP32_GRAPH, MANIFEST_NAME, Q8_GRAPH, read_json
from skimp_training.parity import ParityError
from skimp_training.smoothing import Peaks, measure_peaks
from skimp_training.source_model import SourceModel, create_encoder
from skimp_training.stream_pairs import CandidatePair
from skimp_training.tokenizer import encode, load_tokenizer

LOOSE = Tolerance(mean=0.95, each=0.9)
BLIND = Tolerance(mean=-1.0, each=-1.0)
SETTINGS = ExportConfig(model_id="toy", dims=32, q8=LOOSE)
SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
WORDS = (*SPECIAL_TOKENS, "the", "what", "is", "a", "how", "of", "in", "?", "2", "##s", "##e")
CONFIG = {
    "model_type": "bert",
    "vocab_size": len(WORDS),
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 256,
}
TOKENIZER: dict[str, Any] = {
    "version": "1.0",
    "truncation": {"max_length": 128, "strategy": "LongestFirst", "stride": 0},
    "padding": None,
    "added_tokens": [],
    "normalizer": {
        "type": "BertNormalizer",
        "clean_text": True,
        "handle_chinese_chars": True,
        "strip_accents": None,
        "lowercase": True,
    },
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
    "decoder": None,
    "model": {
        "type": "WordPiece",
        "unk_token": "[UNK]",
        "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100,
        "vocab": {word: index for index, word in enumerate(WORDS)},
    },
}


def toy_source(seed: int) -> SourceModel:
    torch.manual_seed(seed)
    return SourceModel(
        create_encoder(CONFIG), CONFIG, TOKENIZER, {"model_max_length": 512}, {}, f"{seed:064x}"
    )


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models")
    export_model(toy_source(seed=1), toy_peaks(), out, SETTINGS)
    return out


@cache
def toy_peaks() -> Peaks:
    model = export_float(toy_source(seed=1).encoder, SETTINGS)
    inputs = encode(load_tokenizer(TOKENIZER, SETTINGS.max_tokens), GOLDEN_TEXTS)
    return measure_peaks(model, inputs, SETTINGS)


def files_of(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_the_folder_holds_what_the_manifest_lists(exported: Path) -> None:
    manifest = read_json(exported / "toy" / MANIFEST_NAME)
    extra = {MANIFEST_NAME, "golden.json"}
    assert set(files_of(exported / "toy")) == set(manifest["files"]) | extra
    assert manifest["calibration"]["maxRiskByErrorRate"]["0.01"] == 0.0


def test_a_second_export_gives_the_same_bytes(exported: Path, tmp_path: Path) -> None:
    export_model(toy_source(seed=1), toy_peaks(), tmp_path, SETTINGS)
    assert files_of(tmp_path) == files_of(exported)


def test_nothing_is_written_when_a_graph_disagrees(tmp_path: Path) -> None:
    strict = dataclasses.replace(SETTINGS, fp16=Tolerance(mean=1.01, each=1.01))
    with pytest.raises(ParityError, match="disagrees with PyTorch"):
        export_model(toy_source(seed=1), toy_peaks(), tmp_path, strict)
    assert files_of(tmp_path) == {}


@pytest.mark.parametrize("graph", [Q8_GRAPH, FP32_GRAPH, FP16_GRAPH])
def test_weights_of_another_encoder_fail_the_gate(exported: Path, graph: str) -> None:
    source = toy_source(seed=2)
    settings = dataclasses.replace(
        SETTINGS,
        q8=LOOSE if graph == Q8_GRAPH else BLIND,
        fp32=LOOSE if graph == FP32_GRAPH else BLIND,
        fp16=LOOSE if graph == FP16_GRAPH else BLIND,
    )
    inputs = encode(load_tokenizer(TOKENIZER, settings.max_tokens), GOLDEN_TEXTS)
    with pytest.raises(ParityError, match=graph):
        check_graphs(source, exported / "toy", inputs, settings)


def test_nothing_is_written_when_the_float_export_disagrees(tmp_path: Path) -> None:
    strict = dataclasses.replace(SETTINGS, max_float_difference=-1.0)
    with pytest.raises(ParityError, match="float export"):
        export_model(toy_source(seed=1), toy_peaks(), tmp_path, strict)
    assert files_of(tmp_path) == {}


def test_nothing_is_written_when_smoothing_changes_the_floats(tmp_path: Path) -> None:
    strict = dataclasses.replace(SETTINGS, max_smoothing_difference=-1.0)
    with pytest.raises(ParityError, match="smoothing changes"):
        export_model(toy_source(seed=1), toy_peaks(), tmp_path, strict)
    assert files_of(tmp_path) == {}


def test_a_calibration_outlives_an_export_of_the_same_weights_only(
    exported: Path, tmp_path: Path
) -> None:
    shutil.copytree(exported, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "toy" / MANIFEST_NAME
    guarded = CandidatePair(0.99, 0, guard="numbers")
    pairs = [CandidatePair(0.9, 1)] * 900 + [CandidatePair(0.3, 0)] * 900 + [guarded]
    calibrated = calibrate_manifest(path, [*pairs, CandidatePair(0.2, 1)], "toy pairs")
    assert calibrated["metrics"]["calibration"]["refusedByGuards"] == 1
    assert calibrated["metrics"]["calibration"]["byErrorRate"]["0.01"]["served"] == 900
    export_model(toy_source(seed=1), toy_peaks(), tmp_path, SETTINGS)
    assert read_json(path) == calibrated
    export_model(toy_source(seed=2), toy_peaks(), tmp_path, SETTINGS)
    assert read_json(path)["calibration"]["fittedOn"].startswith("nothing")


def test_a_calibration_without_pairs_leaves_the_manifest(exported: Path) -> None:
    path = exported / "toy" / MANIFEST_NAME
    before = path.read_bytes()
    with pytest.raises(CalibrationError):
        calibrate_manifest(path, [CandidatePair(0.9, 1, guard="dates")])
    assert path.read_bytes() == before
    assert (
        read_json(path)["calibration"]["modelSha256"]
        == read_json(path)["files"][Q8_GRAPH]["sha256"]
    )
