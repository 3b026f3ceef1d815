"""The network in PyTorch: a MiniLM encoder with case shapes, and a head for each task.

Tags, edit scripts, entities and sentence starts are linear in the word's vector; arcs are deep
biaffine and relations its low-rank form (Dozat and Manning 2017), whose last layer runs outside
(`Network.relations`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.language.labels import Labels
from kg.language.pieces import Shape
from kg.training.dropout import Dropout
from kg.training.encoder import Encoder
from kg.training.rounding import Linear, Square
from kg.training.settings import ModelSettings

WIDTH = 384
_SLOPE = 0.1
ATTENTION_HEADS = 12
_INNER = 1536
_POSITIONS = 512
# Added to the score of what must not be attended to; finite, so that bf16 stays free of NaN.
_MASKED = -1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Scores of a batch as tensors, windows × words (× labels)."""

    arcs: Tensor
    tags: Tensor
    edits: Tensor
    entities: Tensor
    starts: Tensor
    dependents: Tensor
    governors: Tensor
    vectors: Tensor


class Layer(nn.Module):
    """One transformer layer, as in BERT: normalised after each part."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.drop = Dropout(dropout)
        self.qkv = Linear(WIDTH, 3 * WIDTH)
        self.out = Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = Linear(WIDTH, _INNER)
        self.outer = Linear(_INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The next layer's vectors; `mask` is added to the attention scores."""
        windows, size, _ = x.shape
        qkv = self.qkv(x).view(windows, size, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
        query, key, value = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        # Written out: on a CPU faster than the fused form, in training as in ONNX Runtime's int8.
        scores = (query / math.sqrt(WIDTH // ATTENTION_HEADS)) @ key.transpose(-1, -2) + mask
        attended = self.drop(torch.softmax(scores, -1)) @ value
        attended = self.out(attended.transpose(1, 2).reshape(windows, size, WIDTH))
        x = self.norm1(x + self.drop(attended))
        return self.norm2(x + self.drop(self.outer(functional.gelu(self.inner(x)))))


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, labels: Labels, pieces: int, layers: int, settings: ModelSettings) -> None:
        super().__init__()
        self.drop = Dropout(settings.dropout)
        self.sees_shapes = settings.shapes
        self.word = nn.Embedding(pieces, WIDTH)
        self.position = nn.Embedding(_POSITIONS, WIDTH)
        self.shape = nn.Embedding(len(Shape), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(settings.dropout) for _ in range(layers))
        self.head_dropout = Dropout(settings.head_dropout)
        self.tags = Linear(WIDTH, len(labels.tags))
        self.edits = Linear(WIDTH, len(labels.edits))
        self.entities = Linear(WIDTH, len(labels.entities))
        # What other corpora say of entities beyond what ours would; never asked at run time.
        self.foreign = nn.Linear(WIDTH, len(labels.entities))
        self.starts = Linear(WIDTH, 1)
        self.arc_dependents = Linear(WIDTH, settings.arcs)
        self.arc_governors = Linear(WIDTH, settings.arcs)
        self.arc_weights = Square(settings.arcs)
        self.arc_bias = Linear(settings.arcs, 1, bias=False)
        self.dependents = Linear(WIDTH, settings.labels)
        self.governors = Linear(WIDTH, settings.labels)
        # These stay exact at run time, too.
        self.added = nn.Linear(settings.labels, len(labels.relations))
        self.multiplied = nn.Linear(settings.labels, len(labels.relations), bias=False)
        for part in (self.multiplied.weight, self.foreign.weight, self.foreign.bias):
            nn.init.zeros_(part)

    def forward(self, ids: Tensor, shapes: Tensor, spans: Tensor) -> Outputs:
        """The scores of a batch (`kg.language.batches.Inputs`)."""
        vectors = self._words(self._encode(ids, shapes), spans)
        dropped = self.head_dropout(vectors)
        dependents = self._arc_part(self.arc_dependents, dropped)
        governors = self._arc_part(self.arc_governors, dropped)
        arcs = self.arc_weights(dependents) @ governors.transpose(1, 2)
        return Outputs(
            arcs=arcs + self.arc_bias(governors).transpose(1, 2),
            tags=self.tags(dropped),
            edits=self.edits(dropped),
            entities=self.entities(dropped),
            starts=self.starts(dropped).squeeze(-1),
            dependents=self.dependents(dropped),
            governors=self.governors(dropped),
            vectors=vectors,
        )

    def relations(self, outputs: Outputs, heads: Tensor) -> Tensor:
        """Scores of the relations, given the place of each word's head."""
        places = heads[:, :, None].expand(-1, -1, outputs.governors.shape[2])
        return self.relate(outputs.dependents, torch.gather(outputs.governors, 1, places))

    def relate(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """Scores of the relations of words, given their own parts and those of their heads."""
        rectified = functional.leaky_relu(dependents + governors, _SLOPE)
        return self.added(self.head_dropout(rectified)) + self.multiplied(dependents * governors)

    def _arc_part(self, layer: nn.Module, x: Tensor) -> Tensor:
        return self.head_dropout(functional.leaky_relu(layer(x), _SLOPE))

    def _encode(self, ids: Tensor, shapes: Tensor) -> Tensor:
        shapes = shapes if self.sees_shapes else torch.zeros_like(shapes)
        x = self.word(ids) + self.position.weight[: ids.shape[1]] + self.shape(shapes)
        x = self.drop(self.norm(x))
        mask = (ids == 0).to(x.dtype)[:, None, None, :] * _MASKED
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def _words(self, x: Tensor, spans: Tensor) -> Tensor:
        """A word's vector: the mean of its first and last piece."""
        places = spans[:, :, :, None].expand(-1, -1, -1, WIDTH)
        return 0.5 * (torch.gather(x, 1, places[:, 0]) + torch.gather(x, 1, places[:, 1]))


def start_from(network: Network, encoder: Encoder) -> None:
    """Copies the encoder into the network and freezes its word table.

    Frozen, the table can be cut to the pieces that are needed, and rare names stay where they were.
    The one row of token types that BERT uses becomes the row of every case shape.
    """
    weights = {name.removeprefix("bert."): torch.from_numpy(array) for name, array in encoder.weights.items()}
    kinds = weights["embeddings.token_type_embeddings.weight"]
    with torch.no_grad():
        network.word.weight.copy_(weights["embeddings.word_embeddings.weight"])
        network.position.weight.copy_(weights["embeddings.position_embeddings.weight"])
        network.shape.weight.copy_(kinds[:1].expand(len(Shape), -1))
        network.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        network.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for number, layer in enumerate(network.layers):
            _copy_layer(layer, weights, f"encoder.layer.{number}.")
    network.word.weight.requires_grad_(requires_grad=False)


def _copy_layer(layer: nn.Module, weights: dict[str, Tensor], prefix: str) -> None:
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "norm2": "output.LayerNorm",
    }
    state = layer.state_dict()
    for kind in ("weight", "bias"):
        parts = [weights[f"{prefix}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
        state[f"qkv.{kind}"].copy_(torch.cat(parts))
        for ours, theirs in names.items():
            state[f"{ours}.{kind}"].copy_(weights[f"{prefix}{theirs}.{kind}"])
