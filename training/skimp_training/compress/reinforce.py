"""The reinforcement stage: REINFORCE on how likely the language model finds the answer.

Two recipes. `paper` (TACO-RL, arXiv 2409.13035): independent Bernoulli words, reward F1 or BLEU
between the model's answers on the whole and on the compressed text, -0.1 off the wanted length,
entropy bonus. `skimp`: exact k; the choice of the policy is the baseline, and what is sampled are
swaps of one kept for one dropped phrase or sentence near the boundary (counterfactuals), so that
a reward tells of those two alone; a KL to the supervised policy keeps what the rewards say
nothing about.
"""

import copy
import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from skimp_training.compress.drawing import by_source, counts_by_task, draw_texts, ratios
from skimp_training.compress.examples import Example
from skimp_training.compress.expected import Estimated, Estimates, expected_loss
from skimp_training.compress.gains import Key
from skimp_training.compress.language_model import Floats, LanguageModel, Task
from skimp_training.compress.paper_recipe import entropy, paper_loss
from skimp_training.compress.policy import (
    MAX_TOKENS,
    SELECTION,
    Policy,
    Window,
    WordPieces,
    word_scores,
)
from skimp_training.compress.scoring import Read, cut_text, text_logits
from skimp_training.compress.swaps import Rollout, SwapDraw, roll_out, rollout_rewards
from skimp_training.compress.text_units import Units
from skimp_training.compress.tried import Memory, Tried, swap_loss
from skimp_training.train.loop import Averaged, save_weights, write_json

_log = logging.getLogger("skimp_training")
REWARD_RANGE = 3.0
"""Advantages are cut to this, in their task's usual size: no lucky answer must rule a batch."""
USUAL_SIZE = 0.35
"""Mean size that advantages are brought to, task by task: an answer's cost moves five times as
much as a summary's, and the summaries' signal would drown in the answers' noise."""
LEAST_ROOM = 80
"""Tokens of words that the smallest windows hold."""


