"""What is sent of a graph at once: its triples as lines of N-Triples, in portions of so many bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.errors import RemoteError

_ENDS_BLANK = re.compile(r' _:[^\s"]+ \.\n\Z')


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Triples of one graph."""

    graph: str | None
    """Its IRI; None for the default graph."""
    lines: tuple[str, ...]
    replaces: bool = False
    """Whether they take the place of all that the graph holds, rather than being added."""

    @property
    def bytes(self) -> int:
        """About the size of the portion as it is sent."""
        return sum(map(len, self.lines)) + 2 * len(self.graph or "")

    def halves(self) -> tuple[Portion, Portion] | None:
        """Two portions that say the same one after the other; None of a single triple.

        Raises:
            RemoteError: It holds blank nodes, which are others in each request.
        """
        middle = len(self.lines) // 2
        if not middle:
            return None
        refuse_cut(self.graph, self.lines)
        return replace(self, lines=self.lines[:middle]), Portion(graph=self.graph, lines=self.lines[middle:])


def line_of(quad: ox.Quad | ox.Triple) -> str:
    r"""A triple as a line of canonical N-Triples.

    >>> line_of(ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c")))
    '<urn:a> <urn:b> "c" .\n'
    """
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"


def portions_of(
    graph: str | None, lines: Iterable[str], most: int, *, replaces: bool = False
) -> Iterator[Portion]:
    r"""The lines of a graph in portions of at most so many bytes each; at least one, if an empty one.

    Raises:
        RemoteError: A graph with blank nodes takes more than one.

    >>> [len(one.lines) for one in portions_of(None, ["a .\n"] * 5, 10)]
    [2, 2, 1]
    """
    kept: list[str] = []
    size, is_first = 0, True
    for line in lines:
        length = len(line.encode())
        if kept and size + length > most:
            refuse_cut(graph, kept)
            yield Portion(graph=graph, lines=tuple(kept), replaces=replaces and is_first)
            kept, size, is_first = [], 0, False
        kept.append(line)
        size += length
    if not is_first:
        refuse_cut(graph, kept)
    if kept or is_first:
        yield Portion(graph=graph, lines=tuple(kept), replaces=replaces and is_first)


def refuse_cut(graph: str | None, lines: Iterable[str]) -> None:
    r"""Refuses to send lines apart that hold blank nodes.

    Raises:
        RemoteError: They do.

    >>> refuse_cut(None, ["<urn:a> <urn:b> <urn:c> .\n"])
    """
    if any(line.startswith("_:") or _ENDS_BLANK.search(line) for line in lines):
        raise RemoteError(
            f"The graph {graph or 'by default'} holds blank nodes, and does not fit in one request; let the "
            "store take larger ones, and give --batch."
        )


def batches_of(portions: Iterable[Portion], most: int) -> Iterator[list[Portion]]:
    r"""The portions in order, as many together as fit in so many bytes.

    >>> [len(one) for one in batches_of([Portion(graph=None, lines=("a .\n",))] * 3, 8)]
    [2, 1]
    """
    batch: list[Portion] = []
    size = 0
    for portion in portions:
        if batch and size + portion.bytes > most:
            yield batch
            batch, size = [], 0
        batch.append(portion)
        size += portion.bytes
    if batch:
        yield batch
