"""Copies files with their check sums, in steps that can be told of, and down to the disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import BackupError, KgError

AT_ONCE = 1 << 20
"""Bytes that are read and told of in one step."""

Tell = Callable[[int], None]
"""Is told how many more bytes are done."""


def digest(file: IO[bytes], tell: Tell) -> tuple[int, str]:
    """Size and SHA-256 of what is left of a file."""
    size, hashed = 0, hashlib.sha256()
    while content := file.read(AT_ONCE):
        hashed.update(content)
        size += len(content)
        tell(len(content))
    return size, hashed.hexdigest()


def copy(source: IO[bytes], place: Path, most: int, tell: Tell) -> tuple[int, str]:
    """Copies a file to a new place, on the disk when this returns; gives size and SHA-256 of what was copied.

    Args:
        source: Open at its start.
        place: Where to.
        most: Bytes after which it stops; then the size is greater.
        tell: Is told of the bytes.
    """
    size, hashed = 0, hashlib.sha256()
    with place.open("xb") as file:
        while size <= most and (content := source.read(AT_ONCE)):
            file.write(content)
            hashed.update(content)
            size += len(content)
            tell(len(content))
        file.flush()
        os.fsync(file.fileno())
    return size, hashed.hexdigest()


def keep(folder: Path) -> None:
    """Brings the names in a folder to the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def megabytes(size: int) -> str:
    """A size for people.

    >>> megabytes(1_234_567), megabytes(999)
    ('1.2 MB', '0.1 MB')
    """
    return f"{max(size / 1e6, 0.1):,.1f} MB" if size else "0 MB"


@contextmanager
def explaining(what: str, left: str) -> Iterator[None]:
    """Gives what the disk refuses as `BackupError`: what cannot be done, why, and what was not left behind.

    >>> with explaining("The backup 'b' cannot be written", "kept"):
    ...     raise OSError("no")
    Traceback (most recent call last):
    kg.errors.BackupError: The backup 'b' cannot be written (no); free space, or name another folder. \
Nothing was kept.
    """
    try:
        yield
    except KgError:
        raise
    except OSError as error:
        raise BackupError(
            f"{what} ({error.strerror or error}); free space, or name another folder. Nothing was {left}."
        ) from error
