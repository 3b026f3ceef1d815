"""Finds things by what is typed: the names that fit it best first, and of those the most linked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from functools import partial

from kg.errors import SearchError, StoreError
from kg.store.search.cursors import Cursor, read_cursor
from kg.store.search.highlighting import Span, matching_spans
from kg.store.search.index import Index
from kg.store.search.matching import SCORES, Fit, Typed, understood
from kg.store.search.records import ARTICLE, RELATION, Hit, Page
from kg.store.search.writing import BY_IDENTIFIER, PLACE_BITS, TEXTS
from kg.types import EntityType

KINDS = (*(member.value for member in EntityType), ARTICLE, RELATION)
"""The types that can be asked for."""
MOST = 1_000
"""Things on a page."""
_PLACES = (1 << PLACE_BITS) - 1
_HITS = {
    "names": "SELECT ? AS fit, rowid AS row FROM names WHERE names MATCH ?",
    "texts": "SELECT ? AS fit, rowid AS row FROM texts WHERE texts MATCH ?",
}
_WHOLES = "SELECT ? AS fit, number AS row FROM wholes WHERE whole IN (SELECT value FROM json_each(?))"
_IDENTIFIERS = """
    SELECT ? AS fit, number << 16 | 65535 AS row FROM identifiers
    WHERE identifier IN (SELECT value FROM json_each(?))
"""
_BEST = "SELECT row >> 16 AS number, min(fit << 16 | (row & 65535)) AS best"
_OF_KINDS = "JOIN things ON things.number = row >> 16 WHERE kind IN (SELECT value FROM json_each(?))"
_PAGE = """
    SELECT count(*), 0 FROM found
    UNION ALL SELECT * FROM (
        SELECT number, best FROM found WHERE (best >> 16, number) > (?, ?) ORDER BY best >> 16, number LIMIT ?
    )
"""
_THING = """
    SELECT iri, id, kind, name, country, wikidata, relations, mentions, others FROM things WHERE number = ?
"""
Part = tuple[str, tuple[int, str]]
"""A statement that finds rows, with its values."""


def search(
    index: Index, words: str, *, types: Collection[str] = (), limit: int = 20, after: str | None = None
) -> Page:
    """Things whose names fit what is typed, the best first.

    Case, diacritics, punctuation, script and the order of words make no difference. All words are wanted;
    the last may be the beginning of one. Words of four letters may be misspelled by one edit, of eight by
    two. What fits exactly comes before what begins so, and that before what is spelled otherwise; of what
    fits equally well, the most linked comes first, then IRIs decide. Where nothing fits, the beginning of the
    last word may be misspelled.

    Args:
        index: The index of the graph.
        words: What is typed; a name, part of one, an id or a Wikidata id. Any text will do. What is beyond
            400 characters or 12 words is not looked at.
        types: Of which types things shall be: those of entities, `article` (by headline) and `relation` (by
            the sentence that is its evidence); none for entities of any.
        limit: How many to give at most, from 1 to 1,000.
        after: `after` of the page before; None for the first.

    Raises:
        SearchError: There is no such type, or `limit` or `after` is out of range.
        StoreError: The index is damaged.

    >>> from kg.store import Store
    >>> from kg.store.search.opening import index_of
    >>> search(index_of(Store.in_memory()), "Ana").total
    0
    """
    kinds = _kinds(types)
    if not 1 <= limit <= MOST:
        raise SearchError(f"The limit {limit} is not between 1 and {MOST}; ask for the next page for more.")
    cursor = None if after is None else read_cursor(after)
    typed = understood(words)
    try:
        return _page(index, typed, kinds, limit, cursor)
    except sqlite3.Error as error:
        raise StoreError(
            f"The index of names is damaged ({error}); remove it, and it is made anew."
        ) from error


def _page(index: Index, typed: Typed, kinds: frozenset[str], limit: int, cursor: Cursor | None) -> Page:
    place = (0, 0) if cursor is None else (cursor.fit, cursor.number(index))
    asked = (*place, limit + 1)
    total, rows = _found(index, kinds, _parts(index, typed, kinds), asked)
    if not total:
        total, rows = _found(index, kinds, _loosest_parts(index, typed, kinds), asked)
    hits = [_hit(index, typed, number, best) for number, best in rows[:limit]]
    return Page(
        hits=tuple(hit for hit, _ in hits),
        total=total,
        after=hits[-1][1] if len(rows) > limit else None,
    )


def _kinds(types: Collection[str]) -> frozenset[str]:
    wanted = frozenset(str(one) for one in ([types] if isinstance(types, str) else types))
    if unknown := sorted(wanted - set(KINDS)):
        raise SearchError(f"There is no type {unknown[0]!r}; choose one of {', '.join(KINDS)}.")
    return wanted


def _found(
    index: Index, kinds: frozenset[str], parts: list[Part], page: tuple[int, int, int]
) -> tuple[int, list[tuple[int, int]]]:
    """How many things some statements find, and the number and best fit of those on a page."""
    if not parts:
        return 0, []
    hits = " UNION ALL ".join(part for part, _ in parts)
    of_kinds = _OF_KINDS if kinds else ""
    statement = f"WITH found AS ({_BEST} FROM ({hits}) {of_kinds} GROUP BY 1) {_PAGE}"
    given = [value for _, values in parts for value in values]
    asked = [json.dumps(sorted(kinds))] if kinds else []
    (total, _), *rows = index.connection.execute(statement, [*given, *asked, *page])
    return total, rows


def _tables(kinds: frozenset[str]) -> list[str]:
    """Where things of some types, or of all entities', are found."""
    wanted = {"names": not kinds or bool(kinds - TEXTS), "texts": bool(kinds & TEXTS)}
    return [table for table, is_wanted in wanted.items() if is_wanted]


