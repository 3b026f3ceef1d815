"""Why an article is not read: its length, its language, or that it is no text."""

from __future__ import annotations

import re

from kg.articles.languages import foreign_language
from kg.errors import ArticleError, LanguageError
from kg.types import Article

_SHOWN = 40
LONGEST_WORD = 5_000
"""Characters without white space. Such a run is no text, and to divide one of punctuation or emoji takes time
that grows with the square of its length: 3 s for this, 11 s for twice as much."""
LONGEST_ARTICLE = 300_000
"""Characters; the longest news features have a tenth of that, and time grows faster than length."""

_LONG_RUN = re.compile(rf"\S{{{LONGEST_WORD + 1}}}")


def refusal_of(article: Article) -> ArticleError | None:
    """Why an article is not read; None where it is read.

    Its length, its language (a `LanguageError`), or characters without end between two spaces.

    >>> refusal_of(Article(id="a", text="Ana met Bo.")) is None
    True
    """
    if len(article.text) > LONGEST_ARTICLE:
        return _too_long(article)
    language = foreign_language(article.text)
    if language is not None:
        return _other_language(article, language)
    run = _LONG_RUN.search(article.text)
    return None if run is None else _no_words(article, run.start())


def _too_long(article: Article) -> ArticleError:
    return ArticleError(
        f"The article {article.id!r} has {len(article.text):,} characters, more than {LONGEST_ARTICLE:,}; "
        "if it holds several articles, split it.",
        place=article.id,
    )


def _no_words(article: Article, start: int) -> ArticleError:
    return ArticleError(
        f"The article {article.id!r} has more than {LONGEST_WORD:,} characters without a space from "
        f"character {start} on, {article.text[start : start + _SHOWN]!r} …; that is no text, so remove it.",
        place=article.id,
    )


def _other_language(article: Article, language: str) -> LanguageError:
    return LanguageError(
        f"The article {article.id!r} is in {language}; only English is read. Leave it out, or have such "
        "articles skipped and counted (`--skip-other-languages`).",
        place=article.id,
    )
