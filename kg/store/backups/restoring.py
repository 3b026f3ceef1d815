"""Takes graphs back from backups: all is unpacked and checked, then takes its place in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import BackupError, StoreError
from kg.store.backups.archives import opened_archive
from kg.store.backups.contents import BACKUP, Contents, damaged, read_contents
from kg.store.backups.copying import Tell, copy, explaining, keep, megabytes
from kg.store.backups.writing import Watch, unwatched
from kg.store.engine import is_lock
from kg.store.folder import (
    MARKER,
    ONTOLOGY,
    RESTORING,
    Marker,
    adopt_data,
    kept_ontology,
    open_data,
    read_marker,
    refuse_other,
    settle_ontology,
)
from kg.store.graphs import ArticleGraphs
from kg.store.locking import lock

Files = Iterator[tuple[str, IO[bytes]]]


def restore(
    backup: Path | str, graph: Path | str, *, replace: bool = False, watch: Watch = unwatched
) -> Contents:
    """Makes a folder the graph of a backup; gives what that holds.

    Nothing of a graph that is there changes before all is unpacked and checked; then the restored one takes
    its place in one step. Servers that show it go on, and show the restored one when it is there.

    Args:
        backup: A folder or an archive that `back_up` made.
        graph: The folder; new, empty, or a graph to be replaced.
        replace: Whether a graph that is there is replaced, also if it is damaged.
        watch: Is told how many bytes there are to do, and of those that are done.

    Raises:
        BackupError: There is no backup, it is damaged, or of a later version; or the disk is full.
        StoreError: The folder is something else, or a graph that is not to be replaced or is written to.

    After an error all is as it was.

    >>> import tempfile
    >>> from kg.store import Store
    >>> from kg.store.backups import back_up
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Store.create(f"{folder}/graph").close()
    ...     _ = back_up(f"{folder}/graph", f"{folder}/backup.tar.gz")
    ...     restore(f"{folder}/backup.tar.gz", f"{folder}/again").articles
    0
    """
    source, folder = Path(backup), Path(graph)
    _refuse_places(source, folder)
    refuse_other(folder)
    if (folder / MARKER).is_file() and not replace:
        raise StoreError(
            f"{str(folder)!r} is a graph already; name a new folder, or give --replace to replace it."
        )
    with (
        explaining(f"{str(source)!r} cannot be restored to {str(folder)!r}", "restored"),
        _opened(source) as (contents, files),
    ):
        held = _keep_writers_out(folder)
        try:
            with _staging(folder) as staging:
                _unpack(contents, files, staging, source, watch(contents.bytes))
                _swap(folder, staging, _checked(contents, staging, source))
        finally:
            del held  # an error would keep it as long as it is known itself
    return contents


def _refuse_places(backup: Path, graph: Path) -> None:
    one, other = backup.resolve(), graph.resolve()
    if one == other:
        raise BackupError(f"{str(graph)!r} is the backup itself; name another folder for the graph.")
    if one in other.parents or other in one.parents:
        raise BackupError(
            f"Of {str(backup)!r} and {str(graph)!r}, one is within the other; move one elsewhere."
        )


# ---- reading


def _opened(backup: Path) -> AbstractContextManager[tuple[Contents, Files]]:
    if not backup.exists():
        raise BackupError(f"There is no backup {str(backup)!r}; `kg backup GRAPH {backup}` makes one.")
    return _opened_folder(backup) if backup.is_dir() else opened_archive(backup)


@contextmanager
def _opened_folder(backup: Path) -> Iterator[tuple[Contents, Files]]:
    if not (backup / BACKUP).is_file():
        raise BackupError(
            f"{str(backup)!r} is no backup, or one that was not completed (it lacks {BACKUP}); name one."
        )
    contents = read_contents((backup / BACKUP).read_bytes(), str(backup))
    yield contents, _files(contents, backup)


def _files(contents: Contents, backup: Path) -> Files:
    for entry in contents.files:
        try:
            file = (backup / entry.name).open("rb")
        except FileNotFoundError as error:
            raise damaged(str(backup), f"it lacks {entry.name!r}") from error
        with file:
            yield entry.name, file


def _unpack(contents: Contents, files: Files, staging: Path, backup: Path, tell: Tell) -> None:
    """Puts the files where the graph is made, each checked."""
    free = shutil.disk_usage(staging).free
    if contents.bytes > free:
        raise BackupError(
            f"The disk of {str(staging.parent)!r} is too full: the graph takes {megabytes(contents.bytes)}, "
            f"and {megabytes(free)} are free; free space, or name another folder. Nothing was restored."
        )
    wanted = {entry.name: entry for entry in contents.files}
    for name, file in files:
        entry = wanted.pop(name, None)
        if entry is None:
            raise damaged(str(backup), f"it holds {name!r}, which it does not tell of, or twice")
        place = staging / name
        place.parent.mkdir(exist_ok=True)
        if copy(file, place, entry.bytes, tell) != (entry.bytes, entry.sha256):
            raise damaged(str(backup), f"{name!r} is not what was backed up")
    for name in wanted:
        raise damaged(str(backup), f"it lacks {name!r}")


def _checked(contents: Contents, staging: Path, backup: Path) -> Marker:
    """The marker of an unpacked graph, which holds what it is to hold, all of it in tables."""
    try:
        marker = read_marker(staging)
        open_data(staging, read_only=True)
        data = ox.Store(
            str(staging / marker.data)
        )  # brings a journal, of a backup from amid a build, into tables
        data.flush()
        articles = sum(1 for _ in ArticleGraphs(marker.base).of(data))
    except (StoreError, RuntimeError) as error:
        raise BackupError(str(error).replace(str(staging), str(backup))) from error
    if articles != contents.articles:
        raise damaged(str(backup), f"it holds {articles} articles, not {contents.articles}")
    return marker


# ---- writing


@contextmanager
def _staging(graph: Path) -> Iterator[Path]:
    """A folder within the graph's to work in; gone afterwards, as is the graph's where none was made."""
    staging, existed = graph / RESTORING, graph.exists()
    if staging.exists():
        _clear(staging, graph)
    staging.mkdir(parents=True)
    held = lock(staging)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if not existed and not (graph / MARKER).is_file():
            shutil.rmtree(graph, ignore_errors=True)
        if held is not None:
            os.close(held)


def _clear(staging: Path, graph: Path) -> None:
    """Removes what was left when the restoring was killed."""
    held = lock(staging)
    if held is None:
        raise StoreError(f"A backup is already being restored to {str(graph)!r}; wait for it.")
    shutil.rmtree(staging)
    os.close(held)


def _keep_writers_out(graph: Path) -> ox.Store | None:
    """What keeps others from writing to a graph while it is held; None where there is none, or a damaged one.

    Raises:
        StoreError: Somebody writes to it.
    """
    if not (graph / MARKER).is_file():
        return None
    try:
        return open_data(graph, read_only=False)[0]
    except StoreError as error:
        if is_lock(error.__cause__):
            raise
        return None


def _swap(graph: Path, staging: Path, marker: Marker) -> None:
    """Puts an unpacked graph in its place: its data and its ontology in one step, by the marker."""
    made = staging / marker.data
    came = kept_ontology(staging)
    text = came.read_bytes() if came is not None else b""
    (made / ONTOLOGY).write_bytes(text)
    for folder in (made, staging, graph):
        keep(folder)
    adopt_data(graph, made, marker.base)
    keep(graph)
    settle_ontology(graph)
    for file in staging.iterdir():
        if file.is_file() and file.name not in {MARKER, ONTOLOGY} and not (graph / file.name).exists():
            file.replace(graph / file.name)
