"""Writes a dataset as compact JSON-LD 1.1 by our context: an object a subject, one object an article's graph.

It is written as it is read: memory is that of the largest graph. What a key of the context cannot say exactly
is written under the term's prefixed name with its datatype or language spelled out, so that nothing changes
on the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, TypeAlias

import pyoxigraph as ox

from kg.errors import ExportError
from kg.rdf.context import CONTEXT_IRI, ID, LANGUAGE, NOTE, VOCAB, Context, context_text, make_context
from kg.rdf.quads import Term
from kg.vocabulary import KG, NIF, RDF, XSD

Node: TypeAlias = dict[str, object]
Graphs: TypeAlias = Iterable[tuple[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, Iterable[ox.Quad]]]

_INTEGER = re.compile(r"-?[1-9]\d{0,14}|0")
"""Whole numbers as JSON-LD 1.1 (section 8.2.2 of the API) writes them back, and as doubles hold them
exactly."""
_NAMED = re.compile(r"[^/?#:]*")
_ORDER = (NIF.Context, KG.Relation)
"""What comes first in a graph: the article, then its relations."""


def write_jsonld(graphs: Graphs, out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Writes the graphs, in their order, each with its quads.

    Args:
        graphs: The default graph first, if it is among them.
        out: Where to.
        prefixes: Those of the store, which go into the context.

    Raises:
        ExportError: An IRI would be read as another, since it begins as if with one of the prefixes.
    """
    writer = Writer(prefixes)
    out.write(f'{{\n"@context": {context_text(writer.context)},\n'.encode())
    out.write(f'"{NOTE}": "JSON-LD 1.1; the context is that of {CONTEXT_IRI}",\n"@graph": ['.encode())
    first = True
    for name, quads in graphs:
        for text in writer.graph(name, quads):
            out.write(((",\n" if not first else "\n") + text).encode())
            first = False
    out.write(b"\n]\n}\n")


