"""Where words stand in a text and its paragraphs, in characters and in UTF-16 code units."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import TypeAlias

from kg.exploration.records import Span
from kg.rdf.quads import Term, value
from kg.vocabulary import NIF

_BREAK = re.compile(r"\s*[\n\r\u2028\u2029]\s*")
"""A paragraph ends where a line does, as extraction reads it."""
_BEYOND = re.compile(r"[\U00010000-\U0010ffff]")
"""What takes two code units in UTF-16."""


Place: TypeAlias = tuple[int, int]
"""Start and end, in characters of a text, end exclusive."""


class Ruler:
    """Measures spans of one text.

    >>> Ruler("🙂 Ana").span(2, 5)
    Span(start=2, end=5, start_utf16=3, end_utf16=6)
    """

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._wide = [match.start() for match in _BEYOND.finditer(text)]

    def span(self, start: int, end: int, *, within: int = 0) -> Span:
        """The span of characters, counted from the beginning of the text or from a character within it.

        What reaches beyond the text is cut.
        """
        start = min(max(start, within), self._length)
        end = min(max(end, start), self._length)
        units, first = self._units(within), within
        return Span(
            start=start - first,
            end=end - first,
            start_utf16=self._units(start) - units,
            end_utf16=self._units(end) - units,
        )

    def _units(self, offset: int) -> int:
        """Code units before a character."""
        return offset + bisect_right(self._wide, offset - 1)


def paragraphs(text: str, whole: Iterable[Place] = ()) -> list[Place]:
    r"""Starts and ends of the paragraphs of a text, without the white space around them.

    Args:
        text: The text.
        whole: Spans that no paragraph may end in; paragraphs that one reaches over are put together.

    >>> paragraphs("Title\n\nAna met Bo.\n")
    [(0, 5), (7, 18)]
    """
    spans = sorted(whole)
    starts = [start for start, _ in spans]
    reach, furthest = [], 0
    for _, end in spans:
        furthest = max(furthest, end)
        reach.append(furthest)
    found, start = [], 0
    for match in _BREAK.finditer(text):
        before = bisect_right(starts, match.start() - 1)
        if before and reach[before - 1] > match.end():
            continue
        if match.start() > start:
            found.append((start, match.start()))
        start = match.end()
    end = len(text.rstrip())
    return [*found, (start, end)] if end > start else found


def place_of(words: dict[str, list[Term]]) -> Place:
    """Where words stand, by what NIF says of them.

    >>> place_of({})
    (0, 0)
    """
    start, end = (value(words, edge) or "" for edge in (NIF.beginIndex, NIF.endIndex))
    return int(start) if start.isdecimal() else 0, int(end) if end.isdecimal() else 0
