"""Triples between pyoxigraph and rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from kg.errors import QueryError
from kg.rdf.conversion import from_rdflib
from kg.store import write_triples


def rdflib_graph(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> rdflib.Graph:
    """The triples as an rdflib graph that knows the prefixes.

    >>> len(rdflib_graph([], {}))
    0
    """
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in prefixes.items():
        graph.bind(prefix, iri)
    return graph.parse(data=write_triples(triples, "nt", {}), format="nt")


def oxigraph_term(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """The same term in pyoxigraph.

    >>> oxigraph_term(rdflib.Literal("Ana", lang="en")).language
    'en'

    Raises:
        QueryError: It is a blank node, which names nothing that a query could ask for; or no IRI.
    """
    if isinstance(term, rdflib.Literal | rdflib.URIRef):
        try:
            return from_rdflib(term)
        except ValueError as error:
            raise QueryError(f"{str(term)!r} is not an IRI; give it in full.", query=str(term)) from error
    raise QueryError(
        f"A {type(term).__name__} cannot be bound to a variable; give an IRI or literal.", query=str(term)
    )
