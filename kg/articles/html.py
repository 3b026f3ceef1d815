"""Reads saved pages: the text of the article without what stands around it, and what the page says of it.

The article is found by trafilatura (Barbaresi 2021, Trafilatura: A Web Scraping Library and Command-Line Tool
for Text Discovery and Extraction). Its dates are not taken, since they may be those of changes or copyright:
see `kg.articles.pagedates`.
"""

from __future__ import annotations

import datetime
import functools
import logging
import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from kg.articles.decoding import decode, stored_form
from kg.articles.options import ReadingOptions
from kg.articles.pagedates import page_date
from kg.errors import ArticleError
from kg.types import Article, DateBasis, DatePrecision

if TYPE_CHECKING:
    from configparser import ConfigParser

    from lxml.html import HtmlElement
    from trafilatura.settings import Document

_MOST_ELEMENTS = 25_000
"""Of a page. Long live reports have 10,000; the time to read a page grows faster than their number."""
_MOST_CHILDREN = 5_000
"""Of one element, after which the time to read a page grows with the square of their number."""
_MOST_ATTRIBUTES = 500
"""Of one element."""
_MOST_SQUARED = 500_000_000
"""Of the words within tags: the parser takes a second for this, as it compares each attribute with all."""
_MOST_QUOTED = 10_000
"""Attributes whose value holds the end of a tag, which hides the others from counting."""
_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}")
_QUOTED_END = re.compile(r"=\s{0,9}[\"'][^\"'<>]{0,200}[<>]")
_BLOCKS = frozenset(
    {"p", "head", "item", "quote", "list", "table", "row", "cell", "body", "ab", "code", "div"}
)
"""Elements of trafilatura's result (TEI) that stand apart from what is around them."""
_FRAMES = ("nav", "footer", "aside", "dialog", "script", "style", "noscript", "template", "svg", "iframe")
"""Elements that hold nothing of an article (JSON-LD is read before they go)."""
_BESIDE = re.compile(
    r"cookie|consent|gdpr|onetrust|didomi|disqus|(?<![\w-])comments?(?:-(?:area|list|section))?(?![\w-])",
    re.IGNORECASE,
)
"""Classes of what asks to agree to something, and of what readers write."""
_ROLES = frozenset({"navigation", "contentinfo", "dialog", "alertdialog", "search"})
_PARTED = "\u204b"
"""A sign that no page uses (reversed pilcrow), for two line breaks, which the library would make one."""
_SHORTEST = 100
"""Characters of an article, below which the library takes whatever text the page has. Paywalls leave more."""
_SHORTEST_LINE = 40
"""Characters. Without a line of that length a page has menus and headlines only."""
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:\-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:\-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
"""Bytes; the standard asks for the first 1024 (WHATWG HTML, section 4.2.5.4)."""
_INLINE = re.compile(r"data:[\w/+.\-]{1,100};base64,[\w+/=]{100,}")
"""Pictures and fonts within a page, as some programs save it."""
_XML_START = re.compile(r"\s*<\?xml[^>]{0,1000}\?>")
_SPACE = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Hints where a word may be divided, and marks without width."""
_HALVES = re.compile("[\ud800-\udfff]")
_BUGS = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError, RecursionError)
"""What odd pages raise within the library."""

for _library in ("trafilatura", "htmldate", "justext"):
    logging.getLogger(_library).addHandler(logging.NullHandler())  # what is wrong is told by our own errors


def read_html(
    data: bytes,
    *,
    place: str,
    stem: str,
    url: str | None = None,
    encoding: str | None = None,
    retrieved: datetime.datetime | None = None,
) -> Article:
    """The article of a page: its paragraphs, apart by blank lines, without menus, comments and tables.

    Its date is the one that the page states, never that of a change or of the fetch. Its id is its address.

    Args:
        data: The page's bytes.
        place: The file's name, for messages.
        stem: The article's id, where its address is not known.
        url: Where it was fetched; None for the address that it gives itself.
        encoding: What a header says of its encoding; None for what it says itself.
        retrieved: When it was fetched.

    Raises:
        ArticleError: It is too large, or holds no article's text.

    >>> page = "<html><head><title>Talks</title></head><body><article><p>%s</p></article></body></html>"
    >>> data = (page % ("Ana Bell met Bo Cole in Oslo. " * 9)).encode()
    >>> read_html(data, place="a.html", stem="a").title
    'Talks'
    """
    if len(data) > ReadingOptions().largest_article:
        raise ArticleError(
            f"{place!r} is a page of {len(data):,} bytes, too large for an article; save its text as .txt.",
            place=place,
        )
    tree = _parse(decode(data, place=place, declared=encoding or declared_encoding(data)), place)
    date, precision = page_date(tree, latest=retrieved) or (None, DatePrecision.DAY)
    address = url or _own_address(tree)
    found = _extract(tree, address, place)
    title = _clean(found.title or "") or None
    headlines = {title or "", *(_clean(str(one.xpath("string()"))) for one in tree.iter("h1"))}
    text = "\n\n".join(_blocks(found, {headline.casefold() for headline in headlines}))
    if not any(len(line) >= _SHORTEST_LINE for line in text.split("\n")):
        raise _no_article(place)
    return Article(
        id=address or stem,
        text=text,
        title=title,
        date=date,
        date_precision=precision,
        date_basis=DateBasis.PAGE,
        source=_clean(found.sitename or "") or (urlsplit(address).hostname if address else None),
        url=address,
        license=_clean(found.license or "") or None,
        retrieved=retrieved,
    )


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page says it is in; None where it says none.

    >>> declared_encoding(b'<html><head><meta charset="windows-1252">')
    'windows-1252'
    """
    head = data[:_DECLARED_WITHIN]
    match = _XML_DECLARED.search(head) or _DECLARED.search(head)
    return match[1].decode("ascii") if match else None


