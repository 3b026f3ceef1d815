"""What readers of a snapshot made of its data, and others of the graph need not make again."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from kg.errors import StoreError
from kg.store.folder import COLUMNS, read_marker
from kg.store.search.keeping import FILE as INDEX

_DERIVED = (INDEX, COLUMNS)


def hand_back(snapshot: Path, graph: Path) -> None:
    """Puts beside a graph what was made beside a snapshot of it, where the graph lacks it or has it broken.

    Nothing is done where the graph has changed since, or cannot be written to: it is whole without these
    files, and each says of which state of the data it is.

    Args:
        snapshot: The folder of the snapshot.
        graph: The folder of the graph.
    """
    with suppress(OSError, StoreError):
        marker = read_marker(graph)
        if marker.state is None or not marker.is_closed or marker != read_marker(snapshot):
            return
        for name in _DERIVED:
            if _size(snapshot / name) not in (None, _size(graph / name)):
                _put(snapshot / name, graph / name)


def _size(file: Path) -> int | None:
    """Bytes of a file; None where there is none."""
    return file.stat().st_size if file.is_file() else None


def _put(file: Path, place: Path) -> None:
    waiting = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        try:
            os.link(file, waiting)
        except OSError:  # another disk, or a file system without links
            shutil.copyfile(file, waiting)
        waiting.replace(place)
    finally:
        waiting.unlink(missing_ok=True)
