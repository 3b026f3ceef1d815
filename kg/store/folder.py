"""The folder of a graph on disk: its marker, and how the embedded store in it is opened."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.vocabulary import BASE, load_vocabulary

MARKER = "kg-graph.json"
"""The file that tells our folder from any other: Oxigraph opens a junk folder as an empty store."""
ONTOLOGY = "ontology.ttl"
"""The file that keeps what users' own ontologies added, so that a graph can be read without them."""
FORMAT = 1
_DATA = "oxigraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What the marker file says."""

    format: int = FORMAT
    base: str = BASE
    """Where the IRIs of the graph are minted."""


def create_folder(path: Path, base: str) -> Marker:
    """Makes `path` the folder of an empty graph; one that is a graph already stays as it is.

    Raises:
        StoreError: There is something else.
    """
    if (path / MARKER).is_file():
        return read_marker(path)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StoreError(f"{str(path)!r} exists and is not a graph; name a new folder, or an empty one.")
    marker = Marker(base=base)
    try:
        (path / _DATA).mkdir(parents=True)
        _new_store(path / _DATA)
        # Last, so that a folder with a marker has its data.
        (path / MARKER).write_text(json.dumps(asdict(marker)) + "\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"No graph can be made in {str(path)!r}: {error}; name another folder.") from error
    return marker


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


def open_data(path: Path, *, read_only: bool) -> ox.Store:
    """The embedded store in a graph's folder.

    Raises:
        StoreError: Another process writes to it, or its data cannot be read.
    """
    data = path / _DATA
    try:
        return ox.Store.read_only(str(data)) if read_only else ox.Store(str(data))
    except OSError as error:
        if "lock" in str(error).lower():
            message = f"Another process writes to {str(path)!r}; wait for it, or open the graph read-only."
            raise StoreError(message) from error
        raise StoreError(f"The data of {str(path)!r} cannot be read: {error}; build it again.") from error


def _new_store(data: Path) -> None:
    ox.Store(str(data)).flush()
