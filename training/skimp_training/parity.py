"""The gate before anything is written: exported graphs must agree with PyTorch."""

from dataclasses import dataclass

import numpy as np

from skimp_training.config import Tolerance
from skimp_training.embedding import Vectors

_DIGITS = 5


class ParityError(Exception):
    """A graph's vectors are too far from PyTorch's; nothing has been written."""


@dataclass(frozen=True)
class Parity:
    """Cosine similarity of a graph's vectors to PyTorch's on the golden texts."""

    cosine_mean: float
    cosine_min: float
    worst: int
    """Index of the text with the lowest similarity."""

    def to_json(self) -> dict[str, float]:
        """The two figures as the manifest shows them."""
        return {"cosineMean": self.cosine_mean, "cosineMin": self.cosine_min}


def compare(vectors: Vectors, reference: Vectors) -> Parity:
    """Similarity of unit vectors to unit vectors, both (texts, dims), row by row."""
    cosine = (vectors.astype(np.float64) * reference.astype(np.float64)).sum(axis=1)
    return Parity(
        cosine_mean=round(float(cosine.mean()), _DIGITS),
        cosine_min=round(float(cosine.min()), _DIGITS),
        worst=int(cosine.argmin()),
    )


def assert_parity(name: str, parity: Parity, tolerance: Tolerance) -> None:
    """Refuses a graph below `tolerance`.

    Raises:
        ParityError: names the graph, its figures and the golden text where it is worst.
    """
    # Written so that a NaN is refused too.
    if parity.cosine_mean >= tolerance.mean and parity.cosine_min >= tolerance.each:
        return
    message = (
        f"{name} disagrees with PyTorch: mean cosine {parity.cosine_mean} (at least "
        f"{tolerance.mean}), lowest {parity.cosine_min} (at least {tolerance.each}) "
        f"on golden text {parity.worst}; nothing was written"
    )
    raise ParityError(message)
