"""Writes a whole graph as a file, in any of the formats."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import IO

from kg.errors import ExportError
from kg.export.cytoscape import write_cytoscape
from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.neo4j import write_neo4j
from kg.export.parquet import write_parquet
from kg.export.plover import write_events
from kg.export.records import Statement
from kg.export.selection import Selection, selected
from kg.export.tables import write_csv, write_jsonl
from kg.store import FORMATS, Store

PLOVER = "plover"
EVERYTHING = Selection()
Writer = Callable[[Sequence[Statement], IO[bytes]], None]


def export_graph(store: Store, format_: str, out: IO[bytes], selection: Selection = EVERYTHING) -> None:
    """Writes the relations of a graph (`jsonl csv parquet …`), or all of it as RDF (`ttl trig nq …`).

    `plover` reads the graph's articles again, and writes the events that they state.

    Args:
        store: The graph.
        format_: One of `formats()`.
        out: Where to; it need not be a file that can be sought in.
        selection: Which relations; a format that holds more than relations takes none.

    Raises:
        ExportError: There is no such format, it cannot be narrowed, or no entity bears a name.
    """
    if format_ in _WRITERS:
        _writer(format_, store)(selected(store, selection), out)
    elif format_ not in formats():
        raise ExportError(f"There is no format {format_!r}; choose one of {', '.join(formats())}.")
    elif selection != EVERYTHING:
        raise ExportError(
            f"The format {format_!r} holds all of a graph; to narrow it choose one of {', '.join(_WRITERS)}."
        )
    elif format_ in FORMATS:
        store.dump(format_, out)
    else:
        _as_text(write_events)(store.articles(), out)


def formats() -> list[str]:
    """The names of all formats.

    >>> "jsonl" in formats() and "ttl" in formats()
    True
    """
    return [*_WRITERS, PLOVER, *FORMATS]


def _writer(format_: str, store: Store) -> Writer:
    """What writes a format; some ask the vocabulary, which may hold a user's own classes and properties."""
    if format_ == "jsonl":
        return _as_text(partial(write_jsonl, properties=store.vocabulary.properties))
    if format_ == "gexf":
        return lambda statements, out: write_gexf(statements, store.vocabulary, out)
    return _WRITERS[format_]


def _as_text(write: Callable[..., None]) -> Callable[..., None]:
    def write_bytes(rows: Sequence[object], out: IO[bytes]) -> None:
        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=True)
        write(rows, text)
        text.detach()  # else closing the wrapper would close the file

    return write_bytes


_WRITERS: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        "jsonl": _as_text(write_jsonl),
        "csv": _as_text(write_csv),
        "parquet": write_parquet,
        "graphml": write_graphml,
        "gexf": write_gexf,
        "cytoscape": write_cytoscape,
        "neo4j": write_neo4j,
    }
)
