"""A graph as Python and notebooks use it: queries, data frames, networks and drawings over one store."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import QueryError, VocabularyError
from kg.store import QueryResult, Store
from kg.store.queries import Binding, Value
from kg.types import Article

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from kg.export.page import Page
    from kg.export.records import Statement


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query: a sequence of dictionaries, one a row."""

    result: QueryResult

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.result.records())

    def __len__(self) -> int:
        return len(self.result.terms)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a data frame, a column a variable, also where there are no rows."""
        import pandas as pd

        return pd.DataFrame(list(self.result.rows), columns=list(self.result.variables))

    def _repr_html_(self) -> str:
        return self.to_pandas().to_html()


def answer_row(result: QueryResult) -> QueryResult:
    """The answer of ASK as one row."""
    return QueryResult(kind="select", variables=("answer",), terms=((ox.Literal(bool(result.answer)),),))


class Graph:
    """A graph in a folder, opened for reading.

    >>> graph = Graph.open("graph/")  # doctest: +SKIP
    >>> graph.query("SELECT ?who { ?who kg:meets ?whom }").to_pandas()  # doctest: +SKIP
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The graph in a folder that `kg build` made.

        Raises:
            StoreError: There is no such folder, or it is no graph.
        """
        return cls(Store.open(path, read_only=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.__exit__(kind, error, trace)

    def close(self) -> None:
        """Gives the folder back; the graph cannot be used after that."""
        self._store.close()

    def ask(self, question: str, values: Mapping[str, str] | None = None) -> Rows:
        """The rows that answer one of the named questions, such as `who-met-whom`.

        Args:
            question: Its name; `kg questions` lists them.
            values: Values of its parameters.

        Raises:
            QueryError: There is no such question, or it lacks a value.

        >>> graph.ask("who-met-whom", {"actor": "Merkel"})  # doctest: +SKIP
        """
        from kg.store.questions import ask

        return Rows(ask(self._store, question, values or {}))

    def query(self, text: str, bindings: Mapping[str, Binding] | None = None) -> Rows:
        """The rows that answer a SPARQL query; the prefixes of the ontology need not be declared.

        Args:
            text: SELECT or ASK in SPARQL 1.1. ASK gives one row, `answer`; for CONSTRUCT see `rdf`.
            bindings: Values for variables of the query.

        Raises:
            QueryError: The query is wrong, and the error says line and column; or it makes triples.
        """
        result = self._store.query(text, bindings or {})
        if result.kind == "graph":
            message = "A query that makes triples gives no rows; use graph.rdf().query(…) for CONSTRUCT."
            raise QueryError(message, query=text)
        return Rows(answer_row(result) if result.kind == "ask" else result)

    def articles(self) -> list[Article]:
        """The articles, sorted by id."""
        return sorted(self._store.articles(), key=lambda article: article.id)

    def statements(self) -> list[Statement]:
        """All relations with their articles, by article and place in the text."""
        from kg.export.records import statements_from

        return statements_from(self._store.articles(), self._store.relations())

    def relations(
        self,
        *,
        subject: str | None = None,
        object: str | None = None,
        property: str | None = None,
        relation_class: str | None = None,
        status: str | None = None,
        article: str | None = None,
    ) -> pd.DataFrame:
        """The relations as a data frame, a row each, with evidence and its place; narrowed by what is given.

        Args:
            subject: A name, alias or part of a name.
            object: The same of the other end. Symmetric relations match either way round.
            property: Such as `meets`.
            relation_class: Such as `CONSULT`.
            status: Such as `planned`.
            article: An article's id.

        Raises:
            ExportError: No entity bears the name.
            VocabularyError: The ontology has no such property, class or status.
        """
        import pandas as pd

        from kg.export.records import between
        from kg.export.tables import columns, flat_row

        property = property.removeprefix("kg:") if property else None
        self._check(property=property, relation_class=relation_class, status=status)
        rows = [flat_row(statement) for statement in between(self.statements(), subject, object)]
        frame = pd.DataFrame(rows, columns=columns())
        wanted = {
            "property": property,
            "relation_class": relation_class,
            "status": status,
            "article": article,
        }
        for column, value in wanted.items():
            frame = frame if value is None else frame[frame[column] == value]
        return frame.reset_index(drop=True)

    def _check(self, *, property: str | None, relation_class: str | None, status: str | None) -> None:
        vocabulary = self._store.vocabulary
        given = (
            ("property", property, vocabulary.properties),
            ("relation class", relation_class, vocabulary.classes),
            ("status", status, [str(known) for known in vocabulary.statuses]),
        )
        for kind, name, known in given:
            if name is not None and name not in known:
                near = ", ".join(difflib.get_close_matches(name, list(known), cutoff=0.5)) or ", ".join(
                    list(known)[:8]
                )
                raise VocabularyError(f"The ontology has no {kind} {name!r}; there are {near}.")

    def network(self) -> nx.MultiDiGraph[str]:
        """The graph for networkx: an edge for every relation, parallel ones kept."""
        from kg.export.networks import network

        return network(self.statements())

    def rdf(self) -> rdflib.Dataset:
        """The same store through rdflib's API, for reading."""
        return self._store.rdf()

    def view(
        self,
        *,
        around: str | None = None,
        hops: int = 1,
        title: str = "Knowledge graph",
        limit: int | None = None,
    ) -> Page:
        """A drawing, which notebooks show inline and `.save(path)` writes.

        Args:
            around: Draw only what is near the entity of this name.
            hops: How near, in relations.
            title: The page's heading.
            limit: Entities to draw at most; None for as many as can be read.

        Raises:
            ExportError: No entity bears the name.
        """
        from kg.export.page import LIMIT, draw
        from kg.export.records import around as near

        statements = self.statements()
        shown = near(statements, around, hops=hops) if around else statements
        return draw(shown, title=title, limit=limit or LIMIT, vocabulary=self._store.vocabulary)
