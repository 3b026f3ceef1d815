"""Conditions of requests (RFC 9110, section 13): what a client knows of a graph, and what must still be so.

A tag names the state of the whole store that is served, so it changes with any change of it.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from starlette.datastructures import Headers

from kg.server.problems import ProblemError

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
ANY = "*"


def etag(generation: str, format_: str) -> str:
    """The tag of a representation: equal tags, equal bytes.

    >>> etag("12", "ttl")
    '"12.ttl"'
    """
    return f'"{generation}.{format_}"'


def is_known(headers: Headers, tag: str) -> bool:
    """Whether a client that reads has what it would get (`If-None-Match`, by weak comparison).

    >>> is_known(Headers({"If-None-Match": 'W/"12.ttl", "11.ttl"'}), '"12.ttl"')
    True
    """
    given = _given(headers, "if-none-match")
    ours = {name for _, name in _TAG.findall(tag)}
    return given == ANY or any(name in ours for _, name in _TAG.findall(given))


def check_unchanged(headers: Headers, generation: str) -> None:
    """Lets a change pass whose client knows the state of the store, or does not care.

    Raises:
        ProblemError: 412: there is an `If-Match`, which names another state, in whatever format.
    """
    given = _given(headers, "if-match")
    if not given or given == ANY:
        return
    known = {name.rpartition(".")[0] for weak, name in _TAG.findall(given) if not weak}
    if generation not in known:
        raise ProblemError(
            HTTPStatus.PRECONDITION_FAILED,
            "The graphs were changed since the tag of If-Match was given; get yours again, then change it.",
        )


def wanted_before(headers: Headers) -> str | None:
    """What a change asks for: that the graph is `there`, or `absent`; None where it does not matter.

    >>> wanted_before(Headers({"If-None-Match": "*"}))
    'absent'
    """
    if _given(headers, "if-match") == ANY:
        return "there"
    return "absent" if _given(headers, "if-none-match") == ANY else None


def _given(headers: Headers, name: str) -> str:
    return ", ".join(headers.getlist(name)).strip()
