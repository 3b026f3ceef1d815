"""Makes backups: of a snapshot, so that nobody has to stop; read again; whole, or not there."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BackupError, StoreError
from kg.rdf.articles import this_software
from kg.store.backups.archives import is_archive, opened_archive, write_archive
from kg.store.backups.contents import BACKUP, Contents, Entry, write_contents
from kg.store.backups.copying import Tell, copy, digest, explaining, keep, megabytes
from kg.store.builds import is_finished
from kg.store.folder import MARKER, open_data
from kg.store.graphs import ArticleGraphs
from kg.store.locking import lock
from kg.store.snapshots import Snapshots

Watch = Callable[[int], Tell]
"""Is told how many bytes there are to read and write, and gives what is to be told of those that are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was made."""

    contents: Contents
    bytes: int
    """What it takes on disk; of links nothing is counted but the list."""


_FILE, _FOLDER = 0o666, 0o777
"""What a backup takes of the permissions of the graph's folder, so that as many may read it, and no more."""


def unwatched(_: int) -> Tell:
    """Tells nobody."""
    return lambda _: None


def back_up(
    graph: Path | str, target: Path | str, *, link: bool = False, watch: Watch = unwatched
) -> BackedUp:
    """Makes a backup of a graph as it is now, also while it is read or written, and reads it again.

    It has each article wholly or not at all. One of a folder is itself a graph, for reading only.

    Args:
        graph: The graph's folder.
        target: The folder to make, or the file, if its name ends as that of an archive (`.tar`, `.tar.gz`,
            `.tgz`). It takes its name when it is whole.
        link: Whether files are linked rather than copied: done at once, but what harms the graph's disk
            harms the backup. Only for a folder on the same disk.
        watch: Is told how many bytes there are to do, and of those that are done.

    Raises:
        StoreError: There is no graph, or it is damaged.
        BackupError: The backup cannot be made there, or reads otherwise than what was written.

    >>> import tempfile
    >>> from kg.store import Store
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Store.create(f"{folder}/graph").close()
    ...     back_up(f"{folder}/graph", f"{folder}/backup").contents.articles
    0
    """
    source, place = Path(graph), Path(target)
    is_file = is_archive(place)
    if link and is_file:
        raise BackupError(f"Files cannot be linked into an archive ({str(place)!r}); name a folder.")
    _refuse_place(source, place)
    with Snapshots(source) as snapshots:
        made = datetime.datetime.now(datetime.UTC)
        snapshot = snapshots.take()
        contents = _described(snapshot.path, source, made, is_settled=snapshot.state.is_settled)
        with (
            explaining(
                f"The backup {str(place)!r} of {megabytes(_size(snapshot.path))} cannot be written", "kept"
            ),
            _making(place) as waiting,
        ):
            if is_file:
                done = _write_file(snapshot.path, waiting, contents, watch)
            else:
                done = _write_folder(snapshot.path, waiting, contents, link=link, watch=watch)
            waiting.chmod(source.stat().st_mode & (_FILE if is_file else _FOLDER))
    return done


def _refuse_place(graph: Path, target: Path) -> None:
    one, other = graph.resolve(), target.resolve()
    if one == other:
        raise BackupError(f"{str(target)!r} is the graph itself; name another folder for its backup.")
    if one in other.parents:
        raise BackupError(f"{str(target)!r} is within the graph's folder; name a folder elsewhere.")
    if target.is_dir() and next(target.iterdir(), None) is None:
        return
    if target.exists() or target.is_symlink():
        raise BackupError(
            f"{str(target)!r} exists, and no backup is written over; name a new folder or file."
        )


def _described(folder: Path, graph: Path, made: datetime.datetime, *, is_settled: bool) -> Contents:
    """What a snapshot holds, its files still without check sums. Whether it can be read is found here."""
    try:
        data, marker = open_data(folder, read_only=True)
        articles = sum(1 for _ in ArticleGraphs(marker.base).of(data))
        finished = is_settled and is_finished(data, marker.base)
    except StoreError as error:
        said = str(error).replace(str(folder), str(graph))
        raise StoreError(f"No backup was made. {said}") from error
    software = this_software()
    return Contents(
        made=made.isoformat(timespec="seconds"),
        software=f"{software.name} {software.version}",
        articles=articles,
        is_finished=finished,
        files=(),
    )


