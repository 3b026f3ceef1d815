"""Writes a graph as a file of RDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

import pyoxigraph as ox

from kg.errors import ExportError

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

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
    if format_ == "rdfxml":
        items = _writable_in_xml(_triples(store))
    try:
        ox.serialize(items, out, chosen, prefixes=dict(prefixes))
    except BrokenPipeError:
        raise
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


def _writable_in_xml(items: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Items as they are; XML 1.0 (section 2.2) has no way to write most control characters."""
    for item in items:
        value = item.object.value if isinstance(item.object, ox.Literal) else ""
        found = _NOT_IN_XML.search(value)
        if found:
            raise ExportError(
                f"RDF/XML cannot hold the character {found[0]!r} that stands in {value[:40]!r}; "
                "choose ttl, trig, nq, nt or jsonld."
            )
        yield item


def _quads(store: ox.Store) -> Iterator[ox.Quad]:
    yield from store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    for graph in sorted(store.named_graphs(), key=str):
        yield from store.quads_for_pattern(None, None, None, graph)


def _triples(store: ox.Store) -> Iterator[ox.Triple]:
    return (quad.triple for quad in _quads(store))
