"""Runs the shapes over gathered nodes by pySHACL, and tells its results as findings."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import rdflib
from rdflib.namespace import SH

from kg.errors import VocabularyError
from kg.rdf.conversion import from_rdflib, to_rdflib
from kg.rdf.validation.gathering import Batch, Subject
from kg.rdf.validation.records import Finding, Severity
from kg.rdf.validation.shapes import load_shapes
from kg.vocabulary import KG, RDF, RDFS

_KINDS = frozenset({RDF.type, RDFS.subClassOf, KG.relationClass, KG.mergedInto})
"""What shapes ask of the nodes that a node points to."""
_TYPE = rdflib.URIRef(RDF.type.value)


def run_shapes(batch: Batch, nodes: Collection[Subject]) -> Iterator[Finding]:
    """What pySHACL finds of some nodes of a batch (Shapes Constraint Language, W3C 2017).

    Raises:
        VocabularyError: The shapes are broken.
    """
    by_name: dict[rdflib.term.Node | None, Subject] = {to_rdflib(node): node for node in nodes}
    with _no_traces():
        results = _validate(_surroundings(batch, nodes))
    for result in results.objects(None, SH.result):
        node = by_name.get(results.value(result, SH.focusNode))
        if node is not None:
            yield _finding(results, result, node, batch)


@contextmanager
def _no_traces() -> Iterator[None]:
    """Keeps rdflib from logging the trace of each literal that is none: shapes say so in a sentence."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _surroundings(batch: Batch, nodes: Collection[Subject]) -> rdflib.Graph:
    """What shapes look at from some nodes: all of these, what points to them, and of what kind the rest is.

    pySHACL can be told which nodes to look at, but then takes the shapes within shapes for met.
    """
    wanted = set(nodes)
    graph = rdflib.Graph()
    for subject, predicate, value in batch.triples():
        if subject in wanted or value in wanted or predicate in _KINDS:
            graph.add((to_rdflib(subject), rdflib.URIRef(predicate.value), to_rdflib(value)))
    near = {to_rdflib(node) for node in wanted} | set(graph.objects())
    for far in set(graph.subjects(_TYPE)) - near:
        graph.remove((far, _TYPE, None))  # so that it is not looked at for nothing
    return graph


def _validate(graph: rdflib.Graph) -> rdflib.Graph:
    import pyshacl  # takes 0.3 s to load, and only a graph that is suspect needs it

    _, results, text = pyshacl.validate(graph, shacl_graph=load_shapes(), inplace=True, allow_warnings=True)
    if not isinstance(results, rdflib.Graph):
        raise VocabularyError(f"The shapes cannot be run: {text}; correct ontology/shapes.ttl.")
    return results


def _finding(results: rdflib.Graph, result: rdflib.term.Node, node: Subject, batch: Batch) -> Finding:
    messages = sorted(str(message) for message in results.objects(result, SH.resultMessage))
    path, value = results.value(result, SH.resultPath), results.value(result, SH.value)
    severe = results.value(result, SH.resultSeverity) == SH.Violation
    return Finding(
        severity=Severity.VIOLATION if severe else Severity.WARNING,
        message=messages[0] if messages else "The shape is not met.",
        node=str(to_rdflib(node)),
        shape=_named(results.value(result, SH.sourceShape)),
        component=str(results.value(result, SH.sourceConstraintComponent) or ""),
        article=batch.article(node),
        name=batch.name(node),
        path=str(path) if isinstance(path, rdflib.URIRef) else None,
        value=None if value is None else str(value),
        term=None if value is None else str(from_rdflib(value)),
    )


def _named(shape: rdflib.term.Node | None) -> str:
    """The IRI of a shape; that of the one which it is a property of, where it has none."""
    shapes = load_shapes()
    while isinstance(shape, rdflib.BNode):
        shape = shapes.value(None, SH.property, shape) or shapes.value(None, SH.node, shape)
    return "" if shape is None else str(shape)
