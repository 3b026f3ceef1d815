"""Writes the triples that CONSTRUCT and DESCRIBE give, each once, in the formats of RDF 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import ExportError, KgError
from kg.store.engine import is_of_engine
from kg.store.formats import FORMATS, KeepsReturns, writable_in_xml
from kg.store.results.output import Cut, Out, Written, in_memory

_COMMENTS = {"ttl": "# {}\n", "nt": "# {}\n", "trig": "# {}\n", "nq": "# {}\n", "rdfxml": "<!-- {} -->\n"}


def write_graph(triples: Iterable[ox.Triple], format_: str, out: Out, prefixes: Mapping[str, str]) -> Written:
    r"""Writes triples, and ends before the output's limits; the engine writes some kilobytes at a time.

    Args:
        triples: What CONSTRUCT gives, where a triple may come again; an error that it raises goes through.
        format_: One of `FORMATS`.
        out: Where to.
        prefixes: What IRIs are shortened by, where the format shortens them.

    Raises:
        ExportError: There is no such format, or it cannot hold a triple.

    >>> from kg.store.results import in_memory
    >>> pieces = bytearray()
    >>> node = ox.NamedNode("https://example.org/a")
    >>> write_graph([ox.Triple(node, node, ox.Literal("Ana"))] * 2, "nt", in_memory(pieces), {}).rows
    1
    >>> bytes(pieces)
    b'<https://example.org/a> <https://example.org/a> "Ana" .\n'
    """
    if format_ not in FORMATS:
        raise ExportError(f"There is no RDF format {format_!r}; choose one of {', '.join(FORMATS)}.")
    allowed = _Allowed(triples, out)
    items: Iterator[ox.Triple] = iter(allowed)
    file = cast("IO[bytes]", out)
    if format_ == "rdfxml":
        items, file = writable_in_xml(items), cast("IO[bytes]", KeepsReturns(file))
    try:
        ox.serialize(items, file, FORMATS[format_], prefixes=dict(prefixes))
    except OSError as error:
        if isinstance(error, KgError) or is_of_engine(error) or error.errno is not None:
            raise
        raise ExportError(f"The result has no form in {format_}: {error}; choose trig, nq or ttl.") from error
    if allowed.cut is not None and format_ in _COMMENTS:
        out.write(_COMMENTS[format_].format(f"truncated: {allowed.cut}").encode())
    return Written(rows=allowed.count, cut=allowed.cut)


def write_triples(triples: Iterable[ox.Triple], format_: str, prefixes: Mapping[str, str]) -> str:
    r"""Triples as a text; see `write_graph`.

    Args:
        triples: What to write, in this order.
        format_: One of `kg.store.FORMATS`.
        prefixes: Prefixes that shorten the IRIs, where the format has such.

    >>> node = ox.NamedNode("https://example.org/a")
    >>> write_triples([ox.Triple(node, node, ox.Literal("Ana"))], "nt", {})
    '<https://example.org/a> <https://example.org/a> "Ana" .\n'
    """
    pieces = bytearray()
    write_graph(triples, format_, in_memory(pieces), prefixes)
    return pieces.decode()


class _Allowed:
    """Triples, each once, as long as the output takes more."""

    def __init__(self, triples: Iterable[ox.Triple], out: Out) -> None:
        self._triples = triples
        self._out = out
        self.count = 0
        self.cut: Cut | None = None

    def __iter__(self) -> Iterator[ox.Triple]:
        seen: set[ox.Triple] = set()
        for triple in self._triples:
            if triple in seen:
                continue
            self.cut = self._reached()
            if self.cut is not None:
                return
            seen.add(triple)
            self.count += 1
            yield triple

    def _reached(self) -> Cut | None:
        if self.count >= self._out.rows:
            return Cut(reason="rows", limit=self._out.rows)
        if self._out.written >= self._out.size:
            return Cut(reason="bytes", limit=self._out.size)
        return None
