"""A part of the graph to be drawn: some entities, or the strongest, and all that connects them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.exploration.filters import NONE, Filters, Sieve
from kg.exploration.nodes import entities_at
from kg.exploration.reading import Link, Reader, reader_of
from kg.exploration.records import EntityBrief, Facets
from kg.store import Store

FEW_NODES = 300
"""Entities of a drawing unless told otherwise: what a screen shows legibly."""
MOST_NODES = 50_000


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


def network(
    store: Store, entities: Sequence[str] = (), *, filters: Filters = NONE, limit: int = FEW_NODES
) -> Network:
    """Some entities, or those with most relations, with an edge for each two that relations connect.

    Args:
        store: The graph.
        entities: IRIs or ids; none for those with most relations.
        filters: Which relations count.
        limit: How many entities at most, where none are given.

    Raises:
        MissingError: The graph has no such entity, or none of a filter.
        VocabularyError: The ontology has no such class or property.
        ExplorationError: A filter cannot be.

    >>> network(Store.in_memory()).entities_total
    0
    """
    reader = reader_of(store)
    sieve = Sieve(reader, filters)
    every = list(reader.every_link())
    fitting = [link for link in every if sieve.joins(link)]
    weights = Counter(end for link in fitting for end in {link.subject, link.object})
    ranked = sorted(weights, key=lambda node: (-weights[node], reader.name(node), node))
    chosen = list(dict.fromkeys(entities_at(reader, entities))) if entities else ranked[:limit]
    drawn = set(chosen)
    between = [link for link in fitting if link.subject in drawn and link.object in drawn]
    classes, statuses, edges = _edges(chosen, between)
    return Network(
        entities=tuple(map(reader.entity, chosen)),
        weights=tuple(weights[node] for node in chosen),
        edges=edges,
        relation_classes=classes,
        statuses=statuses,
        relations=len(between),
        entities_total=len(weights),
        relations_total=len(fitting),
        facets=_facets(sieve, reader, [link for link in every if {link.subject, link.object} <= drawn]),
    )


def _edges(chosen: Sequence[str], links: Sequence[Link]) -> tuple[tuple[str, ...], tuple[str, ...], Edges]:
    places = {node: place for place, node in enumerate(chosen)}
    bundles: dict[tuple[int, int], list[Link]] = {}
    for link in links:
        ends = sorted((places[link.subject], places[link.object]))
        bundles.setdefault((ends[0], ends[1]), []).append(link)
    ordered = sorted(bundles.items())
    classes = [_most(link.relation_class for link in bundle) for _, bundle in ordered]
    statuses = [_status([link.status.value for link in bundle]) for _, bundle in ordered]
    known_classes, known_statuses = sorted(set(classes)), sorted(set(statuses))
    return (
        tuple(known_classes),
        tuple(known_statuses),
        Edges(
            source=tuple(ends[0] for ends, _ in ordered),
            target=tuple(ends[1] for ends, _ in ordered),
            weight=tuple(len(bundle) for _, bundle in ordered),
            forward=tuple(_directed(bundle, chosen[ends[0]]) for ends, bundle in ordered),
            backward=tuple(_directed(bundle, chosen[ends[1]]) for ends, bundle in ordered),
            relation_class=tuple(map(known_classes.index, classes)),
            status=tuple(map(known_statuses.index, statuses)),
        ),
    )


def _directed(links: Sequence[Link], subject: str) -> int:
    return sum(link.subject == subject and not link.symmetric for link in links)


def _status(values: Sequence[str]) -> str:
    return "asserted" if "asserted" in values else _most(values)


def _most(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _facets(sieve: Sieve, reader: Reader, links: Sequence[Link]) -> Facets:
    return sieve.facets((link, link.object) for link in links)
