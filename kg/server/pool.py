"""The pool of workers: tasks wait in the order in which they came, and each goes to the next free worker."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import IO

from kg.server.channel import Frame, pack_message, read_frame
from kg.server.problems import ProblemError
from kg.server.settings import MEBI, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something for a worker to do."""

    operation: str
    """One of `kg.server.operations.OPERATIONS`."""
    arguments: Mapping[str, object]
    """A JSON object."""
    seconds: float | None = None
    """Wall time that it may take, if less than the server's limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A result that is whole."""

    meta: Mapping[str, object]
    body: IO[bytes]
    """Open at its start; whoever asked closes it."""
    size: int
    """Bytes of the body."""


class Worker:
    """A worker's process, seen from the main process."""

    def __init__(self, process: Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.process = process
        self.reader = reader
        self.writer = writer

    @classmethod
    async def start(cls, settings: Settings) -> Worker:
        """A worker that is ready."""
        ours, theirs = socket.socketpair()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.server.worker", stdin=theirs.fileno(), stdout=DEVNULL
        )
        theirs.close()
        reader, writer = await asyncio.open_connection(sock=ours)
        said = {"graph": str(settings.graph), "limits": asdict(settings.limits)}
        writer.write(pack_message(Frame.TASK, said))
        await read_frame(reader)
        return cls(process, reader, writer)

    async def do(self, task: Task) -> Answer:
        """The result of a task."""
        said = {"operation": task.operation, "arguments": task.arguments}
        self.writer.write(pack_message(Frame.TASK, said))
        body = tempfile.SpooledTemporaryFile(max_size=MEBI)  # noqa: SIM115  # closed by who asked
        size = 0
        while True:
            kind, content = await read_frame(self.reader)
            if kind is Frame.DATA:
                body.write(content)
                size += len(content)
                continue
            message = json.loads(content)
            if kind is Frame.ERROR:
                raise ProblemError(HTTPStatus.BAD_REQUEST, str(message["detail"]))
            body.seek(0)
            return Answer(meta=message, body=body, size=size)

    async def stop(self) -> None:
        """Kills the process."""
        self.writer.close()
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


class Pool:
    """Workers, and those who wait for them.

    Attributes:
        generation: Names the state of the graph that is served; changes when that does.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.generation = "0"
        self._workers: list[Worker] = []
        self._free: asyncio.Queue[Worker] = asyncio.Queue()

    async def start(self) -> None:
        """Starts the workers."""
        for _ in range(self.settings.workers):
            worker = await Worker.start(self.settings)
            self._workers.append(worker)
            self._free.put_nowait(worker)

    async def close(self) -> None:
        """Ends the workers."""
        for worker in self._workers:
            await worker.stop()

    async def ask(self, task: Task) -> Answer:
        """The result of a task.

        Raises:
            ProblemError: It has none: the task is wrong, took too long, or the pool is full.
        """
        worker = await self._free.get()
        try:
            return await worker.do(task)
        finally:
            self._free.put_nowait(worker)
