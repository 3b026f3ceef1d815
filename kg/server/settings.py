"""What can be set of a server: where it listens, who may ask, and how much a request may cost."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kg.errors import KgError

KIBI, MEBI, GIBI = 2**10, 2**20, 2**30
FEWEST_WORKERS = 4
LEAST_MEMORY = 64 * MEBI
"""What small queries need, with the threads of the engine and the heaps of the C library."""


class SettingsError(KgError, ValueError):
    """Settings with which no server may be started."""


class DefaultGraph(StrEnum):
    """What a query without a dataset sees outside GRAPH."""

    UNION = "union"
    """All graphs together, as `kg query` does."""
    OWN = "own"
    """The default graph alone, as SPARQL 1.1 leaves it to a service."""


def usual_workers() -> int:
    """Two for each core and no less than four, so that a few long queries leave room for short ones."""
    return max(FEWEST_WORKERS, 2 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a request may cost. Sizes are in bytes, times in seconds."""

    seconds: float = 10.0
    """Wall time of a query; a client may ask for less. People wait no longer for a page."""
    change_seconds: float = 60.0
    """Wall time of an update, or of a graph that is put: the largest takes some ten seconds."""
    memory: int = 2 * GIBI
    """Address space that a task may take, beyond what its worker has with the store open."""
    rows: int = 100_000
    """Rows or triples of a result; more than any page shows, and some ten megabytes."""
    result: int = 64 * MEBI
    """Size of a result."""
    query: int = 256 * KIBI
    """Size of a query: room for some thousand IRIs in VALUES."""
    nesting: int = 200
    """Levels of brackets in a query; the engine's stack ends at some 2,000."""
    chain: int = 2_000
    """Operators, filters and unions of a query; each is a level of the engine's recursion."""
    joins: int = 128
    """Triple patterns and path steps that a query joins; their planning takes time as its fourth power."""
    body: int = 16 * MEBI
    """Size of a request's body: of an update, or a graph that is put."""
    headers: int = 16 * KIBI
    """Size of a request's first line and headers, so also of a query by GET."""
    queue: int = 128
    """Requests that wait for a worker; one more is turned away."""
    wait: float = 10.0
    """Seconds that a request waits for a worker at most."""
    connections: int = 512
    """Connections at a time; with the workers' they stay below the 1,024 open files that are usual."""
    header_seconds: float = 10.0
    """Seconds in which the headers of a request must have come; they fit a packet or two."""
    body_seconds: float = 30.0
    """Seconds in which its body must have come: that of the largest at half a megabyte a second."""
    send_seconds: float = 60.0
    """Seconds that a client may take for the next 32 KiB of an answer."""
    idle_seconds: float = 75.0
    """Seconds that a connection is kept without a request: longer than proxies keep theirs (nginx: 60)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A server's settings.

    Raises:
        TypeError: The graph is no path.

    >>> Settings(graph="graph").graph.name
    'graph'
    """

    graph: Path
    """Folder of the graph; what `Path` takes is made one."""
    host: str = "127.0.0.1"
    port: int = 8000
    """0 takes a free one."""
    workers: int = field(default_factory=usual_workers)
    token: str | None = field(default=None, repr=False)
    """What clients must send as `Authorization: Bearer …`; None where whoever reaches the port may ask."""
    is_writable: bool = False
    """Whether updates are taken, from clients with the token."""
    is_behind_proxy: bool = False
    """Whether a reverse proxy decides who may ask, so that no token is needed to listen elsewhere."""
    hosts: tuple[str, ...] = ()
    """Names by which clients may call the server, beside those of this machine's loopback."""
    origins: tuple[str, ...] = ()
    """Origins of pages elsewhere that may ask (CORS): `https://example.org`."""
    logs_clients: bool = False
    """Whether logs tell the clients' addresses, which are personal data."""
    default_graph: DefaultGraph = DefaultGraph.UNION
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        object.__setattr__(self, "graph", Path(self.graph))
