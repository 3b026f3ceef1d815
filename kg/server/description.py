"""SPARQL 1.1 Service Description (W3C 2013), with counts by VoID (W3C Interest Group Note 2011).

It says which languages, formats and features the service has, and what its dataset holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.server.negotiation import RESULT_FORMATS
from kg.server.settings import DefaultGraph, Settings
from kg.store import Store
from kg.store.queries import Row, Term
from kg.store.results import Out, write_graph
from kg.vocabulary import KG, RDF, RDFS, Terms

if TYPE_CHECKING:
    from kg.server.operations import Arguments, Meta, Opened

MOST_GRAPHS = 100
"""Named graphs that are described one by one; a graph of each article makes thousands."""
SD = Terms(
    "http://www.w3.org/ns/sparql-service-description#",
    [
        *(
            "Dataset",
            "defaultDataset",
            "defaultGraph",
            "endpoint",
            "feature",
            "Graph",
            "graph",
            "inputFormat",
        ),
        *("name", "NamedGraph", "namedGraph", "resultFormat", "Service", "SPARQL11Query", "SPARQL11Update"),
        *("supportedLanguage", "UnionDefaultGraph"),
    ],
)
VOID = Terms(
    "http://rdfs.org/ns/void#",
    [
        *("class", "classes", "classPartition", "Dataset", "distinctSubjects", "entities", "properties"),
        *("property", "propertyPartition", "sparqlEndpoint", "triples", "vocabulary"),
    ],
)
FORMATS = "http://www.w3.org/ns/formats/"
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "json": "SPARQL_Results_JSON",
        "xml": "SPARQL_Results_XML",
        "csv": "SPARQL_Results_CSV",
        "tsv": "SPARQL_Results_TSV",
        "ttl": "Turtle",
        "nt": "N-Triples",
        "nq": "N-Quads",
        "trig": "TriG",
        "rdfxml": "RDF_XML",
        "jsonld": "JSON-LD",
    }
)
"""What the W3C calls the formats (Unique URIs for File Formats)."""
_PREFIXES = {"sd": SD.base, "void": VOID.base, "rdfs": RDFS.base, "formats": FORMATS}
# Read with the module, since workers may open no file but those of the store.
_QUERIES = {
    name: (files("kg") / "queries" / "description" / f"{name}.rq").read_text(encoding="utf-8")
    for name in ("graphs", "classes", "properties", "subjects")
}

Subject = ox.NamedNode | ox.BlankNode
Counts = Mapping[ox.NamedNode, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How much a store holds."""

    quads: int
    subjects: int
    default: int
    """Triples of the default graph."""
    graphs: Counts
    """Triples by named graph, sorted by IRI; so below."""
    classes: Counts
    properties: Counts


