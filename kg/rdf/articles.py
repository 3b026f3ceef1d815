"""Articles in RDF: their text and source, the mentions in them, and what software read them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import pyoxigraph as ox

from kg.errors import ArticleError
from kg.rdf.entities import entity_node
from kg.rdf.graphs import DEFAULT
from kg.rdf.iris import Kind, Part, entity_id, mint, mint_part, page_iri
from kg.rdf.quads import Index, Said, Term, decimal_of, describe, text_of, value, values
from kg.rdf.relations import time_literal, words_node, words_quads
from kg.types import Article, DateBasis, DatePrecision, Mention, MentionKind
from kg.vocabulary import BASE, ITSRDF, KG, NIF, PROV, RDF, SCHEMA, XSD

_DISTRIBUTION = "kg-actors"
_BASES = {
    DateBasis.GIVEN: KG.GivenDate,
    DateBasis.PAGE: KG.PageDate,
    DateBasis.DATELINE: KG.DatelineDate,
    DateBasis.FILE: KG.FileDate,
}
"""The concept of each basis of a date."""
_PRECISIONS = {1: DatePrecision.YEAR, 2: DatePrecision.MONTH, 3: DatePrecision.DAY}
"""How much is known of a date, by how many parts it has."""


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
    return Software(version=_release(), model=model, min_confidence=min_confidence)


def article_node(article: Article, base: str = BASE) -> ox.NamedNode:
    """The node of an article, which also names its graph: the same for the same id, text and source.

    The id is part of it, so that two articles of one text (a report and its copy) can come and go alone.

    >>> article_node(Article(id="a", text="Ana Bell met Bo Cole.")).value
    'https://w3id.org/actors-kg/article/040c2dda91315b48'
    """
    return ox.NamedNode(mint(Kind.ARTICLE, (article.id, article.text, article.source), base=base))


def software_node(software: Software, base: str = BASE) -> ox.NamedNode:
    """The node of a version of the software."""
    return ox.NamedNode(mint(Kind.SOFTWARE, (software.name, software.version, software.model), base=base))


def retrieval_node(article: ox.NamedNode) -> ox.NamedNode:
    """The node of the activity that fetched an article, by the article's node."""
    return ox.NamedNode(mint_part(article.value, Part.RETRIEVAL))


def article_quads(article: Article, software: Software, base: str = BASE) -> Iterator[ox.Quad]:
    """What an article's graph says of the article, of its retrieval and of its reading.

    Raises:
        ArticleError: The text holds half a surrogate pair, which UTF-8 cannot hold.
    """
    digest, node = text_hash(article), article_node(article, base)
    retrieval = None if article.retrieved is None else retrieval_node(node)
    said: list[Said] = [
        (RDF.type, SCHEMA.NewsArticle),
        (RDF.type, NIF.Context),
        (SCHEMA.identifier, ox.Literal(article.id)),
        (SCHEMA.headline, text_of(article.title)),
        (SCHEMA.datePublished, time_literal(article.published)),
        (KG.dateBasis, None if article.date is None else _BASES[article.date_basis]),
        (SCHEMA.publisher, text_of(article.source)),
        (SCHEMA.url, text_of(article.url, datatype=XSD.anyURI)),
        (SCHEMA.license, text_of(article.license)),
        (NIF.isString, ox.Literal(article.text)),
        (KG.textHash, ox.Literal(digest)),
        (PROV.wasGeneratedBy, _reading_node(node)),
        (KG.retrieval, retrieval),
    ]
    yield from describe(node, said, node)
    yield from _reading_quads(node, software, retrieval, base)
    if retrieval is not None:
        yield from _retrieval_quads(article, retrieval, node)


def _reading_quads(
    article: ox.NamedNode, software: Software, retrieval: ox.NamedNode | None, base: str
) -> Iterator[ox.Quad]:
    least = software.min_confidence
    said: list[Said] = [
        (RDF.type, PROV.Activity),
        (PROV.wasAssociatedWith, software_node(software, base)),
        (PROV.wasInformedBy, retrieval),
        (KG.minConfidence, None if least is None else decimal_of(least)),
    ]
    return describe(_reading_node(article), said, article)


def _retrieval_quads(article: Article, retrieval: ox.NamedNode, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    page = page_iri(article.url)
    said: list[Said] = [
        (RDF.type, PROV.Activity),
        (PROV.used, None if page is None else ox.NamedNode(page)),
        (PROV.endedAtTime, moment_literal(article.retrieved)),
    ]
    return describe(retrieval, said, graph)


def software_quads(software: Software, base: str = BASE) -> Iterator[ox.Quad]:
    """What the default graph says of the software."""
    said: list[Said] = [
        (RDF.type, PROV.SoftwareAgent),
        (SCHEMA.name, ox.Literal(software.name)),
        (SCHEMA.softwareVersion, ox.Literal(software.version)),
        (KG.model, text_of(software.model)),
    ]
    return describe(software_node(software, base), said, DEFAULT)


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


def read_article(said: dict[str, list[Term]], index: Index | None = None) -> Article:
    """The article that its node says.

    Args:
        said: What is said of the article.
        index: The article's graph, for its retrieval; None leaves that aside.
    """
    retrieval = (index or {}).get(value(said, KG.retrieval) or "", {})
    day, precision = _read_date(value(said, SCHEMA.datePublished))
    bases = {concept.value: basis for basis, concept in _BASES.items()}
    moment = value(retrieval, PROV.endedAtTime)
    return Article(
        id=value(said, SCHEMA.identifier) or "",
        text=value(said, NIF.isString) or "",
        title=value(said, SCHEMA.headline),
        date=day,
        date_precision=precision,
        date_basis=bases.get(value(said, KG.dateBasis) or "", DateBasis.GIVEN),
        source=value(said, SCHEMA.publisher),
        url=value(said, SCHEMA.url),
        license=value(said, SCHEMA.license),
        retrieved=None if moment is None else datetime.datetime.fromisoformat(moment),
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


def moment_literal(moment: datetime.datetime | None) -> ox.Literal | None:
    """The literal of a moment in UTC, in canonical form; None of None.

    >>> moment_literal(datetime.datetime(2026, 4, 5, 10, 30, tzinfo=datetime.UTC)).value
    '2026-04-05T10:30:00Z'
    """
    if moment is None:
        return None
    text = moment.replace(tzinfo=None).isoformat()
    return ox.Literal((text.rstrip("0") if "." in text else text) + "Z", datatype=XSD.dateTime)


def text_hash(article: Article) -> str:
    """SHA-256 of an article's text in UTF-8, in hexadecimal.

    Raises:
        ArticleError: The text holds half a surrogate pair, which UTF-8 cannot hold.

    >>> text_hash(Article(id="a", text="Ana met Bo."))[:8]
    '250df5ca'
    """
    try:
        return hashlib.sha256(article.text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise ArticleError(
            f"Article {article.id!r} holds half a surrogate pair at character {error.start}; "
            "correct the escape in its source.",
            place=article.id,
        ) from error


@cache
def _release() -> str:
    """The version that is installed: to look it up takes some milliseconds."""
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"


def _read_date(text: str | None) -> tuple[datetime.date | None, DatePrecision]:
    """The date of a literal that `time_literal` gave, and how much of it is known."""
    if text is None:
        return None, DatePrecision.DAY
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return datetime.date(year, month, day), _PRECISIONS[len(parts)]


def _reading_node(article: ox.NamedNode) -> ox.NamedNode:
    return ox.NamedNode(mint_part(article.value, Part.READING))
