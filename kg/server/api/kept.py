"""Answers that took long, kept in the main process while the graph is the same.

A worker that was slow is replaced, and forgets; and there are several. What a whole graph is counted for is
asked again by everybody who opens the page.
"""

from __future__ import annotations

from collections import OrderedDict

LEAST_SECONDS = 0.1
"""What took less is asked anew."""
MOST_BYTES = 32 * 2**20
"""Of all answers and questions together: some hundred overviews, or a few drawings of all there is."""
LARGEST = 12 * 2**20


class Kept:
    """The answers that were given last, by the state of the graph and the question.

    >>> kept = Kept()
    >>> kept.put(("1", "x"), b"{}", seconds=1)
    >>> kept.get(("1", "x")), kept.get(("2", "x"))
    (b'{}', None)
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._bodies: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._size = 0

    def get(self, key: tuple[str, str]) -> bytes | None:
        """The answer to a question; None where it is not kept."""
        body = self._bodies.get(key)
        if body is not None:
            self._bodies.move_to_end(key)
        return body

    def put(self, key: tuple[str, str], body: bytes, *, seconds: float) -> None:
        """Keeps an answer that took so long, if it took long and is not too large."""
        if seconds < LEAST_SECONDS or _size(key, body) > min(LARGEST, self._most):
            return
        if key in self._bodies:
            self._size -= _size(key, self._bodies.pop(key))
        self._bodies[key] = body
        self._size += _size(key, body)
        while self._size > self._most:
            self._size -= _size(*self._bodies.popitem(last=False))


def _size(key: tuple[str, str], body: bytes) -> int:
    """Bytes of an answer with its question, whose parameters may be longer than it."""
    return sum(len(part.encode("utf-8", "replace")) for part in key) + len(body)
