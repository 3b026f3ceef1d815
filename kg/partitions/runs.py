"""A run over articles: which are read, what came of each, and what is stored of it."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice

from kg.articles import refusal_of
from kg.errors import ArticleError, LanguageError, StoreError
from kg.partitions.choice import Choices, Standing
from kg.partitions.engine import Place, read_partitions
from kg.partitions.memory import give_back
from kg.partitions.problems import Problems
from kg.partitions.readings import Outcome, Reading
from kg.partitions.settings import Settings
from kg.store import Claim, Judged
from kg.store.builds import Build
from kg.store.incoming import read_incoming
from kg.store.sink import Sink
from kg.types import Article

_SHOWN = 40
_PARTITION = 16
"""Articles that are read together: enough to share the costs of a call."""
_SHARED = 8
"""The same where several read: few enough that nobody waits long for the last."""
_PART = 64
"""The same where readings are kept, one file a partition."""
_STORED = (25_000, 100_000)
"""Quads that are stored together, in a young run and in a long one; they are read again where it is killed.

The engine merges what comes with what is there, over and over: the more comes at once, the less often. A
build of 5,000 short reports took an eighth less of the processor with 100,000 than with 25,000 throughout.
"""
_SHARE = 2
"""One in so many of the quads that a run has stored is stored at once."""
_SECONDS = (5, 15)
"""After which what waits is stored, however few, in a young run and in a long one."""
_PATIENCE = 5
"""One in so many of the seconds that a run has taken is waited."""


@dataclass(slots=True, kw_only=True)
class Counts:
    """What a run has done so far, in articles, relations and words."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    skipped: int = 0
    relations: int = 0
    words: int = 0


@dataclass(slots=True, kw_only=True)
class Run:
    """What is asked for, and what was done so far."""

    sink: Sink
    settings: Settings
    problems: Problems
    choices: Choices
    tell: Callable[[str], None]
    """Is told the id of each article that is done."""
    again: bool = False
    """Whether stored articles are read again."""
    skips_languages: bool = False
    """Whether articles that are not in English are counted and left out, rather than being problems."""
    started: datetime.datetime = field(default_factory=lambda: datetime.datetime.now(datetime.UTC))
    counts: Counts = field(default_factory=Counts)
    judged: Judged = field(default_factory=Judged)
    waiting: dict[str, Reading] = field(default_factory=dict)
    """What is to be stored next, by id."""
    size: int = 0
    """Its quads."""
    stored: int = 0
    """Quads that were stored."""
    began_at: float = field(default_factory=time.monotonic)
    stored_at: float = field(default_factory=time.monotonic)

    def read(self, articles: Iterable[Article], place: Place) -> None:
        """Reads what the graph has not, and stores it.

        Raises:
            WorkerError: As `read_partitions` does.
            StoreError: Nothing more can be stored.
        """
        size = _PART if place.parts is not None else _PARTITION if place.is_here else _SHARED
        partitions = self._partitions(articles, size)
        with closing(read_partitions(partitions, self.settings, place)) as outcomes:  # ends the workers too
            for outcome in outcomes:
                self._take(outcome)

    @contextmanager
    def finishing(self, claims: Iterable[Claim]) -> Iterator[None]:
        """Finishes the graph once all is stored, also where the run is stopped before its end."""
        is_writable = True
        try:
            yield
            self._store_waiting()
        except StoreError:
            is_writable = False  # what is left to do is marked in the graph
            raise
        finally:
            if is_writable:
                self._store_waiting()
                self.judged = self.sink.finish(self._build(), self.settings.software, claims)

    def _build(self) -> Build | None:
        """What the graph keeps of this run; None where it changed nothing."""
        done = self.counts
        if not done.added and not done.replaced:
            return None
        ended = datetime.datetime.now(datetime.UTC)
        return Build(started=self.started, ended=ended, added=done.added, replaced=done.replaced)

    def _partitions(self, articles: Iterable[Article], size: int) -> Iterator[Sequence[Article]]:
        """The articles that are to be read, by runs of what is given: so a run is the same the next time."""
        waiting = iter(articles)
        for first in waiting:
            batch = chain([first], islice(waiting, size - 1))  # one by one: what is too long is not held
            wanted = [article for article in batch if self._is_wanted(article)]
            if wanted:
                yield wanted

    def _is_wanted(self, article: Article) -> bool:
        """Whether an article is to be read: the graph has it not, or all are, and it can be."""
        is_stored = not self.again and self.sink.contains(article)
        problem = None if is_stored else refusal_of(article)
        if problem is not None:
            self._refuse(article, problem)
            return False
        choice = self.choices.consider(article)
        if choice.is_contested:
            self.problems.add(_same_id(article, is_text_same=choice.is_text_same))
        is_chosen = choice.standing is Standing.CHOSEN
        if choice.standing is Standing.REPEATED or (is_chosen and is_stored):
            self.counts.unchanged += 1
            self.tell(article.id)
        return is_chosen and not is_stored

    def _refuse(self, article: Article, problem: ArticleError) -> None:
        if isinstance(problem, LanguageError) and self.skips_languages:
            self.counts.skipped += 1
            self.tell(article.id)
        else:
            self.problems.add(problem)

    def _take(self, outcome: Outcome) -> None:
        if isinstance(outcome, ArticleError):
            self.problems.add(outcome)
        elif self.choices.is_chosen(outcome.identifier, outcome.version):
            self.waiting[outcome.identifier] = outcome
            self.size += len(outcome.quads)
            if self._is_due():
                self._store_waiting()

    def _is_due(self) -> bool:
        """Whether what waits is to be stored."""
        now = time.monotonic()
        much, long = self.stored / _SHARE, (now - self.began_at) / _PATIENCE
        return self.size >= _within(_STORED, much) or now - self.stored_at > _within(_SECONDS, long)

    def _store_waiting(self) -> None:
        self.stored_at = time.monotonic()
        readings = list(self.waiting.values())
        self.waiting.clear()
        self.stored += self.size
        self.size = 0
        known = {one.identifier for one in readings if self.sink.holds(one.identifier)}
        self.sink.put([one.incoming or read_incoming(one.quads, self.sink.vocabulary) for one in readings])
        for one in readings:
            is_first = self.choices.note_stored(one.identifier)
            self.counts.replaced += is_first and one.identifier in known
            self.counts.added += is_first and one.identifier not in known
            self.counts.relations += one.relations
            self.counts.words += one.words
            self.tell(one.identifier)
        give_back()


def _within(bounds: tuple[int, int], wanted: float) -> float:
    """What is wanted, but no less and no more than the bounds."""
    least, most = bounds
    return min(max(least, wanted), most)


def _same_id(article: Article, *, is_text_same: bool) -> ArticleError:
    what = "dates or sources" if is_text_same else "texts"
    return ArticleError(
        f"Two articles with different {what} have the id {article.id!r}, the later of which begins "
        f"{article.text.strip()[:_SHOWN]!r}; the longer is kept. Give each its own id (or file name).",
        place=article.id,
    )
