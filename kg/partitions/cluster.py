"""Hands partitions to Dask workers: processes of this machine, or a cluster that is there.

Dask (`distributed`) starts the workers, balances the load, and gives the work of a lost worker to another.
Here it is seen to that few partitions are under way at once, and that an article which ends every process
that reads it is found, by halving the partition that it is in, and told.
"""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import cast

import dask
from distributed import Client, Future, LocalCluster, as_completed
from distributed.scheduler import KilledWorker

from kg.errors import ArticleError, KgError, WorkerError
from kg.partitions.engine import Place
from kg.partitions.packing import AS_IT_IS, COMPRESSED, pack, unpack
from kg.partitions.parts import Parts
from kg.partitions.readings import Outcome, read_partition
from kg.partitions.settings import Settings, refuse_other_version
from kg.types import Article

_LOCAL = {
    "distributed.scheduler.allowed-failures": 0,  # what was under way is halved, and read anew
    "distributed.worker.profile.enabled": False,
    "distributed.diagnostics.nvml": False,
}
_AHEAD = 2
"""Partitions under way for each thread of a worker: the next is there when one is done."""
_TRIES = 2
"""How often an article is tried that ended its worker: once another on the same may have done it."""
_LOST_IN_A_ROW = 3
"""Articles that end their workers, with none read in between, until it is taken to be the machine's fault."""
_PAUSE = 0.02
"""Seconds between two looks for a result; the workers have more to do meanwhile."""
_LOOK = 20
"""Seconds without a result after which it is looked whether anybody reads."""
_UNDER_WAY = frozenset({"pending", "lost"})
"""Statuses of what was done, but whose worker ended with the result: Dask has it done again."""
_LOOKS = 3
"""Times in a row that nobody may be there: a process that ended is started anew within some seconds."""
_CONNECT = 30
"""Seconds that a scheduler has to answer."""


def read_on_cluster(
    partitions: Iterable[Sequence[Article]], settings: Settings, place: Place
) -> Generator[Outcome]:
    """What becomes of each article, in the order in which it is known; see `engine.read_partitions`."""
    waiting = iter(partitions)
    first = list(islice(waiting, max(1, place.workers or available_cores())))
    if not first:
        return
    with ExitStack() as stack:
        if place.scheduler is None:
            client = stack.enter_context(_local(len(first)))
        else:
            client = stack.enter_context(_connected(place.scheduler, settings))
        yield from _Desk(client, settings, place).read(chain(first, waiting))


