"""Relations as a networkx graph, and as the files that graph programs read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import networkx as nx

from kg.export.records import Statement, entities_of
from kg.types import Entity


def network(statements: Iterable[Statement]) -> nx.MultiDiGraph[str]:
    """A directed graph with an edge for every relation, parallel ones kept.

    Nodes are entity ids with `name`, `type`, `aliases`, `country`, `sector` and `wikidata`; edges are keyed
    0, 1, … between two nodes and bear what the relation has, its evidence and its article.

    >>> network([]).number_of_nodes()
    0
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    rows = list(statements)
    for entity in entities_of(rows):
        graph.add_node(entity.id, **_node(entity))
    for row in rows:
        graph.add_edge(row.relation.subject.id, row.relation.object.id, **_edge(row))
    return graph


def write_graphml(statements: Iterable[Statement], out: Path | IO[bytes]) -> None:
    """Writes GraphML, which yEd, Cytoscape and Gephi read; lists are joined, absent values left out."""
    nx.write_graphml(_plain(network(statements)), out, encoding="utf-8", prettyprint=True)


def write_gexf(statements: Iterable[Statement], out: Path | IO[bytes]) -> None:
    """Writes GEXF, Gephi's own format; lists are joined, absent values left out."""
    nx.write_gexf(_plain(network(statements)), out, encoding="utf-8", prettyprint=True)


def _node(entity: Entity) -> dict[str, Any]:
    return {
        "label": entity.name,
        "name": entity.name,
        "type": str(entity.type),
        "aliases": entity.aliases,
        "country": entity.country,
        "sector": entity.sector,
        "wikidata": entity.wikidata,
    }


def _edge(statement: Statement) -> dict[str, Any]:
    relation, article = statement.relation, statement.article
    return {
        "label": relation.predicate,
        "predicate": relation.predicate,
        "property": relation.property,
        "relation_class": relation.relation_class,
        "symmetric": relation.symmetric,
        "status": str(relation.status),
        "attribution": relation.attribution.name if relation.attribution else None,
        "time": relation.time,
        "place": relation.place.name if relation.place else None,
        "confidence": relation.confidence,
        "evidence": relation.evidence.text,
        "start": relation.evidence.start,
        "end": relation.evidence.end,
        "article": article.id,
        "date": article.published,
    }


def _plain(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """A copy with values that XML can hold."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, values in graph.nodes(data=True):
        plain.add_node(_text(node), **_values(values))
    for number, (subject, object_, values) in enumerate(graph.edges(data=True)):
        # GEXF names edges by key alone, so each gets a number of its own.
        plain.add_edge(_text(subject), _text(object_), key=number, **_values(values))
    return plain


def _values(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items() if value is not None}


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return _text("|".join(value))
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _text(value) if isinstance(value, str) else value


def _text(value: str) -> str:
    """Without the control characters that XML 1.0 forbids."""
    return "".join(c for c in value if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
