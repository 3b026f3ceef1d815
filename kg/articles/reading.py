"""Reads files, folders and standard input into articles, one at a time.

What the formats look like inside is the business of `plain` and `jsonlines`.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.articles.dates import date_article
from kg.articles.jsonlines import parse_object, read_lines
from kg.articles.plain import decode, read_plain
from kg.errors import ArticleError
from kg.types import Article

STDIN = "-"
"""The path that stands for standard input."""

_PLAIN = ".txt"
_LINES = frozenset({".jsonl", ".ndjson"})
_FOREIGN = frozenset(
    {
        ".html",
        ".htm",
        ".xml",
        ".pdf",
        ".docx",
        ".doc",
        ".odt",
        ".rtf",
        ".epub",
        ".csv",
        ".json",
        ".gz",
        ".zip",
    }
)
_ABOUT = frozenset({"README.md", "LICENSE", "NOTICE"})
"""Files that tell of the folder they lie in: passed over without a word."""
_logger = logging.getLogger(__name__)


def read_articles(
    paths: Iterable[str | Path], *, on_problem: Callable[[ArticleError], None] | None = None
) -> Iterator[Article]:
    """Articles from files, folders and standard input, in the given order, folders sorted by path.

    Text files (`.txt`) hold one article each; the file `NAME.json` beside `NAME.txt` may give its `date`,
    `date_basis`, `retrieved`, `title`, `source`, `url`, `license` and `id`. JSON Lines files (`.jsonl`) hold
    one article a line, with `text` and any of these. `-` is standard input, in either format.

    Args:
        paths: Files, folders (read with all below them), or `-`.
        on_problem: Is told what cannot be read, and reading goes on; without it, the first problem is raised.

    Raises:
        ArticleError: A path does not exist, at once and before anything is read; or, without `on_problem`,
            something cannot be read.

    >>> from kg.articles import samples_folder
    >>> articles = list(read_articles([samples_folder()]))
    >>> articles[0].id, articles[0].published
    ('2018-05-24-trump-cancels-singapore', '2018-05-24')
    """
    given = [path if path == STDIN else Path(path) for path in paths]
    for path in given:
        if isinstance(path, Path) and not path.exists():
            raise ArticleError(f"There is no file or folder {str(path)!r}; check the path.", place=str(path))
    return _read_all(given, on_problem or _raise)


def count_articles(paths: Iterable[str | Path]) -> int | None:
    """About how many articles there are, for progress; None where only reading would tell.

    >>> from kg.articles import samples_folder
    >>> count_articles([samples_folder()])
    37
    """
    count = 0
    for path in paths:
        if path == STDIN:
            return None
        for file in _articles_below(Path(path)):
            count += _count_lines(file) if _suffix(file) in _LINES else 1
    return count


def _count_lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def _read_all(paths: list[str | Path], on_problem: Callable[[ArticleError], None]) -> Iterator[Article]:
    for path in paths:
        try:
            files = _files_of(path)
        except ArticleError as error:
            on_problem(error)
            continue
        for file in files:
            own = None if file == STDIN else file
            yield from (date_article(article, path=own) for article in _read_file(file, on_problem))


def _files_of(path: str | Path) -> list[str | Path]:
    if not isinstance(path, Path) or not path.is_dir():
        return [path]
    found = _files_below(path)
    readable = _articles_below(path)
    skipped = [file for file in found if file not in readable and not _is_beside_articles(file)]
    if skipped:
        _logger.warning(
            "Skipped %d files that are neither .txt nor .jsonl, such as %s.", len(skipped), skipped[0]
        )
    if not readable:
        raise ArticleError(
            f"The folder {str(path)!r} holds no .txt and no .jsonl file; name the folder of the articles.",
            place=str(path),
        )
    return list(readable)


def _articles_below(path: Path) -> list[Path]:
    """The files of articles in a folder, or the file itself."""
    if not path.is_dir():
        return [path] if path.is_file() else []
    return [file for file in _files_below(path) if _suffix(file) in {_PLAIN, *_LINES}]


def _files_below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and not _is_hidden(file, folder))


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _is_beside_articles(file: Path) -> bool:
    return file.name in _ABOUT or (file.suffix == ".json" and file.with_suffix(_PLAIN).exists())


def _read_file(path: str | Path, on_problem: Callable[[ArticleError], None]) -> Iterator[Article]:
    place = str(path)
    try:
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        on_problem(ArticleError(f"{place!r} cannot be read: {error.strerror}.", place=place))
        return
    if path != STDIN and _suffix(Path(path)) in _FOREIGN:
        message = f"{place!r} is neither plain text nor JSON Lines; save its text as .txt, or as .jsonl."
        on_problem(ArticleError(message, place=place))
    elif not data.strip():
        on_problem(ArticleError(f"{place!r} is empty; an article needs a text.", place=place))
    elif _holds_lines(path, data):
        yield from read_lines(data, place=place, stem=_stem(path), on_problem=on_problem)
    else:
        try:
            yield read_plain(data, place=place, stem=_stem(path), fields=_metadata(path))
        except ArticleError as error:
            on_problem(error)


def _metadata(path: str | Path) -> dict[str, object]:
    file = Path(path).with_suffix(".json")
    if path == STDIN or not file.is_file():
        return {}
    return parse_object(decode(file.read_bytes(), place=str(file)), place=str(file))


def _holds_lines(path: str | Path, data: bytes) -> bool:
    if path == STDIN:
        return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return _suffix(Path(path)) in _LINES


def _suffix(file: Path) -> str:
    return file.suffix.lower()


def _stem(path: str | Path) -> str:
    return "stdin" if path == STDIN else Path(path).stem


def _raise(error: ArticleError) -> None:
    raise error
