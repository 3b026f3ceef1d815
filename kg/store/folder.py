"""The folder of a graph on disk: its marker, and how the embedded store in it is opened."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.vocabulary import BASE, load_vocabulary

MARKER = "kg-graph.json"
"""The file that tells our folder from any other: Oxigraph opens a junk folder as an empty store."""
ONTOLOGY = "ontology.ttl"
"""The file that keeps what users' own ontologies added, so that a graph can be read without them."""
STAGING = ".importing"
"""The folder, within that of a graph, in which an import makes what is to stand there when it is whole."""
FORMAT = 1
DATA = "oxigraph"
_OTHER_DATA = "oxigraph-2"
_LEFTOVERS = frozenset({STAGING, f"{MARKER}.part", DATA, ONTOLOGY})
"""What stands in a folder where an import was to make a graph, and was killed before the marker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What the marker file says."""

    format: int = FORMAT
    base: str = BASE
    """Where the IRIs of the graph are minted."""
    data: str = DATA
    """The folder of the embedded store; an import fills another, and the marker then names that."""


def create_folder(path: Path, base: str) -> Marker:
    """Makes `path` the folder of an empty graph; one that is a graph already stays as it is.

    Raises:
        StoreError: There is something else.
    """
    if (path / MARKER).is_file():
        return read_marker(path)
    refuse_other(path)
    if (path / STAGING).exists():
        raise StoreError(
            f"An import into {str(path)!r} is at work, or was stopped; run it again, or name another folder."
        )
    marker = Marker(base=base)
    try:
        (path / DATA).mkdir(parents=True)
        _new_store(path / DATA)
        write_marker(path, marker)  # last, so that a folder with a marker has its data
    except OSError as error:
        raise StoreError(f"No graph can be made in {str(path)!r}: {error}; name another folder.") from error
    return marker


def refuse_other(path: Path) -> None:
    """Refuses a place that is taken by something that is no graph.

    Raises:
        StoreError: There is a file, or a folder with other things.
    """
    if (path / MARKER).is_file() or not path.exists():
        return
    found = {child.name for child in path.iterdir()} if path.is_dir() else {""}
    if found - _LEFTOVERS or (found and STAGING not in found):
        raise StoreError(f"{str(path)!r} exists and is not a graph; name a new folder, or an empty one.")


def write_marker(path: Path, marker: Marker) -> None:
    """Writes the marker of a graph's folder, in one step: there is the old one, or the new.

    Raises:
        OSError: It cannot be written.
    """
    waiting = path / f"{MARKER}.part"
    said = asdict(marker)
    if marker.data == DATA:
        del said["data"]  # as earlier versions wrote it
    waiting.write_text(json.dumps(said) + "\n", encoding="utf-8")
    waiting.replace(path / MARKER)


def adopt_data(path: Path, made: Path, base: str) -> None:
    """Puts another embedded store in the place of a graph's, or makes the folder a graph with it.

    The marker decides which store is the graph's, and changes last and in one step; so whatever stops this,
    the graph is the old one or the new one, whole.

    Args:
        path: The graph's folder. Nobody else may write to it meanwhile.
        made: The folder of the new store, closed, within the graph's.
        base: Where the IRIs of the graph are minted.

    Raises:
        OSError: A file cannot be moved or written.
    """
    marker = read_marker(path) if (path / MARKER).is_file() else None
    new = _OTHER_DATA if marker is not None and marker.data == DATA else DATA
    shutil.rmtree(path / new, ignore_errors=True)  # what an import left that was killed
    made.rename(path / new)
    try:
        write_marker(path, Marker(base=base, data=new))
    except OSError:
        shutil.rmtree(path / new, ignore_errors=True)
        raise
    if marker is not None:
        shutil.rmtree(path / marker.data, ignore_errors=True)


def keep_ontology(path: Path, file: Path) -> None:
    """Keeps a user's ontology file with a graph; what another had added stays, behind it.

    Raises:
        StoreError: The file cannot be kept.
        VocabularyError: The file cannot be read, or does not go with what is kept.
    """
    load_vocabulary(file)
    kept = path / ONTOLOGY
    try:
        new, old = file.read_text("utf-8"), kept.read_text("utf-8") if kept.is_file() else ""
        if new in old:
            return
        waiting = kept.with_suffix(".ttl.part")
        waiting.write_text(f"{new.rstrip()}\n{old}", encoding="utf-8")
        load_vocabulary(waiting)
        waiting.replace(kept)
    except OSError as error:
        raise StoreError(f"The ontology cannot be kept in {str(path)!r}: {error}.") from error


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


def open_data(path: Path, *, read_only: bool) -> ox.Store:
    """The embedded store in a graph's folder.

    Raises:
        StoreError: Another process writes to it, or its data cannot be read.
    """
    data = path / read_marker(path).data
    try:
        return ox.Store.read_only(str(data)) if read_only else ox.Store(str(data))
    except OSError as error:
        if "lock" in str(error).lower():
            message = f"Another process writes to {str(path)!r}; wait for it, or open the graph read-only."
            raise StoreError(message) from error
        raise StoreError(f"The data of {str(path)!r} cannot be read: {error}; build it again.") from error


def _no_graph(path: Path) -> StoreError:
    return StoreError(
        f"{str(path)!r} is not a graph (it lacks {MARKER} or its data); name one that `kg build` made."
    )


def _new_store(data: Path) -> None:
    ox.Store(str(data)).flush()
