"""Relations in full, with their evidence: one, those of an entity, or those between two."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import MissingError
from kg.exploration.filters import NONE, Filters, Sieve
from kg.exploration.nodes import entity_at, relation_at
from kg.exploration.pages import FIRST, Bounds, Key, Page, page
from kg.exploration.reading import Link, Reader, reader_of
from kg.exploration.records import EntityBrief, Facets, Quotation, RelationDetail
from kg.exploration.spans import Ruler, paragraphs, place_of
from kg.rdf.quads import index_quads, term_text, value
from kg.store import Store
from kg.vocabulary import NIF

MOST_AROUND = 1_000
"""Characters of a paragraph that are quoted before and after a sentence; few paragraphs are longer."""


class Order(StrEnum):
    """In what order relations come; those without a day last."""

    NEWEST = "newest"
    OLDEST = "oldest"
    SUREST = "surest"
    """By confidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """A page of relations."""

    entity: EntityBrief
    other: EntityBrief | None
    """The other end; null where any is meant."""
    relations: Page[RelationDetail]
    articles: int
    """How many articles state those of all pages."""
    reports: int
    """How many of them are independent: an article and its copies are one report."""
    facets: Facets


def relations(
    store: Store,
    entity: str,
    other: str | None = None,
    *,
    filters: Filters = NONE,
    order: Order = Order.NEWEST,
    bounds: Bounds = FIRST,
) -> Relations:
    """The relations of an entity, or all between it and another, whichever way round.

    Args:
        store: The graph.
        entity: IRI or id.
        other: IRI or id of the other end; None for any.
        filters: Which relations are wanted.
        order: In what order; equals come by IRI.
        bounds: Which page.

    Raises:
        MissingError: The graph has no such entity, or none of a filter.
        VocabularyError: The ontology has no such class or property.
        ExplorationError: A filter or the page cannot be.
    """
    reader = reader_of(store)
    node = entity_at(reader, entity)
    far = None if other is None else entity_at(reader, other)
    links = links_between(reader, node, far)
    sieve = Sieve(reader, filters)
    fitting = [link for link in links if sieve.fits(link, link.other(node))]
    articles = {link.article for link in fitting}
    found = page(((_KEYS[order](reader, link), link) for link in fitting), bounds)
    return Relations(
        entity=reader.entity(node),
        other=None if far is None else reader.entity(far),
        relations=Page(items=tuple(details(reader, found.items)), total=found.total, next=found.next),
        articles=len(articles),
        reports=len(set(map(reader.report, articles))),
        facets=sieve.facets((link, link.other(node)) for link in links),
    )


def relation(store: Store, iri: str) -> RelationDetail:
    """A relation with all that is known of it.

    Raises:
        MissingError: The graph has no such relation.

    >>> relation(Store.in_memory(), "rel:0")
    Traceback (most recent call last):
    kg.errors.MissingError: The graph has no relation 'rel:0'; give its IRI.
    """
    reader = reader_of(store)
    return next(iter(details(reader, [relation_at(reader, iri)])))


def links_between(reader: Reader, one: str, other: str | None) -> list[Link]:
    """The relations of an entity, of both where another is given; read from the one that has fewer."""
    if other is None:
        return list(reader.links(one))
    fewer, more = sorted((one, other), key=reader.count)
    return [link for link in reader.links(fewer) if link.other(fewer) == more]


def details(reader: Reader, links: Iterable[Link]) -> list[RelationDetail]:
    """Relations in full, in their order; each article and entity is read once."""
    texts: dict[str, str] = {}
    entities: dict[str, EntityBrief] = {}
    found = []
    for link in links:
        if link.article not in texts:
            texts[link.article] = text_of(reader, link.article)
        for iri in (link.subject, link.object, link.attribution, link.place):
            if iri is not None and iri not in entities:
                entities[iri] = reader.entity(iri)
        found.append(_detail(reader, link, entities, texts[link.article]))
    return found


def text_of(reader: Reader, article: str) -> str:
    """The text of an article; empty where there is none."""
    node = ox.NamedNode(article)
    quads = reader.data.quads_for_pattern(node, NIF.isString, None, node)
    return next((term_text(quad.object) for quad in quads), "")


def _detail(reader: Reader, link: Link, entities: Mapping[str, EntityBrief], text: str) -> RelationDetail:
    article = reader.article(link.article)
    if article is None:
        raise MissingError(
            f"The article of the relation {link.iri!r} is not in the graph; `kg verify` says more."
        )
    return RelationDetail(
        iri=link.iri,
        subject=entities[link.subject],
        predicate=link.predicate,
        property=link.property,
        relation_class=link.relation_class,
        object=entities[link.object],
        symmetric=link.symmetric,
        status=link.status,
        attribution=None if link.attribution is None else entities[link.attribution],
        time=link.time,
        when=reader.when(link),
        place=None if link.place is None else entities[link.place],
        confidence=link.confidence,
        evidence=_quotation(reader, link, text),
        article=article,
    )


def _quotation(reader: Reader, link: Link, text: str) -> Quotation:
    node = ox.NamedNode(link.evidence)
    said = index_quads(reader.data.quads_for_pattern(node, None, None, ox.NamedNode(link.article)))
    words = said.get(link.evidence, {})
    start, end = place_of(words)
    whole = (min(start, len(text)), min(end, len(text)))
    first, last = next(
        ((a, b) for a, b in paragraphs(text, [whole]) if a <= whole[0] and whole[1] <= b), whole
    )
    first, last = max(first, whole[0] - MOST_AROUND), min(last, whole[1] + MOST_AROUND)
    ruler = Ruler(text)
    return Quotation(
        sentence=value(words, NIF.anchorOf) or text[start:end],
        span=ruler.span(start, end),
        paragraph=text[first:last],
        in_paragraph=ruler.span(start, min(end, last), within=first),
    )


def _by_day(reader: Reader, link: Link, sign: int) -> Key:
    when = reader.when(link)
    return (when is None, sign * (when.first if when else datetime.date.min).toordinal(), link.iri)


_KEYS: Mapping[Order, Callable[[Reader, Link], Key]] = MappingProxyType(
    {
        Order.NEWEST: lambda reader, link: _by_day(reader, link, -1),
        Order.OLDEST: lambda reader, link: _by_day(reader, link, 1),
        Order.SUREST: lambda _, link: (-link.confidence, link.iri),
    }
)
