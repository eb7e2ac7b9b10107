"""The reinforcement stage: REINFORCE on how likely the language model finds the answer.

Two recipes. `paper` (TACO-RL, arXiv 2409.13035): independent Bernoulli words, reward F1 or BLEU
between the model's answers on the whole and on the compressed text, -0.1 off the wanted length,
entropy bonus. `skimp`: exact k; the choice of the policy is the baseline, and what is sampled are
swaps of one kept for one dropped phrase or sentence near the boundary (counterfactuals), so that
a reward tells of those two alone; a KL to the supervised policy keeps what the rewards say
nothing about.
"""

import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from skimp_training.compress.choose import Bools, choose_for, word_costs
from skimp_training.compress.dev import inquiry
from skimp_training.compress.examples import Example
from skimp_training.compress.labels import segments
from skimp_training.compress.language_model import LanguageModel, Task
from skimp_training.compress.policy import (
    SELECTION,
    Policy,
    Window,
    WordPieces,
    capacity,
    logits_by_length,
    make_window,
    word_scores,
)
from skimp_training.compress.scoring import Read
from skimp_training.compress.text_units import Units
from skimp_training.train.loop import Averaged, write_json

_log = logging.getLogger("skimp_training")
Floats = npt.NDArray[np.float32]
KEEPS = (0.5, 0.33, 0.2)
REWARD_RANGE = 1.5
"""Rewards' differences are cut to this, in nats a token: one lucky answer must not rule a batch."""


@dataclass(frozen=True)
class ReinforceConfig:
    """How the reinforcement stage is trained."""

    recipe: str = "skimp"
    learning_rate: float = 3e-5
    batch: int = 16
    """Texts of an update, of equal shares of the ratios."""
    steps: int = 150
    swaps: int = 3
    """Of a text."""
    temperature: float = 1.0
    """Of the probability of a swap, and of drawing units by their distance to the boundary."""
    anchor: float = 0.05
    """Weight of the KL to the supervised policy, by word."""
    entropy: float = 0.002
    clip: float = 1.0
    average: float = 0.98
    seed: int = 0
    shares: dict[str, float] = field(
        default_factory=lambda: {"qa": 0.375, "summary": 0.3125, "code": 0.3125}
    )
    """Of the tasks in a batch."""
    checkpoint_every: int = 10


@dataclass(frozen=True)
class Rollout:
    """One text at one ratio, with what was tried on it."""

    example: Example
    units: Units
    window: Window
    keep: float
    base: Bools
    trials: list[tuple[Bools, tuple[int, int], tuple[int, int]]]
    """Choices with the word ranges that went out and came in."""


def fits(example: Example, pieces: WordPieces) -> bool:
    """Whether the text is read in one window; the stage trains on those."""
    words = pieces.of_text(example.text, example.units())
    question = pieces.question(example.task, example.question)
    return 0 < sum(map(len, words)) <= capacity(question)