def available_cores() -> int:
    """How many cores this process may use.

    >>> available_cores() > 0
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Job:
    """A partition that is under way."""

    articles: Sequence[Article]
    tries: int = 0
    """How often its workers ended, where it is a single article."""


class _Desk:
    """Gives out partitions and takes in what comes of them."""

    def __init__(self, client: Client, settings: Settings, place: Place) -> None:
        self.client = client
        self.is_local = place.scheduler is None
        self.parts = None if place.parts is None else Parts(place.parts)
        self.task = (settings, place.parts, AS_IT_IS if self.is_local else COMPRESSED)
        self.jobs: dict[object, _Job] = {}
        self.done = as_completed()
        self.suspects: list[_Job] = []
        """Single articles whose worker ended: what waits on it is lost with it, guilty or not."""
        self.lost_in_a_row = 0
        self.given = 0

    def read(self, partitions: Iterator[Sequence[Article]]) -> Iterator[Outcome]:
        """What becomes of each article."""
        self._give_more(partitions)
        while self.jobs:
            future = self._next()
            outcomes = self._outcomes(future, self.jobs.pop(future.key))
            self._give_more(partitions)  # before results are used, so that nobody waits meanwhile
            yield from outcomes
            if not self.jobs:
                self._give_more(partitions)

    def _give_more(self, partitions: Iterator[Sequence[Article]]) -> None:
        if self.suspects:  # each is tried when nothing else is under way, so that none is taken for another
            if not self.jobs:
                self._give(self.suspects.pop(0))
            return
        threads = sum(self.client.nthreads().values())
        for articles in islice(partitions, max(1, threads * _AHEAD - len(self.jobs))):
            self._give(_Job(articles))

    def _give(self, job: _Job) -> None:
        self.given += 1
        future = self.client.submit(
            _read, job.articles, *self.task, key=f"kg-{id(self)}-{self.given}", pure=False
        )
        self.jobs[future.key] = job
        self.done.add(future)

    def _next(self) -> Future:
        """The next job that is done; waits as long as somebody may be reading."""
        alone = 0
        while True:
            if self._is_any_done():
                future: Future = next(self.done)
                if future.status not in _UNDER_WAY:
                    return future
                self.done.add(future)
            elif alone >= _LOOKS:
                raise _lost("and no other can be started")
            else:
                # A cluster may have to wait for machines; processes of this one are started at once.
                alone = alone + 1 if self.is_local and not self.client.nthreads() else 0

    def _is_any_done(self) -> bool:
        """Whether a job is done; waits for one for some seconds."""
        end = time.monotonic() + _LOOK
        while not self.done.has_ready() and time.monotonic() < end:
            time.sleep(_PAUSE)
        return bool(self.done.has_ready())

    def _outcomes(self, future: Future, job: _Job) -> Iterator[Outcome]:
        error = future.exception() if future.status == "error" else None
        if future.status == "finished":
            try:
                found: bytes | str = future.result()
            except KilledWorker as lost:  # its worker ended with the result, and so did who made it again
                error = lost
            else:
                self.lost_in_a_row = 0
                return self.parts.read(cast("str", found)) if self.parts else unpack(cast("bytes", found))
        if isinstance(error, KilledWorker):
            return self._halved(job)
        if isinstance(error, KgError):
            raise error
        raise WorkerError(
            f"The cluster no longer reads ({future.status}: {error}). What is stored stays; run the same "
            "command again."
        ) from error

    def _halved(self, job: _Job) -> Iterator[Outcome]:
        """Has the halves of a partition read anew that ended its workers; tells of a single article."""
        half = len(job.articles) // 2
        if half:
            self._give(_Job(job.articles[:half]))
            self._give(_Job(job.articles[half:]))
            return
        (article,) = job.articles
        if job.tries + 1 < _TRIES:
            self.suspects.append(_Job(job.articles, job.tries + 1))
            return
        self.lost_in_a_row += 1
        if self.lost_in_a_row >= _LOST_IN_A_ROW:
            raise _lost(f"the last over {article.id!r}")
        yield ArticleError(
            f"The article {article.id!r} ended every process that read it, as when memory is short; it is "
            "left out.",
            place=article.id,
        )


def _lost(how: str) -> WorkerError:
    return WorkerError(
        f"Processes that read articles end again and again, {how}, as when memory is short. What is stored "
        "stays; run the same command again, with fewer workers."
    )


def _read(articles: Sequence[Article], settings: Settings, parts: str | None, level: int) -> bytes | str:
    """What a worker does with a partition: gives its readings, or the name of the part that holds them."""
    if parts is None:
        return pack(read_partition(articles, settings), level=level)
    return Parts(parts).make(articles, settings)


@contextmanager
def _local(workers: int) -> Iterator[Client]:
    """A cluster of processes of this machine, which end with this one, however that ends."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-", ignore_cleanup_errors=True))
        stack.enter_context(dask.config.set(_LOCAL))
        with _uninterrupted(), _explained():
            cluster = LocalCluster(
                n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0",
                memory_limit=0, local_directory=folder, silence_logs="CRITICAL",
            )  # fmt: skip
        stack.enter_context(cluster)
        yield stack.enter_context(Client(cluster))


@contextmanager
def _explained() -> Iterator[None]:
    """Says what to do where no process can be started: most often a script does all when it is imported.

    Each process imports the script (Python, `multiprocessing`, "Safe importing of main module").
    """
    try:
        yield
    except RuntimeError as error:
        raise WorkerError(
            "No process that reads could be started. If a script of yours builds the graph, have it do so "
            'under `if __name__ == "__main__":`, since each process imports the script; else give fewer '
            "workers."
        ) from error


@contextmanager
def _connected(address: str, settings: Settings) -> Iterator[Client]:
    """A cluster that is there, whose workers all have our versions."""
    try:
        client = Client(address, timeout=_CONNECT)
    except (OSError, ValueError) as error:
        raise WorkerError(
            f"No Dask scheduler answers at {address!r} ({error}); check the address."
        ) from error
    with client:
        try:
            client.run(refuse_other_version, settings)
        except ModuleNotFoundError as error:
            raise WorkerError(
                f"A worker of {address!r} cannot read articles ({error}); install kg-actors on all machines."
            ) from error
        yield client


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Has processes that are started ignore Ctrl-C, which goes to all at once; this process ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
