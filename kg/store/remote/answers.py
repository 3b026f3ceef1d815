"""Answers of a store: read as a stream, within bounds, and turned into terms, triples and errors."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from itertools import islice
from types import MappingProxyType, TracebackType
from typing import IO, TYPE_CHECKING, Self, TypeVar, cast

import pyoxigraph as ox
import urllib3

from kg.errors import QueryError, RemoteError
from kg.store.queries import QueryResult
from kg.store.remote.settings import RemoteSettings
from kg.store.remote.words import words_of

if TYPE_CHECKING:
    from kg.store.remote.transport import Request

_RESULTS: Mapping[str, ox.QueryResultsFormat] = MappingProxyType(
    {
        "application/sparql-results+json": ox.QueryResultsFormat.JSON,
        "application/json": ox.QueryResultsFormat.JSON,
        "application/sparql-results+xml": ox.QueryResultsFormat.XML,
        "application/xml": ox.QueryResultsFormat.XML,
        "text/xml": ox.QueryResultsFormat.XML,
        "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    }
)
_TRIPLES: Mapping[str, ox.RdfFormat] = MappingProxyType(
    {
        "application/n-triples": ox.RdfFormat.N_TRIPLES,
        "text/plain": ox.RdfFormat.N_TRIPLES,  # as servers from before RDF 1.1 call it
        "text/turtle": ox.RdfFormat.TURTLE,
        "application/x-turtle": ox.RdfFormat.TURTLE,
        "application/rdf+xml": ox.RdfFormat.RDF_XML,
        "application/n-quads": ox.RdfFormat.N_QUADS,
        "application/trig": ox.RdfFormat.TRIG,
    }
)
ACCEPT_RESULTS = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.8, text/tab-separated-values;q=0.5"
)
ACCEPT_TRIPLES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_SHOWN = 20_000
"""Bytes of an error's body that are read, for the 300 characters that are shown."""
_DRAINED = 1_000_000
"""Bytes of an answer that nobody reads on, for which a connection is kept."""
_NO_ENDS = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TURTLE, ox.QueryResultsFormat.TSV)
"""Formats that have no end of their own, so that a cut between lines leaves a whole document."""
_TURNED_AWAY: Mapping[int, str] = MappingProxyType(
    {
        401: "wants to know who asks; set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN, rightly",
        403: "does not allow that to whoever asks; ask its operator for the right to",
        404: "is not there; check the address",
        405: "does not take that",
        413: "takes no more at once",
    }
)
_Read = TypeVar("_Read")


