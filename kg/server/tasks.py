"""What the pool is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import IO


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something for a worker to do."""

    operation: str
    """One of `kg.server.operations.OPERATIONS`, or of `CHANGES` for `Pool.change`."""
    arguments: Mapping[str, object]
    """A JSON object."""
    seconds: float | None = None
    """Wall time that it may take, if less than the server's limit."""
    client: str | None = None
    """Address of who asks, who gets no more than a share of the queue; None for nobody in particular."""
    known: tuple[str, ...] | None = None
    """Names of generations: the graph must still be as in one of them, else a change is refused (412); None
    where that does not matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A result that is whole."""

    meta: Mapping[str, object]
    body: IO[bytes]
    """Open at its start; whoever asked closes it."""
    size: int
    """Bytes of the body."""
    generation: str = ""
    """Names the state of the graph that was asked; of a change, the one that it made."""
    waited: float = 0.0
    """Seconds until a worker was free."""
    worked: float = 0.0
    """Seconds that the worker took."""

    def __enter__(self) -> Answer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.body.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How the pool is, for `/health` and metrics."""

    generation: str
    free: int
    """Workers that wait for a task."""
    busy: int
    waiting: int
    """Requests that wait for a worker."""
    problem: str | None
    """Why workers cannot be started, or a new state of the graph not be served; None where all is well."""
    ended: Mapping[str, int]
    """How many workers were ended since the start, by why: `time`, `memory`, `depth`, `killed`, `left`
    (the client went away), `fault`."""
    age: float = 0.0
    """Seconds since the state that is served was taken."""
    swaps: int = 0
    """How often a newer state took the place of another."""
    processes: tuple[int, ...] = ()
    """Process ids of the workers, sorted."""
