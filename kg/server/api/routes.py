"""The routes of the API: parameters in, JSON out, with validators, compression and problem documents."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import get_origin
from urllib.parse import parse_qsl, urlencode

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg import __version__
from kg.server.answering import asked
from kg.server.api.answers import JSON
from kg.server.api.description import describe
from kg.server.api.endpoints import ROOT, Endpoint, endpoints
from kg.server.api.kept import Kept
from kg.server.bodies import read_body
from kg.server.conditions import is_known
from kg.server.pool import Pool, Task
from kg.server.problems import ProblemError
from kg.server.protocol import FORM
from kg.server.settings import Settings

LEAST_COMPRESSED = 1_000
"""Bytes: what is smaller goes into one packet anyhow."""
GENERATION = "Kg-Generation"
"""The header that names the state of the graph that an answer comes from."""
_EFFORT = 5
"""Of gzip, 1–9: beyond it takes twice the time for a few per cent."""
_LONGEST_SHOWN = 80
"""Characters of a wrong value that a problem document repeats."""
_MOST_ERRORS = 5
"""Wrong parameters that one problem document explains."""


def add_api(app: Starlette) -> None:
    """Adds all routes of the API to an application whose state has the pool."""
    app.state.kept = Kept()
    for endpoint in endpoints():
        methods = ["GET", "POST"] if endpoint.asked.model_fields else ["GET"]
        app.router.routes.append(Route(endpoint.path, partial(_answer, endpoint), methods=methods))
    app.router.routes.append(Route(f"{ROOT}openapi.json", _description, methods=["GET"]))


async def _answer(endpoint: Endpoint, request: Request) -> Response:
    given = await _given(request)
    arguments = read_arguments(endpoint, given)
    pool: Pool = request.app.state.pool
    headers = _of_graph(pool.generation, request, given)
    if _is_known(request, headers):
        return Response(status_code=int(HTTPStatus.NOT_MODIFIED), headers=headers)
    kept: Kept = request.app.state.kept
    question = json.dumps([endpoint.name, arguments], sort_keys=True)
    body = kept.get((pool.generation, question))
    if body is not None:
        return await _sent(request, body, headers)
    task = Task(operation=endpoint.operation, arguments={"endpoint": endpoint.name, "asked": arguments})
    with await asked(request, task) as answer:
        body = answer.body.read()
    kept.put((answer.generation, question), body, seconds=answer.worked)
    return await _sent(request, body, _of_graph(answer.generation, request, given))


async def _description(request: Request) -> Response:
    body = describe(str(request.scope.get("root_path", "")))
    tag = _tag(hashlib.sha256(body).hexdigest(), request, request.query_params)
    return await _sent(request, body, _caching(tag))


async def _given(request: Request) -> ImmutableMultiDict[str, str]:
    """The parameters of a request; those of a POST stand in its body, since an address cannot be long.

    Raises:
        ProblemError: 400, 413 or 415 where the body is no form, or too large.
    """
    if request.method != "POST":
        return request.query_params
    if request.query_params:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, "A POST takes its parameters in the body; leave those of the address out."
        )
    settings: Settings = request.app.state.settings
    body = await read_body(request, settings.limits.body)
    if body and _media_type(request.headers.get("content-type", "")) != FORM:
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Parameters are sent as {FORM}; say so in `Content-Type`."
        )
    try:
        return ImmutableMultiDict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "The form is not in UTF-8; encode it so.") from error


def _media_type(header: str) -> str:
    return header.partition(";")[0].strip().lower()


def read_arguments(endpoint: Endpoint, parameters: ImmutableMultiDict[str, str]) -> dict[str, object]:
    """What a request asks of an endpoint, looked through, as a JSON object.

    Raises:
        ProblemError: A parameter is wrong, missing, not known or given twice.
    """
    given: dict[str, object] = {}
    wrong: list[tuple[str, str]] = []
    for name in dict.fromkeys(parameters.keys()):
        values = parameters.getlist(name)
        field = endpoint.asked.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is list:
            given[name] = values
        elif len(values) > 1:
            wrong.append((name, f"is given {len(values)} times, and it takes one value."))
        else:
            given[name] = values[0]
    try:
        looked_through = endpoint.asked.model_validate(given)
    except ValidationError as error:
        wrong += [
            _explained(endpoint, found) for found in error.errors(include_url=False, include_context=False)
        ]
        raise _refused(endpoint, wrong) from error
    if wrong:
        raise _refused(endpoint, wrong)
    return looked_through.model_dump(mode="json", exclude_defaults=True)


def _explained(endpoint: Endpoint, found: Mapping[str, object]) -> tuple[str, str]:
    """The name of a wrong parameter, and what is wrong with it."""
    place = found["loc"]
    name = str(place[0]) if isinstance(place, tuple) and place else ""
    if found["type"] == "extra_forbidden":
        return (
            name,
            f"is not known; {endpoint.path} takes {', '.join(endpoint.asked.model_fields) or 'none'}.",
        )
    if found["type"] == "missing":
        return name, "is missing; give a value for it."
    message = str(found["msg"]).removeprefix("Value error, ")
    return name, f"cannot be {_shortened(str(found['input']))!r}: {message[:1].lower()}{message[1:]}."


def _refused(endpoint: Endpoint, wrong: list[tuple[str, str]]) -> ProblemError:
    said = " ".join(f"The parameter `{_shortened(name)}` {what}" for name, what in wrong[:_MOST_ERRORS])
    errors = [{"parameter": _shortened(name), "detail": what} for name, what in wrong[:_MOST_ERRORS]]
    return ProblemError(
        HTTPStatus.BAD_REQUEST,
        f"{said} {ROOT}openapi.json describes {endpoint.path}.",
        extra={"errors": errors},
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _tag(generation: str, request: Request, given: ImmutableMultiDict[str, str]) -> str:
    """A weak validator of an answer (RFC 9110, section 8.8.3), the same whether it is compressed or not."""
    said = "\n".join(
        (__version__, generation, request.url.path, urlencode(given.multi_items(), errors="replace"))
    )
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:20]}"'


def _is_known(request: Request, headers: Mapping[str, str], *, is_found: bool = False) -> bool:
    """Whether the client has the answer; one to POST is not kept (RFC 9110, section 9.3.3)."""
    return request.method != "POST" and is_known(request.headers, headers["ETag"], is_found=is_found)


def _of_graph(generation: str, request: Request, given: ImmutableMultiDict[str, str]) -> dict[str, str]:
    """Headers of an answer from a graph; `Kg-Generation` tells a page that the graph is another one now."""
    return {**_caching(_tag(generation, request, given)), GENERATION: generation}


def _caching(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}


async def _sent(request: Request, body: bytes, headers: dict[str, str]) -> Response:
    """A JSON answer, compressed where the client takes that; to HEAD without its body."""
    if _is_known(request, headers, is_found=True):
        return Response(status_code=int(HTTPStatus.NOT_MODIFIED), headers=headers)
    if len(body) >= LEAST_COMPRESSED and _takes_gzip(request.headers.get("accept-encoding", "")):
        body = await run_in_threadpool(gzip.compress, body, _EFFORT, mtime=0)
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    return Response(b"" if request.method == "HEAD" else body, headers=headers, media_type=JSON)


def _takes_gzip(accepted: str) -> bool:
    """Whether a client takes gzip, by what it accepts (RFC 9110, section 12.5.3).

    >>> _takes_gzip("br, gzip;q=0.5"), _takes_gzip("gzip;q=0"), _takes_gzip("*")
    (True, False, True)
    """
    weights = {}
    for coding in accepted.split(","):
        name, _, weight = coding.partition(";")
        weights[name.strip().lower()] = weight.replace(" ", "").lower().removeprefix("q=")
    weight = weights.get("gzip", weights.get("*", "0"))
    return weight.strip("0.") != "" or weight == ""
