"""How many relations there are at each time: a histogram by day, month or year."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import ExplorationError
from kg.exploration.cells import Cells, cells_of
from kg.exploration.filters import NONE, Filters, Sieve, counts_of
from kg.exploration.nodes import entity_at
from kg.exploration.reading import Link, Reader, reader_of
from kg.exploration.records import Basis, Count, When
from kg.exploration.relations import links_between
from kg.store import Store
from kg.types import DatePrecision, Status
from kg.vocabulary import KG, RDF

MOST_BARS = 4_000
"""Ten years of days; a page draws no more."""
USUAL_BARS = 400
"""Bars, gaps included, that can be told apart on a screen."""


_STRAY = 0.02
"""Which share of the relations may be long before or after all others, without that bars get longer."""


class Unit(StrEnum):
    """What a bar stands for."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Split(StrEnum):
    """By what bars are divided."""

    CLASS = "relation_class"
    STATUS = "status"


_WIDTHS: Mapping[Unit, int] = MappingProxyType({Unit.DAY: 10, Unit.MONTH: 7, Unit.YEAR: 4})
"""Characters of an ISO 8601 day that name the bar that it is in."""
_SIZES: Mapping[Unit, float] = MappingProxyType({Unit.DAY: 1.0, Unit.MONTH: 28.0, Unit.YEAR: 365.0})
"""Days of the shortest bar."""
_FITTING: Mapping[Unit, frozenset[DatePrecision]] = MappingProxyType(
    {
        Unit.DAY: frozenset({DatePrecision.DAY}),
        Unit.MONTH: frozenset({DatePrecision.DAY, DatePrecision.MONTH}),
        Unit.YEAR: frozenset(DatePrecision),
    }
)
"""Of which precision days can be told in which bar they are."""
_COUNTED: Mapping[Split | None, str | None] = MappingProxyType(
    {None: None, Split.CLASS: "class", Split.STATUS: "status"}
)
"""What the engine counts by."""
_VALUES: Mapping[Split, Callable[[Link], str]] = MappingProxyType(
    {Split.CLASS: lambda link: link.relation_class, Split.STATUS: lambda link: link.status.value}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The relations of a day, month or year."""

    time: str
    """`YYYY-MM-DD`, `YYYY-MM` or `YYYY`."""
    count: int
    by_article: int
    """How many of them rest on the date of their article, since they have no time of their own."""
    counts: tuple[Count, ...]
    """The same by class or status, the most first; empty where bars are not divided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A histogram: its bars, `coarser` and `undated` make up the total."""

    unit: Unit
    """What a bar stands for: as was asked for, or longer where there would be too many bars."""
    split: Split | None
    bars: tuple[Bar, ...]
    """In the order of time, without those of no relation."""
    coarser: int
    """Relations of which less is known than in which bar they are, such as the year alone."""
    undated: int
    """Relations of which no day is known, nor of their articles."""
    total: int
    first: datetime.date | None
    """The earliest day of any relation."""
    last: datetime.date | None


def timeline(
    store: Store,
    entity: str | None = None,
    other: str | None = None,
    *,
    filters: Filters = NONE,
    unit: Unit | None = None,
    split: Split | None = None,
) -> Timeline:
    """The relations of an entity, of a pair or of the whole graph by time.

    A relation counts once, on its first day: that of its own time, else of its article's date.

    Args:
        store: The graph.
        entity: IRI or id; None for the whole graph, of which, with filters, every
            relation is read: some 0.1 ms each.
        other: IRI or id of the other end; None for any.
        filters: Which relations count.
        unit: What a bar stands for, or the next longer that gives no more than `MOST_BARS`; None for the
            finest that gives no more than some hundred.
        split: By what bars are divided; None leaves them whole.

    Raises:
        MissingError: The graph has no such entity, or none of a filter.
        VocabularyError: The ontology has no such class or property.
        ExplorationError: A filter cannot be, or another end is given without the first.

    >>> timeline(Store.in_memory()).total
    0
    """
    reader = reader_of(store)
    if entity is None:
        if other is not None:
            raise ExplorationError("There is one end of a pair only; give both entities, or none.")
        key = (timeline.__name__, filters, unit, split)
        return reader.answer(key, lambda: _histogram(_whole(reader, filters, split), unit, split))
    node = entity_at(reader, entity)
    far = None if other is None else entity_at(reader, other)
    sieve = Sieve(reader, filters)
    links = links_between(reader, node, far)
    fitting = (link for link in links if sieve.fits(link, link.other(node)))
    return _histogram(_cells(reader, fitting, split), unit, split)


def _whole(reader: Reader, filters: Filters, split: Split | None) -> Cells:
    """The relations of the whole graph that fit, seen from either end."""
    if filters == NONE:
        return cells_of(reader, _COUNTED[split])
    sieve = Sieve(reader, filters)
    fitting = (
        link
        for link in _candidates(reader, filters)
        if sieve.fits(link, link.object) or sieve.fits(link, link.subject)
    )
    return _cells(reader, fitting, split)


def _candidates(reader: Reader, filters: Filters) -> Iterator[Link]:
    """Relations among which are all that fit: by the filter that can be looked up and leaves fewest."""
    words = reader.vocabulary
    if filters.properties:
        named = [words.properties[name].iri for name in filters.properties]
        return reader.every_link(KG.property, map(ox.NamedNode, named))
    if filters.relation_classes:
        named = [words.classes[name].iri for name in filters.relation_classes]
        return reader.every_link(RDF.type, map(ox.NamedNode, named))
    if filters.statuses and Status.ASSERTED not in filters.statuses:
        named = [words.statuses[status].iri for status in filters.statuses]
        return reader.every_link(KG.status, map(ox.NamedNode, named))
    return reader.every_link()


def _cells(reader: Reader, links: Iterable[Link], split: Split | None) -> Cells:
    return Counter((reader.when(link), _VALUES[split](link) if split else None) for link in links)


def _histogram(cells: Cells, unit: Unit | None, split: Split | None) -> Timeline:
    days = [when for when, _ in cells if when is not None]
    chosen = _bearable(unit, days) if unit else _usual_unit(cells)
    fitting = {
        cell: count
        for cell, count in cells.items()
        if cell[0] is not None and cell[0].precision in _FITTING[chosen]
    }
    undated = sum(count for (when, _), count in cells.items() if when is None)
    return Timeline(
        unit=chosen,
        split=split,
        bars=_bars(fitting, chosen),
        coarser=cells.total() - undated - sum(fitting.values()),
        undated=undated,
        total=cells.total(),
        first=min((when.first for when in days), default=None),
        last=max((when.last for when in days), default=None),
    )


def _bars(cells: Mapping[tuple[When | None, str | None], int], unit: Unit) -> tuple[Bar, ...]:
    by_time: dict[str, list[tuple[Basis, str | None, int]]] = {}
    for (when, value), count in cells.items():
        if when is not None:
            time = when.first.isoformat()[: _WIDTHS[unit]]
            by_time.setdefault(time, []).append((when.basis, value, count))
    return tuple(_bar(time, by_time[time]) for time in sorted(by_time))


def _bar(time: str, cells: list[tuple[Basis, str | None, int]]) -> Bar:
    values = Counter[str | None]()
    for _, value, count in cells:
        values[value] += count
    values.pop(None, None)
    return Bar(
        time=time,
        count=sum(count for _, _, count in cells),
        by_article=sum(count for basis, _, count in cells if basis is Basis.ARTICLE),
        counts=counts_of(values),
    )


def _bearable(unit: Unit, days: Iterable[When]) -> Unit:
    """A unit, or the next longer of which there are no more bars than a page draws.

    Of years there are never more, but for graphs that span more than four thousand.
    """
    found = [*days]
    longer = [*Unit][[*Unit].index(unit) :]
    counts = (
        (one, {when.first.isoformat()[: _WIDTHS[one]] for when in found if when.precision in _FITTING[one]})
        for one in longer
    )
    return next((one for one, times in counts if len(times) <= MOST_BARS), Unit.YEAR)


def _usual_unit(cells: Cells) -> Unit:
    """The finest unit that divides most relations into no more bars than can be told apart."""
    days = sorted((when.first.toordinal(), count) for (when, _), count in cells.items() if when is not None)
    aside = sum(count for _, count in days) * _STRAY
    first, last = _passed(days, aside), _passed(reversed(days), aside)
    return next((unit for unit in Unit if (last - first + 1) / _SIZES[unit] <= USUAL_BARS), Unit.YEAR)


def _passed(days: Iterable[tuple[int, int]], aside: float) -> int:
    """The day before which, in the order that is given, no more than some relations are; 0 of none."""
    seen = 0
    for day, count in days:
        seen += count
        if seen > aside:
            return day
    return 0
