"""Builds a graph: reads articles, extracts what is new, stores it. What is stored already stays as it is."""

from __future__ import annotations

import datetime
import hashlib
import pickle
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kg.articles import ReadingOptions, read_articles, refusal_of
from kg.errors import ArticleError, LanguageError, ModelError, StoreError
from kg.evaluation.speed import peak_megabytes
from kg.language.weights import model_version
from kg.rdf.articles import this_software
from kg.store import Claim, Judged, Store, read_claims
from kg.store.builds import Build, build_quads, has_inferred
from kg.store.folder import kept_ontology
from kg.types import Article, Extraction
from kg.workers import Extractor, extract_in_processes

_SHOWN = 40


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
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    """How articles are read: which columns hold what, their format, limits."""
    workers: int = 1
    """Processes that read articles, each with its own pipeline; 0 for one a core. The graph is the same."""

    def __post_init__(self) -> None:
        if self.workers < 0:
            raise ModelError(f"The number of workers is {self.workers}; give 1 or more, or 0 for one a core.")
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
    dropped_inferred: bool = False
    """Whether the graph held what was inferred from it, which went, since the rest has changed."""
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
class _Run:
    """What a build is asked for, and what it has done so far."""

    options: BuildOptions
    tell: Callable[[str], None]
    """Is told the id of each article that is done."""
    model: str | None = None
    started: datetime.datetime = field(default_factory=lambda: datetime.datetime.now(datetime.UTC))
    chosen: dict[str, _Version] = field(default_factory=dict)
    """Which article each id of this run stands for."""
    contested: set[str] = field(default_factory=set)
    """Ids that several articles have."""
    added: set[str] = field(default_factory=set)
    """Ids of articles that were new."""
    replaced: set[str] = field(default_factory=set)
    unchanged: int = 0
    skipped: int = 0
    relations: int = 0
    words: int = 0
    judged: Judged = field(default_factory=Judged)
    problems: list[ArticleError] = field(default_factory=list)

    def is_repeated(self, article: Article) -> bool:
        """Whether the same article came before in this run."""
        return article.id in self.chosen and self.chosen[article.id] == _version(article)

    def choose(self, article: Article) -> bool:
        """Whether an id stands for this article, of all that have it, whatever the order of reading."""
        version = _version(article)
        before = self.chosen.get(article.id, version)
        if version != before:
            self.contested.add(article.id)
            self.problems.append(_same_id(article, is_text_same=version[1] == before[1]))
        self.chosen[article.id] = max(version, before)
        return version == self.chosen[article.id]

    def is_chosen(self, article: Article) -> bool:
        """Whether the article's id stands for it, as far as is known yet."""
        return article.id not in self.contested or self.chosen[article.id] == _version(article)

    def count(self, extraction: Extraction, *, is_known: bool) -> None:
        """Counts an article that was read, the first time that its id comes."""
        identifier = extraction.article.id
        if identifier not in self.added and identifier not in self.replaced:
            (self.replaced if is_known else self.added).add(identifier)
        self.relations += len(extraction.relations)
        self.words += len(extraction.article.text.split())


