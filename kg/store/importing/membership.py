"""Which graph a triple is of, where a file has no graphs: told from its subject, since IRIs are minted so.

What hangs on an article's node is of the article, but for whose report it repeats; a relation is of the
article that its evidence stands in; a judgement is of the graph of judgements; all else is of the default
graph. A pointer to a merged entity that is repeated with the entity that it is merged into is found when all
is there: see `restore_repeated`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import ImportedError
from kg.rdf.graphs import DEFAULT, graph_node
from kg.rdf.iris import Kind, NamedGraph
from kg.store.changes import Changes, apply
from kg.store.merging import POINTERS
from kg.store.repeats import REPEATING
from kg.vocabulary import KG

_MINTED = re.compile(
    rf"(?P<base>.*/)(?P<kind>{Kind.ARTICLE}|{Kind.RELATION}|{Kind.JUDGEMENT})/[0-9a-f]{{16}}(?P<part>#.*)?",
    re.DOTALL,
)
"""IRIs of things that stand in other graphs than the default graph."""


def placed(triples: Iterable[ox.Quad], source: str) -> Iterator[ox.Quad]:
    """The triples, each in its graph, repeated pointers still in those of the articles.

    Those of a relation are held back until its evidence is met; in files that were exported they stand
    together.

    Raises:
        ImportedError: A relation has no evidence.
    """
    graphs: dict[ox.NamedNode, ox.NamedNode] = {}
    waiting: dict[ox.NamedNode, list[ox.Triple]] = {}
    for quad in triples:
        subject = quad.subject
        found = _MINTED.fullmatch(subject.value) if isinstance(subject, ox.NamedNode) else None
        if found is None or not isinstance(subject, ox.NamedNode) or quad.predicate in REPEATING:
            yield _in(quad.triple, DEFAULT)
        elif found["kind"] == Kind.ARTICLE:
            yield _in(quad.triple, ox.NamedNode(subject.value.removesuffix(found["part"] or "")))
        elif found["kind"] == Kind.JUDGEMENT:
            yield _in(quad.triple, graph_node(NamedGraph.JUDGEMENTS, found["base"]))
        elif subject in graphs:
            yield _in(quad.triple, graphs[subject])
        else:
            waiting.setdefault(subject, []).append(quad.triple)
            if quad.predicate == KG.evidence and isinstance(quad.object, ox.NamedNode):
                graphs[subject] = ox.NamedNode(quad.object.value.partition("#")[0])
                yield from (_in(triple, graphs[subject]) for triple in waiting.pop(subject))
    for subject in waiting:
        raise ImportedError(
            f"{source}: the relation {subject.value!r} has no kg:evidence, so that its article is not known; "
            "give all triples of it.",
            source=source,
        )


def restore_repeated(data: ox.Store) -> int:
    """Moves pointers that were repeated for merged entities to the default graph; gives how many.

    An article that points with one node to two entities, one of them merged into the other, is taken to have
    pointed to the merged one.
    """
    moved = [
        quad
        for merger in data.quads_for_pattern(None, KG.mergedInto, None, DEFAULT)
        for quad in _repeated(data, merger)
    ]
    if moved:
        repeated_there = tuple(_in(quad.triple, DEFAULT) for quad in moved)
        apply(Changes(removed=frozenset(moved), added=repeated_there), data)
    return len(moved)


def _repeated(data: ox.Store, merger: ox.Quad) -> Iterator[ox.Quad]:
    """Pointers that stand beside those to a merged entity, with what it is merged into."""
    for predicate in POINTERS:
        for quad in data.quads_for_pattern(None, predicate, merger.subject, None):
            repeated = ox.Quad(quad.subject, predicate, merger.object, quad.graph_name)
            if quad.graph_name != DEFAULT and repeated in data:
                yield repeated


def _in(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
