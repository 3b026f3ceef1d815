"""An RDF document that came from elsewhere, whole and in memory, as what a graph shall hold.

Nothing is fetched, and what would harm the parser is refused before it (`kg.store.importing.guards`).
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import ImportedError
from kg.store.formats import FORMATS
from kg.store.importing.guards import guard_of
from kg.store.importing.sources import POSITION, REMOTE

Graph = ox.NamedNode | ox.DefaultGraph

_PIECE = 1 << 16
_BOM = b"\xef\xbb\xbf"


def read_document(content: bytes, format_: str, graph: Graph, *, base: str, name: str) -> list[ox.Triple]:
    """The triples of a document, in their order; blank nodes get labels of their own.

    Args:
        content: The document.
        format_: One of `kg.store.FORMATS`.
        graph: What it is for; a format with graphs may name it, and no other.
        base: What relative IRIs are resolved against.
        name: What errors call it.

    Raises:
        ImportedError: It is malformed, names another graph, or would harm the parser; with line and column
            where the parser says them.

    >>> base = "https://example.org/a"
    >>> (triple,) = read_document(b"<> a <#b> .", "ttl", ox.DefaultGraph(), base=base, name="It")
    >>> triple.object.value
    'https://example.org/a#b'
    """
    content = content.removeprefix(_BOM)
    guard = guard_of(format_, name)
    pieces = [guard(content[at : at + _PIECE]) for at in range(0, len(content), _PIECE)]
    guarded = b"".join([*pieces, guard(b"")])
    try:
        quads = list(ox.parse(guarded, FORMATS[format_], base_iri=base, rename_blank_nodes=True))
    except SyntaxError as error:
        raise _syntax_error(error, format_, name) from error
    _refuse_other_graphs(quads, graph, name)
    return [quad.triple for quad in quads]


def _refuse_other_graphs(quads: Iterable[ox.Quad], graph: Graph, name: str) -> None:
    allowed = {ox.DefaultGraph(), graph}
    other = next((quad.graph_name for quad in quads if quad.graph_name not in allowed), None)
    if other is not None:
        raise ImportedError(
            f"{name} has triples of the graph {other}, but the request is for {_named(graph)}; send each "
            "graph by itself.",
            source=name,
        )


def _named(graph: Graph) -> str:
    return str(graph) if isinstance(graph, ox.NamedNode) else "the default graph"


def _syntax_error(error: SyntaxError, format_: str, name: str) -> ImportedError:
    message = str(error.msg or error)
    if REMOTE in message:
        return ImportedError(
            f"{name} names a JSON-LD context on the network, which is not fetched; put the context itself "
            "into it, or send Turtle.",
            source=name,
        )
    place = f", line {error.lineno}, column {error.offset}" if error.lineno else ""
    said = POSITION.sub("", message).rstrip(".")
    return ImportedError(
        f"{name}{place}: {said}; correct it there, or give the right media type (it was read as {format_}).",
        source=name,
        line=error.lineno,
        column=error.offset,
    )
