"""Gains of words by the gates of a small model's attention, and what is learned by them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from skimp_training.compress.examples import Example
from skimp_training.compress.expected import Estimated, Estimates, expected_loss, hide
from skimp_training.compress.foretold import foretell
from skimp_training.compress.gains import interleave, key_of, read_gains, with_gains, write_gains
from skimp_training.compress.language_model import Gated, Inquiry, LanguageModel
from skimp_training.compress.own_gates import KEEP, OPEN, own_gates
from skimp_training.compress.scoring import Read
from skimp_training.compress.swaps import SwapDraw

TEXT = "Mara sold her boat. The red bicycle went to Tom, who rode it home in the rain."
LONGER = f"{TEXT} Nobody saw him. The next day he gave it back and asked for the boat."


def small_model() -> LanguageModel:
    """Two layers with weights drawn from a seed; every word and mark is a token."""
    words = sorted({*LONGER.replace(".", " .").replace(",", " ,").split(), "Tom", "?"})
    table = {word: at for at, word in enumerate(["[UNK]", *words])}
    tokenizer = Tokenizer(WordLevel(table, "[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex(r"\s*(\w+|[^\w\s])"), "isolated")
    torch.manual_seed(3)
    config = LlamaConfig(
        vocab_size=len(table),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        initializer_range=0.5,
    )
    return LanguageModel(
        PreTrainedTokenizerFast(tokenizer_object=tokenizer), LlamaForCausalLM(config)
    )


def asked(text: str) -> Gated:
    example = Example("toy", "qa", text, "Who rode home?", "Tom")
    starts = [begin for begin, _ in example.units().words]
    return Gated(Inquiry(text, example.question, example.answer), starts)


def test_with_open_gates_the_likelihood_is_the_plain_one() -> None:
    model = small_model()
    both = [asked(TEXT), asked(LONGER)]
    found = model.likelihoods(both, [torch.ones(len(one.starts)) for one in both])
    assert found.tolist() == pytest.approx(
        [-cost for cost in model.costs([one.inquiry for one in both])], abs=1e-5
    )


def test_a_gain_is_what_opening_the_gate_further_gives() -> None:
    model, one = small_model(), asked(TEXT)
    gains = model.gains([asked(LONGER), one])[1]
    assert len(gains) == len(one.starts)
    step = 1e-2
    for word in range(0, len(gains), 3):
        sides = []
        for sign in (1, -1):
            gates = torch.full((len(gains),), 0.4)
            gates[word] += sign * step
            sides.append(float(model.likelihoods([one], [gates])[0]))
        assert (sides[0] - sides[1]) / (2 * step) == pytest.approx(float(gains[word]), abs=2e-3)
    assert np.abs(gains).max() > 0.01


def test_a_gain_is_taken_where_the_gates_asked_for_stand() -> None:
    model, one = small_model(), asked(TEXT)
    opened = np.linspace(0.1, 0.9, len(one.starts), dtype=np.float32)
    gains = model.gains([replace(one, gates=opened)])[0]
    assert np.abs(gains - model.gains([one])[0]).max() > 0.01
    step = 1e-2
    for word in range(0, len(gains), 4):
        sides = []
        for sign in (1, -1):
            gates = torch.tensor(opened)
            gates[word] += sign * step
            sides.append(float(model.likelihoods([one], [gates])[0]))
        assert (sides[0] - sides[1]) / (2 * step) == pytest.approx(float(gains[word]), abs=3e-3)


def test_own_gates_stand_half_open_at_the_boundary() -> None:
    example = Example("toy", "qa", LONGER, "Who?", "Tom")
    units = example.units()
    logits = torch.linspace(-9, 9, len(units.words))
    read = Read(example, units, logits)
    gates = own_gates(read)
    assert gates is not None
    chosen = read.chosen(KEEP)
    low, high = OPEN
    assert gates[chosen].min() > (low + high) / 2 > gates[~chosen].max()
    assert low < gates.min() < gates.max() < high
    alone = Example("toy", "qa", "One", "Who?", "Tom")
    assert own_gates(Read(alone, alone.units(), torch.zeros(1))) is None


def test_gains_are_asked_where_a_policy_stands(tmp_path: Path) -> None:
    model, example = small_model(), Example("toy", "qa", TEXT, "Who?", "Tom")
    opened = np.linspace(0.1, 0.8, len(example.units().words), dtype=np.float32)
    write_gains(model, [example], tmp_path / "own.jsonl", 60, lambda part: [opened for _ in part])
    found = read_gains(tmp_path / "own.jsonl")[key_of(example)]
    one = asked(TEXT)
    inquiry = replace(one.inquiry, question="Who?")
    expected = model.gains([Gated(inquiry, one.starts, opened)])[0]
    assert found == pytest.approx(expected, abs=1e-4)


def test_tokens_belong_to_the_word_that_their_last_letter_is_in() -> None:
    one = Gated(Inquiry("ab cd", "", "x"), [0, 3])
    first = one.inquiry.text_at()
    offsets = [(0, first), (first, first + 1), (first + 1, first + 2), (first + 2, first + 5)]
    assert one.owners([*offsets, (first + 5, first + 7)]) == [-1, 0, 0, 1, -1]


def test_gains_are_asked_once_and_kept(tmp_path: Path) -> None:
    model, out = small_model(), tmp_path / "gains.jsonl"
    examples = [Example("toy", "qa", text, "Who?", "Tom") for text in (TEXT, LONGER)]
    assert write_gains(model, examples[:1], out, 60) == 1
    before = out.read_text()
    assert write_gains(model, examples, out, 60) == 2
    assert out.read_text().startswith(before)
    assert write_gains(model, examples, out, 0) == 2
    known = read_gains(out)
    assert [len(known[key_of(e)]) for e in examples] == [len(e.units().words) for e in examples]
    assert read_gains(tmp_path / "absent.jsonl") == {}


def test_groups_are_spread_evenly() -> None:
    def group(name: str, count: int) -> list[Example]:
        return [Example(name, "qa", str(at), "", "") for at in range(count)]

    sources = [e.source for e in interleave([group("a", 4), group("b", 2)])]
    assert sorted(sources) == ["a"] * 4 + ["b"] * 2
    assert sources[:3].count("b") == 1


def item(gains: list[float], text: str = TEXT, question: str = "Who?") -> Estimated:
    return Estimated(Example("toy", "qa", text, question, "Tom"), np.array(gains, dtype=np.float32))


def test_words_that_give_more_than_their_price_are_pulled_in() -> None:
    count = len(item([]).example.units().words)
    gains = [0.0] * count
    gains[6], gains[7] = 1.0, 0.5
    scores = torch.zeros(count) + torch.arange(count) / 1_000
    scores.requires_grad_()
    one = item(gains)
    expected_loss(scores, one, one.example.units(), (0.5, 0.33), 1.0).backward()  # type: ignore[no-untyped-call]
    assert scores.grad is not None
    pulled = -scores.grad
    assert pulled[6] > pulled[7] > 0
    assert all(float(pulled[at]) < 0 for at in range(count) if at not in (6, 7))


def test_what_is_worth_the_same_by_the_token_moves_nothing() -> None:
    text = "one two six ten red sun sea sky"
    one = item([0.3] * 8, text)
    scores = torch.randn(8, generator=torch.Generator().manual_seed(1)).requires_grad_()
    expected_loss(scores, one, one.example.units(), (0.5,), 1.0).backward()  # type: ignore[no-untyped-call]
    assert scores.grad is not None
    assert scores.grad.abs().max() < 1e-6


def test_texts_without_gains_are_not_drawn_and_sizes_are_alike() -> None:
    def example(at: int) -> Example:
        return Example("toy", "qa", f"{TEXT} {at}", "Who?", "Tom")

    members = [example(at) for at in range(6)]
    gains = {
        key_of(e): np.full(len(e.units().words), 10.0 * (at + 1), dtype=np.float32)
        for at, e in enumerate(members[:4])
    }
    estimates = Estimates({"qa": [members], "code": []}, gains)
    assert estimates.count() == 4
    drawn = estimates.draw({"qa": 40, "code": 3}, np.random.default_rng(0))
    assert {one.example for one in drawn} <= set(members[:4])
    assert len(drawn) == 40
    sizes = {one.example: float(np.abs(one.gains).sum()) for one in drawn}
    assert np.mean(list(sizes.values())) == pytest.approx(1.0, abs=1e-3)


def test_a_hidden_question_wants_what_any_question_of_the_text_wants() -> None:
    found = hide([[item([1.0, 0.0]), item([0.0, 3.0], question="What?"), item([9.0, 9.0], LONGER)]])
    assert [(one.example.question, one.gains.tolist()) for one in found] == [("", [0.5, 1.5])]


def test_gains_of_a_language_model_that_adds_up_foretell_its_swaps() -> None:
    class Adding:
        """Every `gold` makes the answer cheaper by one nat, every `lead` dearer by half."""

        def costs(self, inquiries: Sequence[Inquiry]) -> list[float]:
            texts = [inquiry.text.lower() for inquiry in inquiries]
            return [5.0 - text.count("gold") + text.count("lead") / 2 for text in texts]

    text = "Gold and lead. Old gold rings. A lead pipe here. Nothing at all. The gold is there."
    example = Example("toy", "summary", text, "", "gold")
    units = example.units()
    words = [text[begin:end].lower() for begin, end in units.words]
    gains = [float("gold" in word) - ("lead" in word) / 2 for word in words]
    read = Read(example, units, torch.linspace(1, 0, len(words)))
    known = {key_of(example): np.array(gains, dtype=np.float32)}
    draw = SwapDraw(8, 1.0, np.random.default_rng(2))
    found = foretell(Adding(), [read], known, 0.4, draw)  # type: ignore[arg-type]
    assert found.foretold.tolist() == pytest.approx(found.measured.tolist(), abs=1e-5)
    assert found.correlation() == pytest.approx(1)
    assert found.agreement() == 1
    assert with_gains([example, Example("toy", "qa", text, "", "lead")], known) == [example]
