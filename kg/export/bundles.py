"""Parallel relations put together: one edge for all of the same ends and kind, with how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeAlias

from kg.export.periods import stated_period
from kg.export.records import Statement
from kg.types import Relation, Status

Key: TypeAlias = tuple[str, str, str]
"""Ids of the ends, and the kind."""

_DIGITS = 4
"""Decimals kept of a mean."""
BY: Mapping[str, Callable[[Relation], str]] = MappingProxyType(
    {
        "class": lambda relation: relation.relation_class,
        "property": lambda relation: relation.property or relation.relation_class,
        "pair": lambda _: "pair",
    }
)
"""By what relations of the same ends can be put together."""


def bundle(statements: Iterable[Statement], by: str) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Each bundle with what its edge bears, in the order of the first relation of each.

    A symmetric relation goes into the bundle of its kind, whichever way round that runs; without one its
    ends are in the order of their ids. An edge bears:

    - `count`: its relations, of any status; `statuses`: how many of each, as a dictionary.
    - `weight`: those that are asserted, so that what is planned or denied weighs nothing in an analysis; of
      an article and its copies those of the one that has most, since copies confirm nothing.
    - `articles`: how many articles state them; `article_ids`: which, in order; `reports`: how many of these
      are independent, since an article and its copies are one report.
    - `first`, `last`: the days between which they are, by their time, else the date of the article; or None.
    - `max_confidence`, `mean_confidence`; `symmetric`: whether all of them are.
    - `relation_class`, `property`, `label`: the most frequent; `properties`, `predicates`: all of them.
    - `evidence`: the sentences; `references`: where each stands, as `article#char=start,end` (RFC 5147).

    >>> list(bundle([], "class"))
    []
    """
    kind = BY[by]
    rows = list(statements)
    directed = {_key(row, kind) for row in rows if not row.relation.symmetric}
    bundles: dict[Key, list[Statement]] = {}
    for row in rows:
        key = _key(row, kind)
        bundles.setdefault(_turned(key, directed) if row.relation.symmetric else key, []).append(row)
    return ((key, _values(group)) for key, group in bundles.items())


def _key(statement: Statement, kind: Callable[[Relation], str]) -> Key:
    relation = statement.relation
    return relation.subject.id, relation.object.id, kind(relation)


def _turned(key: Key, directed: set[Key]) -> Key:
    """The key of a symmetric relation: as directed ones of its kind run, if they run one way, else by id."""
    one, other, kind = key
    there, back = (one, other, kind), (other, one, kind)
    if (there in directed) != (back in directed):
        return there if there in directed else back
    return min(there, back)


def _values(group: Sequence[Statement]) -> dict[str, Any]:
    relations = [statement.relation for statement in group]
    statuses = Counter(relation.status for relation in relations)
    confidences = [relation.confidence for relation in relations]
    articles = sorted({statement.article.id for statement in group})
    first, last = _days(group)
    return {
        "label": _most(relation.predicate for relation in relations),
        "relation_class": _most(relation.relation_class for relation in relations),
        "property": _most(relation.property for relation in relations if relation.property),
        "properties": tuple(sorted({relation.property for relation in relations if relation.property})),
        "predicates": tuple(sorted({relation.predicate for relation in relations})),
        "symmetric": all(relation.symmetric for relation in relations),
        "count": len(group),
        "weight": _weight(group),
        "statuses": {status.value: statuses[status] for status in Status if statuses[status]},
        "articles": len(articles),
        "reports": len({statement.report for statement in group}),
        "article_ids": tuple(articles),
        "first": first,
        "last": last,
        "max_confidence": max(confidences),
        "mean_confidence": round(sum(confidences) / len(confidences), _DIGITS),
        "evidence": tuple(relation.evidence.text for relation in relations),
        "references": tuple(map(_reference, group)),
    }


def _weight(group: Sequence[Statement]) -> int:
    """How many relations are asserted, those that copies repeat not counted."""
    asserted = [statement for statement in group if statement.relation.status is Status.ASSERTED]
    counts = Counter((statement.report, statement.article.id) for statement in asserted)
    most: dict[str, int] = {}
    for (report, _), count in counts.items():
        most[report] = max(count, most.get(report, 0))
    return sum(most.values())


def _most(names: Iterable[str]) -> str | None:
    """The most frequent; of several the first by letters; None of none."""
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name)) if counts else None


def _days(group: Sequence[Statement]) -> tuple[Any, Any]:
    periods = [stated_period(statement.article, statement.relation) for statement in group]
    known = [period for period in periods if period is not None]
    firsts, lasts = [period.first for period in known], [period.last or period.first for period in known]
    return min(firsts, default=None), max(lasts, default=None)


def _reference(statement: Statement) -> str:
    evidence = statement.relation.evidence
    return f"{statement.article.id}#char={evidence.start},{evidence.end}"
