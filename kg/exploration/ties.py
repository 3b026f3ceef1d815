"""All relations of a graph at once, with what filters look at; by columns, since one by one takes long."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import pyoxigraph as ox

from kg.exploration.cells import iri_in, rows_of, solutions, text_in
from kg.exploration.reading import Link, Reader, confidence_of, local_name
from kg.rdf.graphs import DEFAULT
from kg.rdf.quads import iri_of, term_text
from kg.types import Status
from kg.vocabulary import KG, RDF


class Tie(NamedTuple):
    """What filters look at of a relation; fields are those of `Link`."""

    article: str
    subject: str
    object: str
    property: str | None
    relation_class: str
    status: Status
    symmetric: bool
    attribution: str | None
    time: str | None
    confidence: float


def every_tie(reader: Reader) -> tuple[Tie, ...]:
    """All relations, each once, in no order; some 30 µs each at first, then as the reader remembers them.

    Those that are not stated plainly, in one article with one value of each kind, and those whose ends are
    merged into others, are read as `Reader.link` reads them.

    >>> from kg.exploration.reading import reader_of
    >>> from kg.store import Store
    >>> every_tie(reader_of(Store.in_memory()))
    ()
    """
    return reader.answer(every_tie.__name__, lambda: tuple(_read(reader)))


def _read(reader: Reader) -> Iterator[Tie]:
    classes = _classes(reader)
    statuses = {f"<{concept.iri}>": status for status, concept in reader.vocabulary.statuses.items()}
    found: dict[str, Tie | None] = {}
    for iri, *cells in rows_of(reader, "ties"):
        is_whole = iri not in found and iri in classes
        found[iri] = _tie(cells, classes[iri], statuses) if is_whole else None
    odd = {iri_in(iri) for iri, tie in found.items() if tie is None} | _merged(reader)
    if len(found) < _total(reader):
        odd |= _every(reader) - set(map(iri_in, found))
    yield from (tie for iri, tie in found.items() if tie is not None and (not odd or iri_in(iri) not in odd))
    links = (reader.link(ox.NamedNode(iri)) for iri in sorted(odd - {""}))
    yield from (tie_of(link) for link in links if link is not None)


def tie_of(link: Link) -> Tie:
    """What filters look at of a relation."""
    return Tie(
        article=link.article,
        subject=link.subject,
        object=link.object,
        property=link.property,
        relation_class=link.relation_class,
        status=link.status,
        symmetric=link.symmetric,
        attribution=link.attribution,
        time=link.time,
        confidence=link.confidence,
    )


def _tie(cells: Sequence[str], relation_class: str, statuses: Mapping[str, Status]) -> Tie | None:
    """What a row says; None where a part of it is not of the kind that it has to be."""
    article, subject, object_, status, property_, symmetric, attribution, time, confidence = cells
    known = statuses.get(status)
    if known is None or not all(map(iri_in, (article, subject, object_))):
        return None
    if not all(map(iri_in, filter(None, (property_, attribution)))):
        return None
    return Tie(
        sys.intern(article[1:-1]),
        subject[1:-1],
        object_[1:-1],
        _name(property_) if property_ else None,
        relation_class,
        known,
        symmetric != "" and text_in(symmetric) == "true",
        iri_in(attribution) or None,
        text_in(time),
        confidence_of(text_in(confidence)),
    )


def _classes(reader: Reader) -> Mapping[str, str]:
    """The name of the class of each relation, by its cell; the first where there are several."""
    found: dict[str, str] = {}
    for concept in sorted(reader.vocabulary.classes.values(), key=lambda concept: concept.iri):
        name = local_name(concept.iri)
        for iri, *_ in rows_of(reader, "of_class", {"class": ox.NamedNode(concept.iri)}):
            found.setdefault(iri, name)
    return found


@lru_cache(maxsize=4096)
def _name(cell: str) -> str:
    return local_name(iri_in(cell))


def _merged(reader: Reader) -> set[str]:
    """The relations of which the default graph repeats an end as it is shown."""
    ends = (KG.subject, KG.object)
    return {
        iri_of(quad.subject)
        for end in ends
        for quad in reader.data.quads_for_pattern(None, end, None, DEFAULT)
    }


def _total(reader: Reader) -> int:
    return sum(int(term_text(row["count"])) for row in solutions(reader, "how_many"))


def _every(reader: Reader) -> set[str]:
    return {iri_of(quad.subject) for quad in reader.data.quads_for_pattern(None, RDF.type, KG.Relation, None)}
