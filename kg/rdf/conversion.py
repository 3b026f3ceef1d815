"""Terms between pyoxigraph and rdflib. Loads rdflib, so it is imported where that is needed anyway."""

from __future__ import annotations

import pyoxigraph as ox
import rdflib

from kg.rdf.quads import Term
from kg.vocabulary import XSD


def to_rdflib(term: Term) -> rdflib.term.IdentifiedNode | rdflib.Literal:
    """A term of pyoxigraph as rdflib has it; a triple term, which it has not, as an IRI of its text.

    >>> to_rdflib(ox.Literal("Ana", language="en"))
    rdflib.term.Literal('Ana', lang='en')
    """
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        # For rdflib a plain text and the same text as an xsd:string are not equal; SHACL means the plain one.
        datatype = None if term.datatype == XSD.string else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    return rdflib.URIRef(str(term) if isinstance(term, ox.Triple) else term.value)


def from_rdflib(node: rdflib.term.Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A term of rdflib as pyoxigraph has it.

    >>> from_rdflib(rdflib.Literal("Ana", lang="en")).language
    'en'

    Raises:
        ValueError: What should be an IRI is none.
    """
    if isinstance(node, rdflib.Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or XSD.string.value)))
    return ox.BlankNode(str(node)) if isinstance(node, rdflib.BNode) else ox.NamedNode(str(node))
