"""Texts cut into paragraphs and runs of words, so that a template can mark sentences and mentions in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

Note: TypeAlias = tuple[int, int, str]
"""Start and end of words in a text, end exclusive, and what is said of them."""
_BREAK = re.compile(r"\s*[\n\r\u2028\u2029]\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that are marked alike."""

    text: str
    notes: tuple[str, ...]
    """What is said of them; empty where they are not marked."""
    inner: tuple[Run, ...] = ()
    """The same words, cut by the marks within."""


def marked(text: str, outer: Sequence[Note], inner: Sequence[Note]) -> list[list[Run]]:
    r"""The paragraphs of a text, each as its runs.

    Args:
        text: The text.
        outer: Marks that runs are cut by.
        inner: Marks within these.

    >>> [[run]] = marked("Ana met Bo.\n", [(0, 11, "meet")], [(0, 3, "Ana Bell")])
    >>> run.notes, [(part.text, part.notes) for part in run.inner]
    (('meet',), [('Ana', ('Ana Bell',)), (' met Bo.', ())])
    """
    return [
        [Run(text[a:b], notes, tuple(_inner(text, inner, a, b))) for a, b, notes in _runs(outer, start, end)]
        for start, end in _paragraphs(text)
    ]


def _inner(text: str, notes: Iterable[Note], start: int, end: int) -> Iterator[Run]:
    return (Run(text[a:b], said) for a, b, said in _runs(notes, start, end))


def _runs(notes: Iterable[Note], start: int, end: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """What lies between two places, cut wherever a mark begins or ends."""
    near = [note for note in notes if note[0] < end and note[1] > start]
    edges = {max(start, a) for a, _, _ in near} | {min(end, b) for _, b, _ in near}
    found = []
    for one, next_ in pairwise(sorted({start, end} | edges)):
        said = dict.fromkeys(what for a, b, what in near if a <= one and b >= next_)
        found.append((one, next_, tuple(said)))
    return found


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for match in _BREAK.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    return [(a, b) for a, b in [*found, (start, len(text))] if b > a]
