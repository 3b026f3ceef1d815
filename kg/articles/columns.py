"""Finds which column of a table holds which field of an article, and reads its rows."""

from __future__ import annotations

import datetime
import functools
import logging
import math
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from kg.articles.fields import article_from_fields
from kg.articles.pagedates import read_written
from kg.errors import ArticleError
from kg.language.wordsets import table_rows
from kg.types import Article

_ABSENT = frozenset({"", "nan", "nat", "null", "none", "n/a", "na", "<na>"})
"""What programs write in a cell for nothing, in lower case; in the columns that tell of the text only."""
_logger = logging.getLogger(__name__)


def find_columns(names: Sequence[str], given: Mapping[str, str], *, place: str) -> dict[str, str]:
    """The column of each field that a table has: the one that is given for it, else one of a usual name.

    What was not given, and has another name than the field, is told once.

    Args:
        names: The table's columns.
        given: Which column holds a field.
        place: The table, for messages.

    Raises:
        ArticleError: A column that is given is not there, or none holds the text.

    >>> find_columns(["Text", "Date"], {"title": "Text"}, place="a.csv")
    {'text': 'Text', 'date': 'Date', 'title': 'Text'}
    """
    for field, wanted in given.items():
        if wanted not in names:
            raise ArticleError(
                f"{place!r} has no column {wanted!r} for {field!r}; its columns are {_listed(names)}.",
                place=place,
            )
    by_name = {_plain(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    for field, usual in table_rows("kg.articles", "columns.tsv"):
        known = (by_name[name] for name in usual.split(";") if name in by_name)
        column = given.get(field) or next(known, None)
        if column is not None:
            found[field] = column
    if "text" not in found:
        raise ArticleError(
            f"{place!r} has no column that is known to hold the text; its columns are {_listed(names)}. Say "
            "which it is: `--column text=NAME` (in Python `ReadingOptions(columns={'text': NAME})`).",
            place=place,
        )
    guessed = tuple(
        (field, column) for field, column in found.items() if field not in given and _plain(column) != field
    )
    if guessed:
        _tell_guessed(guessed, place)
    return found


def read_row(values: Mapping[str, object], *, place: str, default_id: str) -> Article:
    """The article of a row: the values of its fields as `kg.articles.fields` asks for them.

    Its id is the one given, else its address if that is of a page and not of a site, else `default_id`.

    Args:
        values: The value of each field; what is missing is None, empty, or what programs write for it.
        place: The row, for messages.
        default_id: The id of a row without id and address.

    Raises:
        ArticleError: The row holds no text, or something that is wrong.

    >>> read_row({"text": "A met B.", "date": "April 5, 2026"}, place="a:2", default_id="a-1").published
    '2026-04-05'
    """
    fields = {name: _cell(name, value) for name, value in values.items()}
    return article_from_fields(fields, place=place, default_id=_address(fields.get("url")) or default_id)


def _cell(name: str, value: object) -> object:
    """A value as a text, or None where it stands for nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime.date):  # also a time
        return value.isoformat()
    text = value if isinstance(value, str) else str(value) if isinstance(value, int) else value
    if not isinstance(text, str) or name == "text":
        return text
    if text.strip().lower() in _ABSENT:
        return None
    return _iso_date(text) if name == "date" else text


def _iso_date(text: str) -> str:
    """A date in ISO 8601, if it can be told which it is; else as it was, to be refused."""
    found = read_written(text)
    if found is None:
        return text
    date, precision = found
    return date.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def _address(url: object) -> str | None:
    """An address, if it is of a page: all rows may give that of their site."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    is_page = parts.path.strip("/") or parts.query
    return url.strip() if parts.scheme and parts.netloc and is_page else None


def _plain(name: str) -> str:
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())


def _listed(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names[:30]) or "without names"


@functools.lru_cache(maxsize=1000)
def _told(guessed: tuple[tuple[str, str], ...]) -> list[str]:
    return []


def _tell_guessed(guessed: tuple[tuple[str, str], ...], place: str) -> None:
    """Tells which columns were taken, once for all tables that are alike."""
    if _told(guessed):
        return
    _told(guessed).append(place)
    pairs = ", ".join(f"{field}={column}" for field, column in guessed)
    _logger.warning("Columns of %s: %s. Give others with --column NAME=COLUMN.", place, pairs)
