"""Builds a graph: reads articles, extracts what is new, stores it. What is stored already stays as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kg.articles import read_articles
from kg.errors import ArticleError
from kg.evaluation.speed import peak_megabytes
from kg.language.weights import model_version
from kg.store import Claim, Judged, Store, read_claims
from kg.types import Article, Extraction

Extractor = Callable[[Iterable[Article]], Iterator[Extraction]]
"""Gives what each article says, in their order."""

_SHOWN = 40
LONGEST_ARTICLE = 300_000
"""Characters; the longest news features have a tenth of that, and time grows faster than length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How a build reads articles.

    >>> BuildOptions(actors=Path("mine.csv")).again
    False
    """

    pipeline: str | None = None
    """Another spaCy pipeline for English to extract with, by its package's name or its folder."""
    actors: Path | None = None
    """A file of actors of one's own, Turtle or a table, which win over the registry's."""
    judgements: Path | None = None
    """A file of one's own judgements of who is one with whom, CSV or RDF, which win; the graph keeps them."""
    again: bool = False
    """Whether stored articles are read again, as after an update of this package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did."""

    added: int = 0
    replaced: int = 0
    """Articles whose text had changed since they were stored."""
    unchanged: int = 0
    problems: tuple[ArticleError, ...] = ()
    """What could not be read; everything else was stored."""
    relations: int = 0
    """Relations of the articles that were added or replaced."""
    judged: Judged = field(default_factory=Judged)
    """Which entities were judged to be one; empty where nothing was stored and no judgement given."""
    words: int = 0
    """Words, by white space, of the articles that were added or replaced."""
    seconds: float = 0.0
    peak_megabytes: float | None = None
    """The most memory that the process has held; None where the system does not tell."""

    @property
    def words_per_second(self) -> float:
        """Speed over the whole build, loading the model included."""
        return self.words / self.seconds if self.seconds else 0.0


@dataclass(slots=True, kw_only=True)
class _Count:
    """Counts while a build runs."""

    ids: dict[str, str] = field(default_factory=dict)
    """The text that each article id of this run stands for."""
    unchanged: int = 0
    stored: int = 0
    relations: int = 0
    words: int = 0
    judged: Judged = field(default_factory=Judged)
    problems: list[ArticleError] = field(default_factory=list)


def build_graph(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    extractor: Extractor | None = None,
    options: BuildOptions | None = None,
    on_article: Callable[[str], None] | None = None,
) -> BuildReport:
    """Adds the articles of some paths to the graph in a folder, which is made if it is not there.

    Can be stopped and run again: what is stored is skipped. An article whose text has changed under the same
    id takes the place of the old one. At the end it judges which entities of all articles are one, so that
    the order of the articles does not matter; see `kg.store.judging`.

    Args:
        paths: Files, folders, or `-`; see `kg.articles.read_articles`.
        out: The graph's folder.
        extractor: What extracts; None for the package's own pipeline, loaded with the first new article, or
            the pipeline of `options`.
        options: How articles are read; None for the defaults.
        on_article: Is told the id of each article that is done, new or not.

    Raises:
        ArticleError: A path does not exist.
        StoreError: `out` is a folder that is no graph, or a graph in use.
        ModelError: The language model or the pipeline cannot be loaded, or the latter lacks what is needed.
        VocabularyError: The file of actors cannot be read, or an actor of it is not well described.
        JudgementError: The judgements cannot be read, or contradict each other.
    """
    started = time.perf_counter()
    count, options = _Count(), options or BuildOptions()
    claims = read_claims(options.judgements) if options.judgements else []
    articles = read_articles(paths, on_problem=count.problems.append)
    tell = on_article or _ignore
    read, model = (extractor, None) if extractor else reader_of(options.pipeline, actors=options.actors)
    with Store.create(out) as store:
        before = len(store.articles())
        wanted = _wanted(articles, None if options.again else store, count, tell)
        with _judging(store, claims, count):
            for extraction in read(wanted):
                store.add(extraction, model=model)
                count.stored += 1
                count.relations += len(extraction.relations)
                count.words += len(extraction.article.text.split())
                tell(extraction.article.id)
        added = len(store.articles()) - before
    return BuildReport(
        added=added,
        replaced=count.stored - added,
        unchanged=count.unchanged,
        problems=tuple(count.problems),
        relations=count.relations,
        judged=count.judged,
        words=count.words,
        seconds=time.perf_counter() - started,
        peak_megabytes=peak_megabytes(),
    )


@contextmanager
def _judging(store: Store, claims: list[Claim], count: _Count) -> Iterator[None]:
    """Judges once all is stored, also where the build is stopped before its end."""
    try:
        with store.adding():
            yield
    finally:
        if count.stored:
            count.judged = store.judge()
        if claims:  # apart, so that what is wrong with them leaves the graph judged
            count.judged = store.judge(claims)


def reader_of(pipeline: str | None, *, actors: Path | None = None) -> tuple[Extractor, str]:
    """What extracts, and the name and version of its language model.

    Args:
        pipeline: A spaCy pipeline for English by its package's name or its folder, which is loaded at once;
            None for the package's own, which is loaded when there is an article.
        actors: A file of actors of one's own, read at once; None for none.

    Raises:
        ModelError: The pipeline cannot be loaded, or lacks what extraction needs.
        VocabularyError: The file of actors cannot be read, or an actor of it is not well described.

    >>> reader_of(None)[1].split()[0]
    'kg-minilm'
    """
    if actors is not None:
        from kg.actors.registry import load_registry  # loads spaCy, which a build of nothing new does without

        load_registry(actors)
    if pipeline is None:
        return partial(extract_lazily, actors=actors) if actors else extract_lazily, model_version()
    from kg.extraction import extract_all, load
    from kg.language.foreign import pipeline_version

    nlp = load(pipeline=pipeline, actors=actors)
    return partial(extract_all, nlp), pipeline_version(nlp)


def extract_lazily(articles: Iterable[Article], *, actors: Path | None = None) -> Iterator[Extraction]:
    """What each article says, by the package's pipeline, which is loaded only if there is an article.

    Args:
        articles: Articles in English.
        actors: A file of actors of one's own; None for none.
    """
    waiting = iter(articles)
    for first in waiting:
        from kg.extraction import extract_all, load

        yield from extract_all(load(actors=actors), _chain(first, waiting))


def _wanted(
    articles: Iterable[Article], store: Store | None, count: _Count, tell: Callable[[str], None]
) -> Iterator[Article]:
    """The articles that the store does not have; all of them where it is None."""
    for article in articles:
        if count.ids.setdefault(article.id, article.text) != article.text:
            count.problems.append(_same_id(article))
        elif len(article.text) > LONGEST_ARTICLE:
            count.problems.append(_too_long(article))
        elif store is not None and store.contains(article):
            count.unchanged += 1
            tell(article.id)
        else:
            yield article


def _same_id(article: Article) -> ArticleError:
    return ArticleError(
        f"Two articles with different texts have the id {article.id!r}, the later of which begins "
        f"{article.text.strip()[:_SHOWN]!r}; give each its own id (or file name).",
        place=article.id,
    )


def _too_long(article: Article) -> ArticleError:
    return ArticleError(
        f"The article {article.id!r} has {len(article.text):,} characters, more than {LONGEST_ARTICLE:,}; "
        "if it holds several articles, split it.",
        place=article.id,
    )


def _chain(first: Article, rest: Iterable[Article]) -> Iterator[Article]:
    yield first
    yield from rest


def _ignore(_: str) -> None:
    return None
