"""Writes a report for other programs: as the validation report of SHACL, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import pyoxigraph as ox

from kg.rdf.quads import Term, text_of
from kg.rdf.validation.records import Finding, Report, Severity
from kg.vocabulary import PREFIXES, RDF, SH, XSD

_SEVERITIES = {Severity.VIOLATION: "Violation", Severity.WARNING: "Warning"}


def report_turtle(report: Report) -> bytes:
    """The report as SHACL has it (Shapes Constraint Language, section 3.6), in Turtle.

    As there, a graph with warnings does not conform (`sh:conforms`); `Report.conforms` is of violations.

    >>> b"sh:conforms true" in report_turtle(Report(articles=0))
    True
    """
    prefixes = dict(PREFIXES) | {"sh": SH.base}
    return ox.serialize(_triples(report), format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def report_json(report: Report) -> str:
    """The report as one JSON object: articles, whether it conforms, counts by shape, and findings.

    >>> json.loads(report_json(Report(articles=3)))["conforms"]
    True
    """
    counts = [
        {"severity": severity, "shape": shape, "count": count}
        for (severity, shape), count in report.counts().items()
    ]
    content = {"articles": report.articles, "conforms": report.conforms, "counts": counts}
    return json.dumps(content | {"findings": [asdict(finding) for finding in report.findings]}, indent=1)


def _triples(report: Report) -> Iterator[ox.Triple]:
    node = ox.BlankNode("report")
    yield ox.Triple(node, RDF.type, _sh("ValidationReport"))
    conforms = ox.Literal("false" if report.findings else "true", datatype=XSD.boolean)
    yield ox.Triple(node, _sh("conforms"), conforms)
    for number, finding in enumerate(report.findings):
        result = ox.BlankNode(f"r{number}")
        yield ox.Triple(node, _sh("result"), result)
        yield ox.Triple(result, RDF.type, _sh("ValidationResult"))
        for name, value in _said(finding):
            if value is not None:
                yield ox.Triple(result, _sh(name), value)


def _said(finding: Finding) -> list[tuple[str, Term | None]]:
    return [
        ("focusNode", _node(finding.node)),
        ("resultPath", None if finding.path is None else ox.NamedNode(finding.path)),
        ("value", None if finding.term is None else _term(finding.term)),
        ("sourceShape", ox.NamedNode(finding.shape)),
        ("sourceConstraintComponent", ox.NamedNode(finding.component)),
        ("resultSeverity", _sh(_SEVERITIES[finding.severity])),
        ("resultMessage", text_of(finding.message)),
    ]


def _node(text: str) -> ox.NamedNode | ox.BlankNode:
    return ox.NamedNode(text) if ":" in text else ox.BlankNode(text)


def _term(text: str) -> Term:
    """The term that N-Triples writes."""
    quad: ox.Quad = next(iter(ox.parse(f"<kg:a> <kg:b> {text} .", ox.RdfFormat.N_TRIPLES)))
    return quad.object


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH.base + name)
