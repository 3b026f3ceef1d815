"""Marks of where the next page begins, which clients hand back as they are."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping

from kg.errors import ExplorationError
from kg.exploration.pages import Key

_DIGITS = 12
"""Of a hash: enough that a mark of another question is told from one of this."""
_PLACE = frozenset({"after", "limit"})
"""Parameters in which the pages of one question differ."""


def question_of(endpoint: str, arguments: Mapping[str, object]) -> str:
    """What pages of one answer have in common.

    >>> question_of("api:x", {"limit": 1}) == question_of("api:x", {"limit": 2, "after": "…"})
    True
    """
    asked = {name: value for name, value in sorted(arguments.items()) if name not in _PLACE}
    return hashlib.sha256(json.dumps([endpoint, asked]).encode()).hexdigest()[:_DIGITS]


def write_cursor(question: str, key: Key) -> str:
    """The mark of a page that begins after a key.

    >>> read_cursor("q", write_cursor("q", (-2, "Ana")))
    (-2, 'Ana')
    """
    content = json.dumps([question, *key], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def read_cursor(question: str, cursor: str) -> Key:
    """The key that a mark holds.

    Raises:
        ExplorationError: It is none, or one of another question.
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        content = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError) as error:
        raise _wrong("is none that this server gave") from error
    if (
        not isinstance(content, list)
        or not content
        or not all(isinstance(one, (str, int, float)) for one in content)
    ):
        raise _wrong("is none that this server gave")
    if content[0] != question:
        raise _wrong("belongs to another question")
    return tuple(content[1:])


def _wrong(what: str) -> ExplorationError:
    return ExplorationError(
        f"The cursor in `after` {what}; leave it out for the first page, then give `next` of each page "
        "with the other parameters as they were."
    )
