"""What state a graph's folder is in, told from its marker and from names and times of files alone.

The embedded store is never opened, so that this costs some microseconds and stands in nobody's way.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.store.folder import COLUMNS, MARKER, Marker, read_marker
from kg.store.search.keeping import FILE as INDEX

_PASSING = (".part", ".tmp", "-journal", "-wal", "-shm")
"""Endings of files that stand beside a graph's data only while another is written (SQLite's among them)."""
_TRIES = 20
"""How often a marker is read that changes while it is read: an import changes it once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What tells a file from one that is written later under the same name."""

    name: str
    inode: int
    size: int
    """Bytes."""
    changed: int
    """When its content last changed, in nanoseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a graph's folder holds at a moment; equal states are of the same content.

    A writer notes in the marker that it begins and that it has closed, so a state with `is_settled` that is
    not equal to an earlier one tells of a change that is finished. Of one without it nothing follows:
    somebody is writing, or was killed while writing, and then it stays so until a writer closes. Such a graph
    can be read, each article whole, but is perhaps not finished: show it where there is nothing else to show,
    and otherwise keep what is shown.
    """

    is_settled: bool
    """Whether the writer that wrote last has closed the graph."""
    articles: int | None
    """How many articles there were when it was last closed; None where that is not known."""
    traces: tuple[Trace, ...]
    """The marker, the kept ontology and what else stands beside the data, by name; not the index of names and
    the columns, which follow from the data, and may be made by whoever needs them first."""


def state_of(path: Path) -> State:
    """The state of a graph's folder; cheap enough to be asked for each second.

    Raises:
        StoreError: The folder is not there, is not a graph, or is of a later version.

    >>> import tempfile
    >>> from kg.store import Store
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Store.create(f"{folder}/graph").close()
    ...     state_of(Path(folder) / "graph").is_settled
    True
    """
    return marked_state(path)[0]


def marked_state(path: Path) -> tuple[State, Marker]:
    """The state of a graph's folder, and the marker that belongs to it.

    Raises:
        StoreError: The folder is not there, is not a graph, or is of a later version.
    """
    for _ in range(_TRIES):
        before = _traced(path / MARKER)
        try:
            marker = read_marker(path)
        except StoreError:
            if _traced(path / MARKER) == before:
                raise
            continue  # an import took the old data away between the reading of the marker and the look at it
        files = [file for file in files_beside(path) if file.name not in (INDEX, COLUMNS)]
        traces = tuple(trace for file in files if (trace := _traced(file)))
        if before is not None and before in traces:
            return State(is_settled=marker.is_closed, articles=marker.articles, traces=traces), marker
    raise StoreError(f"The marker of {str(path)!r} changes all the time; wait for whoever writes there.")


def files_beside(path: Path) -> list[Path]:
    """The files that stand beside a graph's data, sorted: the marker, the kept ontology, a search index.

    Those that are hidden, or only there while another is written, are none of them.
    """
    try:
        names = sorted(entry.name for entry in os.scandir(path) if entry.is_file())
    except OSError as error:
        raise StoreError(f"The folder {str(path)!r} cannot be read ({error.strerror}).") from error
    return [path / name for name in names if not name.startswith(".") and not name.endswith(_PASSING)]


def _traced(file: Path) -> Trace | None:
    """None where the file is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return Trace(name=file.name, inode=found.st_ino, size=found.st_size, changed=found.st_mtime_ns)
