"""The float ONNX graph of the encoder, in the form every shipped graph is made from."""

import tempfile
from pathlib import Path

import onnx
import torch
from onnx import ModelProto
from torch import Tensor, nn
from transformers import BertModel

from skimp_training.config import ExportConfig

INPUT_NAMES = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT_NAME = "last_hidden_state"
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
        tables = self.embeddings
        positions = tables.position_embeddings.weight[: input_ids.shape[1]]  # (tokens, dims)
        words = tables.word_embeddings(input_ids) + tables.token_type_embeddings(token_type_ids)
        hidden: Tensor = tables.LayerNorm(words + positions)
        bias = (attention_mask[:, None, None, :].to(hidden.dtype) - 1.0) * self.mask_bias
        for layer in self.layers:
            output = layer(hidden, bias)  # bias is (batch, 1, 1, tokens)
            hidden = output[0] if isinstance(output, tuple) else output
        return hidden


def export_float(encoder: BertModel, settings: ExportConfig) -> ModelProto:
    """The float graph, at `settings.opset`, with no trace of the exporter's surroundings."""
    wrapped = ExportedEncoder(encoder, settings.mask_bias).eval()
    example = tuple(torch.ones((2, 8), dtype=torch.int64) for _ in INPUT_NAMES)
    batch, tokens = torch.export.Dim("batch", min=1), torch.export.Dim("tokens", min=2, max=512)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "float.onnx"
        torch.onnx.export(
            wrapped,
            example,
            path,
            input_names=list(INPUT_NAMES),
            output_names=[OUTPUT_NAME],
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
