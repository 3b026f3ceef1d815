"""The pool of workers: tasks wait in the order in which they came, and each goes to the next free worker."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import StoreError
from kg.server import outcomes
from kg.server.generations import Generation, Generations
from kg.server.problems import ProblemError
from kg.server.settings import Settings
from kg.server.spawning import Spawner
from kg.server.tasks import Answer, Condition, Task
from kg.server.worker import Orders
from kg.server.workers import OverdueError, Worker, WorkerLostError
from kg.server.writing import Writing
from kg.store.folder import COLUMNS
from kg.store.snapshots import hand_back

__all__ = ["Answer", "Condition", "Pool", "Task"]

_LOGGER = logging.getLogger(__name__)
_SHORT = 1.0
"""Seconds after which a task is a long one: those that people ask again and again take some milliseconds."""
_SHARE = 0.75
"""How much of the queue one client may fill, so that others find room; it may be a proxy for many."""
_MOST_TASKS = 5_000
"""Tasks after which a worker is replaced, which takes some 30 ms: memory that is in pieces is whole again."""
_FRUITLESS = 3
"""Starts that failed in a row after which a new snapshot is taken: the one that is served may be gone."""
_QUIET = 2.0
"""Seconds that a later state is served before anything more is made of it: often another follows at once."""
_BACK_OFF = (0.0, 0.1, 0.5, 2.0, 5.0)
"""Seconds before a worker is started again, by how often that failed in a row."""


@dataclass(eq=False, slots=True)
class _Waiting:
    """A task in the queue."""

    client: str | None
    worker: asyncio.Future[Worker]


class Pool:
    """Workers, and those who wait for them.

    There are as many workers as the settings say for short tasks. One whose task takes over a second gets a
    low priority, and another takes its place, up to as many again; so a few long tasks leave short ones their
    workers and most of the processor, and only more than that are in the way.

    Attributes:
        settings: What was set.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._spawner = Spawner()
        self._generations = Generations(settings.graph, self._adopt)
        self._writing = Writing(settings, self._spawner, self._generations)
        self._current: Generation | None = None
        self._queue: deque[_Waiting] = deque()
        self._free: list[Worker] = []
        self._starting = 0
        self._failures = 0
        self._problem: str | None = None
        self._swaps = 0
        self._ended: Counter[str] = Counter()
        self._beside: set[asyncio.Future[object]] = set()
        self._is_open = False

    @property
    def generation(self) -> str:
        """Names the state of the graph that is served; another state has another name."""
        return self._current.name if self._current else ""

    @property
    def folder(self) -> Path:
        """The folder of the state that is served, to be opened for reading; it goes with the state."""
        return self._current.snapshot.path if self._current else self.settings.graph

    def condition(self) -> Condition:
        """How the pool is."""
        workers = self._current.workers if self._current else ()
        return Condition(
            generation=self.generation,
            free=len(self._free),
            busy=sum(worker.is_busy for worker in workers),
            waiting=len(self._queue),
            problem=self._problem or self._generations.problem,
            ended=dict(self._ended),
            age=time.monotonic() - self._current.since if self._current else 0.0,
            swaps=self._swaps,
            processes=tuple(sorted(worker.pid for worker in workers)),
        )

    async def start(self) -> None:
        """Starts the workers; once more does nothing.

        Raises:
            StoreError: There is no graph, it is damaged, or no worker can be started.
        """
        if self._is_open:
            return
        self._is_open = True
        is_started = False
        try:
            await self._generations.start()
            is_started = True
        finally:
            if not is_started:
                await self.close()

    async def close(self) -> None:
        """Ends the workers, whatever they do, and removes the snapshots; once more does nothing."""
        self._is_open = False
        await self._writing.close()
        await self._generations.close()
        for waiting in self._queue:
            if not waiting.worker.done():
                waiting.worker.set_exception(outcomes.closing())
        for task in self._beside:
            task.cancel()
        if self._beside:
            await asyncio.wait(self._beside)
        await self._spawner.close()

    async def ask(self, task: Task) -> Answer:
        """The result of a task.

        Who stops waiting for it (cancels) stops the task: its place in the queue is free, or its worker is
        ended.

        Raises:
            ProblemError: It has none: the task is wrong, took too long, or the pool is full.
        """
        left = self._most_seconds(task)
        for is_first in (True, False):
            began = time.monotonic()
            worker = await self._worker(task, is_first=is_first)
            given = time.monotonic()
            try:
                answer = await self._run(worker, task, left)
                return replace(answer, waited=time.monotonic() - began - answer.worked)
            except WorkerLostError as error:  # somebody killed it; nothing was changed, so it is done again
                left -= time.monotonic() - given
                if left <= 0:
                    raise outcomes.overdue(self._most_seconds(task)) from error
        raise outcomes.lost()

    async def change(self, task: Task) -> Answer:
        """The result of a task that changes the graph; what is asked from then on sees the change.

        Raises:
            ProblemError: It was not done: the task is wrong, took too long, or another process writes.
        """
        return await self._writing.change(task)

    async def _worker(self, task: Task, *, is_first: bool) -> Worker:
        """A worker for a task, which is then the task's; waits for one if need be."""
        if not self._is_open:
            raise outcomes.closing()
        if self._free and not self._queue:
            return self._free.pop()
        waiting = self._enqueue(task, is_first=is_first)
        limit = self.settings.limits.wait
        is_served = False
        try:
            async with asyncio.timeout(limit):
                worker = await waiting.worker
            is_served = True
        except TimeoutError as error:
            raise outcomes.waited(limit) from error
        finally:
            if not is_served:
                self._leave(waiting)
        return worker

    def _enqueue(self, task: Task, *, is_first: bool) -> _Waiting:
        waiting = _Waiting(task.client, asyncio.get_running_loop().create_future())
        if not is_first:  # it waited before
            self._queue.appendleft(waiting)
            return waiting
        limits = self.settings.limits
        seconds = min(limits.wait, limits.seconds)
        mine = sum(one.client == task.client for one in self._queue) if task.client else 0
        if mine and mine >= _SHARE * limits.queue:
            raise outcomes.greedy(mine, seconds)
        if len(self._queue) >= limits.queue:
            raise outcomes.full(len(self._queue), seconds)
        self._queue.append(waiting)
        return waiting

    def _leave(self, waiting: _Waiting) -> None:
        """Takes back the place in the queue of who waits no more, or gives on a worker that came too late."""
        with suppress(ValueError):
            self._queue.remove(waiting)
        worker = waiting.worker
        if worker.done() and not worker.cancelled() and worker.exception() is None:
            self._release(worker.result())

    def _most_seconds(self, task: Task) -> float:
        limits = self.settings.limits
        return min(limits.seconds, task.seconds or limits.seconds)

    async def _run(self, worker: Worker, task: Task, seconds: float) -> Answer:
        """What a worker gives within some seconds; afterwards it is free, or ended."""
        allowed = self._most_seconds(task)  # of which an earlier try may have taken some
        timer = asyncio.get_running_loop().call_later(_SHORT, self._slow_down, worker)
        reason = "left"
        try:
            answer = await worker.do(task, seconds)
            reason = ""
        except OverdueError as error:
            reason = "time"
            raise outcomes.overdue(allowed) from error
        except WorkerLostError as error:
            reason, problem = await self._why(worker, allowed)
            if problem is None:
                raise
            raise problem from error
        except ProblemError:
            reason = ""
            raise
        finally:
            timer.cancel()
            self._release(worker, reason)
        return answer

    async def _why(self, worker: Worker, seconds: float) -> tuple[str, ProblemError | None]:
        """Why a worker ended by itself, in a word and for the client."""
        problem = outcomes.of_status(await worker.end(), self.settings.limits, seconds)
        return (outcomes.word(problem) if problem else "killed"), problem

    def _slow_down(self, worker: Worker) -> None:
        worker.lower_priority()
        self._fill()

    def _release(self, worker: Worker, reason: str = "") -> None:
        """Gives a worker its next task, or ends it for a reason, or for having become old or slow."""
        current = self._current
        is_spent = bool(reason) or worker.is_slow or not worker.is_open or worker.tasks >= _MOST_TASKS
        if is_spent or not self._is_open or current is None or worker not in current.workers:
            self._dismiss(worker, reason)
            return
        while self._queue:
            waiting = self._queue.popleft()
            if not waiting.worker.done():
                waiting.worker.set_result(worker)
                return
        self._free.append(worker)

    def _dismiss(self, worker: Worker, reason: str = "") -> None:
        if reason:
            self._ended[reason] += 1
        if worker in self._free:
            self._free.remove(worker)
        if worker.generation:
            worker.generation.workers.discard(worker)
        self._do_beside(self._bury(worker))
        self._fill()

    async def _bury(self, worker: Worker) -> None:
        await worker.end()
        generation = worker.generation
        if generation is None:
            return
        generation.workers.discard(worker)
        if generation.is_retired and not generation.workers:
            self._generations.drop(generation)

    def _lost(self, worker: Worker) -> None:
        """A free worker was killed."""
        self._dismiss(worker, "killed")

    def _fill(self) -> None:
        """Starts workers for those that are missing."""
        if self._current is None or not self._is_open:
            return
        workers = self._current.workers
        slow = sum(worker.is_slow for worker in workers)
        wanted = self.settings.workers + min(slow, self.settings.workers)
        for _ in range(wanted - len(workers) - self._starting):
            self._starting += 1
            self._do_beside(self._hire(self._current))

    async def _hire(self, generation: Generation) -> None:
        before = self._failures  # starts that fail at the same time fail for one reason, and count once
        try:
            await asyncio.sleep(_BACK_OFF[min(before, len(_BACK_OFF) - 1)])
            worker = await self._start_worker(generation)
        except StoreError as error:
            if generation is not self._current:
                return
            self._failures = before + 1
            self._problem = str(error)
            _LOGGER.error("A worker cannot be started: %s", error)  # noqa: TRY400  # it says all
            if self._failures % _FRUITLESS == 0:
                self._do_beside(self._renew())
        else:
            self._failures, self._problem = 0, None
            generation.workers.add(worker)
            self._release(worker)
        finally:
            self._starting -= 1
            self._fill()

    async def _renew(self) -> None:
        with suppress(StoreError):  # what is wrong is told already
            await self._generations.renew()

    async def _start_worker(self, generation: Generation, *, makes_columns: bool = False) -> Worker:
        orders = Orders(
            settings=replace(self.settings, graph=generation.snapshot.path, token=None),
            is_writer=False,
            makes_columns=makes_columns,
        )
        try:
            worker = await Worker.start(self._spawner, orders, on_loss=self._lost)
        except StoreError as error:
            said = str(error).replace(str(generation.snapshot.path), str(self.settings.graph))
            raise StoreError(said) from error
        worker.generation = generation
        return worker

    async def _adopt(self, generation: Generation) -> None:
        """Starts all workers of a generation, then serves it; those of the one before end their tasks."""
        is_first = self._current is None
        # It makes what the graph lacks: the index of names, and at the start of the server the columns.
        first = await self._start_worker(generation, makes_columns=is_first)
        started = await asyncio.gather(
            *(self._start_worker(generation) for _ in range(self.settings.workers - 1)),
            return_exceptions=True,
        )
        workers = [first, *(worker for worker in started if isinstance(worker, Worker))]
        errors = [error for error in started if isinstance(error, BaseException)]
        if errors:
            await asyncio.gather(*(worker.end() for worker in workers))
            raise errors[0]
        self._failures, self._problem = 0, None
        generation.workers.update(workers)  # first, else others are started in their place
        self._retire(generation)
        for worker in workers:
            self._release(worker)
        self._do_beside(self._complete(generation, is_first=is_first))

    async def _complete(self, generation: Generation, *, is_first: bool) -> None:
        """Has the columns of a later state made while it is served; keeps what is made beside the graph."""
        folder = generation.snapshot.path
        if not is_first and not (folder / COLUMNS).is_file():
            await asyncio.sleep(_QUIET)
            if generation is not self._current:
                return
            with suppress(StoreError):  # nobody needs to have them
                maker = await self._start_worker(generation, makes_columns=True)
                await maker.end()
            if generation is self._current:
                for worker in tuple(self._free):  # others have the columns at hand
                    self._dismiss(worker)
        await asyncio.to_thread(hand_back, folder, self.settings.graph)

    def _retire(self, generation: Generation) -> None:
        """Puts a generation in the place of the one that is served."""
        old, self._current = self._current, generation
        if old is not None:
            old.is_retired = True
            self._swaps += 1
        free, self._free = self._free, []
        for worker in free:
            self._dismiss(worker)
        if old is not None and not old.workers:
            self._generations.drop(old)

    def _do_beside(self, work: Coroutine[object, object, object]) -> None:
        task: asyncio.Future[object] = asyncio.ensure_future(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