def _parse(page: str, place: str) -> HtmlElement:
    """The page's tree.

    Raises:
        ArticleError: It has none, or one that takes too long to read.
    """
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    page = page.replace(_PARTED, "¶")
    page = _INLINE.sub("", _XML_START.sub("", page, count=1))
    squared = sum(len(tag.group().split()) ** 2 for tag in _TAG.finditer(page))
    if squared > _MOST_SQUARED or sum(1 for _ in _QUOTED_END.finditer(page)) > _MOST_QUOTED:
        raise _too_complex(place)
    parser = HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8")
    try:
        tree: HtmlElement = document_fromstring(stored_form(page).encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        raise _no_article(place) from error
    is_cut = any("depth" in entry.message for entry in parser.error_log)
    if is_cut or _is_complex(tree):
        raise _too_complex(place)
    return tree


def _is_complex(tree: HtmlElement) -> bool:
    """Whether a tree would take many seconds to read."""
    count = 0
    for element in tree.iter():
        count += 1
        if len(element) > _MOST_CHILDREN or len(element.attrib) > _MOST_ATTRIBUTES:
            return True
    return count > _MOST_ELEMENTS


def _own_address(tree: HtmlElement) -> str | None:
    """The address that a page gives itself (RFC 6596); none that is of a whole site."""
    base = next(iter(tree.xpath("//base/@href")), "")
    stated = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    for address in stated:
        try:
            url = urljoin(str(base), str(address).strip())
            parts = urlsplit(url)
        except ValueError:
            continue
        is_page = parts.path.strip("/") or parts.query
        if parts.scheme in {"http", "https"} and parts.hostname and is_page and url.isprintable():
            return url
    return None


def _mark_parted(tree: HtmlElement) -> None:
    """Marks where two line breaks follow each other, as some pages part their paragraphs."""
    for line_break in list(tree.iter("br")):
        after = line_break.getnext()
        if after is not None and after.tag == "br" and not (line_break.tail or "").strip():
            line_break.tail = f" {_PARTED} "


def _remove_frames(tree: HtmlElement) -> None:
    """Removes what is no part of an article, lest it be taken for one where there is none."""
    frames = [one for one in tree.iter(*_FRAMES) if "ld+json" not in one.get("type", "")]
    others = [one for one in tree.iter("div", "section", "p", "span") if _is_frame(one)]
    for element in [*frames, *others]:
        if element.getparent() is not None:
            element.drop_tree()


def _is_frame(element: HtmlElement) -> bool:
    is_named = _BESIDE.search(f"{element.get('class', '')} {element.get('id', '')}") is not None
    is_frame = is_named or element.get("role") in _ROLES
    return is_frame and next(element.iter("article", "main", "h1"), None) is None


@functools.cache
def _settings() -> ConfigParser:
    from trafilatura.settings import use_config

    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(_SHORTEST)
    return config


def _extract(tree: HtmlElement, url: str | None, place: str) -> Document:
    from trafilatura import bare_extraction

    _remove_frames(tree)
    _mark_parted(tree)
    try:
        found = bare_extraction(
            tree,
            url=url,
            config=_settings(),
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except _BUGS as error:
        raise _no_article(place) from error
    if found is None or isinstance(found, dict) or found.body is None:
        raise _no_article(place)
    return found


def _blocks(found: Document, headlines: Collection[str]) -> Iterator[str]:
    """The paragraphs of the article, without its headline."""
    is_first = True
    for words, is_heading in _parts(found):
        for paragraph in _paragraphs(words):
            if not ((is_first or is_heading) and paragraph.casefold() in headlines):
                yield paragraph
            is_first = False


def _parts(found: Document) -> Iterator[tuple[str, bool]]:
    """What stands between the beginnings and ends of blocks, and whether it is a heading."""
    from lxml.etree import iterwalk

    words: list[str] = []
    for event, element in iterwalk(found.body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield "".join(words), event == "end" and element.tag == "head"
            words = []
        if event == "start":
            words += ["\n"] * (element.tag == "lb") + [element.text or ""]
        elif element is not found.body:
            words.append(element.tail or "")
    yield "".join(words), False


def _paragraphs(words: str) -> Iterator[str]:
    """The paragraphs of a block: what empty lines divide."""
    for part in words.split(_PARTED):
        lines = (_clean(line) for line in part.split("\n"))
        paragraph = "\n".join(line for line in lines if line)
        if paragraph:
            yield paragraph


def _clean(words: str) -> str:
    """Words as they are shown, in the form that is stored."""
    visible = _INVISIBLE.sub("", _HALVES.sub("\ufffd", words))
    return stored_form(_SPACE.sub(" ", visible)).strip()


def _too_complex(place: str) -> ArticleError:
    return ArticleError(
        f"{place!r} has too many elements or attributes for a page with an article (more than "
        f"{_MOST_ELEMENTS:,}, {_MOST_CHILDREN:,} within one, {_MOST_ATTRIBUTES} of one, or nested 256 deep); "
        "save its text as .txt.",
        place=place,
    )


def _no_article(place: str) -> ArticleError:
    return ArticleError(
        f"{place!r} holds no article's text; it may be a list of articles, or a page that a script fills.",
        place=place,
    )
