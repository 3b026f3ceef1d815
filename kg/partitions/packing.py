"""Readings of a partition in one piece: N-Quads behind a line about them, compressed by gzip.

The line is a comment of N-Quads (RDF 1.1 N-Quads, W3C 2014, section 2), so that any store can load the file.
The quads of an article stand together.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from kg.errors import ArticleError, LanguageError, WorkerError
from kg.partitions.readings import Outcome, Reading
from kg.rdf.graphs import DEFAULT

_FORMAT = "kg-part"
_VERSION = 1
COMPRESSED = 1
"""Of gzip: the higher ones take three times as long for a sixth of the size."""
AS_IT_IS = 0
"""The level of gzip that compresses nothing: for what is read at once, on the same machine."""
_BROKEN = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, SyntaxError)
"""What is raised over what is cut off or is something else."""


def pack(outcomes: Iterable[Outcome], *, level: int = COMPRESSED) -> bytes:
    """Outcomes as a file of gzip, compressed by a level of 0–9; the same of the same, byte for byte.

    >>> [str(outcome) for outcome in unpack(pack([ArticleError("The article 'a' is empty.", place="a")]))]
    ["The article 'a' is empty."]
    """
    readings: list[Reading] = []
    problems: list[ArticleError] = []
    for outcome in outcomes:
        if isinstance(outcome, Reading):
            readings.append(outcome)
        else:
            problems.append(outcome)
    about = {
        _FORMAT: _VERSION,
        "articles": [[one.identifier, one.version, one.words, one.relations] for one in readings],
        "problems": [[type(one).__name__, str(one), one.place] for one in problems],
    }
    beside = dict.fromkeys(quad for one in readings for quad in one.quads if quad.graph_name == DEFAULT)
    own = [quad for one in readings for quad in one.quads if quad.graph_name != DEFAULT]
    body = io.BytesIO(f"# {json.dumps(about)}\n".encode())
    body.seek(0, io.SEEK_END)
    ox.serialize([*beside, *own], body, format=ox.RdfFormat.N_QUADS)
    return gzip.compress(body.getvalue(), level, mtime=0)


def unpack(data: bytes) -> Iterator[Outcome]:
    """The outcomes that were packed: readings in their order, then problems.

    Raises:
        WorkerError: It is no such file, or is damaged.
    """
    try:
        head, _, body = gzip.decompress(data).partition(b"\n")
        about = json.loads(head.removeprefix(b"#"))
        if about[_FORMAT] != _VERSION:
            raise ValueError(about[_FORMAT])
        readings = list(_readings(about["articles"], body))
        problems = [_problem(*said) for said in about["problems"]]
    except _BROKEN as error:
        raise WorkerError(
            f"What a worker wrote is damaged ({error}); remove it, and run the same again."
        ) from error
    yield from readings
    yield from problems


def _readings(about: list[list[Any]], body: bytes) -> Iterator[Reading]:
    groups = {graph: tuple(quads) for graph, quads in groupby(ox.parse(body, ox.RdfFormat.N_QUADS), _graph)}
    beside = groups.pop(DEFAULT, ())
    for (identifier, version, words, relations), quads in zip(about, groups.values(), strict=True):
        yield Reading(
            identifier=identifier, version=version, words=words, relations=relations, quads=(*quads, *beside)
        )


def _graph(quad: ox.Quad) -> object:
    return quad.graph_name


def _problem(kind: str, message: str, place: str | None) -> ArticleError:
    known = {LanguageError.__name__: LanguageError}
    return known.get(kind, ArticleError)(message, place=place)
