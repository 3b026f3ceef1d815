"""Articles that are to be stored: what their own graphs say, and what follows from each alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rdf.articles import Software, article_node, software_quads
from kg.rdf.entities import read_appearances
from kg.rdf.graphs import DEFAULT
from kg.rdf.mapping import direct_triples, entities_of, graph_quads
from kg.rdf.quads import Index, Term, index_quads, value
from kg.types import Entity, Extraction, Status
from kg.vocabulary import KG, NIF, SCHEMA, Vocabulary


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Incoming:
    """An article as a store takes it."""

    identifier: str
    """Its id."""
    article: ox.NamedNode
    quads: tuple[ox.Quad, ...]
    """What its own graph says."""
    entities: tuple[Entity, ...]
    """Those that it names, as it presents them."""
    derived: tuple[ox.Quad, ...]
    """What the default graph says because of it, but for the descriptions of entities."""

    @property
    def text(self) -> str:
        """The article's text."""
        found = (quad.object for quad in self.quads if quad.predicate == NIF.isString)
        return next((term.value for term in found if isinstance(term, ox.Literal)), "")


def incoming_of(extraction: Extraction, vocabulary: Vocabulary, software: Software, base: str) -> Incoming:
    """An extraction as a store takes it.

    Raises:
        VocabularyError: A relation has a class or property that the vocabulary lacks.
    """
    return Incoming(
        identifier=extraction.article.id,
        article=article_node(extraction.article, base),
        quads=tuple(graph_quads(extraction, vocabulary, software=software, base=base)),
        entities=tuple(entities_of(extraction)),
        derived=(*direct_triples(extraction, vocabulary, base), *software_quads(software, base)),
    )


def read_incoming(quads: Iterable[ox.Quad], vocabulary: Vocabulary) -> Incoming:
    """The article that its quads say.

    Args:
        quads: Those of its own graph, and what the default graph says of the software that read it.
        vocabulary: What they were written with.

    Raises:
        ValueError: The quads are not those of one article.
    """
    own: list[ox.Quad] = []
    beside: list[ox.Quad] = []
    for quad in quads:
        (beside if quad.graph_name == DEFAULT else own).append(quad)
    index = index_quads(own)
    article = own[0].graph_name if own else None
    said = index.get(article.value, {}) if isinstance(article, ox.NamedNode) else {}
    names = [term for term in said.get(SCHEMA.identifier.value, ()) if isinstance(term, ox.Literal)]
    if not isinstance(article, ox.NamedNode) or len(names) != 1:
        raise ValueError("The quads are not those of one article; give those of one article's graph.")
    return Incoming(
        identifier=names[0].value,
        article=article,
        quads=tuple(own),
        entities=tuple(read_appearances(index, vocabulary).values()),
        derived=(*_direct(index, vocabulary), *beside),
    )


def _direct(index: Index, vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    """The direct triples of the asserted relations, each once."""
    asserted = ox.NamedNode(vocabulary.statuses[Status.ASSERTED].iri)
    typed = (said for said in index.values() if KG.property.value in said)
    found = (
        ox.Quad(_node(said, KG.subject), _node(said, KG.property), _node(said, KG.object), DEFAULT)
        for said in typed
        if asserted in said.get(KG.status.value, ())
    )
    return iter(dict.fromkeys(found))


def _node(said: dict[str, list[Term]], predicate: ox.NamedNode) -> ox.NamedNode:
    return ox.NamedNode(value(said, predicate) or "")
