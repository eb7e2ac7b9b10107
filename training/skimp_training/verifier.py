"""The verifier: a cross-encoder that reads two prompts at once.

Input is `[CLS] first [SEP] second [SEP]` with token types 0 and 1. It is symmetric because callers
put the two prompts in one fixed order first (`ordered`): the same pair gives the same input.
"""

from typing import Any

import torch
from torch import nn
from transformers import BertConfig, BertModel


def ordered(first: str, second: str) -> tuple[str, str]:
    """The two prompts, the shorter one (in UTF-16 code units) first; ties by code units."""
    return (first, second) if _rank(first) <= _rank(second) else (second, first)


def _rank(text: str) -> tuple[int, bytes]:
    units = text.encode("utf-16-be", "surrogatepass")
    return len(units), units


class Verifier(nn.Module):
    """Encoder, then `head(tanh(dense(state of [CLS])))`: the logit of P(same response)."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        shape = BertConfig(**config, attn_implementation="eager")
        self.encoder = BertModel(shape, add_pooling_layer=False)
        self.dense = nn.Linear(shape.hidden_size, shape.hidden_size)
        self.head = nn.Linear(shape.hidden_size, 1)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Logits (batch,) of token ids (batch, tokens)."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        logits: torch.Tensor = self.head(torch.tanh(self.dense(states[:, 0])))
        return logits[:, 0]
