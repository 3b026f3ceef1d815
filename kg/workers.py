"""Reads articles in several processes, each of which loads its own extractor once.

Results come in the order of the articles. Each process has one batch at a time, and few batches wait for an
earlier one, so memory does not grow with the number of articles. A process that loses its parent, however
that ends, ends too.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from kg.errors import KgError, WorkerError
from kg.types import Article, Extraction

Extractor = Callable[[Iterable[Article]], Iterator[Extraction]]
"""Gives what each article says, in their order."""
Loader = Callable[[], Extractor]
"""Makes an extractor, in the process that will use it; can be pickled."""

BATCH = 8
"""Articles that a process is given at once: enough to share the costs of a call, few enough to share out."""
_AHEAD = 4
"""Batches a process that may be read or wait while an earlier one is read."""
_SHOWN = 3


def extract_in_processes(articles: Iterable[Article], *, load: Loader, workers: int) -> Iterator[Extraction]:
    """What each article says, in their order.

    Args:
        articles: Read in this process, as they are needed.
        load: Makes the extractor of each process.
        workers: Processes at most; 0 for one a core that this process may use.

    Raises:
        WorkerError: A process ended before it was done, as when it is killed or memory is short.
        KgError: What `load` or the extractor raises.
    """
    crew = _Crew(load, workers or available_cores())
    try:
        yield from crew.extract(iter(articles))
    finally:
        crew.dismiss()


def available_cores() -> int:
    """How many cores this process may use.

    >>> available_cores() > 0
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True, kw_only=True)
class _Worker:
    """A process, and the batch that it has in hand."""

    process: SpawnProcess
    connection: Connection
    number: int = -1
    """Place of the batch among all."""
    ids: tuple[str, ...] = ()
    """Ids of its articles."""


class _Crew:
    """Processes that share the batches of one run."""

    def __init__(self, load: Loader, size: int) -> None:
        self.load = load
        self.size = size
        self.idle: list[_Worker] = []
        self.busy: dict[Connection, _Worker] = {}
        self.given = 0
        """Batches that were handed out."""
        self.due = 0
        """The batch whose results come next."""

    def extract(self, articles: Iterator[Article]) -> Iterator[Extraction]:
        done: dict[int, list[Extraction]] = {}
        self._hand_out(articles)
        while self.due < self.given:
            done |= self._collect()
            self._hand_out(articles)  # before results are used, so that nobody waits meanwhile
            while self.due in done:
                yield from done.pop(self.due)
                self.due += 1
            self._hand_out(articles)

    def dismiss(self) -> None:
        """Ends all processes, whatever they do."""
        for worker in (*self.idle, *self.busy.values()):
            worker.connection.close()
            worker.process.terminate()
            worker.process.join()

    def _hand_out(self, articles: Iterator[Article]) -> None:
        while len(self.busy) < self.size and self.given - self.due < self.size * _AHEAD:
            batch = list(islice(articles, BATCH))
            if not batch:
                return
            worker = self.idle.pop() if self.idle else _start(self.load)
            worker.number, worker.ids = self.given, tuple(article.id for article in batch)
            self.busy[worker.connection] = worker
            self.given += 1
            with suppress(OSError):  # of one that is dead, which is told when its result is fetched
                worker.connection.send(batch)

    def _collect(self) -> dict[int, list[Extraction]]:
        """Results of at least one batch, by its place."""
        found: dict[int, list[Extraction]] = {}
        for connection in wait(list(self.busy)):
            worker = self.busy[connection]  # type: ignore[index]  # `wait` gives back what it was given
            found[worker.number] = _result(worker)
            self.idle.append(self.busy.pop(worker.connection))
        return found


def _start(load: Loader) -> _Worker:
    context = multiprocessing.get_context("spawn")  # the same everywhere, and safe with threads
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(load, theirs), daemon=True)
    with _uninterrupted():
        process.start()
    theirs.close()  # so that the end of the process ends the connection
    return _Worker(process=process, connection=ours)


def _result(worker: _Worker) -> list[Extraction]:
    try:
        found: list[Extraction] | KgError = worker.connection.recv()
    except (EOFError, OSError) as error:
        worker.process.join()
        first = ", ".join(map(repr, worker.ids[:_SHOWN]))
        more = f" and {len(worker.ids) - _SHOWN} more" if len(worker.ids) > _SHOWN else ""
        raise WorkerError(
            f"A process that read the articles {first}{more} ended (exit code {worker.process.exitcode}), "
            "as when memory is short. What is stored stays; run the same command again, with fewer workers."
        ) from error
    if isinstance(found, KgError):
        raise found
    return found


def _work(load: Loader, connection: Connection) -> None:
    """What a process does: reads batches until there are no more, or nobody is there to give them."""
    extract: Extractor | None = None
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            batch: list[Article] = connection.recv()
            try:
                extract = extract or load()
                connection.send(list(extract(batch)))
            except KgError as error:
                connection.send(error)


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
