r"""Turns bytes into text, and text into the form that is stored, to which all offsets refer.

- Bytes are UTF-8 if they can be (with or without a byte order mark), UTF-16 or UTF-32 if they begin with its
  mark (or UTF-16 if every second one is NUL), else what is declared for them, else a guess, which is told; or
  they are refused.
- The stored text is in Unicode's form NFC (UAX 15). NUL and other control characters become spaces, vertical
  tabs and form feeds line ends; so no words run together. Line ends stay as they are.
- Half of a surrogate pair is no text: it is refused where a record holds it.
"""

from __future__ import annotations

import codecs
import io
import itertools
import logging
import re
import unicodedata
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import ArticleError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BYTE_ORDER_MARK = "\ufeff"
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like that of UTF-16, and so stands before it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FEWEST_BYTES = 40
"""Fewer tell too little to guess by."""
_SURE = 0.3
"""How far a guess must look like a language, 0–1. Right ones have .4 and more; of texts in a wrong encoding
most have none."""
_FEW_LETTERS = 0.1
"""The share of letters that an English text has beside those of ASCII, at most."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BREAKS = str.maketrans("\x0b\x0c", "\n\n")
_UNLIKELY = re.compile(r"[a-zß-ÿ][À-ÖØ-Þ]|[\xa4\xa6\xac\xaf\xb8†‡ˆ˜‰]")
"""What Windows-1252 makes of other encodings: capitals within words, and signs that no news uses."""
_NULS_WITHIN = 2000
"""Bytes that are looked at for UTF-16 without a mark."""
_CHUNK = 1 << 16
_guesses = itertools.count()
_logger = logging.getLogger(__name__)


def decode(data: bytes, *, place: str, declared: str | None = None) -> str:
    r"""The text of some bytes, line ends as they are, without a byte order mark.

    Args:
        data: The bytes.
        place: The file's name, for messages.
        declared: The encoding that a header or the page itself names; unknown names count for nothing.

    Raises:
        ArticleError: The bytes are not UTF-8, nor what is declared, and tell too little to guess by.

    >>> decode(b"Erdo\xc4\x9fan", place="a.txt")
    'Erdoğan'
    >>> decode(b"Erdo\xf0an", place="a.html", declared="iso-8859-9")
    'Erdoğan'
    """
    for encoding in (wide_encoding(data), "utf-8", declared):
        text = _decoded(data, encoding)
        if text is not None:
            return text.removeprefix(_BYTE_ORDER_MARK)
    guess = _guess(data)
    text = _decoded(data, guess)
    if text is None:
        raise _not_utf8(data, place)
    _tell_guess(place, guess)
    return text


def decode_utf8(data: bytes, *, place: str) -> str:
    """The text of bytes that must be UTF-8, as JSON must (RFC 8259, section 8.1).

    Raises:
        ArticleError: The bytes are not UTF-8.

    >>> decode_utf8(b"Ana", place="a.jsonl:1")
    'Ana'
    """
    text = _decoded(data, "utf-8")
    if text is None:
        raise _not_utf8(data, place)
    return text.removeprefix(_BYTE_ORDER_MARK)


def stored_form(text: str) -> str:
    r"""A text as it is stored: in NFC, with spaces for control characters; offsets are counted in it.

    >>> stored_form("Ma\u0301laga\x00Oslo\r\n")
    'Málaga Oslo\r\n'
    """
    if _ODD.search(text):
        text = _CONTROLS.sub(" ", text.translate(_BREAKS))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def in_utf8(stream: io.BufferedReader) -> io.BufferedReader:
    """The stream itself, or one in UTF-8 of what is UTF-16 or UTF-32 by its beginning.

    >>> in_utf8(io.BufferedReader(io.BytesIO("Ana".encode("utf-16")))).read()
    b'Ana'
    """
    encoding = wide_encoding(stream.peek(_NULS_WITHIN))
    return stream if encoding is None else io.BufferedReader(_Recoded(stream, encoding))


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32, where bytes begin with its mark, or half of them are NUL by turns; else None.

    >>> wide_encoding("Ana met Bo.".encode("utf-16-le"))
    'utf-16-le'
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked is not None:
        return marked
    first, second = data[0:_NULS_WITHIN:2], data[1:_NULS_WITHIN:2]
    if second and second.count(0) > len(second) / 2 and not first.count(0):
        return "utf-16-le"
    return "utf-16-be" if first.count(0) > len(first) / 2 and second and not second.count(0) else None


class _Recoded(io.RawIOBase):
    """A stream in UTF-8 of one in another encoding; what is no text of it becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        while not self._waiting:
            data = self._stream.read(_CHUNK)
            self._waiting = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        taken, self._waiting = self._waiting[: len(view)], self._waiting[len(view) :]
        view[: len(taken)] = taken
        return len(taken)


def _decoded(data: bytes, encoding: str | None) -> str | None:
    """The text of bytes in an encoding; None where they are not in it, or there is no such encoding."""
    if encoding is None:
        return None
    try:
        # Pages that declare ISO 8859-1 or ASCII mean Windows-1252 (WHATWG, Encoding Standard).
        name = codecs.lookup(encoding.strip()).name
        text = data.decode("cp1252" if name in {"iso8859-1", "ascii"} else name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if _holds_halves(text) else text


def _holds_halves(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)


def _guess(data: bytes) -> str | None:
    """The encoding that bytes are likely in; None where they tell too little."""
    if len(data) < _FEWEST_BYTES:
        return None
    western = _decoded(data, "cp1252")
    if western is not None and _is_likely_western(western):
        return "cp1252"
    from charset_normalizer import from_bytes  # takes a tenth of a second, and is rarely needed

    best = from_bytes(data[:_CHUNK]).best()
    return best.encoding if best is not None and best.coherence >= _SURE else None


def _is_likely_western(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    other = sum(character.isalpha() and not character.isascii() for character in text)
    return other <= letters * _FEW_LETTERS and not _UNLIKELY.search(text) and not _CONTROLS.search(text)


def _tell_guess(place: str, encoding: str | None) -> None:
    _logger.log(
        logging.INFO if next(_guesses) else logging.WARNING,
        "%s is not UTF-8, and declares no encoding; it is read as %s. Save it as UTF-8 if its letters come "
        "out wrong. More of the kind are told at the level INFO.",
        place,
        encoding,
    )


def _not_utf8(data: bytes, place: str) -> ArticleError:
    try:
        data.decode("utf-8")
        start = 0
    except UnicodeDecodeError as error:
        start = error.start
    return ArticleError(f"{place}: byte {start} is not UTF-8; save the file as UTF-8.", place=place)
