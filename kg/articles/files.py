"""Finds the files of articles below the paths that a user names, and what their articles are called.

A file is named by its stem. Where another file of the same reading has that name, it is named by its path
below the folder that was given, so that plain corpora keep their ids and no article hides another.
"""

from __future__ import annotations

import glob
import hashlib
import itertools
import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.articles.formats import COLLECTIONS, SUFFIXES, inner_name, stem_of
from kg.articles.options import Format
from kg.articles.places import (
    STDIN,
    is_pattern,
    is_remote,
    is_web,
    naming_errors,
    remote_system,
)
from kg.errors import ArticleError

_ABOUT = frozenset({"README.md", "LICENSE", "NOTICE"})
"""Files that tell of the folder they lie in: passed over without a word."""
_GRAPH = "kg-graph.json"
"""What a folder holds that is a graph; it may lie among the articles, and holds none."""
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of articles; it can be read in any process."""

    path: str
    """Where it is: a local path, a URL, or `-`."""
    stem: str
    """The id of its article, or how those of its articles begin."""


def check_paths(paths: Iterable[str | Path]) -> None:
    """Says which path is not there, before anything is read. Places that a network lies before are not asked.

    Raises:
        ArticleError: A local path does not exist, or no file fits a pattern.

    >>> check_paths(["-", "https://oslo.example/"])
    """
    for path in map(str, paths):
        if path == STDIN or is_web(path) or is_remote(path):
            continue
        if is_pattern(path):
            if next(glob.iglob(path, recursive=True), None) is None:  # noqa: PTH207  # of any path
                raise ArticleError(f"No file or folder fits {path!r}; check the pattern.", place=path)
        elif not Path(path).exists():
            raise ArticleError(f"There is no file or folder {path!r}; check the path.", place=path)


def find_files(
    paths: Iterable[str | Path], *, on_problem: Callable[[ArticleError], None]
) -> Iterator[SourceFile]:
    """The files of articles below some paths: paths in the given order, what is below them sorted.

    Folders are read with all below them, but for what is hidden and what is in no format that can be read;
    patterns are `*`, `?`, `[…]` and `**` (quoted, so that the shell leaves them).

    Args:
        paths: Files, folders, patterns, URLs, or `-`.
        on_problem: Is told of folders that hold nothing to read, and goes on.

    >>> from kg.articles import samples_folder
    >>> next(find_files([samples_folder()], on_problem=print)).stem
    '2018-05-24-trump-cancels-singapore'
    """
    names = _Names()
    for path in map(str, paths):
        try:
            for file, below in _files_of(path):
                yield SourceFile(path=file, stem=names.name(file, below))
        except ArticleError as error:
            on_problem(error)


def local_files(path: str | Path) -> Iterator[str]:
    """The files of articles in a local folder, sorted; or the file itself.

    >>> len(list(local_files("nowhere")))
    0
    """
    if Path(path).is_dir():
        yield from (str(file) for file, is_read in _walk(Path(path)) if is_read)
    elif Path(path).is_file():
        yield str(path)


class _Names:
    """The names that files have so far, as digests, since there may be millions."""

    def __init__(self) -> None:
        self._owners: dict[bytes, bytes] = {}

    def name(self, file: str, below: str) -> str:
        """The first name of a file that no other has: its stem, its path below what was given, its path."""
        if file == STDIN:
            return "stdin"
        suffix = PurePosixPath(inner_name(file)).suffix.lower()
        kind = "lines" if SUFFIXES.get(suffix, Format.TEXT) in COLLECTIONS else "article"
        inside = PurePosixPath(below).with_name(stem_of(file)).as_posix()
        for name in (stem_of(file), inside, below, file):
            key = _digest(f"{kind} {name}")
            if self._owners.setdefault(key, _digest(file)) == _digest(file):
                return name
        return file


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=12).digest()


def _files_of(path: str) -> Iterator[tuple[str, str]]:
    """Each file of a path, and what it is called below it."""
    if path == STDIN or is_web(path):
        yield path, path
    elif is_remote(path):
        yield from _remote_files(path)
    elif is_pattern(path):
        yield from _matches(path)
    elif Path(path).is_dir():
        yield from _folder_files(Path(path))
    else:
        yield path, path


def _folder_files(folder: Path) -> Iterator[tuple[str, str]]:
    found = ((str(file), file.relative_to(folder).as_posix(), is_read) for file, is_read in _walk(folder))
    return _readable(found, str(folder))


def _readable(found: Iterable[tuple[str, str, bool]], place: str) -> Iterator[tuple[str, str]]:
    """The files that can be read, and what they are called below their place; of the others one is told."""
    count, skipped = 0, 0
    first = None
    for file, below, is_read in found:
        if is_read:
            count += 1
            yield file, below
        elif not _tells_of_others(PurePosixPath(below)):
            skipped += 1
            first = first or file
    if skipped:
        _logger.warning("Skipped %d files in no format that is read, such as %s.", skipped, first)
    if not count:
        raise ArticleError(
            f"{place!r} holds no file of articles ({', '.join(SUFFIXES)}); name the folder of the articles.",
            place=place,
        )


def _walk(folder: Path) -> Iterator[tuple[Path, bool]]:
    """The files of a folder and of all below it, sorted by path, and whether they are read."""
    with naming_errors(str(folder)):
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    names = frozenset(entry.name for entry in entries)
    for entry in () if _GRAPH in names else entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name)
        elif entry.is_file():
            yield folder / entry.name, _is_article(entry.name, names)


def _is_article(path: str, paths: Collection[str]) -> bool:
    """Whether a file among others holds articles, and does not tell of the text beside it."""
    inner = PurePosixPath(inner_name(path))
    is_beside = inner.suffix.lower() == ".json" and str(inner.with_suffix(".txt")) in paths
    return inner.suffix.lower() in SUFFIXES and not is_beside


def _tells_of_others(file: PurePosixPath) -> bool:
    """Whether a file tells of the folder or of the text that it lies beside."""
    return file.name in _ABOUT or file.suffix.lower() == ".json"


def _matches(pattern: str) -> Iterator[tuple[str, str]]:
    """The files that fit a pattern, each once, and those below the folders that fit it."""
    root = Path(*itertools.takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts))
    files: dict[Path, bool] = {}
    for found in sorted(map(Path, glob.iglob(pattern, recursive=True))):  # noqa: PTH207
        if found.is_file():
            beside = found.with_suffix(".txt")
            files[found] = _is_article(str(found), {str(beside)} if beside.is_file() else ())
        elif "**" not in pattern:
            files |= dict(_walk(found))
    named = (
        (str(file), file.relative_to(root).as_posix(), is_read) for file, is_read in sorted(files.items())
    )
    yield from _readable(named, pattern)


def _remote_files(path: str) -> Iterator[tuple[str, str]]:
    """The files of a remote folder or pattern; or the file itself."""
    system, inner = remote_system(path)
    with naming_errors(path):
        if glob.has_magic(inner):
            details = system.glob(inner, detail=True)
            found = [name for name, about in details.items() if about.get("type") != "directory"]
        elif system.isdir(inner):
            found = system.find(inner)
        else:
            yield path, path
            return
    chain = "".join(path.partition("::")[1:])
    root = "/".join(itertools.takewhile(lambda part: not glob.has_magic(part), inner.split("/")))
    listed = frozenset(found)
    named = (
        (system.unstrip_protocol(name) + chain, name.removeprefix(root).strip("/"), _is_article(name, listed))
        for name in sorted(found, key=lambda name: name.split("/"))
    )
    yield from _readable((file for file in named if not _is_hidden(file[1])), path)


def _is_hidden(below: str) -> bool:
    return any(part.startswith(".") for part in below.split("/"))
