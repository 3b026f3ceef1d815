"""Builds a graph: reads articles, extracts what is new, stores it. What is stored already stays as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from kg.articles import ReadingOptions, read_articles
from kg.errors import ArticleError, ModelError
from kg.evaluation.speed import peak_megabytes
from kg.language.weights import model_version
from kg.partitions import Extractor, Place, Settings
from kg.partitions.choice import Choices
from kg.partitions.problems import Problems
from kg.partitions.runs import Run
from kg.partitions.settings import forget_tools, load_extractor, refuse_unsendable
from kg.store import Judged, Store, read_claims
from kg.store.sink import Sink, StoreSink
from kg.types import Article, Extraction

PROBLEMS = "problems.jsonl"
"""The file in a graph's folder that lists what its last build could not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How a build reads articles.

    Raises:
        ModelError: `min_confidence` is not between 0 and 1, or there are no such workers.

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
    scheduler: str | None = None
    """The address of a Dask cluster that reads, such as `tcp://10.0.0.1:8786`; None for this machine."""
    parts: str | None = None
    """A path of `fsspec` where readings are kept, so that none is made twice; None keeps none."""
    problems: Path | str | None = None
    """A file for what could not be read, as JSON Lines; None for `problems.jsonl` in the graph's folder."""

    def __post_init__(self) -> None:
        _ = self.place
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise ModelError(f"The least confidence is {self.min_confidence!r}; give a number from 0 to 1.")

    @property
    def place(self) -> Place:
        """Where articles are read."""
        return Place(workers=self.workers, scheduler=self.scheduler, parts=self.parts)


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
    """What could not be read, the first thousand of it; everything else was stored."""
    failed: int = 0
    """How many problems there are."""
    problems_file: Path | None = None
    """The file that lists all of them, as JSON Lines; None where there are none."""
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
    is a problem. What cannot be read is a problem too, and stops nothing.

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
        WorkerError: Processes that read articles end again and again, or the cluster is lost. What is stored
            stays.
        ModelError: The language model or the pipeline cannot be loaded, or the latter lacks what is needed;
            or an extractor is given with options that are the package's own extractor's.
        VocabularyError: The file of actors or the ontology cannot be read, or says what is not allowed.
        JudgementError: The judgements cannot be read, or contradict each other.

    >>> def written(articles):
    ...     for article in articles:
    ...         yield Extraction(article=article)
    >>> _ = Path("a.txt").write_text("Ana Bell met Bo Cole in Oslo.")
    >>> build_graph(["a.txt"], "graph", extractor=written).added
    1
    >>> build_graph(["a.txt"], "graph", extractor=written).unchanged
    1
    """
    given = options or BuildOptions()
    with Problems(_problems_file(given, out)) as problems:
        articles = read_articles(paths, on_problem=problems.add, options=given.reading)
        return _build(articles, out, problems, _Asked(given, extractor, on_article or _ignore))


def add_articles(
    articles: Iterable[Article],
    out: str | Path | Sink,
    *,
    extractor: Extractor | None = None,
    options: BuildOptions | None = None,
    on_article: Callable[[str], None] | None = None,
) -> BuildReport:
    """Adds articles to a graph, as `build_graph` does those of files.

    Args:
        articles: Taken as they are needed, some dozens ahead.
        out: The graph's folder, which is made if it is not there, or another sink (`kg.store.sink`).
        extractor: What extracts; None for what `options` say.
        options: How articles are read; None for the defaults.
        on_article: Is told the id of each article that is done, new or not.

    Raises:
        KgError: As `build_graph` does.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     add_articles([], folder).added
    0
    """
    given = options or BuildOptions()
    with Problems(_problems_file(given, out)) as problems:
        return _build(articles, out, problems, _Asked(given, extractor, on_article or _ignore))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a build is asked for."""

    options: BuildOptions
    extractor: Extractor | None
    tell: Callable[[str], None]


def _build(
    articles: Iterable[Article], out: str | Path | Sink, problems: Problems, asked: _Asked
) -> BuildReport:
    started, options = time.perf_counter(), asked.options
    claims = read_claims(Path(options.judgements)) if options.judgements else []
    _refuse_at_once(asked)
    with ExitStack() as stack:
        stack.callback(forget_tools)
        sink = stack.enter_context(_opened(out, options))
        settings = _settings(options, asked.extractor, sink)
        run = Run(
            sink=sink,
            settings=settings,
            problems=problems.begin(),
            choices=stack.enter_context(Choices()),
            tell=asked.tell,
            again=options.again,
            skips_languages=options.skip_other_languages,
        )
        had_inferred = sink.holds_inferred()
        with run.finishing(claims):
            run.read(articles, options.place)
        return _report(run, had_inferred=had_inferred, seconds=time.perf_counter() - started)


