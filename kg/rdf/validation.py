"""Checks a graph against the shapes (SHACL), and what shapes cannot say by queries; reports what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF as RDFLIB_RDF
from rdflib.namespace import SH

from kg.errors import VocabularyError
from kg.rdf.quads import Term
from kg.vocabulary import (
    ITSRDF,
    KG,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    ontology_files,
    ontology_folder,
)

QUERIES = Path(__file__).parent.parent / "queries"
_BATCH = 25
"""Articles a SHACL run: large enough to pay its 0.2 s of start, small enough for 100 MB of memory."""
_DEFAULT = ox.DefaultGraph()


class Severity(StrEnum):
    """How bad a finding is."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with a graph."""

    severity: Severity
    message: str
    """What ought to be."""
    node: str
    """IRI of the relation, entity, article or words at fault."""
    article: str | None = None
    """Id of the article; None where it is in the default graph."""
    name: str | None = None
    """The node in words: `Ana Bell – meet – Bo Cole`."""
    path: str | None = None
    """IRI of the property at fault."""
    value: str | None = None
    """The value at fault; None where one is missing."""

    def __str__(self) -> str:
        where = f"article {self.article!r}" if self.article else "the default graph"
        what = f"{self.name} <{self.node}>" if self.name else f"<{self.node}>"
        value = f" Found: {self.value!r}." if self.value is not None else ""
        return f"{self.severity}: in {where}, {what}: {self.message}{value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found."""

    articles: int
    """How many articles were checked."""
    findings: tuple[Finding, ...] = ()
    """Sorted: violations first, then by article and node."""

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings do not count."""
        return all(finding.severity is not Severity.VIOLATION for finding in self.findings)


def validate(data: ox.Store, *, ontology: Sequence[Path] = (), batch: int = _BATCH) -> Report:
    """Checks all articles of a store, with what the default graph says of their entities.

    It takes about 0.1 s an article. Memory does not grow with the store.

    Args:
        data: The Oxigraph store.
        ontology: Turtle files that define further classes and properties.
        batch: How many articles are checked at a time.

    Raises:
        VocabularyError: The shapes are broken.
    """
    articles = [quad.subject for quad in data.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle, None)]
    nodes = sorted((node for node in articles if isinstance(node, ox.NamedNode)), key=lambda node: node.value)
    found = dict.fromkeys(_failed_queries(data))
    waiting = iter(nodes)
    while chunk := list(islice(waiting, batch)):
        found.update(dict.fromkeys(_Batch(data, chunk).findings(tuple(ontology))))
    order = sorted(found, key=lambda item: (item.severity, item.article or "", item.node, item.message))
    return Report(articles=len(nodes), findings=tuple(order))


class _Batch:
    """Some articles as an rdflib graph, with whatever their nodes point to."""

    def __init__(self, data: ox.Store, articles: Sequence[ox.NamedNode]) -> None:
        self.data = data
        self.merges = {
            quad.subject: quad.object for quad in data.quads_for_pattern(None, KG.mergedInto, None, _DEFAULT)
        }
        self.graph = rdflib.Graph()
        self.article_of: dict[str, str] = {}
        for article in articles:
            self._add_article(article)

    def findings(self, ontology: tuple[Path, ...]) -> Iterator[Finding]:
        for triple in _ontology_triples(ontology):
            self.graph.add(triple)
        results = _run_shacl(self.graph)
        for result in results.subjects(RDFLIB_RDF.type, SH.ValidationResult):
            yield self._finding(results, result)

    def _add_article(self, article: ox.NamedNode) -> None:
        quads = [self._shown(quad) for quad in self.data.quads_for_pattern(None, None, None, article)]
        name = next((_text(quad.object) for quad in quads if quad.predicate == SCHEMA.identifier), "")
        for quad in quads:
            self._add(quad)
            self.article_of[_text(quad.subject)] = name
        ends = (KG.subject, KG.object, KG.place, KG.attribution)
        pointers = (*ends, KG.appearanceOf, ITSRDF.taIdentRef, PROV.wasAssociatedWith)
        for node in {quad.object for quad in quads if quad.predicate in pointers}:
            if isinstance(node, ox.NamedNode):
                self._add_description(node)

    def _shown(self, quad: ox.Quad) -> ox.Quad:
        """A quad with the entity that its object is shown as: what is merged has no description."""
        object_ = self.merges.get(quad.object) if isinstance(quad.object, ox.NamedNode) else None
        if object_ is None or isinstance(object_, ox.Triple):
            return quad
        return ox.Quad(quad.subject, quad.predicate, object_, quad.graph_name)

    def _add_description(self, node: ox.NamedNode) -> None:
        quads = list(self.data.quads_for_pattern(node, None, None, _DEFAULT))
        # The object of a direct triple may be of another batch; its type and name are needed here.
        others = {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}
        for other in others:
            quads.extend(self.data.quads_for_pattern(other, RDF.type, None, _DEFAULT))
            quads.extend(self.data.quads_for_pattern(other, SKOS.prefLabel, None, _DEFAULT))
        for quad in quads:
            self._add(quad)

    def _add(self, quad: ox.Quad) -> None:
        self.graph.add((_rdflib_iri(quad.subject), rdflib.URIRef(quad.predicate.value), _rdflib(quad.object)))

    def _finding(self, results: rdflib.Graph, result: rdflib.term.Node) -> Finding:
        node = str(results.value(result, SH.focusNode))
        messages = sorted(str(message) for message in results.objects(result, SH.resultMessage))
        path, value = results.value(result, SH.resultPath), results.value(result, SH.value)
        severe = results.value(result, SH.resultSeverity) == SH.Violation
        return Finding(
            severity=Severity.VIOLATION if severe else Severity.WARNING,
            message=messages[0] if messages else "The shape is not met.",
            node=node,
            article=self.article_of.get(node),
            name=self._name(rdflib.URIRef(node)),
            path=str(path) if isinstance(path, rdflib.URIRef) else None,
            value=None if value is None else str(value),
        )

    def _name(self, node: rdflib.URIRef) -> str | None:
        """A relation in words; the label of an entity."""
        predicate = self.graph.value(node, _iri(KG.predicate))
        if predicate is None:
            return self._label(node)
        ends = (self.graph.value(node, _iri(end)) for end in (KG.subject, KG.object))
        subject, object_ = (self._label(end) or "?" for end in ends)
        return f"{subject} – {predicate} – {object_}"

    def _label(self, node: rdflib.term.Node | None) -> str | None:
        label = self.graph.value(node, _iri(SKOS.prefLabel)) if node is not None else None
        return None if label is None else str(label)


def _failed_queries(data: ox.Store) -> Iterator[Finding]:
    """What the queries in `kg/queries` find; their first line says what is wrong."""
    for file in sorted(QUERIES.glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        message = text.partition("\n")[0].partition("message:")[2].strip()
        solutions = data.query(text, prefixes=dict(PREFIXES))
        if not isinstance(solutions, ox.QuerySolutions):
            continue
        for row in solutions:
            yield Finding(
                severity=Severity.VIOLATION,
                message=message,
                node=_text(row["node"]),
                article=_article_id(data, row["article"]),
                name=None,
            )


def _article_id(data: ox.Store, article: Term | None) -> str | None:
    if not isinstance(article, ox.NamedNode):
        return None
    quads = data.quads_for_pattern(article, SCHEMA.identifier, None, article)
    return next((_text(quad.object) for quad in quads), None)


def _run_shacl(graph: rdflib.Graph) -> rdflib.Graph:
    import pyshacl  # takes 0.3 s to load, and only validation needs it

    _, results, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inplace=True, allow_warnings=True)
    if not isinstance(results, rdflib.Graph):
        raise VocabularyError(f"The shapes cannot be run: {results}; correct ontology/shapes.ttl.")
    return results


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_folder() / "shapes.ttl", format="turtle")


@cache
def _ontology_triples(
    extra: tuple[Path, ...],
) -> tuple[tuple[rdflib.URIRef, rdflib.URIRef, rdflib.URIRef], ...]:
    """What the shapes ask of the ontology: classes above classes, and the relation classes of properties."""
    wanted = {RDFS.subClassOf, KG.relationClass}
    quads = (quad for path in [*ontology_files(actors=False), *extra] for quad in ox.parse(path=path))
    kept = [quad for quad in quads if quad.predicate in wanted and isinstance(quad.object, ox.NamedNode)]
    return tuple(
        (
            rdflib.URIRef(_text(quad.subject)),
            rdflib.URIRef(quad.predicate.value),
            rdflib.URIRef(_text(quad.object)),
        )
        for quad in kept
    )


def _rdflib(term: Term) -> rdflib.term.IdentifiedNode | rdflib.Literal:
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        # For rdflib a plain text and the same text as an xsd:string are not equal; SHACL means the plain one.
        datatype = None if term.datatype == XSD.string else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=datatype)
    return _rdflib_iri(term)


def _rdflib_iri(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> rdflib.term.IdentifiedNode:
    return rdflib.BNode(term.value) if isinstance(term, ox.BlankNode) else rdflib.URIRef(_text(term))


def _iri(node: ox.NamedNode) -> rdflib.URIRef:
    return rdflib.URIRef(node.value)


def _text(term: Term | None) -> str:
    return "" if term is None or isinstance(term, ox.Triple) else term.value
