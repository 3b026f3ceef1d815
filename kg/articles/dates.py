"""When articles were published: dates that records give, and those that an article's text or file says.

What is given with an article is trusted first, then what its page states, its dateline, its file. The day on
which an article was fetched is none of them, and nothing is taken for a date that lies after it.
"""

from __future__ import annotations

import datetime
import itertools
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from os import PathLike, fspath

from kg.articles.calendar import Written, apart, completed
from kg.articles.datelines import read_dateline
from kg.articles.filenames import read_path
from kg.types import Article, DateBasis, DatePrecision

_NEAR = 1
"""Days by which a dateline may differ from the day of publication: reports are printed the next morning."""
_EASTERNMOST = datetime.timedelta(hours=14)
"""The zone in which a day begins first, UTC+14: a page may bear its date while UTC has the day before."""
_logger = logging.getLogger(__name__)
_contradictions = itertools.count()

_PARTS = re.compile(r"(\d{4})(?:-(\d\d))?")
_LONG_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].+)?")
"""The extended form of ISO 8601; the basic one and week dates are too easily something else."""


def parse_date(text: str) -> tuple[datetime.date, DatePrecision]:
    """The date that an ISO 8601 year, month, day or time gives, and how much of it is known.

    The day of a time is that of its own zone.

    Raises:
        ValueError: The text is none of them.

    >>> parse_date("2026-04-05T23:30:00-05:00")
    (datetime.date(2026, 4, 5), <DatePrecision.DAY: 'day'>)
    >>> parse_date("2026-04")
    (datetime.date(2026, 4, 1), <DatePrecision.MONTH: 'month'>)
    """
    parts = _PARTS.fullmatch(text)
    if parts is not None:
        year, month = parts.groups()
        known = DatePrecision.YEAR if month is None else DatePrecision.MONTH
        return datetime.date(int(year), int(month or 1), 1), known
    if not _LONG_DAY.fullmatch(text):
        raise ValueError(f"{text!r} is no ISO 8601 date")
    return datetime.datetime.fromisoformat(text).date(), DatePrecision.DAY


def parse_moment(text: str) -> datetime.datetime:
    """The moment, in UTC, that an ISO 8601 date and time gives; one without a zone is taken for UTC.

    Raises:
        ValueError: The text gives none; a day alone is no moment.

    >>> parse_moment("2026-04-05T23:30:00-05:00").isoformat()
    '2026-04-06T04:30:00+00:00'
    """
    if not _LONG_DAY.fullmatch(text) or len(text) <= len("YYYY-MM-DD"):
        raise ValueError(f"{text!r} is no ISO 8601 date and time")
    moment = datetime.datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).astimezone(datetime.UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} lies outside the years 1 to 9999 in UTC") from error


def date_article(article: Article, *, path: str | PathLike[str] | None = None) -> Article:
    """The article with the date that its dateline or its file says, if it has none; its text stays as it is.

    A day without a year has that of the file or folder, or counts for nothing. Where dateline and file agree,
    the finer date is taken. A date after the day of retrieval, or after today, is none; a page's is taken
    away. The first article of which two dates contradict each other is told in a warning.

    Args:
        article: The article.
        path: Its own file, or where it lies; None where the file holds several articles. The address of the
            article is read too.

    >>> article = Article(id="a", text="OSLO, March 3 (Reuters) — Ana Bell met Bo Cole.")
    >>> dated = date_article(article, path="2019/talks.txt")
    >>> dated.published, str(dated.date_basis)
    ('2019-03-03', 'dateline')
    >>> date_article(article).published is None
    True
    """
    latest = _latest_day(article)
    article = _without_late_page(article, latest)
    dateline = read_dateline(article.text, title=article.title)
    place = _likely(_said_by(article, path), latest)
    known = place if article.date is None else _written(article)
    written = None if dateline is None else _likely(completed(dateline.date, known), latest)
    said = ((DateBasis.DATELINE, written), (DateBasis.FILE, place))
    found = [(basis, date) for basis, date in said if date is not None]
    _tell_contradictions(article, found)
    if article.date is not None or not found:
        return article
    basis, date = found[0]
    for other_basis, other in found[1:]:
        if apart(date, other) == 0 and _exactness(other) > _exactness(date):
            basis, date = other_basis, other
    return replace(
        article, date=date.first, date_precision=date.precision or DatePrecision.DAY, date_basis=basis
    )


def _said_by(article: Article, path: str | PathLike[str] | None) -> Written | None:
    """The date that the article's file says, else its address."""
    named = None if path is None else read_path(fspath(path))
    return named or (None if article.url is None else read_path(article.url))


def _latest_day(article: Article) -> datetime.date:
    """The last day on which the article can have been published."""
    now = datetime.datetime.now(datetime.UTC)
    return (min(article.retrieved or now, now) + _EASTERNMOST).date()


def _without_late_page(article: Article, latest: datetime.date) -> Article:
    is_late = article.date is not None and article.date > latest and article.date_basis is DateBasis.PAGE
    return replace(article, date=None) if is_late else article


def _likely(date: Written | None, latest: datetime.date) -> Written | None:
    return None if date is None or date.precision is None or date.first > latest else date


def _written(article: Article) -> Written:
    parts = [int(part) for part in (article.published or "").split("-")]
    return Written(**dict(zip(("year", "month", "day"), parts, strict=False)))


def _exactness(date: Written) -> int:
    return (date.month is not None) + (date.day is not None)


def _tell_contradictions(article: Article, found: list[tuple[DateBasis, Written]]) -> None:
    given = [] if article.date is None else [(article.date_basis, _written(article))]
    (first, kept), *others = [*given, *found] or [(DateBasis.GIVEN, Written())]
    for basis, date in others:
        if apart(kept, date) > _NEAR:
            _logger.log(
                logging.INFO if next(_contradictions) else logging.WARNING,
                "The date of the article %r is %s by its %s, and %s by its %s; the first is kept. "
                "More of the kind are told at the level INFO.",
                article.id, *_shown(first, kept), *_shown(basis, date),
            )  # fmt: skip


def _shown(basis: DateBasis, date: Written) -> Iterator[str]:
    parts = (f"{part:02d}" for part in (date.year, date.month, date.day) if part is not None)
    yield "-".join(parts)
    yield {DateBasis.GIVEN: "record"}.get(basis, basis.value)
