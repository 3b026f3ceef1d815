"""What is found by words, as pages show it: with what to highlight in both countings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.errors import ExplorationError
from kg.exploration.pages import FIRST, Bounds, Page, check_limit
from kg.exploration.records import Span
from kg.exploration.spans import Ruler
from kg.store.search import Hit, Index, search


@dataclass(frozen=True, slots=True, kw_only=True)
class HitShown:
    """Something that was found."""

    iri: str
    id: str
    name: str
    """Its name; of an article its headline, of a relation the sentence that is its evidence."""
    type: str
    """The type of an entity; `article` or `relation`."""
    matched: str
    """The name by which it was found."""
    spans: tuple[Span, ...]
    """What of `matched` fits the words; empty where it was found by an id."""
    other_names: int
    """How many names it has beside `name`."""
    country: str | None
    wikidata: str | None
    relations: int
    """Of how many relations it is an end; of an article, how many it states."""
    mentions: int
    """How often the articles mention it."""
    score: float
    """How well `matched` fits, 0–1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """A page of what was found."""

    words: str
    """What was typed."""
    hits: Page[HitShown]


def hits(index: Index, words: str, *, types: Collection[str] = (), bounds: Bounds = FIRST) -> Hits:
    """Things whose names fit what is typed, the best first.

    Args:
        index: The index of the graph.
        words: What is typed; names may be misspelled a little, the last word may be begun.
        types: Types of entities, `article` or `relation`; none for entities of any type.
        bounds: Which page.

    Raises:
        SearchError: There is no such type.
        ExplorationError: The page cannot be.

    >>> from kg.store import Store
    >>> from kg.store.search.opening import index_of
    >>> hits(index_of(Store.in_memory()), "Ana").hits.total
    0
    """
    check_limit(bounds.limit)
    after = None if bounds.after is None else bounds.after[0] if len(bounds.after) == 1 else 0
    if isinstance(after, (int, float)):
        raise ExplorationError("The page does not follow one of this answer; begin with the first page.")
    found = search(index, words, types=types, limit=bounds.limit, after=after)
    return Hits(
        words=words,
        hits=Page(
            items=tuple(map(_shown, found.hits)),
            total=found.total,
            next=None if found.after is None else (found.after,),
        ),
    )


def _shown(hit: Hit) -> HitShown:
    ruler = Ruler(hit.matched)
    return HitShown(
        iri=hit.iri,
        id=hit.id,
        name=hit.name,
        type=hit.type,
        matched=hit.matched,
        spans=tuple(ruler.span(*place) for place in hit.spans),
        other_names=hit.other_names,
        country=hit.country,
        wikidata=hit.wikidata,
        relations=hit.relations,
        mentions=hit.mentions,
        score=hit.score,
    )
