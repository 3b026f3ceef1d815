"""Turns JSON fields into an `Article`, and says what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kg.articles.dates import parse_date, parse_moment
from kg.articles.decoding import stored_form
from kg.errors import ArticleError
from kg.types import Article, DateBasis, DatePrecision

Read = TypeVar("Read")

_OPTIONAL = ("title", "source", "url", "license")
_NOUNS = {"date": "date", "date_basis": "basis of a date", "retrieved": "date and time"}
_DATES = "YYYY-MM-DD, YYYY-MM or YYYY"
_MOMENTS = "YYYY-MM-DDThh:mm:ssZ"
_BASES = f"one of {', '.join(DateBasis)}"


def article_from_fields(fields: Mapping[str, object], *, place: str, default_id: str) -> Article:
    """The article that JSON fields describe; fields that the record lacks are left aside.

    Args:
        fields: `text`, and any of `id`, `date` (a year, month, day or time of ISO 8601), `date_basis`,
            `retrieved` (a time of ISO 8601), `title`, `source`, `url`, `license`.
        place: File, or file and line, for messages.
        default_id: The id where the fields give none.

    Raises:
        ArticleError: `text` is missing or empty, a field is of the wrong type, or a date is none.

    >>> article_from_fields({"text": "A.", "date": "2026-04-05"}, place="a:1", default_id="a-1").date
    datetime.date(2026, 4, 5)
    >>> article_from_fields({"text": "A.", "date": "2026-04"}, place="a:1", default_id="a-1").published
    '2026-04'
    """
    text = stored_form(_string(fields, "text", place) or "")
    if not text.strip():
        raise ArticleError(f"{place}: the article has no 'text'; give it one.", place=place)
    identifier = _id(fields, place) or default_id
    record = _Record(fields=fields, place=place, article=identifier)
    day, precision = record.read("date", parse_date, _DATES) or (None, DatePrecision.DAY)
    return Article(
        id=identifier,
        text=text,
        date=day,
        date_precision=precision,
        date_basis=record.read("date_basis", DateBasis, _BASES) or DateBasis.GIVEN,
        retrieved=record.read("retrieved", parse_moment, _MOMENTS),
        **{name: stored_form(_string(fields, name, place) or "") or None for name in _OPTIONAL},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """The fields of one article, and where they stand."""

    fields: Mapping[str, object]
    place: str
    article: str

    def read(self, name: str, parse: Callable[[str], Read], forms: str) -> Read | None:
        """What a text field says; None where it is not there, or blank.

        Raises:
            ArticleError: The text cannot be parsed; `forms` says what to write.
        """
        given = (_string(self.fields, name, self.place) or "").strip()
        if not given:
            return None
        try:
            return parse(given)
        except ValueError as error:
            raise ArticleError(
                f"{self.place}: {given!r} is no {_NOUNS[name]}; write it as {forms}, or leave it out "
                f"(the field {name!r} of the article {self.article!r}).",
                place=self.place,
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
