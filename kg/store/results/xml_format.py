"""SPARQL Query Results XML (W3C 2013), with triple terms and directions as SPARQL 1.2 has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pyoxigraph as ox

from kg.errors import ExportError
from kg.store.formats import NOT_IN_XML
from kg.store.results.output import Cut
from kg.store.results.rows import Row, Term, Texts, direction_of, plain_kind

_START = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
_ITS = 'xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0"'
# Readers take a carriage return for a line feed, and any space of an attribute for a blank (XML 1.0, 2.11, 3.3.3).
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


class XmlForm:
    """Solutions in XML."""

    between: ClassVar[str] = "\n"

    def __init__(self, names: Sequence[str]) -> None:
        self._names = [_escaped(name) for name in names]
        self._openings = [f'<binding name="{name}">' for name in self._names]
        self._texts = Texts(lambda term: _text(term) if term is not None else "")

    def opening(self) -> str:
        """The head."""
        variables = "".join(f'<variable name="{name}"/>' for name in self._names)
        return f"{_START}<head>{variables}</head>\n<results>\n"

    def rows(self, batch: Sequence[Row]) -> list[str]:
        """An element a row, without the variables that are unbound."""
        openings, text = self._openings, self._texts.__getitem__
        return [
            "<result>" + "".join([
                f"{opening}{text(term)}</binding>"
                for opening, term in zip(openings, row, strict=True) if term is not None
            ]) + "</result>"
            for row in batch
        ]  # fmt: skip

    def closing(self, cut: Cut | None) -> str:
        """The end; a comment says where it was cut."""
        return f"\n{'' if cut is None else f'<!-- truncated: {cut} -->'}</results>\n</sparql>\n"

    @staticmethod
    def answer(answer: bool) -> str:
        """The answer of ASK."""
        return f"{_START}<head/>\n<boolean>{str(answer).lower()}</boolean>\n</sparql>\n"


def _text(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_escaped(term.value)}</uri>"
    if isinstance(term, ox.Literal):
        return f"<literal{_kind(term)}>{_escaped(term.value)}</literal>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_escaped(term.value)}</bnode>"
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return f"<triple>{''.join(f'<{name}>{_text(part)}</{name}>' for name, part in parts.items())}</triple>"


def _kind(literal: ox.Literal) -> str:
    if kind := plain_kind(literal):
        return f' datatype="{_escaped(kind)}"'
    if not literal.language:
        return ""
    direction = direction_of(literal)
    said = f' {_ITS} its:dir="{direction}"' if direction else ""
    return f' xml:lang="{_escaped(literal.language)}"{said}'


def _escaped(text: str) -> str:
    forbidden = NOT_IN_XML.search(text)
    if forbidden:
        raise ExportError(
            f"XML cannot hold the character {forbidden[0]!r} that stands in {text[:40]!r}; ask for JSON, CSV or "
            "TSV."
        )
    return text.translate(_ESCAPES)
