"""Writes a graph as a file of RDF.

Formats with graphs (`trig nq jsonld`) hold the default graph, the articles, the judgements, what is inferred,
and what the graph's own ontology adds (in a graph of its own). The others hold what the default graph, the
articles and the judgements say together: which graph a triple is of can be told from its subject, but not for
what is inferred. When the graph was worked on, by this machine's clock, is in no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import ExportError
from kg.rdf.graphs import DEFAULT, graph_node, is_claim
from kg.rdf.iris import NamedGraph
from kg.rdf.jsonld import write_jsonld
from kg.rdf.ontology import ontology_quads
from kg.vocabulary import BASE, PREFIXES, own_prefixes

_MINTED = frozenset({"ent", "art", "rel"})
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML 1.0 forbids (section 2.2)."""

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


def known_prefixes(base: str, ontology: Path | None) -> dict[str, str]:
    """The prefixes of a graph whose IRIs are minted under a base, with those of its own ontology; ours win.

    >>> known_prefixes("https://example.org/", None)["ent"]
    'https://example.org/entity/'
    """
    ours = {name: iri.replace(BASE, base) if name in _MINTED else iri for name, iri in PREFIXES.items()}
    return own_prefixes(ontology) | ours


def write_rdf(
    store: ox.Store,
    format_: str,
    out: IO[bytes] | Path,
    prefixes: Mapping[str, str],
    *,
    base: str = BASE,
    ontology: Path | None = None,
) -> None:
    """Writes a graph; a format without graphs gets the union of what is not inferred.

    Args:
        store: The embedded store.
        format_: One of `FORMATS`.
        out: Where to.
        prefixes: What IRIs are shortened by, where the format shortens them.
        base: Where the IRIs of the graph are minted.
        ontology: The Turtle file that the graph keeps; None where there is none.

    Raises:
        ExportError: There is no such format, it cannot hold what the graph says, or the file cannot be
            written.
    """
    chosen = FORMATS.get(format_)
    if chosen is None:
        raise ExportError(f"There is no RDF format {format_!r}; choose one of {', '.join(FORMATS)}.")
    try:
        if isinstance(out, Path):
            with out.open("wb") as file:
                _write(store, chosen, file, prefixes, (base, ontology))
        else:
            _write(store, chosen, out, prefixes, (base, ontology))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"The graph cannot be written to {out}: {error}; choose another file.") from error


def _write(
    store: ox.Store,
    format_: ox.RdfFormat,
    out: IO[bytes],
    prefixes: Mapping[str, str],
    kept: tuple[str, Path | None],
) -> None:
    base, ontology = kept
    if format_ == ox.RdfFormat.JSON_LD:
        write_jsonld(_graphs(store, base, ontology), out, prefixes)
        return
    if not format_.supports_datasets:
        graphs = _graphs(store, base, None, left_out=(NamedGraph.BUILDS, NamedGraph.INFERRED))
        triples: Iterator[ox.Triple] = (quad.triple for _, quads in graphs for quad in quads)
        if format_ == ox.RdfFormat.RDF_XML:
            triples, out = writable_in_xml(triples), cast("IO[bytes]", KeepsReturns(out))
        ox.serialize(triples, out, format_, prefixes=dict(prefixes))
        return
    quads = (quad for _, quads in _graphs(store, base, ontology) for quad in quads)
    ox.serialize(quads, out, format_, prefixes=dict(prefixes))


def writable_in_xml(items: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Items as they are, where XML can hold them.

    XML 1.0 (section 2.2) has no way to write most control characters, and a property must end in an XML name
    (RDF 1.1 XML Syntax, section 5.1).
    """
    for item in items:
        value = item.object.value if isinstance(item.object, ox.Literal) else ""
        found = NOT_IN_XML.search(value)
        if found:
            raise ExportError(
                f"RDF/XML cannot hold the character {found[0]!r} that stands in {value[:40]!r}; "
                "choose ttl, trig, nq, nt or jsonld."
            )
        if not _XML_NAME.search(item.predicate.value):
            raise ExportError(
                f"RDF/XML cannot hold the property {item.predicate.value!r}, which does not end in a name; "
                "choose ttl, trig, nq, nt or jsonld."
            )
        yield item


class KeepsReturns:
    """A file that keeps carriage returns, which whoever reads XML takes for line feeds (section 2.11)."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out

    def write(self, text: bytes) -> int:
        """Writes what the serializer gives, which has no carriage returns of its own."""
        self.out.write(text.replace(b"\r", b"&#13;"))
        return len(text)

    def flush(self) -> None:
        """Writes what waits."""
        self.out.flush()


def _graphs(
    store: ox.Store,
    base: str,
    ontology: Path | None,
    *,
    left_out: Iterable[NamedGraph] = (NamedGraph.BUILDS,),
) -> Iterator[tuple[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, Iterable[ox.Quad]]]:
    """The graphs that a file holds, each with its quads: the default graph, the others by their names."""
    unwanted = {graph_node(graph, base) for graph in left_out}
    named = (name for name in store.named_graphs() if name not in unwanted and not is_claim(name, base))
    names = sorted(named, key=str)
    for name in (DEFAULT, *names):
        yield name, store.quads_for_pattern(None, None, None, name)
    if ontology is not None:
        yield graph_node(NamedGraph.ONTOLOGY, base), ontology_quads(ontology, base)
