"""Reads answers of HTTP servers (RFC 9112) as web archives keep them: head, chunks, packed bodies."""

from __future__ import annotations

import io
import re
import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import BinaryIO, Protocol

import brotli

from kg.articles.opening import read_whole
from kg.errors import ArticleError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LONGEST_HEAD = 1 << 17
"""Bytes of a status line and its headers; servers refuse more than a tenth of it."""
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHUNK = re.compile(rb"\s{0,4}([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
"""The size of a chunk, with extensions (RFC 9112, section 7.1)."""
_DAMAGE = (ValueError, EOFError, zlib.error, brotli.error, zstd.ZstdError)


class Lines(Protocol):
    """What is read line by line."""

    def readline(self, size: int, /) -> bytes:
        """The next line, or as much of it as `size` says; empty at the end."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Status and headers of an answer."""

    status: int
    content_type: str
    """Such as `text/html`, in lower case; empty where it is not said."""
    charset: str | None
    """The encoding that the header names."""
    headers: Mapping[str, str]
    """By their names in lower case."""


def read_head(stream: Lines, *, place: str) -> Head:
    r"""The status and headers with which an answer begins; its body stands after them.

    Raises:
        ArticleError: It begins with none, or they do not end.

    >>> read_head(io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"), place="a").status
    200
    """
    status = _STATUS.match(stream.readline(_LONGEST_HEAD))
    if status is None:
        raise ArticleError(f"{place}: this is no answer of a server.", place=place)
    headers = read_headers(stream, place=place)
    kind = Message()
    kind["Content-Type"] = headers.get("content-type", "")
    charset = kind.get_param("charset")
    return Head(
        status=int(status[1]),
        content_type=kind.get_content_type() if "content-type" in headers else "",
        charset=charset if isinstance(charset, str) else None,
        headers=headers,
    )


def read_headers(stream: Lines, *, place: str) -> dict[str, str]:
    r"""Headers up to the empty line that ends them, by their names in lower case; of equal ones the first.

    Raises:
        ArticleError: They do not end.

    >>> read_headers(io.BytesIO(b"A: 1\r\nB: 2\r\n  3\r\n\r\n"), place="a")
    {'a': '1', 'b': '2 3'}
    """
    headers: dict[str, str] = {}
    name, left = "", _LONGEST_HEAD
    while left > 0:
        line = stream.readline(left)
        left -= len(line)
        if not line.strip():
            return headers
        text = line.decode("utf-8", "replace").strip()
        if line[:1] in {b" ", b"\t"} and name in headers:
            headers[name] += f" {text}"
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        headers.setdefault(name, value.strip())
    raise ArticleError(f"{place}: the headers do not end within {_LONGEST_HEAD:,} bytes.", place=place)


def read_body(stream: BinaryIO, head: Head, *, place: str, largest: int) -> bytes:
    r"""The body of an answer, its chunks put together, and unpacked, where it is not so already.

    Args:
        stream: The answer, after its headers.
        head: Its headers.
        place: Where it is, for messages.
        largest: How many bytes it may have, packed and unpacked.

    Raises:
        ArticleError: It is too large, or damaged.

    >>> head = read_head(io.BytesIO(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), place="a")
    >>> read_body(io.BytesIO(b"3\r\n<p>\r\n2\r\nA.\r\n0\r\n\r\n"), head, place="a", largest=100)
    b'<p>A.'
    """
    data = read_whole(stream, place=place, largest=largest)
    if "chunked" in head.headers.get("transfer-encoding", "").lower():
        data = _joined(data)
    for coding in reversed(head.headers.get("content-encoding", "").lower().split(",")):
        unpack = _CODINGS.get(coding.strip())
        try:
            data = data if unpack is None else unpack(data, largest + 1)
        except _DAMAGE as error:
            raise ArticleError(
                f"{place}: the page is damaged, and cannot be unpacked ({error}).", place=place
            ) from error
    return read_whole(io.BytesIO(data), place=place, largest=largest)


def _joined(data: bytes) -> bytes:
    """The chunks of a body put together, as far as they go; or the body, if it is not in chunks."""
    parts: list[bytes] = []
    position = 0
    while match := _CHUNK.match(data, position):
        size = int(match[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(data[match.end() : match.end() + size])
        position = match.end() + size
    return b"".join(parts) if parts else data


def _gunzip(data: bytes, most: int) -> bytes:
    return zlib.decompressobj(31).decompress(data, most) if data.startswith(b"\x1f\x8b") else data


def _inflate(data: bytes, most: int) -> bytes:
    """RFC 9110 asks for the zlib format (section 8.4.1.2); some servers send bare deflate."""
    if data.lstrip().startswith(b"<"):
        return data
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return zlib.decompressobj(-15).decompress(data, most)


def _unbrotli(data: bytes, most: int) -> bytes:
    if data.lstrip().startswith(b"<"):
        return data
    decoder = brotli.Decompressor()
    parts = [decoder.process(data, output_buffer_limit=most)]
    while not decoder.can_accept_more_data() and sum(map(len, parts)) < most:
        parts.append(decoder.process(b"", output_buffer_limit=most))
    return b"".join(parts)


def _unzstd(data: bytes, most: int) -> bytes:
    is_packed = data.startswith(b"\x28\xb5\x2f\xfd")
    return zstd.ZstdDecompressor().decompress(data, most) if is_packed else data


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
"""Codings of bodies that servers use (RFC 9110, section 8.4)."""
