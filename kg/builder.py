"""Builds a graph: reads articles, extracts what is new, stores it. What is stored already stays as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kg.articles import read_articles
from kg.errors import ArticleError
from kg.evaluation.speed import peak_megabytes
from kg.language.weights import model_version
from kg.store import Store
from kg.types import Article, Extraction

Extractor = Callable[[Iterable[Article]], Iterator[Extraction]]
"""Gives what each article says, in their order."""

_SHOWN = 40
LONGEST_ARTICLE = 300_000
"""Characters; the longest news features have a tenth of that, and time grows faster than length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What articles are read with."""

    pipeline: str | None = None
    """Another spaCy pipeline for English, by its package's name or its folder; None for the package's own."""
    ontology: Path | None = None
    """A Turtle file with properties, classes and lexical forms of one's own; None for none."""


OWN = Setup()
"""The package's own pipeline and ontology."""


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
    problems: list[ArticleError] = field(default_factory=list)


def build_graph(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    setup: Setup = OWN,
    extractor: Extractor | None = None,
    again: bool = False,
    on_article: Callable[[str], None] | None = None,
) -> BuildReport:
    """Adds the articles of some paths to the graph in a folder, which is made if it is not there.

    Can be stopped and run again: what is stored is skipped. An article whose text has changed under the same
    id takes the place of the old one.

    Args:
        paths: Files, folders, or `-`; see `kg.articles.read_articles`.
        out: The graph's folder.
        setup: What the articles are read with. The graph keeps the ontology, and one that keeps one is
            read with that where none is given.
        extractor: What extracts; None for what the setup says, loaded with the first new article.
        again: Whether stored articles are read again, as after an update of this package.
        on_article: Is told the id of each article that is done, new or not.

    Raises:
        ArticleError: A path does not exist.
        StoreError: `out` is a folder that is no graph, or a graph in use.
        ModelError: The language model or the pipeline cannot be loaded, or the latter lacks what is needed.
        VocabularyError: The ontology cannot be read, or a term of it lacks what it must have.
    """
    started = time.perf_counter()
    count = _Count()
    articles = read_articles(paths, on_problem=count.problems.append)
    tell = on_article or _ignore
    with Store.create(out, ontology=setup.ontology) as store:
        chosen = replace(setup, ontology=store.ontology)
        read, model = (extractor, None) if extractor else reader_of(chosen)
        before = len(store.articles())
        wanted = _wanted(articles, None if again else store, count, tell)
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
        words=count.words,
        seconds=time.perf_counter() - started,
        peak_megabytes=peak_megabytes(),
    )


def reader_of(setup: Setup) -> tuple[Extractor, str]:
    """What extracts, and the name and version of its language model.

    Another pipeline is loaded at once, the package's own when there is an article.

    Raises:
        ModelError: The pipeline cannot be loaded, or lacks what extraction needs.

    >>> reader_of(Setup())[1].split()[0]
    'kg-minilm'
    """
    if setup.pipeline is None:
        own = partial(extract_lazily, ontology=setup.ontology) if setup.ontology else extract_lazily
        return own, model_version()
    from kg.extraction import extract_all, load
    from kg.language.foreign import pipeline_version

    nlp = load(pipeline=setup.pipeline, ontology=setup.ontology)
    return partial(extract_all, nlp), pipeline_version(nlp)


def extract_lazily(articles: Iterable[Article], ontology: Path | None = None) -> Iterator[Extraction]:
    """What each article says, by the package's pipeline, which is loaded only if there is an article.

    Raises:
        VocabularyError: The ontology cannot be read, or a term of it lacks what it must have.
    """
    waiting = iter(articles)
    for first in waiting:
        from kg.extraction import extract_all, load

        yield from extract_all(load(ontology=ontology), _chain(first, waiting))


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
