"""Relations as the elements of Cytoscape.js, which Cytoscape opens as `.cyjs` (https://js.cytoscape.org)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from kg.export.networks import edge_values, node_values
from kg.export.records import Statement, entities_of
from kg.types import Entity


def write_cytoscape(statements: Sequence[Statement], out: IO[bytes]) -> None:
    """Writes the entities, then the relations, one a line, with the types of JSON.

    `networkx.cytoscape_graph` reads it too. `interaction`, which Cytoscape shows on an edge, is the
    relation class. Days are texts, aliases lists, and what is not known is left out.

    >>> import io
    >>> out = io.BytesIO()
    >>> write_cytoscape([], out)
    >>> json.loads(out.getvalue())["elements"]
    {'nodes': [], 'edges': []}
    """
    head = {"format_version": "1.0", "generated_by": "kg", "target_cytoscapejs_version": "~2.1"}
    about = {"data": {"name": "kg", "shared_name": "kg"}, "directed": True, "multigraph": True}
    _line(out, json.dumps(head | about, ensure_ascii=False)[:-1] + ', "elements": {"nodes": [')
    _elements(out, (_node(entity) for entity in entities_of(statements)))
    _line(out, '], "edges": [')
    _elements(out, (_edge(number, row) for number, row in enumerate(statements)))
    _line(out, "]}}")


def _node(entity: Entity) -> dict[str, Any]:
    # `value` and `name` are what networkx takes a node and its name from.
    named = {"id": entity.id, "value": entity.id, "name": entity.name, "shared_name": entity.name}
    return _plain(named | node_values(entity))


def _edge(number: int, statement: Statement) -> dict[str, Any]:
    relation = statement.relation
    ends = {"id": f"e{number}", "source": relation.subject.id, "target": relation.object.id, "key": number}
    return _plain(ends | {"interaction": relation.relation_class} | edge_values(statement))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in values.items()
        if value is not None
    }


def _elements(out: IO[bytes], elements: Iterable[Mapping[str, Any]]) -> None:
    for number, line in enumerate(_lines(elements)):
        _line(out, ("," if number else "") + line)


def _lines(elements: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    return (json.dumps({"data": element}, ensure_ascii=False) for element in elements)


def _line(out: IO[bytes], text: str) -> None:
    out.write(f"{text}\n".encode())
