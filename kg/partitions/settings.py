"""What must be known to read articles as a build asks, on whatever machine; and what is made of it there."""

from __future__ import annotations

import hashlib
import pickle
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import lru_cache, partial
from pathlib import Path

from kg.errors import ModelError, WorkerError
from kg.partitions.memory import spare_nothing, spare_what_is_loaded
from kg.rdf.articles import Software, this_software
from kg.types import Article, Extraction
from kg.vocabulary import BASE, Vocabulary, load_vocabulary

Extractor = Callable[[Iterable[Article]], Iterator[Extraction]]
"""Gives what each article says, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How articles are read. It holds the content of files rather than their names, so it can be sent."""

    extractor: Extractor | None = None
    """What extracts; None for the package's own pipeline, or `pipeline`."""
    pipeline: str | None = None
    """Another spaCy pipeline to extract with, by its package's name or its folder."""
    ontology: bytes | None = None
    """Properties, classes and lexical forms of the user's own, in Turtle."""
    actors: tuple[str, bytes] | None = None
    """The name and the content of a file of actors of the user's own."""
    min_confidence: float | None = None
    """Relations less sure than this are left out, 0–1; None for the extractor's own threshold."""
    model: str | None = None
    """Name and version of the language model; None where it is not known."""
    release: str = field(default_factory=lambda: this_software().version)
    """The version of this package that the readings are to be of."""
    base: str = BASE
    """Where IRIs are minted."""

    @property
    def software(self) -> Software:
        """What reads, for the provenance."""
        return this_software(self.model, min_confidence=self.min_confidence)

    @property
    def digest(self) -> bytes:
        """A hash of all of it: readings under settings of one digest are the same."""
        said = [getattr(self, one.name) for one in fields(self) if one.name != "extractor"]
        return hashlib.sha256(repr(said).encode() + pickle.dumps(self.extractor)).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What reads articles in this process."""

    extract: Extractor
    vocabulary: Vocabulary


@lru_cache(maxsize=1)
def tools_of(settings: Settings) -> Tools:
    """What reads articles under some settings; kept until it is asked for under others.

    Raises:
        WorkerError: This process has another version of the package or of its language model than asked for.
        ModelError: The pipeline cannot be loaded, or lacks what is needed.
        VocabularyError: A file of the user cannot be read, or says what is not allowed.
    """
    refuse_other_version(settings)
    ontology = _files(settings.ontology, settings.actors).ontology
    extract, vocabulary = settings.extractor or load_extractor(settings), load_vocabulary(ontology)
    if settings.extractor is None:
        spare_what_is_loaded()
    return Tools(extract=extract, vocabulary=vocabulary)


def load_extractor(settings: Settings) -> partial[Iterator[Extraction]]:
    """What extracts by a pipeline, which is loaded at once; its first argument is the pipeline.

    Raises:
        ModelError: The pipeline cannot be loaded, or lacks what is needed.
        VocabularyError: A file of the user cannot be read, or says what is not allowed.
    """
    return _load(settings.pipeline, settings.ontology, settings.actors, settings.min_confidence)


def forget_tools() -> None:
    """Lets go of what was loaded, which takes some hundred megabytes; not within `keeping_tools`."""
    if _keeping:
        return
    for cached in (tools_of, _load, _files):
        cached.cache_clear()
    spare_nothing()


@contextmanager
def keeping_tools() -> Iterator[None]:
    """Has several builds, one after another, read with what the first has loaded; then lets go of it.

    >>> with keeping_tools():
    ...     pass  # kg.builder.add_articles(…), and again
    """
    _keeping.append(True)
    try:
        yield
    finally:
        _keeping.pop()
        forget_tools()


_keeping: list[bool] = []
"""One for each `keeping_tools` that is open."""


@lru_cache(maxsize=1)
def _load(
    pipeline: str | None,
    ontology: bytes | None,
    actors: tuple[str, bytes] | None,
    min_confidence: float | None,
) -> partial[Iterator[Extraction]]:
    from kg.extraction import extract_all, load  # loads spaCy, which a build of nothing new does without

    files = _files(ontology, actors)
    nlp = load(pipeline=pipeline, ontology=files.ontology, actors=files.actors, min_confidence=min_confidence)
    return partial(extract_all, nlp)


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True)
class _Files:
    """Where the files of the user lie in this process, as long as this is kept."""

    ontology: Path | None = None
    actors: Path | None = None


@lru_cache(maxsize=1)
def _files(ontology: bytes | None, actors: tuple[str, bytes] | None) -> _Files:
    given = {"ontology": ("ontology.ttl", ontology)} if ontology is not None else {}
    given |= {"actors": actors} if actors is not None else {}
    if not given:
        return _Files()
    folder = Path(tempfile.mkdtemp(prefix="kg-"))
    for name, content in given.values():
        (folder / name).write_bytes(content)
    files = _Files(**{option: folder / name for option, (name, _) in given.items()})
    weakref.finalize(files, shutil.rmtree, folder, ignore_errors=True)
    return files


def refuse_unsendable(extractor: Extractor) -> None:
    """Refuses an extractor that cannot be sent to other processes.

    Raises:
        ModelError: It cannot.
    """
    try:
        pickle.dumps(extractor)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ModelError(
            f"The extractor cannot be sent to other processes ({error}); define it at the top of a module, "
            "or build with one worker."
        ) from error


def refuse_other_version(settings: Settings) -> None:
    """Refuses to read where the package or its language model is another than who asks has.

    Raises:
        WorkerError: It is another.
    """
    here = {"kg-actors": this_software().version}
    asked = {"kg-actors": settings.release}
    if settings.extractor is None and settings.pipeline is None:
        from kg.language.weights import model_version

        here["the language model"], asked["the language model"] = model_version(), settings.model or ""
    for name, version in asked.items():
        if here[name] != version:
            raise WorkerError(
                f"A worker has {name} {here[name]!r}, and this process {version!r}; install the same version "
                "on all machines."
            )
