"""The posts that a user's table of actors names, as `mayor of Springfield 2019-05-20/2021`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from kg.errors import VocabularyError
from kg.vocabulary.records import Office

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_EXAMPLE = "'mayor of Oslo 2019-05-20/2021', or with a date left out, 'mayor of Oslo 2019-05-20/'"


def read_office(text: str, place: str, bodies: Mapping[str, str]) -> Office:
    """The post that a text names: a title, whose post it is, and from when to when it is held.

    Args:
        text: As `mayor of Oslo 2019/`.
        place: Where the text stands, which messages begin with.
        bodies: Ids of actors by id and name.

    Raises:
        VocabularyError: It names no actor, or dates that are none.

    >>> read_office("secretary of state of Oslo /2021-07", "a.csv, line 2", {"Oslo": "Oslo"})
    Office(title='secretary of state', of='Oslo', start=None, end='2021-07')
    """
    where = f"{place}: the office {text!r}"
    post, dates = _parted(text)
    found, (start, end) = _title_and_body(text, bodies), (None, None)
    if found is None and dates:
        start, end = _span(dates, where)
        found = _title_and_body(post, bodies)
    if found is None:
        raise VocabularyError(f"{where} {_lack(post, bodies)}")
    return Office(title=found[0], of=bodies[found[1]], start=start, end=end)


def _parted(text: str) -> tuple[str, str]:
    """What stands before the dates, and the dates: the last word, if it has a slash or begins as a year."""
    post, _, last = text.rpartition(" ")
    is_dates = bool(post) and ("/" in last or last[:4].isdecimal())
    return (post.strip(), last) if is_dates else (text, "")


def _title_and_body(post: str, bodies: Mapping[str, str]) -> tuple[str, str] | None:
    """Both sides of the first `of` behind which an actor is named."""
    words = post.split(" of ")
    cuts = range(1, len(words))
    sides = ((" of ".join(words[:cut]).strip(), " of ".join(words[cut:]).strip()) for cut in cuts)
    return next(((title, body) for title, body in sides if title and body in bodies), None)


def _span(dates: str, where: str) -> tuple[str | None, str | None]:
    start, slash, end = dates.partition("/")
    if not slash:
        raise VocabularyError(
            f"{where} ends in {dates!r}, which does not say whether that is its start or its end; write "
            f"'{dates}/' or '/{dates}'."
        )
    wrong = next((day for day in (start, end) if day and not _is_date(day)), None)
    if wrong is not None:
        raise VocabularyError(
            f"{where} has {wrong!r} for a date; give a day, month or year as 2019-05-20, 2019-05 or 2019."
        )
    if start and end and end < start[: len(end)]:
        raise VocabularyError(f"{where} ends before it begins; correct its dates.")
    return start or None, end or None


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    try:
        return match is not None and bool(date(*(int(part or 1) for part in match.groups())))
    except ValueError:
        return False


def _lack(post: str, bodies: Mapping[str, str]) -> str:
    """What is wrong with a post of nobody."""
    title, _, body = (part.strip() for part in f" {post}".rpartition(" of "))
    if not title:
        return f"does not say whose it is; write it as {_EXAMPLE}."
    near = get_close_matches(body, bodies, n=1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    return (
        f"is of {body!r}, who is no actor that is known.{guess} Give the id or name of one in this file or "
        "among those that kg knows, with ; between posts."
    )
