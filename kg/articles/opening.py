"""Opens what holds articles, wherever it is and however it is packed, as a stream with bounds.

Local files are opened by the system, all others by `fsspec`; gzip, zstd and bzip2 are unpacked on the way,
whatever the name says. Which files there are is the business of `kg.articles.files`.
"""

from __future__ import annotations

import bz2
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from kg.articles.options import ReadingOptions
from kg.articles.places import STDIN, is_remote, naming_errors, remote_system
from kg.errors import ArticleError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 1 << 16
_HEAD = 4096
"""Bytes that the format is told by."""
_UNCHECKED = 100_000_000
"""Bytes that any file may unpack to."""
_GZIP = 31
"""Window and header that zlib is to look for: those of gzip."""
_DAMAGE = (EOFError, OSError, zlib.error, zstd.ZstdError)


class _Content(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class GzipMembers:
    """What a gzip file holds, member after member (RFC 1952, section 2.2), and where each of them begins."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self.offset = 0
        """Where in the file the member begins that is being read."""
        self._packed = packed
        self._position = 0
        self._waiting = b""
        self._member: zlib._Decompress | None = None

    def read1(self, size: int, /) -> bytes:
        """At most so many bytes, all of one member; none at the end.

        Raises:
            EOFError: The last member is cut off.
            zlib.error: A member is damaged.
        """
        while True:
            if not self._waiting and not self._read_on():
                return b""
            if self._member is None:
                self._waiting = self._waiting.lstrip(b"\x00")  # what fills up a block
                if not self._waiting:
                    continue
                self.offset = self._position - len(self._waiting)
                self._member = zlib.decompressobj(_GZIP)
            data = self._member.decompress(self._waiting, size)
            is_ended = self._member.eof
            self._waiting = self._member.unused_data if is_ended else self._member.unconsumed_tail
            self._member = None if is_ended else self._member
            if data:
                return data

    def _read_on(self) -> bool:
        self._waiting = self._packed.read1(_BUFFER)
        self._position += len(self._waiting)
        if not self._waiting and self._member is not None:
            raise EOFError("it ends too early")
        return bool(self._waiting)


@dataclass(frozen=True, slots=True)
class _Packing:
    name: str
    start: bytes
    """What such files begin with."""
    unpack: Callable[[io.BufferedReader], _Content]
    first: Callable[[bytes], bytes]
    """The beginning of what is packed, from the beginning of the file."""


_PACKINGS = (
    _Packing(
        "gzip",
        b"\x1f\x8b\x08",
        GzipMembers,
        lambda data: zlib.decompressobj(_GZIP).decompress(data, _HEAD),
    ),
    _Packing(
        "zstd",
        b"\x28\xb5\x2f\xfd",
        lambda packed: cast("_Content", zstd.ZstdFile(cast("BinaryIO", packed), mode="r")),
        lambda data: zstd.ZstdDecompressor().decompress(data, _HEAD),
    ),
    _Packing(
        "bzip2",
        b"BZh",
        lambda packed: bz2.BZ2File(packed, mode="rb"),
        lambda data: bz2.BZ2Decompressor().decompress(data, _HEAD),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file of articles that is open for reading."""

    place: str
    """How messages name it."""
    packing: str | None
    """How it is packed; None where it is not."""
    head: bytes
    """The first bytes of what is in it; `stream` still begins with them."""
    stream: io.BufferedReader
    """Its content, unpacked."""
    is_empty: bool = False
    """Whether there is nothing in it, or only white space."""
    members: GzipMembers | None = None
    """Where in a gzip file is being read; None for other files."""


@contextmanager
def opened(path: str, *, options: ReadingOptions) -> Iterator[Opened]:
    """A path, opened and unpacked as it is read: a file, a URL that `fsspec` knows, or `-`.

    Args:
        path: Where it is.
        options: How much it may unpack to.

    Raises:
        ArticleError: It cannot be opened; or, while it is read, that it is damaged, or unpacks to too much.

    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp(), "a.txt.bz2")
    >>> _ = path.write_bytes(bz2.compress(b"Ana met Bo."))
    >>> with opened(str(path), options=ReadingOptions()) as file:
    ...     file.packing, file.stream.read()
    ('bzip2', b'Ana met Bo.')
    """
    with _raw(path) as file:
        yield unpacked(file, place=path, options=options)


@contextmanager
def opened_seekable(path: str) -> Iterator[BinaryIO]:
    """A path, opened as it is, for formats that are read from their end.

    Raises:
        ArticleError: It cannot be opened, or is standard input.

    >>> with opened_seekable("-") as file:
    ...     pass
    Traceback (most recent call last):
    kg.errors.ArticleError: Such a file is read from its end; give its path, not '-'.
    """
    if path == STDIN:
        raise ArticleError("Such a file is read from its end; give its path, not '-'.", place=path)
    with _raw(path) as file:
        yield file


def unpacked(file: BinaryIO, *, place: str, options: ReadingOptions) -> Opened:
    """A stream that is open already, unpacked as it is read.

    Args:
        file: What is read.
        place: How messages name it.
        options: How much it may unpack to.

    Raises:
        ArticleError: It cannot be read.

    >>> unpacked(io.BytesIO(b"Ana met Bo."), place="a", options=ReadingOptions()).head
    b'Ana met Bo.'
    """
    source = _Counted(file, place)
    packed: io.BufferedReader = io.BufferedReader(source, _BUFFER)
    start = packed.peek(_HEAD)
    packing = next((one for one in _PACKINGS if start.startswith(one.start)), None)
    if packing is None:
        is_empty = len(start) < _HEAD and not start.strip()
        return Opened(place=place, packing=None, head=start[:_HEAD], stream=packed, is_empty=is_empty)
    try:
        head = packing.first(start)
    except _DAMAGE:
        head = b""  # told when it is read
    content = packing.unpack(packed)
    stream: io.BufferedReader = io.BufferedReader(_Unpacked(content, source, options), _BUFFER)
    members = content if isinstance(content, GzipMembers) else None
    return Opened(place=place, packing=packing.name, head=head[:_HEAD], stream=stream, members=members)


def read_whole(stream: BinaryIO, *, place: str, largest: int) -> bytes:
    """All of a stream that holds one article.

    Raises:
        ArticleError: It is longer than `largest` bytes.

    >>> read_whole(io.BytesIO(b"Ana"), place="a", largest=10)
    b'Ana'
    """
    data = stream.read(largest + 1)
    if len(data) > largest:
        raise ArticleError(
            f"{place!r} has more than {largest:,} bytes, too many for one article; if it holds several, "
            "split it.",
            place=place,
        )
    return data


def most_unpacked(size: int, options: ReadingOptions) -> int:
    """How many bytes may come of so many that are packed.

    >>> most_unpacked(1, ReadingOptions()), most_unpacked(1_000_000, ReadingOptions())
    (100000000, 1000000000)
    """
    return max(_UNCHECKED, options.largest_ratio * size)


def unpacks_to_too_much(place: str, options: ReadingOptions) -> ArticleError:
    """The error that more comes of a file than may.

    >>> unpacks_to_too_much("a.gz", ReadingOptions()).place
    'a.gz'
    """
    return ArticleError(
        f"{place!r} unpacks to more than {options.largest_ratio:,} times its size; that is no text, so "
        "remove it, or raise the limit (`ReadingOptions.largest_ratio`).",
        place=place,
    )


def read_lines_within(stream: BinaryIO, *, largest: int) -> Iterator[tuple[int, bytes | None]]:
    r"""The lines of a stream, numbered from 1; None for one that is longer than `largest` bytes.

    >>> list(read_lines_within(io.BytesIO(b"one\nlonger\ntwo"), largest=4))
    [(1, b'one\n'), (2, None), (3, b'two')]
    """
    number = 0
    while line := stream.readline(largest + 1):
        number += 1
        is_too_long = len(line) > largest and not line.endswith(b"\n")
        if is_too_long:
            _skip_line(stream)
        yield number, None if is_too_long else line


def _skip_line(stream: BinaryIO) -> None:
    while rest := stream.readline(_BUFFER):
        if rest.endswith(b"\n"):
            return


@contextmanager
def _raw(path: str) -> Iterator[BinaryIO]:
    """A path, opened as it is; standard input stays open."""
    if path == STDIN:
        yield sys.stdin.buffer
        return
    with naming_errors(path):
        system, inner = remote_system(path) if is_remote(path) else (None, path)
        file = Path(path).open("rb") if system is None else system.open(inner, "rb")  # noqa: SIM115
    try:
        yield file
    finally:
        file.close()
        del system  # archives are closed with what opened them


class _Counted(io.RawIOBase):
    """A stream that knows how much of it was read, and says where it is when it fails."""

    def __init__(self, stream: BinaryIO, place: str) -> None:
        self.count = 0
        self.place = place
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        with naming_errors(self.place):
            count = 0
            while count < min(len(view), _BUFFER):  # pipes and networks give what they have
                data = self._stream.read(min(len(view), _BUFFER) - count)
                if not data:
                    break
                view[count : count + len(data)] = data
                count += len(data)
        self.count += count
        return count


class _Unpacked(io.RawIOBase):
    """What is packed in a stream, up to a damage or a limit. What comes before is given."""

    def __init__(self, content: _Content, packed: _Counted, options: ReadingOptions) -> None:
        self._count = 0
        self._content = content
        self._packed = packed
        self._options = options

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        place = self._packed.place
        try:
            data = self._content.read1(min(len(view), _BUFFER))
        except _DAMAGE as error:
            raise ArticleError(
                f"{place!r} is damaged or cut off: it can be unpacked up to byte {self._count:,} of its "
                f"content ({error}). What stands before is read; fetch the file again for the rest.",
                place=place,
            ) from error
        view[: len(data)] = data
        self._count += len(data)
        if self._count > most_unpacked(self._packed.count, self._options):
            raise unpacks_to_too_much(place, self._options)
        return len(data)
