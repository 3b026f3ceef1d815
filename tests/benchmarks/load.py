"""Asks a server by many clients at a time, with or without one that means harm; writes what requests took.

    python -m tests.benchmarks.load http://127.0.0.1:8000/ --clients 64 --seconds 60 --poison

reads light queries with their answers from standard input, as `questions_of` makes them, and writes a JSON
object a request. It runs in a process of its own, so that it does not take the server's time, and speaks HTTP
over plain sockets with connections that are kept, in some 60 µs a request.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

JSON = "application/sparql-results+json"
LIGHT = (
    "SELECT ?p ?o {{ <{0}> ?p ?o }}",
    "SELECT ?s ?p {{ ?s ?p <{0}> }} ORDER BY ?s ?p LIMIT 50",
    "SELECT (COUNT(*) AS ?n) {{ <{0}> ?p ?o }}",
    "SELECT DISTINCT ?p {{ <{0}> ?p ?o . OPTIONAL {{ ?o ?q ?x }} }}",
    "ASK {{ <{0}> ?p ?o }}",
)
CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
POISON = (
    CARTESIAN,
    "SELECT * {" + "{" * 10_000 + "}" * 10_001,
    "SELECT (GROUP_CONCAT(CONCAT(STR(?o), STR(?f))) AS ?all) { ?a ?b ?o . ?d ?e ?f }",
    "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    'SELECT (STRLEN(?a9) AS ?n) { BIND("aaaaaaaaaa" AS ?a0) '
    + "".join(f'BIND(REPLACE(?a{n}, "a", "aaaaaaaaaa") AS ?a{n + 1}) ' for n in range(9))
    + "}",
    'SELECT (STRLEN(?a32) AS ?n) { BIND("aaaaaaaaaa" AS ?a0) '
    + " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(32))
    + "}",
    "ASK { FILTER(" + "(1+" * 10_000 + "1" + ")" * 10_000 + ") }",
    "SELECT * { ?s " + "/".join(["<https://a.example/p>"] * 10_000) + " ?o }",
)
"""Cartesian products, nests and memory bombs."""
STREAMS = 4
"""Harmful queries that the client has under way at a time; what is refused is followed by the next."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query whose answer is known."""

    query: str
    answer: str
    """Of `fingerprint`."""


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a request."""

    kind: str
    """`light` or `poison`."""
    began: float
    """Seconds since the start."""
    seconds: float
    status: int
    """0 where the connection broke."""
    is_right: bool
    """Whether it is the answer that is known; always so of what is no answer."""


def fingerprint(document: bytes) -> str:
    """Tells answers apart, whatever the order of their rows."""
    said = json.loads(document)
    rows = said["results"]["bindings"] if "results" in said else [said["boolean"]]
    return hashlib.sha1(
        "\n".join(sorted(json.dumps(row, sort_keys=True) for row in rows)).encode()
    ).hexdigest()


def questions_of(store: ox.Store, times: int) -> list[Question]:
    """Light queries, with the answers of the engine itself."""
    subjects = sorted({str(quad.subject.value) for quad in _some(store, times)})
    made = [form.format(subject) for subject in subjects for form in LIGHT][:times]
    return [Question(query, fingerprint(_answer(store, query))) for query in made]


def _some(store: ox.Store, times: int) -> Iterator[ox.Quad]:
    """Quads from all over the store."""
    chance = random.Random(times)
    for quad in store.quads_for_pattern(None, None, None):
        if isinstance(quad.subject, ox.NamedNode) and chance.random() < 0.01:
            yield quad
            times -= 1
        if not times:
            return


def _answer(store: ox.Store, query: str) -> bytes:
    found = store.query(query, use_default_graph_as_union=True)
    return found.serialize(format=ox.QueryResultsFormat.JSON)


class Client:
    """A client with a connection that is kept, and opened again where it broke."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.port = str(parts.hostname), int(parts.port or 80)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> tuple[int, bytes]:
        """The status and the body of a GET; status 0 where the connection broke."""
        return await self._exchanged(f"GET {path} HTTP/1.1\r\n", b"")

    async def post(self, query: str) -> tuple[int, bytes]:
        """The same of a query that is sent by POST."""
        body = query.encode()
        head = "POST /sparql HTTP/1.1\r\nContent-Type: application/sparql-query\r\n"
        return await self._exchanged(f"{head}Content-Length: {len(body)}\r\n", body)

    async def _exchanged(self, head: str, body: bytes) -> tuple[int, bytes]:
        request = f"{head}Host: {self.host}:{self.port}\r\nAccept: {JSON}\r\n\r\n".encode() + body
        try:
            return await self._answer(request)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            self.close()
            return 0, b""

    async def _answer(self, request: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        if "transfer-encoding: chunked" in head:
            body = await _chunks(reader)
        else:
            body = await reader.readexactly(int(head.partition("content-length:")[2].split()[0]))
        if "connection: close" in head:
            self.close()
        return int(head.split()[1]), body

    def close(self) -> None:
        """Closes the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    pieces = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        pieces.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(pieces)


def path_of(query: str) -> str:
    """Path and query of the URL that asks a query."""
    return f"/sparql?query={quote(query)}"


async def load(
    url: str, questions: Sequence[Question], *, clients: int, seconds: float, has_poison: bool
) -> list[Record]:
    """What became of each request: `clients` ask light queries, and one more harmful ones."""
    began = time.perf_counter()
    light = [_light(url, questions, began, seconds, random.Random(number)) for number in range(clients)]
    poison = [_poison(url, began, seconds, first) for first in range(STREAMS) if has_poison]
    return [record for records in await asyncio.gather(*light, *poison) for record in records]


async def _light(
    url: str, questions: Sequence[Question], began: float, seconds: float, chance: random.Random
) -> list[Record]:
    client, records = Client(url), []
    while (start := time.perf_counter() - began) < seconds:
        question = chance.choice(questions)
        status, body = await client.get(path_of(question.query))
        took = time.perf_counter() - began - start
        is_right = status != 200 or fingerprint(body) == question.answer
        records.append(Record("light", start, took, status, is_right))
        if status != 200:
            await asyncio.sleep(0.05)
    client.close()
    return records


async def _poison(url: str, began: float, seconds: float, first: int) -> list[Record]:
    client, records, number = Client(url), [], first
    while (start := time.perf_counter() - began) < seconds:
        status, _ = await client.post(POISON[number % len(POISON)])
        records.append(Record("poison", start, time.perf_counter() - began - start, status, is_right=True))
        number += 1
    client.close()
    return records


def summary(records: Sequence[Record]) -> Mapping[str, object]:
    """Figures of a run: counts by status, wrong answers, and the times of light queries in milliseconds."""
    light = [record for record in records if record.kind == "light"]
    times = sorted(record.seconds * 1000 for record in light if record.status == 200) or [0.0]
    statuses = {
        kind: dict(sorted(_counts(record.status for record in records if record.kind == kind).items()))
        for kind in ("light", "poison")
    }
    return {
        **statuses,
        "wrong": sum(not record.is_right for record in records),
        **{name: round(times[int(len(times) * share)], 2) for name, share in (("p50", 0.5), ("p95", 0.95))},
        "slowest": round(times[-1], 2),
    }


def _counts(items: Iterator[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for item in items:
        found[item] = found.get(item, 0) + 1
    return found


def main() -> None:
    """Runs a load as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--poison", action="store_true")
    given = parser.parse_args()
    questions = [Question(**said) for said in json.load(sys.stdin)]
    made = load(given.url, questions, clients=given.clients, seconds=given.seconds, has_poison=given.poison)
    for record in asyncio.run(made):
        sys.stdout.write(json.dumps(asdict(record)) + "\n")


if __name__ == "__main__":
    main()
