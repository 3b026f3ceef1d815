"""Writes the reference pages, as HTML that needs nothing else or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExportError
from kg.reference.competency import CompetencyQuestion, competency_questions
from kg.reference.facts import Link
from kg.reference.pages import Branch, Vocabulary, read_vocabularies

if TYPE_CHECKING:
    from jinja2 import Environment

FORMATS = {"html": "html", "markdown": "md"}
"""The formats with the endings of their files."""
_INDEX = {"html": "index", "markdown": "README"}
_TEMPLATES = Path(__file__).parent / "templates"
_SHOWN = 12
"""Lexical forms that Markdown gives of a kind; HTML folds away those above it."""
_LINKS = 24
"""Terms that Markdown gives under a heading."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def write_reference(folder: Path, *, format_: str = "html", files: Sequence[Path] = ()) -> list[Path]:
    """Writes an index and a page for each vocabulary; gives the files, the index first.

    The same ontology gives the same bytes. The anchor of a term is its name, so that `…/ontology#meets` leads
    to it where the page stands at the vocabulary's IRI.

    Args:
        folder: Where to write; made if it is not there.
        format_: `html` or `markdown`.
        files: Turtle files of vocabularies; none for those of the package.

    Raises:
        ExportError: There is no such format, or the folder cannot be written.
        VocabularyError: A file cannot be read, or is not Turtle.

    >>> [file.name for file in write_reference(Path("pages"), format_="markdown")][:2]
    ['README.md', 'ontology.md']
    """
    if format_ not in FORMATS:
        raise ExportError(f"There is no format {format_!r} of reference pages; choose html or markdown.")
    questions = [] if files else competency_questions()
    pages = render_reference(read_vocabularies(files), format_, questions=questions)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ExportError(
            f"The pages cannot be written to {str(folder)!r} ({error.strerror}); name another folder."
        ) from error
    return [folder / name for name in pages]


def render_reference(
    vocabularies: Sequence[Vocabulary], format_: str, *, questions: Sequence[CompetencyQuestion] = ()
) -> dict[str, str]:
    """The pages by the names of their files, the index first, which tells the competency questions.

    >>> list(render_reference([], "markdown"))
    ['README.md']
    """
    ending = FORMATS[format_]
    environment = _environment(ending)
    index = f"{_INDEX[format_]}.{ending}"
    shared: dict[str, object] = {
        "vocabularies": vocabularies,
        "index": index,
        "most": _SHOWN,
        "most_links": _LINKS,
        "questions": questions,
    }
    pages = {index: environment.get_template(f"index.{ending}").render(shared)}
    for vocabulary in vocabularies:
        text = environment.get_template(f"page.{ending}").render(shared, vocabulary=vocabulary)
        pages[f"{vocabulary.name}.{ending}"] = text
    return pages


def _environment(ending: str) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    environment = Environment(  # Markdown has its own filter for what is special in it
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain_markdown
    environment.filters["href"] = lambda link: address(link, ending)
    environment.filters["tree"] = lambda branches: tree_lines(branches, ending)
    environment.filters["listed"] = listed
    return environment


def address(link: Link, ending: str) -> str:
    """Where a link leads from a page with some ending.

    >>> address(Link("plover:AID", "plover#AID"), "html")
    'plover.html#AID'
    """
    page, mark, anchor = link.href.partition("#")
    return f"{page}.{ending}#{anchor}" if mark and page and ":" not in page else link.href


def plain_markdown(text: str) -> str:
    r"""Text with what is special in Markdown escaped.

    >>> plain_markdown("a_b <c>")
    'a\\_b \\<c\\>'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def listed(texts: Sequence[str], most: int) -> str:
    """Texts in a row; those beyond some number are counted.

    >>> listed(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    more = len(texts) - most
    return ", ".join(texts) if more <= 0 else f"{', '.join(texts[:most])} and {more} more"


def tree_lines(branches: Sequence[Branch], ending: str, depth: int = 0) -> str:
    """A hierarchy as a nested list of Markdown."""
    lines = []
    for branch in branches:
        lines.append(f"{'  ' * depth}- [`{branch.link.text}`]({address(branch.link, ending)})\n")
        lines.append(tree_lines(branch.below, ending, depth + 1))
    return "".join(lines)
