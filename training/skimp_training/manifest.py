"""`manifest.json`: what a model folder holds, how to run it, and when to trust its vectors."""

import json
from pathlib import Path
from typing import Any

from skimp_training.config import ExportConfig
from skimp_training.source_model import SourceModel, sha256_hex

MANIFEST_NAME = "manifest.json"
Q8_GRAPH = "onnx/model_quantized.onnx"
FP32_GRAPH = "onnx/model.onnx"
FP16_GRAPH = "onnx/model_fp16.onnx"
TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")
SHIPPED_FILES = (
    Q8_GRAPH,
    FP32_GRAPH,
    FP16_GRAPH,
    *TOKENIZER_FILES,
    "special_tokens_map.json",
    "config.json",
)
ERROR_RATES = ("0.005", "0.01", "0.02", "0.05", "0.1")
_REVISION_DIGITS = 12


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


def no_calibration(model_sha256: str) -> dict[str, Any]:
    """A calibration that serves nothing: for a model whose similarities nobody has judged."""
    return {
        "modelSha256": model_sha256,
        "lambda": 1.0,
        "c": 0.0,
        "maxRiskByErrorRate": dict.fromkeys(ERROR_RATES, 0.0),
        "fittedOn": "nothing: no similarity is trusted",
    }


def build_manifest(
    folder: Path, source: SourceModel, metrics: dict[str, Any], settings: ExportConfig
) -> dict[str, Any]:
    """The manifest of the files in `folder`, not yet calibrated."""
    files = {name: file_entry((folder / name).read_bytes()) for name in SHIPPED_FILES}
    return {
        "schema": 1,
        "id": settings.model_id,
        "revision": source.weights_sha256[:_REVISION_DIGITS],
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
            "wasm": _variant("q8", Q8_GRAPH),
            "webgpu-fp16": _variant("fp16", FP16_GRAPH, Q8_GRAPH),
            "webgpu-fp32": _variant("fp32", FP32_GRAPH, Q8_GRAPH),
        },
        "tokenizer": list(TOKENIZER_FILES),
        "calibration": no_calibration(files[Q8_GRAPH]["sha256"]),
        "metrics": metrics,
    }


def keep_calibration(manifest: dict[str, Any], earlier: dict[str, Any]) -> dict[str, Any]:
    """`manifest` with the calibration of `earlier`, when that was fitted on the same int8 graph."""
    calibration = earlier.get("calibration", {})
    if calibration.get("modelSha256") != manifest["calibration"]["modelSha256"]:
        return manifest
    metrics = {**manifest["metrics"]}
    if "calibration" in earlier.get("metrics", {}):
        metrics["calibration"] = earlier["metrics"]["calibration"]
    return {**manifest, "calibration": calibration, "metrics": metrics}


def _variant(dtype: str, graph: str, *external: str) -> dict[str, Any]:
    return {"dtype": dtype, "graph": graph, "externalData": list(external)}
