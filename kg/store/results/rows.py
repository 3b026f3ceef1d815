"""What the formats of solutions have in common: rows of terms, and texts of terms that are remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol, TypeAlias

import pyoxigraph as ox

from kg.store.results.output import Cut
from kg.vocabulary import XSD

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row: TypeAlias = Sequence[Term | None]

_MOST = 2**14
"""Texts that are remembered: with the length below, some megabytes."""
_LONGEST = 200
"""Characters of a text that is; those of articles do not come again soon."""


class Texts(dict[Term | None, str]):
    """The texts of terms, which mostly come more than once: looking one up is faster than writing it."""

    def __init__(self, write: Callable[[Term | None], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, term: Term | None) -> str:
        text = self._write(term)
        if len(text) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[term] = text
        return text


class Form(Protocol):
    """How solutions are written in a format.

    Attributes:
        between: What stands between two rows.
    """

    between: ClassVar[str]

    def __init__(self, names: Sequence[str]) -> None:
        """A document with these variables."""

    def opening(self) -> str:
        """What comes before the rows."""

    def rows(self, batch: Sequence[Row]) -> list[str]:
        """The text of each row."""

    def closing(self, cut: Cut | None) -> str:
        """What comes after the rows; where they were cut, it says so if the format has a place for that."""

    @staticmethod
    def answer(answer: bool) -> str:
        """A whole document with the answer of ASK."""


def plain_kind(literal: ox.Literal) -> str | None:
    """The datatype of a literal that needs to be said: not that of plain texts, or those with a language."""
    if literal.language:
        return None
    kind = literal.datatype
    return None if kind == XSD.string else str(kind.value)


def direction_of(literal: ox.Literal) -> str | None:
    """The base direction of a text with a language (RDF 1.2): `ltr` or `rtl`; mostly None."""
    return None if literal.direction is None else str(literal.direction)
