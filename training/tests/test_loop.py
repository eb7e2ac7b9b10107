"""The training loop: interruption, frozen weights, averaging."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from skimp_training.train.loop import LoopConfig, train, weighted_sum

CONFIG = LoopConfig(learning_rate=0.05, steps=40, average=0.9, checkpoint_every=10)


class InterruptionError(Exception):
    """Ends a training from within."""


def fresh() -> nn.Linear:
    torch.manual_seed(0)
    return nn.Linear(4, 1)


def loss_of(model: nn.Linear, stop_at: int | None = None) -> Callable[[int], torch.Tensor]:
    def step_loss(step: int) -> torch.Tensor:
        if step == stop_at:
            raise InterruptionError
        inputs = torch.randn(8, 4, generator=torch.Generator().manual_seed(step))
        goal = inputs.sum(1, keepdim=True)
        return (nn.functional.dropout(model(inputs), 0.1) - goal).square().mean()

    return step_loss


def test_an_interrupted_training_ends_where_a_whole_one_does(tmp_path: Path) -> None:
    whole = fresh()
    train(whole, loss_of(whole), CONFIG, tmp_path / "whole")
    broken = fresh()
    with pytest.raises(InterruptionError):
        train(broken, loss_of(broken, stop_at=25), CONFIG, tmp_path / "broken")
    assert (tmp_path / "broken" / "checkpoint.pt").exists()
    resumed = fresh()
    outcome = train(resumed, loss_of(resumed), CONFIG, tmp_path / "broken")
    assert outcome["steps"] == 40
    assert torch.equal(whole.weight, resumed.weight)
    assert not (tmp_path / "broken" / "checkpoint.pt").exists()


def test_frozen_weights_stay_and_the_average_is_kept(tmp_path: Path) -> None:
    model = fresh()
    model.bias.requires_grad_(False)
    before = model.bias.clone()
    outcome = train(model, loss_of(model), CONFIG, tmp_path / "a")
    last = fresh()
    train(last, loss_of(last), LoopConfig(learning_rate=0.05, steps=40, average=0), tmp_path / "b")
    assert torch.equal(model.bias, before)
    assert not torch.equal(model.weight, last.weight)
    assert outcome["lastLoss"] < 4.0


def test_weights_are_summed_by_their_factors() -> None:
    before, after = {"w": torch.tensor([1.0, 2.0])}, {"w": torch.tensor([3.0, 5.0])}
    other = {"w": torch.tensor([10.0, 10.0])}
    found = weighted_sum([(other, 1.0), (after, 1.0), (before, -1.0)])
    assert found["w"].tolist() == [12.0, 13.0]
    assert weighted_sum([(before, 0.5), (before, 0.5)])["w"].tolist() == [1.0, 2.0]
