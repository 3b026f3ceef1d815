"""SPARQL 1.1 Protocol (W3C 2013): the query and the update operation.

Both are had at `/sparql`; `/update` takes updates only. Relative IRIs are resolved against the address that
was asked.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import IO, cast

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import QueryError
from kg.server.answering import asked, reply
from kg.server.pool import Answer, Task
from kg.server.problems import ProblemError, wrong_request
from kg.server.protocol import FORM, QUERY, UPDATE, Parameters, read_parameters
from kg.server.security import may_write
from kg.server.service import description
from kg.server.settings import DefaultGraph, Settings
from kg.store.guards import refuse_size
from kg.store.results import marked_json

_DATASET = ("default-graph-uri", "named-graph-uri")
_USING = ("using-graph-uri", "using-named-graph-uri")


async def sparql(request: Request) -> Response:
    """Answers a query, or makes an update.

    Raises:
        ProblemError: The request asks for neither, for both, or for several.
    """
    if request.method == "OPTIONS":
        return _options("GET, HEAD, POST, OPTIONS", (FORM, QUERY, UPDATE))
    settings: Settings = request.app.state.settings
    parameters = await read_parameters(request, settings.limits, bodies=(QUERY, UPDATE))
    text, changes = parameters.one("query"), parameters.one("update")
    if text is not None and changes is not None:
        raise wrong_request("There is a query and an update; send one of them.")
    if changes is not None:
        return await _update(request, parameters, changes)
    if text is None and request.method != "POST" and not parameters.values.keys() - {"format", "output"}:
        return await description(request)
    if text is None:
        raise wrong_request(
            "There is no query; send one as the parameter `query`, or by POST as a body of type "
            f"{QUERY}: /sparql?query=SELECT…"
        )
    return await _query(request, parameters, text)


async def update(request: Request) -> Response:
    """Makes an update.

    Raises:
        ProblemError: The request has none, or several.
    """
    if request.method == "OPTIONS":
        return _options("POST, OPTIONS", (FORM, UPDATE))
    settings: Settings = request.app.state.settings
    parameters = await read_parameters(request, settings.limits, bodies=(UPDATE,))
    text = parameters.one("update")
    if text is None:
        raise wrong_request("There is no update; send one as the parameter `update`, and queries to /sparql.")
    if "query" in parameters.values:
        raise wrong_request("There is a query too; send it to /sparql.")
    return await _update(request, parameters, text)


async def _query(request: Request, parameters: Parameters, text: str) -> Response:
    settings: Settings = request.app.state.settings
    if any(name in parameters.values for name in _USING):
        raise wrong_request(
            f"{_USING[0]} is for updates; name the dataset of a query by {' and '.join(_DATASET)}."
        )
    _check_size(text, settings.limits.query)
    arguments = {
        "query": text,
        "base": _base(request),
        "union": settings.default_graph is DefaultGraph.UNION,
        "default": parameters.iris(_DATASET[0]),
        "named": parameters.iris(_DATASET[1]),
        "accept": ", ".join(request.headers.getlist("accept")) or None,
        "format": parameters.first(("format", "output")),
    }
    seconds = parameters.seconds(settings.limits.seconds)
    answer = await asked(request, Task(operation="query", arguments=arguments, seconds=seconds))
    headers = {"Content-Type": str(answer.meta["type"]), "Vary": "Accept"}
    cut = answer.meta.get("truncated")
    if not cut:
        return reply(request, answer, headers=headers)
    if answer.meta["format"] == "json":
        answer = _marked(answer, marked_json(str(cut)))
    return reply(request, answer, headers=headers | {"Kg-Truncated": str(cut)})


def _marked(answer: Answer, start: bytes) -> Answer:
    """An answer with another start instead of its first byte, which was written before it was cut."""
    answer.body.seek(1)
    body = cast("IO[bytes]", _Joined(start, answer.body))
    return replace(answer, body=body, size=len(start) - 1 + answer.size)


class _Joined:
    """A start, and the rest of a file."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start = start
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        """What comes next; the start comes with what first follows it, and is not counted."""
        start, self._start = self._start, b""
        return start + self._rest.read(size)

    def close(self) -> None:
        """Closes the file."""
        self._rest.close()


async def _update(request: Request, parameters: Parameters, text: str) -> Response:
    if request.method != "POST":
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, "Updates are made by POST only, since a GET must not change anything."
        )
    may_write(request)
    if any(name in parameters.values for name in _DATASET):
        raise wrong_request(
            f"{_DATASET[0]} is for queries; name the dataset of an update by {' and '.join(_USING)}."
        )
    arguments = {
        "update": text,
        "base": _base(request),
        "default": parameters.iris(_USING[0]),
        "named": parameters.iris(_USING[1]),
    }
    answer = await asked(request, Task(operation="update", arguments=arguments), is_change=True)
    answer.body.close()
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _base(request: Request) -> str:
    """The address that was asked (section 2.1.7 leaves it to the service)."""
    return str(request.url.replace(query="", fragment=""))


def _check_size(text: str, most: int) -> None:
    try:
        refuse_size(text, most)
    except QueryError as error:
        raise ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error)) from error


def _options(methods: str, bodies: tuple[str, ...]) -> Response:
    headers = {"Allow": methods, "Accept-Post": ", ".join(bodies)}
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
