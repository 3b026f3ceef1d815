"""The folder of a graph on disk: its marker, and how the embedded store in it is opened."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.engine import explained
from kg.store.graphs import ArticleGraphs
from kg.vocabulary import BASE, load_vocabulary

MARKER = "kg-graph.json"
"""The file that tells our folder from any other: Oxigraph opens a junk folder as an empty store."""
ONTOLOGY = "ontology.ttl"
"""The file that keeps what users' own ontologies added, so that a graph can be read without them."""
FORMAT = 1
_DATA = "oxigraph"
_MAKING = f"{MARKER}.part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What the marker file says."""

    format: int = FORMAT
    base: str = BASE
    """Where the IRIs of the graph are minted."""
    articles: int | None = None
    """How many were stored when the graph was last closed; None where that is not known. Damaged files can
    open as a store that holds less, or nothing, without an error."""
    is_closed: bool = True
    """Whether who wrote last closed the graph; if not, it is being written, or its writer was killed."""


def create_folder(path: Path, base: str) -> Marker:
    """Makes `path` the folder of an empty graph; one that is a graph already stays as it is.

    Raises:
        StoreError: There is something else.
    """
    if (path / MARKER).is_file():
        return read_marker(path)
    if path.exists() and not _is_free(path):
        raise StoreError(f"{str(path)!r} exists and is not a graph; name a new folder, or an empty one.")
    marker = Marker(base=base, articles=0)
    try:
        path.mkdir(parents=True, exist_ok=True)
        _write(marker, path / _MAKING)  # tells what is left of a process that is killed from other folders
        shutil.rmtree(path / _DATA, ignore_errors=True)
        (path / _DATA).mkdir()
        _new_store(path / _DATA)
        (path / _MAKING).replace(path / MARKER)  # last, so that a folder with a marker has its data
    except OSError as error:
        raise StoreError(f"No graph can be made in {str(path)!r}: {error}; name another folder.") from error
    return marker


def _is_free(path: Path) -> bool:
    """Whether a folder is empty, or holds what is left where the making of a graph was stopped."""
    if not path.is_dir():
        return False
    found = {entry.name for entry in path.iterdir()}
    return not found or (_MAKING in found and found <= {_MAKING, _DATA})


def keep_ontology(path: Path, file: Path) -> None:
    """Keeps a user's ontology file with a graph; what another had added stays, behind it.

    Raises:
        StoreError: The file cannot be kept.
        VocabularyError: The file cannot be read, or does not go with what is kept.
    """
    load_vocabulary(file)
    kept = path / ONTOLOGY
    waiting = kept.with_suffix(".ttl.part")
    try:
        new, old = file.read_text("utf-8"), kept.read_text("utf-8") if kept.is_file() else ""
        if new in old:
            return
        waiting.write_text(f"{new.rstrip()}\n{old}", encoding="utf-8")
        load_vocabulary(waiting)
        waiting.replace(kept)
    except OSError as error:
        raise StoreError(f"The ontology cannot be kept in {str(path)!r}: {error}.") from error
    finally:
        waiting.unlink(missing_ok=True)


def kept_ontology(path: Path) -> Path | None:
    """The ontology that a graph's folder keeps; None where it was built with the package's alone."""
    kept = path / ONTOLOGY
    return kept if kept.is_file() else None


def read_marker(path: Path) -> Marker:
    """The marker of a graph's folder.

    Raises:
        StoreError: The folder is not there, is not a graph, or is of a later version.
    """
    file = path / MARKER
    if not path.exists():
        raise StoreError(f"There is no graph {str(path)!r}; build it with: kg build ARTICLES -o {path}")
    if path.is_dir() and (path / _MAKING).is_file() and not file.is_file():
        raise StoreError(
            f"The making of {str(path)!r} was stopped; build it with: kg build ARTICLES -o {path}"
        )
    if not file.is_file() or not (path / _DATA).is_dir():
        raise StoreError(
            f"{str(path)!r} is not a graph (it lacks {MARKER} or its data); name one that `kg build` made."
        )
    try:
        marker = Marker(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise StoreError(f"The marker {str(file)!r} is broken; build the graph again.") from error
    if not isinstance(marker.format, int):
        raise StoreError(f"The marker {str(file)!r} is broken; build the graph again.")
    if marker.format > FORMAT:
        raise StoreError(f"{str(path)!r} was made by a later version; update kg-actors to read it.")
    return marker


def open_data(path: Path, *, read_only: bool) -> tuple[ox.Store, Marker]:
    """The embedded store in a graph's folder, which holds no less than when it was closed, and the marker.

    What is to be written to is opened for reading first: to open damaged files for writing can change them.

    Raises:
        StoreError: Another process writes to it, or its data cannot be read, or some of it is lost.
    """
    data, marker = path / _DATA, read_marker(path)
    try:
        store = ox.Store.read_only(str(data))
        _refuse_loss(store, marker, path)
        return (store if read_only else ox.Store(str(data))), marker
    except (OSError, RuntimeError) as error:
        if isinstance(error, StoreError):
            raise
        raise explained(error, path) from error


def _refuse_loss(data: ox.Store, marker: Marker, path: Path) -> None:
    if not marker.is_closed or not marker.articles:
        return
    try:
        found = sum(1 for _ in ArticleGraphs(marker.base).of(data))
    except (OSError, RuntimeError):  # a damaged block is not a loss: whoever reads it is told
        return
    if found < marker.articles:
        raise StoreError(
            f"The data of {str(path)!r} is damaged ({marker.articles} articles stored, {found} are left); "
            "take it from a copy, or build it again."
        )


def begin_writing(path: Path) -> None:
    """Notes that a graph is about to be changed.

    Raises:
        StoreError: The folder cannot be written to.
    """
    marker = read_marker(path)
    if marker.is_closed:
        _mark(path, replace(marker, is_closed=False))


def end_writing(path: Path, data: ox.Store) -> None:
    """Brings all that is stored into files with check sums, and notes how many articles there are.

    Raises:
        StoreError: The folder cannot be written to. What was stored is there nevertheless.
    """
    try:
        data.flush()
    except (OSError, RuntimeError) as error:
        raise explained(error, path) from error
    marker = read_marker(path)
    count = sum(1 for _ in ArticleGraphs(marker.base).of(data))
    if (marker.articles, marker.is_closed) != (count, True):
        _mark(path, replace(marker, articles=count, is_closed=True))


def drop_journal(path: Path) -> None:
    """Rids a graph that is closed of its journal, two thirds of its size, whose content is in its files.

    RocksDB does so when it opens the store. Where somebody else has it open, the journal stays.
    """
    with suppress(OSError, RuntimeError):
        ox.Store(str(path / _DATA))


def _mark(path: Path, marker: Marker) -> None:
    try:
        _write(marker, path / _MAKING)
        (path / _MAKING).replace(path / MARKER)
    except OSError as error:
        raise StoreError(
            f"The graph {str(path)!r} cannot be written to ({error.strerror}); free space, "
            "or copy it to a folder that can be written to."
        ) from error


def _write(marker: Marker, file: Path) -> None:
    file.write_text(json.dumps(asdict(marker)) + "\n", encoding="utf-8")


def _new_store(data: Path) -> None:
    ox.Store(str(data)).flush()
