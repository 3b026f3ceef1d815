"""Which articles of a store repeat the report of another, in the default graph.

`kg:copyOf` and `kg:versionOf` lead from an article that repeats a report to the one that was published
first, which repeats none. They follow from all articles together, as merged entities do, and are made anew
with every judging; nothing of an article's own graph is changed, and nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.rdf.graphs import DEFAULT
from kg.rdf.quads import iri_of, term_text
from kg.store.changes import Changes
from kg.store.graphs import ArticleGraphs
from kg.types import Repeats
from kg.vocabulary import KG, NIF, SCHEMA

SKETCHES = "sketches.bin"
"""The file, in the folder of a graph, that keeps what texts are compared by (`kg.store.sketches`)."""
KINDS: Mapping[ox.NamedNode, Repeats] = MappingProxyType(
    {KG.copyOf: Repeats.COPY, KG.versionOf: Repeats.VERSION}
)
"""What leads from an article to the one whose report it repeats, and how it repeats that."""
REPEATING = tuple(KINDS)


def repeating(data: ox.Store, wanted: Iterable[ox.Quad]) -> Changes:
    """What changes in the default graph so that it says these repeats (see `repeat_quads`), and no others."""
    old = {quad for one in REPEATING for quad in data.quads_for_pattern(None, one, None, DEFAULT)}
    new = dict.fromkeys(wanted)
    return Changes(removed=frozenset(old - new.keys()), added=tuple(quad for quad in new if quad not in old))


def originals_in(data: ox.Store) -> dict[str, str]:
    """Nodes of the articles that repeat a report, each with that of the article that was published first.

    >>> originals_in(ox.Store())
    {}
    """
    return {
        term_text(quad.subject): term_text(quad.object)
        for one in REPEATING
        for quad in data.quads_for_pattern(None, one, None, DEFAULT)
    }


def original_of(data: ox.Store, article: str) -> tuple[str, Repeats] | None:
    """The node of the article whose report one repeats, and how; None where it repeats none.

    >>> original_of(ox.Store(), "https://example.org/a")
    """
    for predicate, kind in KINDS.items():
        for quad in data.quads_for_pattern(ox.NamedNode(article), predicate, None, DEFAULT):
            return iri_of(quad.object), kind
    return None


def copies_of(data: ox.Store, article: str) -> list[str]:
    """Nodes of the articles that repeat the report of one, sorted.

    >>> copies_of(ox.Store(), "https://example.org/a")
    []
    """
    node = ox.NamedNode(article)
    return sorted(
        iri_of(quad.subject) for one in REPEATING for quad in data.quads_for_pattern(None, one, node, DEFAULT)
    )


def original_ids(data: ox.Store) -> dict[str, str]:
    """Ids of the articles that repeat a report, each with that of the article that was published first.

    >>> original_ids(ox.Store())
    {}
    """
    return {_id_of(data, copy): _id_of(data, original) for copy, original in originals_in(data).items()}


def _id_of(data: ox.Store, node: str) -> str:
    quads = data.quads_for_pattern(ox.NamedNode(node), SCHEMA.identifier, None, None)
    return next((term_text(quad.object) for quad in quads), "")


def repeat_quads(data: ox.Store, base: str, folder: Path | None = None) -> list[ox.Quad]:
    """Which articles repeat which, as the default graph is to say it; from the articles' own graphs alone.

    Takes some 0.1 ms an article, and 1 ms one that has no sketch yet.

    Args:
        data: The store.
        base: Where its IRIs are minted.
        folder: That of the graph, where sketches are kept; None for one in memory.

    >>> repeat_quads(ox.Store(), "https://example.org/")
    []
    """
    from kg.articles.duplicates import Report, find_repeats  # loads numpy, which readers do without
    from kg.articles.shingles import Shingles, shingles_of
    from kg.store.sketches import sketches_of

    identifiers = _stated(data, base, SCHEMA.identifier)
    published, publishers, addresses = (
        _stated(data, base, one) for one in (SCHEMA.datePublished, SCHEMA.publisher, SCHEMA.url)
    )
    nodes = sorted(identifiers, key=lambda node: (identifiers[node], node.value))
    reports = [
        Report(
            id=identifiers[node],
            published=published.get(node),
            publisher=publishers.get(node),
            url=addresses.get(node),
        )
        for node in nodes
    ]

    def _text_at(place: int) -> str:
        quads = data.quads_for_pattern(nodes[place], NIF.isString, None, nodes[place])
        return next((term_text(quad.object) for quad in quads), "")

    def _shingles_at(place: int) -> Shingles:
        return shingles_of(_text_at(place))

    predicates = {kind: predicate for predicate, kind in KINDS.items()}
    named = {identifiers[node]: node for node in nodes}
    return [
        ox.Quad(named[repeat.article], predicates[repeat.kind], named[repeat.original], DEFAULT)
        for repeat in find_repeats(reports, sketches_of(nodes, _text_at, folder), _shingles_at)
    ]


def _stated(data: ox.Store, base: str, predicate: ox.NamedNode) -> Mapping[ox.NamedNode, str]:
    """What articles say of themselves with a predicate."""
    articles = ArticleGraphs(base)
    return {
        quad.subject: term_text(quad.object)
        for quad in data.quads_for_pattern(None, predicate, None, None)
        if isinstance(quad.subject, ox.NamedNode)
        and quad.subject == quad.graph_name
        and quad.subject in articles
    }
