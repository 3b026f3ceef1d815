"""Changes of the graph: one writer at a time, in a process of its own, which is gone when they are done.

The graph is open for writing only meanwhile, so that `kg build` has its turn. Each change is one transaction:
a writer that is killed for time or memory has changed nothing. Changes that wait go to the same writer, but
for one that is made only on a state that its client knows: that is the first of a go, so that it is refused
when what others changed is served already.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, replace

from kg.errors import StoreError
from kg.server import outcomes
from kg.server.generations import Generations
from kg.server.problems import ProblemError
from kg.server.settings import Settings
from kg.server.spawning import Spawner
from kg.server.tasks import Answer, Task
from kg.server.worker import Orders
from kg.server.workers import OverdueError, Worker, WorkerLostError

_MOST = 50
"""Changes in one go: the first of them waits for the last."""
_CLOSING = 3_600.0
"""Seconds in which a writer must have closed the graph: the index of names takes 4 for a million quads."""
_LONGEST_END = 10.0
"""Seconds that a server which ends waits for a change, after which its writer is killed."""


@dataclass(eq=False, slots=True)
class _Wanted:
    """A change that waits for its turn."""

    task: Task
    answer: asyncio.Future[Answer]


class Writing:
    """The changes that are asked for."""

    def __init__(self, settings: Settings, spawner: Spawner, generations: Generations) -> None:
        self._settings = settings
        self._spawner = spawner
        self._generations = generations
        self._queue: deque[_Wanted] = deque()
        self._working: asyncio.Task[None] | None = None

    async def change(self, task: Task) -> Answer:
        """The result of a change that was made and is seen by all who ask from now on.

        Who stops waiting for it before its turn takes it back; afterwards it is made nevertheless.

        Raises:
            ProblemError: It was not made, with status 412 since the graph is not as the client knows it; or,
                with status 500, it was made but cannot be served yet.
        """
        limits = self._settings.limits
        if len(self._queue) >= limits.queue:
            raise outcomes.full(len(self._queue), limits.wait)
        wanted = _Wanted(task, asyncio.get_running_loop().create_future())
        self._queue.append(wanted)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        is_begun = False
        try:
            await asyncio.wait([wanted.answer], timeout=limits.wait)
            is_begun = wanted not in self._queue
        finally:
            if not is_begun:
                wanted.answer.cancel()
        if not is_begun:
            raise outcomes.waited(limits.wait)
        return await wanted.answer

    async def close(self) -> None:
        """Waits some seconds for the change that is made, then undoes it; those that wait are refused."""
        while self._queue:
            _refuse(self._queue.popleft(), outcomes.closing())
        if self._working is not None and not self._working.done():
            await asyncio.wait([self._working], timeout=_LONGEST_END)
            self._working.cancel()
            await asyncio.wait([self._working])

    async def _work(self) -> None:
        while self._queue:
            if not self._is_known(self._queue[0].task):
                _refuse(self._queue.popleft(), outcomes.changed())
                continue
            made: list[tuple[_Wanted, Answer]] = []
            is_ended = False
            try:
                await self._go(made)
                name = await self._generations.renew()  # to close the graph makes a new state of it
            except StoreError as error:
                is_ended = True
                self._give_up(made, str(error))
                continue
            else:
                is_ended = True
            finally:
                if not is_ended:  # the server ends
                    self._give_up(made, "the server is ending.")
            for wanted, answer in made:
                _conclude(wanted, replace(answer, generation=name))

    def _is_known(self, task: Task) -> bool:
        return task.known is None or self._generations.name in task.known

    async def _go(self, made: list[tuple[_Wanted, Answer]]) -> None:
        """Makes changes until none waits, or a writer ended; those that fail are refused at once."""
        writer = await self._start_writer()
        is_served = self._generations.serves(writer.found)  # else another process wrote meanwhile
        try:
            while self._queue and len(made) < _MOST and writer.is_open:
                if made and self._queue[0].task.known is not None:
                    break
                wanted = self._queue.popleft()
                if wanted.answer.done():  # nobody waits for it any more
                    continue
                if wanted.task.known is not None and not (is_served and self._is_known(wanted.task)):
                    _refuse(wanted, outcomes.changed())
                    continue
                try:
                    made.append((wanted, await self._make(writer, wanted.task)))
                except ProblemError as problem:
                    _refuse(wanted, problem)
                except asyncio.CancelledError:
                    _refuse(wanted, outcomes.closing())
                    raise
            if writer.is_open:
                await _close(writer)
                return
        finally:
            await writer.end()
        await self._mend()

    async def _make(self, writer: Worker, task: Task) -> Answer:
        limits = self._settings.limits
        seconds = min(limits.change_seconds, task.seconds or limits.change_seconds)
        try:
            return await writer.do(task, seconds)
        except OverdueError as error:
            await writer.end()
            raise outcomes.overdue(seconds) from error
        except WorkerLostError as error:
            status = await writer.end()
            raise outcomes.of_status(status, limits, seconds) or outcomes.lost() from error

    async def _start_writer(self) -> Worker:
        orders = Orders(settings=replace(self._settings, token=None), is_writer=True)
        return await Worker.start(self._spawner, orders)

    async def _mend(self) -> None:
        """Opens the graph and closes it, so that it is not marked as one whose writer was killed."""
        writer = await self._start_writer()
        try:
            await _close(writer)
        finally:
            await writer.end()

    def _give_up(self, made: list[tuple[_Wanted, Answer]], error: str) -> None:
        """Tells those whose change cannot be seen, or all who wait where the graph cannot be written to.

        Where the graph lies on this machine is not for clients.
        """
        error = error.replace(repr(str(self._settings.graph)), "the graph")
        for wanted, answer in made:
            answer.body.close()
            _refuse(wanted, outcomes.unseen(error))
        if not made:
            while self._queue:
                _refuse(self._queue.popleft(), outcomes.unwritable(error))


async def _close(writer: Worker) -> None:
    try:
        await writer.close(_CLOSING)
    except (OverdueError, WorkerLostError, ProblemError) as error:
        raise StoreError(f"The graph could not be closed ({error}); see to room on its disk.") from error


def _conclude(wanted: _Wanted, answer: Answer) -> None:
    if wanted.answer.done():  # nobody waits for it any more
        answer.body.close()
    else:
        wanted.answer.set_result(answer)


def _refuse(wanted: _Wanted, problem: ProblemError) -> None:
    if not wanted.answer.done():
        wanted.answer.set_exception(problem)
