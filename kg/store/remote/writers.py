"""Changes a store: by updates, many graphs at once, or by the Graph Store HTTP Protocol, one graph at a time.

All that is done here does the same when it is done twice, and so is tried again where a request fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from kg.errors import QueryError, RemoteError
from kg.store.remote.client import RemoteStore
from kg.store.remote.graphs import reference_of, within
from kg.store.remote.portions import Portion, batches_of, line_of, portions_of
from kg.store.remote.settings import LEAST_BATCH

_TOO_LARGE = 413
_OVER_LIMIT = re.compile("exceed|too (long|large|big|many)|memory exhausted|stack overflow", re.IGNORECASE)
"""What servers say of what is too large under another status: Virtuoso of an update over 10,000 lines."""


class Writer(Protocol):
    """What changes the graphs of a store."""

    def write(self, portions: Iterable[Portion]) -> None:
        """Puts and adds what the portions hold, in their order."""
        ...

    def take_out(self, graph: str | None, lines: Iterable[str]) -> None:
        """Takes triples out of a graph, which need not be there; they have no blank nodes."""
        ...

    def drop(self, graphs: Iterable[str]) -> None:
        """Takes graphs out, which need not be there."""
        ...


def writer_of(remote: RemoteStore, check: Callable[[], None] = lambda: None) -> Writer:
    """What changes a store by what it has: updates, or else the Graph Store HTTP Protocol.

    Args:
        remote: The store.
        check: Is called before each request, and may refuse it.

    Raises:
        RemoteError: It has neither, for whoever asks.
    """
    if remote.update_url is not None:
        return UpdateWriter(remote, check)
    if remote.graph_store_url is not None:
        return GraphWriter(remote, check)
    raise RemoteError(
        f"{remote.address} takes neither updates nor graphs from whoever asks, so that nothing can be pushed "
        "to it; set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN, or give its addresses with "
        "--update-url or --graph-store-url."
    )


class UpdateWriter:
    """Writes by SPARQL 1.1 Update: some hundred graphs in a request."""

    def __init__(self, remote: RemoteStore, check: Callable[[], None]) -> None:
        self.remote = remote
        self.check = check
        self.most = remote.settings.batch
        layout = remote.address.layout
        self._drop = _deletion if layout is not None and not layout.drops else _drop

    def write(self, portions: Iterable[Portion]) -> None:
        """Puts and adds what the portions hold, in their order.

        Raises:
            RemoteError: The store does not take it, or takes not even one triple at once.
        """
        for batch in batches_of(portions, self.most):
            self._sent(batch, self._text)

    def take_out(self, graph: str | None, lines: Iterable[str]) -> None:
        """Takes triples out of a graph."""
        for portion in portions_of(graph, lines, self.most):
            if portion.lines:
                self._sent([portion], lambda batch: "".join(_data("DELETE", one) for one in batch))

    def drop(self, graphs: Iterable[str]) -> None:
        """Takes graphs out."""
        wanted = [Portion(graph=graph, lines=(), replaces=True) for graph in graphs]
        for batch in batches_of(wanted, self.most):
            self._sent(batch, self._text)

    def _sent(self, batch: Sequence[Portion], text: Callable[[Sequence[Portion]], str]) -> None:
        """Sends portions together, or where they are too much in halves."""
        self.check()
        try:
            self.remote.update(text(batch), is_repeatable=True)
        except (RemoteError, QueryError) as error:
            halves = _halves(batch) if _is_too_large(error) else None
            if halves is None:
                raise
            self.most = max(LEAST_BATCH, self.most // 2)
            for half in halves:
                self._sent(half, text)

    def _text(self, batch: Sequence[Portion]) -> str:
        dropped = "".join(self._drop(one.graph) for one in batch if one.replaces)
        return dropped + "".join(_data("INSERT", one) for one in batch if one.lines)


class GraphWriter:
    """Writes by the SPARQL 1.1 Graph Store HTTP Protocol; what is taken out costs the whole of its graph."""

    def __init__(self, remote: RemoteStore, check: Callable[[], None]) -> None:
        self.remote = remote
        self.check = check

    def write(self, portions: Iterable[Portion]) -> None:
        """Puts and adds what the portions hold, each in a request.

        Raises:
            RemoteError: The store does not take it, or takes not even one triple at once.
        """
        for portion in portions:
            self.check()
            method = "PUT" if portion.replaces else "POST"
            try:
                self.remote.send_graph(method, portion.graph, "".join(portion.lines).encode())
            except RemoteError as error:
                halves = portion.halves() if _is_too_large(error) else None
                if halves is None:
                    raise
                self.write(halves)

    def take_out(self, graph: str | None, lines: Iterable[str]) -> None:
        """Takes triples out of a graph, which is read and put anew."""
        unwanted = set(lines)
        if unwanted:
            before = list(map(line_of, self.remote.get_graph(graph)))
            kept = [line for line in before if line not in unwanted]
            if len(kept) < len(before):
                self.write(list(portions_of(graph, kept, self.remote.settings.batch, replaces=True)))

    def drop(self, graphs: Iterable[str]) -> None:
        """Takes graphs out."""
        for graph in graphs:
            self.check()
            self.remote.delete_graph(graph)


def _is_too_large(error: RemoteError | QueryError) -> bool:
    is_told = isinstance(error, RemoteError) and error.status == _TOO_LARGE
    return is_told or _OVER_LIMIT.search(str(error)) is not None


def _halves(batch: Sequence[Portion]) -> tuple[Sequence[Portion], Sequence[Portion]] | None:
    middle = len(batch) // 2
    if middle:
        return batch[:middle], batch[middle:]
    halves = batch[0].halves()
    return halves and ([halves[0]], [halves[1]])


def _data(operation: str, portion: Portion) -> str:
    """N-Triples are what SPARQL takes as data (SPARQL 1.1 Update, section 3.1)."""
    return f"{operation} DATA {{\n{within(portion.graph, ''.join(portion.lines))}}} ;\n"


def _drop(graph: str | None) -> str:
    return f"DROP SILENT {reference_of(graph)} ;\n"


def _deletion(graph: str | None) -> str:
    return f"DELETE WHERE {{ {within(graph, '?s ?p ?o')} }} ;\n"
