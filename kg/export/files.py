"""Writes a whole graph as a file, in any of the formats."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import IO, TextIO

from kg.errors import ExportError
from kg.export.cytoscape import write_cytoscape
from kg.export.followthemoney import write_ftm
from kg.export.gdelt import write_gdelt
from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.neo4j import write_neo4j
from kg.export.parquet import write_parquet
from kg.export.plover import write_events, write_stated_events
from kg.export.records import Statement
from kg.export.selection import Selection, selected
from kg.export.tables import write_csv, write_jsonl
from kg.store import FORMATS, Store
from kg.vocabulary import Vocabulary

PLOVER = "plover"
EVERYTHING = Selection()
Writer = Callable[[Sequence[Statement], IO[bytes], Vocabulary], None]
"""Writes relations; some writers ask the vocabulary, which may hold a user's own classes and properties."""


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

    >>> import io
    >>> out = io.BytesIO()
    >>> export_graph(Store.in_memory(), "jsonl", out)
    >>> out.getvalue()
    b''
    """
    if format_ in _WRITERS:
        _WRITERS[format_](selected(store, selection), out, store.vocabulary)
    elif format_ not in formats():
        raise ExportError(f"There is no format {format_!r}; choose one of {', '.join(formats())}.")
    elif selection != EVERYTHING:
        raise ExportError(
            f"The format {format_!r} holds all of a graph; to narrow it choose one of {', '.join(_WRITERS)}."
        )
    elif format_ in FORMATS:
        store.dump(format_, out)
    else:
        with _as_text(out) as file:
            write_events(store.articles(), file)


def formats() -> list[str]:
    """The names of all formats.

    >>> "jsonl" in formats() and "ttl" in formats()
    True
    """
    return [*_WRITERS, PLOVER, *FORMATS]


def _text(write: Callable[[Sequence[Statement], TextIO, Vocabulary], None]) -> Writer:
    def write_bytes(statements: Sequence[Statement], out: IO[bytes], vocabulary: Vocabulary) -> None:
        with _as_text(out) as file:
            write(statements, file, vocabulary)

    return write_bytes


@contextmanager
def _as_text(out: IO[bytes]) -> Iterator[TextIO]:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=True)
    yield text
    text.detach()  # else closing the wrapper would close the file


_WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "jsonl": _text(lambda statements, file, words: write_jsonl(statements, file, words.properties)),
        "csv": _text(lambda statements, file, _: write_csv(statements, file)),
        "parquet": lambda statements, out, _: write_parquet(statements, out),
        "graphml": lambda statements, out, _: write_graphml(statements, out),
        "gexf": write_gexf,
        "cytoscape": lambda statements, out, _: write_cytoscape(statements, out),
        "neo4j": lambda statements, out, _: write_neo4j(statements, out),
        "plover-graph": _text(write_stated_events),
        "gdelt": _text(write_gdelt),
        "ftm": _text(write_ftm),
    }
)
