"""Reads JSON Lines: one article a line. A broken line is named, and the others are still read."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping

from kg.articles.decoding import decode_utf8, in_utf8
from kg.articles.fields import article_from_fields
from kg.articles.opening import read_lines_within
from kg.articles.options import ReadingOptions
from kg.errors import ArticleError
from kg.types import Article


def read_lines(
    stream: io.BufferedReader,
    *,
    place: str,
    stem: str,
    options: ReadingOptions,
    on_problem: Callable[[ArticleError], None],
) -> Iterator[Article]:
    """The articles of a JSON Lines file, in its order; blank lines are skipped. One line is held at a time.

    Args:
        stream: The file.
        place: The file's name, for messages.
        stem: Articles without id are named `STEM-LINE`.
        options: Which key holds what, and how long a line may be.
        on_problem: Is told of each line that holds no article.

    >>> stream = io.BufferedReader(io.BytesIO(b'{"text": "A met B."}'))
    >>> found = read_lines(stream, place="f", stem="f", options=ReadingOptions(), on_problem=print)
    >>> [article.id for article in found]
    ['f-1']
    """
    for number, line in read_lines_within(in_utf8(stream), largest=options.largest_article):
        where = f"{place}:{number}"
        try:
            if line is None:
                raise too_long(where, options)
            if line.strip():
                fields = parse_object(decode_utf8(line, place=where), place=where)
                yield article_from_fields(
                    with_columns(fields, options.columns), place=where, default_id=f"{stem}-{number}"
                )
        except ArticleError as error:
            on_problem(error)


def too_long(place: str, options: ReadingOptions) -> ArticleError:
    """Says that what stands at a place is too long for one article.

    >>> str(too_long("a.jsonl:7", ReadingOptions(largest_article=10)))
    'a.jsonl:7: this is longer than 10 bytes, too long for one article; split or remove it.'
    """
    return ArticleError(
        f"{place}: this is longer than {options.largest_article:,} bytes, too long for one article; split or "
        "remove it.",
        place=place,
    )


def with_columns(fields: Mapping[str, object], columns: Mapping[str, str]) -> Mapping[str, object]:
    """The fields of a JSON object, each from the key that is given for it.

    >>> with_columns({"body": "A met B.", "text": "x"}, {"text": "body"})["text"]
    'A met B.'
    """
    return {**fields, **{name: fields.get(column) for name, column in columns.items()}} if columns else fields


def parse_object(text: str, *, place: str) -> dict[str, object]:
    """The JSON object that a text holds.

    Raises:
        ArticleError: The text is not JSON, or no object.

    >>> parse_object('{"date": "2026-04-05"}', place="a.json")
    {'date': '2026-04-05'}
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise no_json(error, place) from error
    return checked_object(value, place)


def no_json(error: ValueError | RecursionError, place: str) -> ArticleError:
    """Says that there is no JSON at a place, and why.

    >>> str(no_json(RecursionError("nested too deep"), "a.json"))
    'a.json: this is not JSON (nested too deep); mend or remove it.'
    """
    reason = f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
    return ArticleError(f"{place}: this is not JSON ({reason}); mend or remove it.", place=place)


def checked_object(value: object, place: str) -> dict[str, object]:
    """A value of JSON, if it is an object.

    Raises:
        ArticleError: It is none.

    >>> checked_object({"text": "A met B."}, "a.json")
    {'text': 'A met B.'}
    """
    if not isinstance(value, dict):
        raise ArticleError(f"{place}: an object in braces is needed, not {value!r:.40}.", place=place)
    return value
