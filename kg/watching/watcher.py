"""Goes round the feeds, each when it is due, until it is told to stop."""

from __future__ import annotations

import datetime
import os
import random
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.articles.fetching import Fetcher
from kg.articles.fetching.pauses import Pauses
from kg.articles.fetching.targets import parse_target
from kg.articles.urls import WebOptions, page_reader
from kg.builder import BuildOptions
from kg.errors import ArticleError, KgError, StoreError
from kg.partitions.settings import keeping_tools
from kg.store import Store
from kg.store.folder import MARKER
from kg.store.locking import lock
from kg.watching.gathering import Gatherer, Stored
from kg.watching.polling import poll
from kg.watching.schedule import Schedule
from kg.watching.state import FeedState, read_states, write_states

LOCK = "watching.lock"
"""The file, within the graph's folder, that whoever watches for it holds."""
SHORTEST = 60.0
"""Seconds between two times that a feed is asked; no feed of news is worth asking more often."""
_AFTER_ERROR = 60.0
"""Seconds until a graph that could not be written is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchOptions:
    """How feeds are watched.

    Raises:
        ArticleError: Feeds would be asked more often than once a minute.

    >>> WatchOptions(every=3600).web.follows_links
    True
    """

    every: float = 900.0
    """Seconds between two times that a feed is asked; those that wish to be asked less often are."""
    web: WebOptions = field(default_factory=WebOptions)
    build: BuildOptions = field(default_factory=BuildOptions)

    def __post_init__(self) -> None:
        """Refuses to be impolite."""
        if not self.every >= SHORTEST:
            raise ArticleError(
                f"Feeds would be asked every {self.every:g} s; give {SHORTEST:g} s or more, such as 15m."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchReport:
    """What came of watching."""

    asked: int
    """How often a feed was asked."""
    failed: int
    """How often that failed."""
    stored: Stored


class Watcher:
    """Feeds that are watched for a graph.

    Args:
        feeds: Their addresses.
        graph: The graph's folder, which is made if it is not there.
        options: How they are watched.
        tell: Is told what happens, a line at a time.
    """

    def __init__(
        self,
        feeds: Sequence[str],
        graph: Path,
        *,
        options: WatchOptions | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.options = options or WatchOptions()
        self._feeds = {parse_target(url).url: url for url in feeds}  # without passwords, which are not kept
        self._graph = graph
        self._tell = tell
        self._stop = threading.Event()
        self._schedule = Schedule(every=self.options.every)
        self._fetcher = Fetcher(self.options.web.limits, pauses=Pauses(wait=self._stop.wait))
        self._states: dict[str, FeedState] = {}
        self._chances = {url: random.random() for url in self._feeds}  # noqa: S311  # only spreads
        self._stored = Stored()
        self._asked = self._failed = 0

    def stop(self) -> None:
        """Ends the work, from a signal or another thread, once the article at hand is done."""
        self._stop.set()

    def run(self, *, once: bool = False) -> WatchReport:
        """Watches until it is stopped; what is stored by then stays, and another run goes on from there.

        Args:
            once: Whether it ends when each feed was asked that may be asked now.

        Raises:
            StoreError: The folder is no graph, or another process watches for it; with `once` also where the
                graph cannot be written.
        """
        _refuse_other(self._graph)
        with _alone(self._graph):
            self._states = read_states(self._graph)
            self._tell_over()
            while not self._stop.is_set():
                with keeping_tools():  # not from round to round: they take some hundred megabytes
                    self._go_round(self._due(once=once), once=once)
                if once:
                    break
                self._stop.wait(self._pause())
        return WatchReport(asked=self._asked, failed=self._failed, stored=self._stored)

    def _due(self, *, once: bool) -> list[str]:
        """The feeds that are to be asked now; once, also those that were asked lately, if they allow it."""
        now, found = _now(), []
        for url in self._feeds:
            state = self._states.get(url, FeedState())
            wished = state.not_before
            is_due = (wished is None or wished <= now) if once else self._due_at(url) <= now
            if is_due and not state.is_over:
                found.append(url)
            elif once and not state.is_over:
                self._tell(f"{url}: not asked before {wished:%Y-%m-%d %H:%M} UTC, as its server wishes")
        return found

    def _tell_over(self) -> None:
        for url in self._feeds:
            if self._is_over(url):
                self._tell(f"{url}: is over, and not asked any more; take it from your list")

    def _due_at(self, url: str) -> datetime.datetime:
        return self._schedule.due(self._states.get(url, FeedState()), self._chances[url])

    def _pause(self) -> float | None:
        """Seconds until the next feed is due; None where none ever will be."""
        moments = [self._due_at(url) for url in self._feeds if not self._is_over(url)]
        if not moments:
            self._tell("No feed is left to watch: all are over. Ctrl-C ends.")
            return None
        return max(0.0, (min(moments) - _now()).total_seconds())

    def _is_over(self, url: str) -> bool:
        return self._states.get(url, FeedState()).is_over

    def _go_round(self, urls: list[str], *, once: bool) -> None:
        gatherer = Gatherer(
            graph=self._graph,
            options=self.options.build,
            read_page=page_reader(self._fetcher) if self.options.web.follows_links else None,
            stop=self._stop,
            on_problem=lambda problem: self._tell(str(problem)),
            on_stored=self._keep,
            stored=self._stored,
        )
        before = replace(self._stored)
        try:
            for url in urls:
                if self._stop.is_set():
                    break
                self._ask(url, gatherer)
            gatherer.store()
        except KgError as error:
            if once:
                raise
            self._tell(f"{error} What is new is tried again in {_AFTER_ERROR:g} s.")
            self._stop.wait(_AFTER_ERROR)
        finally:
            self._keep(gatherer.states())
        if changed := self._stored.changed - before.changed:
            relations = self._stored.relations - before.relations
            self._tell(f"{changed} articles stored with {relations} relations")

    def _keep(self, states: Mapping[str, FeedState]) -> None:
        self._states |= states
        write_states(self._graph, self._states)

    def _ask(self, url: str, gatherer: Gatherer) -> None:
        state = self._states.get(url, FeedState())
        found = poll(self._feeds[url], state, self._fetcher, now=_now())
        self._asked += 1
        self._failed += found.failure is not None
        self._tell(f"{url}: {found.said}" if found.failure is None else found.said)
        gatherer.gather(url, found)


@contextmanager
def _alone(graph: Path) -> Iterator[None]:
    """Keeps others from watching for the same graph, who would fetch and store all twice."""
    file = graph / LOCK
    file.touch()
    held = lock(file)
    if held is None:
        raise StoreError(
            f"Another process watches for {str(graph)!r}; stop it, or have it watch these feeds too."
        )
    try:
        yield
    finally:
        os.close(held)


def _refuse_other(graph: Path) -> None:
    """Makes a graph where there is nothing, and refuses what is none."""
    opened = Store.open(graph) if (graph / MARKER).is_file() else Store.create(graph)
    opened.close()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
