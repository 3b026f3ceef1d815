"""What the network is trained to make small: errors against the corpora, and distance to its teachers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from kg.language.labels import ENTITY_LABELS
from kg.training.examples import IGNORED, Batch
from kg.training.model import Network, Outputs
from kg.training.settings import LossSettings

_IMPOSSIBLE = -1e4
# What a word may be that a corpus without events and dates leaves unmarked.
_UNMARKED = [n for n, label in enumerate(ENTITY_LABELS) if label.partition("-")[2] in ("", "EVENT", "DATE")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """A batch on the device of the network."""

    ids: Tensor
    shapes: Tensor
    spans: Tensor
    tags: Tensor
    edits: Tensor
    heads: Tensor
    relations: Tensor
    entities: Tensor
    starts: Tensor
    sentences: Tensor
    is_foreign: Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What the teachers think: probabilities, the mean of all teachers."""

    heads: Tensor
    """The head of each word by the corpus, or else by the teachers."""
    arcs: Tensor
    relations: Tensor
    tags: Tensor
    edits: Tensor
    entities: Tensor
    starts: Tensor


def move(batch: Batch, device: torch.device) -> Targets:
    """The batch as tensors on a device."""
    arrays = {name: getattr(batch.inputs, name) for name in ("ids", "shapes", "spans")}
    names = ("tags", "edits", "heads", "relations", "entities", "starts", "sentences", "is_foreign")
    arrays |= {name: getattr(batch, name) for name in names}
    return Targets(**{name: torch.from_numpy(a).to(device, non_blocking=True) for name, a in arrays.items()})


def mask_arcs(arcs: Tensor, sentences: Tensor) -> Tensor:
    """The scores of arcs, impossible where head and word stand in different sentences or are the same."""
    same = sentences[:, :, None] == sentences[:, None, :]
    same[:, :, 0] = True
    same &= ~torch.eye(same.shape[1], dtype=torch.bool, device=same.device)
    return arcs.float().masked_fill(~same, _IMPOSSIBLE)


def corpus_loss(network: Network, outputs: Outputs, targets: Targets, weights: LossSettings) -> Tensor:
    """The weighted cross-entropy of all tasks against the labels of the corpora."""
    relations = network.relations(outputs, targets.heads.clamp(min=0))
    starts = functional.binary_cross_entropy_with_logits(
        outputs.starts.float(), targets.starts.clamp(min=0).float(), reduction="none"
    )
    known = targets.starts != IGNORED
    entities = outputs.entities + network.foreign(outputs.vectors) * targets.is_foreign[:, None, None]
    return (
        weights.arcs * _cross_entropy(mask_arcs(outputs.arcs, targets.sentences), targets.heads)
        + weights.relations * _cross_entropy(relations, targets.relations)
        + weights.tags * _cross_entropy(outputs.tags, targets.tags)
        + weights.edits * _cross_entropy(outputs.edits, targets.edits)
        + weights.entities * _entity_loss(entities, targets.entities)
        + weights.sentences * (starts * known).sum() / known.sum().clamp(min=1)
    )


def _cross_entropy(scores: Tensor, targets: Tensor) -> Tensor:
    total = functional.cross_entropy(
        scores.float().flatten(0, 1), targets.flatten(), ignore_index=IGNORED, reduction="sum"
    )
    return total / (targets != IGNORED).sum().clamp(min=1)


def _entity_loss(scores: Tensor, targets: Tensor) -> Tensor:
    """As above, with one more target, `NO_NAME`: `O`, an event or a date (partial labels, marginalised)."""
    logs = functional.log_softmax(scores.float(), -1)
    either = logs[..., _UNMARKED].logsumexp(-1, keepdim=True)
    logs = torch.cat([logs, either], -1)
    total = functional.nll_loss(logs.flatten(0, 1), targets.flatten(), ignore_index=IGNORED, reduction="sum")
    return total / (targets != IGNORED).sum().clamp(min=1)


@torch.no_grad()
def take_advice(teachers: Sequence[Network], targets: Targets) -> Advice:
    """The mean of the teachers' probabilities."""
    outputs = [teacher(targets.ids, targets.shapes, targets.spans) for teacher in teachers]
    arcs = _mean([mask_arcs(o.arcs, targets.sentences) for o in outputs])
    heads = torch.where(targets.heads == IGNORED, arcs.argmax(-1), targets.heads)
    return Advice(
        heads=heads,
        arcs=arcs,
        relations=_mean([t.relations(o, heads) for t, o in zip(teachers, outputs, strict=True)]),
        tags=_mean([o.tags for o in outputs]),
        edits=_mean([o.edits for o in outputs]),
        entities=_mean([o.entities for o in outputs]),
        starts=torch.stack([torch.sigmoid(o.starts.float()) for o in outputs]).mean(0),
    )


def _mean(scores: list[Tensor]) -> Tensor:
    return torch.stack([torch.softmax(s.float(), -1) for s in scores]).mean(0)


def advice_loss(
    network: Network, outputs: Outputs, targets: Targets, advice: Advice, weights: LossSettings
) -> Tensor:
    """The weighted cross-entropy of all tasks against the teachers, on every word (Hinton et al. 2015)."""
    words = targets.sentences >= 0
    starts = functional.binary_cross_entropy_with_logits(
        outputs.starts.float(), advice.starts, reduction="none"
    )
    known = words & (targets.starts != IGNORED)
    return (
        weights.arcs * _distance(mask_arcs(outputs.arcs, targets.sentences), advice.arcs, words)
        + weights.relations * _distance(network.relations(outputs, advice.heads), advice.relations, words)
        + weights.tags * _distance(outputs.tags, advice.tags, words)
        + weights.edits * _distance(outputs.edits, advice.edits, words)
        + weights.entities * _distance(outputs.entities, advice.entities, words)
        + weights.sentences * (starts * known).sum() / known.sum().clamp(min=1)
    )


def _distance(scores: Tensor, advice: Tensor, words: Tensor) -> Tensor:
    losses = -(advice * functional.log_softmax(scores.float(), -1)).sum(-1)
    return (losses * words).sum() / words.sum().clamp(min=1)
