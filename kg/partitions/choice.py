"""Which article each id of a run stands for, and what became of it.

It is kept in a temporary database on disk (SQLite, "Temporary Databases": with an empty name it is deleted
when it is closed), so that memory does not grow with the articles of a run.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Any

from kg.partitions.readings import version_of
from kg.types import Article

_TABLE = """
CREATE TABLE article (
    id BLOB PRIMARY KEY, length INTEGER, text BLOB, version TEXT, is_contested INTEGER, is_stored INTEGER
) WITHOUT ROWID
"""
Version = tuple[int, bytes, str]
"""Length and digest of an article's text, and the hash of all of it: where several have one id, the last in
order, and so the longest, stands for it."""


class Standing(Enum):
    """How an article stands to those of its id that came before it in a run."""

    CHOSEN = "chosen"
    """Its id stands for it, as far as is known yet."""
    REPEATED = "repeated"
    """It came before."""
    LESSER = "lesser"
    """Its id stands for another."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided on an article."""

    standing: Standing
    is_contested: bool = False
    """Whether another article with its id came before."""
    is_text_same: bool = False
    """Whether that has the same text."""


class Choices:
    """Decides on the articles of one run.

    >>> texts = ("Ana met Bo.", "Ana.")
    >>> with Choices() as choices:
    ...     found = [choices.consider(Article(id="a", text=text)).standing for text in texts]
    >>> [standing.value for standing in found]
    ['chosen', 'lesser']
    """

    def __init__(self) -> None:
        self._data = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._data.execute("PRAGMA journal_mode = OFF")
        self._data.execute("PRAGMA synchronous = OFF")
        self._data.execute(_TABLE)

    def __enter__(self) -> Choices:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._data.close()

    def consider(self, article: Article) -> Choice:
        """Decides which of the article and those of its id before it the id stands for."""
        new = _version(article)
        before = self._before(article.id)
        if before is None:
            self._data.execute("INSERT INTO article VALUES (?, ?, ?, ?, 0, 0)", (_key(article.id), *new))
            return Choice(Standing.CHOSEN)
        if new == before:
            return Choice(Standing.REPEATED)
        said = (*max(new, before), _key(article.id))
        self._data.execute(
            "UPDATE article SET length = ?, text = ?, version = ?, is_contested = 1 WHERE id = ?", said
        )
        standing = Standing.CHOSEN if new > before else Standing.LESSER
        return Choice(standing, is_contested=True, is_text_same=new[1] == before[1])

    def is_chosen(self, identifier: str, version: str) -> bool:
        """Whether an id stands for the article with this hash, as far as is known yet."""
        row = self._row("SELECT version, is_contested FROM article WHERE id = ?", identifier)
        return row is None or not row[1] or row[0] == version

    def note_stored(self, identifier: str) -> bool:
        """Notes that the article of an id was stored; gives whether that is the first time."""
        row = self._row("SELECT is_stored FROM article WHERE id = ?", identifier)
        self._data.execute("UPDATE article SET is_stored = 1 WHERE id = ?", (_key(identifier),))
        return row is None or not row[0]

    def _before(self, identifier: str) -> Version | None:
        row = self._row("SELECT length, text, version FROM article WHERE id = ?", identifier)
        return None if row is None else (row[0], row[1], row[2])

    def _row(self, query: str, identifier: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._data.execute(query, (_key(identifier),)).fetchone()
        return row


def _version(article: Article) -> Version:
    text = article.text.encode("utf-8", "surrogatepass")
    return len(article.text), hashlib.sha256(text).digest(), version_of(article)


def _key(identifier: str) -> bytes:
    return identifier.encode("utf-8", "surrogatepass")
