"""The states of a graph that are served, one after another: each a snapshot, with workers that read it."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KgError
from kg.server.worker import digest
from kg.server.workers import Worker
from kg.store.snapshots import Snapshot, Snapshots, State, state_of

_LOGGER = logging.getLogger(__name__)
_INTERVAL = 1.0
"""Seconds between looks at the graph: a handful of stat(2) calls."""
_RETRY = 30
"""Looks after which a state that could not be served is tried again."""


@dataclass(eq=False, slots=True)
class Generation:
    """A state that is served.

    Attributes:
        name: Equal for equal states, also in another process; no two states have the same.
        workers: Those that have it open.
        since: When it was taken, by the clock of `time.monotonic`.
    """

    name: str
    snapshot: Snapshot
    workers: set[Worker] = field(default_factory=set)
    since: float = field(default_factory=time.monotonic)


class Generations:
    """Takes a snapshot when a change of the graph is finished, and has it served.

    Attributes:
        name: That of the generation that is served; empty before the first.
        problem: Why a new state is not served; None where all is well.
    """

    def __init__(self, graph: Path, adopt: Callable[[Generation], Awaitable[None]]) -> None:
        """Begins with none.

        Args:
            graph: The graph's folder.
            adopt: Serves a generation, in the place of the one before; raises a `KgError` where it cannot.
        """
        self.name = ""
        self.problem: str | None = None
        self._graph = graph
        self._adopt = adopt
        self._snapshots: Snapshots | None = None
        self._served: State | None = None
        self._turn = asyncio.Lock()
        self._watching: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Serves the graph as it is, and watches it from then on.

        Raises:
            StoreError: There is no graph, it is damaged, or no snapshot can be taken.
        """
        self._snapshots = await asyncio.to_thread(Snapshots, self._graph)
        await self.renew()
        self._watching = asyncio.create_task(self._watch())

    async def renew(self) -> str:
        """Serves the graph as it is now; gives the name of that generation.

        Raises:
            StoreError: It is damaged, or no snapshot can be taken; what was served still is.
        """
        async with self._turn:
            assert self._snapshots is not None  # noqa: S101  # for the type checker
            snapshot = await asyncio.to_thread(self._snapshots.take)
            generation = Generation(_name(snapshot.state), snapshot)
            is_adopted = False
            try:
                await self._adopt(generation)
                is_adopted = True
            finally:
                if not is_adopted:
                    self.drop(generation)
            self.name, self._served = generation.name, snapshot.state
            self.problem = None
            return generation.name

    def serves(self, found: str) -> bool:
        """Whether what is served is the state of a digest."""
        return self._served is not None and digest(self._served) == found

    def drop(self, generation: Generation) -> None:
        """Removes the snapshot of a generation that nobody reads any more."""
        if self._snapshots is not None:
            self._snapshots.drop(generation.snapshot)

    async def close(self) -> None:
        """Watches no more, and removes all snapshots."""
        watching, self._watching = self._watching, None
        if watching is not None:
            watching.cancel()
            await asyncio.wait([watching])
        if self._snapshots is not None:
            await asyncio.to_thread(self._snapshots.close)

    async def _watch(self) -> None:
        failed: State | None = None
        tries = 0
        while True:
            await asyncio.sleep(_INTERVAL)
            state: State | None = None
            try:
                state = await asyncio.to_thread(state_of, self._graph)
                tries = tries + 1 if state == failed else 0
                if not self._is_new(state) or (state == failed and tries % _RETRY):
                    self.problem = self.problem if state == failed else None
                    continue
                name = await self.renew()
                failed = None
                _LOGGER.info("The graph %r was changed; %s is served now.", str(self._graph), name)
            except (KgError, OSError) as error:
                failed = state
                self._note(str(error))

    def _is_new(self, state: State) -> bool:
        return state.is_settled and state != self._served

    def _note(self, problem: str) -> None:
        if problem != self.problem:
            _LOGGER.error("The state that was served still is, since the new one cannot be: %s", problem)
        self.problem = problem


def _name(state: State) -> str:
    """Of a graph that is being written, no two looks need to see the same, so each has a name of its own."""
    return digest(state)[:16] if state.is_settled else secrets.token_hex(8)
