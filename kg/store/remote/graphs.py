"""How a graph of a store is named: in requests, in updates, and in the patterns of queries."""

from __future__ import annotations

import pyoxigraph as ox

from kg.store.remote.unions import Parameters


def target_of(graph: str | None) -> Parameters:
    """The parameters that name a graph, the default graph for None (Graph Store Protocol, section 4.2).

    >>> target_of("urn:g"), target_of(None)
    ((('graph', 'urn:g'),), (('default', ''),))
    """
    return (("default", ""),) if graph is None else (("graph", graph),)


def reference_of(graph: str | None) -> str:
    """A graph as CLEAR and DROP name it.

    >>> reference_of("urn:g"), reference_of(None)
    ('GRAPH <urn:g>', 'DEFAULT')
    """
    return "DEFAULT" if graph is None else f"GRAPH {ox.NamedNode(graph)}"


def within(graph: str | None, pattern: str) -> str:
    """A pattern, or triples, of a graph; of the default graph for None.

    >>> within("urn:g", "?s ?p ?o"), within(None, "?s ?p ?o")
    ('GRAPH <urn:g> { ?s ?p ?o }', '?s ?p ?o')
    """
    return pattern if graph is None else f"GRAPH {ox.NamedNode(graph)} {{ {pattern} }}"
