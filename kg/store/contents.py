"""What one graph of a store holds as a whole: put in its place, merged into it, taken out.

Each is what SPARQL 1.1 Graph Store HTTP Protocol (W3C 2013), section 5, says it is the same as. Nothing that
is derived from graphs is derived anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import pyoxigraph as ox

from kg.store.changes import Changes, apply

GraphName: TypeAlias = ox.NamedNode | ox.DefaultGraph


def is_there(data: ox.Store, graph: GraphName) -> bool:
    """Whether a store has a graph, if an empty one; the default graph is always there.

    >>> is_there(ox.Store(), ox.DefaultGraph()), is_there(ox.Store(), ox.NamedNode("https://example.org/"))
    (True, False)
    """
    return isinstance(graph, ox.DefaultGraph) or data.contains_named_graph(graph)


def is_empty(data: ox.Store, graph: GraphName) -> bool:
    """Whether nothing stands in a graph, or there is none.

    >>> is_empty(ox.Store(), ox.DefaultGraph())
    True
    """
    return next(data.quads_for_pattern(None, None, None, graph), None) is None


def replace_contents(data: ox.Store, graph: GraphName, triples: Iterable[ox.Triple]) -> None:
    """Puts triples in the place of all that a graph holds; a graph of that name is there afterwards.

    It is one transaction, whose time grows with what is changed.

    >>> data, graph = ox.Store(), ox.NamedNode("https://example.org/")
    >>> replace_contents(data, graph, [])
    >>> is_there(data, graph)
    True
    """
    new = dict.fromkeys(_quads(triples, graph))
    old = set(data.quads_for_pattern(None, None, None, graph))
    gone = frozenset(old - new.keys())
    if any(map(_has_blank_node, gone)):  # which DELETE DATA cannot name (SPARQL 1.1 Update, section 3.1.2)
        apply(Changes(emptied=(graph,), added=tuple(new)), data)
    else:
        apply(Changes(removed=gone, added=tuple(quad for quad in new if quad not in old)), data)
    _keep(data, graph)


def merge_contents(data: ox.Store, graph: GraphName, triples: Iterable[ox.Triple]) -> None:
    """Adds triples to a graph, which is there afterwards; blank nodes are taken to be none of its own.

    >>> data, node = ox.Store(), ox.NamedNode("https://example.org/")
    >>> merge_contents(data, node, [ox.Triple(node, node, node)])
    >>> len(data)
    1
    """
    apply(Changes(added=_quads(triples, graph)), data)
    _keep(data, graph)


def drop(data: ox.Store, graph: GraphName) -> None:
    """Takes a graph out with all that it holds; of the default graph only what it holds.

    >>> data = ox.Store()
    >>> drop(data, ox.DefaultGraph())
    """
    if isinstance(graph, ox.NamedNode):
        data.remove_graph(graph)
    else:
        data.clear_graph(graph)


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal)


def _quads(triples: Iterable[ox.Triple], graph: GraphName) -> tuple[ox.Quad, ...]:
    return tuple(ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def _keep(data: ox.Store, graph: GraphName) -> None:
    """Lets a graph be there that nothing was put into."""
    if isinstance(graph, ox.NamedNode):
        data.add_graph(graph)
