"""Of what days the relations are that a drawing stands for."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.exploration.reading import Link, Reader
from kg.exploration.ties import Tie

_Group = TypeVar("_Group", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """First and last days, both included; columns of the same length, null where no day is known."""

    first: tuple[datetime.date | None, ...]
    last: tuple[datetime.date | None, ...]


def days_of_entities(reader: Reader, nodes: Sequence[str], links: Iterable[Link | Tie]) -> Days:
    """The days of the relations of each entity, in the order of the entities.

    >>> from kg.exploration.reading import reader_of
    >>> from kg.store import Store
    >>> days_of_entities(reader_of(Store.in_memory()), ["ent:Ana"], [])
    Days(first=(None,), last=(None,))
    """
    ends = ((end, link) for link in links for end in {link.subject, link.object})
    return _days(reader, ends, nodes)


def days_of_edges(reader: Reader, nodes: Sequence[str], links: Iterable[Link | Tie]) -> Days:
    """The days of the relations between each two entities, in the order of the places of the two.

    Args:
        reader: Of the graph.
        nodes: The entities.
        links: Relations between them.
    """
    places = {node: place for place, node in enumerate(nodes)}
    pairs = [(tuple(sorted((places[link.subject], places[link.object]))), link) for link in links]
    return _days(reader, pairs, sorted({pair for pair, _ in pairs}))


def _days(reader: Reader, grouped: Iterable[tuple[_Group, Link | Tie]], groups: Sequence[_Group]) -> Days:
    first: dict[_Group, datetime.date] = {}
    last: dict[_Group, datetime.date] = {}
    for group, link in grouped:
        when = reader.when(link)
        if when is not None:
            first[group] = min(first.get(group, when.first), when.first)
            last[group] = max(last.get(group, when.last), when.last)
    return Days(first=tuple(map(first.get, groups)), last=tuple(map(last.get, groups)))
