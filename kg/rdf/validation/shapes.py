"""The shapes and what they ask of the ontology, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import rdflib

from kg.errors import VocabularyError
from kg.rdf.quads import Term
from kg.vocabulary import KG, RDFS, ontology_files, ontology_folder, stamp
from kg.vocabulary.files import index_files

SHAPES = "https://w3id.org/actors-kg/shapes#"
"""Where the shapes have their IRIs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """What shapes and checks ask of the ontology."""

    above: Mapping[Term, frozenset[Term]]
    """Each class with all classes above it, itself among them."""
    triples: tuple[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode], ...]
    """What the shapes themselves look at: classes above classes, and the relation classes of properties."""
    terms: frozenset[str]
    """The IRIs of all terms that are defined."""


@cache
def load_shapes() -> rdflib.Graph:
    """The shapes, as rdflib reads them.

    Raises:
        VocabularyError: The file is broken.
    """
    path = ontology_folder() / "shapes.ttl"
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except (SyntaxError, OSError) as error:
        raise VocabularyError(f"The shapes cannot be read: {error}; correct {path}.") from error


def load_ontology(extra: tuple[Path, ...] = ()) -> Ontology:
    """What the package's ontology and further Turtle files say; read again where one has changed.

    Raises:
        VocabularyError: A file cannot be read, or is not Turtle.
    """
    return _read_ontology(extra, tuple(stamp(path) for path in extra))


@cache
def _read_ontology(extra: tuple[Path, ...], _: tuple[object, ...]) -> Ontology:
    index = index_files([*ontology_files(actors=False), *extra])
    triples = [
        (ox.NamedNode(subject), predicate, ox.NamedNode(value))
        for subject, said in index.items()
        for predicate in (RDFS.subClassOf, KG.relationClass)
        for value, is_literal in said.get(predicate.value, ())
        if not is_literal and ":" in subject and ":" in value  # blank nodes have no colon
    ]
    return Ontology(above=_closure(triples), triples=tuple(triples), terms=frozenset(index))


def _closure(triples: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]) -> dict[Term, frozenset[Term]]:
    parents: dict[Term, set[Term]] = {}
    for subject, predicate, object_ in triples:
        if predicate == RDFS.subClassOf:
            parents.setdefault(subject, set()).add(object_)
    return {name: _all_above(name, parents) for name in parents}


def _all_above(name: Term, parents: Mapping[Term, set[Term]]) -> frozenset[Term]:
    seen, waiting = {name}, [name]
    while waiting:
        new = parents.get(waiting.pop(), set()) - seen
        seen |= new
        waiting.extend(new)
    return frozenset(seen)
