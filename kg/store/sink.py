"""Where a build puts what it reads: the embedded store, or whatever else keeps these promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from kg.rdf.articles import Software
from kg.store.builds import Build, build_quads, has_inferred
from kg.store.claims import Claim
from kg.store.incoming import Incoming
from kg.store.judging import Judged
from kg.store.store import Store
from kg.types import Article
from kg.vocabulary import Vocabulary


class Sink(Protocol):
    """A graph that takes articles."""

    @property
    def base(self) -> str:
        """Where its IRIs are minted."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """What it is written with."""
        ...

    @property
    def ontology(self) -> Path | None:
        """The file of classes and properties that users added; None where there are none."""
        ...

    def contains(self, article: Article) -> bool:
        """Whether the article is stored as it is given, with all that is said of it."""
        ...

    def holds(self, article_id: str) -> bool:
        """Whether there is an article with this id, whatever its text."""
        ...

    def put(self, articles: Sequence[Incoming]) -> None:
        """Stores some articles, no two with one id, each wholly or not at all, in the place of their old."""
        ...

    def finish(self, build: Build | None, software: Software, claims: Iterable[Claim]) -> Judged:
        """Does what is left when all articles are stored, also where none was; may be called again.

        Args:
            build: What to note of this run; None where it changed no article.
            software: What read.
            claims: The user's judgements that came with this run.
        """
        ...

    def holds_inferred(self) -> bool:
        """Whether there is something that was inferred; that goes when articles or judgements change."""
        ...


class StoreSink:
    """The embedded store as a sink; who is one with whom is judged when the build is finished."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.base = store.base
        self.vocabulary = store.vocabulary
        self.ontology = store.ontology

    def contains(self, article: Article) -> bool:
        """Whether the article is stored as it is given."""
        return self.store.contains(article)

    def holds(self, article_id: str) -> bool:
        """Whether there is an article with this id."""
        return self.store.holds(article_id)

    def put(self, articles: Sequence[Incoming]) -> None:
        """Stores some articles; the new ones in one transaction.

        Raises:
            StoreError: The disk is full, or the data is damaged.
        """
        with self.store.adding():
            self.store.put(articles)

    def finish(self, build: Build | None, software: Software, claims: Iterable[Claim]) -> Judged:
        """Judges what is left to judge, then by the user's judgements, and notes when the build ran.

        Raises:
            JudgementError: The judgements contradict each other, or name nobody for sure.
        """
        given = list(claims)
        judged = Judged() if self.store.is_finished else self.store.judge()
        if build is not None:
            self.store.data.extend(build_quads(build, software, self.base))
        # Last, so that what is wrong with them leaves the graph judged.
        return self.store.judge(given) if given else judged

    def holds_inferred(self) -> bool:
        """Whether there is something that was inferred."""
        return has_inferred(self.store.data, self.base)
