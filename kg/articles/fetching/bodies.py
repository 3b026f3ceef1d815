"""Unpacks bodies piece by piece, so that no more is ever held than was allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
"""What servers are told that we unpack (RFC 9110, section 12.5.3): all have it, and it can be bounded."""
_PIECE = 2**16
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
    inflater, is_first = zlib.decompressobj(_EITHER), True
    for piece in pieces:
        rest = piece
        while rest:
            if inflater.eof:
                if not rest.startswith(b"\x1f\x8b"):
                    return  # what stands behind the last member is padding
                inflater = zlib.decompressobj(_EITHER)
            try:
                some = inflater.decompress(rest, _PIECE)
            except zlib.error as error:
                if not is_first:
                    raise BrokenBodyError(f"it cannot be unpacked ({error})") from error
                inflater, is_first = zlib.decompressobj(_BARE), False
                continue
            is_first = False
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            if some:
                yield some
    if not (inflater.eof or is_first):
        raise BrokenBodyError("it ends before all is unpacked")
