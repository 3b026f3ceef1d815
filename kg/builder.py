"""Builds a graph: reads articles, extracts what is new, stores it. What is stored already stays as it is."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kg.articles import foreign_language, read_articles
from kg.errors import ArticleError, LanguageError, ModelError
from kg.evaluation.speed import peak_megabytes
from kg.language.weights import model_version
from kg.store import Claim, Judged, Store, read_claims
from kg.store.folder import kept_ontology
from kg.types import Article, Extraction

Extractor = Callable[[Iterable[Article]], Iterator[Extraction]]
"""Gives what each article says, in their order."""

_SHOWN = 40
LONGEST_WORD = 5_000
"""Characters without white space. Such a run is no text, and to divide one of punctuation or emoji takes time
that grows with the square of its length: 3 s for this, 11 s for twice as much."""
LONGEST_ARTICLE = 300_000
"""Characters; the longest news features have a tenth of that, and time grows faster than length."""

_LONG_RUN = re.compile(rf"\S{{{LONGEST_WORD + 1}}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How a build reads articles.

    Raises:
        ModelError: `min_confidence` is not between 0 and 1.

    >>> BuildOptions(min_confidence=0.5).again
    False
    """

    pipeline: str | None = None
    """Another spaCy pipeline for English to extract with, by its package's name or its folder."""
    ontology: Path | str | None = None
    """A Turtle file with properties, classes and lexical forms of one's own, which the graph keeps; None for
    what the graph keeps already."""
    actors: Path | str | None = None
    """A file of actors of one's own, Turtle or a table, which win over the registry's."""
    judgements: Path | str | None = None
    """A file of one's own judgements of who is one with whom, CSV or RDF, which win; the graph keeps them."""
    min_confidence: float | None = None
    """Relations less sure than this are left out, 0–1; None for the extractor's own threshold. It goes into
    the provenance of each article. What is stored already stays as it is, unless it is read again."""
    skip_other_languages: bool = False
    """Whether articles that are not in English are counted and left out, rather than being problems."""
    again: bool = False
    """Whether stored articles are read again, as after an update of this package."""

    def __post_init__(self) -> None:
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise ModelError(f"The least confidence is {self.min_confidence!r}; give a number from 0 to 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did."""

    added: int = 0
    replaced: int = 0
    """Articles whose text had changed since they were stored."""
    unchanged: int = 0
    skipped: int = 0
    """Articles in other languages than English that were left out, as `skip_other_languages` asks."""
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
    skipped: int = 0
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
        ModelError: The language model or the pipeline cannot be loaded, or the latter lacks what is needed;
            or an extractor is given with options that are the package's own extractor's.
        VocabularyError: The file of actors or the ontology cannot be read, or says what is not allowed.
        JudgementError: The judgements cannot be read, or contradict each other.
    """
    started = time.perf_counter()
    count, options = _Count(), options or BuildOptions()
    claims = read_claims(Path(options.judgements)) if options.judgements else []
    articles = read_articles(paths, on_problem=count.problems.append)
    tell = on_article or _ignore
    read, model = _reader(extractor, replace(options, ontology=options.ontology or kept_ontology(Path(out))))
    with Store.create(out, ontology=Path(options.ontology) if options.ontology else None) as store:
        before = len(store.articles())
        with _judging(store, claims, count):
            for extraction in read(_wanted(articles, store, options, count, tell)):
                kept = _sure(extraction, options.min_confidence)
                store.add(kept, model=model, min_confidence=options.min_confidence)
                count.stored += 1
                count.relations += len(kept.relations)
                count.words += len(kept.article.text.split())
                tell(kept.article.id)
        added = len(store.articles()) - before
    return BuildReport(
        added=added,
        replaced=count.stored - added,
        unchanged=count.unchanged,
        skipped=count.skipped,
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


def reader_of(options: BuildOptions) -> tuple[Extractor, str]:
    """What extracts, and the name and version of its language model.

    Another pipeline is loaded at once, the package's own when there is an article; a file of actors is read
    at once.

    Raises:
        ModelError: The pipeline cannot be loaded, or lacks what extraction needs.
        VocabularyError: The file of actors cannot be read, or an actor of it is not well described.

    >>> reader_of(BuildOptions())[1].split()[0]
    'kg-minilm'
    """
    if options.actors is not None:
        from kg.actors.registry import load_registry  # loads spaCy, which a build of nothing new does without

        load_registry(Path(options.actors))
    if options.pipeline is None:
        return partial(extract_lazily, options=options), model_version()
    from kg.language.foreign import pipeline_version

    loaded = _extractor(options)
    return loaded, pipeline_version(loaded.args[0])


def extract_lazily(
    articles: Iterable[Article], *, options: BuildOptions | None = None
) -> Iterator[Extraction]:
    """What each article says, by the package's pipeline, which is loaded only if there is an article.

    Args:
        articles: Articles in English.
        options: How they are read; None for the defaults.
    """
    waiting = iter(articles)
    for first in waiting:
        yield from _extractor(options or BuildOptions())(_chain(first, waiting))


def _extractor(options: BuildOptions) -> partial[Iterator[Extraction]]:
    """What extracts by a pipeline that is loaded at once, its first argument."""
    from kg.extraction import extract_all, load

    nlp = load(
        pipeline=options.pipeline,
        ontology=options.ontology,
        actors=options.actors,
        min_confidence=options.min_confidence,
    )
    return partial(extract_all, nlp)


def _reader(extractor: Extractor | None, options: BuildOptions) -> tuple[Extractor, str | None]:
    if extractor is None:
        return reader_of(options)
    for name in ("pipeline", "actors"):
        given = getattr(options, name)
        if given is not None:
            raise ModelError(
                f"Give either an extractor or {name} ({str(given)!r}), not both: the extractor decides."
            )
    return extractor, None


def _wanted(
    articles: Iterable[Article],
    store: Store,
    options: BuildOptions,
    count: _Count,
    tell: Callable[[str], None],
) -> Iterator[Article]:
    """The articles that are to be read: those that the store does not have, or all that can be."""
    for article in articles:
        if count.ids.setdefault(article.id, article.text) != article.text:
            count.problems.append(_same_id(article))
        elif not options.again and store.contains(article):
            count.unchanged += 1
            tell(article.id)
        elif (problem := refusal_of(article)) is None:
            yield article
        elif options.skip_other_languages and isinstance(problem, LanguageError):
            count.skipped += 1
            tell(article.id)
        else:
            count.problems.append(problem)


def refusal_of(article: Article) -> ArticleError | None:
    """Why an article is not read; None where it is read.

    Its length, its language (a `LanguageError`), or characters without end between two spaces.

    >>> refusal_of(Article(id="a", text="Ana met Bo.")) is None
    True
    """
    if len(article.text) > LONGEST_ARTICLE:
        return _too_long(article)
    language = foreign_language(article.text)
    if language is not None:
        return _other_language(article, language)
    run = _LONG_RUN.search(article.text)
    return None if run is None else _no_words(article, run.start())


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


def _no_words(article: Article, start: int) -> ArticleError:
    return ArticleError(
        f"The article {article.id!r} has more than {LONGEST_WORD:,} characters without a space from "
        f"character {start} on, {article.text[start : start + _SHOWN]!r} …; that is no text, so remove it.",
        place=article.id,
    )


def _other_language(article: Article, language: str) -> LanguageError:
    return LanguageError(
        f"The article {article.id!r} is in {language}; only English is read. Leave it out, or have such "
        "articles skipped and counted (`--skip-other-languages`).",
        place=article.id,
    )


def _sure(extraction: Extraction, least: float | None) -> Extraction:
    """An extraction without the relations that are less sure than asked for; None asks for nothing."""
    if least is None:
        return extraction
    return replace(extraction, relations=tuple(r for r in extraction.relations if r.confidence >= least))


def _chain(first: Article, rest: Iterable[Article]) -> Iterator[Article]:
    yield first
    yield from rest


def _ignore(_: str) -> None:
    return None
