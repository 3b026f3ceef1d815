"""Locks on files and folders that are held as long as a process lives, however it ends (`flock`)."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


def lock(path: Path, *, create: bool = False) -> int | None:
    """A descriptor of a file or folder, locked; closing it lets the lock go.

    None where another process holds it, where it cannot be opened, or where it was removed meanwhile.

    Args:
        path: The file or folder.
        create: Whether the file is to be made, rather than to be there.

    Raises:
        OSError: The file that is to be made is there, or cannot be made.

    >>> lock(Path("/no/such/file")) is None
    True
    """
    try:
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL if create else os.O_RDONLY, 0o600)
    except OSError:
        if create:
            raise
        return None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(held), path.stat()):
            return held
    except OSError:  # held by another, or removed between the two steps
        pass
    os.close(held)
    return None
