"""Reads JSON Lines: one article a line. A broken line is named, and the others are still read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from kg.articles.fields import article_from_fields
from kg.articles.plain import decode
from kg.errors import ArticleError
from kg.types import Article


def read_lines(
    data: bytes, *, place: str, stem: str, on_problem: Callable[[ArticleError], None]
) -> Iterator[Article]:
    """The articles of a JSON Lines file, in its order; blank lines are skipped.

    Args:
        data: The file's bytes.
        place: The file's name, for messages.
        stem: Articles without id are named `STEM-LINE`.
        on_problem: Is told of each line that holds no article.

    >>> [article.id for article in read_lines(b'{"text": "A met B."}', place="f", stem="f", on_problem=print)]
    ['f-1']
    """
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield _read_line(line, place=f"{place}:{number}", default_id=f"{stem}-{number}")
        except ArticleError as error:
            on_problem(error)


def _read_line(line: bytes, *, place: str, default_id: str) -> Article:
    return article_from_fields(
        parse_object(decode(line, place=place), place=place), place=place, default_id=default_id
    )


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
        reason = (
            f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        )
        raise ArticleError(
            f"{place}: this is not JSON ({reason}); mend or remove it.", place=place
        ) from error
    if not isinstance(value, dict):
        raise ArticleError(f"{place}: an object in braces is needed, not {value!r:.40}.", place=place)
    return value
