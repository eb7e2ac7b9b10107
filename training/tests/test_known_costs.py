"""What the language model has said is not asked again, in this run or the next."""

from collections.abc import Sequence
from pathlib import Path

from skimp_training.compress.known_costs import KnownCosts
from skimp_training.compress.language_model import Inquiry


class Counting:
    """A model that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def costs(self, inquiries: Sequence[Inquiry]) -> list[float]:
        """A third of the text's length."""
        self.asked += [inquiry.text for inquiry in inquiries]
        return [len(inquiry.text) / 3 for inquiry in inquiries]


def test_the_same_is_not_asked_twice(tmp_path: Path) -> None:
    path = tmp_path / "costs.json"
    one, two = Inquiry("a text", "What?", "this"), Inquiry("a text", "Who?", "this")
    model = Counting()
    known = KnownCosts(model, path)  # type: ignore[arg-type]
    assert known.of([one, one, two]) == [2.0, 2.0, 2.0]
    assert known.of([Inquiry("text", "What?", "this"), one]) == [1.3333, 2.0]
    assert model.asked == ["a text", "a text", "text"]
    later = Counting()
    assert KnownCosts(later, path).of([two, one]) == [2.0, 2.0]  # type: ignore[arg-type]
    assert later.asked == []


def test_without_a_file_it_is_known_in_memory() -> None:
    model = Counting()
    known = KnownCosts(model)  # type: ignore[arg-type]
    assert known.of([Inquiry("abc", "", "this")]) == known.of([Inquiry("abc", "", "this")])
    assert model.asked == ["abc"]
