"""Reads lists of feeds: addresses, text files of them, and OPML."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # of the user's own files, without entities
from collections.abc import Iterable
from pathlib import Path

from kg.articles.fetching.targets import parse_target
from kg.articles.places import is_web
from kg.errors import ArticleError


def named_feeds(given: Iterable[str]) -> list[str]:
    """The addresses of feeds that are given, or stand in files that are given; in this order, each once.

    A file is OPML 2.0, or holds an address a line; lines that begin with `#` are comments.

    Args:
        given: Addresses and files.

    Raises:
        ArticleError: A file cannot be read, a line is no address, or there is none at all.

    >>> named_feeds(["https://news.example/feed", "https://news.example/feed"])
    ['https://news.example/feed']
    """
    found = [url for name in given for url in ([name] if is_web(name) else _listed(Path(name)))]
    for url in found:
        parse_target(url)
    if not found:
        raise ArticleError("No feed is named; give addresses, or a file that lists them.")
    return list(dict.fromkeys(found))


def _listed(file: Path) -> list[str]:
    place = str(file)
    try:
        text = file.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise ArticleError(
            f"{place!r} is neither an address (https://…) nor a file that lists feeds; check it.", place=place
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(f"The list of feeds {place!r} cannot be read ({error}).", place=place) from error
    return _outlined(text, place) if text.lstrip().startswith("<") else _lines(text, place)


def _lines(text: str, place: str) -> list[str]:
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    named = [(number, line) for number, line in lines if line and not line.startswith("#")]
    for number, line in named:
        if not is_web(line):
            raise ArticleError(
                f"{place}:{number}: {line!r:.100} is no address of a feed; write https://…, one a line.",
                place=f"{place}:{number}",
            )
    return [line for _, line in named]


def _outlined(text: str, place: str) -> list[str]:
    """The feeds of OPML (http://opml.org/spec2.opml)."""
    try:
        root = ET.fromstring(text.replace("<!ENTITY", "<!"))  # noqa: S314  # an entity is an error so
    except ET.ParseError as error:
        raise ArticleError(f"{place!r} is no OPML ({error}); export it anew.", place=place) from error
    urls = [(outline.get("xmlUrl") or "").strip() for outline in root.iter("outline")]
    return [url for url in urls if is_web(url)]
