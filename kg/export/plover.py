"""Events as PLOVER records, for those who count events: the types of the manual, one JSON object a line.

There are two ways to them. `plover` reads the articles again with the package's own pipeline, since events
are coded by other conventions than the graph's relations are stated by (`kg.relations.coding`): an actor may
be unnamed, and stands for its country. `plover-graph` gives the events that the graph itself states, with
whom they name. The fields are those of the manual ("JSON Data Fields", Open Event Data Alliance, 2021), with
the types of 2023; `docs/exchange.md` tells what each holds, and what is left empty.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

from kg.export.events import Event, events_of
from kg.export.records import Statement
from kg.rdf.articles import article_node
from kg.rdf.relations import relation_node
from kg.store.periods import period_of
from kg.types import Article, Entity, Evidence, Status
from kg.vocabulary import Vocabulary
from kg.vocabulary.countries import load_countries

if TYPE_CHECKING:
    from kg.relations.coding import CodedEvent

_QUADS = {
    **dict.fromkeys(("AGREE", "CONCEDE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("AID", "COOPERATE", "RETREAT"), 2),
    **dict.fromkeys(("ACCUSE", "REJECT", "REQUEST", "THREATEN"), 3),
    **dict.fromkeys(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"), 4),
}
"""By type, as each type's section of the manual says."""
_MILITANT = "IMG"
"""PLOVER's code of militarized groups of no one country."""
_STATELESS = {"IGO": "IGO", "NGO": "NGO", "REB": _MILITANT}
_NOT_SECTORS = frozenset({"IGO", "NGO"})
"""Kinds of bodies that PLOVER tells by the code of the actor, not by its sector."""
_SECTORS = {"MED": "JRN"}
"""Where PLOVER parts with CAMEO, which we follow: its MED is medicine (manual, note to the sector codes)."""
_HOST = "043"
"""CAMEO's code of a host's part in a visit; in PLOVER the source is the visitor."""
_FUTURE = "future"
"""PLOVER's context of what is announced."""
_CODER = "kg"
_CODEBOOK = "PLOVER (2023)"
_IDENTITY = ("article", "class", "subject", "object", "predicate", "text_info")
"""Fields that make an event that was coded what it is."""
_DIGITS = 16
"""Hexadecimal digits kept of a hash, as in the IRIs."""
Row = dict[str, Any]


def write_events(articles: Iterable[Article], file: TextIO) -> None:
    """Writes the events of some articles, one a line, in the order of the text.

    Raises:
        ModelError: The language model is missing or damaged.
    """
    for article, events in coded(articles):
        rows = (event_row(article, event) for event in events)
        file.writelines(json.dumps(row) + "\n" for row in rows)


def write_stated_events(statements: Iterable[Statement], file: TextIO, vocabulary: Vocabulary) -> None:
    """Writes the events that a graph states, one a line, in the order of the statements.

    What has no PLOVER type, such as a comment, is left out; see `kg.export.events`.
    """
    events = (event for event in events_of(statements, vocabulary) if event.plover)
    file.writelines(json.dumps(stated_row(event), ensure_ascii=True) + "\n" for event in events)


def coded(articles: Iterable[Article]) -> Iterator[tuple[Article, list[CodedEvent]]]:
    """Each article with its events; the pipeline is loaded only if there is an article."""
    waiting = iter(articles)
    for first in waiting:
        from kg.extraction import code_all, load

        yield from code_all(load(), chain([first], waiting))


def event_row(article: Article, event: CodedEvent) -> Row:
    """The record of an event that was coded from the text; an end that has no name is its country's code."""
    text = article.text[event.start : event.end]
    evidence = Evidence(text=text, start=event.start, end=event.end)
    row = _record(article, evidence, event.type, predicate=event.predicate)
    sources = _coded_actors(event.source, event.source_entity)
    row |= _ends(sources, _coded_actors(event.target, event.target_entity))
    return row | {"id": _identify(row)}