class Writer:
    """Makes JSON-LD objects of quads, by a context."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        ours = make_context()
        fitting = {
            name: iri for name, iri in prefixes.items()
            if _is_prefix(iri) and (name not in ours or _is_prefix(ours[name]))
        }  # fmt: skip
        self.context: Context = ours | fitting
        self.prefixes = {name: str(iri) for name, iri in self.context.items() if _is_prefix(iri)}
        self.keys: dict[str, tuple[str, str | None]] = {}
        for key, entry in ours.items():
            self._learn(key, entry)

    def _learn(self, key: str, entry: object) -> None:
        iri = entry.get("@id") if isinstance(entry, dict) else entry
        if key in self.prefixes or not isinstance(iri, str) or iri.startswith("@"):
            return
        read = entry.get("@type") or entry.get("@container") if isinstance(entry, dict) else None
        self.keys[self._whole(iri)] = (key, self._whole(read) if read and read[0] != "@" else read)

    def _whole(self, iri: str) -> str:
        prefix, _, rest = iri.partition(":")
        return self.prefixes[prefix] + rest if prefix in self.prefixes else iri

    def graph(
        self, name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph, quads: Iterable[ox.Quad]
    ) -> Iterator[str]:
        """The text of a graph: a line a subject; a named graph as one object."""
        nodes = [json.dumps(node, ensure_ascii=False) for node in self.nodes(quads)]
        if isinstance(name, ox.DefaultGraph):
            yield from nodes
        elif nodes:
            lines = ",\n  ".join(nodes)
            yield f'{{"id": {json.dumps(self.iri(name), ensure_ascii=False)}, "@graph": [\n  {lines}\n]}}'

    def nodes(self, quads: Iterable[ox.Quad]) -> list[Node]:
        """An object a subject; evidence stands within the relation that names it first."""
        said: dict[ox.NamedNode | ox.BlankNode, dict[ox.NamedNode, list[Term]]] = {}
        for quad in quads:
            if isinstance(quad.subject, ox.Triple):
                raise ExportError(
                    f"JSON-LD cannot hold the triple term {quad.subject}; choose trig, nq or ttl."
                )
            said.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
        order = sorted(said, key=lambda subject: (_rank(said[subject]), subject.value))
        nodes = {subject: self._node(subject, said[subject]) for subject in order}
        for subject in order:
            evidence = said[subject].get(KG.evidence, ())
            inner = evidence[0] if len(evidence) == 1 else None
            if isinstance(inner, ox.NamedNode) and inner != subject and {inner, subject} <= nodes.keys():
                nodes[subject]["evidence"] = nodes.pop(inner)
        return list(nodes.values())

    def _node(self, subject: ox.NamedNode | ox.BlankNode, said: Mapping[ox.NamedNode, list[Term]]) -> Node:
        node: Node = {"id": self.iri(subject)}
        for predicate in sorted(said, key=lambda term: (term != RDF.type, term.value)):
            for item in sorted(said[predicate], key=str):
                self._put(node, predicate, item)
        return node

    def _put(self, node: Node, predicate: ox.NamedNode, item: Term) -> None:
        if predicate == RDF.type and not isinstance(item, ox.Literal):
            _append(node, "type", self._term(item))
            return
        key, read = self.keys.get(predicate.value, (None, None))
        value = self._plain(item, read)
        if key is None or value is None:
            _append(node, self._prefixed(predicate.value), self._spelled(item))
        elif read == LANGUAGE and isinstance(item, ox.Literal):
            _append(node.setdefault(key, {}), item.language or "", value)
        else:
            _append(node, key, value)

    def _plain(self, item: Term, read: str | None) -> object:
        """The value under a key whose values are read so; None where it cannot be said there."""
        if isinstance(item, (ox.NamedNode, ox.BlankNode)):
            said = {ID: self.iri, VOCAB: self._term}.get(read or "")
            return said(item) if said else {"id": self.iri(item)} if read != LANGUAGE else None
        if not isinstance(item, ox.Literal) or item.language:
            return item.value if isinstance(item, ox.Literal) and read == LANGUAGE else None
        if read is None:
            return _native(item)
        return item.value if item.datatype.value == read else None

    def _spelled(self, item: Term) -> object:
        """A value whose kind is spelled out."""
        if isinstance(item, ox.Triple):
            raise ExportError(f"JSON-LD cannot hold the triple term {item}; choose trig, nq or ttl.")
        if not isinstance(item, ox.Literal):
            return {"id": self.iri(item)}
        if item.language:
            return {"@value": item.value, "@language": item.language}
        if item.datatype == XSD.string:
            return {"@value": item.value}
        return {"@value": item.value, "type": self._term(item.datatype)}

    def _term(self, term: Term) -> str:
        """A class, status or datatype by its key, or as an IRI."""
        known = self.keys.get(term.value) if isinstance(term, ox.NamedNode) else None
        return known[0] if known else self.iri(term)

    def iri(self, term: Term | ox.DefaultGraph) -> str:
        """An IRI, with a prefix where there is one; a blank node by its label."""
        if isinstance(term, ox.BlankNode):
            return f"_:{term.value}"
        return self._prefixed(term.value) if isinstance(term, ox.NamedNode) else ""

    def _prefixed(self, iri: str) -> str:
        fitting = [
            (len(base), name) for name, base in self.prefixes.items()
            if iri.startswith(base) and not iri.startswith(f"{base}//")
        ]  # fmt: skip
        if fitting:
            length, name = max(fitting)
            return f"{name}:{iri[length:]}"
        scheme = _NAMED.match(iri)
        if scheme and scheme[0] in self.context and not iri.startswith(f"{scheme[0]}://"):
            raise ExportError(
                f"JSON-LD would read the IRI {iri!r} as if {scheme[0]}: were a prefix; choose trig or nq."
            )
        return iri


def _is_prefix(iri: object) -> bool:
    """Whether JSON-LD takes a key for this IRI as a prefix (JSON-LD 1.1, section 4.1.5)."""
    return isinstance(iri, str) and iri[-1:] in ":/?#[]@" and ":" in iri and not iri.startswith("@")


def _rank(said: Mapping[ox.NamedNode, list[Term]]) -> int:
    types = said.get(RDF.type, ())
    return next((number for number, kind in enumerate(_ORDER) if kind in types), len(_ORDER))


def _native(item: ox.Literal) -> object:
    """A literal that JSON has itself; None for others."""
    kind, text = item.datatype, item.value
    if kind == XSD.string:
        return text
    if kind == XSD.boolean and text in {"true", "false"}:
        return text == "true"
    if kind.value == f"{XSD.base}integer" and _INTEGER.fullmatch(text):
        return int(text)
    return None


def _append(node: object, key: str, value: object) -> None:
    """Puts a value under a key: one by itself, several in an array."""
    if not isinstance(node, dict):
        return
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
