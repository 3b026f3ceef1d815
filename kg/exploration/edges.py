"""The edges of a drawing: all relations between two entities as one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.exploration.columns import Columns, Mask, Places
from kg.types import Status

NOWHERE = -1
"""Stands for the place of an entity that is not drawn."""


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


class Bundles:
    """Relations between entities that are drawn, bundled by their ends.

    Attributes:
        relations: Which relations, by place.
        edge: The edge of each; edges are in the order of the places of their two ends.
        source: The first end of each edge.
        target: The other end.
        count: How many edges there are.
    """

    def __init__(self, columns: Columns, drawn: Places, some: Mask) -> None:
        """Bundles them.

        Args:
            columns: Of the graph.
            drawn: The place in the drawing of each entity of the columns, or `NOWHERE`.
            some: Which relations are bundled; both ends of each are drawn.
        """
        self._columns = columns
        self.relations = np.flatnonzero(some)
        self._subject = drawn[columns.subject[self.relations]].astype(np.int64)
        other = drawn[columns.object[self.relations]].astype(np.int64)
        size = int(drawn.max(initial=0)) + 1
        keys = np.minimum(self._subject, other) * size + np.maximum(self._subject, other)
        ends, self.edge = np.unique(keys, return_inverse=True)
        self.source, self.target, self.count = ends // size, ends % size, len(ends)

    def edges(self) -> tuple[tuple[str, ...], tuple[str, ...], Edges]:
        """The classes and the statuses that edges have, sorted, and the edges."""
        columns, one_way = self._columns, ~self._columns.symmetric[self.relations]
        is_forward = self._subject == self.source[self.edge]
        classes, relation_class = _used(columns.relation_classes, self._most_frequent(columns.relation_class))
        names = tuple(status.value for status in columns.statuses)
        statuses, status = _used(names, self._status())
        return (
            classes,
            statuses,
            Edges(
                source=_tuple(self.source),
                target=_tuple(self.target),
                weight=_tuple(self._how_many(np.ones(len(self.edge), np.bool_))),
                forward=_tuple(self._how_many(is_forward & one_way)),
                backward=_tuple(self._how_many(~is_forward & one_way)),
                relation_class=_tuple(relation_class),
                status=_tuple(status),
            ),
        )

    def _how_many(self, some: Mask) -> NDArray[np.int64]:
        return np.bincount(self.edge[some], minlength=self.count)

    def _most_frequent(self, column: Places) -> NDArray[np.int64]:
        """Of each edge the value that most of its relations have; the first of those that as many have."""
        values = column[self.relations].astype(np.int64)
        size = int(values.max(initial=0)) + 1
        pairs, counts = np.unique(self.edge * size + values, return_counts=True)
        edge, value = pairs // size, pairs % size
        order = np.lexsort((value, -counts, edge))
        firsts = np.searchsorted(edge[order], np.arange(self.count))
        found: NDArray[np.int64] = value[order][firsts]
        return found

    def _status(self) -> NDArray[np.int64]:
        columns = self._columns
        found = self._most_frequent(columns.status)
        if Status.ASSERTED in columns.statuses:
            asserted = columns.statuses.index(Status.ASSERTED)
            found[self._how_many(columns.status[self.relations] == asserted) > 0] = asserted
        return found


def _used(values: tuple[str, ...], places: NDArray[np.int64]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The values that occur, and the places among these."""
    used, found = np.unique(places, return_inverse=True)
    return tuple(values[place] for place in used.tolist()), found


def _tuple(numbers: NDArray[np.int64]) -> tuple[int, ...]:
    return tuple(numbers.tolist())
