"""Relations as a networkx graph, an edge each, or one for all that are parallel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx

from kg.errors import ExportError
from kg.export.bundles import BY, bundle
from kg.export.columns import edge_columns, entity_columns
from kg.export.records import Statement, entities_of
from kg.types import Entity


def network(statements: Iterable[Statement], *, collapse: bool | str = False) -> nx.MultiDiGraph[str]:
    """A directed graph with an edge for every relation, or one for all of the same ends and kind.

    Nodes are entity ids. They bear `label` and the columns of entities; edges bear `label` and those of
    relations, with Python's types: texts, `tuple` of aliases, `bool`, `int`, `float`, `datetime.date`, and
    None where nothing is known. Without `collapse` edges are keyed 0, 1, … between two nodes.

    Args:
        statements: The relations.
        collapse: By what relations are put together: `class` (or True), `property`, or `pair`, for all
            between two entities in one direction. The key of an edge is then its class, its property (or
            class, where it has none), or `pair`; `kg.export.bundles` says what it bears.

    Raises:
        ExportError: There is no such way to put relations together.

    >>> network([]).number_of_nodes()
    0
    """
    by = "class" if collapse is True else collapse
    if by and by not in BY:
        raise ExportError(f"Edges cannot be collapsed by {by!r}; give one of {', '.join(BY)}.")
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    rows = list(statements)
    for entity in entities_of(rows):
        graph.add_node(entity.id, **node_values(entity))
    if by:
        for (subject, object_, key), values in bundle(rows, by):
            graph.add_edge(subject, object_, key, **values)
        return graph
    for row in rows:
        graph.add_edge(row.relation.subject.id, row.relation.object.id, **edge_values(row))
    return graph


def node_values(entity: Entity) -> dict[str, Any]:
    """What the node of an entity bears.

    >>> from kg.types import EntityType
    >>> node_values(Entity(id="Oslo", name="Oslo", type=EntityType.PLACE))["label"]
    'Oslo'
    """
    return {"label": entity.name, **{column.name: column.read(entity) for column in entity_columns()}}


def edge_values(statement: Statement) -> dict[str, Any]:
    """What the edge of a relation bears: all of its columns but its ends.

    >>> from kg.types import Article, EntityType, Evidence, Relation, Status
    >>> ana, bo = (Entity(id=name, name=name, type=EntityType.PERSON) for name in ("Ana Bell", "Bo Cole"))
    >>> evidence = Evidence(start=0, end=21, text="Ana Bell met Bo Cole.")
    >>> met = Relation(
    ...     subject=ana, predicate="meet", object=bo, property="meets", relation_class="CONSULT",
    ...     status=Status.ASSERTED, evidence=evidence,
    ... )
    >>> edge_values(Statement(article=Article(id="a", text=evidence.text), relation=met))["label"]
    'meet'
    """
    values = {column.name: column.read(statement) for column in edge_columns()}
    return {"label": statement.relation.predicate, **values}
