"""News articles in, a knowledge graph of actors and relations out.

>>> import kg
>>> graph = kg.build("articles/", "graph/")  # doctest: +SKIP
>>> graph.relations(subject="NATO")  # doctest: +SKIP

Importing this loads no spaCy, RDF library, networkx or pandas: each comes with the first use.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.types import (
    IRI,
    Article,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Relation,
    Status,
)

if TYPE_CHECKING:
    from kg.articles import read_articles, sample_articles
    from kg.builder import BuildOptions
    from kg.extraction import extract, extract_all, load
    from kg.graph import Graph
    from kg.remote import RemoteGraph
    from kg.store.remote import RemoteSettings

__version__ = "0.1.0"

__all__ = [  # noqa: RUF022 - as `sorted` has it, which the tests hold
    "Article",
    "BuildOptions",
    "Entity",
    "EntityType",
    "Evidence",
    "Extraction",
    "Graph",
    "IRI",
    "KgError",
    "Mention",
    "MentionKind",
    "Relation",
    "RemoteGraph",
    "RemoteSettings",
    "Status",
    "build",
    "connect",
    "extract",
    "extract_all",
    "load",
    "open",
    "read_articles",
    "sample_articles",
]

_HOMES = {
    "BuildOptions": "kg.builder",
    "Graph": "kg.graph",
    "RemoteGraph": "kg.remote",
    "RemoteSettings": "kg.store.remote",
    "extract": "kg.extraction",
    "extract_all": "kg.extraction",
    "load": "kg.extraction",
    "read_articles": "kg.articles",
    "sample_articles": "kg.articles",
}
"""Where the names are that come with their first use."""


def build(
    paths: str | Path | Iterable[str | Path], out: str | Path, options: BuildOptions | None = None
) -> Graph:
    """The graph of some articles: reads, extracts and stores them, and opens the result.

    Run again, it adds only what is new. What cannot be read is warned of, and the rest is built.

    Args:
        paths: Files (text, JSON Lines, pages, tables, WARC …), folders, patterns, URLs, or `-` for
            standard input.
        out: The graph's folder; made if it is not there.
        options: How the articles are read: your own ontology, actors, judgements or spaCy pipeline,
            the least confidence, what becomes of other languages. None for the defaults.

    Raises:
        ArticleError: A path does not exist.
        JudgementError: The judgements cannot be read, or contradict each other.
        VocabularyError: A file of your own cannot be read, or says something that is not allowed.
        ModelError: The pipeline cannot be loaded, or lacks a parser or named entities.
        StoreError: `out` is a folder that is no graph, or a graph in use.

    >>> build("articles/", "graph/", BuildOptions(min_confidence=0.5))  # doctest: +SKIP
    """
    import warnings

    from kg.builder import build_graph

    given = [paths] if isinstance(paths, str | Path) else paths
    for problem in build_graph(given, out, options=options).problems:
        warnings.warn(str(problem), stacklevel=2)
    return open(out)


def open(path: str | Path) -> Graph:
    """The graph in a folder that `build` made, for reading.

    Raises:
        StoreError: There is no such folder, or it is no graph.

    >>> open("graph/")  # doctest: +SKIP
    """
    from kg.graph import Graph

    return Graph.open(path)


def connect(url: str, settings: RemoteSettings | None = None) -> RemoteGraph:
    """The graph in a triple store beyond this machine, by SPARQL over HTTP.

    Who asks is said by the environment (`KG_STORE_USER` and `KG_STORE_PASSWORD`, or `KG_STORE_TOKEN`) or by
    `~/.netrc`.

    Args:
        url: The store's address, or its kind and address, as `fuseki:https://example.org/news`.
        settings: How it is asked; None for what is usual.

    Raises:
        RemoteError: It is no address of a store.

    >>> connect("https://example.org/news")
    RemoteGraph('https://example.org/news')
    """
    from kg.remote import RemoteGraph

    return RemoteGraph.connect(url, settings)


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
