"""All entities of a graph at once, for drawings of many: read by columns, since one by one takes long."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from kg.exploration.cells import solutions
from kg.exploration.reading import Reader, brief_of
from kg.exploration.records import EntityBrief
from kg.rdf.quads import Term, iri_of
from kg.vocabulary import KG, RDF, SKOS


def read_entities(reader: Reader) -> None:
    """Has a reader know all entities that are named; some 10 µs each, at first.

    >>> from kg.exploration.reading import reader_of
    >>> from kg.store import Store
    >>> read_entities(reader_of(Store.in_memory()))
    """
    reader.answer(read_entities.__name__, lambda: _read(reader))


def _read(reader: Reader) -> int:
    """Reads them, and gives how many there are."""
    said: dict[str, dict[str, list[Term]]] = defaultdict(dict)
    for row in solutions(reader, "names"):
        said[iri_of(row["node"])].setdefault(SKOS.prefLabel.value, []).append(row["value"])
    for concept in reader.vocabulary.types.values():
        kind = ox.NamedNode(concept.iri)
        for row in solutions(reader, "of_type", {"type": kind}):
            said[iri_of(row["node"])].setdefault(RDF.type.value, []).append(kind)
    for code in (KG.country, KG.sector):
        for row in solutions(reader, "codes", {"property": code}):
            said[iri_of(row["node"])].setdefault(code.value, []).append(row["value"])
    found = {iri: brief_of(iri, one, reader.vocabulary) for iri, one in said.items() if iri}
    known: dict[str, EntityBrief] = {iri: brief for iri, brief in found.items() if brief is not None}
    reader.keep_entities(known)
    return len(known)
