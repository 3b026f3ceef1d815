"""Sketches of a graph's articles, kept in its folder so that texts need not be read again to be compared.

The file is a note of what was worked out before, and nothing rests on its being there or whole: a sketch is
found by the article's node, which is minted of its text, and one that is missing is made of the text. So
whatever comes of a graph by a restore, an import or a stopped process, no sketch can be that of another text.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from kg.articles.shingles import shingles_of
from kg.articles.sketches import SIZE, Values, sketch_of
from kg.store.repeats import SKETCHES

_HEAD = b"kg sketches 1\n".ljust(16, b"\0")
"""Changes with whatever changes the sketch of a text; a file with another head is begun anew."""
_RECORD = np.dtype([("key", "<u8"), ("values", "<u4", SIZE), ("check", "<u4")])
_ROOM = 2
"""How many times as many records as articles a file may have before it is written anew."""
_FEW = 1000
_LOGGER = logging.getLogger(__name__)


def keep_sketches(folder: Path, texts: Sequence[tuple[ox.NamedNode, str]]) -> None:
    """Adds the sketches of articles to those of a folder; what cannot be written is made later.

    Args:
        folder: That of the graph.
        texts: Nodes of articles, each with the article's text.
    """
    if texts:
        values = np.stack([sketch_of(shingles_of(text)) for _, text in texts])
        _keep(folder, [node for node, _ in texts], values)


def sketches_of(
    nodes: Sequence[ox.NamedNode], text_at: Callable[[int], str], folder: Path | None = None
) -> Values:
    """A sketch for each article, a row each, in their order; those that the folder lacks are made and kept.

    Args:
        nodes: Nodes of articles.
        text_at: Gives the text of the article at a place; asked for those alone that have no sketch.
        folder: That of the graph; None for one in memory.

    >>> sketches_of([], list().__getitem__).shape
    (0, 164)
    """
    keys = _keys_of(nodes)
    records = np.zeros(0, _RECORD) if folder is None else _read(folder)
    known = records["key"]
    order = np.argsort(known, kind="stable")
    places = np.searchsorted(known, keys, sorter=order)
    is_known = np.zeros(len(keys), bool)
    inside = places < len(known)
    is_known[inside] = known[order[places[inside]]] == keys[inside]
    found = np.zeros((len(keys), SIZE), np.uint32)
    found[is_known] = records["values"][order[places[is_known]]]
    missing = np.flatnonzero(~is_known).tolist()
    for place in missing:
        found[place] = sketch_of(shingles_of(text_at(place)))
    if folder is not None and len(records) > _ROOM * len(keys) + _FEW:
        _write(folder, nodes, found)
    elif folder is not None and missing:
        _keep(folder, [nodes[place] for place in missing], found[missing])
    return found


def _keys_of(nodes: Sequence[ox.NamedNode]) -> npt.NDArray[np.uint64]:
    digests = (hashlib.blake2b(node.value.encode(), digest_size=8).digest() for node in nodes)
    return np.fromiter((int.from_bytes(digest, "little") for digest in digests), np.uint64, len(nodes))


def _read(folder: Path) -> npt.NDArray[np.void]:
    """The records of a folder that are whole and as they were written."""
    try:
        data = (folder / SKETCHES).read_bytes()
    except OSError:
        return np.zeros(0, _RECORD)
    if not data.startswith(_HEAD):
        return np.zeros(0, _RECORD)
    count = (len(data) - len(_HEAD)) // _RECORD.itemsize
    records = np.frombuffer(data, _RECORD, count, len(_HEAD))
    whole: npt.NDArray[np.void] = records[records["check"] == _checks(records["key"], records["values"])]
    return whole


def _checks(keys: npt.NDArray[np.uint64], values: Values) -> npt.NDArray[np.uint32]:
    """A sum by which a record that was damaged is told from a whole one."""
    weights = np.arange(1, 2 * SIZE + 1, 2, dtype=np.uint32)
    sums: npt.NDArray[np.uint32] = (values * weights).sum(axis=1, dtype=np.uint32)
    return sums ^ (keys >> np.uint64(32)).astype(np.uint32)


def _records(nodes: Sequence[ox.NamedNode], values: Values) -> bytes:
    records = np.zeros(len(nodes), _RECORD)
    records["key"], records["values"] = _keys_of(nodes), values
    records["check"] = _checks(records["key"], records["values"])
    return records.tobytes()


def _keep(folder: Path, nodes: Sequence[ox.NamedNode], values: Values) -> None:
    """Adds records to a file, after the last that is whole: a process may have been killed while it wrote."""
    with _unharmed(folder):
        whole = _whole_size(folder / SKETCHES)
        with (folder / SKETCHES).open("r+b" if whole else "wb") as file:
            file.seek(whole)
            file.truncate()
            file.write((b"" if whole else _HEAD) + _records(nodes, values))


def _whole_size(path: Path) -> int:
    """Bytes of a file up to the end of its last whole record; 0 where it is none, or of other sketches."""
    if not path.is_file():
        return 0
    with path.open("rb") as file:
        if file.read(len(_HEAD)) != _HEAD:
            return 0
        size = file.seek(0, os.SEEK_END)
    return size - (size - len(_HEAD)) % _RECORD.itemsize


def _write(folder: Path, nodes: Sequence[ox.NamedNode], values: Values) -> None:
    """Writes the file anew, with these alone."""
    waiting = folder / f"{SKETCHES}.{os.getpid()}.part"
    with _unharmed(folder):
        waiting.write_bytes(_HEAD + _records(nodes, values))
        waiting.replace(folder / SKETCHES)


@contextmanager
def _unharmed(folder: Path) -> Iterator[None]:
    """Goes on where the file cannot be written: a graph is whole without it."""
    try:
        yield
    except OSError as error:
        _LOGGER.info("The sketches of articles cannot be kept in %r: %s.", str(folder), error)
