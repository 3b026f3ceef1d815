"""SPARQL 1.1 Graph Store HTTP Protocol (W3C 2013): whole graphs are read and, where it is allowed, written.

A graph is named by `?graph=IRI`, by `?default`, or by the address itself, where it is below that of the graph
store (section 4.1). It is given whole or not at all: a client that got part of it and put it back would lose
the rest. Conditions of requests (RFC 9110, section 13) are understood, so that two clients who write do not
overwrite each other unawares.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.server.answering import asked, reply
from kg.server.bodies import read_body
from kg.server.conditions import etag, is_known, known_states, wanted_before
from kg.server.logs import note, sent_path
from kg.server.negotiation import RESULT_FORMATS, choose
from kg.server.payloads import read_documents
from kg.server.pool import Pool, Task
from kg.server.problems import ProblemError, wrong_request
from kg.server.security import may_write
from kg.server.settings import Settings

PATH = "/graph-store"
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
"""Those that are answered, if only by what is taken instead."""
_READING, _WRITING = ("GET", "HEAD", "OPTIONS"), ("GET", "HEAD", "OPTIONS", "PUT", "POST", "DELETE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The graph that a request is about."""

    graph: str | None
    """Its IRI; None for the default graph."""
    base: str
    """What relative IRIs of a document are resolved against (RFC 3986, section 5.1)."""
    location: str | None = None
    """Where it is to be had, of a graph that the graph store gives a name; else None."""


async def graph_store(request: Request) -> Response:
    """Answers what is asked of a graph, or done to it."""
    if request.method == "OPTIONS":
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": _allowed(request)})
    if request.method in {"GET", "HEAD"}:
        return await _read(request, target_of(request))
    if request.method not in _WRITING:
        raise ProblemError(
            HTTPStatus.METHOD_NOT_ALLOWED,
            f"A graph is not changed by {request.method}; PUT the whole of it, or send an update to /sparql.",
            headers={"Allow": _allowed(request)},
        )
    may_write(request)
    return await _write(request, target_of(request))


def target_of(request: Request) -> Target:
    """The graph that a request names, directly or indirectly (sections 4.1 and 4.2).

    Raises:
        ProblemError: 400 where it names none or several, or not by an absolute IRI.
    """
    store = f"{request.url.scheme}://{request.url.netloc}{PATH}"
    path = sent_path(request.scope).decode("latin-1")
    query: str = request.scope["query_string"].decode("latin-1")
    given = [item.partition("=") for item in query.split("&")]
    iris = [_unquoted(value) for name, _, value in given if name == "graph"]
    is_default = any(name == "default" for name, _, _ in given)
    below = path.removeprefix(PATH).removeprefix("/")
    if len(iris) + is_default + bool(below) > 1:
        raise wrong_request(
            "The request names several graphs; name one: by ?default, by ?graph=IRI, or by its address."
        )
    if iris:
        return _indirect(iris[0], store)
    if is_default:
        return Target(graph=None, base=store)
    if below:
        return _indirect(f"{store}/{below}" + (f"?{query}" if query else ""), store)
    if request.method == "POST":
        new = f"{store}/{uuid.uuid4()}"
        return Target(graph=new, base=new, location=new)
    raise wrong_request(
        "The request names no graph; add ?default or ?graph=IRI. The query SELECT ?g { GRAPH ?g {} } gives "
        "those that there are, and `kg export` writes all of them into a file."
    )


def _indirect(iri: str, store: str) -> Target:
    """The graph of an IRI.

    A path below that of the graph store is taken too, since the tests of the W3C name graphs so.
    """
    if iri.startswith(f"{PATH}/"):
        iri = store + iri.removeprefix(PATH)
    try:
        graph = ox.NamedNode(iri).value
    except ValueError as error:
        raise wrong_request(
            f"The graph {iri[:200]!r} is not named by an absolute IRI ({error}); give one."
        ) from error
    return Target(graph=graph, base=graph)


def _unquoted(value: str) -> str:
    """The value of a parameter; a plus sign stands for itself, since there are no spaces in IRIs."""
    try:
        return unquote_to_bytes(value).decode()
    except UnicodeDecodeError as error:
        raise wrong_request("The parameter `graph` is not in UTF-8; escape it so.") from error


async def _read(request: Request, target: Target) -> Response:
    pool: Pool = request.app.state.pool
    accept = ", ".join(request.headers.getlist("accept"))
    chosen = choose(RESULT_FORMATS["graph"], accept or None)
    headers = {"ETag": etag(pool.generation, chosen.format), "Vary": "Accept", "Cache-Control": "no-cache"}
    if is_known(request.headers, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    arguments = {"graph": target.graph, "format": chosen.format}
    answer = await asked(request, Task(operation="read_graph", arguments=arguments))
    headers |= {"ETag": etag(answer.generation, chosen.format)}
    if is_known(request.headers, headers["ETag"], is_found=True):
        answer.body.close()
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers["Content-Type"] = chosen.content_type
    return reply(request, answer, headers=headers)


async def _write(request: Request, target: Target) -> Response:
    wanted = wanted_before(request.headers)
    arguments: dict[str, object] = {"graph": target.graph, "base": target.base, "wanted": wanted}
    if request.method != "DELETE":
        body = await read_body(request, request.app.state.settings.limits.body)
        if request.method == "POST" and not body:
            return Response(status_code=HTTPStatus.NO_CONTENT)  # section 5.5
        documents = read_documents(request.headers.get("content-type"), body)
        arguments["documents"] = [document.message() for document in documents]
    operation = f"{request.method.lower()}_graph"
    task = Task(operation=operation, arguments=arguments, known=known_states(request.headers))
    answer = await asked(request, task, is_change=True)
    answer.body.close()
    note(rows=int(str(answer.meta["rows"])))
    if answer.meta["created"]:
        headers = {"Location": target.location} if target.location else {}
        return Response(status_code=HTTPStatus.CREATED, headers=headers)
    return Response(status_code=HTTPStatus.NO_CONTENT if request.method == "PUT" else HTTPStatus.OK)


def _allowed(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return ", ".join(_WRITING if settings.is_writable else _READING)
