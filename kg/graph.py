"""A graph as Python and notebooks use it: queries, data frames, networks and drawings over one store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import pyoxigraph as ox

from kg.errors import MissingError, QueryError, StoreError
from kg.rows import Rows
from kg.store import QueryResult, Store
from kg.store.queries import Binding
from kg.types import Article

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from kg.cards import ArticleCard, EntityCard, GraphCard, Statements
    from kg.export.bindings import Given
    from kg.export.page import Page
    from kg.export.selection import Filters
    from kg.store.search import Index


def answer_row(result: QueryResult) -> QueryResult:
    """The answer of ASK as one row.

    >>> answer_row(QueryResult(kind="ask", answer=True)).rows
    ((True,),)
    """
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
        self._close_index()
        self._store.__exit__(kind, error, trace)

    def close(self) -> None:
        """Gives the folder back; the graph cannot be used after that."""
        self._close_index()
        self._store.close()

    def __repr__(self) -> str:
        try:
            return repr(self._card)
        except StoreError:  # it was closed, or its files are damaged
            return "Graph that cannot be read"

    def _repr_html_(self) -> str:
        return self._card._repr_html_()

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

        return Rows(ask(self._store, question, values or {}), self._store.prefixes)

    def query(self, text: str, bindings: Mapping[str, Given] | None = None) -> Rows:
        """The rows that answer a SPARQL query; the prefixes of the ontology need not be declared.

        Values are bound, never pasted into the text. A text is a plain literal, and `kg.IRI` a node, in full
        or with a prefix; what an answer gives as a node is one already. An `Entity`, an `Article` and a
        `Status` stand for their nodes, the terms of pyoxigraph and rdflib for themselves. A midnight of
        pandas is a day, since pandas has no other.

        Args:
            text: SELECT or ASK in SPARQL 1.1. ASK gives one row, `answer`; for CONSTRUCT see `construct`.
            bindings: Values for variables of the query, which SELECT need not give.

        Raises:
            QueryError: The query is wrong, and the error says line and column; or it makes triples; or a
                value cannot reach its variable.

        >>> graph = Graph(Store.in_memory())
        >>> from kg.types import IRI
        >>> list(graph.query("SELECT ?b { ?a kg:meets ?b }", {"a": IRI("ent:Ana_Bell")}))
        []
        """
        result = self._store.query(text, self._bindings(bindings))
        if result.kind == "graph":
            message = "A query that makes triples gives no rows; use graph.construct(…) for CONSTRUCT."
            raise QueryError(message, query=text)
        return Rows(answer_row(result) if result.kind == "ask" else result, self._store.prefixes)

    def construct(self, text: str, bindings: Mapping[str, Given] | None = None) -> rdflib.Graph:
        """The triples that a CONSTRUCT or DESCRIBE gives, as an rdflib graph of its own.

        Args:
            text: CONSTRUCT or DESCRIBE in SPARQL 1.1.
            bindings: Values for variables of the query, as for `query`.

        Raises:
            QueryError: The query is wrong; or it gives rows.

        >>> len(Graph(Store.in_memory()).construct("CONSTRUCT { ?a kg:knows ?b } { ?a kg:meets ?b }"))
        0
        """
        from kg.export.triples import rdflib_graph

        result = self._store.query(text, self._bindings(bindings))
        if result.kind != "graph":
            message = "A query that gives rows makes no triples; use graph.query(…) for SELECT and ASK."
            raise QueryError(message, query=text)
        return rdflib_graph(result.triples, self._store.prefixes)

    def articles(self) -> list[Article]:
        """The articles, sorted by id."""
        return sorted(self._store.articles(), key=lambda article: article.id)

    def article(self, article_id: str) -> ArticleCard:
        """An article with what was found in it; notebooks highlight that in its text.

        Raises:
            StoreError: There is no such article.
        """
        from kg.cards import article_card

        return article_card(self._store.extraction(article_id), self.statements(article=article_id))

    def entity(self, name: str) -> EntityCard:
        """An entity with its names, roles and those it has most to do with, which notebooks show.

        Args:
            name: Its id or IRI, which are found at once; else its name, an alias or words of its name, for
                which all entities are read: some 0.1 ms each.

        Raises:
            ExportError: No entity bears the name, or several do; the error lists those.
        """
        from kg.cards import entity_card
        from kg.export.naming import the_one

        try:
            return entity_card(self._store, name)
        except MissingError:
            return entity_card(self._store, the_one(tuple(self._store.entities()), name).id)

    def statements(self, **filters: Unpack[Filters]) -> Statements:
        """The relations with their articles, by article and place in the text; narrowed by what is given.

        A list that notebooks show as a table of claims, with the sentence that makes each.

        Args:
            filters: See `kg.export.selection.Filters`.

        Raises:
            ExportError: No entity bears a name, or a date, confidence or number of hops is none.
            VocabularyError: The ontology has no such property, class or status.

        >>> Graph(Store.in_memory()).statements(status="planned", since="2026-04")
        0 relations
        """
        from kg.cards import Statements
        from kg.export.selection import selected, selection_of

        return Statements(selected(self._store, selection_of(filters, self._store.vocabulary)))

    def relations(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """The relations as a data frame, a row each, with evidence and its place; narrowed by what is given.

        Days are `datetime64`, aliases arrays of texts; `docs/exchange.md` lists the columns. The same comes
        of reading an export to Parquet.

        Args:
            filters: Any of `subject`, `object`, `place`, `attribution` (a name, alias, part of a name, id,
                IRI or entity), `property`, `relation_class`, `status`, `article`, `since`, `until`,
                `min_confidence`, `around` and `hops`; several values of one are alternatives. See
                `kg.export.selection.Filters`.

        Raises:
            ExportError: No entity bears a name, or a date, confidence or number of hops is none.
            VocabularyError: The ontology has no such property, class or status.

        >>> graph = Graph(Store.in_memory())
        >>> len(graph.relations(relation_class=["CONSULT", "AGREE"], since="2026-04", min_confidence=0.5))
        0
        """
        from kg.export.parquet import relation_frame

        return relation_frame(self.statements(**filters))

    def entities(self) -> pd.DataFrame:
        """The entities as a data frame, sorted by id: names, codes, and of how many relations each is an end.

        >>> list(Graph(Store.in_memory()).entities().columns)
        ['id', 'iri', 'name', 'type', 'aliases', 'country', 'sector', 'wikidata', 'relations']
        """
        from kg.export.parquet import entity_frame

        ends = ((r.subject.id, r.object.id) for _, r in self._store.relations())
        counts = Counter(id_ for pair in ends for id_ in set(pair))
        return entity_frame(self._store.entities(), counts, self._store.base)

    def search(self, words: str, *, types: Collection[str] = (), limit: int = 20) -> Rows:
        """Entities whose names fit what is typed, the best first: a row each, with the name that fits.

        Args:
            words: A name, its beginning, or part of it, however it is spelled; or an id. All must be in one
                name: for two things search twice.
            types: Of which types, `article` (by headline) and `relation` (by sentence) among them; none for
                entities of any.
            limit: How many at most, from 1 to 1,000.

        Raises:
            SearchError: There is no such type, or the limit is out of range.

        >>> list(Graph(Store.in_memory()).search("Ana Bell"))
        []
        """
        from kg.store.search import search

        hits = search(self._index, words, types=types, limit=limit).hits
        terms = tuple(tuple(_term(name, getattr(hit, name)) for name in _HIT) for hit in hits)
        return Rows(QueryResult(kind="select", variables=_HIT, terms=terms), self._store.prefixes)

    def network(self, *, collapse: bool | str = False, **filters: Unpack[Filters]) -> nx.MultiDiGraph[str]:
        """The graph for networkx, narrowed by what is given.

        Without `collapse` there is an edge for every relation, of any status: look at its `status`, or ask
        for `status="asserted"`. With it there is one for all relations of the same ends and class, whose
        `count` counts all and whose `weight`, which networkx takes, only those that are asserted. Symmetric
        relations are then one edge, whichever way round. What nodes and edges bear, and of what type, is
        said in `kg.export.networks` and `kg.export.bundles`, and in `docs/exchange.md`.

        Args:
            collapse: True or `class`, `property`, or `pair` for all relations from one entity to another;
                the key of an edge is then its class, its property, or `pair`.
            filters: As for `relations`.

        Raises:
            ExportError: As for `relations`; or edges cannot be collapsed in that way.
            VocabularyError: The ontology has no such property, class or status.

        >>> Graph(Store.in_memory()).network(status="asserted", collapse=True).number_of_edges()
        0
        """
        from kg.export.networks import network

        return network(self.statements(**filters), collapse=collapse)

    def rdf(self) -> rdflib.Dataset:
        """The same store through rdflib's API, for reading."""
        return self._store.rdf()

    def view(
        self,
        *,
        title: str = "Knowledge graph",
        top: int | None = None,
        classes: str | Iterable[str] = (),
        **filters: Unpack[Filters],
    ) -> Page:
        """A drawing, which notebooks show inline and `.save(path)` writes: one page that needs no network.

        Args:
            title: The page's heading.
            top: Entities to draw at most, those with most relations; None for 2,000. The page says what is
                left out.
            classes: Only relations of these classes, such as `CONSULT`; the same as `relation_class`.
            filters: As for `relations`: `around` (whom, by a name, id or IRI) and `hops` (how near),
                `status`, `property`, `since`, `until`, `min_confidence` and the others.

        Raises:
            ExportError: No entity bears the name given as `around`, or several do: the error lists who it may
                be. Or a date, confidence, number of hops or `top` is none.
            VocabularyError: The ontology has no such property, class or status.

        >>> page = Graph(Store.in_memory()).view(classes=["CONSULT", "AGREE"], status="planned", top=50)
        >>> "There is nothing to draw" in page.html
        True
        """
        from kg.export.views import view

        return view(self._store, filters, classes=classes, title=title, top=top)

    @property
    def _card(self) -> GraphCard:
        from kg.cards import graph_card

        return graph_card(self._store)

    def _close_index(self) -> None:
        if "_index" in self.__dict__:  # it is opened by the first search
            self._index.close()

    @cached_property
    def _index(self) -> Index:
        from kg.store.search.opening import index_of

        return index_of(self._store)

    def _bindings(self, given: Mapping[str, Given] | None) -> dict[str, Binding]:
        from kg.export.bindings import binding_of

        return {name: binding_of(value, self._store) for name, value in (given or {}).items()}


_HIT = ("iri", "name", "type", "matched", "country", "wikidata", "relations", "mentions", "score")
"""What a row of a search says, as fields of `kg.store.search.Hit`."""


def _term(name: str, value: str | float | None) -> ox.NamedNode | ox.Literal | None:
    if value is None:
        return None
    return ox.NamedNode(str(value)) if name == "iri" else ox.Literal(value)
