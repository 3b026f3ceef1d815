"""What a worker does to answer an endpoint: finds the record and writes it as JSON."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from http import HTTPStatus
from typing import Any

import pydantic_core
from anyascii import anyascii

from kg.errors import MissingError
from kg.exploration.cells import read_queries
from kg.exploration.ontology import read_ontology
from kg.exploration.pages import Page
from kg.server.api.cursors import question_of, read_cursor, write_cursor
from kg.server.api.endpoints import endpoint_named, endpoints
from kg.server.problems import ProblemError
from kg.store import Store
from kg.store.results import Out

JSON = "application/json"
_BLOCK = 0x100
"""Characters whose spellings in Latin letters stand in one file."""
_WITHIN = 0x80
"""Where in the first block characters begin that are not ASCII; those need no spelling."""
_SURROGATES = range(0xD800, 0xE000)
"""Code points that are no characters."""


def prepare() -> None:
    """Reads all files that answers need, since a worker can open none later; takes some 0.3 s."""
    read_queries()
    read_ontology()
    endpoints()
    for start in (*range(0, _SURROGATES.start, _BLOCK), *range(_SURROGATES.stop, sys.maxunicode, _BLOCK)):
        anyascii(chr(start + _WITHIN))


def answer(store: Store, arguments: Mapping[str, object], out: Out) -> Mapping[str, object]:
    """Writes what an endpoint gives, as JSON.

    Args:
        store: The graph.
        arguments: `endpoint`, its name, and `asked`, the parameters that it was given.
        out: Where to.

    Raises:
        ProblemError: What is asked for is not there, or the answer is too large.
        KgError: It cannot be asked.
    """
    endpoint = endpoint_named(str(arguments["endpoint"]))
    asked = endpoint.asked.model_validate(arguments["asked"])
    question = question_of(endpoint.name, asked.model_dump(mode="json"))
    cursor = getattr(asked, "after", None)
    after = None if cursor is None else read_cursor(question, cursor)
    try:
        found = endpoint.find(store, asked, after)
    except MissingError as error:
        extra = {"missing": error.keys} if error.keys else None
        raise ProblemError(HTTPStatus.NOT_FOUND, str(error), extra=extra) from error
    body = pydantic_core.to_json(_marked(found, question), inf_nan_mode="strings")
    if len(body) > out.size:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            f"The answer has {len(body)} bytes, and {out.size} are the most; ask for fewer items.",
        )
    out.write(body)
    return {"type": JSON}


def _marked(found: object, question: str) -> object:
    """A record whose pages say where the next begins as clients are told it."""
    if not is_dataclass(found) or isinstance(found, type):
        return found
    pages = {field.name: getattr(found, field.name) for field in fields(found)}
    marked = {
        name: _marked_page(page, question)
        for name, page in pages.items()
        if isinstance(page, Page) and page.next is not None
    }
    return replace(found, **marked) if marked else found


def _marked_page(page: Page[Any], question: str) -> dict[str, object]:
    return {"items": page.items, "total": page.total, "next": write_cursor(question, page.next or ())}
