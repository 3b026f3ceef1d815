"""Mints every IRI that the package gives out. No other module puts an IRI together."""

from __future__ import annotations

import hashlib
import json
import re
from enum import StrEnum
from urllib.parse import quote, unquote

from kg.vocabulary import BASE

_DIGITS = 16
"""Hexadecimal digits kept of a hash: 64 bits, so a collision is not to be met below a billion relations."""

_WHOLE = re.compile(r"https?://[^\s/?#\[\]@:]+(?::\d*)?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
"""An address on the web. A host between brackets or behind a user's name is not one that articles have."""
_FIT = "!$%&'()*+,/:;=?@"
"""What may stand in an IRI as it is, beside letters, digits and `-._~`."""
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Kind(StrEnum):
    """What an IRI is minted for."""

    ENTITY = "entity"
    """Of its id."""
    ARTICLE = "article"
    """Of its id, text and source."""
    RELATION = "relation"
    """Of its article and all that it says but its confidence."""
    SOFTWARE = "software"
    """Of name, version and model."""
    JUDGEMENT = "judgement"
    """Of the ids of its two entities and who judges."""
    BUILD = "build"
    """Of the moment when it started."""
    PUSH = "push"
    """Of a number drawn at random."""


class NamedGraph(StrEnum):
    """Graphs beside those of the articles."""

    JUDGEMENTS = "judgements"
    """Which entities are one."""
    BUILDS = "builds"
    """When the graph was worked on, by the clock, and what is not finished. Not part of what a graph says."""
    INFERRED = "inferred"
    """What follows from the rest by the ontology."""
    DEFAULT = "default"
    """Stands for the default graph in a store that has none of its own, and where one keeps its hash."""
    ONTOLOGY = "ontology"
    """What the graph's own ontology adds; in files only, since a graph's folder keeps it as Turtle."""


class Part(StrEnum):
    """What part of an article an IRI is minted for."""

    WORDS = "char"
    """Characters, as RFC 5147 counts them: start, end."""
    APPEARANCE = "entity"
    """An entity as the article presents it."""
    READING = "reading"
    """The activity that read the article."""
    RETRIEVAL = "retrieval"
    """The activity that fetched the article."""


def mint(kind: Kind, content: str | tuple[str | None, ...], *, base: str = BASE) -> str:
    """The IRI of a thing, the same on every machine for the same content.

    One text is escaped, so that it can be read from the IRI; several are hashed.

    Args:
        kind: What it is for.
        content: What makes the thing what it is, as `Kind` says.
        base: With which the IRI begins.

    >>> mint(Kind.ENTITY, "Ukraine")
    'https://w3id.org/actors-kg/entity/Ukraine'
    >>> mint(Kind.ARTICLE, ("They met.", None), base="https://example.org/")
    'https://example.org/article/e1337f077ccb6626'
    """
    if isinstance(content, str):
        return f"{base}{kind}/{_escaped(content)}"
    digest = hashlib.sha256(json.dumps(content).encode()).hexdigest()
    return f"{base}{kind}/{digest[:_DIGITS]}"


def graph_iri(graph: NamedGraph, *, base: str = BASE) -> str:
    """The IRI of a graph beside those of the articles.

    >>> graph_iri(NamedGraph.INFERRED)
    'https://w3id.org/actors-kg/inferred'
    """
    return f"{base}{graph}"


def mint_part(article_iri: str, part: Part, content: str | tuple[int, int] | None = None) -> str:
    """The IRI of a part of an article.

    Args:
        article_iri: That of the article.
        part: Which kind of part.
        content: The characters from where to where, end exclusive, for words; a text for what has a name;
            None for what an article has once.

    >>> mint_part("https://example.org/article/1", Part.WORDS, (0, 143))
    'https://example.org/article/1#char=0,143'
    """
    if content is None:
        return f"{article_iri}#{part}"
    value = _escaped(content) if isinstance(content, str) else ",".join(map(str, content))
    return f"{article_iri}#{part}={value}"


def page_iri(url: str | None) -> str | None:
    """The IRI of the page at an address; None where the address is not a whole one.

    What a URI may not hold is escaped, as RFC 3987, section 3.1, maps an IRI to a URI.

    >>> page_iri("https://example.org/a b"), page_iri("example.org")
    ('https://example.org/a%20b', None)
    """
    if url is None or not _WHOLE.fullmatch(url):
        return None
    before, mark, after = _LONE_PERCENT.sub("%25", url).partition("#")
    return quote(before, safe=_FIT) + mark + quote(after, safe=_FIT)


def entity_id(iri: str) -> str:
    """The id that an entity's IRI was minted of.

    >>> entity_id(mint(Kind.ENTITY, "person/ana díaz"))
    'person/ana díaz'
    """
    return unquote(iri.rpartition("/")[2])


def _escaped(text: str) -> str:
    # A name of dots alone would be taken for a relative step and vanish when the IRI is resolved.
    return text.replace(".", "%2E") if not text.strip(".") else quote(text, safe="")
