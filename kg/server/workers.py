"""A worker, as the main process sees it."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from kg.errors import StoreError
from kg.server import outcomes
from kg.server.channel import Frame, Frames, pack, pack_message
from kg.server.problems import ProblemError
from kg.server.settings import KIBI
from kg.server.spawning import Spawner
from kg.server.tasks import Answer, Task
from kg.server.worker import Orders

if TYPE_CHECKING:
    from kg.server.generations import Generation

_IN_MEMORY = 128 * KIBI
"""Bytes of a result that are kept in memory, beyond which it goes into a file: 64 MiB for 512 connections."""
_LOW_PRIORITY = 10
"""Of 19 (setpriority(2)): about a tenth of the processor's time beside work of the usual priority."""
_LONGEST_OPENING = 120.0
"""Seconds until a worker has its store open; milliseconds as a rule, more with a long journal."""


class WorkerLostError(Exception):
    """A worker ended during a task, or before it."""


class OverdueError(Exception):
    """A task takes longer than it may."""


class Worker(asyncio.Protocol):
    """A worker's process.

    Attributes:
        generation: The state of the graph that it has open; None of a writer.
        is_slow: Whether its task takes long, so that it has a low priority.
        tasks: How many it was given.
        found: Of a writer, the digest (`kg.server.worker.digest`) of the state in which it found the graph.
    """

    def __init__(self, pid: int, spawner: Spawner, on_loss: Callable[[Worker], None] | None) -> None:
        self.pid = pid
        self.generation: Generation | None = None
        self.is_slow = False
        self.tasks = 0
        self.found = ""
        self._spawner = spawner
        self._on_loss = on_loss
        self._transport: asyncio.Transport | None = None
        self._frames = Frames()
        self._result: asyncio.Future[Mapping[str, object]] | None = None
        self._body: IO[bytes] | None = None
        self._size = 0
        self._ending: asyncio.Task[int | None] | None = None

    @classmethod
    async def start(
        cls, spawner: Spawner, orders: Orders, *, on_loss: Callable[[Worker], None] | None = None
    ) -> Worker:
        """A worker that has its store open.

        Args:
            spawner: What starts it.
            orders: What it is to be.
            on_loss: Is told when it ends without a task.

        Raises:
            StoreError: The store cannot be opened, or the worker was ended while it opened it.
        """
        try:
            pid, connection = await spawner.spawn()
        except (OSError, TimeoutError) as error:
            raise StoreError(
                f"No worker can be started ({error}); see to free memory and processes."
            ) from error
        worker = cls(pid, spawner, on_loss)
        is_ready = False
        try:
            await asyncio.get_running_loop().create_connection(lambda: worker, sock=connection)
            said = await worker._begin(pack(Frame.TASK, pickle.dumps(orders)), _LONGEST_OPENING)
            worker.found = str(said["state"])
            is_ready = True
        except (WorkerLostError, OverdueError) as error:
            raise StoreError(
                f"A worker ended while it opened {str(orders.settings.graph)!r}; `kg verify` tells "
                "whether the graph is damaged, and more memory may help."
            ) from error
        except ProblemError as error:
            raise StoreError(error.detail) from error
        finally:
            if not is_ready:
                worker.kill()
        return worker

    @property
    def is_busy(self) -> bool:
        """Whether it has a task."""
        return self._result is not None

    @property
    def is_open(self) -> bool:
        """Whether it can be given a task."""
        return self._transport is not None and not self._transport.is_closing()

    async def do(self, task: Task, seconds: float) -> Answer:
        """The result of a task.

        Args:
            task: The task.
            seconds: Wall time that it may take.

        Raises:
            ProblemError: The operation refuses it, or the disk is full.
            OverdueError: It takes longer; the worker is still at it.
            WorkerLostError: The worker ended.
        """
        said = {"operation": task.operation, "arguments": task.arguments, "seconds": seconds}
        self.tasks += 1
        began = time.monotonic()
        meta = await self._begin(pack_message(Frame.TASK, said), seconds)
        body, self._body = self._body or tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY), None  # noqa: SIM115
        body.seek(0)
        return Answer(
            meta=meta, body=body, size=self._size,
            generation=self.generation.name if self.generation else "", worked=time.monotonic() - began,
        )  # fmt: skip

    async def close(self, seconds: float) -> None:
        """Lets a writer close its store; errors are those of `do`."""
        await self._begin(pack(Frame.TASK, b""), seconds)

    def lower_priority(self) -> None:
        """Lets work of others go first; without rights this cannot be taken back."""
        self.is_slow = True
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _LOW_PRIORITY)

    def kill(self) -> asyncio.Task[int | None]:
        """Begins to end the process, whatever it does."""
        if self._ending is None:
            if self._transport is not None:
                self._transport.abort()
            self._drop()
            self._ending = asyncio.create_task(self._spawner.end(self.pid))
        return self._ending

    async def end(self) -> int | None:
        """Ends the process; its status as of waitpid(2), if known."""
        return await asyncio.shield(self.kill())

    async def _begin(self, frame: bytes, seconds: float) -> Mapping[str, object]:
        """Sends a frame; what is said at the end of what it begins."""
        if self._transport is None or not self.is_open:
            raise WorkerLostError
        loop = asyncio.get_running_loop()
        self._result, self._size = loop.create_future(), 0
        self._transport.write(frame)
        alarm = loop.call_later(seconds, self._fail, OverdueError())
        try:
            return await self._result
        finally:
            alarm.cancel()
            self._result = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # for the type checker
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        for kind, content in self._frames.of(data):
            if kind is Frame.DATA:
                self._keep(content)
            elif self._result is not None and not self._result.done():
                self._conclude(kind, json.loads(content))

    def connection_lost(self, _error: Exception | None) -> None:
        """Called by asyncio."""
        if self._result is not None:
            self._fail(WorkerLostError())
        elif self._on_loss is not None and self._ending is None:
            self._on_loss(self)
        self._drop()

    def _conclude(self, kind: Frame, message: Mapping[str, object]) -> None:
        assert self._result is not None  # noqa: S101  # for the type checker
        if kind is Frame.ERROR:
            self._drop()
            self._result.set_exception(outcomes.refusal(message))
        else:
            self._result.set_result(message)

    def _keep(self, content: bytes) -> None:
        """Keeps a piece of a result, in memory and then on disk; who sends no more waits for this."""
        if self._body is None:
            self._body = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed by who asked
        try:
            self._size += self._body.write(content)
        except OSError as error:
            self._fail(outcomes.no_room(error.strerror or str(error)))
            if self._transport is not None:
                self._transport.abort()  # the rest of the result would be taken for the next one's

    def _fail(self, error: Exception) -> None:
        if self._result is not None and not self._result.done():
            self._result.set_exception(error)

    def _drop(self) -> None:
        """Gives the disk what is kept of a result that nobody gets."""
        body, self._body = self._body, None
        if body is not None:
            body.close()
