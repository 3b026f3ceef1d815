"""A graph in a store beyond this machine, as Python and notebooks use it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from kg.errors import QueryError
from kg.graph import Graph, answer_row
from kg.rows import Rows
from kg.store import Store
from kg.store.queries import Binding
from kg.store.remote import PushOptions, RemoteSettings, RemoteStore, push, store_address
from kg.store.remote.copying import copy_graph

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

    from kg.export.bindings import Given
    from kg.export.selection import Filters
    from kg.store.remote import Pushed


class RemoteGraph:
    """A graph in a store beyond this machine, for reading, and for pushing one of here to.

    >>> graph = RemoteGraph.connect("fuseki:https://example.org/news")
    >>> graph.ask("who-met-whom", {"actor": "Ana Bell"}).to_pandas()  # doctest: +SKIP
    """

    def __init__(self, store: RemoteStore) -> None:
        self._store = store

    @classmethod
    def connect(cls, url: str, settings: RemoteSettings | None = None) -> Self:
        """The graph in the store at an address; nothing is asked of it before it is needed.

        Args:
            url: Its address, or its kind and address, as `fuseki:https://example.org/news`.
            settings: How it is asked; None for what is usual.

        Raises:
            RemoteError: It is no address of a store.
        """
        return cls(RemoteStore(store_address(url), settings))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"RemoteGraph({str(self._store.address)!r})"

    def close(self) -> None:
        """Lets the connections go."""
        self._store.close()

    def query(self, text: str, bindings: Mapping[str, Given] | None = None) -> Rows:
        """The rows that answer a SPARQL query over all graphs; as `Graph.query`.

        Raises:
            QueryError: The query is wrong, makes triples, or gives more rows than the settings allow.
            RemoteError: The store does not answer.
        """
        result = self._store.query(text, self._bindings(bindings))
        if result.kind == "graph":
            message = "A query that makes triples gives no rows; use graph.construct(…) for CONSTRUCT."
            raise QueryError(message, query=text)
        return Rows(answer_row(result) if result.kind == "ask" else result, self._store.prefixes)

    def construct(self, text: str, bindings: Mapping[str, Given] | None = None) -> rdflib.Graph:
        """The triples that a CONSTRUCT or DESCRIBE gives, as an rdflib graph of its own.

        Raises:
            QueryError: The query is wrong; or it gives rows.
            RemoteError: The store does not answer.
        """
        from kg.export.triples import rdflib_graph

        result = self._store.query(text, self._bindings(bindings))
        if result.kind != "graph":
            message = "A query that gives rows makes no triples; use graph.query(…) for SELECT and ASK."
            raise QueryError(message, query=text)
        return rdflib_graph(result.triples, self._store.prefixes)

    def ask(self, question: str, values: Mapping[str, str] | None = None) -> Rows:
        """The rows that answer one of the named questions, such as `who-met-whom`.

        Raises:
            QueryError: There is no such question, or it lacks a value.
            RemoteError: The store does not answer, or cannot show all graphs together.
        """
        return Rows(self._store.ask(question, values), self._store.prefixes)

    def relations(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """The relations as a data frame, as `Graph.relations` gives them.

        The whole graph is fetched for it each time: for several calls take one `copy`.

        Raises:
            RemoteError: The store does not answer.
            ExportError: No entity bears a name, or a date, confidence or number of hops is none.
            VocabularyError: The ontology has no such property, class or status.
        """
        return self.copy().relations(**filters)

    def copy(self) -> Graph:
        """All of the graph, in memory here, with all that a graph here can do.

        Raises:
            RemoteError: The store does not answer, or what it holds is larger than the settings allow.
        """
        return Graph(copy_graph(self._store))

    def push(self, path: str | Path, options: PushOptions | None = None) -> Pushed:
        """Makes the store say what a graph here says; gives what was done. See `kg.store.remote.push`.

        Raises:
            RemoteError: The store does not answer, takes no changes, or holds another graph.
            StoreError: There is no graph in the folder.
        """
        with Store.open(path) as store:
            return push(store, self._store, options=options)

    def _bindings(self, given: Mapping[str, Given] | None) -> dict[str, Binding]:
        from kg.export.bindings import binding_of

        if not given:
            return {}
        minted = Store.in_memory(base=self._store.base)
        return {name: binding_of(value, minted) for name, value in given.items()}
