"""Of what days the relations are that a drawing stands for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.exploration.columns import NO_DAY, Columns, Mask, Places
from kg.exploration.edges import Bundles

_LATEST = datetime.date.max.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """First and last days, both included; columns of the same length, null where no day is known."""

    first: tuple[datetime.date | None, ...]
    last: tuple[datetime.date | None, ...]


def days_of_entities(columns: Columns, places: Places, some: Mask) -> Days:
    """The days of the relations of each entity, in the order of the entities.

    Args:
        columns: Of the graph.
        places: Of the entities in the columns; -1 of those without relations.
        some: Which relations count.

    >>> from kg.exploration.keeping import columns_of
    >>> from kg.store import Store
    >>> columns = columns_of(Store.in_memory())
    >>> days_of_entities(columns, np.array([-1]), columns.symmetric)
    Days(first=(None,), last=(None,))
    """
    ends = np.concatenate((columns.subject[some], columns.object[some]))
    relations = np.tile(np.flatnonzero(some), 2)
    first, last = _bounds(columns, relations, ends, len(columns.entities) + 1)
    # Whoever is nowhere stands at the end, where no relation leads.
    return _days(first[places], last[places])


def days_of_edges(columns: Columns, bundles: Bundles) -> Days:
    """The days of the relations of each edge, in the order of the edges."""
    return _days(*_bounds(columns, bundles.relations, bundles.edge, bundles.count))


def _bounds(
    columns: Columns, relations: NDArray[np.int64], groups: NDArray[np.integer], size: int
) -> tuple[Places, Places]:
    """The first and the last day of each group of relations; `NO_DAY` where none is known."""
    first, last = np.full(size, _LATEST + 1, np.int32), np.full(size, NO_DAY, np.int32)
    is_known = columns.first[relations] != NO_DAY
    np.minimum.at(first, groups[is_known], columns.first[relations[is_known]])
    np.maximum.at(last, groups[is_known], columns.last[relations[is_known]])
    first[last == NO_DAY] = NO_DAY
    return first, last


def _days(first: Places, last: Places) -> Days:
    return Days(first=tuple(map(_day, first.tolist())), last=tuple(map(_day, last.tolist())))


def _day(number: int) -> datetime.date | None:
    return None if number == NO_DAY else datetime.date.fromordinal(number)
