"""Turns JSON fields into an `Article`, and says what is wrong with them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from kg.errors import ArticleError
from kg.types import Article

_OPTIONAL = ("title", "source", "url", "license")


def article_from_fields(fields: Mapping[str, object], *, place: str, default_id: str) -> Article:
    """The article that JSON fields describe; fields that the record lacks are left aside.

    Args:
        fields: `text`, and any of `id`, `date`, `title`, `source`, `url`, `license`.
        place: File, or file and line, for messages.
        default_id: The id where the fields give none.

    Raises:
        ArticleError: `text` is missing or empty, a field is of the wrong type, or the date is no date.

    >>> article_from_fields({"text": "A.", "date": "2026-04-05"}, place="a:1", default_id="a-1").date
    datetime.date(2026, 4, 5)
    """
    text = _string(fields, "text", place)
    if text is None or not text.strip():
        raise ArticleError(f"{place}: the article has no 'text'; give it one.", place=place)
    return Article(
        id=_id(fields, place) or default_id,
        text=text,
        date=parse_date(_string(fields, "date", place), place=place),
        **{name: _string(fields, name, place) or None for name in _OPTIONAL},
    )


def parse_date(value: str | None, *, place: str) -> datetime.date | None:
    """The day that an ISO 8601 date or time gives; None for none, which is never guessed.

    Raises:
        ArticleError: The value is no ISO date.

    >>> parse_date("2026-04-05T10:30:00Z", place="a.json")
    datetime.date(2026, 4, 5)
    """
    if value is None or not value.strip():
        return None
    try:
        return datetime.datetime.fromisoformat(value.strip()).date()
    except ValueError as error:
        raise ArticleError(
            f"{place}: {value!r} is no date; write it as YYYY-MM-DD, or leave it out.", place=place
        ) from error


def _string(fields: Mapping[str, object], name: str, place: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ArticleError(f"{place}: the field {name!r} holds {value!r}; it must be a string.", place=place)
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise ArticleError(
            f"{place}: the field {name!r} holds half of a surrogate pair; write the character itself.",
            place=place,
        )
    return value


def _id(fields: Mapping[str, object], place: str) -> str | None:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(fields, "id", place)
