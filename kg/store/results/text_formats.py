"""SPARQL 1.1 Query Results CSV and TSV (W3C 2013). Neither has a place for a mark where it is cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

import pyoxigraph as ox

from kg.store.results.output import Cut
from kg.store.results.rows import Row, Term, Texts
from kg.vocabulary import XSD

_QUOTED_IN_CSV = re.compile(r'[",\r\n]')  # RFC 4180, section 2
_NUMBERS = {
    f"{XSD.base}integer": re.compile(r"[+-]?[0-9]+"),
    f"{XSD.base}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{XSD.base}double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
}
"""Numbers that may stand as they are (RDF 1.1 Turtle, section 2.5.2)."""


class CsvForm:
    """Solutions in CSV: values without their kinds."""

    between: ClassVar[str] = ""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._texts = Texts(_field)

    def opening(self) -> str:
        """The variables."""
        return ",".join(self._names) + "\r\n"

    def rows(self, batch: Sequence[Row]) -> list[str]:
        """A line a row. A single field that is empty is quoted, as readers skip empty lines."""
        text = self._texts.__getitem__
        texts = [",".join(map(text, row)) + "\r\n" for row in batch]
        return [line if line != "\r\n" else '""\r\n' for line in texts] if len(self._names) == 1 else texts

    def closing(self, cut: Cut | None) -> str:
        """Nothing."""
        return ""

    @staticmethod
    def answer(answer: bool) -> str:
        """The answer of ASK."""
        return str(answer).lower()


class TsvForm:
    """Solutions in TSV: terms as in Turtle."""

    between: ClassVar[str] = ""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._texts = Texts(_turtle)

    def opening(self) -> str:
        """The variables."""
        return "\t".join(f"?{name}" for name in self._names) + "\n"

    def rows(self, batch: Sequence[Row]) -> list[str]:
        """A line a row."""
        text = self._texts.__getitem__
        return ["\t".join(map(text, row)) + "\n" for row in batch]

    def closing(self, cut: Cut | None) -> str:
        """Nothing."""
        return ""

    @staticmethod
    def answer(answer: bool) -> str:
        """The answer of ASK."""
        return str(answer).lower()


def plain_text(term: Term | None) -> str:
    """A term without its kind: an IRI or literal as it is, a blank node by its label; nothing where unbound.

    >>> plain_text(ox.Literal("Ana", language="en")), plain_text(None)
    ('Ana', '')
    """
    if term is None:
        return ""
    return str(term) if isinstance(term, (ox.Triple, ox.BlankNode)) else term.value


def _field(term: Term | None) -> str:
    text = plain_text(term)
    if isinstance(term, ox.Triple):
        text = f"<<( {text} )>>"
    return '"' + text.replace('"', '""') + '"' if _QUOTED_IN_CSV.search(text) else text


def _turtle(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        number = _NUMBERS.get(term.datatype.value)
        return term.value if number and number.fullmatch(term.value) else str(term)
    return f"<<( {term} )>>" if isinstance(term, ox.Triple) else str(term)
