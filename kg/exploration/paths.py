"""Ways from one entity to another, by relations in either direction.

All shortest ways are found by a search from both ends (Pohl, "Bi-directional search", Machine Intelligence 6,
1971); all simple ones of a length from the one end, with the distances from the other to tell in time
which steps lead nowhere. How many relations are read is bounded, and what is cut says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from kg.errors import ExplorationError
from kg.exploration.bundles import bundle_of, bundles
from kg.exploration.filters import NONE, Filters, Sieve
from kg.exploration.nodes import entity_at
from kg.exploration.pages import check_limit
from kg.exploration.reading import Link, Reader, reader_of
from kg.exploration.records import EntityBrief, Path, Step
from kg.store import Store

Way: TypeAlias = tuple[str, ...]
"""IRIs of entities, from one end to the other."""

LONGEST_SHORTEST = 6
"""Steps of a shortest path; in news nearly everybody is nearer."""
LONGEST_SIMPLE = 4
"""Steps of a path that is not a shortest one; of longer ones there are more than anybody reads."""
MOST_PATHS = 200
MOST_READ = 20_000
"""Relations that are read for one answer: about a second."""
FEW_PATHS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Ways from one entity to another, the shortest first, then by the heaviest bundle at each step."""

    one: EntityBrief
    other: EntityBrief
    paths: tuple[Path, ...]
    distance: int | None
    """Steps of the shortest; null where none was found."""
    is_complete: bool
    """Whether there are no others of these lengths; false where the limit or the bound on work cut them."""
    longest: int
    """How many steps were looked at, at most."""


def paths(
    store: Store,
    one: str,
    other: str,
    *,
    filters: Filters = NONE,
    longest: int | None = None,
    limit: int = FEW_PATHS,
) -> Paths:
    """All shortest paths between two entities, or all that visit no entity twice up to a length.

    Args:
        store: The graph.
        one: IRI or id of where they start.
        other: IRI or id of where they end.
        filters: Which relations they go by; a type is that of the entities between the ends.
        longest: Steps of the longest; None for the shortest paths only.
        limit: How many paths are listed.

    Raises:
        MissingError: The graph has no such entity, or none of a filter.
        VocabularyError: The ontology has no such class or property.
        ExplorationError: Both are the same, or a filter, the length or the limit cannot be.
    """
    check_limit(limit, most=MOST_PATHS)
    if longest is not None and not 1 <= longest <= LONGEST_SIMPLE:
        raise ExplorationError(f"All paths are found up to {LONGEST_SIMPLE} steps, not {longest}.")
    reader = reader_of(store)
    ends = entity_at(reader, one), entity_at(reader, other)
    if ends[0] == ends[1]:
        raise ExplorationError(f"Both ends are {reader.name(ends[0])!r}; give two entities.")
    search = _Search(reader, Sieve(reader, filters), ends)
    ways = search.shortest() if longest is None else search.simple(longest)
    found: list[tuple[str, ...]] = []
    for way in ways:
        if len(found) == limit:
            search.is_cut = True
            break
        found.append(way)
    return Paths(
        one=reader.entity(ends[0]),
        other=reader.entity(ends[1]),
        paths=tuple(map(search.path, found)),
        distance=min((len(way) - 1 for way in found), default=None),
        is_complete=not search.is_cut,
        longest=longest or LONGEST_SHORTEST,
    )


@dataclass(slots=True)
class _Side:
    """What a search knows from one end."""

    before: dict[str, tuple[str, ...]]
    """Entities that were reached, with those of the level before that lead to them."""
    border: tuple[str, ...]
    """Those that were reached last."""


