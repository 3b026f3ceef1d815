"""A pool that runs beside a test, in a thread with a loop of its own."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from contextlib import contextmanager

import psutil
import pytest

from kg.errors import KgError
from kg.server import Limits, Settings
from kg.server.pool import Pool, Task
from kg.server.problems import ProblemError

COMMAND = (sys.executable, "-P", "-m", "tests.server.attempts")


class Running:
    """A pool, and the loop that it runs in."""

    def __init__(self, settings):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        try:
            self.pool = self.do(self._make(settings))
        except KgError:
            self.stop()
            raise

    async def _make(self, settings):
        pool = Pool(settings)
        await pool.start()
        return pool

    def do(self, work):
        return self.begin(work).result(60)

    def begin(self, work):
        """The future of something that the pool is to do."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def ask(self, operation, *, seconds=None, client=None, **arguments):
        """The future of an answer."""
        task = Task(operation=operation, arguments=arguments, seconds=seconds, client=client)
        return self.begin(self.pool.ask(task))

    def meta(self, operation, **given):
        """What is said of an answer, whose body is closed."""
        answer = self.ask(operation, **given).result(60)
        answer.body.close()
        return answer.meta

    def change(self, operation, *, known=None, **arguments):
        return self.begin(self.pool.change(Task(operation=operation, arguments=arguments, known=known)))

    def refusal(self, operation, **given):
        """The problem that a task ends with."""
        with pytest.raises(ProblemError) as caught:
            self.ask(operation, **given).result(60)
        return caught.value

    def pids(self):
        return [worker.pid for worker in self.pool._current.workers]

    def wait(self, is_so, seconds=10):
        """Waits until something is so."""
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, "it never came"
            time.sleep(0.01)

    def close(self):
        self.do(self.pool.close())
        self.stop()

    def stop(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@contextmanager
def running(graph, *, workers=2, **limits):
    """A pool with the operations of `attempts`, which leaves no process behind."""
    made = {"seconds": 5.0, "memory": 256 * 2**20, **limits}
    pool = Running(Settings(graph=graph, workers=workers, limits=Limits(**made)))
    try:
        yield pool
    finally:
        spawned = pool.pool._spawner._process
        parent = psutil.Process(spawned.pid) if spawned else None
        processes = [parent, *parent.children()] if parent else []
        pool.close()
        assert not [process for process in processes if process.is_running()]
