"""Locks on files and folders that are held as long as a process lives, however it ends (`flock`)."""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

PATIENCE = 10.0
"""Seconds that who writes waits for another process that writes; an update of a server takes 0.3."""
_LOGGER = logging.getLogger(__name__)
_QUIET = 1.0
"""Seconds after which whoever waits is told why."""
_SHORTEST, _LONGEST, _GROWTH = 0.02, 0.5, 1.5
"""Seconds between the first two tries and between late ones, and what each pause is of the one before."""

_Opened = TypeVar("_Opened")


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


def patiently(
    attempt: Callable[[], _Opened], *, is_held: Callable[[BaseException], bool], seconds: float, path: Path
) -> _Opened:
    """What an attempt gives that is made again, after ever longer pauses, while another process holds a lock.

    Who waits for over a second is told so by the log, once.

    Args:
        attempt: What is tried.
        is_held: Whether an error of it says that another process holds the lock.
        seconds: How long to try; 0 tries once.
        path: What is waited for, for the log.

    Raises:
        OSError: That of the last attempt, or one that says something else.

    >>> patiently(lambda: 3, is_held=bool, seconds=0, path=Path("graph"))
    3
    """
    began, pause, is_told = time.monotonic(), _SHORTEST, False
    while True:
        try:
            return attempt()
        except (OSError, RuntimeError) as error:
            waited = time.monotonic() - began
            if not is_held(error) or waited >= seconds:
                raise
        if waited >= _QUIET and not is_told:
            _LOGGER.warning("Another process writes to %r; waiting for it, %g s at most.", str(path), seconds)
            is_told = True
        time.sleep(min(pause, seconds - waited))
        pause = min(pause * _GROWTH, _LONGEST)
