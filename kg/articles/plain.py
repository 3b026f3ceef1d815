"""Reads plain text: one article a file, its text kept whole so that offsets stay true."""

from __future__ import annotations

from kg.articles.fields import article_from_fields
from kg.errors import ArticleError
from kg.types import Article

_LONGEST_TITLE = 200
"""Characters. Headlines rarely pass 120; paragraphs of news are rarely under 200."""
_SENTENCE_ENDS = (".", ":", ";", ",", ".”", '."', "—", "–")
_BYTE_ORDER_MARK = "\ufeff"


def read_plain(data: bytes, *, place: str, stem: str, fields: dict[str, object] | None = None) -> Article:
    r"""The article of a text file.

    Args:
        data: The file's bytes, in UTF-8.
        place: The file's name, for messages.
        stem: The article's id, where `fields` give none.
        fields: What else is known of the article: `date`, `title`, `source` and the like; see
            `kg.articles.fields.article_from_fields`.

    Raises:
        ArticleError: The bytes are not UTF-8, or hold no text, or a field is wrong.

    >>> read_plain(b"A meets B\nA met B on Monday.", place="a.txt", stem="a").title
    'A meets B'
    """
    text = decode(data, place=place)
    known = {"title": find_title(text)} | (fields or {}) | {"text": text}
    return article_from_fields(known, place=place, default_id=stem)


def decode(data: bytes, *, place: str) -> str:
    r"""The text of UTF-8 bytes, line ends as they are, without a byte order mark.

    Raises:
        ArticleError: The bytes are not UTF-8.

    >>> decode(b"Erdo\xc4\x9fan", place="a.txt")
    'Erdoğan'
    """
    try:
        return data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{place}: byte {error.start} is not UTF-8; save the file as UTF-8.", place=place
        ) from error


def find_title(text: str) -> str | None:
    r"""The first line, where it reads like a headline: short, no sentence, and more follows.

    >>> find_title("Talks in Istanbul\n\nThe talks began on Monday.")
    'Talks in Istanbul'
    >>> find_title("The talks began.\nThey ended.") is None
    True
    """
    first, _, rest = text.lstrip().partition("\n")
    line = first.strip()
    if not rest.strip() or len(line) > _LONGEST_TITLE or line.endswith(_SENTENCE_ENDS):
        return None
    return line
