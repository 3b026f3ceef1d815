"""Reads files, folders, remote places and standard input into articles, one at a time.

Which files there are is the business of `files`, how they are opened that of `opening`, and what the formats
look like inside that of `plain`, `jsonlines`, `jsonfiles`, `html`, `mail`, `tables`, `parquet` and `warc`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from kg.articles.dates import date_article
from kg.articles.decoding import decode_utf8
from kg.articles.files import SourceFile, check_paths, find_files
from kg.articles.formats import format_of, inner_name, stem_of
from kg.articles.jsonfiles import read_json
from kg.articles.jsonlines import parse_object, read_lines
from kg.articles.opening import Opened, opened, read_whole, unpacked
from kg.articles.options import Format, ReadingOptions
from kg.articles.places import STDIN, is_remote, is_web
from kg.articles.plain import read_plain
from kg.errors import ArticleError
from kg.types import Article

_LARGEST_CONTAINER = 4
"""How much larger than an article a message may be, for its pictures."""


def read_articles(
    paths: Iterable[str | Path],
    *,
    on_problem: Callable[[ArticleError], None] | None = None,
    options: ReadingOptions | None = None,
) -> Iterator[Article]:
    """Articles from files, folders, patterns, URLs and standard input, in the given order, folders sorted.

    The format of a file is told by its content and its name: plain text (`.txt`; the file `NAME.json` beside
    `NAME.txt` may give its `date`, `date_basis`, `retrieved`, `title`, `source`, `url`, `license` and `id`),
    JSON Lines (`.jsonl`, one article a line, with `text` and any of these), JSON, saved pages (`.html`,
    `.mhtml`), messages (`.eml`), tables (`.csv`, `.tsv`, `.parquet`), feeds (`.rss`, `.atom`), web
    archives (`.warc`); each of them also packed by gzip, zstd or bzip2. Folders are read with all below them.

    What is read is never held as a whole but for one article. The id of an article is the one given, else its
    address, else made from the name of its file.

    Args:
        paths: Files, folders, patterns (`archive/**/*.html`), URLs that `fsspec` knows, or `-`.
        on_problem: Is told what cannot be read, and reading goes on; without it, the first problem is raised.
        options: How they are read; None for the defaults.

    Raises:
        ArticleError: A path does not exist, at once and before anything is read; or, without `on_problem`,
            something cannot be read.

    >>> from kg.articles import samples_folder
    >>> articles = list(read_articles([samples_folder()]))
    >>> articles[0].id, articles[0].published
    ('2018-05-24-trump-cancels-singapore', '2018-05-24')
    """
    given = list(paths)
    check_paths(given)
    return _read_all(given, on_problem or _raise, options or ReadingOptions())


def read_file(
    file: SourceFile, *, on_problem: Callable[[ArticleError], None], options: ReadingOptions
) -> Iterator[Article]:
    """The articles of one file that `find_files` has found; in any process, it gives the same.

    Args:
        file: The file.
        on_problem: Is told what cannot be read; reading goes on.
        options: How it is read.

    >>> from kg.articles import samples_folder
    >>> file = next(find_files([samples_folder()], on_problem=print))
    >>> [article.id for article in read_file(file, on_problem=print, options=ReadingOptions())]
    ['2018-05-24-trump-cancels-singapore']
    """
    if is_web(file.path):
        from kg.articles.urls import read_url  # which itself reads by this module

        yield from map(date_article, read_url(file.path, on_problem=on_problem, options=options))
        return
    own = None if file.path == STDIN or is_remote(file.path) else Path(file.path)
    try:
        with opened(file.path, options=options) as content:
            for article in _read_content(_Asked(content, file.path, file.stem, options, on_problem)):
                yield date_article(article, path=own)
    except ArticleError as error:
        on_problem(error)


def read_stream(
    stream: BinaryIO,
    *,
    place: str,
    name: str,
    on_problem: Callable[[ArticleError], None],
    options: ReadingOptions,
) -> Iterator[Article]:
    """The articles of what is open already, such as the answer of a server.

    Args:
        stream: What is read.
        place: How messages name it.
        name: A name that tells the format where the content does not, such as `a.jsonl.gz`.
        on_problem: Is told what cannot be read; reading goes on.
        options: How it is read.

    >>> import io
    >>> found = read_stream(
    ...     io.BytesIO(b"Ana met Bo."), place="a", name="a.txt", on_problem=print, options=ReadingOptions()
    ... )
    >>> [article.id for article in found]
    ['a']
    """
    try:
        content = unpacked(stream, place=place, options=options)
        yield from _read_content(_Asked(content, name, stem_of(name), options, on_problem))
    except ArticleError as error:
        on_problem(error)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One file that is read, and how."""

    content: Opened
    path: str
    stem: str
    options: ReadingOptions
    on_problem: Callable[[ArticleError], None]

    @property
    def place(self) -> str:
        return self.content.place

    def whole(self, times: int = 1) -> bytes:
        """All of it, within so many times the limit."""
        largest = self.options.largest_article * times
        return read_whole(cast("BinaryIO", self.content.stream), place=self.place, largest=largest)


