"""When a graph was worked on, and what is left to do; in a graph of its own, outside the fingerprint.

With every change of an article goes a mark, in the same transaction, that says that judging is due: who is
one with whom follows from all articles together. The mark is taken out in the transaction that completes the
judging, so a process may be killed at any moment: the next that changes the graph finds what is left to do.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.articles import Software, software_node
from kg.rdf.graphs import graph_node
from kg.rdf.iris import Kind, NamedGraph, mint
from kg.rdf.quads import Said, describe, index_quads, value
from kg.store.changes import Changes
from kg.vocabulary import KG, PROV, RDF, XSD

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A run that changed the articles of a graph."""

    started: datetime.datetime
    """In UTC."""
    ended: datetime.datetime
    added: int
    """Articles that were new."""
    replaced: int
    """Articles that took the place of one with the same id."""


def is_finished(data: ox.Store, base: str) -> bool:
    """Whether all articles have been judged together since the last of them came or went."""
    return _mark(base) not in data


def warn_unfinished(path: Path) -> None:
    """Tells who reads a graph that it is not finished."""
    _LOGGER.warning(
        "The graph %r is not finished: it is being built, or its build was stopped. `kg build` with the same "
        "articles finishes it.",
        str(path),
    )


def with_mark(changes: Changes, data: ox.Store, base: str) -> Changes:
    """Changes of articles, with the mark that judging is due, and without what followed from the old."""
    marked = () if _mark(base) in data else (_mark(base),)
    return replace(
        changes, added=(*changes.added, *marked), emptied=(*changes.emptied, *_outdated(data, base))
    )


def without_mark(changes: Changes, data: ox.Store, base: str) -> Changes:
    """Changes that complete the judging, without the mark, and without what followed from the old."""
    outdated = _outdated(data, base) if changes else ()
    if is_finished(data, base):
        return replace(changes, emptied=(*changes.emptied, *outdated))
    graph = graph_node(NamedGraph.BUILDS, base)
    is_alone = sum(1 for _ in data.quads_for_pattern(None, None, None, graph)) == 1
    return replace(
        changes,
        removed=changes.removed | {_mark(base)},
        emptied=(*changes.emptied, *outdated, *([graph] if is_alone else [])),
    )


def has_inferred(data: ox.Store, base: str) -> bool:
    """Whether the store holds what was inferred; that goes when articles or judgements change."""
    return data.contains_named_graph(graph_node(NamedGraph.INFERRED, base))


def build_quads(build: Build, software: Software, base: str) -> Iterator[ox.Quad]:
    """What the graph of builds says of one."""
    node = ox.NamedNode(mint(Kind.BUILD, (build.started.isoformat(),), base=base))
    said: list[Said] = [
        (RDF.type, KG.Build),
        (RDF.type, PROV.Activity),
        (PROV.startedAtTime, ox.Literal(build.started.isoformat(), datatype=XSD.dateTime)),
        (PROV.endedAtTime, ox.Literal(build.ended.isoformat(), datatype=XSD.dateTime)),
        (PROV.wasAssociatedWith, software_node(software, base)),
        (KG.articlesAdded, ox.Literal(build.added)),
        (KG.articlesReplaced, ox.Literal(build.replaced)),
    ]
    return describe(node, said, graph_node(NamedGraph.BUILDS, base))


def read_builds(data: ox.Store, base: str) -> list[Build]:
    """The builds that a store tells of, the earliest first."""
    found = []
    graph = graph_node(NamedGraph.BUILDS, base)
    for said in index_quads(data.quads_for_pattern(None, None, None, graph)).values():
        started, ended = value(said, PROV.startedAtTime), value(said, PROV.endedAtTime)
        if started is not None and ended is not None:
            found.append(
                Build(
                    started=datetime.datetime.fromisoformat(started),
                    ended=datetime.datetime.fromisoformat(ended),
                    added=int(value(said, KG.articlesAdded) or 0),
                    replaced=int(value(said, KG.articlesReplaced) or 0),
                )
            )
    return sorted(found, key=lambda build: build.started)


def unfinished(node: ox.NamedNode, base: str) -> ox.Quad:
    """The mark of something that is not finished: the graph, by the node of that of builds, or an entity.

    >>> unfinished(ox.NamedNode("https://example.org/a"), "https://example.org/").graph_name.value
    'https://example.org/builds'
    """
    graph = graph_node(NamedGraph.BUILDS, base)
    return ox.Quad(node, KG.unfinished, ox.Literal(True), graph)  # noqa: FBT003  (a value of RDF)


def _mark(base: str) -> ox.Quad:
    return unfinished(graph_node(NamedGraph.BUILDS, base), base)


def _outdated(data: ox.Store, base: str) -> tuple[ox.NamedNode, ...]:
    return (graph_node(NamedGraph.INFERRED, base),) if has_inferred(data, base) else ()