_Version = tuple[int, str, str]
"""Length and digest of an article's text, and digest of all of it: where several have one id, the last in
order, and so the longest, stands for it."""


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
    the order of the articles does not matter; see `kg.store.judging`. Where several articles have one id, the
    longest is kept (of equals the one whose hash comes last), whichever comes first, and each of the others
    is a problem.

    Args:
        paths: Files, folders, or `-`; see `kg.articles.read_articles`.
        out: The graph's folder.
        extractor: What extracts; None for the package's own pipeline, loaded with the first new article, or
            the pipeline of `options`.
        options: How articles are read; None for the defaults.
        on_article: Is told the id of each article that is done, new or not.

    Raises:
        ArticleError: A path does not exist.
        StoreError: `out` is a folder that is no graph, a graph in use, or one whose disk is full.
        WorkerError: A process that reads articles ended before it was done. What is stored stays.
        ModelError: The language model or the pipeline cannot be loaded, or the latter lacks what is needed;
            or an extractor is given with options that are the package's own extractor's.
        VocabularyError: The file of actors or the ontology cannot be read, or says what is not allowed.
        JudgementError: The judgements cannot be read, or contradict each other.
    """
    started = time.perf_counter()
    run = _Run(options=options or BuildOptions(), tell=on_article or _ignore)
    asked = run.options
    claims = read_claims(Path(asked.judgements)) if asked.judgements else []
    articles = read_articles(paths, on_problem=run.problems.append, options=asked.reading)
    read, run.model = _reader(extractor, replace(asked, ontology=asked.ontology or kept_ontology(Path(out))))
    with Store.create(out, ontology=Path(asked.ontology) if asked.ontology else None) as store:
        had_inferred = has_inferred(store.data, store.base)
        with _concluding(store, claims, run):
            _store_all(read(_wanted(articles, store, run)), store, run)
        dropped_inferred = had_inferred and not has_inferred(store.data, store.base)
    return BuildReport(
        added=len(run.added),
        replaced=len(run.replaced),
        unchanged=run.unchanged,
        skipped=run.skipped,
        problems=tuple(run.problems),
        relations=run.relations,
        judged=run.judged,
        dropped_inferred=dropped_inferred,
        words=run.words,
        seconds=time.perf_counter() - started,
        peak_megabytes=peak_megabytes(),
    )


def _store_all(found: Iterator[Extraction], store: Store, run: _Run) -> None:
    least = run.options.min_confidence
    try:
        for extraction in found:
            if run.is_chosen(extraction.article):
                kept = _sure(extraction, least)
                is_known = store.holds(kept.article.id)
                store.add(kept, model=run.model, min_confidence=least)
                run.count(kept, is_known=is_known)
                run.tell(kept.article.id)
    finally:
        if isinstance(found, Generator):
            found.close()  # ends the processes that read, also where nothing more can be stored


@contextmanager
def _concluding(store: Store, claims: list[Claim], run: _Run) -> Iterator[None]:
    """Judges once all is stored, also where the build is stopped before its end, and notes when it ran."""
    is_writable = True
    try:
        with store.adding():
            yield
    except StoreError:
        is_writable = False  # what is left to do is marked in the graph
        raise
    finally:
        if is_writable:
            _judge(store, claims, run)


def _judge(store: Store, claims: list[Claim], run: _Run) -> None:
    if not store.is_finished:
        run.judged = store.judge()
    if run.added or run.replaced:
        done = Build(
            started=run.started,
            ended=datetime.datetime.now(datetime.UTC),
            added=len(run.added),
            replaced=len(run.replaced),
        )
        store.data.extend(build_quads(done, this_software(run.model), store.base))
    if claims:  # last, so that what is wrong with them leaves the graph judged
        run.judged = store.judge(claims)


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
        return _in_processes(options) or partial(extract_lazily, options=options), model_version()
    from kg.language.foreign import pipeline_version

    loaded = _extractor(options)
    return _in_processes(options) or loaded, pipeline_version(loaded.args[0])


def _in_processes(options: BuildOptions, extractor: Extractor | None = None) -> Extractor | None:
    """What extracts in several processes; None where one is asked for."""
    if options.workers == 1:
        return None
    if extractor is not None:
        _refuse_unsendable(extractor)
    load = partial(_extractor, options) if extractor is None else partial(_given, extractor)
    return partial(extract_in_processes, load=load, workers=options.workers)


def _given(extractor: Extractor) -> Extractor:
    return extractor


def _refuse_unsendable(extractor: Extractor) -> None:
    try:
        pickle.dumps(extractor)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ModelError(
            f"The extractor cannot be sent to other processes ({error}); define it at the top of a module, "
            "or build with one worker."
        ) from error


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
    return _in_processes(options, extractor) or extractor, None


def _wanted(articles: Iterable[Article], store: Store, run: _Run) -> Iterator[Article]:
    """The articles that are to be read: those that the store does not have, or all that can be."""
    for article in articles:
        is_stored = not run.options.again and store.contains(article)
        problem = None if is_stored else refusal_of(article)
        if isinstance(problem, LanguageError) and run.options.skip_other_languages:
            run.skipped += 1
            run.tell(article.id)
        elif problem is not None:
            run.problems.append(problem)
        elif run.is_repeated(article) or (run.choose(article) and is_stored):
            run.unchanged += 1
            run.tell(article.id)
        elif run.is_chosen(article):
            yield article


def _version(article: Article) -> _Version:
    text, whole = (
        hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest()
        for part in (article.text, repr(article))
    )
    return len(article.text), text, whole


def _same_id(article: Article, *, is_text_same: bool) -> ArticleError:
    what = "dates or sources" if is_text_same else "texts"
    return ArticleError(
        f"Two articles with different {what} have the id {article.id!r}, the later of which begins "
        f"{article.text.strip()[:_SHOWN]!r}; the longer is kept. Give each its own id (or file name).",
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
