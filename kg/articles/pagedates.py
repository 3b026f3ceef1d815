"""The day of publication that a page states: in its metadata, or beside its headline.

Dates of changes, of copyright and of other articles are none; where nothing is stated, there is no date.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from kg.articles.dates import parse_date
from kg.types import DatePrecision

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = frozenset({
    "article:published_time", "og:article:published_time", "og:published_time", "og:pubdate",
    "datepublished", "date_published", "publishdate", "publish-date", "publish_date", "published_at",
    "published-date", "publication_date", "publicationdate", "article.published", "article_date_original",
    "originalpublicationdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "dc.date", "dc.date.issued", "dc.date.created", "dcterms.issued", "dcterms.created", "dcterms.date",
    "prism.publicationdate", "citation_publication_date", "bt:pubdate", "pubdate", "iso-8601-publish-date",
    "rnews:datepublished", "shareaholic:article_published_time", "pdate", "date",
})  # fmt: skip
"""Names of `meta` elements that give the day of publication (Open Graph, schema.org, Dublin Core, and those
of publishers), in lower case."""
_ARTICLE = re.compile(r"(?:^|[/:])\w*(?:Article|Posting|Report|Review)$")
_PAGE = re.compile(r"(?:^|[/:])\w*WebPage$")
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST_NODES = 1000
_LONG = 120
"""Characters of a paragraph that stands below the headline and its date."""
_ASIDE = frozenset({"nav", "aside", "footer", "form", "figure", "blockquote", "template", "noscript"})
_OTHER = re.compile(
    r"comment|related|recommend|sidebar|footer|copyright|updat|modif|event|widget|promo", re.IGNORECASE
)
"""Classes of what is no date of publication, or of another article."""
_DATED = re.compile(r"date|publish|pubdate|byline|timestamp|dateline|posted|meta|time", re.IGNORECASE)
_ANCESTORS = 6
"""How far up the classes of what a date stands in are looked at."""
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<month>[A-Z][a-z]{2,8})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WRITTEN = (
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})\b"),
    re.compile(rf"\b{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})\b"),
    re.compile(r"\b(?P<iso>\d{4}-\d\d-\d\d)\b"),
)
_CHANGED = re.compile(r"\b(?:updat|modif|edit|correct|revis)\w*|©|copyright", re.IGNORECASE)
_EARLIEST = datetime.date(1605, 1, 1)
"""The year of the first newspaper."""
_UNSET = datetime.date(1970, 1, 1)
"""What computers write for no date."""
_EASTERNMOST = datetime.timedelta(hours=14)
"""The zone in which a day begins first."""

Dated = tuple[datetime.date, DatePrecision]


def page_date(tree: HtmlElement, *, latest: datetime.datetime | None = None) -> Dated | None:
    """The day on which a page says that its article was published, and how much of it is known.

    First what its metadata say (JSON-LD, `meta`, `itemprop`), then a `time` element or a written date between
    headline and text; numbers such as 4/5/2026 are not taken, since they may mean two days.

    Args:
        tree: The page.
        latest: When it was fetched: later dates are none.

    >>> from lxml.html import document_fromstring
    >>> page = '<html><head><meta property="article:published_time" content="2026-04-05T23:30:00-05:00">'
    >>> page_date(document_fromstring(page))
    (datetime.date(2026, 4, 5), <DatePrecision.DAY: 'day'>)
    """
    last = None if latest is None else (latest + _EASTERNMOST).date()
    for stated in (_linked_data(tree), _metadata(tree), _item_properties(tree), _beside_headline(tree)):
        for words in stated:
            found = read_written(words)
            if found is not None and _is_likely(found[0], last):
                return found
    return None


def read_written(words: str) -> Dated | None:
    """The date that a text gives: ISO 8601, the form of mail (RFC 5322), or with an English month; else None.

    >>> read_written("By Ana Bell, 2 March 2025, 10:15 GMT")
    (datetime.date(2025, 3, 2), <DatePrecision.DAY: 'day'>)
    >>> read_written("4/5/2026") is None
    True
    """
    text = words.strip()
    for read in (_read_iso, _read_english, _read_mail):
        found = read(text)
        if found is not None:
            return found
    return None


def _read_iso(text: str) -> Dated | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _read_english(text: str) -> Dated | None:
    for pattern in _WRITTEN:
        match = pattern.search(text)
        parts = match.groupdict() if match else {}
        if parts.get("iso"):
            return _read_iso(parts["iso"])
        month = _month(parts["month"]) if parts else None
        if month is not None:
            return _read_iso(f"{parts['year']}-{month:02d}-{int(parts['day']):02d}")
    return None


def _read_mail(text: str) -> Dated | None:
    try:
        return parsedate_to_datetime(text).date(), DatePrecision.DAY
    except (ValueError, IndexError, OverflowError):
        return None


def _month(name: str) -> int | None:
    found = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())]
    is_short = name.lower() == "sept"
    return 9 if is_short else found[0] if len(found) == 1 else None


def _is_likely(date: datetime.date, last: datetime.date | None) -> bool:
    return date >= _EARLIEST and date != _UNSET and (last is None or date <= last)


def _linked_data(tree: HtmlElement) -> Iterator[str]:
    """What JSON-LD says of the article, then of the page."""
    nodes = [node for script in tree.xpath("//script[@type]") for node in _nodes(script)]
    for kind in (_ARTICLE, _PAGE):
        for node in nodes:
            types = node.get("@type")
            names = types if isinstance(types, list) else [types]
            published = node.get("datePublished")
            is_kind = any(isinstance(name, str) and kind.search(name) for name in names)
            if is_kind and isinstance(published, str):
                yield published


def _nodes(script: HtmlElement) -> Iterator[dict[str, object]]:
    """The objects of a script that are about the page itself, not those of lists within it."""
    if "ld+json" not in script.get("type", "").lower():
        return
    try:
        waiting = [json.loads((script.text or "").strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            yield value
            waiting += [value[key] for key in _WITHIN if isinstance(value.get(key), list | dict)]


def _metadata(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name.strip().lower() in _NAMES:
            yield element.get("content") or ""


def _item_properties(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath("//*[contains(@itemprop, 'datePublished')] | //time[@pubdate]"):
        if not _is_of_another(element):
            yield element.get("datetime") or element.get("content") or _words(element)


def _beside_headline(tree: HtmlElement) -> Iterator[str]:
    """What stands after the page begins to speak of the article, and before its text."""
    for element in _above_text(tree):
        if element.tag != "time" and not _DATED.search(_classes(element)):
            continue
        words = _words(element)
        if (
            len(words) <= _LONG
            and not _is_of_another(element)
            and not _CHANGED.search(_before(element, words))
        ):
            yield element.get("datetime") or words


def _above_text(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements of the article, or from the headline on, up to the first paragraph."""
    start = next(iter(tree.xpath("//article | //main | //h1")), None)
    is_begun = False
    for element in [] if start is None else tree.iter():
        is_begun = is_begun or element is start
        if not is_begun or not isinstance(element.tag, str):
            continue
        if element.tag == "p" and len(_words(element)) > _LONG:
            return
        yield element


def _before(element: HtmlElement, words: str) -> str:
    """A date with what stands in the same line before it, as in `Updated: 3 March 2026`."""
    parent = element.getparent()
    if parent is None or element.tag != "time":
        return words
    previous = element.getprevious()
    return f"{parent.text if previous is None else previous.tail or _words(previous)} {words}"


def _is_of_another(element: HtmlElement) -> bool:
    """Whether an element stands beside the article, or its class says that it is about something else."""
    above = [element, *element.iterancestors()]
    return any(one.tag in _ASIDE for one in above) or any(
        _OTHER.search(_classes(one)) for one in above[:_ANCESTORS] if one.tag not in {"html", "body"}
    )


def _classes(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _words(element: HtmlElement) -> str:
    return " ".join(str(element.xpath("string()")).split())
