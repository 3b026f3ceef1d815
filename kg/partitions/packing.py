"""Readings of a partition in one piece: N-Quads behind a line about them, compressed by gzip.

The line is a comment of N-Quads (RDF 1.1 N-Quads, W3C 2014, section 2), so that any store can load the file.
First come the quads of the default graph, then those of each article together; the line says how many. It
says again of each article what a store asks of its quads (`kg.store.incoming`), which takes long to work out
for the one process that stores what all others read.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Container, Iterable, Iterator
from itertools import chain, islice
from typing import Any

import pyoxigraph as ox

from kg.errors import ArticleError, LanguageError, WorkerError
from kg.partitions.readings import Outcome, Reading
from kg.rdf.entities import entity_record, read_record
from kg.rdf.graphs import DEFAULT
from kg.rdf.quads import iri_of
from kg.store.incoming import Incoming

FORMAT = 2
"""Another with whatever changes what the line says; the names of parts depend on it."""
_KEY = "kg-part"
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
    beside = dict.fromkeys(quad for one in readings for quad in one.quads if quad.graph_name == DEFAULT)
    own = [[quad for quad in one.quads if quad.graph_name != DEFAULT] for one in readings]
    about = {
        _KEY: FORMAT,
        "beside": len(beside),
        "articles": [
            {
                "article": [one.identifier, one.version, one.words, one.relations],
                "quads": len(quads),
                "incoming": None if one.incoming is None else _said_of(one.incoming, beside),
            }
            for one, quads in zip(readings, own, strict=True)
        ],
        "problems": [[type(one).__name__, str(one), one.place] for one in problems],
    }
    body = io.BytesIO(f"# {json.dumps(about)}\n".encode())
    body.seek(0, io.SEEK_END)
    ox.serialize(chain(beside, *own), body, format=ox.RdfFormat.N_QUADS)
    return gzip.compress(body.getvalue(), level, mtime=0)


def unpack(data: bytes) -> Iterator[Outcome]:
    """The outcomes that were packed: readings in their order, then problems.

    Raises:
        WorkerError: It is no such file, or is damaged.
    """
    try:
        head, _, body = gzip.decompress(data).partition(b"\n")
        about = json.loads(head.removeprefix(b"#"))
        if about[_KEY] != FORMAT:
            raise ValueError(about[_KEY])
        readings = list(_readings(about, body))
        problems = [_problem(*said) for said in about["problems"]]
    except _BROKEN as error:
        raise WorkerError(
            f"What a worker wrote is damaged ({error}); remove it, and run the same again."
        ) from error
    yield from readings
    yield from problems


def _readings(about: dict[str, Any], body: bytes) -> Iterator[Reading]:
    quads = ox.parse(body, ox.RdfFormat.N_QUADS)
    beside = tuple(islice(quads, about["beside"]))
    for said in about["articles"]:
        identifier, version, words, relations = said["article"]
        own = tuple(islice(quads, said["quads"]))
        if len(own) < said["quads"]:
            raise ValueError("quads are missing")
        yield Reading(
            identifier=identifier,
            version=version,
            words=words,
            relations=relations,
            quads=(*own, *beside),
            incoming=None if said["incoming"] is None else _incoming(said["incoming"], own, beside),
        )
    if next(quads, None) is not None:
        raise ValueError("there are quads of no article")


def _said_of(incoming: Incoming, beside: Container[ox.Quad]) -> dict[str, Any]:
    """What a store asks of an article, but for its quads and those beside them."""
    direct = [quad for quad in incoming.derived if quad not in beside]
    return {
        "id": incoming.identifier,
        "node": incoming.article.value,
        "entities": list(map(entity_record, incoming.entities)),
        "direct": [[iri_of(term) for term in (quad.subject, quad.predicate, quad.object)] for quad in direct],
    }


def _incoming(said: dict[str, Any], own: tuple[ox.Quad, ...], beside: tuple[ox.Quad, ...]) -> Incoming:
    nodes = (map(ox.NamedNode, iris) for iris in said["direct"])
    direct = [ox.Quad(one, predicate, other, DEFAULT) for one, predicate, other in nodes]
    return Incoming(
        identifier=said["id"],
        article=ox.NamedNode(said["node"]),
        quads=own,
        entities=tuple(map(read_record, said["entities"])),
        derived=(*direct, *beside),
    )


def _problem(kind: str, message: str, place: str | None) -> ArticleError:
    known = {LanguageError.__name__: LanguageError}
    return known.get(kind, ArticleError)(message, place=place)
