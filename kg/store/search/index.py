"""The index of names as it is asked: opened for reading, and made where it is missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.errors import StoreError
from kg.store.search.folding import Words
from kg.store.search.matching import edits_allowed
from kg.store.search.writing import FORMAT

MOST_NEAR = 50
"""Words that one misspelled word may stand for, the nearest first."""
_VOCABULARY = "CREATE VIRTUAL TABLE temp.{0}_words USING fts5vocab('main', '{0}', 'row')"


class Index:
    """An index of names, for reading. It keeps its one file open, and opens no other."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Takes a database that `write_index` filled; use `open` or `index_of` instead."""
        self.connection = connection
        self.connection.execute("PRAGMA temp_store = MEMORY")
        for table in ("names", "texts"):
            self.connection.execute(_VOCABULARY.format(table))
        self._near = lru_cache(maxsize=1024)(self._find_near)
        self._near_beginnings = lru_cache(maxsize=1024)(self._find_near_beginnings)

    @classmethod
    def open(cls, file: Path | str) -> Self:
        """Opens the file of an index, such as `GRAPH/search.sqlite`; whether it is of the graph is not asked.

        Raises:
            StoreError: There is none, or it is damaged or of another version.
        """
        place = quote(str(Path(file).absolute()))
        try:
            connection = sqlite3.connect(
                f"file:{place}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
            )
            index = cls(connection)
            found = index.about("format")
        except sqlite3.Error as error:
            raise StoreError(f"There is no index of names in {str(file)!r} ({error}).") from error
        if found != FORMAT:
            index.close()
            raise StoreError(f"The index of names {str(file)!r} is of another version.")
        return index

    def close(self) -> None:
        """Lets go of the file; the index can't be used after."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def about(self, key: str) -> str | None:
        """What the index says of itself."""
        row = self.connection.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    @cached_property
    def size(self) -> int:
        """How many things can be found."""
        (count,) = self.connection.execute("SELECT max(number) FROM things").fetchone()
        return int(count or 0)

    def near(self, table: str, word: str, edits: int) -> Words:
        """The words of a table that are at most so many edits away, if the word may be misspelled so much.

        Counted is the optimal string alignment of Damerau and Levenshtein: letters that are added, left out,
        exchanged for others, or two that are swapped. The nearest come first, those of the alphabet first.
        """
        return self._near(table, word, min(edits, edits_allowed(word)))

    def _find_near(self, table: str, word: str, edits: int) -> Words:
        if not edits:
            return ()
        found = [
            (distance, one)
            for length in range(len(word) - edits, len(word) + edits + 1)
            for one, distance, _ in process.extract(
                word, self._words[table].get(length, ()), scorer=OSA.distance, score_cutoff=edits, limit=None
            )
            if distance
        ]
        return tuple(one for _, one in sorted(found)[:MOST_NEAR])

    def near_beginnings(self, table: str, word: str) -> Words:
        """The beginnings of words of a table that are one edit away from a word that may be misspelled.

        They end in the letter that it ends in: else all that begins as it does but for that would be found.
        Takes some 30 ms for a million quads.
        """
        return self._near_beginnings(table, word) if edits_allowed(word) else ()

    def _find_near_beginnings(self, table: str, word: str) -> Words:
        found: set[str] = set()
        for size in range(len(word) - 1, len(word) + 2):
            longer = (one for length, some in self._words[table].items() if length > size for one in some)
            last = word[-1]
            begun = {one[:size] for one in longer if one[size - 1] == last}
            near = process.extract(word, begun, scorer=OSA.distance, score_cutoff=1, limit=None)
            found.update(one for one, _, _ in near)
        return tuple(sorted(found - {word})[:MOST_NEAR])

    @cached_property
    def _words(self) -> dict[str, dict[int, Sequence[str]]]:
        """The words of each table by their length; some 5 MB for a million quads, read when first needed."""
        tables: dict[str, dict[int, Sequence[str]]] = {}
        for table in ("names", "texts"):
            by_length: dict[int, list[str]] = {}
            for (word,) in self.connection.execute(f"SELECT term FROM temp.{table}_words"):  # noqa: S608
                by_length.setdefault(len(word), []).append(word)
            tables[table] = dict(by_length)
        return tables
