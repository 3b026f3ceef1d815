"""Reads a run of articles into the quads of their graphs; what one article does wrong ends with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

import pyoxigraph as ox

from kg.errors import ArticleError, KgError
from kg.partitions.settings import Extractor, Settings, tools_of
from kg.rdf.articles import software_quads
from kg.store.incoming import Incoming, incoming_of
from kg.types import Article, Extraction

FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What code raises that meets what it was not written for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article that was read, as quads."""

    identifier: str
    """The article's id."""
    version: str
    """Which of several articles of this id it is; see `version_of`."""
    words: int
    """Words of its text, by white space."""
    relations: int
    quads: tuple[ox.Quad, ...]
    """Those of its own graph, and those of the default graph that describe the software."""
    incoming: Incoming | None = field(default=None, compare=False, repr=False)
    """What a store takes; None where that is to be worked out from the quads."""


Outcome = Reading | ArticleError
"""What became of an article: it was read, or why not."""


def version_of(article: Article) -> str:
    """A hash of all that an article says, in hexadecimal.

    >>> version_of(Article(id="a", text="Ana met Bo."))[:8]
    '6f889236'
    """
    said = [str(getattr(article, field.name)) for field in fields(article) if field.name != "id"]
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def read_partition(articles: Sequence[Article], settings: Settings) -> Iterator[Outcome]:
    """What becomes of each article of a run.

    An article over which the extractor fails, whatever it raises of `FAULTS`, is a problem of its own: what
    was not read yet is then read one by one.

    Raises:
        KgError: What makes it pointless to read on, such as a model that cannot be loaded.
    """
    tools = tools_of(settings)
    versions = {article.id: version_of(article) for article in articles}
    done: set[str] = set()
    failed = False
    try:
        for extraction in tools.extract(articles):
            identifier = extraction.article.id
            version = versions.get(identifier) or version_of(extraction.article)
            yield _reading(extraction, version, settings)
            done.add(identifier)
    except FAULTS as error:
        if isinstance(error, KgError) and not isinstance(error, ArticleError):
            raise
        if len(articles) == 1:
            yield _problem(articles[0], error)
            return
        failed = True
    if failed:
        for article in articles:
            if article.id not in done:
                yield from read_partition([article], settings)


def _reading(extraction: Extraction, version: str, settings: Settings) -> Reading:
    tools, software = tools_of(settings), settings.software
    kept = _sure(extraction, settings.min_confidence)
    incoming = incoming_of(kept, tools.vocabulary, software, settings.base)
    return Reading(
        identifier=kept.article.id,
        version=version,
        words=len(kept.article.text.split()),
        relations=len(kept.relations),
        quads=(*incoming.quads, *software_quads(software, settings.base)),
        incoming=incoming,
    )


def _sure(extraction: Extraction, least: float | None) -> Extraction:
    """An extraction without the relations that are less sure than asked for; None asks for nothing."""
    if least is None:
        return extraction
    return replace(extraction, relations=tuple(r for r in extraction.relations if r.confidence >= least))


def _problem(article: Article, error: BaseException) -> ArticleError:
    if isinstance(error, ArticleError):
        return error
    return ArticleError(
        f"The article {article.id!r} could not be read: {type(error).__name__}: {error}. All others are; "
        "please report it with the article.",
        place=article.id,
    )


__all__ = ["FAULTS", "Extractor", "Outcome", "Reading", "read_partition", "version_of"]
