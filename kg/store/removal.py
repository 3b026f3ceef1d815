"""Forgets articles: all that are named, or none where one is not there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ArticleError, StoreError
from kg.store.judging import Judged
from kg.store.store import Store

_AT_ONCE = 100
"""Articles that go in one transaction: what they share is worked out once, and the memory is bounded."""
_SHOWN = 3
"""Ids that are named in a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was forgotten, and what stays."""

    articles: int
    relations: int
    """Relations of the articles that are gone."""
    entities: int
    """Entities that no article names any more."""
    left: int
    """Articles that stay."""
    judged: Judged = field(default_factory=Judged)
    """Which entities of the others were judged to be one."""


def remove_articles(store: Store, ids: Iterable[str]) -> Removed:
    """Forgets the articles with these ids, and judges once at the end which entities of the others are one.

    Raises:
        StoreError: The store is read-only, or has no article with one of the ids; then nothing is removed.

    >>> remove_articles(Store.in_memory(), []).articles
    0
    """
    wanted = list(dict.fromkeys(ids))
    _refuse_unknown([identifier for identifier in wanted if not store.holds(identifier)], store)
    before = store.info()
    with store.adding():
        for start in range(0, len(wanted), _AT_ONCE):
            store.remove_all(wanted[start : start + _AT_ONCE])
    judged = store.judge()
    after = store.info()
    return Removed(
        articles=before.articles - after.articles,
        relations=before.relations - after.relations,
        entities=before.entities - after.entities,
        left=after.articles,
        judged=judged,
    )


def read_ids(path: Path) -> list[str]:
    """The ids in a file, one a line; blank lines are passed over.

    Raises:
        ArticleError: The file cannot be read.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(
            f"The list of ids {str(path)!r} cannot be read ({error}); give a file in UTF-8, an id a line.",
            place=str(path),
        ) from error
    return [line.removesuffix("\r") for line in lines if line.strip()]


def _refuse_unknown(unknown: list[str], store: Store) -> None:
    if not unknown:
        return
    first, graph = unknown[0], str(store.path or "in memory")
    near = difflib.get_close_matches(first, [article.id for article in store.articles()], n=_SHOWN)
    if near:
        hint = f"near it are {', '.join(map(repr, near))}"
    else:
        hint = f"`kg query {graph} 'SELECT ?id {{ ?article schema:identifier ?id }}'` lists all"
    more = f", and {len(unknown) - 1} others are not there either" if len(unknown) > 1 else ""
    raise StoreError(f"There is no article {first!r} in {graph!r}{more}; nothing was removed; {hint}.")
