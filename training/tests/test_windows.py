"""Windows over long texts: those of the page, and what training asks of them besides."""

import json
import math
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from skimp_training.compress.examples import Example
from skimp_training.compress.policy import MAX_TOKENS, WordPieces
from skimp_training.compress.scoring import cut_text, join_logits
from skimp_training.compress.text_units import split_code, split_text
from skimp_training.compress.windows import join_windows, plan_windows

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "src" / "worker" / "compress" / "windows.golden.json"
TEXT = " ".join(f"The boat of family {at} was sold." for at in range(120))


def test_windows_are_those_of_the_page() -> None:
    for row in json.loads(GOLDEN.read_text(encoding="utf-8")):
        units = split_code(row["text"]) if row["kind"] == "code" else split_text(row["text"])
        words = [row["text"][begin:end] for begin, end in units.words]
        lengths = [1 + len(word.encode("utf-16-le")) // 2 % 3 for word in words]
        planned = plan_windows(row["text"], units, lengths, row["capacity"])
        found = [{"read": list(each.read), "core": list(each.core)} for each in planned]
        assert found == row["windows"]
        logits = [
            torch.tensor([math.sin(word * 0.7 + at) + 0.3 * at for word in range(*each.read)])
            for at, each in enumerate(planned)
        ]
        joined = join_windows([each.read for each in planned], logits)
        assert joined.tolist() == pytest.approx(row["joined"], abs=2e-3)


def pieces() -> WordPieces:
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0}, "[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return WordPieces(tokenizer)


def test_a_text_is_cut_as_it_must_be_or_smaller() -> None:
    example = Example("toy", "qa", TEXT, "Who sold it?", "A family")
    units = example.units()
    whole, parts = (cut_text(example, units, pieces(), room) for room in (None, 90))
    assert max(len(window.ids) for window in whole) > 200
    assert all(len(window.ids) <= MAX_TOKENS for window in whole)
    assert all(len(window.ids) <= 90 + 3 + 3 for window in parts)
    assert {word for window in parts for word in range(*window.words)} == set(
        range(len(units.words))
    )
    assert cut_text(example, units, pieces(), 9_000) == whole


def test_what_windows_agree_on_stays_and_can_be_derived() -> None:
    example = Example("toy", "qa", TEXT, "", "A family")
    windows = cut_text(example, example.units(), pieces(), 90)
    worth = torch.randn(len(example.units().words), generator=torch.Generator().manual_seed(0))
    worth.requires_grad_()
    joined = join_logits(windows, [worth[slice(*window.words)] for window in windows])
    assert joined.tolist() == pytest.approx(worth.tolist(), abs=1e-4)
    joined.sum().backward()  # type: ignore[no-untyped-call]
    assert worth.grad is not None
    assert worth.grad.tolist() == pytest.approx([1.0] * len(worth), abs=1e-3)


def test_a_text_without_words_has_no_windows() -> None:
    example = Example("toy", "qa", " \n ", "", "A family")
    assert cut_text(example, example.units(), pieces()) == []
    assert join_logits([], []).tolist() == []
