"""Which graph of a store is what: those of the articles, and those beside them.

What a store says rests on the articles' graphs and the judgements alone. The default graph is derived from
them, and so is what is inferred; when it was built is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.graphs import DEFAULT, graph_node
from kg.rdf.iris import Kind, NamedGraph, mint
from kg.rdf.quads import Graph
from kg.vocabulary import BASE


class ArticleGraphs:
    """Tells the graphs of articles from all others.

    >>> ox.NamedNode("https://w3id.org/actors-kg/article/1") in ArticleGraphs()
    True
    >>> ox.NamedNode("https://w3id.org/actors-kg/inferred") in ArticleGraphs()
    False
    """

    def __init__(self, base: str = BASE) -> None:
        self._start = mint(Kind.ARTICLE, "", base=base)

    def __contains__(self, graph: object) -> bool:
        return isinstance(graph, ox.NamedNode) and graph.value.startswith(self._start)

    def of(self, data: ox.Store) -> Iterator[ox.NamedNode]:
        """Those that a store holds, in no order."""
        return (graph for graph in data.named_graphs() if isinstance(graph, ox.NamedNode) and graph in self)

    def are_in(self, data: ox.Store) -> bool:
        """Whether a store holds any."""
        return any(True for _ in self.of(data))


def lasting_quads(data: ox.Store, base: str) -> Iterator[ox.Quad]:
    """All that the store says: default graph, articles and judgements; in no order."""
    articles = ArticleGraphs(base)
    graphs: list[Graph] = [DEFAULT, graph_node(NamedGraph.JUDGEMENTS, base), *articles.of(data)]
    for graph in graphs:
        yield from data.quads_for_pattern(None, None, None, graph)
