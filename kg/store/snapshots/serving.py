"""The snapshots of a graph that a process shows while others may write: made, numbered, and cleared away.

They stand in `GRAPH/.serving/`, each process's in a folder of its own beside a file that it holds locked as
long as it lives. What a process left that was killed is known by its lock being free, and is removed by the
next. Where the graph's folder cannot be written to, they stand in a private folder for temporary files, and
are copies: to read the graph's own files would be right only as long as nobody else writes to them.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from kg.errors import StoreError
from kg.store.folder import SERVING, read_marker
from kg.store.locking import lock
from kg.store.snapshots.capturing import capture
from kg.store.snapshots.state import State

_LOCK = ".lock"
_NAME = re.compile(r"\d+-[0-9a-f]{8}")
"""Of a process's folder."""
_TRIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A graph as it was at a moment."""

    path: Path
    """Its folder: that of a graph, to be opened for reading only."""
    state: State
    """The state of the graph that it was taken of."""
    number: int
    """Which of its process it is, from 1."""


class Snapshots:
    """The snapshots that this process holds of a graph; closed, they are gone.

    >>> from kg.store import Store
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Store.create(f"{folder}/graph").close()
    ...     with Snapshots(Path(folder) / "graph") as snapshots:
    ...         snapshot = snapshots.take()
    ...         Store.open(snapshot.path).info().articles
    0
    """

    def __init__(self, graph: Path, *, place: Path | None = None) -> None:
        """Makes a folder for them, and removes what processes left that were killed.

        Args:
            graph: The graph's folder.
            place: A folder to keep them in, made if it is not there; files can be linked to one on the disk
                of the graph only. None for `.serving` in the graph's folder or, if that cannot be written to,
                a private folder for temporary files.

        Raises:
            StoreError: There is no graph, or no folder that can be written to.
        """
        read_marker(graph)
        self.graph = graph
        self._given = place
        self._count = 0
        self._held: _Held | None = _hold(graph, place)

    @property
    def folder(self) -> Path:
        """The folder that holds them.

        Raises:
            StoreError: They were closed.
        """
        if self._held is None:
            raise StoreError(f"The snapshots of {str(self.graph)!r} were closed; make new ones.")
        return self._held.folder

    def take(self) -> Snapshot:
        """A new snapshot, of all that is committed now; to be dropped when nobody reads it any more.

        Raises:
            StoreError: There is no graph any more, it is changing too fast, or the disk is full.
        """
        if not self.folder.is_dir():  # the graph's folder was replaced by another
            read_marker(self.graph)
            self._held = _hold(self.graph, self._given)
        self._count += 1
        path = self.folder / str(self._count)
        try:
            state = capture(self.graph, path)
        except StoreError:
            raise
        except OSError as error:
            raise StoreError(
                f"No snapshot of {str(self.graph)!r} can be made in {str(self.folder)!r}: "
                f"{error.strerror or error}; free space there, or name a folder elsewhere."
            ) from error
        return Snapshot(path=path, state=state, number=self._count)

    def drop(self, snapshot: Snapshot) -> None:
        """Removes a snapshot, if it is still there. Who has its files open goes on reading them."""
        shutil.rmtree(snapshot.path, ignore_errors=True)

    def close(self) -> None:
        """Removes all snapshots of this process; once more does nothing."""
        held, self._held = self._held, None
        if held is not None:
            held.let_go()

    def __enter__(self) -> Snapshots:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class _Held:
    """A folder that is this process's, and the file that it holds locked as long as it is."""

    folder: Path
    locked: int
    """Descriptor of the file, which stands beside the folder."""

    def let_go(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        _lock_of(self.folder).unlink(missing_ok=True)
        os.close(self.locked)
        with suppress(OSError):  # others have theirs there
            self.folder.parent.rmdir()


def _hold(graph: Path, place: Path | None) -> _Held:
    """A new folder of this process's.

    Raises:
        StoreError: There is none to be had.
    """
    refused: OSError | None = None
    for root in (place,) if place is not None else (graph / SERVING, None):
        try:
            return _hold_in(root or _private_folder())
        except OSError as error:
            refused = refused or error
    where = place or graph
    raise StoreError(
        f"No snapshots can be kept in {str(where)!r} ({refused}); name another folder for them."
    ) from refused


def _hold_in(root: Path) -> _Held:
    root.mkdir(parents=True, exist_ok=True)
    _clear(root)
    for _ in range(_TRIES):
        folder = root / f"{os.getpid()}-{secrets.token_hex(4)}"
        root.mkdir(exist_ok=True)  # another process may have closed, and removed it
        with suppress(FileNotFoundError):
            held = lock(_lock_of(folder), create=True)
            if held is not None:
                return _made(folder, held)
    raise FileExistsError(f"no folder can be made in {str(root)!r}")


def _made(folder: Path, held: int) -> _Held:
    try:
        folder.mkdir(mode=0o700)
    except OSError:
        _lock_of(folder).unlink(missing_ok=True)
        os.close(held)
        raise
    return _Held(folder, held)


def _private_folder() -> Path:
    """A folder of this user's among the temporary files.

    Raises:
        PermissionError: Somebody else has made it, or can read it.
    """
    folder = Path(tempfile.gettempdir()) / f"kg-serving-{os.getuid()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"the folder {str(folder)!r} is not private to this user; remove it")
    return folder


def _clear(root: Path) -> None:
    """Removes the folders whose processes do not live any more."""
    for file in root.glob(f"*{_LOCK}"):
        held = lock(file)
        if held is not None:
            shutil.rmtree(file.with_suffix(""), ignore_errors=True)
            file.unlink(missing_ok=True)
            os.close(held)
    for folder in root.glob("*-*"):  # a lock is made before its folder, and removed after it
        if _NAME.fullmatch(folder.name) and not _lock_of(folder).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}{_LOCK}")
