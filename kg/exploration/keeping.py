"""The file of a graph's relations by columns, so that who begins to read a graph need not make them.

It says of which state of the data it is, as the index of names does (`kg.store.search.keeping`), is written
under another name and renamed when it is whole, and is never changed. It begins with a line that names the
format and the length of a header in 8 bytes; the header, in JSON, tells of the blocks that follow one another:
the values, in JSON, and the columns as they are in memory.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kg.exploration.columns import Columns, Entities, read_columns
from kg.exploration.reading import reader_of
from kg.store import Store
from kg.store.folder import COLUMNS
from kg.types import EntityType, Status

_MAGIC = b"kg-columns 1\n"
_LENGTH = 8
"""Bytes of the length of the header."""
_ORDER = sys.byteorder
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that is open, of the right state."""

    file: IO[bytes]
    columns: Mapping[str, tuple[str, int]]
    """The type and the length of each column, in their order."""
    values: int
    """Bytes of the values."""
    start: int
    """Where they begin."""


def columns_of(store: Store) -> Columns:
    """The columns of a graph: those that are kept beside it, or read now; remembered where it cannot change.

    To read them takes some 50 µs for each relation, of those that are kept 1 µs.

    >>> len(columns_of(Store.in_memory()))
    0
    """
    reader = reader_of(store)
    return reader.answer(columns_of.__name__, lambda: _kept(store) or read_columns(reader))


def open_columns(store: Store) -> bool:
    """Opens the file that is kept beside a graph, for when it is needed; gives whether there is one.

    A process that can open no files later must do so first.
    """
    return _opened(store) is not None


def keep_columns(store: Store) -> bool:
    """Makes the columns of a graph and keeps them beside it; gives whether they could be kept.

    A graph is whole without them, so it is no error if they cannot.
    """
    if store.path is None or store.state is None:
        return False
    waiting = store.path / f"{COLUMNS}.{os.getpid()}.part"
    try:
        with waiting.open("wb") as file:
            _write(file, columns_of(store), store.state)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(store.path / COLUMNS)
    except OSError as error:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)
        _LOGGER.info("Columns cannot be kept in %r: %s.", str(store.path), error)
        return False
    return True


def _kept(store: Store) -> Columns | None:
    """The columns that are kept; None where none are, or they are broken, or of another state."""
    opened = _opened(store)
    if opened is None:
        return None
    try:
        return _read(opened)
    except (OSError, ValueError, KeyError, TypeError) as error:
        _LOGGER.warning("The file %r is broken, and is not used: %s.", COLUMNS, error)
        return None


def _opened(store: Store) -> _Opened | None:
    if not store.read_only or store.path is None or store.state is None:
        return None
    if store not in _OPENED:
        found = _open(store.path / COLUMNS, store.state)
        if found is None:
            return None
        _OPENED[store] = found
    return _OPENED[store]


def _open(path: Path, state: str) -> _Opened | None:
    try:
        file = path.open("rb")
    except OSError:
        return None
    try:
        if file.read(len(_MAGIC)) == _MAGIC:
            length = int.from_bytes(file.read(_LENGTH), "little")
            header = json.loads(file.read(length))
            if (header["state"], header["order"]) == (state, _ORDER):
                return _Opened(file, header["columns"], header["values"], len(_MAGIC) + _LENGTH + length)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, MemoryError) as error:
        _LOGGER.warning("The file %r is broken, and is not used: %s.", str(path), error)
    file.close()
    return None


def _write(file: IO[bytes], columns: Columns, state: str) -> None:
    found = {name: column for record in (columns, columns.entities) for name, column in _numbers(record)}
    values = json.dumps(_values(columns)).encode()
    header = {
        "state": state,
        "order": _ORDER,
        "values": len(values),
        "columns": {name: (column.dtype.str, len(column)) for name, column in found.items()},
    }
    content = json.dumps(header).encode()
    file.write(_MAGIC + len(content).to_bytes(_LENGTH, "little") + content + values)
    for column in found.values():
        file.write(column.tobytes())


def _read(opened: _Opened) -> Columns:
    opened.file.seek(opened.start)
    values = json.loads(opened.file.read(opened.values))
    found: dict[str, NDArray[Any]] = {}
    for name, (kind, length) in opened.columns.items():
        dtype = np.dtype(kind)
        found[name] = np.frombuffer(opened.file.read(length * dtype.itemsize), dtype, length)
    about = values.pop("entities")
    kinds = tuple(map(EntityType, about.pop("kinds")))
    statuses = tuple(map(Status, values.pop("statuses")))
    entities = Entities(kinds=kinds, kind=found.pop("kind"), **about)
    listed = {name: tuple(one) for name, one in values.items()}
    return Columns(entities=entities, statuses=statuses, **listed, **found)


def _numbers(record: Columns | Entities) -> list[tuple[str, NDArray[Any]]]:
    named = [(field.name, getattr(record, field.name)) for field in fields(record)]
    return [(name, value) for name, value in named if isinstance(value, np.ndarray)]


def _values(record: Columns | Entities) -> dict[str, object]:
    """All that a record holds but its columns."""
    found: dict[str, object] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Entities):
            found[field.name] = _values(value)
        elif isinstance(value, Sequence):
            found[field.name] = list(value)
    return found


_OPENED: WeakKeyDictionary[Store, _Opened] = WeakKeyDictionary()
