"""What the main process and its workers say to each other: frames over a socket pair.

A frame is a letter that says its kind, the length of its content in four bytes, and the content.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from enum import Enum

_HEAD = struct.Struct(">cI")
PIECE = 2**16
"""Bytes of a result that go into a frame, about."""


class Frame(Enum):
    """The kinds of frames."""

    TASK = b"T"
    """To a worker: what to do."""
    DATA = b"D"
    """From a worker: a piece of the result."""
    DONE = b"M"
    """From a worker: the result is whole; what is to be known of it."""
    ERROR = b"E"
    """From a worker: there is no result, and why."""
    READY = b"R"
    """From a worker: it is ready for tasks."""


Message = Mapping[str, object]


def pack(kind: Frame, content: bytes) -> bytes:
    r"""A frame.

    >>> pack(Frame.DATA, b"ab")
    b'D\x00\x00\x00\x02ab'
    """
    return _HEAD.pack(kind.value, len(content)) + content


def pack_message(kind: Frame, message: Message) -> bytes:
    """A frame with a JSON object."""
    return pack(kind, json.dumps(message).encode())


async def read_frame(reader: asyncio.StreamReader) -> tuple[Frame, bytes]:
    """The next frame.

    Raises:
        asyncio.IncompleteReadError: The other end is gone.
    """
    kind, size = _HEAD.unpack(await reader.readexactly(_HEAD.size))
    return Frame(kind), await reader.readexactly(size)


def receive(connection: socket.socket) -> bytes | None:
    """The content of the next frame, in a worker; None where the other end is gone."""
    head = _receive(connection, _HEAD.size)
    return None if head is None else _receive(connection, _HEAD.unpack(head)[1])


def _receive(connection: socket.socket, size: int) -> bytes | None:
    pieces, missing = [], size
    while missing:
        piece = connection.recv(missing)
        if not piece:
            return None
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
