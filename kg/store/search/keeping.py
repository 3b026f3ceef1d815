"""The file of the index in a graph's folder: written whole, and known to be of the data beside it, or not.

The index says of which state of the data it was made. The marker of the graph says which state the data are
in, another with every writer. The file is written under another name and renamed when it is whole, and never
changed, so that whoever has it open, or a hard link to it, goes on with what was.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.search.contents import read_things
from kg.store.search.index import Index
from kg.store.search.writing import write_index
from kg.vocabulary import Vocabulary

FILE = "search.sqlite"
_STATE = "state"
_LOGGER = logging.getLogger(__name__)


def open_kept(folder: Path, state: str) -> Index | None:
    """The index that is kept in a folder; None where none is, or not of this state of the data."""
    if not (folder / FILE).is_file():
        return None
    try:
        index = Index.open(folder / FILE)
    except StoreError:
        return None
    if index.about(_STATE) != state:
        index.close()
        return None
    return index


def keep_index(folder: Path, data: ox.Store, vocabulary: Vocabulary, base: str, state: str) -> bool:
    """Makes the index of a store and keeps it in a folder; gives whether it could be kept.

    A graph is whole without it, so it is no error if it cannot be: it is then made when it is needed.

    Args:
        folder: That of the graph, or another.
        data: The store.
        vocabulary: What it is written with.
        base: Where its IRIs are minted.
        state: Of which state of the data it is made.
    """
    waiting = folder / f"{FILE}.{os.getpid()}.part"
    try:
        waiting.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(waiting, isolation_level=None)) as connection:
            write_index(read_things(data, vocabulary, base), connection, {_STATE: state})
        with waiting.open("rb+") as file:
            os.fsync(file.fileno())
        waiting.replace(folder / FILE)
    except (OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)
        _LOGGER.info("The index of names cannot be kept in %r: %s.", str(folder), error)
        return False
    return True


def make_index(data: ox.Store, vocabulary: Vocabulary, base: str) -> Index:
    """Makes the index of a store in memory; takes some 4 s, and 25 MB, for a million quads."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA temp_store = MEMORY")  # there may be no disk to write to
    write_index(read_things(data, vocabulary, base), connection, {})
    return Index(connection)


def drop_index(folder: Path) -> None:
    """Removes the index that a folder keeps, and what is left where one was being made.

    Raises:
        OSError: It is there, and cannot be removed.
    """
    for file in folder.glob(f"{FILE}*"):
        file.unlink(missing_ok=True)
