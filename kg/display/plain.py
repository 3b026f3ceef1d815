"""Tables of text for a terminal, as narrow as one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kg.display.rendering import clipped, visible

WIDTH = 100
"""Columns of a table at most, unless its many columns need more."""
ROWS = 10
"""Rows that are shown."""
_NARROWEST = 8
_WIDE = frozenset("WF")
"""East Asian widths of characters that take two columns (Unicode Standard Annex 11)."""


def text_table(headings: Sequence[str], rows: Sequence[Sequence[object]], *, total: int) -> str:
    """Rows below their headings, cut to the width of a terminal; the last line says how many there are.

    Args:
        headings: A name a column.
        rows: Those that are shown.
        total: How many there are.

    >>> print(text_table(["who", "n"], [["Ana Bell", 2]], total=12))
    who       n
    Ana Bell  2
    1 of 12 rows
    """
    cells = [[_cell(value) for value in row] for row in [headings, *rows]]
    widths = _fitted([max(map(columns, column)) for column in zip(*cells, strict=True)])
    lines = [
        "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in cells
    ]
    return "\n".join([*(line.rstrip() for line in lines), counted(len(rows), total, "row")])


def counted(shown: int, total: int, noun: str) -> str:
    """How many of how many there are, in words.

    >>> counted(1, 1, "row"), counted(10, 1312, "row")
    ('1 row', '10 of 1,312 rows')
    """
    nouns = noun if total == 1 else f"{noun}s"
    return f"{total:,} {nouns}" if shown == total else f"{shown:,} of {total:,} {nouns}"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> columns("Ana"), columns("安娜")
    (3, 4)
    """
    return sum(_columns_of(char) for char in text)


def _columns_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def _cell(value: object) -> str:
    return "" if value is None else visible(clipped(str(value))).replace("\n", " ").replace("\t", " ")


def _fitted(widths: list[int]) -> list[int]:
    """The widths with the widest cut until all fit, or are as narrow as can be read."""
    fitted = list(widths)
    while sum(fitted) + 2 * (len(fitted) - 1) > WIDTH and max(fitted) > _NARROWEST:
        over = sum(fitted) + 2 * (len(fitted) - 1) - WIDTH
        widest = fitted.index(max(fitted))
        others = sorted(fitted)[-2] if len(fitted) > 1 else 0
        fitted[widest] = max(fitted[widest] - max(1, min(over, fitted[widest] - others)), _NARROWEST)
    return fitted


def _padded(text: str, width: int) -> str:
    if columns(text) > width:
        kept = ""
        for char in text:
            if columns(kept + char) >= width:
                break
            kept += char
        text = kept + "…"
    return text + " " * (width - columns(text))
