"""A graph's own ontology in a file of the graph: a named graph, with the prefixes that it declares.

The prefixes are declared as SHACL does it (section 5.2.1, `sh:declare`), so that queries may use them where
the graph is read back, whatever the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.graphs import graph_node
from kg.rdf.iris import NamedGraph
from kg.rdf.quads import index_quads, value
from kg.vocabulary import BASE, PREFIXES, SH, XSD, own_prefixes


def ontology_quads(file: Path, base: str = BASE) -> Iterator[ox.Quad]:
    """What a Turtle file says, and the prefixes that it declares beside ours, in the graph for it.

    Raises:
        VocabularyError: The file cannot be read, or is not Turtle.
    """
    graph = graph_node(NamedGraph.ONTOLOGY, base)
    own = {name: iri for name, iri in own_prefixes(file).items() if name not in PREFIXES}
    for triple in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
    for name, iri in sorted(own.items()):
        declaration = ox.BlankNode(f"prefix{name.encode().hex()}")
        yield ox.Quad(graph, SH.declare, declaration, graph)
        yield ox.Quad(declaration, SH.prefix, ox.Literal(name), graph)
        yield ox.Quad(declaration, SH.namespace, ox.Literal(iri, datatype=XSD.anyURI), graph)


def ontology_text(quads: Iterable[ox.Quad]) -> str:
    """The Turtle file that the quads of such a graph came from, in another layout.

    >>> ontology_text([])
    ''
    """
    said = list(quads)
    index = index_quads(said)
    declared = {item.object for item in said if item.predicate == SH.declare}
    prefixes = dict(PREFIXES)
    for node in declared:
        name = value(index.get(node.value, {}), SH.prefix) if isinstance(node, ox.BlankNode) else None
        iri = value(index.get(node.value, {}), SH.namespace) if isinstance(node, ox.BlankNode) else None
        if name and iri:
            prefixes.setdefault(name, iri)
    triples = [quad.triple for quad in said if quad.predicate != SH.declare and quad.subject not in declared]
    if not triples:
        return ""
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def is_same_turtle(one: str, other: str) -> bool:
    """Whether two Turtle files say the same, whatever their layout and the names of their blank nodes.

    >>> is_same_turtle("<a:a> <a:b> [] .", "<a:a> <a:b> _:x .")
    True
    """
    datasets = [ox.Dataset(ox.parse(text, ox.RdfFormat.TURTLE)) for text in (one, other)]
    for dataset in datasets:
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return datasets[0] == datasets[1]