class _Search:
    """A search between two entities, with what it has read."""

    def __init__(self, reader: Reader, sieve: Sieve, ends: tuple[str, str]) -> None:
        self.reader = reader
        self.sieve = sieve
        self.ends = ends
        self.is_cut = False
        """Whether there may be more than was found."""
        self._read = 0
        self._steps: dict[str, dict[str, list[Link]]] = {}

    def steps(self, node: str) -> dict[str, list[Link]]:
        """The relations of an entity by the entity that they lead to."""
        if node not in self._steps:
            if self._read >= MOST_READ:
                self.is_cut = True
                return {}
            links = self.reader.links(node)
            self._read += len(links)
            self._steps[node] = bundles((link for link in links if self._is_open(link, node)), node)
        return self._steps[node]

    def shortest(self) -> Iterator[Way]:
        """All shortest ways, by a search from both ends."""
        sides = tuple(_Side({end: ()}, (end,)) for end in self.ends)
        for _ in range(LONGEST_SHORTEST):
            self._widen(min(sides, key=lambda side: len(side.border)))
            met = sides[0].before.keys() & sides[1].before.keys()
            if met:
                yield from self._walk((self.ends[0],), self._onward(sides, met))
                return

    def simple(self, longest: int) -> Iterator[Way]:
        """All ways that visit nothing twice, the shorter first."""
        near = _Side({self.ends[1]: ()}, (self.ends[1],))
        distances, toward = {self.ends[1]: 0}, dict[str, list[str]]()
        for level in range(longest // 2):
            for node in near.border:
                for other in self.steps(node):
                    toward.setdefault(other, []).append(node)
            self._widen(near)
            distances.update((node, level + 1) for node in near.border)
        reach = _Reach(distances, toward, longest // 2)
        for length in range(1, longest + 1):
            yield from self._simple((self.ends[0],), length, reach)

    def path(self, way: Way) -> Path:
        """A way with its entities and the relations that it goes by."""
        return Path(
            length=len(way) - 1,
            entities=tuple(map(self.reader.entity, way)),
            steps=tuple(
                Step(source=one, target=other, bundle=bundle_of(self.reader, self._between(one, other), one))
                for one, other in pairwise(way)
            ),
        )

    def _simple(self, way: Way, rest: int, reach: _Reach) -> Iterator[Way]:
        """The ways of exactly so many steps more that begin with some."""
        node, target = way[-1], self.ends[1]
        onward: Iterable[str] = self.steps(node) if rest > reach.depth else reach.toward.get(node, ())
        fitting = [one for one in onward if one not in way and reach.allows(one, rest - 1)]
        for other in self._ranked(node, fitting):
            if other == target:
                if rest == 1:
                    yield (*way, other)
            elif rest > 1:
                yield from self._simple((*way, other), rest - 1, reach)

    def _walk(self, way: Way, onward: Mapping[str, set[str]]) -> Iterator[Way]:
        """The ways that steps onward lead to, the heaviest bundles first at each step."""
        if way[-1] == self.ends[1]:
            yield way
            return
        for other in self._ranked(way[-1], onward.get(way[-1], ())):
            yield from self._walk((*way, other), onward)

    def _onward(self, sides: tuple[_Side, ...], met: Iterable[str]) -> dict[str, set[str]]:
        """The steps of all shortest ways through entities that both sides reached."""
        onward: dict[str, set[str]] = {}
        first, second = sides
        for before, node in _traced(first, met):
            onward.setdefault(before, set()).add(node)
        for before, node in _traced(second, met):
            onward.setdefault(node, set()).add(before)
        return onward

    def _widen(self, side: _Side) -> None:
        border: dict[str, list[str]] = {}
        for node in side.border:
            for other in self.steps(node):
                if other not in side.before:
                    border.setdefault(other, []).append(node)
        side.before.update({node: tuple(before) for node, before in border.items()})
        side.border = tuple(border)

    def _is_open(self, link: Link, node: str) -> bool:
        """Whether a path may go by a relation; the ends of the path may be of any type."""
        other = link.other(node)
        return self.sieve.fits(link, other) if other not in self.ends else self.sieve.joins(link)

    def _between(self, one: str, other: str) -> list[Link]:
        """The relations of a step; one of its ends was read at least."""
        return self._steps.get(one, {}).get(other) or self._steps.get(other, {}).get(one, [])

    def _ranked(self, node: str, others: Iterable[str]) -> list[str]:
        return sorted(others, key=lambda other: (-len(self._between(node, other)), other))


def _traced(side: _Side, met: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The steps by which a side reached some entities: from where, and to where."""
    level = set(met)
    while level:
        yield from ((before, node) for node in level for before in side.before[node])
        level = {before for node in level for before in side.before[node]}


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far entities are from the end of a search, as far as it was looked at."""

    distances: Mapping[str, int]
    toward: Mapping[str, list[str]]
    """By entity, those nearer than the depth that a relation connects it with."""
    depth: int

    def allows(self, node: str, rest: int) -> bool:
        """Whether so many steps can lead from an entity to the end."""
        return rest > self.depth or self.distances.get(node, rest + 1) <= rest
