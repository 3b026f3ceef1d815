"""All relations of a graph by columns, as numbers: what drawings are counted and filtered from in no time.

They are made from `kg.exploration.ties` once for a state of a graph, which takes long, and kept
beside the graph (`kg.exploration.keeping`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.exploration.descriptions import read_entities
from kg.exploration.reading import Reader
from kg.exploration.records import EntityBrief
from kg.exploration.ties import Tie, every_tie
from kg.types import EntityType, Status

Places: TypeAlias = NDArray[np.int32]
Mask: TypeAlias = NDArray[np.bool_]
_Row = TypeVar("_Row")
NO_DAY = 0
"""Stands where no day is known; days are counted from 0001-01-01, which is 1 (`date.toordinal`)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entities:
    """Entities by columns, by name, then by IRI."""

    ids: Sequence[str]
    iris: Sequence[str]
    names: Sequence[str]
    kinds: tuple[EntityType, ...]
    kind: Places
    """Place of the type among the kinds."""
    countries: Sequence[str | None]
    sectors: Sequence[str | None]

    def __len__(self) -> int:
        return len(self.iris)

    def at(self, place: int) -> EntityBrief:
        """The entity at a place."""
        return EntityBrief(
            id=self.ids[place],
            iri=self.iris[place],
            name=self.names[place],
            type=self.kinds[self.kind[place]],
            country=self.countries[place],
            sector=self.sectors[place],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """All relations, each once; columns of the same length, and the values that they hold places of."""

    entities: Entities
    """Those that relations connect."""
    relation_classes: tuple[str, ...]
    """Sorted, as all values are; None comes last."""
    properties: tuple[str | None, ...]
    statuses: tuple[Status, ...]
    articles: tuple[str, ...]
    """IRIs."""
    publishers: tuple[str | None, ...]
    attributions: tuple[str | None, ...]
    """IRIs."""
    subject: Places
    """Place among the entities."""
    object: Places
    relation_class: Places
    property: Places
    status: Places
    article: Places
    publisher: Places
    attribution: Places
    symmetric: Mask
    confidence: NDArray[np.float64]
    first: Places
    """First day of the relation; `NO_DAY` where none is known."""
    last: Places

    def __len__(self) -> int:
        return len(self.subject)


def read_columns(reader: Reader) -> Columns:
    """The columns of a graph, read from its store; some 50 µs for each relation.

    >>> from kg.exploration.reading import reader_of
    >>> from kg.store import Store
    >>> len(read_columns(reader_of(Store.in_memory())))
    0
    """
    ties = every_tie(reader)
    read_entities(reader)
    ends = {end for tie in ties for end in (tie.subject, tie.object)}
    entities = _entities(sorted(map(reader.entity, ends), key=attrgetter("name", "iri")))
    place_of = {iri: place for place, iri in enumerate(entities.iris)}
    classes, relation_class = _coded(ties, attrgetter("relation_class"))
    properties, property_ = _coded(ties, attrgetter("property"))
    statuses, status = _coded(ties, attrgetter("status"))
    articles, article = _coded(ties, attrgetter("article"))
    publishers, publisher = _coded(ties, lambda tie: reader.publisher(tie.article))
    attributions, attribution = _coded(ties, attrgetter("attribution"))
    first, last = _days(reader, ties)
    return Columns(
        entities=entities,
        relation_classes=classes,
        properties=properties,
        statuses=statuses,
        articles=articles,
        publishers=publishers,
        attributions=attributions,
        subject=_numbers(place_of[tie.subject] for tie in ties),
        object=_numbers(place_of[tie.object] for tie in ties),
        relation_class=relation_class,
        property=property_,
        status=status,
        article=article,
        publisher=publisher,
        attribution=attribution,
        symmetric=np.fromiter((tie.symmetric for tie in ties), np.bool_, len(ties)),
        confidence=np.fromiter((tie.confidence for tie in ties), np.float64, len(ties)),
        first=first,
        last=last,
    )


def _entities(found: Sequence[EntityBrief]) -> Entities:
    kinds, kind = _coded(found, attrgetter("type"))
    return Entities(
        ids=[entity.id for entity in found],
        iris=[entity.iri for entity in found],
        names=[entity.name for entity in found],
        kinds=kinds,
        kind=kind,
        countries=[entity.country for entity in found],
        sectors=[entity.sector for entity in found],
    )


def _coded(rows: Sequence[_Row], value_of: Callable[[_Row], Any]) -> tuple[tuple[Any, ...], Places]:
    """The values of a column, and the place of each row's among them."""
    found = [value_of(row) for row in rows]
    values = sorted(set(found), key=lambda value: (value is None, value))
    place_of = {value: place for place, value in enumerate(values)}
    return tuple(values), _numbers(place_of[value] for value in found)


def _days(reader: Reader, ties: Sequence[Tie]) -> tuple[Places, Places]:
    found = [reader.when(tie) for tie in ties]
    return (
        _numbers(NO_DAY if when is None else when.first.toordinal() for when in found),
        _numbers(NO_DAY if when is None else when.last.toordinal() for when in found),
    )


def _numbers(values: Iterable[int]) -> Places:
    return np.fromiter(values, np.int32)
