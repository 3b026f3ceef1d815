"""A graph as FollowTheMoney entities, which Aleph, OpenAleph and yente read (https://followthemoney.tech).

One entity a line: articles, the things that relations are between, and the links themselves, each with the
sentences that say so. The library `followthemoney` is not needed. `docs/exchange.md` tells what becomes what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TextIO, TypeAlias

import pyoxigraph as ox

from kg.export.ftm_links import Link, link_of
from kg.export.records import Statement
from kg.rdf import Kind, mint
from kg.rdf.articles import article_node
from kg.rdf.relations import relation_node
from kg.types import Article, Entity, EntityType, Status
from kg.vocabulary import Actor, Vocabulary
from kg.vocabulary.countries import load_countries

Properties: TypeAlias = dict[str, list[str]]

_SCHEMAS = {
    EntityType.PERSON: "Person",
    EntityType.COUNTRY: "PublicBody",
    EntityType.ORGANIZATION: "Organization",
    EntityType.GROUP: "LegalEntity",
    EntityType.PLACE: "Address",
    EntityType.EVENT: "Event",
    EntityType.THING: "Asset",
}
_BY_SECTOR = {"BUS": "Company"} | dict.fromkeys(("COP", "GOV", "JUD", "LEG", "MIL", "SPY"), "PublicBody")
_TOPICS = {
    "COP": "gov.security",
    "GOV": "gov",
    "IGO": "gov.igo",
    "JUD": "gov.judicial",
    "LEG": "gov.legislative",
    "MIL": "mil",
    "PTY": "pol.party",
    "REL": "rel",
    "SPY": "gov.security",
}
"""Topics of organizations by sector; of persons only what the registry says is told."""


def write_ftm(statements: Iterable[Statement], file: TextIO, vocabulary: Vocabulary) -> None:
    """Writes some statements as FollowTheMoney entities, one a line: articles as they come, then the rest."""
    file.writelines(
        json.dumps(entity, ensure_ascii=False) + "\n" for entity in ftm_entities(statements, vocabulary)
    )


def ftm_entities(statements: Iterable[Statement], vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """The entities of some statements, each id once: `id`, `schema` and `properties`, which are lists.

    Only what is asserted becomes a link. Relations that say the same of the same two are one link, with all
    their sentences, articles and records.

    >>> from kg.vocabulary import load_vocabulary
    >>> list(ftm_entities([], load_vocabulary()))
    []
    """
    articles: set[str] = set()
    things: dict[str, Entity] = {}
    links: dict[str, dict[str, Any]] = {}
    for statement in statements:
        if _article_id(statement.article) not in articles:
            articles.add(_article_id(statement.article))
            yield _article(statement.article)
        relation = statement.relation
        if relation.status is Status.ASSERTED:
            for entity in (relation.subject, relation.object):
                _keep(things, entity)
            for entity_ in _linked(statement, vocabulary):
                _merge(links, entity_)
    actors = {actor.id: actor for actor in vocabulary.actors}
    yield from (_thing(entity, actors.get(id_)) for id_, entity in sorted(things.items()))
    yield from (_tidied(link) for link in links.values())


def schema_of(entity: Entity) -> str:
    """The FollowTheMoney schema of an entity.

    >>> schema_of(Entity(id="x", name="X", type=EntityType.ORGANIZATION, sector="BUS"))
    'Company'
    """
    if entity.type is EntityType.ORGANIZATION:
        return _BY_SECTOR.get(entity.sector or "", "Organization")
    return _SCHEMAS[entity.type]


def _keep(things: dict[str, Entity], entity: Entity) -> None:
    """Of several records of an entity, the one with most names."""
    known = things.get(entity.id)
    if known is None or len(entity.aliases) > len(known.aliases):
        things[entity.id] = entity


def _article(article: Article) -> dict[str, Any]:
    day = [article.published] if article.published else []
    return _entity(
        _article_id(article),
        "Article",
        {
            "fileName": [article.id],
            "title": [article.title or ""],
            "publishedAt": day,
            "publisher": [article.source or ""],
            "sourceUrl": _address(article),
            "language": ["eng"],
        },
    )


def _thing(entity: Entity, actor: Actor | None) -> dict[str, Any]:
    schema = schema_of(entity)
    country = country_code(entity)
    properties = {
        "name": [entity.name],
        "alias": [alias for alias in entity.aliases if alias != entity.name],
        "country": [country] if country else [],
        "wikidataId": [entity.wikidata or ""],
        "topics": _topics(entity, actor),
    }
    if schema == "Address":
        properties |= {"full": [entity.name]}
    return _entity(_entity_id(entity), schema, properties)


def _topics(entity: Entity, actor: Actor | None) -> list[str]:
    """What the registry is certain of: who holds or held an office, what kind of body it is."""
    if entity.type is EntityType.PERSON:
        ends = [office.end for office in actor.offices] if actor else []
        return [] if not ends else ["role.pep" if None in ends else "role.pep.frmr"]
    if entity.type is EntityType.COUNTRY:
        return ["gov.national"]
    topic = _TOPICS.get(entity.sector or "") if entity.type is EntityType.ORGANIZATION else None
    return [topic] if topic else []


def country_code(entity: Entity) -> str | None:
    """The lower-case alpha-2 code of an entity's country, as FollowTheMoney has it; None where there is none.

    >>> country_code(Entity(id="x", name="X", type=EntityType.PERSON, country="NOR"))
    'no'
    """
    country = load_countries().get(entity.country or "")
    return country.iso2.lower() if country else None


def _linked(statement: Statement, vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """The link that a statement is and, if it is the holding of a post, the post."""
    relation = statement.relation
    link = link_of(relation, schema_of(relation.subject), schema_of(relation.object), vocabulary)
    ends = {name: _entity_id(entity) for name, entity in link.ends.items()}
    if link.post:
        post = _position(link, relation.object)
        ends["post"] = post["id"]
        yield post
    told = {
        "role": [link.role or ""] if link.schema not in {"Family", "Associate", "Occupancy"} else [],
        "relationship": [link.role or ""] if link.schema in {"Family", "Associate"} else [],
        "status": [link.status or ""],
        "date": [relation.time or ""],
    }
    key = json.dumps([link.schema, ends, told], sort_keys=True)
    properties = {name: [id_] for name, id_ in ends.items()} | told | _provenance(statement)
    yield _entity(_hashed("link", key), link.schema, properties)


def _position(link: Link, body: Entity) -> dict[str, Any]:
    """The post, which is the same for all who hold it."""
    schema, country = schema_of(body), country_code(body)
    name = f"{link.post} of {body.name}"
    properties = {
        "name": [name],
        "country": [country] if country else [],
        "organization": [_entity_id(body)] if schema in {"Company", "Organization", "PublicBody"} else [],
        "subnationalArea": [body.name] if schema == "Address" else [],
    }
    return _entity(_hashed("post", json.dumps([link.post, body.id])), "Position", properties)


def _provenance(statement: Statement) -> Properties:
    """Where it is said, and by whom, with the relation's node in the graph."""
    article, relation = statement.article, statement.relation
    said_by = [f"Said by {relation.attribution.name}."] if relation.attribution else []
    return {
        "summary": said_by,
        "description": [relation.evidence.text],
        "proof": [_article_id(article)],
        "publisher": [article.source or ""],
        "sourceUrl": _address(article),
        "recordId": [relation_node(relation, _article_node(article)).value],
    }