def _report(run: Run, *, had_inferred: bool, seconds: float) -> BuildReport:
    return BuildReport(
        added=run.counts.added,
        replaced=run.counts.replaced,
        unchanged=run.counts.unchanged,
        skipped=run.counts.skipped,
        problems=tuple(run.problems.kept),
        failed=run.problems.count,
        problems_file=run.problems.file,
        relations=run.counts.relations,
        judged=run.judged,
        dropped_inferred=had_inferred and not run.sink.holds_inferred(),
        words=run.counts.words,
        seconds=seconds,
        peak_megabytes=peak_megabytes(),
    )


@contextmanager
def _opened(out: str | Path | Sink, options: BuildOptions) -> Iterator[Sink]:
    if not isinstance(out, (str, Path)):
        yield out
        return
    with Store.create(out, ontology=Path(options.ontology) if options.ontology else None) as store:
        yield StoreSink(store)


def _problems_file(options: BuildOptions, out: str | Path | Sink) -> Path | None:
    if options.problems is not None:
        return Path(options.problems)
    return Path(out) / PROBLEMS if isinstance(out, (str, Path)) else None


def _settings(options: BuildOptions, extractor: Extractor | None, sink: Sink) -> Settings:
    """What whoever reads must know, with the model that reads: another pipeline is loaded at once."""
    actors = Path(options.actors) if options.actors is not None else None
    settings = Settings(
        extractor=extractor,
        pipeline=options.pipeline,
        ontology=sink.ontology.read_bytes() if sink.ontology is not None else None,
        actors=(actors.name, actors.read_bytes()) if actors is not None else None,
        min_confidence=options.min_confidence,
        base=sink.base,
    )
    if extractor is not None:
        return settings
    return replace(settings, model=_model_of(settings))


def _model_of(settings: Settings) -> str:
    if settings.pipeline is None:
        return model_version()
    from kg.language.foreign import pipeline_version  # loads spaCy

    return pipeline_version(load_extractor(settings).args[0])


def _refuse_at_once(asked: _Asked) -> None:
    """Refuses what cannot be, before a graph is made."""
    options, extractor = asked.options, asked.extractor
    if options.actors is not None and extractor is None:
        from kg.actors.registry import load_registry  # loads spaCy, which a build of nothing new does without

        load_registry(Path(options.actors))
    if extractor is None:
        return
    for name in ("pipeline", "actors"):
        given = getattr(options, name)
        if given is not None:
            raise ModelError(
                f"Give either an extractor or {name} ({str(given)!r}), not both: the extractor decides."
            )
    if not options.place.is_here:
        refuse_unsendable(extractor)


def reader_of(options: BuildOptions) -> tuple[Extractor, str]:
    """What extracts in this process, and the name and version of its language model.

    Another pipeline is loaded at once, the package's own when there is an article.

    Raises:
        ModelError: The pipeline cannot be loaded, or lacks what extraction needs.

    >>> reader_of(BuildOptions())[1].split()[0]
    'kg-minilm'
    """
    if options.pipeline is None:
        return partial(extract_lazily, options=options), model_version()
    from kg.language.foreign import pipeline_version  # loads spaCy

    loaded = load_extractor(_own(options))
    return loaded, pipeline_version(loaded.args[0])


def extract_lazily(
    articles: Iterable[Article], *, options: BuildOptions | None = None
) -> Iterator[Extraction]:
    """What each article says, by the package's pipeline, which is loaded only if there is an article.

    Args:
        articles: Articles in English.
        options: How they are read; None for the defaults.

    >>> list(extract_lazily([]))
    []
    """
    waiting = iter(articles)
    for first in waiting:
        yield from load_extractor(_own(options or BuildOptions()))(chain([first], waiting))


def _own(options: BuildOptions) -> Settings:
    actors, ontology = (Path(given) if given else None for given in (options.actors, options.ontology))
    return Settings(
        pipeline=options.pipeline,
        ontology=ontology.read_bytes() if ontology is not None else None,
        actors=(actors.name, actors.read_bytes()) if actors is not None else None,
        min_confidence=options.min_confidence,
    )


def _ignore(_: str) -> None:
    return None
