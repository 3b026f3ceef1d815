"""Conditions of requests (RFC 9110, section 13): what a client knows of a graph, and what must still be so.

A tag names the state of the whole store that is served, so it changes with any change of it.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers

from kg import __version__

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
ANY = "*"
_OF_VERSION = "~"
"""Before the version of ours, since another may write the same graph otherwise."""


def etag(generation: str, format_: str) -> str:
    """The tag of a representation: equal tags, equal bytes.

    >>> etag("12", "ttl").startswith('"12.ttl~')
    True
    """
    return f'"{generation}.{format_}{_OF_VERSION}{__version__}"'


def is_known(headers: Headers, tag: str, *, is_found: bool = False) -> bool:
    """Whether a client that reads has what it would get (`If-None-Match`, by weak comparison).

    `*` stands for whatever is there, so that it is known only once that has been found (`is_found`).

    >>> is_known(Headers({"If-None-Match": 'W/"12.ttl", "11.ttl"'}), '"12.ttl"')
    True
    """
    given = _given(headers, "if-none-match")
    ours = {name for _, name in _TAG.findall(tag)}
    return (is_found and given == ANY) or any(name in ours for _, name in _TAG.findall(given))


def known_states(headers: Headers) -> tuple[str, ...] | None:
    """States of the store one of which a change is to be made on, in whatever format they were read.

    Returns:
        Those that strong tags of `If-Match` name, which may be none; None where any state will do.

    >>> known_states(Headers({"If-Match": f'W/"10.ttl", {etag("12", "ttl")}'}))
    ('12',)
    """
    given = _given(headers, "if-match")
    if not given or given == ANY:
        return None
    names = [name.partition(_OF_VERSION)[0] for weak, name in _TAG.findall(given) if not weak]
    return tuple(name.rpartition(".")[0] for name in names)


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
