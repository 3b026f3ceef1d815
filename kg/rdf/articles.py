"""Articles in RDF: their text and source, the mentions in them, and what software read them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import pyoxigraph as ox

from kg.errors import ArticleError
from kg.rdf.entities import entity_node
from kg.rdf.iris import Kind, Part, entity_id, mint, mint_part
from kg.rdf.quads import Index, Said, Term, decimal_of, describe, text_of, value, values
from kg.rdf.relations import words_node, words_quads
from kg.types import Article, Mention, MentionKind
from kg.vocabulary import BASE, ITSRDF, KG, NIF, PROV, RDF, SCHEMA, XSD

_DISTRIBUTION = "kg-actors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Software:
    """What read an article: the provenance of its graph."""

    name: str = _DISTRIBUTION
    version: str
    model: str | None = None
    """Name and version of the language model; None where it is not known."""
    min_confidence: float | None = None
    """Relations less sure than this were left out, 0–1; None for the software's own threshold. It is said of
    the reading: software of two thresholds is the same."""


def this_software(model: str | None = None, *, min_confidence: float | None = None) -> Software:
    """This package as it is installed, with the language model that it runs.

    >>> this_software("minilm 0.1.0").name
    'kg-actors'
    """
    try:
        release = version(_DISTRIBUTION)
    except PackageNotFoundError:  # run from a checkout that was never installed
        release = "0"
    return Software(version=release, model=model, min_confidence=min_confidence)


def article_node(article: Article, base: str = BASE) -> ox.NamedNode:
    """The node of an article, which also names its graph: the same for the same id, text and source.

    The id is part of it, so that two articles of one text (a report and its copy) can come and go alone.
    """
    return ox.NamedNode(mint(Kind.ARTICLE, (article.id, article.text, article.source), base=base))


def software_node(software: Software, base: str = BASE) -> ox.NamedNode:
    """The node of a version of the software."""
    return ox.NamedNode(mint(Kind.SOFTWARE, (software.name, software.version, software.model), base=base))


def article_quads(article: Article, software: Software, base: str = BASE) -> Iterator[ox.Quad]:
    """What an article's graph says of the article and of its reading.

    Raises:
        ArticleError: The text holds half a surrogate pair, which UTF-8 cannot hold.
    """
    text_hash = ox.Literal(_hash(article))
    node = article_node(article, base)
    reading = ox.NamedNode(mint_part(node.value, Part.READING))
    day = None if article.date is None else article.date.isoformat()
    said: list[Said] = [
        (RDF.type, SCHEMA.NewsArticle),
        (RDF.type, NIF.Context),
        (SCHEMA.identifier, ox.Literal(article.id)),
        (SCHEMA.headline, text_of(article.title)),
        (SCHEMA.datePublished, text_of(day, datatype=XSD.date)),
        (SCHEMA.publisher, text_of(article.source)),
        (SCHEMA.url, text_of(article.url, datatype=XSD.anyURI)),
        (SCHEMA.license, text_of(article.license)),
        (NIF.isString, ox.Literal(article.text)),
        (KG.textHash, text_hash),
        (PROV.wasGeneratedBy, reading),
    ]
    yield from describe(node, said, node)
    activity: list[Said] = [
        (RDF.type, PROV.Activity),
        (PROV.wasAssociatedWith, software_node(software, base)),
        (KG.minConfidence, None if software.min_confidence is None else decimal_of(software.min_confidence)),
    ]
    yield from describe(reading, activity, node)


def software_quads(software: Software, base: str = BASE) -> Iterator[ox.Quad]:
    """What the default graph says of the software."""
    said: list[Said] = [
        (RDF.type, PROV.SoftwareAgent),
        (SCHEMA.name, ox.Literal(software.name)),
        (SCHEMA.softwareVersion, ox.Literal(software.version)),
        (KG.model, text_of(software.model)),
    ]
    return describe(software_node(software, base), said, ox.DefaultGraph())


def mention_quads(mention: Mention, article: ox.NamedNode, base: str = BASE) -> Iterator[ox.Quad]:
    """What an article's graph says of words that stand for an entity."""
    node = words_node(article, mention.start, mention.end)
    said: list[Said] = [
        (RDF.type, NIF.Phrase),
        (ITSRDF.taIdentRef, entity_node(mention.entity_id, base)),
        (KG.mentionKind, ox.Literal(mention.kind.value)),
    ]
    yield from describe(node, said, article)
    yield from words_quads(article, mention.start, mention.end, mention.text)


def read_article(said: dict[str, list[Term]]) -> Article:
    """The article that its node says."""
    day = value(said, SCHEMA.datePublished)
    return Article(
        id=value(said, SCHEMA.identifier) or "",
        text=value(said, NIF.isString) or "",
        title=value(said, SCHEMA.headline),
        date=None if day is None else datetime.date.fromisoformat(day),
        source=value(said, SCHEMA.publisher),
        url=value(said, SCHEMA.url),
        license=value(said, SCHEMA.license),
    )


def read_mentions(index: Index) -> list[Mention]:
    """The mentions that an article's graph holds, in the order of the text."""
    found = [
        Mention(
            start=int(value(said, NIF.beginIndex) or 0),
            end=int(value(said, NIF.endIndex) or 0),
            text=value(said, NIF.anchorOf) or "",
            kind=MentionKind(value(said, KG.mentionKind) or MentionKind.NAME),
            entity_id=entity_id(iri),
        )
        for said in index.values()
        for iri in values(said, ITSRDF.taIdentRef)
    ]
    return sorted(found, key=lambda mention: (mention.start, mention.end, mention.entity_id))


def _hash(article: Article) -> str:
    try:
        return hashlib.sha256(article.text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise ArticleError(
            f"Article {article.id!r} holds half a surrogate pair at character {error.start}; "
            "correct the escape in its source.",
            place=article.id,
        ) from error