def _read_all(
    paths: list[str | Path], on_problem: Callable[[ArticleError], None], options: ReadingOptions
) -> Iterator[Article]:
    for file in find_files(paths, on_problem=on_problem):
        yield from read_file(file, on_problem=on_problem, options=options)


def _read_content(asked: _Asked) -> Iterator[Article]:
    if asked.content.is_empty:
        raise _empty(asked.place)
    format = asked.options.format or format_of(asked.path, asked.content.head)
    yield from _READERS[format](asked)


def _read_text(asked: _Asked) -> Iterator[Article]:
    data = asked.whole()
    if not data.strip():
        raise _empty(asked.place)
    yield read_plain(data, place=asked.place, stem=asked.stem, fields=_metadata(asked.path))


def _read_lines(asked: _Asked) -> Iterator[Article]:
    return read_lines(
        asked.content.stream,
        place=asked.place,
        stem=asked.stem,
        options=asked.options,
        on_problem=asked.on_problem,
    )


def _read_json(asked: _Asked) -> Iterator[Article]:
    return read_json(
        asked.content.stream,
        place=asked.place,
        stem=asked.stem,
        options=asked.options,
        on_problem=asked.on_problem,
    )


def _read_html(asked: _Asked) -> Iterator[Article]:
    from kg.articles.html import read_html

    yield read_html(asked.whole(), place=asked.place, stem=asked.stem)


def _read_mail(asked: _Asked) -> Iterator[Article]:
    from kg.articles.mail import read_mail

    yield read_mail(asked.whole(_LARGEST_CONTAINER), place=asked.place, stem=asked.stem)


def _read_table(asked: _Asked) -> Iterator[Article]:
    from kg.articles.tables import read_table

    is_tabbed = inner_name(asked.path).lower().endswith(".tsv")
    return read_table(
        asked.content.stream,
        place=asked.place,
        stem=asked.stem,
        delimiter="\t" if is_tabbed else None,
        options=asked.options,
        on_problem=asked.on_problem,
    )


def _read_parquet(asked: _Asked) -> Iterator[Article]:
    from kg.articles.parquet import read_parquet

    return read_parquet(
        asked.content,
        path=asked.path,
        stem=asked.stem,
        options=asked.options,
        on_problem=asked.on_problem,
    )


def _read_feed(asked: _Asked) -> Iterator[Article]:
    from kg.articles.feeds import feed_articles, read_feed

    yield from feed_articles(read_feed(asked.whole(), place=asked.place), on_problem=asked.on_problem)


def _read_archive(asked: _Asked) -> Iterator[Article]:
    from kg.articles.warc import read_archive

    return read_archive(asked.content, stem=asked.stem, options=asked.options, on_problem=asked.on_problem)


_READERS: dict[Format, Callable[[_Asked], Iterator[Article]]] = {
    Format.TEXT: _read_text,
    Format.JSON_LINES: _read_lines,
    Format.JSON: _read_json,
    Format.HTML: _read_html,
    Format.MAIL: _read_mail,
    Format.CSV: _read_table,
    Format.PARQUET: _read_parquet,
    Format.FEED: _read_feed,
    Format.WARC: _read_archive,
}


def _metadata(path: str) -> dict[str, object]:
    """What the JSON file beside a text says of it."""
    if path == STDIN or is_remote(path) or is_web(path):
        return {}
    file = Path(inner_name(path)).with_suffix(".json")
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        data = read_whole(stream, place=str(file), largest=ReadingOptions().largest_article)
    return parse_object(decode_utf8(data, place=str(file)), place=str(file))


def _empty(place: str) -> ArticleError:
    return ArticleError(f"{place!r} is empty; an article needs a text.", place=place)


def _raise(error: ArticleError) -> None:
    raise error
