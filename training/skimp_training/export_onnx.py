"""The float ONNX graphs of both models, in the form every shipped graph is made from."""

import tempfile
from pathlib import Path

import onnx
import torch
from onnx import ModelProto
from torch import Tensor, nn
from transformers import BertModel
from transformers.models.bert.modeling_bert import BertLayer

from skimp_training.config import ExportConfig
from skimp_training.verifier import Verifier

INPUT_NAMES = ("input_ids", "attention_mask", "token_type_ids")
HIDDEN = "last_hidden_state"
LOGITS = "logits"
WORD_TABLE = "embeddings.word_embeddings.weight"
POSITION_TABLE = "embeddings.position_embeddings.weight"
_EXPORTER_OPSET = 18  # the oldest that torch's exporter writes


class ExportedEncoder(nn.Module):
    """The encoder with plain tensor code around its layers, which exports to few nodes.

    Position vectors are a slice of their table rather than a look-up by int64 positions, and
    the mask is a finite bias, so that the same graph works in fp16.
    """

    def __init__(self, encoder: BertModel, mask_bias: float) -> None:
        """Wraps `encoder`; `mask_bias` is what padding loses in attention scores."""
        super().__init__()
        self.embeddings = encoder.embeddings
        self.layers = encoder.encoder.layer
        self.mask_bias = mask_bias

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Three int64 inputs (batch, tokens) -> last hidden state (batch, tokens, dims)."""
        hidden, bias = self.embed(input_ids, attention_mask, token_type_ids)
        for layer in self.layers:
            hidden = _run_layer(layer, hidden, bias)
        return hidden

    def embed(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Input of the first layer (batch, tokens, dims), and the mask's bias on scores."""
        tables = self.embeddings
        positions = tables.position_embeddings.weight[: input_ids.shape[1]]  # (tokens, dims)
        words = tables.word_embeddings(input_ids) + tables.token_type_embeddings(token_type_ids)
        hidden: Tensor = tables.LayerNorm(words + positions)
        bias = (attention_mask[:, None, None, :].to(hidden.dtype) - 1.0) * self.mask_bias
        return hidden, bias  # bias is (batch, 1, 1, tokens)


class ExportedVerifier(ExportedEncoder):
    """The verifier; its last layer computes the state of [CLS] alone, all that the head reads."""

    def __init__(self, verifier: Verifier, mask_bias: float) -> None:
        """Wraps `verifier`; `mask_bias` is what padding loses in attention scores."""
        super().__init__(verifier.encoder, mask_bias)
        self.dense = verifier.dense
        self.head = verifier.head

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Three int64 inputs (batch, tokens) -> logits (batch,)."""
        hidden, bias = self.embed(input_ids, attention_mask, token_type_ids)
        for layer in self.layers[:-1]:
            hidden = _run_layer(layer, hidden, bias)
        state = _run_layer_on_first(self.layers[-1], hidden, bias)
        # Three dimensions make dense a matrix product, which becomes int8 as all others do; the
        # head is no product, and stays float.
        pooled = torch.tanh(self.dense(state))[:, 0]
        logits: Tensor = (pooled * self.head.weight[0]).sum(dim=-1) + self.head.bias
        return logits


def _run_layer(layer: BertLayer, hidden: Tensor, bias: Tensor) -> Tensor:
    output = layer(hidden, bias)
    states: Tensor = output[0] if isinstance(output, tuple) else output
    return states


def _run_layer_on_first(layer: BertLayer, hidden: Tensor, bias: Tensor) -> Tensor:
    """A BERT layer's output for the first token only: (batch, tokens, dims) -> (batch, 1, dims)."""
    attention = layer.attention.self
    heads = (attention.num_attention_heads, attention.attention_head_size)
    first = hidden[:, :1]
    query = attention.query(first).unflatten(-1, heads).transpose(1, 2)  # (batch, heads, 1, size)
    key = attention.key(hidden).unflatten(-1, heads).transpose(1, 2)
    value = attention.value(hidden).unflatten(-1, heads).transpose(1, 2)
    scores = query @ key.transpose(-1, -2) * heads[1] ** -0.5 + bias
    attended = torch.softmax(scores, dim=-1) @ value
    states = layer.attention.output(attended.transpose(1, 2).flatten(2), first)
    output: Tensor = layer.output(layer.intermediate(states), states)
    return output


def export_encoder(encoder: BertModel, settings: ExportConfig) -> ModelProto:
    """The embedder's float graph, at `settings.opset`; its output is `last_hidden_state`."""
    return export_module(ExportedEncoder(encoder, settings.mask_bias), HIDDEN, settings)


def export_verifier(verifier: Verifier, settings: ExportConfig) -> ModelProto:
    """The verifier's float graph, at `settings.opset`; its output is `logits`."""
    return export_module(ExportedVerifier(verifier, settings.mask_bias), LOGITS, settings)


def export_module(module: nn.Module, output_name: str, settings: ExportConfig) -> ModelProto:
    """The float graph of a module that reads the three inputs."""
    example = tuple(torch.ones((2, 8), dtype=torch.int64) for _ in INPUT_NAMES)
    batch, tokens = torch.export.Dim("batch", min=1), torch.export.Dim("tokens", min=2, max=512)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "float.onnx"
        torch.onnx.export(
            module.eval(),
            example,
            path,
            input_names=list(INPUT_NAMES),
            output_names=[output_name],
            dynamic_shapes=({0: batch, 1: tokens},) * len(INPUT_NAMES),
            opset_version=_EXPORTER_OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )
        model = onnx.load(path)
    strip_traces(model)
    set_versions(model, settings)
    onnx.checker.check_model(model, full_check=True)
    return model


def strip_traces(model: ModelProto) -> None:
    """Removes doc strings and metadata: they hold stack traces with paths of this machine."""
    graph = model.graph
    for holder in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        holder.ClearField("doc_string")
        holder.ClearField("metadata_props")
    graph.ClearField("value_info")
    graph.name = "encoder"
    model.producer_name = "skimp_training"
    model.ClearField("producer_version")


def set_versions(model: ModelProto, settings: ExportConfig) -> None:
    """Declares `settings.opset`.

    Raises:
        ValueError: the graph uses an operator whose meaning changed after that opset.
    """
    exported = {entry.domain: entry.version for entry in model.opset_import}[""]
    for node in model.graph.node:
        since = onnx.defs.get_schema(node.op_type, exported, node.domain).since_version
        if since > settings.opset:
            message = f"{node.op_type} is of opset {since}, past {settings.opset}"
            raise ValueError(message)
    del model.opset_import[:]
    model.opset_import.append(onnx.helper.make_opsetid("", settings.opset))
    model.ir_version = settings.ir_version
