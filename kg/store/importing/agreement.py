"""Whether a default graph that came from a file says what follows from the articles.

Compared are who is described, each with one name and one type, the direct triples, what merging changes, and
which articles repeat which; not every alias and code, since the loading shall stay the greater work. Where
the two do not agree it is no error: the default graph is made anew.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.graphs import DEFAULT
from kg.store.importing.structure import QUERIES, rows_of
from kg.store.merging import POINTERS
from kg.store.repeats import repeat_quads, repeating
from kg.vocabulary import KG, Vocabulary


def agrees(data: ox.Store, vocabulary: Vocabulary, base: str) -> bool:
    """Whether the default graph says what follows from the articles."""
    files = sorted((QUERIES / "disagreements").glob("*.rq"))
    return (
        all(next(rows_of(data, file.read_text(encoding="utf-8")), None) is None for file in files)
        and _is_carried(data, vocabulary)
        and _repeated(data)
        and not repeating(data, repeat_quads(data, base))
    )


def _is_carried(data: ox.Store, vocabulary: Vocabulary) -> bool:
    """Whether the direct triples are those that asserted relations carry: all are there, and no more."""
    properties = (ox.NamedNode(record.iri) for record in vocabulary.properties.values())
    edges = sum(1 for one in properties for _ in data.quads_for_pattern(None, one, None, DEFAULT))
    (row,) = rows_of(data, (QUERIES / "carried.rq").read_text(encoding="utf-8"))
    carried, there = (int(row[name].value) for name in ("carried", "there"))
    return carried == there == edges


def _repeated(data: ox.Store) -> bool:
    """Whether what points to merged entities, and no more, is repeated with what they are merged into."""
    wanted = {
        (quad.subject, predicate, merger.object)
        for merger in data.quads_for_pattern(None, KG.mergedInto, None, DEFAULT)
        for predicate in POINTERS
        for quad in data.quads_for_pattern(None, predicate, merger.subject, None)
        if quad.graph_name != DEFAULT
    }
    there = {
        (quad.subject, one, quad.object)
        for one in POINTERS
        for quad in data.quads_for_pattern(None, one, None, DEFAULT)
    }
    return wanted == there
