"""All relations of a graph at once, with what filters look at; by columns, since one by one takes long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from kg.exploration.cells import solutions
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
    statuses = {concept.iri: status for status, concept in reader.vocabulary.statuses.items()}
    found: dict[str, Tie | None] = {}
    for row in solutions(reader, "ties"):
        iri = iri_of(row[0])
        found[iri] = None if iri in found or iri not in classes else _tie(row, classes[iri], statuses)
    odd = {iri for iri, tie in found.items() if tie is None} | _merged(reader)
    if len(found) < _total(reader):
        odd |= _every(reader) - found.keys()
    yield from (tie for iri, tie in found.items() if tie is not None and iri not in odd)
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


def _tie(row: ox.QuerySolution, relation_class: str, statuses: Mapping[str, Status]) -> Tie | None:
    """What a row says; None where a part of it is not of the kind that it has to be."""
    _, article, subject, object_, status, property_, symmetric, attribution, time, confidence = row
    known = statuses.get(iri_of(status))
    named = [term for term in (article, subject, object_, property_, attribution) if term is not None]
    if known is None or not all(type(term) is ox.NamedNode for term in named):
        return None
    return Tie(
        article.value,
        subject.value,
        object_.value,
        None if property_ is None else local_name(property_.value),
        relation_class,
        known,
        symmetric is not None and term_text(symmetric) == "true",
        None if attribution is None else attribution.value,
        None if time is None else term_text(time),
        confidence_of(None if confidence is None else term_text(confidence)),
    )


def _classes(reader: Reader) -> Mapping[str, str]:
    """The name of the class of each relation, by IRI; the first where there are several."""
    found: dict[str, str] = {}
    for concept in sorted(reader.vocabulary.classes.values(), key=lambda concept: concept.iri):
        name = local_name(concept.iri)
        for row in solutions(reader, "of_class", {"class": ox.NamedNode(concept.iri)}):
            found.setdefault(iri_of(row["relation"]), name)
    return found


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
