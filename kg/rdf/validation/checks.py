"""What shapes cannot say: what is to be read in a text, looked up in another graph, or counted over all.

Each check has an IRI among the shapes, so that reports name it in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.rdf.graphs import DEFAULT
from kg.rdf.quads import Term
from kg.rdf.validation.gathering import Batch, Subject
from kg.rdf.validation.records import Finding, Severity
from kg.rdf.validation.shapes import SHAPES, Ontology
from kg.vocabulary import BASE, ITSRDF, KG, NIF, RDF, SKOS

CHECKS = {
    "WordsInText": "The words are not what stands at their offsets in the article's text.",
    "DirectTriple": (
        "The relation is asserted and has a property, but the default graph lacks its direct triple."
    ),
    "PresentedEntity": "The article does not present an entity that this names: it has no appearance there.",
    "NamedEntity": "No article names this entity.",
    "FoundedTriple": "No asserted relation carries a direct triple of this entity.",
    "OfficeOrder": "An office does not end before it starts.",
    "KnownTerm": "The ontology does not define this term.",
}
"""What is wrong where a check fails, by its name."""
CHECK = f"{SHAPES}CheckConstraintComponent"
"""The kind of constraint that checks are."""
_OURS = (KG.base, f"{BASE}plover#")
"""Namespaces in which every term is defined by the ontology."""
_POINTERS = frozenset({KG.subject, KG.object, KG.attribution, KG.place, ITSRDF.taIdentRef, KG.appearanceOf})


def check_articles(data: ox.Store, batch: Batch, ontology: Ontology) -> Iterator[Finding]:
    """What is wrong with some articles beyond the shapes."""
    for node in batch.focus:
        if NIF.anchorOf in batch.said[node] and not _stands(batch, node):
            yield _finding("WordsInText", batch, node)
        for predicate, value in _unpresented(batch, node):
            yield _finding("PresentedEntity", batch, node, predicate, value)
        if KG.property in batch.said[node] and not _has_triple(data, batch, node):
            yield _finding("DirectTriple", batch, node)
    yield from check_terms(data, batch, ontology)


def check_entities(data: ox.Store, batch: Batch, ontology: Ontology) -> Iterator[Finding]:
    """What is wrong with some nodes of the default graph beyond the shapes."""
    for node in batch.focus:
        if SKOS.prefLabel in batch.said[node]:
            if not _is_named(data, node):
                yield _finding("NamedEntity", batch, node)
            for predicate, value in _unfounded(data, batch, node):
                yield _finding("FoundedTriple", batch, node, predicate, value)
        if KG.start in batch.said[node] and not _is_in_order(batch, node):
            yield _finding("OfficeOrder", batch, node)
    yield from check_terms(data, batch, ontology)


def check_terms(_: ox.Store, batch: Batch, ontology: Ontology) -> Iterator[Finding]:
    """Terms in the namespaces of the ontology that it does not define."""
    for node in batch.focus:
        said = batch.said[node]
        for term in (*said, *said.get(RDF.type, ())):
            if isinstance(term, ox.NamedNode) and _is_ours(term) and term.value not in ontology.terms:
                yield _finding("KnownTerm", batch, node, RDF.type if term not in said else None, term)


def _is_ours(term: ox.NamedNode) -> bool:
    return term.value.startswith(_OURS)


def _stands(batch: Batch, node: Subject) -> bool:
    """Whether words are what stands at their offsets; what shapes find wrong is not looked at again."""
    places = [batch.values(node, p) for p in (NIF.beginIndex, NIF.endIndex, NIF.anchorOf)]
    texts = [
        text for one in batch.values(node, NIF.referenceContext) for text in batch.values(one, NIF.isString)
    ]
    if any(len(found) != 1 for found in [*places, texts]):
        return True
    begin, end, words, text = (_value(found[0]) for found in [*places, texts])
    if not (begin.isdecimal() and end.isdecimal() and int(begin) < int(end)):
        return True
    return text[int(begin) : int(end)] == words


def _unpresented(batch: Batch, node: Subject) -> Iterator[tuple[ox.NamedNode, Term]]:
    """The entities that a relation or mention points to and that have no appearance in its article."""
    if KG.appearanceOf in batch.said[node]:
        return
    for predicate in _POINTERS & batch.said[node].keys():
        for value in batch.values(node, predicate):
            there = batch.pointed.get((KG.appearanceOf, value), ())
            is_present = any(batch.article_of.get(one) == batch.article_of.get(node) for one in there)
            if not is_present and batch.values(value, RDF.type):
                yield predicate, value


def _has_triple(data: ox.Store, batch: Batch, node: Subject) -> bool:
    if KG.Asserted not in batch.values(node, KG.status):
        return True
    ends = [[_shown(data, end) for end in batch.values(node, kind)] for kind in (KG.subject, KG.object)]
    return all(
        ox.Quad(subject, predicate, object_, DEFAULT) in data
        for predicate in batch.values(node, KG.property)
        if isinstance(predicate, ox.NamedNode)
        for subject in ends[0]
        if not isinstance(subject, ox.Literal)
        for object_ in ends[1]
    )


def _is_in_order(batch: Batch, node: Subject) -> bool:
    """Whether an office starts before it ends, as far as both are known."""
    pairs = [
        (_value(start), _value(end))
        for start in batch.values(node, KG.start)
        for end in batch.values(node, KG.end)
    ]
    dated = [(start, end) for start, end in pairs if start[:4].isdecimal() and end[:4].isdecimal()]
    return all(start[: len(end)] <= end[: len(start)] for start, end in dated)


def _is_named(data: ox.Store, node: Subject) -> bool:
    quads = data.quads_for_pattern(None, KG.appearanceOf, node, None)
    return any(quad.graph_name != DEFAULT for quad in quads)


def _unfounded(data: ox.Store, batch: Batch, node: Subject) -> Iterator[tuple[ox.NamedNode, Term]]:
    """The direct triples of an entity that no asserted relation carries."""
    edges = [
        (predicate, value)
        for predicate, values in batch.said[node].items()
        for value in values
        if predicate not in _POINTERS and predicate != KG.mergedInto and batch.values(value, SKOS.prefLabel)
    ]
    carried = set(_carried(data, node)) if edges else set()
    return (edge for edge in edges if edge not in carried)


def _carried(data: ox.Store, node: Subject) -> Iterator[tuple[Term, Term]]:
    """Property and object of each asserted relation whose subject is shown as an entity."""
    merged = [quad.subject for quad in data.quads_for_pattern(None, KG.mergedInto, node, DEFAULT)]
    relations = (
        quad for one in [node, *merged] for quad in data.quads_for_pattern(None, KG.subject, one, None)
    )
    for relation, graph in ((quad.subject, quad.graph_name) for quad in relations):
        if graph == DEFAULT or ox.Quad(relation, KG.status, KG.Asserted, graph) not in data:
            continue
        ends = [quad.object for quad in data.quads_for_pattern(relation, KG.object, None, graph)]
        for typed in data.quads_for_pattern(relation, KG.property, None, graph):
            yield from ((typed.object, _shown(data, end)) for end in ends)


def _shown(data: ox.Store, node: Term) -> Term:
    """The entity that one is shown as."""
    if isinstance(node, ox.Literal):
        return node
    quads: Iterable[ox.Quad] = data.quads_for_pattern(node, KG.mergedInto, None, DEFAULT)
    return next((quad.object for quad in quads), node)


def _finding(
    name: str, batch: Batch, node: Subject, path: ox.NamedNode | None = None, value: Term | None = None
) -> Finding:
    return Finding(
        severity=Severity.VIOLATION,
        message=CHECKS[name],
        node=_value(node),
        shape=SHAPES + name,
        component=CHECK,
        article=batch.article(node),
        name=batch.name(node),
        path=None if path is None else path.value,
        value=None if value is None else _value(value),
        term=None if value is None else str(value),
    )


def _value(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