def describe_service(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Writes the description.

    Args:
        opened: The store, and what was set of the server.
        arguments: `endpoint`, the address of the service; `format`, one of `kg.store.FORMATS`; and
            `generation`, by which counts are remembered.
        out: Where to.
    """
    statistics = statistics_of(opened.store, str(arguments["generation"]))
    triples = describe(opened.settings, statistics, str(arguments["endpoint"]))
    written = write_graph(triples, str(arguments["format"]), out, _PREFIXES)
    return {"rows": written.rows}


@lru_cache(maxsize=1)
def statistics_of(store: Store, generation: str) -> Statistics:
    """How much a store holds, counted once for each state of it; some 0.2 s for 150,000 quads.

    Args:
        store: The store.
        generation: Names its state.

    >>> statistics_of(Store.in_memory(), "0").quads
    0
    """
    graphs = _counted(store, "graphs")
    quads = len(store.data)
    ((subjects,),) = _rows(store, "subjects")
    return Statistics(
        quads=quads,
        subjects=_number(subjects),
        default=quads - sum(graphs.values()),
        graphs=graphs,
        classes=_counted(store, "classes"),
        properties=_counted(store, "properties"),
    )


def describe(settings: Settings, statistics: Statistics, endpoint: str) -> Iterator[ox.Triple]:
    """The triples of the description, in an order that reads well.

    >>> from pathlib import Path
    >>> statistics = statistics_of(Store.in_memory(), "0")
    >>> first = next(describe(Settings(graph=Path("graph")), statistics, "https://example.org/sparql"))
    >>> first.object == SD.Service
    True
    """
    service, dataset = ox.NamedNode(f"{endpoint}#service"), ox.NamedNode(f"{endpoint}#dataset")
    yield ox.Triple(service, RDF.type, SD.Service)
    yield ox.Triple(service, SD.endpoint, ox.NamedNode(endpoint))
    yield from _abilities(service, settings)
    yield ox.Triple(service, SD.defaultDataset, dataset)
    yield ox.Triple(dataset, RDF.type, SD.Dataset)
    yield ox.Triple(dataset, RDF.type, VOID.Dataset)
    yield ox.Triple(dataset, VOID.sparqlEndpoint, ox.NamedNode(endpoint))
    yield ox.Triple(dataset, VOID.vocabulary, ox.NamedNode(KG.base))
    yield from _totals(dataset, statistics)
    is_union = settings.default_graph is DefaultGraph.UNION
    yield from _graph(dataset, SD.defaultGraph, statistics.quads if is_union else statistics.default)
    yield from _named_graphs(dataset, statistics)
    yield from _partition(
        dataset, (VOID.classPartition, getattr(VOID, "class"), VOID.entities), statistics.classes
    )
    yield from _partition(
        dataset, (VOID.propertyPartition, VOID.property, VOID.triples), statistics.properties
    )


def _abilities(service: Subject, settings: Settings) -> Iterator[ox.Triple]:
    """Languages, formats and features of the service."""
    yield ox.Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    if settings.is_writable:
        yield ox.Triple(service, SD.supportedLanguage, SD.SPARQL11Update)
    for kind in ("select", "graph"):
        for format_ in RESULT_FORMATS[kind]:
            yield ox.Triple(service, SD.resultFormat, ox.NamedNode(FORMATS + _NAMES[format_.name]))
    if settings.is_writable:
        for format_ in RESULT_FORMATS["graph"]:
            yield ox.Triple(service, SD.inputFormat, ox.NamedNode(FORMATS + _NAMES[format_.name]))
    if settings.default_graph is DefaultGraph.UNION:
        yield ox.Triple(service, SD.feature, SD.UnionDefaultGraph)


def _totals(dataset: Subject, statistics: Statistics) -> Iterator[ox.Triple]:
    totals = (
        (VOID.triples, statistics.quads),
        (VOID.distinctSubjects, statistics.subjects),
        (VOID.classes, len(statistics.classes)),
        (VOID.properties, len(statistics.properties)),
    )
    for predicate, count in totals:
        yield ox.Triple(dataset, predicate, ox.Literal(count))


def _graph(subject: Subject, predicate: ox.NamedNode, triples: int) -> Iterator[ox.Triple]:
    """A graph with its number of triples."""
    graph = ox.BlankNode()
    yield ox.Triple(subject, predicate, graph)
    yield ox.Triple(graph, RDF.type, SD.Graph)
    yield ox.Triple(graph, VOID.triples, ox.Literal(triples))


def _named_graphs(dataset: Subject, statistics: Statistics) -> Iterator[ox.Triple]:
    for name, triples in [*statistics.graphs.items()][:MOST_GRAPHS]:
        named = ox.BlankNode()
        yield ox.Triple(dataset, SD.namedGraph, named)
        yield ox.Triple(named, RDF.type, SD.NamedGraph)
        yield ox.Triple(named, SD.name, name)
        yield from _graph(named, SD.graph, triples)
    others = len(statistics.graphs) - MOST_GRAPHS
    if others > 0:
        note = f"There are {others:,} more named graphs, which SELECT ?g {{ GRAPH ?g {{}} }} gives."
        yield ox.Triple(dataset, RDFS.comment, ox.Literal(note, language="en"))


def _partition(
    dataset: Subject, terms: tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode], counts: Counts
) -> Iterator[ox.Triple]:
    """The dataset by something, as (VOID.classPartition, VOID.class, VOID.entities) say by what."""
    partition, by, number = terms
    for node, count in counts.items():
        part = ox.BlankNode()
        yield ox.Triple(dataset, partition, part)
        yield ox.Triple(part, by, node)
        yield ox.Triple(part, number, ox.Literal(count))


def _counted(store: Store, name: str) -> Counts:
    """What a query counts, by IRI."""
    found = {node: _number(count) for node, count in _rows(store, name) if isinstance(node, ox.NamedNode)}
    return {node: found[node] for node in sorted(found, key=str)}


def _rows(store: Store, name: str) -> Sequence[Row]:
    return store.query(_QUERIES[name]).terms


def _number(term: Term | None) -> int:
    return int(term.value) if isinstance(term, ox.Literal) else 0
