"""What is put into the index of names, and what a search gives."""

from __future__ import annotations

from dataclasses import dataclass

ARTICLE = "article"
"""The kind of what is found by the headlines of articles."""
RELATION = "relation"
"""The kind of what is found by the sentences that are evidence of relations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something that has names: an entity; an article with its headline, a relation with its sentence."""

    iri: str
    id: str
    kind: str
    """The type of an entity, `article` or `relation`."""
    name: str
    others: tuple[str, ...] = ()
    """Its other names."""
    identifiers: tuple[str, ...] = ()
    """Ids under which it is known beside `id`, such as those of entities that are shown as this one."""
    country: str | None = None
    wikidata: str | None = None
    relations: int = 0
    """Of how many relations it is an end; of an article, how many it states."""
    mentions: int = 0
    """How often the articles mention it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found."""

    iri: str
    id: str
    name: str
    """The preferred name; of an article its headline, of a relation the sentence that is its evidence."""
    type: str
    """The type of an entity, such as `person`; `article` or `relation`."""
    matched: str
    """The name by which it was found."""
    spans: tuple[tuple[int, int], ...]
    """What of `matched` fits the words, for highlighting: start and end in characters, end exclusive, in
    order; empty where it was found by an id."""
    other_names: int
    """How many names it has beside `name`."""
    country: str | None
    """ISO 3166-1 alpha-3 code, or `IGO`."""
    wikidata: str | None
    relations: int
    """Of how many relations it is an end; of an article, how many it states."""
    mentions: int
    """How often the articles mention it."""
    score: float
    """How well `matched` fits, from 0 to 1: 1 a whole name, 0.9 words of one, 0.75 with the beginning of a
    word, 0.6 with initials, 0.5 with words one edit away, 0.3 two edits away, 0.2 with a misspelled
    beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of what was found, the best first."""

    hits: tuple[Hit, ...]
    total: int
    """How many are found in all, on all pages."""
    after: str | None
    """What to give as `after` for the page that follows this; None where this is the last."""
