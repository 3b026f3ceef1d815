"""The terms that queries are written with: classes, properties and individuals of a graph's ontology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

from kg.store import Store
from kg.vocabulary import KG, OWL, RDF, RDFS, SKOS, ontology_files, stamp
from kg.vocabulary.files import Index, Values, index_files


class TermKind(StrEnum):
    """What a term is used as."""

    CLASS = "class"
    PROPERTY = "property"
    INDIVIDUAL = "individual"
    """One of a closed set, such as a status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OntologyTerm:
    """A term that queries may use."""

    iri: str
    kind: TermKind
    label: str
    """Empty where another vocabulary defines the term."""
    definition: str
    """Empty where another vocabulary defines the term."""
    domain: str | None = None
    """Of a property: IRI of the class of its subjects, where the ontology says one."""
    range: str | None = None
    """Of a property: IRI of the class or datatype of its objects, where the ontology says one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """The terms of a graph's ontology."""

    terms: tuple[OntologyTerm, ...]
    """By IRI; those of other vocabularies that it uses are among them."""


_KINDS = {
    OWL.Class.value: TermKind.CLASS,
    OWL.ObjectProperty.value: TermKind.PROPERTY,
    OWL.base + "DatatypeProperty": TermKind.PROPERTY,
    OWL.base + "AnnotationProperty": TermKind.PROPERTY,
    KG.Status.value: TermKind.INDIVIDUAL,
}
"""What the terms of these classes are used as. Actors and event codes are none: there are too many."""
_KNOWN: WeakKeyDictionary[Store, Ontology] = WeakKeyDictionary()
"""What was read, since a worker can open no file later."""


def ontology(store: Store) -> Ontology:
    """The terms of the graph's ontology, its own additions included.

    The first call reads the files; later ones on the store give the same record.

    Raises:
        VocabularyError: A file cannot be read.

    >>> found = {term.iri: term for term in ontology(Store.in_memory()).terms}
    >>> found["https://w3id.org/actors-kg/ontology#subject"].label
    'subject'
    """
    if store not in _KNOWN:
        _KNOWN[store] = read_ontology(store.ontology)
    return _KNOWN[store]


def read_ontology(extra: Path | None = None) -> Ontology:
    """The terms of the package's ontology, and of a Turtle file that widens it; see `ontology`.

    >>> read_ontology() is read_ontology()
    True
    """
    return _read(extra, stamp(extra))


@cache
def _read(extra: Path | None, _: tuple[int, int] | None) -> Ontology:
    index = index_files(ontology_files(extra, actors=False))
    return Ontology(terms=tuple(sorted(_terms(index), key=lambda term: term.iri)))


def _terms(index: Index) -> Iterator[OntologyTerm]:
    for iri, values in index.items():
        kinds = [_KINDS[name] for name in _iris(values, RDF.type.value) if name in _KINDS]
        if kinds and iri.startswith(("http:", "https:")):  # a class without a name is a blank node
            yield OntologyTerm(
                iri=iri,
                kind=kinds[0],
                label=_text(values, RDFS.label.value) or _text(values, SKOS.prefLabel.value),
                definition=_text(values, SKOS.definition.value),
                domain=next(_iris(values, RDFS.domain.value), None),
                range=next(_iris(values, RDFS.range.value), None),
            )


def _iris(values: Values, predicate: str) -> Iterator[str]:
    return (value for value, is_literal in values.get(predicate, ()) if not is_literal)


def _text(values: Values, predicate: str) -> str:
    return next((value for value, is_literal in values.get(predicate, ()) if is_literal), "")
