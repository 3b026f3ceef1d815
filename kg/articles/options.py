"""How articles are read: which column holds what, in which format they are, and how large they may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from kg.errors import ArticleError

FIELDS = ("text", "id", "date", "date_basis", "retrieved", "title", "source", "url", "license")
"""What a record says of an article; `kg.articles.fields.article_from_fields` tells what each holds."""


class Format(StrEnum):
    """What a file of articles is, once it is unpacked."""

    TEXT = "text"
    """One article in plain text."""
    JSON_LINES = "jsonl"
    """A JSON object a line."""
    JSON = "json"
    """One JSON object, an array of them, or one after the other."""
    HTML = "html"
    """A saved page."""
    MAIL = "mail"
    """A message (RFC 5322), or a page saved with all it shows (MHTML, RFC 2557)."""
    CSV = "csv"
    """A table in text, with a header; the delimiter is found."""
    PARQUET = "parquet"
    """A table in columns."""
    FEED = "feed"
    """A feed (RSS, Atom) that was saved."""
    WARC = "warc"
    """What a crawler fetched (ISO 28500)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How articles are read.

    Raises:
        ArticleError: A column is given for a field that there is not, or a limit is not positive.

    >>> ReadingOptions(columns={"text": "body"}).columns["text"]
    'body'
    """

    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The column of a table, or the key of a JSON object, that holds a field (`text`, `id`, `date`,
    `date_basis`, `retrieved`, `title`, `source`, `url`, `license`); the others are found by their names."""
    format: Format | None = None
    """The format of all files; None to tell it by their content and their names."""
    largest_article: int = 10_000_000
    """Bytes of one article when unpacked: a text, a line, a row, a page, a record. Larger ones are told, and
    passed over unread. The longest news features have 0.2 MB, their pages with scripts rarely 5 MB."""
    largest_ratio: int = 1000
    """How many times its size a compressed file may unpack to, once it has unpacked to 100 MB. Text shrinks
    to a fifth, repeated pages to a hundredth."""

    def __post_init__(self) -> None:
        """Refuses what cannot be meant; keeps the mapping from being changed."""
        for name in self.columns:
            if name not in FIELDS:
                raise ArticleError(f"There is no field {name!r} to map; choose of {', '.join(FIELDS)}.")
        if min(self.largest_article, self.largest_ratio) < 1:
            raise ArticleError("The limits of reading must be 1 or more.")
        object.__setattr__(self, "columns", MappingProxyType(dict(self.columns)))

    def __reduce__(self) -> tuple[object, ...]:
        """For other processes, which cannot be sent a mapping that is read only."""
        return _options, (dict(self.columns), self.format, self.largest_article, self.largest_ratio)


def parse_columns(pairs: list[str]) -> dict[str, str]:
    """The mapping that texts such as `text=body` give.

    Raises:
        ArticleError: A text is no such pair, or names a field twice.

    >>> parse_columns(["text=body", "date=published"])
    {'text': 'body', 'date': 'published'}
    """
    columns: dict[str, str] = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals or not column or name in columns:
            raise ArticleError(f"A column is given once, as NAME=COLUMN (such as text=body), not {pair!r}.")
        columns[name] = column
    return columns


def _options(
    columns: dict[str, str], format: Format | None, largest_article: int, largest_ratio: int
) -> ReadingOptions:
    return ReadingOptions(
        columns=columns, format=format, largest_article=largest_article, largest_ratio=largest_ratio
    )
