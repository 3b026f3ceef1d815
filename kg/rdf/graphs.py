"""The graphs of a store that are not those of articles: the default graph, and the named ones beside them."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.iris import Kind, NamedGraph, graph_iri, mint
from kg.vocabulary import BASE

DEFAULT = ox.DefaultGraph()
"""The graph of what is derived from the articles."""


def graph_node(graph: NamedGraph, base: str = BASE) -> ox.NamedNode:
    """The node of a graph beside those of the articles.

    >>> graph_node(NamedGraph.BUILDS).value
    'https://w3id.org/actors-kg/builds'
    """
    return ox.NamedNode(graph_iri(graph, base=base))


def is_claim(graph: object, base: str = BASE) -> bool:
    """Whether a graph says who pushes to the store, which is no part of what the store says.

    >>> is_claim(ox.NamedNode("https://w3id.org/actors-kg/push/1")), is_claim(DEFAULT)
    (True, False)
    """
    return isinstance(graph, ox.NamedNode) and graph.value.startswith(mint(Kind.PUSH, "", base=base))
