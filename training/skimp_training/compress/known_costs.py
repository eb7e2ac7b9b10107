"""What the language model has said is kept, by what it was asked: the same is not asked twice."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from skimp_training.compress.language_model import WHEEL_SHA256, Inquiry, LanguageModel
from skimp_training.manifest import read_json
from skimp_training.train.loop import write_json


class KnownCosts:
    """Costs of answers, in nats a token, in memory and, where there is a file, in it."""

    def __init__(self, model: LanguageModel, path: Path | None = None) -> None:
        """Reads `path`, if it is there."""
        self._model, self._path = model, path
        self._known: dict[str, float] = read_json(path) if path and path.exists() else {}

    def of(self, inquiries: Sequence[Inquiry]) -> list[float]:
        """The cost of each, rounded to four digits behind the point."""
        names = [_name(item) for item in inquiries]
        fresh = {
            name: item
            for name, item in zip(names, inquiries, strict=True)
            if name not in self._known
        }
        if fresh:
            costs = self._model.costs(list(fresh.values()))
            self._known.update(zip(fresh, (round(cost, 4) for cost in costs), strict=True))
            if self._path is not None:
                write_json(self._path.with_suffix(".new"), self._known)
                self._path.with_suffix(".new").rename(self._path)
        return [self._known[name] for name in names]


def _name(inquiry: Inquiry) -> str:
    asked = "\0".join([WHEEL_SHA256, inquiry.prompt(), inquiry.answer])
    return hashlib.sha256(asked.encode()).hexdigest()[:32]
