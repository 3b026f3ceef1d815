"""One page of a long answer, and where the next one begins.

A page begins after a key, not at a number, so that pages neither repeat nor miss what was there all along,
also where the graph has changed between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import Generic, TypeAlias, TypeVar

from kg.errors import ExplorationError

Key: TypeAlias = tuple[str | int | float, ...]
"""What answers are in order of; no two of an answer have the same."""
Item = TypeVar("Item")

MOST_ITEMS = 500
"""Of a page: more than anybody reads, and some 500 kB."""
FEW_ITEMS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Which page is wanted."""

    limit: int = FEW_ITEMS
    after: Key | None = None
    """The key of the last item of the page before; None for the first page."""


FIRST = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    """Some items of all, in order."""

    items: tuple[Item, ...]
    total: int
    """How many there are on all pages."""
    next: Key | None
    """After which key the next page begins; None where this one is the last."""


def page(keyed: Iterable[tuple[Key, Item]], bounds: Bounds = FIRST) -> Page[Item]:
    """A page of items that have keys, in the order of the keys.

    >>> page([((2,), "b"), ((1,), "a"), ((3,), "c")], Bounds(limit=2))
    Page(items=('a', 'b'), total=3, next=(2,))

    Raises:
        ExplorationError: The limit is too small or too large, or the key is not one of this answer.
    """
    check_limit(bounds.limit)
    every = list(keyed)
    after = bounds.after
    if after is not None and every and list(map(type, after)) != list(map(type, every[0][0])):
        raise ExplorationError("The page does not follow one of this answer; begin with the first page.")
    left = every if after is None else [one for one in every if one[0] > after]
    first = nsmallest(bounds.limit, left, key=lambda one: one[0])
    return Page(
        items=tuple(item for _, item in first),
        total=len(every),
        next=first[-1][0] if len(left) > len(first) else None,
    )


def check_limit(limit: int, *, most: int = MOST_ITEMS) -> None:
    """Refuses a number of items that is none, or more than a page holds.

    Raises:
        ExplorationError: It is not from 1 to the most.
    """
    if not 1 <= limit <= most:
        raise ExplorationError(f"A page has 1 to {most} items, not {limit}; ask for the next page instead.")
