"""Reads messages (RFC 5322), such as newsletters, and pages saved with what they show (MHTML, RFC 2557)."""

from __future__ import annotations

import datetime
import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from typing import cast

from kg.articles.decoding import decode, stored_form
from kg.articles.html import read_html
from kg.errors import ArticleError
from kg.types import Article, DateBasis, DatePrecision

_SOFT_BREAK = re.compile(r"(?<=\S) \n")
"""A line end that goes on in the next line (RFC 3676, section 4.2)."""
_SAVED = "Snapshot-Content-Location"
"""Where browsers say from which address a page was saved."""
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)
"""What odd messages raise within the library."""


def read_mail(data: bytes, *, place: str, stem: str) -> Article:
    r"""The article of a message: its plain text, else its page; or of the page that was saved as one.

    Title and source are subject and sender; the date is that of the message, as its sender gives it. The date
    of a saved page is the one that the page states, since that of the file is the day on which it was saved.

    Args:
        data: The message.
        place: The file's name, for messages.
        stem: The article's id, where its address is not known.

    Raises:
        ArticleError: It holds no text, or cannot be read.

    >>> message = b"From: Oslo Post <a@oslo.example>\nSubject: Talks\nDate: Sun, 2 Mar 2025 08:00:00 +0100"
    >>> article = read_mail(message + b"\n\nAna Bell met Bo Cole.", place="a.eml", stem="a")
    >>> article.title, article.source, article.published, article.text
    ('Talks', 'Oslo Post', '2025-03-02', 'Ana Bell met Bo Cole.')
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        return _read(message, place, stem)
    except ArticleError:
        raise
    except _BROKEN as error:
        raise ArticleError(f"{place!r} is no message that can be read ({error}).", place=place) from error


def _read(message: EmailMessage, place: str, stem: str) -> Article:
    sent = _sent(message)
    address = message[_SAVED]
    page = message.get_body(("html",))
    if address is not None or (message.get_content_type() == "multipart/related" and "From" not in message):
        if page is None:
            raise _no_text(place)
        return _read_page(page, place, stem, url=_web(address or page["Content-Location"]), retrieved=sent)
    return replace(
        _read_letter(message, place, stem),
        title=_header(message, "Subject"),
        source=_sender(message),
        date=None if sent is None else sent.date(),
        date_precision=DatePrecision.DAY,
        date_basis=DateBasis.GIVEN,
    )


def _read_letter(message: EmailMessage, place: str, stem: str) -> Article:
    """The text of a message and its address."""
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    text = "" if plain is None else _plain_text(plain, place)
    url = _web(message["Archived-At"])
    if text:
        return Article(id=url or stem, text=text, url=url)
    if page is None:
        raise _no_text(place)
    return _read_page(page, place, stem, url=url, retrieved=None)


def _read_page(
    part: MIMEPart, place: str, stem: str, *, url: str | None, retrieved: datetime.datetime | None
) -> Article:
    data = cast("bytes", part.get_payload(decode=True))
    encoding = part.get_content_charset()
    return read_html(data, place=place, stem=stem, url=url, encoding=encoding, retrieved=retrieved)


def _plain_text(part: MIMEPart, place: str) -> str:
    data = cast("bytes", part.get_payload(decode=True))
    text = decode(data, place=place, declared=part.get_content_charset()).replace("\r\n", "\n")
    if part.get_param("format") == "flowed":
        text = _SOFT_BREAK.sub(" ", text)
    return stored_form(text).strip()


def _sent(message: EmailMessage) -> datetime.datetime | None:
    sent = getattr(message["Date"], "datetime", None)
    return sent if isinstance(sent, datetime.datetime) else None


def _sender(message: EmailMessage) -> str | None:
    senders = getattr(message["From"], "addresses", ())
    return next((one.display_name or one.domain or None for one in senders), None)


def _header(message: EmailMessage, name: str) -> str | None:
    return stored_form(" ".join(str(message[name] or "").split())) or None


def _web(address: object) -> str | None:
    url = str(address or "").strip().strip("<>")
    return url if url.startswith(("http://", "https://")) and url.isprintable() else None


def _no_text(place: str) -> ArticleError:
    return ArticleError(f"{place!r} is a message without text.", place=place)