class Answer:
    """An answer, whose body is read as it comes."""

    def __init__(
        self,
        response: urllib3.BaseHTTPResponse,
        request: Request,
        settings: RemoteSettings,
        hidden: Callable[[str], str],
    ) -> None:
        self.request = request
        self.status = response.status
        self.headers = response.headers
        self._response = response
        self._settings = settings
        self._hidden = hidden
        self._deadline = time.monotonic() + settings.longest
        self.bytes = 0
        """How many were read."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keeps the connection where all was read, or nearly; else it is closed."""
        length = self.headers.get("Content-Length", "")
        if error is None and length.isdecimal() and int(length) - self.bytes < _DRAINED:
            self._response.drain_conn()
            self._response.release_conn()
        else:
            self._response.close()

    @property
    def is_ok(self) -> bool:
        """Whether the store did what it was asked for."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def content_type(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def tells_its_end(self) -> bool:
        """Whether a cut would be told: by its length, or by its chunks (RFC 9112, section 6.3)."""
        chunked = self.headers.get("Transfer-Encoding", "").lower()
        return "Content-Length" in self.headers or "chunked" in chunked

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the body; none at its end.

        Raises:
            RemoteError: The body is longer, or takes longer, than is allowed.
        """
        wanted = self._settings.most_bytes + 1 - self.bytes
        piece = self._response.read(min(size, wanted) if size > 0 else wanted)
        self.bytes += len(piece)
        if time.monotonic() > self._deadline:
            raise RemoteError(
                f"{self.request.url} takes over {self._settings.longest:,.0f} s to answer; ask for less."
            )
        if self.bytes > self._settings.most_bytes:
            raise RemoteError(
                f"{self.request.url} answers with over {self._settings.most_bytes:,} bytes; ask for less."
            )
        return piece

    def words(self) -> str:
        """What the store says in its body, in one line of at most 300 characters."""
        try:
            body = self._response.read(_SHOWN)
        except urllib3.exceptions.HTTPError:  # the status says more than that its words were cut
            body = b""
        return self._hidden(words_of(body, self.content_type))

    def expect_success(self, query: str | None = None) -> Answer:
        """Itself, where the store did what it was asked for.

        Args:
            query: The query or update that was asked; None where there was none.

        Raises:
            QueryError: The store finds fault with the query.
            RemoteError: It does not answer for another reason.
        """
        if self.is_ok:
            return self
        said = self.words().rstrip(".")
        if self.status == HTTPStatus.BAD_REQUEST and query is not None:
            raise QueryError(f"The store does not take the query: {said or 'it says no more'}.", query=query)
        where = f"{self.request.url} answers with status {self.status}"
        advice = _TURNED_AWAY.get(self.status)
        raise RemoteError(
            f"{where}{f', and says: {said}' if said else ''}{f'. It {advice}' if advice else ''}.",
            status=self.status,
        )

    @property
    def is_rdf(self) -> bool:
        """Whether the body is RDF."""
        return self.content_type in _TRIPLES

    def result(self, query: str, *, most: int | None = None) -> QueryResult:
        """What a query gives, read to its end.

        Args:
            query: The query.
            most: Rows or triples that it may give; None where their number does not matter.

        Raises:
            QueryError: The answer has more rows than is allowed.
            RemoteError: The answer is no result of a query, or is broken.
        """
        if self.is_rdf:
            triples = tuple(dict.fromkeys(_within(self.triples(), query, most)))
            return QueryResult(kind="graph", triples=triples)
        format_ = _RESULTS.get(self.content_type)
        if format_ is None:
            raise self._wrong_type("the result of a query")
        return self._parsed(lambda stream: _rows(stream, format_, query, most), format_)

    def triples(self) -> Iterator[ox.Triple]:
        """The triples of the body, as they come.

        Raises:
            RemoteError: The body is no RDF, or is broken.
        """
        format_ = _TRIPLES.get(self.content_type)
        if format_ is None:
            raise self._wrong_type("RDF")
        self._refuse_endless(format_)
        quads = ox.parse(cast("IO[bytes]", _Source(self)), format_, base_iri=self.request.url)
        try:
            yield from (quad.triple for quad in quads)
        except (SyntaxError, ValueError) as error:
            raise self._broken(error) from error

    def _parsed(self, parse: Callable[[IO[bytes]], _Read], format_: ox.QueryResultsFormat) -> _Read:
        self._refuse_endless(format_)
        source = _Source(self)
        try:
            found = parse(cast("IO[bytes]", source))
        except (SyntaxError, ValueError) as error:
            if isinstance(error, QueryError):
                raise
            raise self._broken(error) from error
        while source.read(_SHOWN):  # so that a cut behind the document is told too
            pass
        return found

    def _refuse_endless(self, format_: object) -> None:
        if format_ in _NO_ENDS and not self.tells_its_end:
            raise RemoteError(
                f"{self.request.url} answers with {self.content_type} and no length, so that nobody could "
                "tell whether it was cut; let it, or its proxy, speak HTTP/1.1."
            )

    def _wrong_type(self, wanted: str) -> RemoteError:
        given, said = self.content_type or "no type", self.words()
        return RemoteError(
            f"{self.request.url} answers with {given}, which is not {wanted}{f': {said}' if said else ''}; "
            "is it the right address?",
            status=self.status,
        )

    def _broken(self, error: Exception) -> RemoteError:
        return RemoteError(
            f"{self.request.url} answers with {self.content_type} that is broken ({error}); the store "
            "stopped half-way, or something on the way changed it.",
            status=self.status,
        )


_Item = TypeVar("_Item")


def _rows(stream: IO[bytes], format_: ox.QueryResultsFormat, query: str, most: int | None) -> QueryResult:
    found = ox.parse_query_results(stream, format_)
    if isinstance(found, ox.QueryBoolean):
        return QueryResult(kind="ask", answer=bool(found))
    names = tuple(variable.value for variable in found.variables)
    return QueryResult(kind="select", variables=names, terms=tuple(_within(map(tuple, found), query, most)))


def _within(items: Iterator[_Item], query: str, most: int | None) -> Iterator[_Item]:
    yield from islice(items, most)
    if most is not None and next(items, None) is not None:
        raise QueryError(f"The query gives more than {most:,} rows; ask for fewer with LIMIT.", query=query)


class _Source:
    """A body as parsers want it, whose own errors come through as they are."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        return self.answer.read(size)
