"""All entities of a graph at once, for drawings of many: read by columns, since one by one takes long."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.exploration.cells import iri_in, rows_of, text_in
from kg.exploration.reading import Reader
from kg.exploration.records import EntityBrief
from kg.rdf.iris import entity_id
from kg.types import EntityType
from kg.vocabulary import KG


def read_entities(reader: Reader) -> None:
    """Has a reader know all entities that are named; some 10 µs each, at first.

    >>> from kg.exploration.reading import reader_of
    >>> from kg.store import Store
    >>> read_entities(reader_of(Store.in_memory()))
    """
    reader.answer(read_entities.__name__, lambda: _read(reader))


def _read(reader: Reader) -> int:
    """Reads them, and gives how many there are."""
    names = _least(rows_of(reader, "names"))
    codes = [_least(rows_of(reader, "codes", {"property": code})) for code in (KG.country, KG.sector)]
    kinds: dict[str, EntityType] = {}
    several: set[str] = set()
    for kind, concept in reader.vocabulary.types.items():
        for node, *_ in rows_of(reader, "of_type", {"type": ox.NamedNode(concept.iri)}):
            if kinds.setdefault(node, kind) is not kind:
                several.add(node)
    found = {
        iri: EntityBrief(
            id=entity_id(iri),
            iri=iri,
            name=name,
            type=kinds.get(node, EntityType.THING),
            country=codes[0].get(node),
            sector=codes[1].get(node),
        )
        for node, name in names.items()
        if (iri := iri_in(node)) and node not in several
    }
    reader.keep_entities(found)
    return len(found)


def _least(rows: Iterable[list[str]]) -> dict[str, str]:
    """The first value in order of each node, by its cell."""
    found: dict[str, str] = {}
    for node, *_, cell in rows:
        value = iri_in(cell) or text_in(cell) or ""
        if node not in found or value < found[node]:
            found[node] = value
    return found
