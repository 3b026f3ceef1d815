"""Which relations of a graph pass filters, all at once, and how many each further filter would leave."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from kg.exploration.columns import NO_DAY, Columns, Mask, Places
from kg.exploration.filters import NONE, Filters, Sieve, facet
from kg.exploration.nodes import article_at, entity_at
from kg.exploration.reading import Reader
from kg.exploration.records import Facets


class Masks:
    """Filters as masks over the columns of a graph; types are those of both ends."""

    def __init__(self, reader: Reader, columns: Columns, filters: Filters = NONE) -> None:
        """Looks the filters through.

        Raises:
            VocabularyError: The ontology has no such class or property.
            MissingError: The graph has no such article, or nobody of an attribution.
            ExplorationError: Nothing is both since the one day and until the other, or so sure.
        """
        Sieve(reader, filters)
        self._columns = columns
        self._passing = _passing(reader, columns, filters)

    def all(self, other_than: str = "") -> Mask:
        """Which relations pass all filters, or all but the one of a facet."""
        found = np.ones(len(self._columns), np.bool_)
        for name, mask in self._passing.items():
            if name != other_than:
                found &= mask
        return found

    def facets(self, seen: Mask) -> Facets:
        """How many of some relations each value of each filter would leave."""
        columns = self._columns
        coded: dict[str, tuple[Sequence[str | None], Places]] = {
            "relation_classes": (columns.relation_classes, columns.relation_class),
            "properties": (columns.properties, columns.property),
            "statuses": ([status.value for status in columns.statuses], columns.status),
            "publishers": (columns.publishers, columns.publisher),
        }
        left = {name: seen & self.all(name) for name in (*coded, "types", "years")}
        counts = {name: _counted(values, places[left[name]]) for name, (values, places) in coded.items()}
        return Facets(
            **{name: facet(found) for name, found in counts.items()},
            types=facet(_counted_types(columns, left["types"])),
            years=facet(_counted_years(columns, left["years"]), by_value=True),
        )


def _passing(reader: Reader, columns: Columns, filters: Filters) -> Mapping[str, Mask]:
    """A mask for each filter that is set, under the name of its facet if it has one."""
    found: dict[str, Mask] = {}
    articles = frozenset(article_at(reader, key) for key in filters.articles)
    voices = frozenset(entity_at(reader, key) for key in filters.attributions)
    given: dict[str, tuple[Collection[object], Sequence[object], Places]] = {
        "relation_classes": (filters.relation_classes, columns.relation_classes, columns.relation_class),
        "properties": (filters.properties, columns.properties, columns.property),
        "statuses": (filters.statuses, columns.statuses, columns.status),
        "publishers": (filters.publishers, columns.publishers, columns.publisher),
        "articles": (articles, columns.articles, columns.article),
        "attributions": (voices, columns.attributions, columns.attribution),
    }
    for name, (wanted, values, places) in given.items():
        if wanted:
            found[name] = _among(wanted, values)[places]
    if filters.types:
        fitting = _among(filters.types, columns.entities.kinds)[columns.entities.kind]
        found["types"] = fitting[columns.subject] & fitting[columns.object]
    if filters.min_confidence > 0:
        found["confidence"] = columns.confidence >= filters.min_confidence
    if filters.since is not None or filters.until is not None:
        first, last = filters.since or datetime.date.min, filters.until or datetime.date.max
        is_known = columns.first != NO_DAY
        found["years"] = is_known & (columns.first <= last.toordinal()) & (columns.last >= first.toordinal())
    return found


def _among(wanted: Collection[object], values: Sequence[object]) -> Mask:
    return np.fromiter((value in wanted for value in values), np.bool_, len(values))


def _counted(values: Sequence[str | None], places: Places) -> Counter[str | None]:
    counts = np.bincount(places, minlength=len(values)).tolist()
    return Counter({value: count for value, count in zip(values, counts, strict=True) if count})


def _counted_types(columns: Columns, left: Mask) -> Counter[str | None]:
    """By type, how many relations have an end of it."""
    kinds, kind = columns.entities.kinds, columns.entities.kind
    one, other = kind[columns.subject[left]], kind[columns.object[left]]
    ends = np.concatenate((one, other[one != other]))
    return _counted([one.value for one in kinds], ends)


def _counted_years(columns: Columns, left: Mask) -> Counter[str | None]:
    days, counts = np.unique(columns.first[left], return_counts=True)
    found: Counter[str | None] = Counter()
    for day, count in zip(days.tolist(), counts.tolist(), strict=True):
        found[None if day == NO_DAY else f"{datetime.date.fromordinal(day).year:04}"] += count
    return found