def _parts(index: Index, typed: Typed, kinds: frozenset[str]) -> list[Part]:
    tables = _tables(kinds)
    exact = _exact_hits(typed) if "names" in tables else []
    return [*exact, *(part for table in tables for part in _hits(index, typed, table))]


def _loosest_parts(index: Index, typed: Typed, kinds: frozenset[str]) -> list[Part]:
    """What finds things where nothing else does."""
    found = []
    for table in _tables(kinds):
        expression = typed.loosest(partial(index.near, table), partial(index.near_beginnings, table))
        if expression:
            found.append((_HITS[table], (int(Fit.BEGINNING_EDIT), expression)))
    return found


def _exact_hits(typed: Typed) -> list[Part]:
    """What finds things of just this name or id."""
    if not typed.text:
        return []
    ids = [typed.text, typed.text.upper(), typed.last_part]
    return [(_IDENTIFIERS, (Fit.WHOLE, json.dumps(ids))), (_WHOLES, (Fit.WHOLE, json.dumps(typed.wholes)))]


def _hits(index: Index, typed: Typed, table: str) -> list[Part]:
    """What finds things by words, by how well they fit."""
    found = typed.expressions(partial(index.near, table))
    return [(_HITS[table], (fit, text)) for fit, text in found]


def _hit(index: Index, typed: Typed, number: int, best: int) -> tuple[Hit, str]:
    """What was found, and the cursor after it."""
    fit, place = Fit(best >> PLACE_BITS), best & _PLACES
    iri, id_, kind, name, country, wikidata, relations, mentions, others = index.connection.execute(
        _THING, (number,)
    ).fetchone()
    matched, spans = typed.text, tuple[Span, ...]()
    if place != BY_IDENTIFIER:
        query = "SELECT name FROM spellings WHERE number = ?"
        (matched,) = index.connection.execute(query, (number << PLACE_BITS | place,)).fetchone()
        spans = matching_spans(matched, typed, fit)
    hit = Hit(
        iri=iri, id=id_, name=name, type=kind, matched=matched, spans=spans, other_names=others,
        country=country, wikidata=wikidata, relations=relations, mentions=mentions, score=SCORES[fit],
    )  # fmt: skip
    return hit, Cursor(fit, relations, mentions, iri).text()
