"""Reads plain text: one article a file, its text kept whole so that offsets stay true."""

from __future__ import annotations

from kg.articles.decoding import decode, stored_form
from kg.articles.fields import article_from_fields
from kg.types import Article

_LONGEST_TITLE = 200
"""Characters. Headlines rarely pass 120; paragraphs of news are rarely under 200."""
_SENTENCE_ENDS = (".", ":", ";", ",", ".”", '."', "—", "–")


def read_plain(data: bytes, *, place: str, stem: str, fields: dict[str, object] | None = None) -> Article:
    r"""The article of a text file.

    Args:
        data: The file's bytes; `kg.articles.decoding` tells which encodings are read.
        place: The file's name, for messages.
        stem: The article's id, where `fields` give none.
        fields: What else is known of the article: `date`, `title`, `source` and the like; see
            `kg.articles.fields.article_from_fields`.

    Raises:
        ArticleError: Nothing tells the encoding of the bytes, or they hold no text, or a field is wrong.

    >>> read_plain(b"A meets B\nA met B on Monday.", place="a.txt", stem="a").title
    'A meets B'
    """
    text = stored_form(decode(data, place=place))
    known = {"title": find_title(text)} | (fields or {}) | {"text": text}
    return article_from_fields(known, place=place, default_id=stem)


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
