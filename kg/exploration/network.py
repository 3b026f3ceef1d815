"""A part of the graph to be drawn: some entities, or the strongest, and all that connects them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain

from kg.exploration.days import Days, days_of_edges, days_of_entities
from kg.exploration.descriptions import read_entities
from kg.exploration.filters import NONE, Filters, Sieve
from kg.exploration.nodes import entities_at
from kg.exploration.reading import Reader, reader_of
from kg.exploration.records import EntityBrief, Facets
from kg.exploration.ties import Tie, every_tie
from kg.store import Store
from kg.types import Status

FEW_NODES = 300
"""Entities of a drawing unless told otherwise: what a screen shows legibly."""
MOST_NODES = 50_000
_MANY = 2_000
"""Entities of a drawing from which on it is quicker to read all that the graph has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """All relations between two entities as one edge; columns of the same length."""

    source: tuple[int, ...]
    """Place of the one end among the entities."""
    target: tuple[int, ...]
    """Place of the other end; never before the source."""
    weight: tuple[int, ...]
    """How many relations."""
    forward: tuple[int, ...]
    """Those whose subject is the source; neither they nor the backward ones hold both ways."""
    backward: tuple[int, ...]
    """Those whose subject is the target."""
    relation_class: tuple[int, ...]
    """Place of the most frequent class among the classes."""
    status: tuple[int, ...]
    """Place among the statuses: asserted where any relation is, else the most frequent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Some entities with the edges between them."""

    entities: tuple[EntityBrief, ...]
    """In the order in which they were asked for; else those with most relations first, then by name."""
    weights: tuple[int, ...]
    """How many relations each entity has that fit, drawn or not."""
    edges: Edges
    relation_classes: tuple[str, ...]
    """Those that edges have."""
    statuses: tuple[str, ...]
    """Those that edges have."""
    relations: int
    """How many relations the edges stand for."""
    entities_total: int
    """How many entities have relations that fit, drawn or not."""
    relations_total: int
    """How many relations of the whole graph fit."""
    facets: Facets
    """How many of the relations between the entities each value of each filter would leave."""
    days_of_entities: Days | None = None
    """Of the relations that `weights` counts; null unless days are wanted."""
    days_of_edges: Days | None = None
    """Of the relations of each edge; null unless days are wanted."""


def network(
    store: Store,
    entities: Sequence[str] = (),
    *,
    filters: Filters = NONE,
    limit: int = FEW_NODES,
    days: bool = False,
) -> Network:
    """Some entities, or those with most relations, with an edge for each two that relations connect.

    All relations of the graph are read at first, some 30 µs each, and remembered where it cannot change.

    Args:
        store: The graph.
        entities: IRIs or ids; none for those with most relations.
        filters: Which relations count; types are those of both ends, since both are drawn.
        limit: How many entities at most, where none are given.
        days: Whether the first and last days of entities and edges are wanted.

    Raises:
        MissingError: The graph has no such entity, or none of a filter.
        VocabularyError: The ontology has no such class or property.
        ExplorationError: A filter cannot be.

    >>> network(Store.in_memory()).entities_total
    0
    """
    reader = reader_of(store)
    sieve = Sieve(reader, filters, of_both_ends=True)
    every = every_tie(reader)
    fitting = [tie for tie in every if sieve.fits(tie, tie.object)] if filters != NONE else every
    weights = Counter(chain.from_iterable({tie.subject, tie.object} for tie in fitting))
    if max(limit, len(entities)) > _MANY:
        read_entities(reader)
    chosen = _given(reader, entities) if entities else _strongest(reader, weights, limit)
    places = {node: place for place, node in enumerate(chosen)}
    between = [tie for tie in fitting if tie.subject in places and tie.object in places]
    seen = between if filters == NONE else (t for t in every if t.subject in places and t.object in places)
    classes, statuses, edges = _edges(places, between)
    return Network(
        entities=tuple(map(reader.entity, chosen)),
        weights=tuple(weights[node] for node in chosen),
        edges=edges,
        relation_classes=classes,
        statuses=statuses,
        relations=len(between),
        entities_total=len(weights),
        relations_total=len(fitting),
        facets=sieve.facets((tie, tie.object) for tie in seen),
        days_of_entities=days_of_entities(reader, chosen, fitting) if days else None,
        days_of_edges=days_of_edges(reader, chosen, between) if days else None,
    )


def _given(reader: Reader, keys: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(entities_at(reader, keys)))


def _strongest(reader: Reader, weights: Mapping[str, int], limit: int) -> list[str]:
    """Those with most relations, then by name; names are read of those only that may be among them."""
    if limit < len(weights):
        least = nlargest(limit, weights.values())[-1]
        weights = {node: weight for node, weight in weights.items() if weight >= least}
    ranked = sorted(weights, key=lambda node: (-weights[node], reader.name(node), node))
    return ranked[:limit]


def _edges(places: Mapping[str, int], ties: Iterable[Tie]) -> tuple[tuple[str, ...], tuple[str, ...], Edges]:
    nodes = list(places)
    bundles: dict[tuple[int, int], list[Tie]] = defaultdict(list)
    for tie in ties:
        one, other = places[tie.subject], places[tie.object]
        bundles[(one, other) if one < other else (other, one)].append(tie)
    ordered = sorted(bundles.items())
    classes = [_most([tie.relation_class for tie in bundle]) for _, bundle in ordered]
    statuses = [_status([tie.status for tie in bundle]) for _, bundle in ordered]
    known_classes, known_statuses = sorted(set(classes)), sorted(set(statuses))
    return (
        tuple(known_classes),
        tuple(known_statuses),
        Edges(
            source=tuple(ends[0] for ends, _ in ordered),
            target=tuple(ends[1] for ends, _ in ordered),
            weight=tuple(len(bundle) for _, bundle in ordered),
            forward=tuple(_directed(bundle, nodes[ends[0]]) for ends, bundle in ordered),
            backward=tuple(_directed(bundle, nodes[ends[1]]) for ends, bundle in ordered),
            relation_class=tuple(map(known_classes.index, classes)),
            status=tuple(map(known_statuses.index, statuses)),
        ),
    )


def _directed(ties: Sequence[Tie], subject: str) -> int:
    if len(ties) == 1:  # as nearly all are
        return int(ties[0].subject == subject and not ties[0].symmetric)
    return sum(tie.subject == subject and not tie.symmetric for tie in ties)


def _status(values: Sequence[Status]) -> str:
    if len(values) == 1 or Status.ASSERTED in values:
        return (values[0] if len(values) == 1 else Status.ASSERTED).value
    return _most([status.value for status in values])


def _most(values: Sequence[str]) -> str:
    if len(values) == 1:
        return values[0]
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
