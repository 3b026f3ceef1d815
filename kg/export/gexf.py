"""Relations as GEXF 1.3, Gephi's own format, with the days for its timeline (https://gexf.net)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import IO, Any

from kg.export.columns import Column, Kind, edge_columns, entity_columns
from kg.export.markup import Markup
from kg.export.periods import stated_period
from kg.export.records import Statement, entities_of
from kg.export.tables import written
from kg.store.periods import Period
from kg.types import Relation
from kg.vocabulary import Vocabulary

NAMESPACE = "http://gexf.net/1.3"
_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TEXT: "string",
        Kind.TEXTS: "string",
        Kind.TRUTH: "boolean",
        Kind.COUNT: "integer",
        Kind.SHARE: "double",
        Kind.DAY: "string",
    }
)
_GRAPH = {
    "mode": "dynamic",
    "defaultedgetype": "directed",
    "idtype": "string",
    "timeformat": "date",
    "timerepresentation": "interval",
}
_RENAMED = {"start": "evidence_start", "end": "evidence_end"}
"""GEXF has a start and an end of its own."""
_DAY = datetime.timedelta(days=1)


def write_gexf(statements: Sequence[Statement], out: IO[bytes], vocabulary: Vocabulary) -> None:
    """Writes the entities and relations with the days on which each is to be seen.

    An event is there on the days of its time, else on the day of its article; a state from then on, since
    news seldom say when it ends. An entity is there while a relation of it is. What has no date is always
    there, and so are its ends. Every edge is directed, `symmetric` says which have no direction; their `kind`
    is the relation class, by which Gephi keeps parallel edges apart.

    >>> import io
    >>> from kg.vocabulary import load_vocabulary
    >>> out = io.BytesIO()
    >>> write_gexf([], out, load_vocabulary())
    >>> out.getvalue().rstrip().endswith(b"</gexf>")
    True
    """
    periods = [visible_period(row, vocabulary) for row in statements]
    with Markup(out).within("gexf", {"xmlns": NAMESPACE, "version": "1.3"}) as markup:
        with markup.within("meta", {}):
            markup.leaf("creator", {}, "kg")
            markup.leaf("description", {}, "Actors and relations in news articles")
        with markup.within("graph", _GRAPH):
            _declare(markup, "node", entity_columns())
            _declare(markup, "edge", edge_columns())
            _nodes(markup, statements, _spells(statements, periods))
            _edges(markup, statements, periods)


def visible_period(statement: Statement, vocabulary: Vocabulary) -> Period | None:
    """The days on which a relation is to be seen; None where it has no date."""
    period = stated_period(statement.article, statement.relation)
    record = vocabulary.classes.get(statement.relation.relation_class)
    is_state = record is not None and record.kind == "state"
    return Period(period.first, None) if period is not None and is_state else period


def merged(periods: Iterable[Period]) -> list[Period]:
    """The periods in order, those as one that overlap or follow each other by a day.

    >>> day = datetime.date
    >>> len(merged([Period(day(2026, 1, 2), day(2026, 1, 3)), Period(day(2026, 1, 1), day(2026, 1, 1))]))
    1
    """
    found: list[Period] = []
    for period in sorted(periods, key=lambda one: one.first):
        before = found[-1] if found else None
        if before is None or (before.last is not None and period.first > before.last + _DAY):
            found.append(period)
        elif before.last is not None:
            last = None if period.last is None else max(before.last, period.last)
            found[-1] = Period(before.first, last)
    return found


def _spells(statements: Sequence[Statement], periods: Sequence[Period | None]) -> Mapping[str, list[Period]]:
    """When each entity is there; an empty list for always."""
    found: dict[str, list[Period | None]] = defaultdict(list)
    for row, period in zip(statements, periods, strict=True):
        for end in {row.relation.subject.id, row.relation.object.id}:
            found[end].append(period)
    return {
        id_: [] if None in known else merged(period for period in known if period is not None)
        for id_, known in found.items()
    }


def _nodes(markup: Markup, statements: Sequence[Statement], spells: Mapping[str, list[Period]]) -> None:
    with markup.within("nodes", {}):
        for entity in entities_of(statements):
            with markup.within("node", {"id": entity.id, "label": entity.name}):
                _say(markup, {column.name: column.read(entity) for column in entity_columns()})
                _say_when(markup, spells[entity.id])


def _say_when(markup: Markup, spells: Sequence[Period]) -> None:
    if spells:
        with markup.within("spells", {}):
            for spell in spells:
                markup.leaf("spell", _days(spell))


def _edges(markup: Markup, statements: Sequence[Statement], periods: Sequence[Period | None]) -> None:
    with markup.within("edges", {}):
        for number, (row, period) in enumerate(zip(statements, periods, strict=True)):
            with markup.within("edge", {"id": str(number), **_ends(row.relation), **_days(period)}):
                _say(markup, {_title(column): column.read(row) for column in edge_columns()})


def _ends(relation: Relation) -> dict[str, str]:
    return {
        "source": relation.subject.id,
        "target": relation.object.id,
        "label": relation.predicate,
        "kind": relation.relation_class,
    }


def _days(period: Period | None) -> dict[str, str | None]:
    if period is None:
        return {}
    return {"start": period.first.isoformat(), "end": period.last.isoformat() if period.last else None}


def _declare(markup: Markup, which: str, columns: Sequence[Column[Any]]) -> None:
    with markup.within("attributes", {"class": which, "mode": "static"}):
        for column in columns:
            title = _title(column)
            markup.leaf("attribute", {"id": title, "title": title, "type": _TYPES[column.kind]})


def _title(column: Column[Any]) -> str:
    return _RENAMED.get(column.name, column.name)


def _say(markup: Markup, values: Mapping[str, Any]) -> None:
    with markup.within("attvalues", {}):
        for name, value in values.items():
            if value not in {None, ()}:
                markup.leaf("attvalue", {"for": name, "value": written(value)})
