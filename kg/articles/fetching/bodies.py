"""Unpacks bodies piece by piece, so that no more is ever held than was allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
"""What servers are told that we unpack (RFC 9110, section 12.5.3): all have it, and it can be bounded."""
_PIECE = 2**16
_MEMBER = b"\x1f\x8b"
"""How each member of gzip begins (RFC 1952)."""
_EITHER = 32 + zlib.MAX_WBITS
"""Takes the headers of both gzip and zlib."""
_BARE = -zlib.MAX_WBITS
"""Deflate without a header, as some servers send it (RFC 9110, section 8.4.1.2)."""


class BrokenBodyError(ValueError):
    """A body that is not packed as its headers say, or that ends within."""


def unpacked(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """A body as it was before it was packed, in pieces of at most 64 KiB of what is packed.

    Args:
        pieces: The body as it is sent.
        encoding: What `Content-Encoding` says.

    Raises:
        BrokenBodyError: It is packed in another way, or is broken, or ends too early.

    >>> b"".join(unpacked([zlib.compress(b"Ana met Bo.")], "deflate"))
    b'Ana met Bo.'
    """
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        yield from pieces
    elif name in {"gzip", "x-gzip", "deflate"}:
        yield from _inflated(pieces)
    else:
        raise BrokenBodyError(f"it is packed as {encoding[:40]!r}, and we asked for {ACCEPTED}")


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    inflater = _Inflater()
    for piece in pieces:
        yield from inflater.inflate(piece)
    if not inflater.is_whole:
        raise BrokenBodyError("it ends before all is unpacked")


class _Inflater:
    """Unpacks gzip, of one member or several, zlib, and deflate without a header."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_EITHER)
        self._is_begun = False

    @property
    def is_whole(self) -> bool:
        """Whether what came does not end within a member."""
        return self._member.eof or not self._is_begun

    def inflate(self, packed: bytes) -> Iterator[bytes]:
        """What further bytes unpack to, in pieces."""
        rest = packed
        while rest:
            if self._member.eof:
                if not rest.startswith(_MEMBER):
                    return  # what stands behind the last member is padding
                self._member = zlib.decompressobj(_EITHER)
            some = self._decompress(rest)
            rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if some:
                yield some

    def _decompress(self, packed: bytes) -> bytes:
        try:
            some = self._member.decompress(packed, _PIECE)
        except zlib.error as error:
            if self._is_begun:
                raise BrokenBodyError(f"it cannot be unpacked ({error})") from error
            self._member, self._is_begun = zlib.decompressobj(_BARE), True
            return self._decompress(packed)
        self._is_begun = True
        return some
