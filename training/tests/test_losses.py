"""The losses against their formulas."""

import math
from collections.abc import Callable

import pytest
import torch

from skimp_training.train.losses import (
    MIN_TARGET,
    DecisionShape,
    bce_loss,
    contrastive_loss,
    sld_loss,
)


def test_decision_is_even_where_similarity_is_lambda_times_c() -> None:
    shape = DecisionShape(lambda_=0.05, c=15.0)
    logit = shape.logit(torch.tensor([0.75, 0.8]))
    assert logit.tolist() == pytest.approx([0.0, 1.0], abs=1e-5)


def test_bce_is_the_cross_entropy_of_the_sigmoid() -> None:
    logit, target = torch.tensor([2.0, -1.0]), torch.tensor([1.0, 0.25])
    p = [1 / (1 + math.exp(-2.0)), 1 / (1 + math.exp(1.0))]
    expected = -(math.log(p[0]) + 0.25 * math.log(p[1]) + 0.75 * math.log(1 - p[1])) / 2
    assert float(bce_loss(logit, target)) == pytest.approx(expected, rel=1e-5)


def test_sld_is_the_squared_difference_of_logs() -> None:
    logit = torch.tensor([1.0])
    log_p = math.log(1 / (1 + math.exp(-1.0)))
    assert float(sld_loss(logit, torch.tensor([1.0]))) == pytest.approx(log_p**2, rel=1e-5)
    expected = (log_p - math.log(MIN_TARGET)) ** 2
    assert float(sld_loss(logit, torch.tensor([0.0]))) == pytest.approx(expected, rel=1e-5)


def test_sld_of_a_negative_is_least_at_the_clipped_target() -> None:
    at_target = torch.tensor([math.log(MIN_TARGET / (1 - MIN_TARGET))])
    zero = torch.zeros(1)
    assert float(sld_loss(at_target, zero)) == pytest.approx(0.0, abs=1e-9)
    assert float(sld_loss(at_target - 3, zero)) > 1.0


@pytest.mark.parametrize("loss", [bce_loss, sld_loss])
def test_losses_stay_finite_at_extreme_logits(
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> None:
    logit = torch.tensor([-200.0, 200.0], requires_grad=True)
    value = loss(logit, torch.tensor([1.0, 0.0]))
    value.backward()  # type: ignore[no-untyped-call]
    assert torch.isfinite(value)
    assert logit.grad is not None
    assert torch.isfinite(logit.grad).all()


def test_contrastive_loss_is_low_only_for_the_right_partners() -> None:
    first = torch.eye(4)
    right = float(contrastive_loss(first, first, 0.05))
    wrong = float(contrastive_loss(first, first.roll(1, 0), 0.05))
    assert right < 1e-6
    assert wrong > 10
