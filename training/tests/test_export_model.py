"""Toy models go through the whole export: written when they agree, refused when not."""

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest

from skimp_training.calibrate_manifest import calibrate_manifest
from skimp_training.config import ExportConfig, LogitTolerance, VectorTolerance
from skimp_training.embedding import logits_with_graph, open_session
from skimp_training.export_model import check_models, export_model
from skimp_training.graph_files import EMBEDDER_GRAPHS, VERIFIER_GRAPHS
from skimp_training.manifest import MANIFEST_NAME, PLACEHOLDER, read_json
from skimp_training.parity import ParityError
from skimp_training.risk_model import CalibrationError
from skimp_training.scored_pairs import ScoredPair
from skimp_training.tokenizer import make_tokenizers
from tests.toy_models import LOOSE, NEAR, SETTINGS, TOKENIZER, toy_checkpoint, toy_source

BLIND = VectorTolerance(mean=-1.0, each=-1.0, auc_lost=1.0)
BLIND_LOGITS = LogitTolerance(mean_difference=100.0, decisions=0.0, auc_lost=1.0)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models")
    export_model(toy_checkpoint(seed=1), toy_source(seed=1), out, SETTINGS)
    return out


def files_of(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def scored(similarity: float, label: int, *, is_refused: bool = False) -> ScoredPair:
    features = {"similarity": similarity, "verifier": 0.0}
    arrival = f"{similarity}-{label}-{id(features)}"
    return ScoredPair(features, is_refused, label, arrival, "toy", None)


def test_the_folder_holds_what_the_manifest_lists(exported: Path) -> None:
    manifest = read_json(exported / "toy" / MANIFEST_NAME)
    extra = {MANIFEST_NAME, "golden.json"}
    assert set(files_of(exported / "toy")) == set(manifest["files"]) | extra
    assert manifest["schema"] == 2
    assert manifest["calibration"]["maxRiskByErrorRate"]["0.01"] == 0.0
    assert (
        manifest["calibration"]["verifierSha256"]
        == (manifest["files"][VERIFIER_GRAPHS.q8]["sha256"])
    )
    assert manifest["training"] == {"embedder": {"data": ["toy"]}}
    assert set(manifest["metrics"]["wireBytes"]) == {EMBEDDER_GRAPHS.q8, VERIFIER_GRAPHS.q8}


def test_a_second_export_gives_the_same_bytes(exported: Path, tmp_path: Path) -> None:
    export_model(toy_checkpoint(seed=1), toy_source(seed=1), tmp_path, SETTINGS)
    assert files_of(tmp_path) == files_of(exported)


def test_the_verifier_reads_the_word_table_of_the_embedder(exported: Path, tmp_path: Path) -> None:
    shutil.copytree(exported / "toy" / "onnx", tmp_path, dirs_exist_ok=True)
    name = Path(VERIFIER_GRAPHS.q8).name
    tokenizers = make_tokenizers(TOKENIZER, SETTINGS.max_tokens)
    encoding = tokenizers.whole.encode("what is a", "how is the")
    ids = np.array([encoding.ids], dtype=np.int64)
    types = np.array([encoding.type_ids], dtype=np.int64)
    feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
    before = logits_with_graph(open_session(tmp_path / name), [feeds])
    export_model(toy_checkpoint(seed=3), toy_source(seed=3), tmp_path / "other", SETTINGS)
    shutil.copy(tmp_path / "other" / "toy" / EMBEDDER_GRAPHS.q8, tmp_path)
    assert logits_with_graph(open_session(tmp_path / name), [feeds]) != before


def test_golden_pairs_are_in_the_fixed_order(exported: Path) -> None:
    golden = read_json(exported / "toy" / "golden.json")
    assert len(golden["verifier"]) == 30
    tokenizer = make_tokenizers(TOKENIZER, SETTINGS.max_tokens).whole
    swapped = 0
    for pair in golden["verifier"]:
        first, second = sorted((pair["a"], pair["b"]), key=lambda text: (len(text), text))
        encoding = tokenizer.encode(first, second)
        assert (pair["ids"], pair["types"]) == (encoding.ids, encoding.type_ids)
        swapped += first != pair["a"]
    assert 0 < swapped < 30


def test_nothing_is_written_when_a_graph_disagrees(tmp_path: Path) -> None:
    strict = dataclasses.replace(SETTINGS, fp16=VectorTolerance(mean=1.01, each=1.01))
    with pytest.raises(ParityError, match="embedder fp16 disagrees"):
        export_model(toy_checkpoint(seed=1), toy_source(seed=1), tmp_path, strict)
    assert files_of(tmp_path) == {}


@pytest.mark.parametrize("graph", ["q8", "fp32", "fp16"])
def test_weights_of_another_encoder_fail_the_gate(exported: Path, graph: str) -> None:
    other = dataclasses.replace(toy_checkpoint(seed=1), encoder=toy_checkpoint(seed=2).encoder)
    settings = dataclasses.replace(
        SETTINGS,
        q8=LOOSE if graph == "q8" else BLIND,
        fp32=LOOSE if graph == "fp32" else BLIND,
        fp16=LOOSE if graph == "fp16" else BLIND,
    )
    parity = (other.samples, make_tokenizers(TOKENIZER, settings.max_tokens))
    with pytest.raises(ParityError, match=f"embedder {graph}"):
        check_models(other, exported / "toy", parity, settings)


@pytest.mark.parametrize("graph", ["q8", "fp32", "fp16"])
def test_weights_of_another_verifier_fail_the_gate(exported: Path, graph: str) -> None:
    other = dataclasses.replace(toy_checkpoint(seed=1), verifier=toy_checkpoint(seed=2).verifier)
    settings = dataclasses.replace(
        SETTINGS,
        verifier_q8=NEAR if graph == "q8" else BLIND_LOGITS,
        verifier_fp32=NEAR if graph == "fp32" else BLIND_LOGITS,
        verifier_fp16=NEAR if graph == "fp16" else BLIND_LOGITS,
    )
    parity = (other.samples, make_tokenizers(TOKENIZER, settings.max_tokens))
    with pytest.raises(ParityError, match=f"verifier {graph}"):
        check_models(other, exported / "toy", parity, settings)


@pytest.mark.parametrize(
    ("strict", "message"),
    [
        (dataclasses.replace(SETTINGS, max_float_difference=-1.0), "float export"),
        (dataclasses.replace(SETTINGS, max_smoothing_difference=-1.0), "smoothing changes"),
    ],
)
def test_nothing_is_written_when_floats_disagree(
    tmp_path: Path, strict: ExportConfig, message: str
) -> None:
    with pytest.raises(ParityError, match=message):
        export_model(toy_checkpoint(seed=1), toy_source(seed=1), tmp_path, strict)
    assert files_of(tmp_path) == {}


def test_an_untrained_verifier_needs_only_its_numbers(tmp_path: Path) -> None:
    strict = LogitTolerance(mean_difference=0.25, decisions=1.01)
    settings = dataclasses.replace(SETTINGS, verifier_q8=strict)
    untrained = dataclasses.replace(toy_checkpoint(seed=1), is_trained=False)
    manifest = export_model(untrained, toy_source(seed=1), tmp_path, settings)
    assert manifest["calibration"]["fittedOn"] == PLACEHOLDER.fitted_on
    with pytest.raises(ParityError, match="verifier q8"):
        export_model(toy_checkpoint(seed=1), toy_source(seed=1), tmp_path, settings)


def test_a_calibration_outlives_an_export_of_the_same_weights_only(
    exported: Path, tmp_path: Path
) -> None:
    shutil.copytree(exported, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "toy" / MANIFEST_NAME
    right = [scored(0.9, 1) for _ in range(1_500)]
    wrong = [scored(0.3, 0) for _ in range(1_500)]
    refused = scored(0.99, 0, is_refused=True)
    pairs = [*right, *wrong, refused, scored(0.2, 1)]
    calibrated = calibrate_manifest(path, pairs, "toy pairs")
    assert calibrated["metrics"]["calibration"]["refusedPairs"] == 1
    assert calibrated["metrics"]["calibration"]["byErrorRate"]["0.01"]["toy"]["served"] == 1_500
    export_model(toy_checkpoint(seed=1), toy_source(seed=1), tmp_path, SETTINGS)
    assert read_json(path) == calibrated
    export_model(toy_checkpoint(seed=2), toy_source(seed=2), tmp_path, SETTINGS)
    assert read_json(path)["calibration"]["fittedOn"].startswith("nothing")


def test_a_calibration_without_pairs_leaves_the_manifest(exported: Path) -> None:
    path = exported / "toy" / MANIFEST_NAME
    before = path.read_bytes()
    with pytest.raises(CalibrationError):
        calibrate_manifest(path, [scored(0.9, 1, is_refused=True)])
    assert path.read_bytes() == before
