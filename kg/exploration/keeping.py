"""The file of a graph's relations by columns, and of its totals, for whoever begins to read it.

It says of which state of the data it is, as the index of names does (`kg.store.search.keeping`), is written
under another name and renamed when it is whole, and is never changed. It begins with a line that names the
format and the length of a header in 8 bytes; the header, in JSON, has the totals, and tells of the blocks
that follow one another: the values, in JSON, and the columns as they are in memory.
"""

from __future__ import annotations

import contextlib
import json
import logging
import mmap
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from kg.exploration.columns import Columns, Entities, read_columns
from kg.exploration.reading import reader_of
from kg.exploration.totals import Totals, totals_of
from kg.store import Store
from kg.store.folder import COLUMNS
from kg.types import EntityType, Status

_MAGIC = b"kg-columns 1\n"
_LENGTH = 8
"""Bytes of the length of the header."""
_ALIGNED = 8
"""Columns begin at a multiple of so many bytes, so that they can be used where they are."""
_ORDER = sys.byteorder
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that is open, of the right state."""

    content: mmap.mmap
    columns: Mapping[str, tuple[str, int, int]]
    """The type, the length and the place in the file of each column."""
    totals: Totals
    values: int
    """Bytes of the values."""
    start: int
    """Where they begin."""

    @property
    def end(self) -> int:
        """Where the last column ends."""
        ends = (place + length * np.dtype(kind).itemsize for kind, length, place in self.columns.values())
        return self.start + max(ends, default=self.values)


def columns_of(store: Store) -> Columns:
    """The columns of a graph: those that are kept beside it, or read now; remembered where it cannot change.

    To read them takes some 50 µs for each relation, of those that are kept 1 µs.

    >>> len(columns_of(Store.in_memory()))
    0
    """
    reader = reader_of(store)
    return reader.answer(columns_of.__name__, lambda: _kept(store) or read_columns(reader))


def kept_totals(store: Store) -> Totals | None:
    """How much a graph holds, as it is kept beside it; None where it is not.

    >>> kept_totals(Store.in_memory())
    """
    opened = _opened(store)
    return None if opened is None else opened.totals


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
            _write(file, columns_of(store), totals_of(reader_of(store)), store.state)
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
        with path.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # there is none, or it is empty
        return None
    start = len(_MAGIC) + _LENGTH
    if content[: len(_MAGIC)] != _MAGIC:
        return None
    values = start + int.from_bytes(content[len(_MAGIC) : start], "little")
    try:
        header = json.loads(content[start:values])
        if (header["state"], header["order"]) != (state, _ORDER):
            return None
        totals = _TOTALS.validate_python(header["totals"])
        opened = _Opened(content, header["columns"], totals, header["values"], values)
        is_whole = len(content) >= opened.end
    except (ValueError, KeyError, TypeError):
        is_whole = False
    if not is_whole:
        _LOGGER.warning("The file %r is broken, and is made anew.", str(path))
        return None
    return opened


def _write(file: IO[bytes], columns: Columns, totals: Totals, state: str) -> None:
    found = {name: column for record in (columns, columns.entities) for name, column in _numbers(record)}
    values = json.dumps(_values(columns)).encode()
    places: dict[str, tuple[str, int, int]] = {}
    end = len(values)
    for name, column in found.items():
        end += -end % _ALIGNED
        places[name] = (column.dtype.str, len(column), end)
        end += column.nbytes
    header = {
        "state": state,
        "order": _ORDER,
        "totals": _TOTALS.dump_python(totals, mode="json"),
        "values": len(values),
        "columns": places,
    }
    content = json.dumps(header).encode()
    content += b" " * (-(len(_MAGIC) + _LENGTH + len(content)) % _ALIGNED)
    start = len(_MAGIC) + _LENGTH + len(content)
    file.write(_MAGIC + len(content).to_bytes(_LENGTH, "little") + content + values)
    for name, column in found.items():
        file.seek(start + places[name][2])
        file.write(column.tobytes())


def _read(opened: _Opened) -> Columns:
    content, start = opened.content, opened.start
    values = json.loads(content[start : start + opened.values])
    found: dict[str, NDArray[Any]] = {
        name: np.frombuffer(content, np.dtype(kind), length, start + place)
        for name, (kind, length, place) in opened.columns.items()
    }
    about = values.pop("entities")
    kinds = tuple(map(EntityType, about.pop("kinds")))
    statuses = tuple(map(Status, values.pop("statuses")))
    entities = Entities(kinds=kinds, kind=found.pop("kind"), **about)
    listed: dict[str, Any] = {name: tuple(one) for name, one in values.items()}
    return Columns(entities=entities, statuses=statuses, **{**listed, **found})


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


_TOTALS = TypeAdapter(Totals)
_OPENED: WeakKeyDictionary[Store, _Opened] = WeakKeyDictionary()
