"""Starts and ends workers, by the process that forks them (`kg.server.forkserver`)."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import socket
import subprocess
import sys
from collections import deque
from contextlib import suppress
from pathlib import Path


def command(module: str) -> tuple[str, ...]:
    """What runs a module in a process of its own, which takes no code from the folder that it starts in.

    >>> command("kg")[1:]
    ('-P', '-m', 'kg')
    """
    return (sys.executable, "-P", "-m", module)


def environment() -> dict[str, str]:
    """The environment of such a process: the same packages, and no setting of ours, such as the token."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return known | {"PYTHONPATH": os.pathsep.join(str(Path(place).absolute()) for place in sys.path)}


_LOGGER = logging.getLogger(__name__)
_COMMAND = command("kg.server.forkserver")
_ARENAS = "2"
"""Heaps of the C library (mallopt(3)): it reserves 64 MiB of address space for each, usually one a thread."""
_LONGEST_START = 60.0
"""Seconds: it takes half of one, and many times that on a busy machine."""

_LONGEST_END = 5.0
"""Seconds: the kernel takes some of one to free gigabytes."""
_AGAIN = 0.05
"""Seconds until something is said again to a process that has much to read."""
_GATHERING = 0.2
"""Seconds in which a worker that ends says its last words."""
_MOST_WORDS, _MOST_LINE = 2**16, 200
"""Bytes of them that are read, and characters that are told of what is no fault."""
_PANIC = re.compile(r"panicked at ([\w./\\@-]+:[0-9]+)")
_ALLOCATION = re.compile(r"memory allocation of [0-9]+ bytes failed")
_KIND = re.compile(r"^([\w.]*(?:Error|Exception|Interrupt|Exit))(?: at$|:|$)", re.MULTILINE)
"""What a line says of an error in Python."""
_FRAME = re.compile(r'File "(?:.*/)?([^/"]+)/([^/"]+)", line ([0-9]+), in (\S+)')
"""A place in a Python traceback: folder, file, line and function."""


