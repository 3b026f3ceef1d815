"""What a server says in an answer that is an error: in one line, short, and as plain text."""

from __future__ import annotations

import html
import json
import re

LONGEST = 300
"""Characters of a server's words that a message repeats."""
_SCRIPT = re.compile(r"<(script|style|head)\b.*?(</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_FIELDS = ("detail", "message", "exception", "error_description", "detailedMessage", "error", "title")
"""Where servers put their words in JSON, ours first (RFC 9457)."""


def words_of(body: bytes, content_type: str = "") -> str:
    """The words of an answer in one line, at most 300 characters; empty where it has none.

    Args:
        body: The answer, or its beginning.
        content_type: Its media type.

    >>> words_of(b"<html><head><title>x</title></head><body><h1>Not here</h1></body></html>", "text/html")
    'Not here'
    >>> words_of(b'{"detail": "The query is wrong."}', "application/problem+json")
    'The query is wrong.'
    """
    text = body.decode("utf-8", "replace")
    if "json" in content_type:
        text = _of_json(text)
    elif "html" in content_type or "xml" in content_type or text.lstrip().startswith("<"):
        text = html.unescape(_TAG.sub(" ", _SCRIPT.sub(" ", text)))
    line = " ".join(_CONTROL.sub(" ", text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _of_json(text: str) -> str:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if not isinstance(said, dict):
        return text
    return next((said[name] for name in _FIELDS if isinstance(said.get(name), str)), text)
