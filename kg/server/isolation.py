"""What keeps a process that works for strangers from all but its work: limits of the kernel on itself.

`leave` is called when the process begins and has no threads yet, `lower` when all that it needs is open. What
a system lacks is left out, with a warning; the rest holds nevertheless.
"""

from __future__ import annotations

import ctypes
import logging
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from kg.server.landlock import restrict_files
from kg.server.seccomp import refuse_calls

_LOGGER = logging.getLogger(__name__)
_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
_FIRST_TO_GO = 900
"""Of 1000: when memory runs out, the kernel ends such a process before the server itself."""
_GRACE = 1.0
"""Seconds that the kernel's alarm waits beyond the limit, so that the main process acts first."""
_STACK = 64 * 2**20
"""Bytes: the engine recurses; at the usual 8 MiB 2,100 nested groups end it."""
FILE_LIMIT = 2**16
"""Open files that the engine is told of: it opens a large graph's files all at once and keeps them."""


def leave(parent: int) -> None:
    """Cuts a new process off from the network and from other processes, and binds its life to its parent's.

    Args:
        parent: The parent's process id; if it is gone already, so is this process.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(str(_FIRST_TO_GO), encoding="ascii")
    if os.getppid() != parent:
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process is interrupted, and ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    raise_files()
    _raise_limit(resource.RLIMIT_STACK, _STACK)
    _set_limit(resource.RLIMIT_CORE, 0, for_good=True)
    if not refuse_calls():
        _LOGGER.warning("This system has no seccomp filter; other limits keep workers off the network.")


def raise_files() -> None:
    """Allows this process many open files, if it may: usual are 1,024, which connections and results fill."""
    _raise_limit(resource.RLIMIT_NOFILE, FILE_LIMIT)


def lower(folder: Path, *, memory: int, is_writer: bool = False) -> None:
    """Lets a process have no more than it has now: its files (a writer, those of a folder) and some memory.

    Args:
        folder: Where the files of the open store are.
        memory: Bytes of address space that it may have beyond what it has.
        is_writer: Whether it goes on making files in the folder.
    """
    limit = _address_space() + memory
    files = 0 if is_writer else _lowest_free() + _unopened(folder)
    if not restrict_files(folder, is_writing=is_writer):
        _LOGGER.info("This system has no Landlock; other limits keep workers from files.")
    _set_limit(resource.RLIMIT_AS, limit)
    if not is_writer:
        _set_limit(resource.RLIMIT_FSIZE, 0, for_good=True)
        _set_limit(resource.RLIMIT_NOFILE, files, for_good=True)


def begin(seconds: float) -> None:
    """Lets the kernel end this process if what it begins now takes too long; native code hears of nothing."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    used = resource.getrusage(resource.RUSAGE_SELF)
    processors = os.cpu_count() or 1  # the engine's threads add up
    limit = used.ru_utime + used.ru_stime + processors * (seconds + _GRACE) + 1
    _set_limit(resource.RLIMIT_CPU, int(limit))


def end() -> None:
    """Takes back what `begin` did."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def lift_memory() -> None:
    """Takes back limits of memory and processor, for what is not a stranger's work: to close a store."""
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
        most = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most, most))


def _set_limit(kind: int, wanted: int, *, for_good: bool = False) -> None:
    """Sets a limit, or that of the system where it is lower."""
    hard = resource.getrlimit(kind)[1]
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (limit, limit if for_good else hard))


def _raise_limit(kind: int, wanted: int) -> None:
    soft, hard = resource.getrlimit(kind)
    if soft == resource.RLIM_INFINITY:
        return
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (max(soft, most), hard))


def _address_space() -> int:
    """Bytes of address space that this process has; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _lowest_free() -> int:
    free = os.dup(0)
    os.close(free)
    return free


def _unopened(folder: Path) -> int:
    """Table files of a store that the engine will yet open: it opens some when it must, and keeps them open.

    They are few: 16 are opened at once, and more when something is read by each index.
    """
    tables = {str(path.resolve()) for path in folder.glob("*.sst")}
    return len(tables - _open_files())


def _open_files() -> set[str]:
    """The paths of this process's open files; none where the system does not say."""
    found = set()
    for link in Path("/proc/self/fd").glob("*"):
        with suppress(OSError):  # what listed them is open no more
            found.add(str(link.readlink()))
    return found
