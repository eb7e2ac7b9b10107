"""The reinforcement stage on a toy policy and a toy language model that wants one word."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from skimp_training.compress.answers import paper_rewards
from skimp_training.compress.examples import Example
from skimp_training.compress.gains import Key, key_of
from skimp_training.compress.language_model import Floats, Inquiry, Task
from skimp_training.compress.policy import Policy, WordPieces
from skimp_training.compress.reinforce import ReinforceConfig, Reinforcement
from skimp_training.compress.scoring import read_examples
from skimp_training.compress.swaps import SwapDraw, roll_out
from skimp_training.compress.tried import Memory, Tried, swap_loss
from skimp_training.train.batches import CLS

FILLERS = ["river", "market", "bread", "children", "temperature", "walked", "remembered", "quietly"]
WORDS = ["[UNK]", "gold", *FILLERS]
CONFIG = {
    "model_type": "bert",
    "vocab_size": CLS + 10,
    "hidden_size": 32,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 512,
}


class ToyModel:
    """Finds an answer the likelier the more gold it reads, and repeats the gold it reads."""

    def costs(self, inquiries: Sequence[Inquiry]) -> list[float]:
        """Nats a token."""
        return [9.0 - inquiry.text.lower().count("gold") for inquiry in inquiries]

    def generate(self, inquiries: Sequence[Inquiry], limit: int) -> list[str]:
        """The gold of each text, once for each time."""
        return [
            " ".join(word for word in inquiry.text.lower().split() if "gold" in word)[: 5 * limit]
            for inquiry in inquiries
        ]


def toy_examples(task: Task, count: int) -> list[Example]:
    rng = np.random.default_rng(7)
    found = []
    for _ in range(count):
        sentences = []
        for at in range(8):
            words = [FILLERS[int(rng.integers(len(FILLERS)))] for _ in range(6)]
            if at % 4 == 1:
                words[2] = words[4] = "gold"
            sentences.append(" ".join(words).capitalize() + " .")
        rng.shuffle(sentences)
        found.append(Example("toy", task, " ".join(sentences), "", "gold"))
    return found


def toy_stage(
    config: ReinforceConfig,
    tasks: tuple[Task, ...] = ("summary",),
    gains: Mapping[Key, Floats] | None = None,
) -> Reinforcement:
    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    torch.manual_seed(0)
    policy, origin = Policy(CONFIG), Policy(CONFIG)
    origin.load_state_dict(policy.state_dict())
    examples = {task: toy_examples(task, 12) for task in tasks}
    pieces = WordPieces(tokenizer)
    return Reinforcement(policy, origin, ToyModel(), pieces, examples, config, gains)  # type: ignore[arg-type]


def rewards(stage: Reinforcement) -> list[float]:
    return [row["reward"] for row in stage.curve]


def test_swaps_teach_the_policy_what_is_rewarded(tmp_path: Path) -> None:
    stage = toy_stage(
        ReinforceConfig(learning_rate=3e-3, batch=8, steps=30, shares={"summary": 1.0})
    )
    stage.run(tmp_path, 600)
    found = rewards(stage)
    assert np.mean(found[-6:]) > np.mean(found[:6]) + 0.5
    stage.keep_policy(tmp_path / "kept")
    assert (tmp_path / "kept" / "curve.json").exists()
    rates = [group["lr"] for group in stage.optimizer.param_groups]
    assert rates == pytest.approx([3e-3 / 30] * len(rates))


def test_what_words_give_teaches_the_policy_without_a_trial(tmp_path: Path) -> None:
    examples = toy_examples("summary", 12)
    gains = {
        key_of(e): np.array([e.text[a:b] == "gold" for a, b in e.units().words], dtype=np.float32)
        for e in examples
    }
    config = ReinforceConfig(
        learning_rate=3e-3, batch=0, estimated=8, steps=30, shares={"summary": 1.0}
    )
    stage = toy_stage(config, gains=gains)

    def kept() -> float:
        """Gold in the policy's own choice at keep 0.33, a mean over the texts."""
        read = read_examples(stage.policy, stage.pieces, examples)
        return float(np.mean([r.compressed(r.chosen(0.33)).count("gold") for r in read]))

    before = kept()
    stage.run(tmp_path, 600)
    assert kept() > before + 1
    assert stage.curve[-1]["expected"] > stage.curve[0]["expected"]
    assert "reward" not in stage.curve[-1]


def test_a_stage_with_nothing_to_learn_from_does_not_begin() -> None:
    with pytest.raises(ValueError, match="nothing to learn from"):
        toy_stage(ReinforceConfig(batch=0, shares={"summary": 1.0}))


