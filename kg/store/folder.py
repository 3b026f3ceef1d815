"""The folder of a graph on disk: its marker, and how the embedded store in it is opened."""

from __future__ import annotations

import json
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.engine import explained, is_lock_of_another
from kg.store.graphs import ArticleGraphs
from kg.store.locking import PATIENCE, patiently
from kg.store.search.keeping import FILE, drop_index, keep_index
from kg.vocabulary import BASE, load_vocabulary

MARKER = "kg-graph.json"
"""The file that tells our folder from any other: Oxigraph opens a junk folder as an empty store."""
ONTOLOGY = "ontology.ttl"
"""The file that keeps what users' own ontologies added, so that a graph can be read without them."""
STAGING = ".importing"
"""The folder, within that of a graph, in which an import makes what is to stand there when it is whole."""
RESTORING = ".restoring"
"""The same of the restoring of a backup."""
SERVING = ".serving"
"""The folder, within that of a graph, in which servers keep the snapshots that they show."""
COLUMNS = "relations.columns"
"""The file in which whoever draws a graph keeps its relations as it needs them (`kg.exploration.keeping`)."""
FORMAT = 1
DATA = "oxigraph"
_OTHER_DATA = "oxigraph-2"
_MAKING = f"{MARKER}.part"
_GONE = "No such file or directory"
_WAITS = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds before a graph that is being written is opened again, if a file went while it was opened."""
_AT_WORK = (STAGING, RESTORING)
_LEFTOVERS = frozenset({*_AT_WORK, SERVING, _MAKING, DATA, ONTOLOGY})
"""What stands in a folder where a graph was being made, and was killed before the marker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What the marker file says."""

    format: int = FORMAT
    base: str = BASE
    """Where the IRIs of the graph are minted."""
    data: str = DATA
    """The folder of the embedded store; an import fills another, and the marker then names that."""
    articles: int | None = None
    """How many were stored when the graph was last closed; None where that is not known. Damaged files can
    open as a store that holds less, or nothing, without an error."""
    is_closed: bool = True
    """Whether who wrote last closed the graph; if not, it is being written, or its writer was killed."""
    state: str | None = None
    """What the data are known by that they hold, another with every writer; None where none wrote since this
    was noted. What is made from the data and kept beside them says of which state it is."""


def create_folder(path: Path, base: str) -> Marker:
    """Makes `path` the folder of an empty graph; one that is a graph already stays as it is.

    Raises:
        StoreError: There is something else.
    """
    if (path / MARKER).is_file():
        return read_marker(path)
    refuse_other(path)
    if any((path / name).exists() for name in _AT_WORK):
        raise StoreError(
            f"An import into {str(path)!r}, or the restoring of a backup, is at work, or was stopped; "
            "run it again, or name another folder."
        )
    marker = Marker(base=base, articles=0)
    try:
        path.mkdir(parents=True, exist_ok=True)
        _write(marker, path / _MAKING)  # tells what is left of a process that is killed from other folders
        shutil.rmtree(path / DATA, ignore_errors=True)
        (path / DATA).mkdir()
        _new_store(path / DATA)
        (path / _MAKING).replace(path / MARKER)  # last, so that a folder with a marker has its data
    except OSError as error:
        raise StoreError(f"No graph can be made in {str(path)!r}: {error}; name another folder.") from error
    return marker


def refuse_other(path: Path) -> None:
    """Refuses a place that is taken by something that is no graph, nor what is left where one was being made.

    Raises:
        StoreError: There is a file, or a folder with other things.
    """
    if (path / MARKER).is_file() or not path.exists():
        return
    found = {child.name for child in path.iterdir()} if path.is_dir() else {""}
    found = {name for name in found if not name.startswith((FILE, COLUMNS))}
    if found - _LEFTOVERS or (found and not found & {*_AT_WORK, SERVING, _MAKING}):
        raise StoreError(f"{str(path)!r} exists and is not a graph; name a new folder, or an empty one.")


def adopt_data(path: Path, made: Path, base: str) -> None:
    """Puts another embedded store in the place of a graph's, or makes the folder a graph with it.

    The marker decides which store is the graph's, and changes last and in one step; so whatever stops this,
    the graph is the old one or the new one, whole. The index of names is left to whoever needs it first: to
    make it takes as long as to load the data.

    Args:
        path: The graph's folder. Nobody else may write to it meanwhile.
        made: The folder of the new store, closed, within the graph's.
        base: Where the IRIs of the graph are minted.

    Raises:
        OSError: A file cannot be moved or written.
    """
    new = _OTHER_DATA if _data_name(path) == DATA else DATA
    shutil.rmtree(path / new, ignore_errors=True)  # what an import left that was killed
    made.rename(path / new)
    try:
        _drop_derived(path)
        count = _count_articles(ox.Store.read_only(str(path / new)), base)
        _replace(path, Marker(base=base, data=new, articles=count, state=_new_state()))
    except OSError:
        shutil.rmtree(path / new, ignore_errors=True)
        raise
    shutil.rmtree(path / (DATA if new == _OTHER_DATA else _OTHER_DATA), ignore_errors=True)


def _data_name(path: Path) -> str | None:
    """The folder of a graph's store; of one whose marker is broken, one that may be it."""
    with suppress(StoreError):
        return read_marker(path).data
    there = [name for name in (DATA, _OTHER_DATA) if (path / name).exists()]
    return there[0] if there and (path / MARKER).is_file() else None


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
    """The ontology that a graph's folder keeps; None where it was built with the package's alone.

    One that came with the data of a backup stands among them, so that both took their place in one step,
    until a writer puts it where others stand; an empty one says that there is none.
    """
    came = path / read_marker(path).data / ONTOLOGY if (path / MARKER).is_file() else None
    kept = came if came is not None and came.is_file() else path / ONTOLOGY
    return kept if kept.is_file() and kept.stat().st_size else None


