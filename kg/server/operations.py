"""What workers can be asked to do, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from kg.server.api.answers import answer as answer_endpoint
from kg.server.api.endpoints import operation_names
from kg.server.description import describe_service
from kg.server.graphs import delete_graph, post_graph, put_graph, read_graph
from kg.server.queries import answer_query
from kg.server.settings import Settings
from kg.server.updates import make_update
from kg.store import Store
from kg.store.results import Out

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
    """Answers a query; see `kg.server.queries.answer_query`."""
    return answer_query(opened.store, arguments, out, opened.settings.limits)


def answer(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Answers an endpoint of the API."""
    return answer_endpoint(opened.store, arguments, out)


def update(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Makes an update; see `kg.server.updates.make_update`."""
    return make_update(opened.store, arguments, opened.settings.limits)


CHANGES: Mapping[str, Operation] = MappingProxyType(
    {"update": update, "put_graph": put_graph, "post_graph": post_graph, "delete_graph": delete_graph}
)
"""What the writer can be asked to do; each call is a transaction."""
OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "query": query,
        "read_graph": read_graph,
        "describe_service": describe_service,
        **dict.fromkeys(operation_names(), answer),
    }
)
