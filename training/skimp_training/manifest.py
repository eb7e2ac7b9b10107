"""`manifest.json`: what a model folder holds, how to run it, and when to trust it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skimp_training.checkpoint import Checkpoint
from skimp_training.config import ExportConfig
from skimp_training.graph_files import EMBEDDER_GRAPHS, VERIFIER_GRAPHS
from skimp_training.source_model import sha256_hex

MANIFEST_NAME = "manifest.json"
SCHEMA = 2
TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")
SHIPPED_FILES = (
    EMBEDDER_GRAPHS.q8,
    EMBEDDER_GRAPHS.fp32,
    EMBEDDER_GRAPHS.fp16,
    VERIFIER_GRAPHS.q8,
    VERIFIER_GRAPHS.fp32,
    VERIFIER_GRAPHS.fp16,
    *TOKENIZER_FILES,
    "special_tokens_map.json",
    "config.json",
)
ERROR_RATES = ("0.005", "0.01", "0.02", "0.05", "0.1")
_REVISION_DIGITS = 12


@dataclass(frozen=True)
class CalibrationFields:
    """What a manifest says on risks, but for the files that it was fitted with."""

    bias: float
    weights: Mapping[str, float]
    """By feature: `similarity`, `verifier`, `length`, `lengthGap`, `guard:<name>`."""
    max_risk_by_error_rate: Mapping[str, float]
    fitted_on: str


NOTHING_TRUSTED = CalibrationFields(
    bias=0.0,
    weights={"similarity": 0.0, "verifier": 0.0},
    max_risk_by_error_rate=dict.fromkeys(ERROR_RATES, 0.0),
    fitted_on="nothing: no pair is trusted",
)
"""Serves nothing: for models whose outputs nobody has judged."""
PLACEHOLDER = CalibrationFields(
    bias=-19.0,
    weights={"similarity": 22.0, "verifier": 0.0, "length": 0.0, "lengthGap": 0.0},
    max_risk_by_error_rate=dict(zip(ERROR_RATES, (0.0, 0.0, 0.03, 0.08, 0.2), strict=True)),
    fitted_on="placeholder",
)
"""About what the base encoder's similarities mean, for tests with an untrained verifier."""


def to_json_bytes(value: dict[str, Any], *, indent: int | None = None) -> bytes:
    """JSON in UTF-8 with a final newline; compact unless `indent` is given."""
    separators = None if indent else (",", ":")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return f"{text}\n".encode()


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object read from a file."""
    value: dict[str, Any] = json.loads(path.read_bytes())
    return value


def file_entry(data: bytes) -> dict[str, Any]:
    """Checksum and size by which the page checks a download."""
    return {"sha256": sha256_hex(data), "bytes": len(data)}


def calibration_json(fields: CalibrationFields, files: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest's `calibration`, tied to the int8 graphs among `files`."""
    return {
        "modelSha256": files[EMBEDDER_GRAPHS.q8]["sha256"],
        "verifierSha256": files[VERIFIER_GRAPHS.q8]["sha256"],
        "bias": fields.bias,
        "weights": dict(fields.weights),
        "maxRiskByErrorRate": dict(fields.max_risk_by_error_rate),
        "fittedOn": fields.fitted_on,
    }


def build_manifest(
    folder: Path, checkpoint: Checkpoint, metrics: dict[str, Any], settings: ExportConfig
) -> dict[str, Any]:
    """The manifest of the files in `folder`, not yet calibrated."""
    files = {name: file_entry((folder / name).read_bytes()) for name in SHIPPED_FILES}
    shared, layers = EMBEDDER_GRAPHS.q8, VERIFIER_GRAPHS.q8
    return {
        "schema": SCHEMA,
        "id": settings.model_id,
        "revision": checkpoint.weights_sha256[:_REVISION_DIGITS],
        "task": "feature-extraction",
        "licence": settings.licence,
        "source": {
            "package": settings.package,
            "version": settings.package_version,
            "sha256": settings.wheel_sha256,
        },
        "dims": settings.dims,
        "maxTokens": settings.max_tokens,
        "pooling": "mean",
        "normalize": True,
        "files": files,
        "variants": {
            "wasm": _variant("q8", EMBEDDER_GRAPHS.q8),
            "webgpu-fp16": _variant("fp16", EMBEDDER_GRAPHS.fp16, shared),
            "webgpu-fp32": _variant("fp32", EMBEDDER_GRAPHS.fp32, shared),
        },
        "verifier": {
            "maxTokens": settings.max_pair_tokens,
            "variants": {
                "wasm": _variant("q8", layers, shared),
                "webgpu-fp16": _variant("fp16", VERIFIER_GRAPHS.fp16, layers, shared),
                "webgpu-fp32": _variant("fp32", VERIFIER_GRAPHS.fp32, layers, shared),
            },
        },
        "tokenizer": list(TOKENIZER_FILES),
        "calibration": calibration_json(
            NOTHING_TRUSTED if checkpoint.is_trained else PLACEHOLDER, files
        ),
        "training": dict(checkpoint.training),
        "metrics": metrics,
    }


def keep_calibration(manifest: dict[str, Any], earlier: dict[str, Any]) -> dict[str, Any]:
    """`manifest` with the calibration of `earlier`, when that is of the same int8 graphs."""
    calibration = earlier.get("calibration", {})
    if any(
        calibration.get(key) != manifest["calibration"][key]
        for key in ("modelSha256", "verifierSha256")
    ):
        return manifest
    metrics = {**manifest["metrics"]}
    if "calibration" in earlier.get("metrics", {}):
        metrics["calibration"] = earlier["metrics"]["calibration"]
    return {**manifest, "calibration": calibration, "metrics": metrics}


def _variant(dtype: str, graph: str, *external: str) -> dict[str, Any]:
    return {"dtype": dtype, "graph": graph, "externalData": list(external)}
