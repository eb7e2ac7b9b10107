"""The training loop that both models share: AdamW, warm-up and decay, averaging, checkpoints."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import nn

_log = logging.getLogger("skimp_training")
_AVERAGE_EVERY = 4


@dataclass(frozen=True)
class LoopConfig:
    """How a model is updated."""

    learning_rate: float
    steps: int
    warm_up: float = 0.06
    """Share of the steps in which the learning rate rises from 0; then it falls to 0 linearly."""
    weight_decay: float = 0.01
    clip: float = 1.0
    """Largest norm of the gradient."""
    average: float = 0.998
    """Decay of the running average of the weights, which is what is kept; 0 keeps the last."""
    checkpoint_every: int = 500
    seed: int = 0


class Averaged:
    """Exponential average of a model's trained weights; shorter memory at the start."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {name: value.detach().clone() for name, value in _trained(model)}

    def update(self, model: nn.Module, step: int) -> None:
        """Takes the weights after `step` (from 0) into the average, every fourth step."""
        if step % _AVERAGE_EVERY:
            return
        decay = min(self.decay**_AVERAGE_EVERY, (1 + step) / (10 + step))
        names, values = zip(*_trained(model), strict=True)
        averages = [self.weights[name] for name in names]
        torch._foreach_lerp_(averages, [value.detach() for value in values], 1 - decay)

    def copy_to(self, model: nn.Module) -> None:
        """Puts the average into `model`."""
        with torch.no_grad():
            for name, value in _trained(model):
                value.copy_(self.weights[name])


def weighted_sum(
    states: list[tuple[dict[str, torch.Tensor], float]],
) -> dict[str, torch.Tensor]:
    """The sum of models' weights, each model's by its factor."""
    first = states[0][0]
    return {
        name: torch.stack([state[name] * factor for state, factor in states]).sum(0)
        for name in first
    }


def _trained(model: nn.Module) -> Iterator[tuple[str, nn.Parameter]]:
    return ((name, value) for name, value in model.named_parameters() if value.requires_grad)


def train(
    model: nn.Module,
    step_loss: Callable[[int], torch.Tensor],
    config: LoopConfig,
    folder: Path,
) -> dict[str, Any]:
    """Runs `config.steps` updates with the loss that `step_loss(step)` computes.

    Goes on from `folder/checkpoint.pt` where there is one: `step_loss` must depend on the step
    alone. Leaves the averaged weights in `model`, and returns how it went.
    """
    folder.mkdir(parents=True, exist_ok=True)
    optimizer = torch.optim.AdamW(_groups(model, config), lr=config.learning_rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, config))
    averaged = Averaged(model, config.average)
    path = folder / "checkpoint.pt"
    start, seconds = 0, 0.0
    if path.exists():
        saved = torch.load(path, weights_only=True)
        model.load_state_dict(saved["model"], strict=False)
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        averaged.weights = saved["average"]
        start, seconds = saved["step"], saved["seconds"]
        _log.info("goes on at step %d", start)
    began, recent = time.monotonic() - seconds, 0.0
    model.train()
    for step in range(start, config.steps):
        torch.manual_seed(config.seed * 1_000_003 + step)  # dropout: the same when resumed
        optimizer.zero_grad(set_to_none=True)
        loss = step_loss(step)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([value for _, value in _trained(model)], config.clip)
        optimizer.step()
        schedule.step()
        averaged.update(model, step)
        value = float(loss.detach())
        recent = value if step == start else 0.98 * recent + 0.02 * value
        is_end = step + 1 == config.steps
        if (step + 1) % 100 == 0 or is_end:
            elapsed = time.monotonic() - began
            _log.info("step %d of %d, loss %.4f, %.0f s", step + 1, config.steps, recent, elapsed)
        if (step + 1) % config.checkpoint_every == 0 and not is_end:
            state = {
                "model": dict(_trained(model)),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "average": averaged.weights,
                "step": step + 1,
                "seconds": time.monotonic() - began,
            }
            torch.save(state, path.with_suffix(".new"))
            path.with_suffix(".new").rename(path)
    if config.average > 0:
        averaged.copy_to(model)
    model.eval()
    path.unlink(missing_ok=True)
    return {"steps": config.steps, "seconds": round(time.monotonic() - began), "lastLoss": recent}


def _rate(step: int, config: LoopConfig) -> float:
    rise = max(1, round(config.steps * config.warm_up))
    if step < rise:
        return (step + 1) / rise
    return max(0.0, (config.steps - step) / max(1, config.steps - rise))


def _groups(model: nn.Module, config: LoopConfig) -> list[dict[str, Any]]:
    """Biases and norms are not decayed."""
    decayed = [value for _, value in _trained(model) if value.ndim > 1]
    others = [value for _, value in _trained(model) if value.ndim <= 1]
    return [
        {"params": decayed, "weight_decay": config.weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]


def save_weights(model: nn.Module, path: Path) -> None:
    """Writes all weights of `model`, the frozen ones too, as safetensors."""
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, path)


def write_json(path: Path, value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Writes `value` as indented JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{json.dumps(value, indent=2, ensure_ascii=False)}\n", encoding="utf-8")
