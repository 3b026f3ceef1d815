"""Reads JSON files that are no JSON Lines: an object, an array of objects, or one object after the other."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Callable, Iterator

from kg.articles.decoding import in_utf8
from kg.articles.fields import article_from_fields
from kg.articles.jsonlines import checked_object, no_json, too_long, with_columns
from kg.articles.options import ReadingOptions
from kg.errors import ArticleError
from kg.types import Article

_CHUNK = 1 << 16
_SPACE = " \t\r\n\ufeff"


def read_json(
    stream: io.BufferedReader,
    *,
    place: str,
    stem: str,
    options: ReadingOptions,
    on_problem: Callable[[ArticleError], None],
) -> Iterator[Article]:
    """The articles of a JSON file, in its order. One of them is held at a time, however large the file is.

    An object that is no article is told, and the others are read; what comes after broken JSON is not.

    Args:
        stream: The file.
        place: The file's name, for messages.
        stem: The id of a single object without one; those of an array are named `STEM-NUMBER`.
        options: Which key holds what, and how long an object may be.
        on_problem: Is told of each object that is no article.

    >>> stream = io.BufferedReader(io.BytesIO(b'[{"text": "A met B."}, {"text": "B left."}]'))
    >>> found = read_json(stream, place="f", stem="f", options=ReadingOptions(), on_problem=print)
    >>> [article.id for article in found]
    ['f-1', 'f-2']
    """
    values = _Values(stream, place, options)
    number = 0
    try:
        for value in values:
            number += 1
            where = place if values.is_single else f"{place}, article {number}"
            identifier = stem if values.is_single else f"{stem}-{number}"
            try:
                fields = with_columns(checked_object(value, where), options.columns)
                yield article_from_fields(fields, place=where, default_id=identifier)
            except ArticleError as error:
                on_problem(error)
    except ArticleError as error:
        on_problem(error)


class _Values:
    """The values of an array, or those that stand one after the other."""

    def __init__(self, stream: io.BufferedReader, place: str, options: ReadingOptions) -> None:
        self._stream = in_utf8(stream)
        self._place = place
        self._options = options
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._is_ended = False
        self._read = 0
        self.is_single = False
        """Whether the value that came last is the only one, and in no array."""

    def __iter__(self) -> Iterator[object]:
        is_array = self._next_sign() == "["
        if is_array:
            self._text = self._text[1:]
        number = 0
        while (sign := self._next_sign()) and not (is_array and sign == "]"):
            number += 1
            value = self._value(number)
            self._pass_comma(is_array=is_array, number=number)
            self.is_single = number == 1 and not is_array and not self._next_sign()
            yield value
        if is_array and not sign:
            raise no_json(ValueError("the array does not end"), self._place)

    def _next_sign(self) -> str:
        """The next character that is no white space; empty at the end."""
        self._text = self._text.lstrip(_SPACE)
        while not self._text and not self._is_ended:
            self._fill()
            self._text = self._text.lstrip(_SPACE)
        return self._text[:1]

    def _pass_comma(self, *, is_array: bool, number: int) -> None:
        sign = self._next_sign()
        if sign == ",":
            self._text = self._text[1:]
        elif is_array and sign not in {"]", ""}:
            raise no_json(ValueError("a comma is missing"), f"{self._place}, after article {number}")

    def _value(self, number: int) -> object:
        place = f"{self._place}, article {number}"
        while True:
            try:
                value, end = json.JSONDecoder().raw_decode(self._text)
            except (ValueError, RecursionError) as error:
                if self._is_ended or isinstance(error, RecursionError):
                    raise no_json(error, place) from error
                self._fill()
            else:
                self._text = self._text[end:]
                return value
            if len(self._text) > self._options.largest_article:
                raise too_long(place, self._options)

    def _fill(self) -> None:
        """Reads as much again as waits, so that a long value is not begun anew too often."""
        data = self._stream.read(max(_CHUNK, len(self._text)))
        try:
            self._text += self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise ArticleError(
                f"{self._place}: byte {self._read + error.start} is not UTF-8; save the file as UTF-8.",
                place=self._place,
            ) from error
        self._read += len(data)
        self._is_ended = not data
