"""What workers do with whole graphs: read one, and put, merge or drop one."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import cast

import pyoxigraph as ox

from kg.server.operations import Arguments, Meta, Opened
from kg.store.contents import GraphName, drop, is_empty, is_there, merge_contents, replace_contents
from kg.store.importing.documents import read_document
from kg.store.results import Out, write_graph


def read_graph(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Writes a graph whole; of one that is larger than a result may be, what is written is of no use.

    Args:
        opened: The store.
        arguments: `graph`, its IRI, or null for the default graph; `format`, one of `kg.store.FORMATS`.
        out: Where to.

    Returns:
        Whether it was `found`; and, where it is too large, what it goes `beyond`: `rows` or `bytes`.
    """
    graph, data = graph_of(arguments), opened.store.data
    if not is_there(data, graph):
        return {"found": False}
    triples = (quad.triple for quad in data.quads_for_pattern(None, None, None, graph))
    written = write_graph(triples, str(arguments["format"]), out, opened.store.prefixes)
    return {"found": True, "rows": written.rows} | ({"beyond": written.cut.reason} if written.cut else {})


def put_graph(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Puts what documents say in the place of what a graph holds; gives whether that was `created`.

    Args:
        opened: The store.
        arguments: As of `read_graph`, with `documents`, objects with `format`, `content` in Base64, and
            `name`; `base`, what relative IRIs are resolved against; and `wanted`, what must be so before:
            that the graph is `there`, or `absent`, or null.
        out: Nothing is written to it.

    Raises:
        ImportedError: A document is malformed, or names another graph; nothing is changed.
    """
    graph, data = graph_of(arguments), opened.store.data
    if refused := _refused(data, graph, arguments):
        return refused
    triples = _sent(arguments, graph)
    is_new = not _has_content(data, graph)
    replace_contents(data, graph, triples)
    return {"created": is_new}


def post_graph(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Merges what documents say into a graph; gives whether that was `created`.

    Arguments and errors are those of `put_graph`.
    """
    graph, data = graph_of(arguments), opened.store.data
    if refused := _refused(data, graph, arguments):
        return refused
    triples = _sent(arguments, graph)
    is_new = not is_there(data, graph)
    merge_contents(data, graph, triples)
    return {"created": is_new}


def delete_graph(opened: Opened, arguments: Arguments, out: Out) -> Meta:
    """Takes a graph out; gives whether it was `found`. The default graph is emptied."""
    graph, data = graph_of(arguments), opened.store.data
    if refused := _refused(data, graph, arguments):
        return refused
    if not is_there(data, graph):
        return {"found": False}
    drop(data, graph)
    return {"found": True}


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


def _refused(data: ox.Store, graph: GraphName, arguments: Arguments) -> Meta | None:
    """What is told where a condition does not hold; None where it does, or there is none."""
    wanted = arguments.get("wanted")
    if wanted is None or (wanted == "there") == _has_content(data, graph):
        return None
    return {"refused": "the graph is not there" if wanted == "there" else "the graph is there"}
