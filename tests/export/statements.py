"""Statements made by hand, with the ends that a test is about."""

from __future__ import annotations

import datetime

from kg.export.records import Statement
from kg.types import Article, Entity, EntityType
from tests.builders import make_entity, make_relation

NORWAY = make_entity("Norway", EntityType.COUNTRY, country="NOR", sector="GOV", wikidata="Q20")
OSLO = make_entity("Oslo", EntityType.PLACE, country="NOR")
MINISTER = make_entity("Ana Bell", country="NOR", sector="GOV")
BANK = make_entity("Bell Bank", EntityType.ORGANIZATION, country="CHE", sector="BUS")
CLUB = make_entity("Oslo Club", EntityType.ORGANIZATION)


def make_statement(
    subject: Entity | None = None,
    object_: Entity | None = None,
    *,
    article: Article | None = None,
    predicate: str = "meet",
    **fields: object,
) -> Statement:
    """A statement, by default that Ana Bell met Bo Cole, with other fields of its relation."""
    told = article or make_article()
    ends = subject or make_entity("Ana Bell"), object_ or make_entity("Bo Cole")
    return Statement(article=told, relation=make_relation(told, ends[0], predicate, ends[1], **fields))


def make_article(id_: str = "a1", *, day: int | None = 5, **fields: object) -> Article:
    """An article of April 2026, or of no date."""
    date = datetime.date(2026, 4, day) if day else None
    return Article(**({"id": id_, "text": "Ana Bell met Bo Cole in Oslo.", "date": date} | fields))