@dataclass(frozen=True)
class ReinforceConfig:
    """How the reinforcement stage is trained."""

    recipe: str = "skimp"
    origin: str = "supervised"
    """Folder of the supervised policy that it is held to."""
    start: str = "supervised"
    """Folder of the policy that it begins with."""
    gains_at: str = ""
    """Folder of the policy by whose choice the gates stood when gains were asked for; else all
    stood alike."""
    learning_rate: float = 6e-5
    """The recipe `skimp` begins with it, and lets it fall to nothing over the steps."""
    batch: int = 18
    """Texts of an update, of equal shares of the ratios."""
    steps: int = 170
    swaps: int = 4
    """Of a text."""
    estimated: int = 24
    """Texts of an update that it learns from by the gains of their words, beside those tried."""
    estimate: float = 1.0
    """Weight of what is expected by them."""
    recalled: int = 2
    """Texts tried in earlier updates that an update learns from again, for each of its own."""
    remembered: int = 1_000
    """Texts of a task that can be recalled, the newest ones."""
    cut: float = 0.4
    """Share of the texts that are read in smaller windows than they could be."""
    temperature: float = 1.0
    """Of the probability of a swap, and of drawing units by their distance to the boundary."""
    anchor: float = 0.05
    """Weight of the KL to the supervised policy, by word."""
    entropy: float = 0.002
    clip: float = 1.0
    average: float = 0.995
    seed: int = 0
    shares: dict[Task, float] = field(
        default_factory=lambda: {"qa": 0.25, "summary": 0.45, "code": 0.3}
    )
    """Of the tasks in a batch."""
    checkpoint_every: int = 10
    snapshot_every: int = 60
    """Steps after which the averaged policy is kept, to choose among on dev."""


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
        gains: Mapping[Key, Floats] | None = None,
    ) -> None:
        """`gains` of the words of some of `examples`, which then are learned from.

        Raises:
            ValueError: no texts are to be tried, and of none the gains are known.
        """
        self.policy, self.origin, self.model, self.pieces = policy, origin.eval(), model, pieces
        self.examples, self.config = {t: by_source(e) for t, e in examples.items()}, config
        self.estimates = Estimates(self.examples, gains or {})
        if config.batch == 0 and (config.estimated == 0 or self.estimates.count() == 0):
            message = "nothing to learn from: no text is tried and none has gains (stage `gains`)"
            raise ValueError(message)
        self.sizes: dict[str, float] = {}  # of advantages, by task
        self.memory = Memory(config.remembered)
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
            if self.step % self.config.snapshot_every == 0:
                self.keep_policy(folder / f"step-{self.step}")
        self._save(path)

    def keep_policy(self, folder: Path) -> None:
        """Writes the averaged policy into `folder`, and how it came to be."""
        kept = copy.deepcopy(self.policy)
        self.averaged.copy_to(kept)
        folder.mkdir(exist_ok=True)
        save_weights(kept, folder / "policy.safetensors")
        told = {"config": asdict(self.config), "gains": self.estimates.count()}
        write_json(folder / "curve.json", {**told, "curve": self.curve})

    def update(self) -> dict[str, float]:
        """One update; returns means for the curve."""
        rng = np.random.default_rng([self.config.seed, self.step])
        counts = counts_by_task(self.config.shares, self.config.batch)
        drawn = draw_texts(self.examples, counts, self.step, rng)
        paper = self.config.recipe == "paper"
        return self._paper_update(drawn, rng) if paper else self._swap_update(drawn, rng)

    def _scale(self, tried: Sequence[Tried]) -> dict[str, float]:
        """By task, what brings gains to their usual size: by a running mean."""
        for task in self.config.shares:
            found = [abs(gain) for text in tried if text.task == task for _, _, gain in text.swaps]
            if found:
                mean = float(np.mean(found))
                self.sizes[task] = 0.9 * self.sizes.get(task, mean) + 0.1 * mean
        return {task: USUAL_SIZE / max(size, 1e-3) for task, size in self.sizes.items()}

    def _cut(
        self, example: Example, units: Units, rng: np.random.Generator | None = None
    ) -> list[Window]:
        """The text's windows; with `rng`, some texts are cut into smaller ones than need be.

        What is in the middle of a long text stands at the beginning of a window: where a word
        stands in one must tell nothing, and what windows say must be of one scale.
        """
        room = None
        if rng is not None and rng.random() < self.config.cut:
            tokens = sum(map(len, self.pieces.of_text(example.text, units)))
            room = max(LEAST_ROOM, int(rng.uniform(0.5, 1.0) * min(tokens, MAX_TOKENS)))
        return cut_text(example, units, self.pieces, room)

    def _swap_update(
        self, drawn: list[tuple[Example, float]], rng: np.random.Generator
    ) -> dict[str, float]:
        counts = Counter(example.task for example, _ in drawn)
        recalled = self.memory.draw({t: n * self.config.recalled for t, n in counts.items()}, rng)
        wanted = counts_by_task(self.config.shares, self.config.estimated)
        estimated = self.estimates.draw(wanted, rng)
        examples = [example for example, _ in drawn] + [tried.example() for tried in recalled]
        examples += [item.example for item in estimated]
        units = [example.units() for example in examples]
        cuts = [self._cut(e, u, rng) for e, u in zip(examples, units, strict=True)]
        self.policy.eval()
        logits = text_logits(self.policy, cuts)
        with torch.inference_mode():
            origin = text_logits(self.origin, cuts)
        draw = SwapDraw(self.config.swaps, self.config.temperature, rng)
        rollouts = [
            roll_out(example, unit, keep, values.detach(), draw)
            for (example, keep), unit, values in zip(drawn, units, logits, strict=False)
        ]
        rewards = rollout_rewards(self.model, rollouts)
        fresh = [_tried(rollout, found) for rollout, found in zip(rollouts, rewards, strict=True)]
        count = len(fresh) + len(recalled)
        tried = [*fresh, *recalled]
        loss = self._swap_losses(tried, units[:count], logits[:count], self._scale(fresh))
        expected = self._expected_loss(estimated, units[count:], logits[count:])
        anchor = torch.stack(
            [_divergence(now, before.clone()) for now, before in zip(logits, origin, strict=True)]
        ).mean()
        spread = torch.stack([entropy(values) for values in logits]).mean()
        for group in self.optimizer.param_groups:
            group["lr"] = self.config.learning_rate * (1 - self.step / self.config.steps)
        loss = loss + self.config.estimate * expected
        self._apply(loss + self.config.anchor * anchor - self.config.entropy * spread)
        for text in fresh:
            self.memory.add(text)
        means = {"anchor": float(anchor.detach()), "expected": -float(expected.detach())}
        return {**_trial_means(fresh, rewards), **means} if fresh else means

    def _swap_losses(
        self,
        tried: list[Tried],
        units: list[Units],
        logits: list[torch.Tensor],
        scale: dict[str, float],
    ) -> torch.Tensor:
        """Mean over all swaps, their gains brought to one size and cut."""
        limit = REWARD_RANGE * USUAL_SIZE
        loss, count = torch.zeros(()), 0
        for text, unit, values in zip(tried, units, logits, strict=True):
            scores = word_scores(values, unit, SELECTION)
            swaps = [
                (out, into, float(np.clip(gain * scale[text.task], -limit, limit)))
                for out, into, gain in text.swaps
            ]
            loss = loss + swap_loss(scores, swaps, self.config.temperature)
            count += len(swaps)
        return loss / max(1, count)

    def _expected_loss(
        self, items: list[Estimated], units: list[Units], logits: list[torch.Tensor]
    ) -> torch.Tensor:
        """Mean over the texts whose words' gains are known."""
        losses = [
            expected_loss(
                word_scores(values, unit, SELECTION),
                item,
                unit,
                ratios(item.example.task),
                self.config.temperature,
            )
            for item, unit, values in zip(items, units, logits, strict=True)
        ]
        return torch.stack(losses).mean() if losses else torch.zeros(())

    def _apply(self, loss: torch.Tensor) -> None:
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        trained = [value for value in self.policy.parameters() if value.requires_grad]
        torch.nn.utils.clip_grad_norm_(trained, self.config.clip)
        self.optimizer.step()
        self.averaged.update(self.policy, self.step * 4)

    def _paper_update(
        self, drawn: list[tuple[Example, float]], rng: np.random.Generator
    ) -> dict[str, float]:
        examples = [example for example, _ in drawn]
        units = [example.units() for example in examples]
        self.policy.eval()
        cuts = [self._cut(e, u) for e, u in zip(examples, units, strict=True)]
        logits = text_logits(self.policy, cuts)
        reads = [Read(*each) for each in zip(examples, units, logits, strict=True)]
        loss, means = paper_loss(self.model, reads, int(rng.integers(2**31)))
        self._apply(loss)
        return means

    def _save(self, path: Path) -> None:
        state = {
            "model": {n: v for n, v in self.policy.named_parameters() if v.requires_grad},
            "optimizer": self.optimizer.state_dict(),
            "average": self.averaged.weights,
            "step": self.step,
            "seconds": self.seconds,
            "curve": self.curve,
            "sizes": self.sizes,
            "memory": self.memory.state(),
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").rename(path)

    def _restore(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.policy.load_state_dict(state["model"], strict=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self.averaged.weights = state["average"]
        self.step, self.seconds, self.curve = state["step"], state["seconds"], state["curve"]
        self.sizes = state["sizes"]
        self.memory.restore(state.get("memory", []))


def _tried(rollout: Rollout, rewards: Sequence[float]) -> Tried:
    """What a rollout taught: the reward of its base is first, then those of its trials."""
    example = rollout.example
    swaps = [
        (out, into, reward - rewards[0])
        for (_, out, into), reward in zip(rollout.trials, rewards[1:], strict=True)
    ]
    return Tried(example.task, example.text, example.question, swaps)


def _trial_means(fresh: Sequence[Tried], rewards: Sequence[Sequence[float]]) -> dict[str, float]:
    """Of what an update tried: the choices' reward, how many swaps gained, and their size."""
    gained = [gain for tried in fresh for _, _, gain in tried.swaps] or [0.0]
    return {
        "reward": float(np.mean([found[0] for found in rewards])),
        "better": float(np.mean([value > 0 for value in gained])),
        "size": float(np.mean(np.abs(gained))),
    }


def _divergence(now: torch.Tensor, before: torch.Tensor) -> torch.Tensor:
    """Mean KL by word of the supervised policy's keep probability to the policy's."""
    chance = torch.sigmoid(before)
    own = functional.binary_cross_entropy_with_logits(before, chance)
    return functional.binary_cross_entropy_with_logits(now, chance) - own
