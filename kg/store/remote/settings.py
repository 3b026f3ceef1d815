"""How a store beyond this machine is asked: how long, how often, in which portions."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import RemoteError

LEAST_BATCH = 1_000
"""Bytes: a triple with a long text still fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteSettings:
    """How a store is asked.

    Raises:
        RemoteError: A number is out of range.

    >>> RemoteSettings().attempts
    5
    """

    ca_file: Path | None = None
    """Certificates of authorities (PEM) that are trusted beside those of the system."""
    timeout: float = 300.0
    """Seconds that the store may be silent: as long as servers let a query or an update take."""
    longest: float = 3_600.0
    """Seconds that an answer may take in all, however steadily it comes."""
    connect_timeout: float = 10.0
    """Seconds until a connection stands."""
    attempts: int = 5
    """How often what may be repeated is tried: with waits of up to 0.5, 1, 2 and 4 s between."""
    batch: int = 2_000_000
    """Bytes of an update or a graph that is sent at once: what servers take unless they are told more."""
    most_bytes: int = 1_000_000_000
    """Bytes of an answer."""
    most_rows: int = 1_000_000
    """Rows or triples of an answer to a query."""
    default_graph: str | None = None
    """IRI of the named graph that stands for the default graph; None for the default graph itself."""
    hold: float = 15.0
    """Seconds for which a push keeps others out after a sign of life; as in Kubernetes' leader election."""
    wait: float = 60.0
    """Seconds that a push waits for another to end."""
    sleep: Callable[[float], None] = time.sleep
    """What waits for so many seconds."""

    def __post_init__(self) -> None:
        if min(self.timeout, self.longest, self.connect_timeout, self.hold) <= 0:
            raise RemoteError("The time to wait for the store must be over 0 seconds.")
        if self.attempts < 1 or self.batch < LEAST_BATCH:
            raise RemoteError(f"The store must be asked at least once, in portions of {LEAST_BATCH} bytes.")
