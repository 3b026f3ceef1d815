"""Where a page of what was found ended, as text that can be handed out and given back.

It names the last item by what it is sorted by, not by its number, so that it also holds in an index that was
made anew, even without that item.
"""

from __future__ import annotations

import base64
import json
from bisect import bisect_right
from dataclasses import astuple, dataclass

from kg.errors import SearchError
from kg.store.search.index import Index

_MOST = 1 << 40
"""No count is greater; SQLite's numbers end at 2⁶³."""
_LONGEST = 16_384
"""Characters of a cursor; its IRI is as long as a name may make it."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last item of a page."""

    fit: int
    relations: int
    mentions: int
    iri: str

    def text(self) -> str:
        """The cursor as opaque text of letters, digits, `-` and `_`.

        >>> read_cursor(Cursor(1, 2, 3, "https://example.org/a").text()).relations
        2
        """
        return base64.urlsafe_b64encode(json.dumps(astuple(self)).encode()).decode().rstrip("=")

    def number(self, index: Index) -> int:
        """The number of the last thing of the index that is not after this, 0 where none is."""

        def key(number: int) -> tuple[int, int, str]:
            relations, mentions, iri = index.connection.execute(_PLACE, (number,)).fetchone()
            return -relations, -mentions, iri

        wanted = (-self.relations, -self.mentions, self.iri)
        return bisect_right(range(1, index.size + 1), wanted, key=key)


_PLACE = "SELECT relations, mentions, iri FROM things WHERE number = ?"


def read_cursor(text: str) -> Cursor:
    """The cursor of a text.

    Raises:
        SearchError: The text is not one that a search gave.
    """
    try:
        fit, relations, mentions, iri = _parts(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise SearchError(
            f"{text[:80]!r} is not where a page ended; give the `after` of the page before, or none."
        ) from error
    return Cursor(fit, relations, mentions, iri)


def _parts(text: str) -> tuple[int, int, int, str]:
    """What stands in the text.

    Raises:
        ValueError: It is not what a cursor holds.
        TypeError: Likewise.
    """
    if len(text) > _LONGEST:
        raise ValueError(len(text))
    found = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    fit, relations, mentions, iri = found
    if not all(type(count) is int and 0 <= count < _MOST for count in (fit, relations, mentions)):
        raise ValueError(found)
    if not isinstance(iri, str):
        raise TypeError(found)
    return fit, relations, mentions, iri
