"""`golden.json`: texts with the vectors that PyTorch and the int8 graph give for them."""

from typing import Any

from skimp_training.embedding import Vectors

_DIGITS = 6


def golden_json(texts: tuple[str, ...], pytorch: Vectors, q8: Vectors) -> dict[str, Any]:
    """The file's content; vectors are unit length, (texts, dims), rounded to 6 decimals."""
    return {"texts": list(texts), "pytorch": _rounded(pytorch), "q8": _rounded(q8)}


def _rounded(vectors: Vectors) -> list[list[float]]:
    return [[round(float(value), _DIGITS) for value in vector] for vector in vectors]
