"""Takes a graph's folder as it is at a moment into another folder, while others read it and write to it.

RocksDB, which holds the data, never changes a table file (`.sst`): such files are linked, or copied where
the file system links nothing. Its list of table files (`MANIFEST`) and its journal (`.log`) grow at their
end, and a journal is written over once all that it holds is in tables. So all is taken while the list stays
as long as it is; if it grew meanwhile, tables or journals that are needed may have gone, and all is taken
anew. Journals are copied oldest first: one is complete before the next begins, so what is taken is all that
was written up to a moment, transactions whole. RocksDB's own checkpoints do the same, but of a store that is
open for writing (https://github.com/facebook/rocksdb/wiki/Checkpoints).
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import StoreError
from kg.store.folder import ONTOLOGY, Marker
from kg.store.snapshots.state import State, files_beside, marked_state

_CURRENT = "CURRENT"
_TABLE = re.compile(r"\d+\.(sst|blob)")
_JOURNAL = re.compile(r"(\d+)\.log")
_KEPT = re.compile(rf"IDENTITY|OPTIONS-\d+|{re.escape(ONTOLOGY)}")
"""What RocksDB can do without, and keeps; and an ontology that came with the data (see `kg.store.folder`)."""
_WAITS = (0.0, 0.0, 0.01, 0.02, 0.05, 0.1, *(0.2,) * 20)
"""Seconds before all is taken anew. A writer's list of tables grows some times a minute; where it is closed,
and where much is loaded at once, some times a second."""
_AT_ONCE = 1 << 20
"""Bytes that are copied in one step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """What stays as it is as long as nothing that is needed goes."""

    state: State
    marker: Marker
    tables: str
    """The name of the list of tables."""
    length: int
    """Its bytes."""


def capture(graph: Path, target: Path) -> State:
    """Makes a new folder a graph as another is at this moment, for reading only; gives the state it is in.

    Takes milliseconds where files can be linked. What was committed by a writer before the call is in it.

    Args:
        graph: The folder of a graph, at which a writer may be at work.
        target: The folder to make. Its parent is there; it gets its name when it is whole.

    Raises:
        StoreError: There is no graph, or it changes so fast that none could be taken in some seconds.
        OSError: The folder cannot be made.
    """
    part, gone = target.with_name(f"{target.name}.part"), None
    try:
        for wait in _WAITS:
            time.sleep(wait)
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            try:
                state = _attempt(graph, part)
            except FileNotFoundError as error:  # it went before it was opened
                state, gone = None, error
            if state is not None:
                part.rename(target)
                return state
    finally:
        shutil.rmtree(part, ignore_errors=True)
    lacks = f", and lacks {str(gone.filename)!r} each time it is looked at" if gone is not None else ""
    raise StoreError(
        f"The graph {str(graph)!r} is changing too fast to be copied, or is damaged{lacks}; "
        "try again when less is written to it."
    )


def _attempt(graph: Path, target: Path) -> State | None:
    """The state of what was taken; None where something changed that must not."""
    with ExitStack() as opened:
        before = _moment(graph)
        (target / before.marker.data).mkdir()
        waiting = _take_data(graph / before.marker.data, target / before.marker.data, before, opened)
        for file in files_beside(graph):
            _copy(opened.enter_context(file.open("rb")), target / file.name)
        if before != _moment(graph):
            return None
        for table, place in waiting:
            _copy(table, place)
    return before.state


def _moment(graph: Path) -> _Moment:
    state, marker = marked_state(graph)
    data = graph / marker.data
    tables = (data / _CURRENT).read_text("utf-8").strip()
    return _Moment(state=state, marker=marker, tables=tables, length=(data / tables).stat().st_size)


def _take_data(data: Path, target: Path, moment: _Moment, opened: ExitStack) -> list[tuple[BinaryIO, Path]]:
    """Takes the files of the embedded store; gives those tables that are still to be copied.

    A table that is open stays, even when it is removed, so what takes long is done when all else is taken.
    """
    names = sorted(file.name for file in data.iterdir())
    waiting: list[tuple[BinaryIO, Path]] = []
    for name in filter(_TABLE.fullmatch, names):
        try:
            os.link(data / name, target / name)
        except FileNotFoundError:
            raise
        except OSError:  # another disk, a file system without links, too many of them, or not allowed
            waiting.append((opened.enter_context((data / name).open("rb")), target / name))
    for name in [*filter(_KEPT.fullmatch, names), moment.tables, *_journals(names)]:
        _copy(opened.enter_context((data / name).open("rb")), target / name)
    (target / _CURRENT).write_text(f"{moment.tables}\n", encoding="utf-8")
    return waiting


def _journals(names: list[str]) -> Iterator[str]:
    """Those among the names, oldest first."""
    found = [match for name in names if (match := _JOURNAL.fullmatch(name))]
    yield from (match[0] for match in sorted(found, key=lambda match: int(match[1])))


def _copy(file: BinaryIO, place: Path) -> None:
    """Copies what a file holds at this moment, not what comes to it while it is copied."""
    left = os.fstat(file.fileno()).st_size
    with place.open("wb") as copy:
        while left > 0 and (content := file.read(min(left, _AT_ONCE))):
            copy.write(content)
            left -= len(content)