def _address(article: Article) -> list[str]:
    url = article.url or ""
    return [url] if url.startswith(("https://", "http://")) else []


def _merge(links: dict[str, dict[str, Any]], entity: dict[str, Any]) -> None:
    known = links.setdefault(entity["id"], entity)
    for name, values in entity["properties"].items():
        known["properties"].setdefault(name, []).extend(values if known is not entity else [])


def _entity(id_: str, schema: str, properties: Mapping[str, list[str]]) -> dict[str, Any]:
    return _tidied({"id": id_, "schema": schema, "properties": dict(properties)})


def _tidied(entity: dict[str, Any]) -> dict[str, Any]:
    """Without empty values, each value once."""
    kept = {name: list(dict.fromkeys(filter(None, values))) for name, values in entity["properties"].items()}
    return entity | {"properties": {name: values for name, values in kept.items() if values}}


def _entity_id(entity: Entity) -> str:
    return _hashed("entity", mint(Kind.ENTITY, entity.id))


def _article_id(article: Article) -> str:
    return _hashed("article", _article_node(article).value)


@lru_cache(maxsize=256)  # the relations of an article come one after the other
def _article_node(article: Article) -> ox.NamedNode:
    return article_node(article)


def _hashed(kind: str, content: str) -> str:
    """An id in the form of the library's own: the name of a data set and a SHA-1."""
    return f"kg-{kind}-{hashlib.sha1(content.encode(), usedforsecurity=False).hexdigest()}"