def stated_row(event: Event) -> Row:
    """The record of an event that the graph states, with its mode, place and time where they are known.

    Those who act on each other alike are all sources (manual, "Compound and Reciprocal Actors").
    """
    statement, relation = event.statement, event.statement.relation
    sources, recipients = _sides(event)
    row = _record(statement.article, relation.evidence, event.plover or "", predicate=relation.predicate)
    row |= _ends(sources, recipients)
    row |= {
        "id": relation_node(relation, article_node(statement.article)).value,
        **_days(event.date),
        "mode": [event.mode] if event.mode else [],
        "context": [_FUTURE] if relation.status is Status.PLANNED else [],
        "event_loc": _location(event.place) if event.place else None,
        "cameo": event.code.code,
        "when": event.date,
        "about": None if event.target else relation.object.name,
        "property": relation.property,
        "status": relation.status.value,
        "attribution": relation.attribution.name if relation.attribution else None,
        "confidence": round(relation.confidence, 4),
    }
    return row


def _sides(event: Event) -> tuple[list[Row], list[Row]]:
    source, target = _actor(event.source), _actor(event.target) if event.target else None
    if target is None:
        return [source], []
    if event.statement.relation.symmetric:
        return [source, target], []
    return ([target], [source]) if event.code.code == _HOST else ([source], [target])


def _record(article: Article, evidence: Evidence, type_: str, *, predicate: str) -> Row:
    """PLOVER's fields, then those of our own exchange format, without the ends."""
    place = {"start": evidence.start, "end": evidence.end}
    return {
        "id": None,
        "has_event": True,
        **_days(article.published),
        "source": [],
        "recipient": [],
        "event": [type_],
        "event_text": [predicate],
        "quad_code": _QUADS[type_],
        "mode": [],
        "context": [],
        "event_loc": None,
        "text": evidence.text,
        "text_info": place,
        "cite_info": _citation(article),
        "coder": _CODER,
        "article": article.id,
        "class": type_,
        "subject": {"country": None},
        "object": {"country": None},
        "predicate": predicate,
        "evidence": {"text": evidence.text, **place},
    }


def _days(date: str | None) -> Row:
    """The first and last day that a time may mean: two only where it is a month or a year."""
    period = period_of(date)
    if period is None or period.last in {None, period.first}:
        return {"date": date, "enddate": None}
    return {"date": str(period.first), "enddate": str(period.last)}


def _ends(sources: list[Row], recipients: list[Row]) -> Row:
    """The ends as lists of actors, and, for those who read one country each, as subject and object."""
    first, *others = [actor["code"] for actor in (*sources, *recipients)] or [None]
    return {
        "source": sources,
        "recipient": recipients,
        "subject": {"country": first if sources else None},
        "object": {"country": (others[0] if others else None) if sources else first},
    }


def _identify(row: Row) -> str:
    """An id that the same event of the same article has on every machine, where it is no relation."""
    said = {name: row[name] for name in _IDENTITY}
    return f"kg-{hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:_DIGITS]}"


def _citation(article: Article) -> Row:
    return {
        "citation": article.id,
        "url": article.url,
        "title": article.title,
        "publication": article.source,
        "date": article.published,
        "language": "en",
        "license": article.license,
        "coder": _CODER,
        "codebook": _CODEBOOK,
    }


def _coded_actors(code: str | None, entity: Entity | None) -> list[Row]:
    if code is None:
        return []
    return [_actor(entity) | {"code": code}] if entity is not None else [{"code": code}]


def _actor(entity: Entity) -> Row:
    """An actor object; its code is a country, or what PLOVER has in the place of one."""
    sector = _SECTORS.get(entity.sector or "", entity.sector)
    return {
        "code": entity.country or _STATELESS.get(entity.sector or ""),
        "sector": None if sector in _NOT_SECTORS else sector,
        "actor_text": entity.name,
        "identifier_id": entity.wikidata,
        "identifier_text": entity.name if entity.wikidata else None,
    }


def _location(place: Entity) -> Row:
    """A location object, in the fields of GeoNames that are known."""
    country = load_countries().get(place.country or "")
    known = {"country code": country.iso2, "cc3": country.iso3} if country else {}
    return {"name": place.name, **known}
