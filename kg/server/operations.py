"""What workers can be asked to do, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import QueryError
from kg.server.settings import Settings
from kg.store import Store
from kg.store.results import Out, write_json

Arguments: TypeAlias = Mapping[str, object]
Meta: TypeAlias = Mapping[str, object]
"""What is to be known of a result, such as its media type; a JSON object."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a worker has at hand."""

    store: Store
    settings: Settings


Operation: TypeAlias = Callable[[Opened, Arguments, Out], Meta]


def query(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Answers a query."""
    found = opened.store.data.query(str(arguments["query"]), use_default_graph_as_union=True)
    if not isinstance(found, ox.QuerySolutions):
        raise QueryError("Only SELECT so far.", query="")
    write_json(found, out)
    return {"type": "application/sparql-results+json"}


OPERATIONS: Mapping[str, Operation] = MappingProxyType({"query": query})
