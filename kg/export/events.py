"""The events among the relations of a graph, as event data have them: who, whom, what, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.export.records import Statement
from kg.types import ACTOR_TYPES, PLACE_TYPES, Entity, EntityType, Relation, Status
from kg.vocabulary import Vocabulary
from kg.vocabulary.cameo import CodingRule, EventCode, Target, code_of, load_event_codes, rule_of

_ACTORS = ACTOR_TYPES | {EntityType.PLACE}
"""Who acts or is acted on; a place stands for those who govern or live there."""
_REPORTERS = "MED"
"""Sector of those who report what others ask for, and do not ask themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A relation as an event of CAMEO's."""

    statement: Statement
    code: EventCode
    source: Entity
    target: Entity | None
    """At whom it is aimed; None where it is aimed at no actor."""
    place: Entity | None
    date: str | None
    """When, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None where neither relation nor article tells."""
    mode: str | None
    """PLOVER's mode; None where it is not known."""

    @property
    def plover(self) -> str | None:
        """Its PLOVER type: of what happened the relation's own class, of a plan or request the code's."""
        relation = self.statement.relation
        own = relation.relation_class
        return own if relation.status is Status.ASSERTED and own in _types() else self.code.plover


def events_of(statements: Iterable[Statement], vocabulary: Vocabulary) -> Iterator[Event]:
    """The events among some statements, in their order.

    What is asserted is the event itself; what is planned is the announcement of it, on the day of the
    article; what is requested is the appeal of whoever asks to whoever should act. What is denied, or only
    possible, is none. See `kg.vocabulary.cameo`.

    >>> from kg.vocabulary import load_vocabulary
    >>> list(events_of([], load_vocabulary()))
    []
    """
    for statement in statements:
        rule = rule_of(statement.relation, vocabulary)
        code = code_of(statement.relation, vocabulary)
        if rule and code:
            yield from _event(statement, rule, code)


def _event(statement: Statement, rule: CodingRule, code: EventCode) -> Iterator[Event]:
    relation = statement.relation
    source, target = _ends(relation, rule)
    if source is None:
        return
    is_fact = relation.status is Status.ASSERTED
    yield Event(
        statement=statement,
        code=code,
        source=source,
        target=target,
        place=_place(relation, rule) if is_fact else None,
        date=_date(statement) if is_fact else _day_of_report(statement),
        mode=rule.mode if is_fact else None,
    )


def _ends(relation: Relation, rule: CodingRule) -> tuple[Entity | None, Entity | None]:
    """Who acts and at whom it is aimed; of a request, who asks and who should act."""
    if relation.status is Status.REQUESTED:
        asker = relation.attribution
        is_known = asker is not None and asker.id != relation.subject.id and asker.sector != _REPORTERS
        return (_actor(asker) if is_known else None), _actor(relation.subject)
    is_aimed = rule.target in {Target.AIMED_AT, Target.BOTH}
    return _actor(relation.subject), _actor(relation.object) if is_aimed else None


def _actor(entity: Entity | None) -> Entity | None:
    return entity if entity is not None and entity.type in _ACTORS else None


def _place(relation: Relation, rule: CodingRule) -> Entity | None:
    if relation.place is not None:
        return relation.place
    is_there = rule.target in {Target.PLACE, Target.BOTH} and relation.object.type in PLACE_TYPES
    return relation.object if is_there else None


def _date(statement: Statement) -> str | None:
    """When it happened; an event without a time is taken to be as new as its article."""
    return statement.relation.time or _day_of_report(statement)


def _day_of_report(statement: Statement) -> str | None:
    return statement.article.published


def _types() -> frozenset[str]:
    return frozenset(code.plover for code in load_event_codes().values() if code.plover)
