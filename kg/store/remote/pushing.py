"""Pushes a graph to a store beyond this machine, so that it says the same there: what is there is not sent.

Each graph of an article is put whole; of the default graph, which follows from them, only the triples that
differ are. A push may be stopped at any moment and made again: see `kg.store.remote.records`. Of two at once
one waits for the other: see `kg.store.remote.claims`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.errors import RemoteError
from kg.store.remote.claims import Claim
from kg.store.remote.client import RemoteStore
from kg.store.remote.comparing import (
    Difference,
    LocalGraphs,
    compare,
    counts_as_same,
    differing_lines,
    recognize,
)
from kg.store.remote.portions import Portion, line_of, portions_of
from kg.store.remote.records import Held, Records, count_graphs
from kg.store.remote.writers import Writer, writer_of
from kg.store.store import Store

_FEW = 3
"""Graphs that a message names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushOptions:
    """How a graph is pushed."""

    replace: bool = False
    """Whether the articles of another graph that the store holds may be taken out."""
    again: bool = False
    """Whether all is sent, whatever the store holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What a push did."""

    put: int = 0
    """Named graphs that were sent: those of articles, of judgements, and of what is inferred."""
    unchanged: int = 0
    """Named graphs that the store held already."""
    dropped: int = 0
    """Named graphs that were taken out."""
    added: int = 0
    """Triples of the default graph that were sent."""
    removed: int = 0
    """Triples of the default graph that were taken out."""

    def __bool__(self) -> bool:
        return bool(self.put or self.dropped or self.added or self.removed)


def push(
    store: Store,
    remote: RemoteStore,
    *,
    options: PushOptions | None = None,
    on_graph: Callable[[str], None] | None = None,
) -> Pushed:
    """Makes a store beyond this machine say what a graph here says; what it holds of others stays.

    Args:
        store: The graph.
        remote: Where it is pushed.
        options: How; None for what is usual.
        on_graph: Is told the IRI of each named graph that is sent.

    Raises:
        RemoteError: The store does not answer, takes no changes, is held by another push, holds the articles
            of another graph, or does not hold in the end what was sent. The same push goes on where this one
            ended.
        StoreError: The graph here was closed.

    >>> from kg.store.remote import store_address
    >>> with RemoteStore(store_address("https://example.org/news")) as remote:  # doctest: +SKIP
    ...     push(Store.open("graph"), remote).put
    37
    """
    chosen = options or PushOptions()
    remote.base = store.base
    return _Push(store, remote, on_graph or (lambda _: None)).run(chosen)


class _Push:
    def __init__(self, store: Store, remote: RemoteStore, tell: Callable[[str], None]) -> None:
        self.store = store
        self.remote = remote
        self.tell = tell
        self.local = LocalGraphs(store)
        self.records = Records(store.base)

    def run(self, options: PushOptions) -> Pushed:
        held = self.records.read(self.remote)
        found = self._difference(held, options)
        if self._is_same(found, held):
            return Pushed(unchanged=found.unchanged)
        with Claim(self.remote) as claim:
            now = self.records.read(self.remote)
            if not self.records.are_same(now, held):  # another push ended meanwhile
                found = self._difference(now, options)
            if self._is_same(found, now):
                return Pushed(unchanged=found.unchanged)
            return self._make(found, now, writer_of(self.remote, claim.check))

    def _is_same(self, found: Difference, held: Held) -> bool:
        return not found and held.is_finished == self.store.is_finished

    def _difference(self, held: Held, options: PushOptions) -> Difference:
        found = compare(self.local, held, self.records, again=options.again)
        if found.unknown and not options.replace:
            raise RemoteError(
                f"{self.remote.address} holds {found.unknown} articles of another graph, and none of this; "
                "push with --replace to take them out, or choose another store."
            )
        default = self.local.hash(None)
        is_kept = held.keeps(self.records.default, default) and not options.again
        if not is_kept or not self._is_default_same(held):
            found.default = default
        if not options.again:
            recognize(found, held, self.remote, self.local)
        return found

    def _make(self, found: Difference, held: Held, writer: Writer) -> Pushed:
        self._begin(writer, found, held)
        writer.write(self._changes(found.changed))
        added, removed = self._push_default(writer, found.default)
        writer.drop(found.gone)
        self._verify(found)
        if self.store.is_finished:
            writer.take_out(self.records.graph, [self.records.mark])
        return Pushed(
            put=len(found.changed),
            unchanged=found.unchanged,
            dropped=len(found.gone),
            added=added,
            removed=removed,
        )

    def _begin(self, writer: Writer, found: Difference, held: Held) -> None:
        """Takes out the hashes of what will change, before it does."""
        forgotten = list(found.forgotten)
        if found.default is not None:
            forgotten += [(self.records.default, one) for one in held.hashes.get(self.records.default, ())]
        graph, most = self.records.graph, self.remote.settings.batch
        writer.write([Portion(graph=graph, lines=(self.records.mark,))])
        writer.take_out(graph, self.records.lines(forgotten))
        kept = self.records.lines(found.recorded.items())
        writer.write(one for one in portions_of(graph, kept, most) if one.lines)

    def _changes(self, changed: Mapping[str, str]) -> Iterator[Portion]:
        """Each graph that is put, and now and then the hashes of those that are whole by then."""
        most, size = self.remote.settings.batch, 0
        whole: dict[str, str] = {}
        for graph, digest in changed.items():
            for portion in portions_of(graph, map(line_of, self.local.quads(graph)), most, replaces=True):
                size += portion.bytes
                yield portion
            whole[graph] = digest
            self.tell(graph)
            if size > most:
                yield self.records.portion(whole)
                whole, size = {}, 0
        if whole:
            yield self.records.portion(whole)

    def _push_default(self, writer: Writer, digest: str | None) -> tuple[int, int]:
        """Sends the triples that the default graph lacks, and takes out those beyond ours; gives how many."""
        if digest is None:
            return 0, 0
        added, removed = 0, []

        def _lacking() -> Iterator[str]:
            nonlocal added
            for line, is_here in differing_lines(self.local, self.remote):
                if is_here:
                    added += 1
                    yield line
                else:
                    removed.append(line)

        graph, most = self.remote.default_graph, self.remote.settings.batch
        writer.write(one for one in portions_of(graph, _lacking(), most) if one.lines)
        writer.take_out(graph, removed)
        writer.write([self.records.portion({self.records.default: digest})])
        return added, len(removed)

    def _is_default_same(self, held: Held) -> bool:
        """Whether the default graph says what ours does: by its count, or else by its lines."""
        if counts_as_same(self.local, held, self.remote):
            return True
        return next(differing_lines(self.local, self.remote), None) is None

    def _verify(self, found: Difference) -> None:
        """Counts what the store holds now.

        Raises:
            RemoteError: It is not what was sent.
        """
        counts = count_graphs(self.remote)
        if counts is None:
            return
        wrong = [graph for graph in found.changed if counts.get(graph, 0) != self.local.counts[graph]]
        wrong += [graph for graph in found.gone if graph in counts]
        if not self._is_default_same(Held(counts=counts)):
            wrong.append("the default graph")
        if wrong:
            shown = ", ".join(wrong[:_FEW]) + (", …" if len(wrong) > _FEW else "")
            raise RemoteError(
                f"{self.remote.address} does not hold what was sent to it ({len(wrong)} graphs: {shown}); "
                "does another client change it, or does it infer or leave out triples? Push again."
            )
