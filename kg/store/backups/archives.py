"""Backups in one file: a tar archive, plain or compressed by gzip, with what it holds said first.

Members are read one after another and written to places that are ours to choose, never by tarfile's own
unpacking; what is no plain file, or is not among those that the archive says it holds, is refused.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

from kg.errors import BackupError
from kg.store.backups.contents import BACKUP, LARGEST, Contents, damaged, read_contents, write_contents
from kg.store.backups.copying import Tell

ENDINGS = (".tar", ".tar.gz", ".tgz")
"""Endings of names that make a backup one file."""
OTHERS = (".zip", ".7z", ".zst", ".xz", ".bz2", ".gz", ".rar")
"""Those of archives that are not written."""
_LEVEL = 1
"""Of gzip: the tables are compressed already, so that more effort makes them hardly smaller."""
_LARGEST_HEADER = 1 << 16
"""Bytes of a header's names and attributes: ours have at most some hundred."""
_BROKEN = (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error)


def is_archive(path: Path) -> bool:
    """Whether a backup of this name is one file.

    Raises:
        BackupError: It is that of an archive of another kind.

    >>> is_archive(Path("news.tar.gz")), is_archive(Path("news"))
    (True, False)
    """
    name = path.name.lower()
    if name.endswith(ENDINGS):
        return True
    if name.endswith(OTHERS):
        raise BackupError(
            f"A backup cannot be written as {path.suffix!r} ({str(path)!r}); name a folder, or a file that "
            f"ends in {', '.join(ENDINGS)}."
        )
    return False


def write_archive(contents: Contents, folder: Path, out: IO[bytes], name: str, tell: Tell) -> None:
    """Writes the files of a folder as an archive.

    Args:
        contents: What it holds.
        folder: Where its files are.
        out: The file to write.
        name: That which it will have, which says whether it is compressed.
        tell: Is told of the bytes that are done.

    Raises:
        OSError: A file cannot be read or written.
    """
    with _compressed(out, name) as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        said = write_contents(contents)
        archive.addfile(_member(BACKUP, len(said)), io.BytesIO(said))
        for entry in contents.files:
            with (folder / entry.name).open("rb") as file:
                archive.addfile(_member(entry.name, entry.bytes), _Told(file, tell))


@contextmanager
def opened_archive(path: Path) -> Iterator[tuple[Contents, Iterator[tuple[str, IO[bytes]]]]]:
    """What an archive says that it holds, and its files, each to be read before the next.

    Raises:
        BackupError: It is no backup, is damaged, or has a member that is no plain file.
        OSError: It cannot be read.
    """
    place = str(path)
    try:
        with tarfile.open(path, mode="r|*", tarinfo=_Header) as archive:
            first = archive.next()
            if first is None or first.name != BACKUP or not _is_plain(first) or first.size > LARGEST:
                raise BackupError(f"{place!r} is no backup (it does not begin with {BACKUP}); name one.")
            contents = read_contents(_content(archive, first).read(), place)
            yield contents, _members(archive, place)
    except tarfile.ReadError as error:
        raise damaged(place, f"it is no tar archive, or is cut off ({error})") from error
    except _BROKEN as error:
        raise damaged(place, f"it cannot be unpacked ({error})") from error


class _Header(tarfile.TarInfo):
    """A header, refused before tarfile reads its content into memory, as it does of names and attributes."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        found = super().frombuf(buf, encoding, errors)
        if not found.isreg() and found.size > _LARGEST_HEADER:
            raise tarfile.ReadError(f"a header has {found.size:,} bytes")
        return found


def _members(archive: tarfile.TarFile, place: str) -> Iterator[tuple[str, IO[bytes]]]:
    while (member := archive.next()) is not None:
        if not _is_plain(member):
            raise damaged(place, f"its member {member.name!r} is no plain file")
        yield member.name, _content(archive, member)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(member)
    if file is None:
        raise tarfile.ReadError(f"{member.name!r} has no content")
    return file


def _is_plain(member: tarfile.TarInfo) -> bool:
    return member.isreg() and not member.issparse()


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    return member


@contextmanager
def _compressed(out: IO[bytes], name: str) -> Iterator[IO[bytes] | gzip.GzipFile]:
    if name.lower().endswith("gz"):
        with gzip.GzipFile("", "wb", _LEVEL, out, mtime=0) as packed:
            yield packed
    else:
        yield out


class _Told(io.RawIOBase):
    """A file that tells how much of it was read."""

    def __init__(self, file: IO[bytes], tell: Tell) -> None:
        super().__init__()
        self.file = file
        self.told = tell

    def read(self, size: int = -1) -> bytes:
        content = self.file.read(size)
        self.told(len(content))
        return content
