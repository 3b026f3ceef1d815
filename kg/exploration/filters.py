"""Which relations are looked at, and how many each further filter would leave."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import ExplorationError, VocabularyError
from kg.exploration.nodes import article_at, entity_at
from kg.exploration.reading import Link, Reader
from kg.exploration.records import Count, Facet, Facets
from kg.types import EntityType, Status

MOST_COUNTS = 200
"""Values of a facet that are listed: all of the ontology's, and of publishers more than a page shows."""
Test = Callable[[Link, str], bool]
"""Whether a relation fits, seen from the entity that is not its given end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What relations may be narrowed by; of several values of one filter one must fit, of the filters all."""

    relation_classes: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    types: tuple[EntityType, ...] = ()
    """Of the entity at the other end."""
    publishers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    """Ids or IRIs."""
    attributions: tuple[str, ...] = ()
    """Ids or IRIs of who makes the claim."""
    since: datetime.date | None = None
    """The first day. With a bound, relations without a day are left out; those of which only the month or
    year is known are in where some day of it is."""
    until: datetime.date | None = None
    """The last day."""
    min_confidence: float = 0.0


NONE = Filters()


class Sieve:
    """Filters, looked through for one graph."""

    def __init__(self, reader: Reader, filters: Filters = NONE) -> None:
        """Looks the filters through.

        Raises:
            VocabularyError: The ontology has no such class or property.
            MissingError: The graph has no such article, or nobody of an attribution.
            ExplorationError: Nothing is both since the one day and until the other, or so sure.
        """
        self._reader = reader
        self._tests = dict(_tests(reader, filters))

    def fits(self, link: Link, other: str) -> bool:
        """Whether a relation passes all filters, seen from the entity at its other end."""
        return all(test(link, other) for test in self._tests.values())

    def joins(self, link: Link) -> bool:
        """Whether a relation passes all filters, whatever the type of its ends."""
        return all(test(link, "") for name, test in self._tests.items() if name != "types")

    def fitting(self, node: str) -> list[Link]:
        """The relations of an entity that pass, by IRI."""
        links = self._reader.links(node)
        return [link for link in links if self.fits(link, link.other(node))] if self._tests else list(links)

    def facets(self, seen: Iterable[tuple[Link, str]]) -> Facets:
        """How many of the relations, seen from their other ends, each value of each filter would leave."""
        counts = self._counts(list(seen))
        years = counts.pop("years")
        return Facets(
            **{name: facet(found) for name, found in counts.items()},
            years=facet(years, by_value=True),
        )

    def _counts(self, seen: Sequence[tuple[Link, str]]) -> dict[str, Counter[str | None]]:
        counts = {name: Counter[str | None]() for name in _VALUES}
        for link, other in seen:
            failed = [name for name, test in self._tests.items() if not test(link, other)]
            if len(failed) > 1 or (failed and failed[0] not in counts):
                continue
            for name in failed or counts:
                counts[name].update(_VALUES[name](self._reader, link, other))
        return counts


def facet(counts: Counter[str | None], *, by_value: bool = False) -> Facet:
    """Counts in order: the most first, or by value with None at the end.

    >>> facet(Counter({"b": 1, "a": 1, None: 3})).counts[0]
    Count(value=None, count=3)
    """
    found = counts_of(counts)
    if by_value:
        found = tuple(sorted(found, key=lambda one: (one.value is None, one.value or "")))
    return Facet(counts=found[:MOST_COUNTS], total=len(found))


def counts_of(values: Iterable[str | None] | Counter[str | None]) -> tuple[Count, ...]:
    """How often each value occurs, the most first, then by value."""
    found = (Count(value=value, count=count) for value, count in Counter(values).items())
    return tuple(sorted(found, key=lambda one: (-one.count, one.value is None, one.value or "")))


def _year(reader: Reader, link: Link) -> str | None:
    when = reader.when(link)
    return None if when is None else f"{when.first.year:04}"


_VALUES: dict[str, Callable[[Reader, Link, str], tuple[str | None, ...]]] = {
    "relation_classes": lambda _reader, link, _other: (link.relation_class,),
    "properties": lambda _reader, link, _other: (link.property,),
    "statuses": lambda _reader, link, _other: (link.status.value,),
    "types": lambda reader, _link, other: (reader.type(other),),
    "publishers": lambda reader, link, _other: (reader.publisher(link.article),),
    "years": lambda reader, link, _other: (_year(reader, link),),
}
"""The facets, each with what it counts."""


def _tests(reader: Reader, filters: Filters) -> Iterator[tuple[str, Test]]:
    """A test for each filter that is set, under the name of its facet if it has one."""
    vocabulary = reader.vocabulary
    classes = _known("relation class", filters.relation_classes, vocabulary.classes)
    properties = _known("property", filters.properties, vocabulary.properties)
    articles = frozenset(article_at(reader, key) for key in filters.articles)
    voices = frozenset(entity_at(reader, key) for key in filters.attributions)
    types, publishers = frozenset(filters.types), frozenset(filters.publishers)
    given: dict[str, tuple[object, Test]] = {
        "relation_classes": (classes, lambda link, _: link.relation_class in classes),
        "properties": (properties, lambda link, _: link.property in properties),
        "statuses": (filters.statuses, lambda link, _: link.status in filters.statuses),
        "articles": (articles, lambda link, _: link.article in articles),
        "attributions": (voices, lambda link, _: link.attribution in voices),
        "publishers": (publishers, lambda link, _: reader.publisher(link.article) in publishers),
        "types": (types, lambda _, other: reader.type(other) in types),
    }
    yield from ((name, test) for name, (some, test) in given.items() if some)
    if not 0 <= filters.min_confidence <= 1:
        raise ExplorationError(f"A confidence lies in 0–1, which {filters.min_confidence} does not.")
    if filters.min_confidence > 0:
        yield "confidence", lambda link, _: link.confidence >= filters.min_confidence
    if filters.since is not None or filters.until is not None:
        yield "years", _within(reader, filters.since, filters.until)


def _within(reader: Reader, since: datetime.date | None, until: datetime.date | None) -> Test:
    first, last = since or datetime.date.min, until or datetime.date.max
    if first > last:
        raise ExplorationError(f"Nothing is both since {first} and until {last}; swap the two.")

    def _is_within(link: Link, _other: str) -> bool:
        when = reader.when(link)
        return when is not None and when.first <= last and when.last >= first

    return _is_within


def _known(kind: str, names: Sequence[str], known: Iterable[str]) -> frozenset[str]:
    every = sorted(known)
    for name in names:
        if name not in every:
            raise VocabularyError(f"The ontology has no {kind} {name!r}; there are {', '.join(every)}.")
    return frozenset(names)
