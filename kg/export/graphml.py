"""Relations as GraphML, which yEd, Cytoscape, Gephi, igraph and networkx read (http://graphml.graphdrawing.org)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import IO, Any

from kg.export.columns import Kind, edge_columns, entity_columns
from kg.export.markup import Markup
from kg.export.networks import edge_values, node_values
from kg.export.records import Statement, entities_of
from kg.export.tables import written

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TEXT: "string",
        Kind.TEXTS: "string",
        Kind.TRUTH: "boolean",
        Kind.COUNT: "long",
        Kind.SHARE: "double",
        Kind.DAY: "string",
    }
)


def write_graphml(statements: Sequence[Statement], out: IO[bytes]) -> None:
    """Writes the entities, then the relations; aliases are joined by `|`, what is not known is left out.

    >>> import io
    >>> out = io.BytesIO()
    >>> write_graphml([], out)
    >>> out.getvalue().rstrip().endswith(b"</graphml>")
    True
    """
    nodes = {"label": Kind.TEXT} | {column.name: column.kind for column in entity_columns()}
    edges = {"label": Kind.TEXT} | {column.name: column.kind for column in edge_columns()}
    with Markup(out).within("graphml", {"xmlns": NAMESPACE}) as markup:
        _declare(markup, "node", nodes)
        _declare(markup, "edge", edges)
        with markup.within("graph", {"id": "kg", "edgedefault": "directed"}):
            for entity in entities_of(statements):
                _element(markup, "node", {"id": entity.id}, node_values(entity))
            for number, row in enumerate(statements):
                ends = {"source": row.relation.subject.id, "target": row.relation.object.id}
                _element(markup, "edge", {"id": str(number), **ends}, edge_values(row))


def _declare(markup: Markup, which: str, kinds: Mapping[str, Kind]) -> None:
    for name, kind in kinds.items():
        declared = {"id": f"{which}-{name}", "for": which, "attr.name": name, "attr.type": _TYPES[kind]}
        markup.leaf("key", declared)


def _element(markup: Markup, which: str, named: Mapping[str, str], values: Mapping[str, Any]) -> None:
    with markup.within(which, named):
        for name, value in values.items():
            if value not in {None, ()}:
                markup.leaf("data", {"key": f"{which}-{name}"}, written(value))
