"""Where the files of the ontology and the registry are, and what they say, not yet interpreted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import VocabularyError

Values: TypeAlias = dict[str, list[tuple[str, bool]]]
"""Objects by predicate, each with whether it is a literal; blank nodes count as IRIs."""
Index: TypeAlias = dict[str, Values]
"""What is said of each subject, in the order of the text."""
_APART = frozenset({"cameo.ttl", "shapes.ttl"})
"""Files of the folder that do not define what is extracted, each with a reader of its own."""


def ontology_folder() -> Path:
    """The folder of the ontology: the packaged copy, else that of the checkout.

    >>> (ontology_folder() / "kg.ttl").is_file()
    True

    Raises:
        VocabularyError: Neither is there.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "ontology", package.parent / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder
    raise VocabularyError(f"No ontology was found in {package}; install the package again.")


def ontology_files(extra: Path | None = None, *, actors: bool = True) -> list[Path]:
    """The Turtle files that define the vocabulary, without shapes and event codes; `extra` comes last.

    >>> ontology_files(actors=False)[0].name
    'kg.ttl'
    """
    folder = ontology_folder()
    files = sorted(path for path in folder.glob("*.ttl") if path.name not in _APART)
    if actors:
        files += sorted(folder.glob("actors/*.ttl"))
    return [*files, extra] if extra else files


def stamp(file: Path | None) -> tuple[int, int] | None:
    """What changes with a file, so that what was read of it is kept only as long; None where there is none.

    >>> stamp(None)
    """
    try:
        found = file.stat() if file is not None else None
    except OSError:
        return None
    return None if found is None else (found.st_mtime_ns, found.st_size)


def own_prefixes(file: Path | None) -> dict[str, str]:
    """The prefixes that a user's Turtle file declares; none of None.

    Raises:
        VocabularyError: The file cannot be read, or is not Turtle.

    >>> own_prefixes(None)
    {}
    """
    if file is None:
        return {}
    try:
        parser = ox.parse(path=file, format=ox.RdfFormat.TURTLE)
        for _ in parser:
            pass
    except (SyntaxError, OSError) as error:
        raise VocabularyError(f"The ontology file {file} cannot be read: {error}.") from error
    return {name: iri for name, iri in parser.prefixes.items() if name}


def index_files(paths: Iterable[Path]) -> Index:
    """What the Turtle files say, by subject and predicate.

    Raises:
        VocabularyError: A file cannot be read, or is not Turtle.
    """
    index: Index = {}
    for path in paths:
        for quad in _parsed(path):
            term = quad.object
            if isinstance(term, ox.Triple) or isinstance(quad.subject, ox.Triple):
                continue
            values = index.setdefault(quad.subject.value, {})
            values.setdefault(quad.predicate.value, []).append((term.value, isinstance(term, ox.Literal)))
    return index


def _parsed(path: Path) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise VocabularyError(f"{path}, line {error.lineno}: {error.msg}; correct the Turtle.") from error
    except OSError as error:
        raise VocabularyError(f"The ontology file {path} cannot be read: {error}.") from error