def _names(folder: Path) -> list[str]:
    """The files of a snapshot, the marker last: without it a folder is no graph."""
    files = [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]
    kept = [name for name in files if not name.rpartition("/")[2].startswith(_LOGS)]
    return sorted(kept, key=lambda name: (name == MARKER, name))


_LOGS = ("LOG", "LOCK")
"""Files that RocksDB makes where it reads, and that say nothing of the data."""


def _size(folder: Path) -> int:
    return sum((folder / name).stat().st_size for name in _names(folder))


def _write_folder(source: Path, target: Path, about: Contents, *, link: bool, watch: Watch) -> BackedUp:
    names = _names(source)
    total = _size(source)
    _refuse_full(target.parent, 0 if link else total)
    tell = watch(2 * total)
    for folder in {(target / name).parent for name in names}:
        folder.mkdir(parents=True, exist_ok=True)
    entries = [_place(source / name, target / name, name, link=link, tell=tell) for name in names]
    contents = _with_files(about, entries)
    said = write_contents(contents)
    with (target / BACKUP).open("xb") as file:
        file.write(said)
        file.flush()
        os.fsync(file.fileno())
    for folder in {target, *((target / name).parent for name in names)}:
        keep(folder)
    for entry in contents.files:
        with (target / entry.name).open("rb") as file:
            _compare(entry, digest(file, tell), target)
    return BackedUp(contents=contents, bytes=len(said) + (0 if link else contents.bytes))


def _place(source: Path, target: Path, name: str, *, link: bool, tell: Tell) -> Entry:
    """Puts a file into a backup; gives what it is to be."""
    if link:
        os.link(source, target)
        with target.open("rb") as file:
            size, sha256 = digest(file, tell)
    else:
        with source.open("rb") as file:
            size, sha256 = copy(file, target, source.stat().st_size, tell)
    return Entry(name=name, bytes=size, sha256=sha256)


def _write_file(source: Path, target: Path, about: Contents, watch: Watch) -> BackedUp:
    total = _size(source)
    tell = watch(3 * total)
    contents = _with_files(about, [_summed(source, name, tell) for name in _names(source)])
    with target.open("xb") as file:
        write_archive(contents, source, file, target.name, tell)
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    entries = {entry.name: entry for entry in contents.files}
    with opened_archive(target) as (_, members):
        for name, member in members:
            _compare(entries.pop(name), digest(member, tell), target)
    for name in entries:
        raise BackupError(f"The backup {str(target)!r} lacks {name!r} when it is read again; check the disk.")
    return BackedUp(contents=contents, bytes=size)


def _summed(folder: Path, name: str, tell: Tell) -> Entry:
    with (folder / name).open("rb") as file:
        size, sha256 = digest(file, tell)
    return Entry(name=name, bytes=size, sha256=sha256)


def _with_files(about: Contents, entries: list[Entry]) -> Contents:
    return Contents(
        made=about.made,
        software=about.software,
        articles=about.articles,
        is_finished=about.is_finished,
        files=tuple(sorted(entries, key=lambda entry: entry.name)),
    )


def _compare(entry: Entry, found: tuple[int, str], target: Path) -> None:
    if found != (entry.bytes, entry.sha256):
        raise BackupError(
            f"{entry.name!r} of the backup {str(target)!r} reads otherwise than was written; check the disk."
        )


# ---- where it is made


@contextmanager
def _making(target: Path) -> Iterator[Path]:
    """A place beside the backup's to make it in; what is made there takes its name at the end, or goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    _clear(part, target)
    part.mkdir(mode=0o700)
    held = lock(part)
    try:
        yield part / target.name
        (part / target.name).rename(target)
        keep(target.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if held is not None:
            os.close(held)


def _clear(part: Path, target: Path) -> None:
    """Removes what a backup left that was killed."""
    if not part.exists():
        return
    held = lock(part)
    if held is None:
        raise BackupError(f"Another backup to {str(target)!r} is at work; wait for it.")
    shutil.rmtree(part)
    os.close(held)


def _refuse_full(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        raise BackupError(
            f"The disk of {str(folder.parent)!r} is too full: the backup takes {megabytes(size)}, and "
            f"{megabytes(free)} are free; free space, or name a folder elsewhere."
        )
