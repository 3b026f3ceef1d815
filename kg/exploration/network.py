"""A part of the graph to be drawn: some entities, or the strongest, and all that connects them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.exploration.columns import Columns, Mask, Places
from kg.exploration.days import Days, days_of_edges, days_of_entities
from kg.exploration.edges import NOWHERE, Bundles, Edges
from kg.exploration.filters import NONE, Filters
from kg.exploration.keeping import columns_of
from kg.exploration.masks import Masks
from kg.exploration.nodes import entities_at
from kg.exploration.reading import reader_of
from kg.exploration.records import EntityBrief, Facets
from kg.store import Store

FEW_NODES = 300
"""Entities of a drawing unless told otherwise: what a screen shows legibly."""
MOST_NODES = 50_000


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

    All relations of the graph are read at first (see `columns_of`), and remembered where it cannot change.

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
    columns = columns_of(store)
    masks = Masks(reader, columns, filters)
    fitting = masks.all()
    weights = _weights(columns, fitting)
    if entities:
        chosen = [reader.entity(iri) for iri in dict.fromkeys(entities_at(reader, entities))]
    else:
        chosen = [columns.entities.at(place) for place in _strongest(weights, limit).tolist()]
    places = _places(columns, chosen)
    drawn = _drawn(columns, places)
    seen = (drawn[columns.subject] != NOWHERE) & (drawn[columns.object] != NOWHERE)
    bundles = Bundles(columns, drawn, fitting & seen)
    classes, statuses, edges = bundles.edges()
    return Network(
        entities=tuple(chosen),
        weights=tuple(int(weights[place]) if place != NOWHERE else 0 for place in places.tolist()),
        edges=edges,
        relation_classes=classes,
        statuses=statuses,
        relations=len(bundles.relations),
        entities_total=int(np.count_nonzero(weights)),
        relations_total=int(np.count_nonzero(fitting)),
        facets=masks.facets(seen),
        days_of_entities=days_of_entities(columns, places, fitting) if days else None,
        days_of_edges=days_of_edges(columns, bundles) if days else None,
    )


def _weights(columns: Columns, fitting: Mask) -> NDArray[np.int64]:
    """How many relations each entity has; one that connects it with itself counts once."""
    one, other = columns.subject[fitting], columns.object[fitting]
    ends = np.concatenate((one, other[one != other]))
    return np.bincount(ends, minlength=len(columns.entities))


def _strongest(weights: NDArray[np.int64], limit: int) -> NDArray[np.int64]:
    """The places of those with most relations, then by name, in whose order they are."""
    order = np.argsort(-weights, kind="stable")
    return order[: min(limit, int(np.count_nonzero(weights)))]


def _places(columns: Columns, chosen: Sequence[EntityBrief]) -> Places:
    """The place of each entity in the columns; `NOWHERE` of one without relations."""
    place_of = {iri: place for place, iri in enumerate(columns.entities.iris)}
    return np.fromiter((place_of.get(entity.iri, NOWHERE) for entity in chosen), np.int32)


def _drawn(columns: Columns, places: Places) -> Places:
    """The place in the drawing of each entity of the columns."""
    found = np.full(len(columns.entities), NOWHERE, np.int32)
    is_known = places != NOWHERE
    found[places[is_known]] = np.flatnonzero(is_known)
    return found
