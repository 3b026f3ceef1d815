"""Keeps pushes to one store apart: each says, in a named graph of its own, until when it holds the store.

A claim is a lease (Gray and Cheriton, Leases: An Efficient Fault-Tolerant Mechanism for Distributed File
Cache Consistency, SOSP 1989). It is said anew while the push goes on, and runs out by itself where that was
killed. All times are those of the store's own clock. Whoever says a claim looks for others behind it, so that
of two that begin together one goes on, or none, and they try again: what is needed of the store is that a
write is seen by the reads after it.
"""

from __future__ import annotations

import datetime
import logging
import random
import threading
import time
import uuid
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg.errors import QueryError, RemoteError
from kg.rdf.iris import Kind, mint
from kg.store.remote.client import RemoteStore
from kg.store.remote.portions import Portion, line_of
from kg.store.remote.writers import writer_of
from kg.vocabulary import KG, XSD

_LOGGER = logging.getLogger(__name__)
_SIGNS = 3
"""How often a claim is said anew before it runs out: one sign may be lost, and one late."""
_PAUSE = 1.0
"""Seconds until a store that another push holds is asked again."""


class Claim:
    """What holds a store for one push, while its block runs; a thread says it anew.

    Who holds it calls `check` before each change.
    """

    def __init__(self, remote: RemoteStore) -> None:
        """Makes no connection yet."""
        self.remote = remote
        self.graph = mint(Kind.PUSH, uuid.uuid4().hex, base=remote.base)
        self._start = mint(Kind.PUSH, "", base=remote.base)
        self._hold = remote.settings.hold
        self._said = 0.0
        """When it was last said, by the clock here, which goes on while a machine sleeps."""
        self._lost: RemoteError | None = None
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="kg-claim", daemon=True)

    def __enter__(self) -> Self:
        """Waits for another push to end, or its claim to run out.

        Raises:
            RemoteError: It does not, or the store does not answer.
        """
        self._writer = writer_of(self.remote)
        with ExitStack() as failed:
            failed.callback(self._withdraw)
            self._take()
            failed.pop_all()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Takes the claim out; where the store no longer answers, it runs out."""
        self._ended.set()
        self._thread.join()
        self._withdraw()

    def check(self) -> None:
        """Refuses to go on where the store is no longer held.

        Raises:
            RemoteError: Another push took it over, since this one was silent for too long.
        """
        if time.time() - self._said > self._hold / 2:
            self._renew()
        if self._lost is not None:
            raise self._lost

    def _take(self) -> None:
        waited = 0.0
        while not self._is_taken():
            if waited >= self.remote.settings.wait:
                raise RemoteError(
                    f"Another push to {self.remote.address} is going on; wait for it to end, and push again."
                )
            if not waited:
                _LOGGER.warning(
                    "Another push to %s is going on, or was killed; waiting for up to %g s.",
                    self.remote.address, self.remote.settings.wait,
                )  # fmt: skip
            pause = _PAUSE * random.uniform(0.5, 1)  # noqa: S311  (no secret)
            self.remote.settings.sleep(pause)
            waited += pause

    def _is_taken(self) -> bool:
        now, ends = self._read()
        if any(end > now for end in ends.values()):
            return False
        self._say(now)
        if self._rivals():
            self._withdraw()
            return False
        self._writer.drop(sorted(ends))  # which ran out
        return True

    def _keep(self) -> None:
        while self._lost is None and not self._ended.wait(self._hold / _SIGNS):
            try:
                self._renew()
            except (RemoteError, QueryError) as error:  # the next sign may come through; `check` tells of it
                _LOGGER.info("A sign of life of a push to %s was lost: %s", self.remote.address, error)

    def _renew(self) -> None:
        """Says the claim anew, unless it was taken out or another stands beside it."""
        with self._lock:
            if self._lost is None:
                now, ends = self._read()
                if self.graph in ends:
                    self._say(now)
                if self.graph not in ends or self._rivals():
                    self._lost = RemoteError(
                        f"Another push to {self.remote.address} has taken over, since this one gave no sign "
                        f"of life for {self._hold:g} s; push again when it has ended."
                    )

    def _say(self, now: datetime.datetime) -> None:
        end = (now + datetime.timedelta(seconds=self._hold)).isoformat()
        said = ox.Triple(ox.NamedNode(self.graph), KG.pushedUntil, ox.Literal(end, datatype=XSD.dateTime))
        self._said = time.time()
        self._writer.write([Portion(graph=self.graph, lines=(line_of(said),), replaces=True)])

    def _withdraw(self) -> None:
        with suppress(RemoteError, QueryError):
            self._writer.drop([self.graph])

    def _rivals(self) -> list[str]:
        """The claims of others that have not run out."""
        now, ends = self._read()
        return [graph for graph, end in ends.items() if graph != self.graph and end > now]

    def _read(self) -> tuple[datetime.datetime, dict[str, datetime.datetime]]:
        """What time it is, and when each claim runs out, by the clock of the store."""
        kept = f'GRAPH ?it {{ ?it {KG.pushedUntil} ?end }} FILTER(STRSTARTS(STR(?it), "{self._start}"))'
        text = f"SELECT ?now ?it ?end {{ BIND(NOW() AS ?now) OPTIONAL {{ {kept} }} }}"
        rows = [list(map(str, row)) for row in self.remote.select(text).rows]
        return _moment(rows[0][0]), {it: _moment(end) for _, it, end in rows if it != str(None)}


def _moment(text: str) -> datetime.datetime:
    """A moment as `xsd:dateTime` writes it; in UTC where it names no zone."""
    moment = datetime.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