def test_the_paper_pays_for_answers_and_not_for_other_lengths(tmp_path: Path) -> None:
    config = ReinforceConfig(recipe="paper", batch=6, steps=3, shares={"qa": 0.5, "summary": 0.5})
    stage = toy_stage(config, ("qa", "summary"))
    stage.run(tmp_path, 600)
    assert all(0 <= row["valid"] <= 1 and -0.1 <= row["reward"] <= 1 for row in stage.curve)
    example = stage.examples["qa"][0][0]
    paid = paper_rewards(stage.model, [example, example], [None, example.text])
    assert paid == [-0.1, 1.0]


def test_what_was_interrupted_goes_on_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = ReinforceConfig(batch=4, steps=4, checkpoint_every=1, shares={"summary": 1.0})
    whole = toy_stage(config)
    whole.run(tmp_path / "whole", 600)
    first = toy_stage(config)
    update = first.update

    def interrupted() -> dict[str, float]:
        if first.step == 2:
            raise KeyboardInterrupt
        return update()

    monkeypatch.setattr(first, "update", interrupted)
    with pytest.raises(KeyboardInterrupt):
        first.run(tmp_path / "parts", 600)
    rest = toy_stage(config)
    rest.run(tmp_path / "parts", 600)
    assert rewards(rest) == rewards(whole)
    for left, right in zip(whole.policy.parameters(), rest.policy.parameters(), strict=True):
        assert torch.equal(left, right)


def test_tasks_are_brought_to_one_size() -> None:
    stage = toy_stage(ReinforceConfig(shares={"qa": 0.5, "summary": 0.5}), ("qa", "summary"))
    swap = ((0, 1), (1, 2))
    scale = stage._scale(
        [
            Tried("qa", "text", "", [(*swap, 2.0), (*swap, -2.0)]),
            Tried("summary", "text", "", [(*swap, 0.1), (*swap, -0.1)]),
        ]
    )
    assert scale["summary"] / scale["qa"] == pytest.approx(20)


def test_a_swap_is_one_unit_for_another_within_the_budget() -> None:
    example = toy_examples("summary", 1)[0]
    units = example.units()
    draw = SwapDraw(6, 1.0, np.random.default_rng(1))
    rollout = roll_out(example, units, 0.4, torch.randn(len(units.words)), draw)
    assert len(rollout.trials) == 6
    for chosen, out, into in rollout.trials:
        assert not chosen[slice(*out)].any()
        assert chosen[slice(*into)].all()
        assert abs(int(chosen.sum()) - int(rollout.base.sum())) <= 2


def test_a_swap_that_gained_brings_its_units_together_and_past_each_other() -> None:
    scores = torch.tensor([2.0, 2.0, 1.0, 1.0], requires_grad=True)
    swap_loss(scores, [((0, 2), (2, 4), 0.5)], 1.0).backward()  # type: ignore[no-untyped-call]
    chance = 1 / (1 + np.exp(1.0))
    pull = chance * (1 - chance) * 0.5 / 2
    assert scores.grad is not None
    assert scores.grad.tolist() == pytest.approx([pull, pull, -pull, -pull])


def test_the_memory_holds_the_newest_texts_of_each_task() -> None:
    memory = Memory(2)
    for at in range(3):
        memory.add(Tried("qa", f"text {at}", "", []))
    memory.add(Tried("code", "code 0", "", []))
    copy = Memory(2)
    copy.restore(memory.state())
    for held in (memory, copy):
        drawn = held.draw({"qa": 5, "code": 1, "summary": 2}, np.random.default_rng(0))
        assert sorted(tried.text for tried in drawn) == ["code 0", "text 1", "text 2"]


def test_what_was_tried_is_learned_from_again() -> None:
    def trained(recalled: int, remembered: Sequence[Tried]) -> torch.Tensor:
        stage = toy_stage(ReinforceConfig(batch=4, recalled=recalled, shares={"summary": 1.0}))
        for tried in remembered:
            stage.memory.add(tried)
        stage.update()
        return torch.cat([value.detach().ravel() for value in stage.policy.parameters()])

    text = toy_examples("summary", 1)[0].text
    known = [Tried("summary", text, "", [((0, 3), (8, 12), 2.0)])]
    assert torch.equal(trained(0, known), trained(0, []))
    assert torch.equal(trained(2, []), trained(0, []))
    assert not torch.equal(trained(2, known), trained(0, known))
