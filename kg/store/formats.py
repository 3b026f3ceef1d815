"""Writes a graph as a file of RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

import pyoxigraph as ox

from kg.errors import ExportError

FORMATS: Mapping[str, ox.RdfFormat] = MappingProxyType(
    {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdfxml": ox.RdfFormat.RDF_XML,
        "trig": ox.RdfFormat.TRIG,
        "nq": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
)
"""The formats by the names that `kg export` takes."""


def write_rdf(store: ox.Store, format_: str, out: IO[bytes] | Path, prefixes: Mapping[str, str]) -> None:
    """Writes all quads; a format without graphs gets the union of them, which loses no triple.

    Raises:
        ExportError: There is no such format, or the file cannot be written.
    """
    chosen = FORMATS.get(format_)
    if chosen is None:
        raise ExportError(f"There is no RDF format {format_!r}; choose one of {', '.join(FORMATS)}.")
    items = _quads(store) if chosen.supports_datasets else _triples(store)
    try:
        ox.serialize(items, out, chosen, prefixes=dict(prefixes))
    except OSError as error:
        raise ExportError(f"The graph cannot be written to {out}: {error}; choose another file.") from error


def write_triples(triples: Iterable[ox.Triple], format_: str, prefixes: Mapping[str, str]) -> str:
    """The triples of a CONSTRUCT as text.

    Raises:
        ExportError: There is no such format.
    """
    if format_ not in FORMATS:
        raise ExportError(f"There is no RDF format {format_!r}; choose one of {', '.join(FORMATS)}.")
    written = ox.serialize(triples, format=FORMATS[format_], prefixes=dict(prefixes))
    return (written or b"").decode()


def _quads(store: ox.Store) -> Iterator[ox.Quad]:
    yield from store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    for graph in sorted(store.named_graphs(), key=str):
        yield from store.quads_for_pattern(None, None, None, graph)


def _triples(store: ox.Store) -> Iterator[ox.Triple]:
    return (quad.triple for quad in _quads(store))
