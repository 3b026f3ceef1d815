"""Reads the date that the path of an article's own file, or its address on the web, says.

`2026/04/05/name.txt`, `2026-04/name.txt`, `2026-04-05-name.txt`, `20260405_name.html`. Folders and files that
are named after the day of a crawl, and files that hold many articles, say nothing of an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.articles.calendar import Written, numeric, shared
from kg.language.wordsets import word_set

_OLDEST = 1900
"""The year below which digits without dividers, and a folder's four digits alone, are no date."""
_CONTAINERS = re.compile(
    r"\.(?:jsonl|ndjson|csv|tsv|parquet|warc|arc|wet|mbox|xml|rss|atom|zip|tar|tgz)(?:\.(?:gz|zst|bz2|xz))?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^/]*", re.IGNORECASE)
_Y, _M, _D = r"(?P<year>[12]\d{3})", r"(?P<month>0?[1-9]|1[0-2])", r"(?P<day>0?[1-9]|[12]\d|3[01])"
_BEFORE, _AFTER = r"(?<![\d.])", r"(?!\d)"
_DAY_FIRST = re.compile(rf"{_BEFORE}(?P<first>\d\d)([-_.])(?P<second>\d\d)\2{_Y}{_AFTER}")
_IN_NAMES = (
    re.compile(rf"{_BEFORE}{_Y}([-_.]){_M}\2{_D}(?![\d]|[-_.]\d\d?[-_.]\d\d?(?:\D|$))"),
    re.compile(rf"{_BEFORE}{_Y}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01]){_AFTER}"),
)
_MONTH_OF_FOLDER = re.compile(rf"{_Y}[-_.](?P<month>0[1-9]|1[0-2])")
_MONTH_OF_FILE = re.compile(rf"{_Y}-(?P<month>0[1-9]|1[0-2])(?=[-_. ]\D)")
_YEAR, _MONTH, _DAY = re.compile(_Y), re.compile(_M), re.compile(_D)


def read_path(path: str) -> Written | None:
    """The date that a path or address says; None where it says none, or none that is likely.

    >>> read_path("news/2026/04/05/talks.txt")
    Written(year=2026, month=4, day=5, weekday=None)
    >>> read_path("20260405_talks.html").day, read_path("20261345.txt"), read_path("03-04-2026.txt").month
    (5, None, None)
    """
    *folders, name = _parts(path)
    if _CONTAINERS.search(name) or _tells_of_a_crawl(name):
        return None
    found = [*_dates_of_name(name), *_dates_of_folders(folders)]
    return _agreed([date for date in found if date.precision is not None])


def _parts(path: str) -> list[str]:
    start = _ADDRESS.match(path)
    if start is not None:
        path = path[start.end() :].partition("?")[0].partition("#")[0].rstrip("/")
    return re.split(r"[/\\]", path) or [""]


def _dates_of_name(name: str) -> Iterator[Written]:
    for pattern in _IN_NAMES:
        for match in pattern.finditer(name):
            if int(match["year"]) >= _OLDEST or not match[0].isdecimal():
                yield _written(match)
    for match in _DAY_FIRST.finditer(name):
        yield numeric(int(match["first"]), int(match["second"]), int(match["year"]))
    month = _MONTH_OF_FILE.match(name)
    if month is not None:
        yield _written(month)


def _dates_of_folders(folders: Sequence[str]) -> Iterator[Written]:
    if any(map(_tells_of_a_crawl, folders)):
        return
    for folder in folders:
        yield from (_written(match) for pattern in _IN_NAMES if (match := pattern.fullmatch(folder)))
        month = _MONTH_OF_FOLDER.fullmatch(folder)
        if month is not None:
            yield _written(month)
    yield from _dates_of_nested(folders)


def _dates_of_nested(folders: Sequence[str]) -> Iterator[Written]:
    """`2026/04/05`, `2026/04`, and `2026` where the file lies in it."""
    for place, folder in enumerate(folders):
        if not _YEAR.fullmatch(folder) or int(folder) < _OLDEST:
            continue
        month, day = (*folders[place + 1 : place + 3], "", "")[:2]
        if not _MONTH.fullmatch(month):
            if place == len(folders) - 1:
                yield Written(year=int(folder))
            continue
        known = Written(year=int(folder), month=int(month))
        yield known if not _DAY.fullmatch(day) else Written(year=known.year, month=known.month, day=int(day))


def _agreed(found: Sequence[Written]) -> Written | None:
    """What all dates of a path say alike."""
    agreed = found[0] if found else None
    for date in found[1:]:
        agreed = None if agreed is None else shared(agreed, date)
    return agreed


def _written(match: re.Match[str]) -> Written:
    parts = {name: int(number) for name, number in match.groupdict().items()}
    return Written(year=parts["year"], month=parts["month"], day=parts.get("day"))


def _tells_of_a_crawl(name: str) -> bool:
    words = set(re.findall(r"[^\W\d_]+", name.lower()))
    return bool(words & word_set("kg.articles", "words of crawls"))