class Reinforcement:
    """The stage's state: policy, its supervised origin, language model and examples by task."""

    def __init__(
        self,
        policy: Policy,
        origin: Policy,
        model: LanguageModel,
        pieces: WordPieces,
        examples: dict[Task, list[Example]],
        config: ReinforceConfig,
    ) -> None:
        self.policy, self.origin, self.model, self.pieces = policy, origin.eval(), model, pieces
        self.examples, self.config = examples, config
        trained = [value for value in policy.parameters() if value.requires_grad]
        self.optimizer = torch.optim.AdamW(
            trained, lr=config.learning_rate, weight_decay=0.0, fused=True
        )
        self.averaged = Averaged(policy, config.average)
        self.step, self.seconds = 0, 0.0
        self.curve: list[dict[str, Any]] = []

    def run(self, folder: Path, seconds: float) -> None:
        """Updates until the configured steps are done or `seconds` have passed."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "checkpoint.pt"
        if path.exists():
            self._restore(path)
        began = time.monotonic()
        while self.step < self.config.steps and time.monotonic() - began < seconds:
            started = time.monotonic()
            row = self.update()
            self.step += 1
            self.seconds += time.monotonic() - started
            self.curve.append({"step": self.step, "seconds": round(self.seconds), **row})
            if self.step % self.config.checkpoint_every == 0:
                self._save(path)
                recent = self.curve[-self.config.checkpoint_every :]
                shown = {k: round(float(np.mean([r[k] for r in recent])), 4) for k in row}
                _log.info("step %d, %.0f s, %s", self.step, self.seconds, shown)
        self._save(path)
        write_json(folder / "curve.json", {"config": asdict(self.config), "curve": self.curve})

    def update(self) -> dict[str, float]:
        """One update; returns means for the curve."""
        rng = np.random.default_rng([self.config.seed, self.step])
        drawn = self._draw(rng)
        paper = self.config.recipe == "paper"
        return self._paper_update(drawn, rng) if paper else self._swap_update(drawn, rng)

    def _draw(self, rng: np.random.Generator) -> list[tuple[Example, float]]:
        tasks = list(self.config.shares)
        weights = np.array([self.config.shares[task] for task in tasks])
        counts = np.floor(weights / weights.sum() * self.config.batch).astype(int)
        counts[0] += self.config.batch - counts.sum()
        drawn = []
        for task, count in zip(tasks, counts, strict=True):
            pool = self.examples[task]  # type: ignore[index]
            for at in range(int(count)):
                keeps = KEEPS[:2] if task == "code" else KEEPS
                keep = keeps[(at + self.step) % len(keeps)]
                drawn.append((pool[int(rng.integers(len(pool)))], keep))
        return drawn

    def _window(self, example: Example, units: Units) -> Window:
        question = self.pieces.question(example.task, example.question)
        words = self.pieces.of_text(example.text, units)
        return make_window(question, words, (0, len(words)))

    def _swap_update(
        self, drawn: list[tuple[Example, float]], rng: np.random.Generator
    ) -> dict[str, float]:
        units = [example.units() for example, _ in drawn]
        windows = [self._window(e, u) for (e, _), u in zip(drawn, units, strict=True)]
        self.policy.eval()
        logits = logits_by_length(self.policy, windows)
        with torch.inference_mode():
            origin = logits_by_length(self.origin, windows)
        rollouts = [
            self._rollout(example, unit, window, keep, values.detach(), rng)
            for (example, keep), unit, window, values in zip(
                drawn, units, windows, logits, strict=True
            )
        ]
        rewards = self._rewards(rollouts)
        loss, swapped, gained = torch.zeros(()), 0, []
        for rollout, values, found in zip(rollouts, logits, rewards, strict=True):
            scores = word_scores(values, rollout.units, SELECTION)
            for (_, out, into), reward in zip(rollout.trials, found[1:], strict=True):
                difference = scores[into[0] : into[1]].mean() - scores[out[0] : out[1]].mean()
                likely = float(torch.sigmoid(difference.detach() / self.config.temperature))
                advantage = float(np.clip(reward - found[0], -REWARD_RANGE, REWARD_RANGE))
                loss = loss - likely * (1 - likely) * advantage * difference
                swapped += 1
                gained.append(advantage)
        loss = loss / max(1, swapped)
        anchor = torch.stack(
            [_divergence(now, before.clone()) for now, before in zip(logits, origin, strict=True)]
        ).mean()
        entropy = torch.stack([_entropy(values) for values in logits]).mean()
        self._apply(loss + self.config.anchor * anchor - self.config.entropy * entropy)
        return {
            "reward": float(np.mean([found[0] for found in rewards])),
            "better": float(np.mean([value > 0 for value in gained])) if gained else 0.0,
            "size": float(np.mean(np.abs(gained))) if gained else 0.0,
            "anchor": float(anchor.detach()),
        }

    def _apply(self, loss: torch.Tensor) -> None:
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        trained = [value for value in self.policy.parameters() if value.requires_grad]
        torch.nn.utils.clip_grad_norm_(trained, self.config.clip)
        self.optimizer.step()
        self.averaged.update(self.policy, self.step * 4)

    def _rollout(
        self,
        example: Example,
        units: Units,
        window: Window,
        keep: float,
        logits: torch.Tensor,
        rng: np.random.Generator,
    ) -> Rollout:
        scores = word_scores(logits, units, SELECTION).numpy()
        costs = word_costs(example.text, units)
        base = choose_for(example.task, units, scores, costs, keep)
        trials = []
        for swap in range(self.config.swaps):
            by_sentence = example.task == "code" or swap % 3 == 2  # of code, statements only
            starts = units.sentences if by_sentence else units.phrases
            found = _draw_swap(scores, base, segments(units, starts), self.config.temperature, rng)
            if found is None:
                continue
            out, into = found
            moved = scores.copy()
            moved[out[0] : out[1]] = -1e9
            moved[into[0] : into[1]] = 1e9
            chosen = choose_for(example.task, units, moved, costs, keep)
            trials.append((chosen, out, into))
        return Rollout(example, units, window, keep, base, trials)

    def _rewards(self, rollouts: Sequence[Rollout]) -> list[list[float]]:
        """Minus the answer's cost in nats a token: of the base, then of each trial."""
        asked = []
        for rollout in rollouts:
            item = Read(rollout.example, rollout.units, torch.zeros(0))
            for chosen in (rollout.base, *(trial[0] for trial in rollout.trials)):
                asked.append(inquiry(rollout.example, item.compressed(chosen)))
        costs = iter(self.model.costs(asked))
        return [[-next(costs) for _ in range(1 + len(r.trials))] for r in rollouts]

    def _paper_update(
        self, drawn: list[tuple[Example, float]], rng: np.random.Generator
    ) -> dict[str, float]:
        """Independent Bernoulli words; c = 0.5; L = 30 tokens, or an eighth of the text."""
        units = [example.units() for example, _ in drawn]
        windows = [self._window(e, u) for (e, _), u in zip(drawn, units, strict=True)]
        self.policy.eval()
        logits = logits_by_length(self.policy, windows)
        loss, rewards, valid = torch.zeros(()), [], 0
        for (example, _), unit, values in zip(drawn, units, logits, strict=True):
            chance = torch.sigmoid(values)
            actions = torch.bernoulli(
                chance.detach(), generator=torch.Generator().manual_seed(int(rng.integers(2**31)))
            )
            chosen = actions.numpy().astype(bool)
            costs = word_costs(example.text, unit)
            reward = -0.1
            if abs(costs[chosen].sum() - 0.5 * costs.sum()) <= max(30.0, costs.sum() / 8):
                reward = self._paper_reward(example, Read(example, unit, values).compressed(chosen))
                valid += 1
            rewards.append(reward)
            likelihood = -functional.binary_cross_entropy_with_logits(values, actions)
            bonus = 0.001 if example.task == "code" else 0.01
            loss = loss - reward * likelihood - bonus * _entropy(values)
        self._apply(loss / len(drawn))
        return {"reward": float(np.mean(rewards)), "valid": valid / len(drawn)}

    def _paper_reward(self, example: Example, text: str) -> float:
        limit = 16 if example.task == "qa" else 28
        asked = [inquiry(example, example.text), inquiry(example, text)]
        whole, short = self.model.generate(asked, limit)
        return f1(short, whole) if example.task == "qa" else bleu(short, whole)

    def _save(self, path: Path) -> None:
        state = {
            "model": {n: v for n, v in self.policy.named_parameters() if v.requires_grad},
            "optimizer": self.optimizer.state_dict(),
            "average": self.averaged.weights,
            "step": self.step,
            "seconds": self.seconds,
            "curve": self.curve,
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").rename(path)

    def _restore(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.policy.load_state_dict(state["model"], strict=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self.averaged.weights = state["average"]
        self.step, self.seconds, self.curve = state["step"], state["seconds"], state["curve"]


def _draw_swap(
    scores: Floats,
    base: Bools,
    parts: list[tuple[int, int]],
    temperature: float,
    rng: np.random.Generator,
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """A kept and a dropped unit, each drawn by its distance to the boundary."""
    held = np.array([base[begin:end].mean() for begin, end in parts])
    values = np.array([scores[begin:end].mean() for begin, end in parts])
    kept, dropped = np.flatnonzero(held > 0.5), np.flatnonzero(held < 0.5)
    if not len(kept) or not len(dropped):
        return None
    edge = (values[kept].min() + values[dropped].max()) / 2
    picked = []
    for group in (kept, dropped):
        weight = np.exp(-np.abs(values[group] - edge) / temperature) + 1e-9
        picked.append(parts[int(rng.choice(group, p=weight / weight.sum()))])
    return picked[0], picked[1]


def _divergence(now: torch.Tensor, before: torch.Tensor) -> torch.Tensor:
    """Mean KL by word of the supervised policy's keep probability to the policy's."""
    chance = torch.sigmoid(before)
    own = functional.binary_cross_entropy_with_logits(before, chance)
    return functional.binary_cross_entropy_with_logits(now, chance) - own


def _entropy(logits: torch.Tensor) -> torch.Tensor:
    """Mean entropy by word."""
    return functional.binary_cross_entropy_with_logits(logits, torch.sigmoid(logits))


def f1(found: str, expected: str) -> float:
    """Harmonic mean of precision and recall of words, lower-case."""
    left, right = found.lower().split(), expected.lower().split()
    shared = sum((Counter(left) & Counter(right)).values())
    if not left or not right or not shared:
        return 0.0
    precision, recall = shared / len(left), shared / len(right)
    return 2 * precision * recall / (precision + recall)


def bleu(found: str, expected: str) -> float:
    """BLEU-4 of one sentence with add-one smoothing past unigrams, and the brevity penalty."""
    left, right = found.lower().split(), expected.lower().split()
    if not left or not right:
        return 0.0
    total = 0.0
    for size in range(1, 5):
        ours = Counter(tuple(left[at : at + size]) for at in range(len(left) - size + 1))
        theirs = Counter(tuple(right[at : at + size]) for at in range(len(right) - size + 1))
        smooth = int(size > 1)
        matched = sum((ours & theirs).values()) + smooth
        if not matched:
            return 0.0
        total += np.log(matched / (sum(ours.values()) + smooth)) / 4
    return float(np.exp(total) * min(1.0, np.exp(1 - len(right) / len(left))))
