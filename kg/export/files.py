"""Writes a whole graph as a file, in any of the formats."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import IO, TextIO

from kg.errors import ExportError
from kg.export.followthemoney import write_ftm
from kg.export.gdelt import write_gdelt
from kg.export.networks import write_gexf, write_graphml
from kg.export.plover import write_events, write_stated_events
from kg.export.records import Statement, statements_from
from kg.export.tables import write_csv, write_jsonl
from kg.store import FORMATS, Store
from kg.vocabulary import Vocabulary

PLOVER = "plover"
Writer = Callable[[Sequence[Statement], IO[bytes]], None]


def export_graph(store: Store, format_: str, out: IO[bytes]) -> None:
    """Writes the relations of a graph (`jsonl csv gexf gdelt …`), or all of it as RDF (`ttl trig nq …`).

    `plover` reads the graph's articles again, and writes the events that they state.

    Raises:
        ExportError: There is no such format.
    """
    if format_ in FORMATS:
        store.dump(format_, out)
    elif format_ == PLOVER:
        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=True)
        write_events(store.articles(), text)
        text.detach()  # else closing the wrapper would close the file
    elif format_ in _WRITERS or format_ in _BY_VOCABULARY:
        statements = statements_from(store.articles(), store.relations())
        _writer(format_, store)(statements, out)
    else:
        raise ExportError(f"There is no format {format_!r}; choose one of {', '.join(formats())}.")


def formats() -> list[str]:
    """The names of all formats.

    >>> "jsonl" in formats() and "ttl" in formats()
    True
    """
    return [*_WRITERS, PLOVER, *_BY_VOCABULARY, *FORMATS]


def _writer(format_: str, store: Store) -> Writer:
    """What writes a format; the exchange format names the properties of a user's own."""
    if format_ == "jsonl":
        return _as_text(partial(write_jsonl, properties=store.vocabulary.properties))
    if format_ in _BY_VOCABULARY:
        write = _BY_VOCABULARY[format_]
        return _as_text(lambda statements, text: write(statements, text, store.vocabulary))
    return _WRITERS[format_]


def _as_text(write: Callable[[Sequence[Statement], io.TextIOWrapper], None]) -> Writer:
    def write_bytes(statements: Sequence[Statement], out: IO[bytes]) -> None:
        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=True)
        write(statements, text)
        text.detach()  # else closing the wrapper would close the file

    return write_bytes


_WRITERS: Mapping[str, Writer] = MappingProxyType(
    {"jsonl": _as_text(write_jsonl), "csv": _as_text(write_csv), "graphml": write_graphml, "gexf": write_gexf}
)
_BY_VOCABULARY: Mapping[str, Callable[[Sequence[Statement], TextIO, Vocabulary], None]] = MappingProxyType(
    {"plover-graph": write_stated_events, "gdelt": write_gdelt, "ftm": write_ftm}
)
"""Writers that look up what the ontology and the registry say."""
