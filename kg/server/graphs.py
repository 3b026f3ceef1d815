"""What workers do with whole graphs: read one, and put, merge or delete one."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.errors import ExportError
from kg.server.problems import ProblemError
from kg.store.contents import GraphName, drop, is_empty, is_there, merge_contents, replace_contents
from kg.store.importing.documents import read_document
from kg.store.results import Out, write_graph

if TYPE_CHECKING:
    from kg.server.operations import Arguments, Meta, Opened


def read_graph(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Writes a graph, whole.

    Args:
        opened: The store.
        arguments: `graph`, its IRI, or null for the default graph; `format`, one of `kg.store.FORMATS`.
        out: Where to.

    Raises:
        ProblemError: 404 where there is no such graph, 406 where the format cannot hold what it says, 413
            where it is larger than a result may be.
    """
    graph, data = graph_of(arguments), opened.store.data
    _refuse_absent(data, graph)
    triples = (quad.triple for quad in data.quads_for_pattern(None, None, None, graph))
    try:
        written = write_graph(triples, str(arguments["format"]), out, opened.store.prefixes)
    except ExportError as error:
        raise ProblemError(HTTPStatus.NOT_ACCEPTABLE, str(error), headers={"Vary": "Accept"}) from error
    if written.cut is not None:
        most = f"{written.cut.limit:,} {'triples' if written.cut.reason == 'rows' else 'bytes'}"
        raise ProblemError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"There are more than {most} of {_named(graph)}, and a graph is not given in part; get parts "
            "of it from /sparql with CONSTRUCT, LIMIT and OFFSET, or have it written by `kg export`.",
            extra={"limit": {written.cut.reason: written.cut.limit}},
        )
    return {"rows": written.rows}


def put_graph(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Puts what documents say in the place of what a graph holds; gives whether that was `created`.

    Args:
        opened: The store, open for writing.
        arguments: As of `read_graph`, with `documents`, objects with `format`, `content` in Base64, and
            `name`; `base`, what relative IRIs are resolved against; and `wanted`, what must be so before:
            that the graph is `there`, or `absent`, or null.
        out: Nothing is written to it.

    Raises:
        ImportedError: A document is malformed, or names another graph.
        ProblemError: 412 where the graph is not as wanted.

    After an error the graph is as it was.
    """
    graph, data = graph_of(arguments), opened.store.data
    _check_wanted(data, graph, arguments)
    triples = _sent(arguments, graph)
    is_new = not _has_content(data, graph)
    replace_contents(data, graph, triples)
    return {"created": is_new, "rows": len(triples)}


def post_graph(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Merges what documents say into a graph; gives whether that was `created`.

    Arguments and errors are those of `put_graph`.
    """
    graph, data = graph_of(arguments), opened.store.data
    _check_wanted(data, graph, arguments)
    triples = _sent(arguments, graph)
    is_new = not is_there(data, graph)
    merge_contents(data, graph, triples)
    return {"created": is_new, "rows": len(triples)}


def delete_graph(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Takes a graph out; the default graph is emptied.

    Raises:
        ProblemError: 404 where there is no such graph, 412 where it is not as wanted.
    """
    graph, data = graph_of(arguments), opened.store.data
    _check_wanted(data, graph, arguments)
    _refuse_absent(data, graph)
    drop(data, graph)
    return {"created": False, "rows": 0}


def graph_of(arguments: Arguments) -> GraphName:
    """The graph that a task is about.

    >>> graph_of({"graph": None})
    <DefaultGraph>
    """
    iri = arguments["graph"]
    return ox.DefaultGraph() if iri is None else ox.NamedNode(str(iri))


def _sent(arguments: Arguments, graph: GraphName) -> list[ox.Triple]:
    """What the documents of a task say together."""
    documents = cast("Sequence[Mapping[str, str]]", arguments["documents"])
    return [triple for document in documents for triple in _said(document, graph, str(arguments["base"]))]


def _said(document: Mapping[str, str], graph: GraphName, base: str) -> list[ox.Triple]:
    content = base64.b64decode(document["content"])
    return read_document(content, document["format"], graph, base=base, name=document["name"])


def _has_content(data: ox.Store, graph: GraphName) -> bool:
    """Whether a graph is there; of the default graph, whether it says anything."""
    return not is_empty(data, graph) if isinstance(graph, ox.DefaultGraph) else is_there(data, graph)


def _check_wanted(data: ox.Store, graph: GraphName, arguments: Arguments) -> None:
    wanted, is_found = arguments.get("wanted"), _has_content(data, graph)
    if wanted is not None and is_found != (wanted == "there"):
        said = "is there" if is_found else "is not there"
        raise ProblemError(
            HTTPStatus.PRECONDITION_FAILED,
            f"{_named(graph).capitalize()} {said}, which the request made a condition; nothing was changed.",
        )


def _refuse_absent(data: ox.Store, graph: GraphName) -> None:
    if not is_there(data, graph):
        raise ProblemError(
            HTTPStatus.NOT_FOUND,
            f"There is no {_named(graph).removeprefix('the ')}; the query SELECT ?g {{ GRAPH ?g {{}} }} "
            "gives those that there are.",
        )


def _named(graph: GraphName) -> str:
    return f"the graph {graph}" if isinstance(graph, ox.NamedNode) else "the default graph"