def settle_ontology(path: Path) -> None:
    """Puts an ontology that came with the data of a backup where others stand.

    Raises:
        OSError: The folder cannot be written to. The ontology counts where it is.
    """
    came, kept = path / read_marker(path).data / ONTOLOGY, path / ONTOLOGY
    if not came.is_file():
        return
    if came.stat().st_size:
        came.replace(kept)
    else:
        kept.unlink(missing_ok=True)
        came.unlink()


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
    if not file.is_file():
        raise _no_graph(path)
    try:
        marker = Marker(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise StoreError(f"The marker {str(file)!r} is broken; build the graph again.") from error
    if not isinstance(marker.format, int):
        raise StoreError(f"The marker {str(file)!r} is broken; build the graph again.")
    if marker.data not in (DATA, _OTHER_DATA):
        raise StoreError(f"The marker {str(file)!r} is broken; build the graph again.")
    if not (path / marker.data).is_dir():
        raise _no_graph(path)
    if marker.format > FORMAT:
        raise StoreError(f"{str(path)!r} was made by a later version; update kg-actors to read it.")
    return marker


def open_data(path: Path, *, read_only: bool, patience: float = PATIENCE) -> tuple[ox.Store, Marker]:
    """The embedded store in a graph's folder, which holds no less than when it was closed, and the marker.

    Args:
        path: The folder.
        read_only: Whether nothing is to be written to it.
        patience: Seconds that who writes waits for another process that does.

    Raises:
        StoreError: Another process writes to it, or its data cannot be read, or some of it is lost.
    """
    try:
        if read_only:
            return _open_reading(path)
        return patiently(lambda: _open_writing(path), is_held=is_lock_of_another, seconds=patience, path=path)
    except (OSError, RuntimeError) as error:
        if isinstance(error, StoreError):
            raise
        raise explained(error, path) from error


def _open_writing(path: Path) -> tuple[ox.Store, Marker]:
    """As for reading, which goes first: to open damaged files for writing can change them."""
    _, marker = _open_reading(path)
    store = ox.Store(str(path / marker.data))
    settle_ontology(path)
    return store, marker


def _open_reading(path: Path) -> tuple[ox.Store, Marker]:
    """The store as it is at a moment, and the marker.

    Who writes may remove a file, and an import all of them, between the moment when it is told of and opened.
    """
    for wait in (*_WAITS, None):
        try:
            marker = read_marker(path)
            store = ox.Store.read_only(str(path / marker.data))
            _refuse_loss(store, marker, path)
        except (OSError, RuntimeError) as error:
            if isinstance(error, StoreError) or _GONE not in str(error) or wait is None:
                raise
            time.sleep(wait)
        else:
            break
    return store, marker


def _refuse_loss(data: ox.Store, marker: Marker, path: Path) -> None:
    if not marker.is_closed or not marker.articles:
        return
    try:
        found = _count_articles(data, marker.base)
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
    with _explaining_full(path):
        _drop_derived(path)
        _replace(path, replace(read_marker(path), is_closed=False, state=_new_state()))


def end_writing(path: Path, data: ox.Store) -> None:
    """Brings all that is stored into files with check sums, and notes how many articles there are.

    Where something has changed, the index of names is made first, so that a graph that is closed has its own.

    Raises:
        StoreError: The folder cannot be written to. What was stored is there nevertheless.
    """
    try:
        data.flush()
    except (OSError, RuntimeError) as error:
        raise explained(error, path) from error
    marker = read_marker(path)
    closed = replace(marker, articles=_count_articles(data, marker.base), is_closed=True)
    if not marker.is_closed:
        _keep_index(path, data, marker)
    if marker != closed:
        with _explaining_full(path):
            _replace(path, closed)


def data_state(path: Path, marker: Marker) -> str | None:
    """What the data of a graph's folder are known by that they hold; None while somebody writes.

    In a graph from before markers noted it, it is when the marker was written, which every writer does.

    Args:
        path: The folder.
        marker: Its marker, read before the data were opened: a writer marks a new state before any change.
    """
    if not marker.is_closed:
        return None
    return marker.state or str((path / MARKER).stat().st_mtime_ns)


def _keep_index(path: Path, data: ox.Store, marker: Marker) -> None:
    keep_index(path, data, load_vocabulary(kept_ontology(path)), marker.base, marker.state or "")


def _drop_derived(path: Path) -> None:
    """Removes what follows from the data, which are about to be others."""
    drop_index(path)
    (path / COLUMNS).unlink(missing_ok=True)


def _new_state() -> str:
    return secrets.token_hex(8)


def drop_journal(path: Path) -> None:
    """Rids a graph that is closed of its journal, two thirds of its size, whose content is in its files.

    RocksDB does so when it opens the store. Where somebody else has it open, the journal stays.
    """
    with suppress(OSError, RuntimeError):
        ox.Store(str(path / read_marker(path).data))


@contextmanager
def _explaining_full(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"The graph {str(path)!r} cannot be written to ({error.strerror}); free space, "
            "or copy it to a folder that can be written to."
        ) from error


def _replace(path: Path, marker: Marker) -> None:
    """Writes the marker in one step: there is the old one, or the new."""
    _write(marker, path / _MAKING)
    (path / _MAKING).replace(path / MARKER)


def _write(marker: Marker, file: Path) -> None:
    file.write_text(json.dumps(asdict(marker)) + "\n", encoding="utf-8")


def _count_articles(data: ox.Store, base: str) -> int:
    return sum(1 for _ in ArticleGraphs(base).of(data))


def _no_graph(path: Path) -> StoreError:
    return StoreError(
        f"{str(path)!r} is not a graph (it lacks {MARKER} or its data); name one that `kg build` made."
    )


def _new_store(data: Path) -> None:
    ox.Store(str(data)).flush()
