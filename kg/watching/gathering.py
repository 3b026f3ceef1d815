"""Makes articles of new entries, and stores them some at a time.

Articles are fetched first and stored then, so that nobody else waits for the graph while a server is slow.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.articles.feeds import Entry, PageReader, read_entry
from kg.builder import BuildOptions, BuildReport, add_articles
from kg.errors import ArticleError, FetchError
from kg.types import Article
from kg.watching.polling import Poll
from kg.watching.state import FeedState, digest

_TOGETHER = 50
"""Articles that are stored at a time: a minute's work, which is lost where the process is killed."""
_TRIES = 3
"""How often the page of an entry is asked for, before its summary is taken."""


@dataclass(slots=True, kw_only=True)
class Stored:
    """What was done with articles."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    skipped: int = 0
    relations: int = 0
    problems: int = 0

    @property
    def changed(self) -> int:
        """Articles that are in the graph since."""
        return self.added + self.replaced

    def count(self, report: BuildReport) -> None:
        """Counts what a build did."""
        self.added += report.added
        self.replaced += report.replaced
        self.unchanged += report.unchanged
        self.skipped += report.skipped
        self.relations += report.relations


@dataclass(slots=True, kw_only=True)
class Gatherer:
    """What is new, on its way into the graph."""

    graph: Path
    options: BuildOptions
    read_page: PageReader | None
    """Reads the pages of entries; None to take summaries."""
    stop: threading.Event
    """Ends the work between two articles."""
    on_problem: Callable[[ArticleError], None]
    on_stored: Callable[[Mapping[str, FeedState]], None] = lambda _: None
    """Is told what is known of each feed whenever articles were stored."""
    stored: Stored = field(default_factory=Stored)
    _waiting: list[tuple[str, Article]] = field(default_factory=list)
    """Articles that are not stored yet, with the feeds that they are of."""
    _polls: dict[str, Poll] = field(default_factory=dict)
    _done: dict[str, list[str]] = field(default_factory=dict)
    """Ids of entries that were dealt with, by feed."""
    _open: set[str] = field(default_factory=set)
    """Feeds of which not all is dealt with."""
    _taken_up: str | None = None
    """The feed whose entries are being gone through."""

    def gather(self, url: str, poll: Poll) -> None:
        """Takes up what is new in a feed."""
        self._polls[url] = poll
        self._done[url] = []
        self._taken_up = url
        for entry in poll.new:
            if self.stop.is_set():
                self._open.add(url)
                break
            article = self._article(url, entry)
            if article is not None:
                self._waiting.append((url, article))
            if len(self._waiting) >= _TOGETHER:
                self.store()
        self._taken_up = None

    def store(self) -> None:
        """Stores what waits; where the work is to stop, what is begun.

        Raises:
            KgError: The graph cannot be written, or a model not loaded; what waits is not dealt with then.
        """
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        self._open |= {url for url, _ in waiting}
        taken: list[tuple[str, Article]] = []
        report = add_articles(self._until_stopped(waiting, taken), self.graph, options=self.options)
        self.stored.count(report)
        for problem in report.problems:
            self._tell(problem)
        for url, article in taken:
            self._done[url].append(article.id)
        left = {url for url, _ in waiting[len(taken) :]}
        self._open -= {url for url, _ in waiting} - left
        self.on_stored(self.states())

    def states(self) -> dict[str, FeedState]:
        """What is known of each feed that was asked, as far as its entries were dealt with."""
        return {url: self._state(url, poll) for url, poll in self._polls.items()}

    def _state(self, url: str, poll: Poll) -> FeedState:
        if poll.present is None:
            return poll.state
        state = poll.state.seeing(self._done[url], poll.present)
        if (
            url in self._open or url == self._taken_up
        ):  # to be asked at once when the work goes on, and to be sent again as a whole
            return replace(state, polled=None, not_before=None, etag=None, modified=None)
        if state.waiting:
            return replace(state, etag=None, modified=None)
        return replace(state, etag=poll.etag, modified=poll.modified)

    def _article(self, url: str, entry: Entry) -> Article | None:
        state = self._polls[url].state
        tries = state.waiting.get(key := digest(entry.id), 0) + 1
        try:
            article = read_entry(
                entry, on_problem=self._tell, read_page=self.read_page, can_wait=tries < _TRIES
            )
        except FetchError as error:
            self._tell(error)
            waiting = {**state.waiting, key: tries}
            self._polls[url] = replace(self._polls[url], state=replace(state, waiting=waiting))
            return None
        if article is None:
            self._done[url].append(entry.id)
        return article

    def _until_stopped(
        self, waiting: list[tuple[str, Article]], taken: list[tuple[str, Article]]
    ) -> Iterator[Article]:
        for one in waiting:
            if self.stop.is_set():
                return
            taken.append(one)
            yield one[1]

    def _tell(self, problem: ArticleError) -> None:
        self.stored.problems += 1
        self.on_problem(problem)