class Spawner:
    """The process that forks workers; it is started anew when it was killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._said = self._words = b""
        self._is_closed = False
        self._ready: asyncio.Future[None] | None = None
        self._forks: deque[asyncio.Future[int]] = deque()
        self._ends: dict[int, asyncio.Future[int | None]] = {}

    async def spawn(self) -> tuple[int, socket.socket]:
        """A new worker's process id, and the socket to it.

        Raises:
            OSError: No process can be started, or it was killed at once.
        """
        if self._is_closed:
            raise ConnectionResetError("The server is ending.")
        if self._ready is None or self._process is None:
            self._start()
        assert self._ready is not None  # noqa: S101  # for the type checker
        async with asyncio.timeout(_LONGEST_START):
            await asyncio.shield(self._ready)
        if self._control is None:
            raise ConnectionResetError("The process that starts workers was killed.")
        ours, theirs = socket.socketpair()
        forked = asyncio.get_running_loop().create_future()
        pid = None
        try:
            with theirs:
                socket.send_fds(self._control, [b"fork\n"], [theirs.fileno()])
            self._forks.append(forked)
            pid = await forked
        finally:
            if pid is None:
                ours.close()  # at which the worker ends
        return pid, ours

    async def end(self, pid: int) -> int | None:
        """Kills a worker, if it still is; its status as of waitpid(2), if known."""
        if self._control is None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            return None
        if pid not in self._ends:
            self._ends[pid] = asyncio.get_running_loop().create_future()
            self._ask(f"end {pid}")
        return await asyncio.shield(self._ends[pid])

    async def close(self) -> None:
        """Ends all for good, and waits until they are gone."""
        self._is_closed = True
        process = self._process
        self._let_go()  # at which the process ends those that it forked, and itself
        if process is not None:
            await asyncio.to_thread(_await_end, process)

    def _let_go(self) -> None:
        loop = asyncio.get_running_loop()
        if self._control is not None:
            loop.remove_reader(self._control)
            self._control.close()
        if self._process is not None and self._process.stderr is not None:
            loop.remove_reader(self._process.stderr)
            self._process.stderr.close()
        self._control = self._process = None
        self._fail()

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        self._ready = loop.create_future()
        self._control, theirs = socket.socketpair()
        self._control.settimeout(0)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own
                _COMMAND,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment() | {"MALLOC_ARENA_MAX": _ARENAS},
                start_new_session=True,  # an interrupt from the terminal is for the main process
            )
        loop.add_reader(self._control, self._hear)
        assert self._process.stderr is not None  # noqa: S101  # for the type checker
        os.set_blocking(self._process.stderr.fileno(), False)
        loop.add_reader(self._process.stderr, self._log)

    def _hear(self) -> None:
        control = self._control
        if control is None:
            return
        try:
            said = control.recv(2**16)
        except BlockingIOError:
            return
        except ConnectionResetError:
            said = b""
        if not said:
            _LOGGER.warning("The process that starts workers ended; it is started anew.")
            process = self._process
            self._log()  # its last words
            self._let_go()
            if process is not None:
                process.kill()  # its workers end with it; see `isolation.leave`
                process.wait()
            return
        *lines, self._said = (self._said + said).split(b"\n")
        for line in lines:
            self._take(*line.decode().split())

    def _take(self, word: str, *numbers: str) -> None:
        if word == "ready":
            if self._ready is not None and not self._ready.done():
                self._ready.set_result(None)
        elif word == "forked":
            forked = self._forks.popleft()
            if numbers[0] == "-":
                if not forked.done():
                    forked.set_exception(OSError("the system refuses another process"))
            elif forked.done():  # nobody waits for it any more
                self._ask(f"end {numbers[0]}")
            else:
                forked.set_result(int(numbers[0]))
        elif ended := self._ends.pop(int(numbers[0]), None):
            ended.set_result(None if numbers[1] == "-" else int(numbers[1]))

    def _ask(self, line: str) -> None:
        if self._control is None:
            return
        try:
            self._control.sendall(f"{line}\n".encode())
        except BlockingIOError:
            asyncio.get_running_loop().call_later(_AGAIN, self._ask, line)
        except (BrokenPipeError, ConnectionResetError):  # what is heard next tells
            return

    def _fail(self) -> None:
        """Tells all who wait that nothing comes any more."""
        error = ConnectionResetError("The process that starts workers was killed.")
        for forked in self._forks:
            if not forked.done():
                forked.set_exception(error)
        for ended in self._ends.values():
            ended.set_result(None)
        if self._ready is not None and not self._ready.done():
            self._ready.set_exception(error)
            self._ready.exception()  # there may be nobody to look at it
        self._forks.clear()
        self._ends.clear()
        self._said, self._ready = b"", None

    def _log(self) -> None:
        """Gathers what workers write to their standard error, to be told when no more comes."""
        stream = self._process.stderr if self._process else None
        if stream is None:
            return
        with suppress(BlockingIOError):
            said = os.read(stream.fileno(), 2**16)
            if not said:
                asyncio.get_running_loop().remove_reader(stream)
            else:
                if not self._words:
                    asyncio.get_running_loop().call_later(_GATHERING, self._tell_words)
                self._words = (self._words + said)[:_MOST_WORDS]

    def _tell_words(self) -> None:
        words, self._words = self._words.decode("utf-8", "replace"), b""
        if words.strip():
            _LOGGER.warning("A worker wrote: %s", last_words(words))


def last_words(text: str) -> str:
    r"""What a worker wrote to its standard error, in a line.

    The words of errors could quote a query, so of them only the kind and the place are told.

    >>> last_words("memory allocation of 240 bytes failed\nstack backtrace:\n")
    'memory allocation of 240 bytes failed'
    >>> last_words("thread '<unnamed>' panicked at lib/spareval/src/eval.rs:12:5:\nno term <urn:x>\n")
    'a native fault at lib/spareval/src/eval.rs:12'
    """
    said = [f"a native fault at {place}" for place in _PANIC.findall(text)]
    said += _ALLOCATION.findall(text)
    if kinds := _KIND.findall(text):
        places = [f"{folder}/{file}:{line} in {name}" for folder, file, line, name in _FRAME.findall(text)]
        said.append(f"{kinds[-1]} at {', '.join(places)}")
    return "; ".join(dict.fromkeys(said)) or text.strip().splitlines()[0][:_MOST_LINE]


def _await_end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_LONGEST_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
