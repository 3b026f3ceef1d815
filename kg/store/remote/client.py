"""A store beyond this machine: queries, updates and whole graphs over HTTP.

It speaks the SPARQL 1.1 Protocol and the SPARQL 1.1 Graph Store HTTP Protocol (both W3C 2013), the latter
with graphs named by `?graph=` (section 4.2). Where a store has no such protocol, updates do the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from http import HTTPStatus
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import QueryError, RemoteError
from kg.rdf.iris import NamedGraph, graph_iri
from kg.store.clauses import names_dataset
from kg.store.formats import known_prefixes
from kg.store.guards import refuse
from kg.store.parameters import Opened
from kg.store.queries import Binding, QueryResult, answering, term_of
from kg.store.questions import ask_of
from kg.store.remote.addresses import StoreAddress
from kg.store.remote.answers import ACCEPT_RESULTS, ACCEPT_TRIPLES, Answer
from kg.store.remote.credentials import Credentials
from kg.store.remote.discovery import (
    FORM,
    UPDATE,
    find_graph_store_url,
    find_query_url,
    find_update_url,
)
from kg.store.remote.graphs import reference_of, target_of, within
from kg.store.remote.settings import RemoteSettings
from kg.store.remote.texts import KINDS, declared, form_of, with_values
from kg.store.remote.transport import Request, Transport
from kg.store.remote.unions import ANY_ARTICLE, ARTICLE, Parameters, find_union
from kg.store.spelling import asks_for_part, may_be_respelled, spelled_in
from kg.vocabulary import BASE, KG, SKOS

_LOGGER = logging.getLogger(__name__)
NT = "application/n-triples"
_MINTED = ("ent:", "art:", "rel:")
Read = TypeVar("Read")


class RemoteStore:
    """A store that answers over HTTP; nothing is asked of it before it is needed.

    >>> from kg.store.remote import store_address
    >>> store = RemoteStore(store_address("oxigraph:http://127.0.0.1:7878"))
    >>> store.query_url
    'http://127.0.0.1:7878/query'
    """

    def __init__(
        self,
        address: StoreAddress,
        settings: RemoteSettings | None = None,
        *,
        base: str | None = None,
        credentials: Credentials | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Makes no connection yet.

        Args:
            address: Where it answers; see `store_address`.
            settings: How it is asked; None for what is usual.
            base: Under which the IRIs of its graph are minted; None for what the store says itself.
            credentials: Who asks; None for whom the environment or `.netrc` names.
            environment: In which that is looked up; None for that of the process.

        Raises:
            RemoteError: The file of certificates cannot be read.
        """
        self.address = address
        self.settings = settings or RemoteSettings()
        self.transport = Transport(self.settings, environment=environment, credentials=credentials)
        self._base = base
        self._takes_get_only = False
        self._is_form_only = False
        self._union: Parameters | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"RemoteStore({str(self.address)!r})"

    def close(self) -> None:
        """Lets its connections go; the next request makes new ones."""
        self.transport.close()

    @cached_property
    def query_url(self) -> str:
        """Where it takes queries.

        Raises:
            RemoteError: It cannot be reached, or takes none.
        """
        return find_query_url(self.transport, self.address)

    @cached_property
    def update_url(self) -> str | None:
        """Where it takes updates; None where it takes none."""
        return find_update_url(self.transport, self.address, self.query_url)

    @cached_property
    def graph_store_url(self) -> str | None:
        """Where it has the Graph Store HTTP Protocol; None where it has none."""
        return find_graph_store_url(self.transport, self.address, self.query_url)

    @cached_property
    def base(self) -> str:
        """Under which the IRIs of its graph are minted: as it was told, or as a push left it; else ours."""
        if self._base is not None:
            return self._base
        kept = f"GRAPH ?graph {{ ?it {KG.graphHash} ?hash }} FILTER(STRENDS(STR(?it), '/default'))"
        found = sorted(str(row[0]) for row in self.select(f"SELECT DISTINCT ?it {{ {kept} }} LIMIT 2").rows)
        return found[0].removesuffix(NamedGraph.DEFAULT) if len(found) == 1 else BASE

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that queries may use undeclared."""
        return known_prefixes(self.base, None)

    @property
    def default_graph(self) -> str | None:
        """IRI of the graph that stands for the default graph; None where there is a default graph."""
        has_none = self.address.layout is not None and not self.address.layout.has_default
        return self.settings.default_graph or (
            graph_iri(NamedGraph.DEFAULT, base=self.base) if has_none else None
        )

    @property
    def union(self) -> Parameters | None:
        """The parameters by which a query sees all graphs together; None where it cannot.

        They are not known while a store holds no article, and are then none.
        """
        if self._union is None:
            if not self._holds(ANY_ARTICLE):
                return ()
            self._union = find_union(self._holds)
        return self._union

    def query(self, text: str, bindings: Mapping[str, Binding] | None = None) -> QueryResult:
        """What a query gives over all graphs of the store, or those that it names with FROM.

        Args:
            text: SELECT, ASK, CONSTRUCT or DESCRIBE; our prefixes need not be declared.
            bindings: Values by variable.

        Raises:
            QueryError: The query is wrong, would reach the network, or gives more rows than is allowed.
            RemoteError: The store does not answer.
        """
        refuse(text)
        usual = known_prefixes(BASE, None)
        needs_base = any(name in text for name in _MINTED)
        prefixes = self.prefixes if needs_base else usual
        values = {name: term_of(item, prefixes) for name, item in (bindings or {}).items()}
        opened = with_values(text, values) if values else Opened(text=text)
        parameters = () if names_dataset(text, prefixes) else self._seeing_all()
        try:
            found = self._answer(declared(opened.text, prefixes), parameters).without(opened.hidden)
            if opened.of_nothing is not None and not found.terms:
                return self._answer(declared(opened.of_nothing, prefixes), parameters)
        except QueryError:
            with answering(text, prefixes):  # says what is wrong with the text, where something is
                ox.Store().query(text, prefixes=prefixes)
            raise
        return found

    def ask(self, question: str, values: Mapping[str, str] | None = None) -> QueryResult:
        """The answer to one of the named questions, as `kg.store.ask` gives it.

        Raises:
            QueryError: There is no such question or parameter, or a value is missing.
            RemoteError: The store does not answer, or shows queries its default graph alone.
        """
        if self.union is None:
            raise RemoteError(
                f"{self.address} shows queries its default graph alone, and the questions are about all "
                "graphs together; turn its union of graphs on (docs/remote-stores.md says how), or push with "
                "--default-graph."
            )
        return ask_of(self, question, values)

    def spellings(self, text: str) -> list[str]:
        """How the names in the store spell a text without its accents; all names are read where none does.

        Raises:
            RemoteError: The store does not answer.
        """
        if not may_be_respelled(text) or self._holds(asks_for_part(text), self._seeing_all()):
            return [text]
        names = f"SELECT DISTINCT ?name {{ ?entity {SKOS.prefLabel}|{SKOS.altLabel} ?name }}"
        return spelled_in((str(row[0]) for row in self.select(names, self._seeing_all()).rows), text)

    def select(self, text: str, parameters: Parameters = ()) -> QueryResult:
        """What a query of our own gives, however many rows.

        Raises:
            RemoteError: The store does not answer.
        """
        try:
            return self._answer(text, parameters, is_bounded=False)
        except QueryError as error:
            raise RemoteError(f"{self.address} cannot be asked what it holds. {error}", status=400) from error

    def update(self, text: str, *, is_repeatable: bool = False) -> None:
        """Makes an update.

        Args:
            text: The update, with its prefixes.
            is_repeatable: Whether it does the same when it is made twice, so that it may be tried again.

        Raises:
            QueryError: The store finds fault with it.
            RemoteError: The store takes no updates, or does not answer.
        """
        if self.update_url is None:
            raise RemoteError(
                f"{self.address} takes no updates from whoever asks; set KG_STORE_USER and "
                "KG_STORE_PASSWORD, or KG_STORE_TOKEN, or give the address for updates with --update-url."
            )
        request = Request(
            method="POST", url=self.update_url, body=text.encode(), content_type=UPDATE,
            is_repeatable=is_repeatable,
        )  # fmt: skip
        form = Request(
            method="POST", url=self.update_url, body=urlencode({"update": text}).encode(), content_type=FORM,
            is_repeatable=is_repeatable,
        )  # fmt: skip
        if not self._is_form_only and self.transport.send(request, lambda answer: _is_taken(answer, text)):
            return
        self.transport.send(form, lambda answer: answer.expect_success(text).status)
        self._is_form_only = True

    def put_graph(self, graph: str | None, triples: Iterable[ox.Triple]) -> None:
        """Puts triples in the place of all that a graph holds; done twice, it does the same.

        Args:
            graph: Its IRI; None for the default graph.
            triples: What it holds then.

        Raises:
            RemoteError: The store does not take it.
        """
        lines = [f"{triple} .\n" for triple in triples]
        if self.graph_store_url is not None:
            self.send_graph("PUT", graph, "".join(lines).encode())
            return
        dropped, data = reference_of(graph), within(graph, "".join(lines))
        self.update(f"DROP SILENT {dropped} ;\nINSERT DATA {{ {data} }}", is_repeatable=True)

    def get_graph(self, graph: str | None) -> list[ox.Triple]:
        """The triples of a graph, as the store gives them; none where there is no such graph.

        Args:
            graph: Its IRI; None for the default graph.

        Raises:
            RemoteError: The store does not answer.
        """
        return self.read_graph(graph, list)

    def delete_graph(self, graph: str) -> None:
        """Takes a graph out; done twice, it does the same.

        Raises:
            RemoteError: The store does not take it.
        """
        if self.graph_store_url is not None:
            self.send_graph("DELETE", graph, None)
        else:
            self.update(f"DROP SILENT {reference_of(graph)}", is_repeatable=True)

    def read_graph(self, graph: str | None, read: Callable[[Iterator[ox.Triple]], Read]) -> Read:
        """What is read of the triples of a graph as they come, perhaps several times.

        Args:
            graph: Its IRI; None for the default graph.
            read: Reads them.

        Raises:
            RemoteError: The store does not answer.
        """
        if self.graph_store_url is None:
            # A store that shows queries all graphs shows more than the default graph.
            is_more = graph is None and self._holds(ARTICLE)
            rest = " FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } }" if is_more else ""
            text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {within(graph, '?s ?p ?o')}{rest} }}"
            return self._send_query(text, (), lambda answer: read(answer.expect_success(text).triples()))
        request = Request(
            method="GET", url=self.graph_store_url, parameters=target_of(graph), accept=ACCEPT_TRIPLES
        )
        return self.transport.send(request, lambda answer: read(_found(answer)))

    def send_graph(self, method: str, graph: str | None, body: bytes | None) -> None:
        """Puts, merges or deletes a graph by the Graph Store HTTP Protocol (sections 5.3 to 5.5).

        Args:
            method: `PUT`, `POST` or `DELETE`; all may be tried again: what is merged has no blank nodes.
            graph: Its IRI; None for the default graph.
            body: N-Triples; None where there is nothing to send.

        Raises:
            RemoteError: The store does not take it.
        """
        if self.graph_store_url is None:
            raise RemoteError(f"{self.address} has no graph store; give its address with --graph-store-url.")
        request = Request(
            method=method, url=self.graph_store_url, parameters=target_of(graph), body=body,
            content_type=None if body is None else NT,
        )  # fmt: skip
        self.transport.send(request, lambda answer: _changed(answer, method))

    def _seeing_all(self) -> Parameters:
        if self.union is None:
            _LOGGER.warning(
                "%s shows queries its default graph alone: what articles say is seen with GRAPH only.",
                self.address,
            )
        return self.union or ()

    def _holds(self, query: str, parameters: Parameters = ()) -> bool:
        """Whether a question is answered with yes; not, where the store does not take it."""
        try:
            return bool(self._answer(query, parameters).answer)
        except QueryError:
            return False
        except RemoteError as error:
            if error.status is None or error.status in {401, 403}:
                raise
            return False

    def _answer(self, text: str, parameters: Parameters, *, is_bounded: bool = True) -> QueryResult:
        most = self.settings.most_rows if is_bounded else None
        found = self._send_query(
            text, parameters, lambda answer: answer.expect_success(text).result(text, most=most)
        )
        if found.kind != KINDS.get(form_of(text), found.kind):
            raise RemoteError(
                f"{self.query_url} answers {form_of(text)} with a {found.kind}; is it the right address?"
            )
        return found

    def _send_query(self, text: str, parameters: Parameters, read: Callable[[Answer], Read]) -> Read:
        accept = ACCEPT_RESULTS if form_of(text) in {"SELECT", "ASK"} else ACCEPT_TRIPLES
        fields = (("query", text), *parameters)
        url = self.query_url
        if not self._takes_get_only:
            request = Request(
                method="POST", url=url, body=urlencode(fields).encode(), content_type=FORM, accept=accept
            )
            found = self.transport.send(
                request,
                lambda answer: None if answer.status == HTTPStatus.METHOD_NOT_ALLOWED else (read(answer),),
            )
            if found is not None:
                return found[0]
            self._takes_get_only = True
        return self.transport.send(Request(method="GET", url=url, parameters=fields, accept=accept), read)


def _found(answer: Answer) -> Iterator[ox.Triple]:
    """The triples of a graph; none where there is no such graph (section 5.2)."""
    return iter(()) if answer.status == HTTPStatus.NOT_FOUND else answer.expect_success().triples()


def _changed(answer: Answer, method: str) -> None:
    if not (method == "DELETE" and answer.status == HTTPStatus.NOT_FOUND):
        answer.expect_success()


def _is_taken(answer: Answer, text: str) -> bool:
    """Whether an update was made; not, where the store does not take its media type."""
    if answer.status == HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        return False
    answer.expect_success(text)
    return True
