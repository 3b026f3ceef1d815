"""Writes XML piece by piece, so that a file of any length takes no memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from xml.sax.saxutils import quoteattr

from kg.store.formats import NOT_IN_XML

_LINE_ENDS = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
"""As references, since a reader makes spaces of them in attributes (XML 1.0, sections 2.11 and 3.3.3)."""


class Markup:
    """An XML document that is being written.

    >>> import io
    >>> out = io.BytesIO()
    >>> with Markup(out).within("a", {"b": "<"}) as markup:
    ...     markup.leaf("c", {}, "x & y")
    >>> print(out.getvalue().decode())
    <?xml version="1.0" encoding="UTF-8"?>
    <a b="&lt;">
      <c>x &amp; y</c>
    </a>
    <BLANKLINE>
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._level = 0
        self._line('<?xml version="1.0" encoding="UTF-8"?>')

    @contextmanager
    def within(self, name: str, values: Mapping[str, str | None]) -> Iterator[Markup]:
        """An element around what is written meanwhile; values that are None are left out."""
        self._line(f"<{name}{_attributes(values)}>")
        self._level += 1
        yield self
        self._level -= 1
        self._line(f"</{name}>")

    def leaf(self, name: str, values: Mapping[str, str | None], text: str | None = None) -> None:
        """An element with a text, or with nothing, in it."""
        start = f"<{name}{_attributes(values)}"
        self._line(f"{start}/>" if text is None else f"{start}>{_escaped(text)}</{name}>")

    def _line(self, text: str) -> None:
        self._out.write(f"{'  ' * self._level}{text}\n".encode())


def allowed(text: str) -> str:
    r"""The text without the characters that XML 1.0 forbids (section 2.2).

    >>> allowed("a\x00b")
    'ab'
    """
    return NOT_IN_XML.sub("", text)


def _attributes(values: Mapping[str, str | None]) -> str:
    kept = ((name, allowed(value)) for name, value in values.items() if value is not None)
    return "".join(f" {name}={quoteattr(value, _LINE_ENDS)}" for name, value in kept)


def _escaped(text: str) -> str:
    text = allowed(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")
