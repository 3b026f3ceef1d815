"""The RDF documents in a request's body: one, or, in a form, several."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from http import HTTPStatus
from itertools import pairwise
from pathlib import PurePosixPath
from types import MappingProxyType

from kg.server.bodies import UTF8
from kg.server.negotiation import RESULT_FORMATS
from kg.server.problems import ProblemError
from kg.store.importing import ENDINGS

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {format_.media_type: format_.name for format_ in RESULT_FORMATS["graph"]}
)
"""Formats of `kg.store.FORMATS` by the media types that they are sent and asked for with."""
MULTIPART = "multipart/form-data"
ACCEPTED = ", ".join([*MEDIA_TYPES, MULTIPART])

MOST_DOCUMENTS = 100
"""Documents in a form; browsers and `curl` send a few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An RDF document that was sent."""

    name: str
    """What errors call it."""
    format: str
    content: str
    """Base64, since it travels in JSON."""

    def message(self) -> dict[str, str]:
        """The same as an argument of a task."""
        return asdict(self)


def read_documents(content_type: str | None, body: bytes) -> list[Document]:
    """The documents of a body.

    Without a media type a body is RDF/XML, and a part of a form what the name of its file says (Graph Store
    HTTP Protocol, section 5).

    Args:
        content_type: The header Content-Type; None where there is none.
        body: The whole body.

    Raises:
        ProblemError: 415 where the media type is none of RDF, 400 where a form is broken.

    >>> [document.format for document in read_documents("text/turtle; charset=utf-8", b"")]
    ['ttl']
    """
    header = _header(content_type or "application/rdf+xml")
    if header.get_content_type() != MULTIPART:
        return [_document("The body", _format(header), body)]
    boundary = header.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise _bad("the header Content-Type of a form has no boundary; let your client set it")
    parts = list(_parts(boundary.encode("utf-8", "replace"), body))
    if len(parts) > MOST_DOCUMENTS:
        raise _bad(f"the form has {len(parts)} parts; send at most {MOST_DOCUMENTS}")
    return [_of_part(part, content, number) for number, (part, content) in enumerate(parts, start=1)]


def _document(name: str, format_: str, content: bytes) -> Document:
    return Document(name=name, format=format_, content=base64.b64encode(content).decode())


def _header(content_type: str) -> Message:
    """A header as `email` reads it, which knows about parameters and quotation marks."""
    message = Message()
    message["Content-Type"] = content_type
    return message


def _format(header: Message) -> str:
    media_type = (
        header.get_content_type() if "/" in str(header["Content-Type"]) else str(header["Content-Type"])
    )
    charset = str(header.get_param("charset") or "utf-8").lower()
    if media_type in MEDIA_TYPES and charset in UTF8:
        return MEDIA_TYPES[media_type]
    said = f"{media_type}; charset={charset}" if media_type in MEDIA_TYPES else media_type
    raise ProblemError(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"A graph is not taken as {said[:100]!r}; send one of {ACCEPTED}, in UTF-8.",
        headers={"Accept": ACCEPTED},
    )


def _parts(boundary: bytes, body: bytes) -> Iterator[tuple[Message, bytes]]:
    """Headers and content of each part of a form (RFC 7578; RFC 2046, section 5.1)."""
    delimiter = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    found = list(delimiter.finditer(body))
    if not found or not found[-1][1]:
        raise _bad("the form does not end with its boundary, so part of it is missing; send it again")
    for start, end in pairwise(found):
        if start[1]:
            return  # what stands behind the end
        content = body[start.end() : end.start()]
        if content.startswith((b"\r\n", b"\n")):  # no headers at all
            yield Message(), content.lstrip(b"\r").removeprefix(b"\n")
            continue
        head, *rest = re.split(rb"\r?\n\r?\n", content, maxsplit=1)
        yield BytesHeaderParser().parsebytes(head), rest[0] if rest else b""


def _of_part(part: Message, content: bytes, number: int) -> Document:
    filename = part.get_filename() or ""
    name = f"Part {number} of the form ({filename[:100]!r})" if filename else f"Part {number} of the form"
    if part["Content-Type"] is not None:
        return _document(name, _format(part), content)
    format_ = ENDINGS.get(PurePosixPath(filename.lower()).suffix)
    if format_ is None:
        raise _bad(
            f"{name[0].lower()}{name[1:]} has no Content-Type, and no file's name that tells it; give one"
        )
    return _document(name, format_, content)


def _bad(said: str) -> ProblemError:
    return ProblemError(HTTPStatus.BAD_REQUEST, f"The body cannot be read: {said}.")
