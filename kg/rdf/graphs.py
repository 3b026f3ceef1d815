"""The graphs of a store that are not those of articles: the default graph, and the named ones beside them."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.iris import NamedGraph, graph_iri
from kg.vocabulary import BASE

DEFAULT = ox.DefaultGraph()
"""The graph of what is derived from the articles."""


def graph_node(graph: NamedGraph, base: str = BASE) -> ox.NamedNode:
    """The node of a graph beside those of the articles.

    >>> graph_node(NamedGraph.BUILDS).value
    'https://w3id.org/actors-kg/builds'
    """
    return ox.NamedNode(graph_iri(graph, base=base))
