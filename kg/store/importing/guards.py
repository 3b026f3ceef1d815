"""What looks at a file's bytes before the parser does, and refuses what would harm it.

The parser streams, and keeps its own stack for what is nested, with four exceptions: the entities of an XML
document type expand without bound, deep XML and JSON take time that grows with the square of their depth, and
some thousand levels of JSON, or of triple terms (RDF 1.2), end the process.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import accumulate
from xml.parsers import expat

from kg.errors import ImportedError
from kg.rdf.context import CONTEXT_IRI, published_context

Guard = Callable[[bytes], bytes]
"""Is given the file bit by bit, and none at its end; gives what the parser shall see of it, at the end
all."""

DEEPEST_ELEMENT = 200
"""Levels of XML elements; a graph has three, and lists of RDF two a member."""
MOST_TRIPLE_TERMS = 5_000
"""Openings of triple terms in a line (or, of Turtle and TriG, in the file). Measured with pyoxigraph 0.5:
10,000 nested ones are read, 50,000 end the process."""
DEEPEST_JSON = 200
"""Levels of brackets of JSON. Measured with pyoxigraph 0.5: 1,000 nested objects are read, 5,000 end the
process."""
_HEAD = 1 << 16
"""Bytes from the start in which a JSON-LD file names its context."""
_IRI_ATTRIBUTES = frozenset({"about", "resource", "datatype"})
_NOT_IN_IRIS = re.compile(r'[\x00-\x20<>"{}|\\^`]')


def guard_of(format_: str, name: str) -> Guard:
    """The guard for a file of a format.

    >>> guard_of("nt", "a.nt")(b"<http://example.org/a>")
    b'<http://example.org/a>'
    """
    if format_ == "rdfxml":
        return _XmlGuard(name)
    if format_ == "jsonld":
        return _JsonGuard(name)
    return _TripleTermGuard(name, by_line=format_ in {"nt", "nq"})


class _TripleTermGuard:
    """Counts how often triple terms open."""

    def __init__(self, name: str, *, by_line: bool) -> None:
        self.name = name
        self.by_line = by_line
        self.count = 0

    def __call__(self, chunk: bytes) -> bytes:
        if b"<<" in chunk or self.count:
            for number, line in enumerate(chunk.split(b"\n") if self.by_line else [chunk]):
                self.count = line.count(b"<<") + (0 if number else self.count)
                self._refuse()
        return chunk

    def _refuse(self) -> None:
        if self.count > MOST_TRIPLE_TERMS:
            raise ImportedError(
                f"{self.name} has over {MOST_TRIPLE_TERMS:,} triple terms (<<…>>); a graph has none, "
                "so give the file that was exported, as N-Quads.",
                source=self.name,
            )


class _XmlGuard:
    """Reads the XML too, only to refuse it; says line and column, which the parser of RDF does not."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def __call__(self, chunk: bytes) -> bytes:
        try:
            self.parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            raise self._error(f"this is not XML: {expat.ErrorString(error.code)}") from error
        return chunk

    def _entity(self, *declared: object) -> None:
        raise self._error(
            f"the document type declares the entity {declared[0]!r}; write out what it stands for"
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST_ELEMENT:
            raise self._error(f"<{tag}> stands more than {DEEPEST_ELEMENT} elements deep; a graph has three")
        for name, value in attributes.items():
            found = _NOT_IN_IRIS.search(value) if name.rpartition(":")[2] in _IRI_ATTRIBUTES else None
            if found:
                raise self._error(f"the IRI {value!r} holds {found[0]!r}; escape it as %{ord(found[0]):02X}")

    def _end(self, _: str) -> None:
        self.depth -= 1

    def _error(self, said: str) -> ImportedError:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return ImportedError(
            f"{self.name}, line {line}, column {column}: {said}.", source=self.name, line=line, column=column
        )


class _JsonGuard:
    """Counts how deep brackets stand, and hands what it saw on to the guard of contexts."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.context = _ContextGuard()
        self.depth = 0
        self.open = b""
        """What the next bit begins with, where the last one ended in a string: its quotation mark."""

    def __call__(self, chunk: bytes) -> bytes:
        rest = _JSON_STRING.sub(b"", self.open + chunk)
        outside, quote, string = rest.partition(b'"')
        is_escaped = (len(string) - len(string.rstrip(b"\\"))) % 2
        self.open = quote + b"\\" * is_escaped
        steps = (1 if bracket in b"[{" else -1 for bracket in outside.translate(None, _NOT_BRACKETS))
        levels = list(accumulate(steps, initial=self.depth))
        if max(levels) > DEEPEST_JSON:
            raise ImportedError(
                f"{self.name} is nested over {DEEPEST_JSON} levels deep; give its nodes side by side in "
                "@graph, or as N-Quads.",
                source=self.name,
            )
        self.depth = levels[-1]
        return self.context(chunk)


_JSON_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class _ContextGuard:
    """Puts our own published context in the place of its IRI, so that such a file needs no network."""

    def __init__(self) -> None:
        self.head: bytes | None = b""

    def __call__(self, chunk: bytes) -> bytes:
        if self.head is None:
            return chunk
        self.head += chunk
        if chunk and len(self.head) < _HEAD:
            return b""
        head, self.head = self.head, None
        return _CONTEXT.sub(lambda match: match[1] + _inline(), head, count=1)


_CONTEXT = re.compile(rb'("@context"\s*:\s*(?:\[\s*)?)"%s"' % re.escape(CONTEXT_IRI).encode())


def _inline() -> bytes:
    return json.dumps(json.loads(published_context())["@context"]).encode()
