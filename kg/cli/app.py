"""What the commands share: the application, the kinds of their arguments, and plain output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.articles import ReadingOptions
    from kg.articles.urls import WebOptions

app = typer.Typer(
    help="News articles in, a knowledge graph of actors and relations out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def existing(paths: list[str] | None) -> list[str] | None:
    """The paths, if each is there.

    Raises:
        typer.BadParameter: One is not.
    """
    missing = [path for path in paths or [] if path != "-" and not Path(path).exists()]
    if missing:
        raise typer.BadParameter(f"There is no file or folder {missing[0]!r}; check the path.")
    return paths


def existing_articles(paths: list[str]) -> list[str]:
    """The paths of articles, if each of those on this machine is there; some file fits a pattern.

    Raises:
        typer.BadParameter: One is not.
    """
    from kg.articles import check_paths
    from kg.errors import ArticleError

    try:
        check_paths(paths)
    except ArticleError as error:
        raise typer.BadParameter(str(error)) from error
    return paths


def existing_one(path: str) -> str:
    """The path, if it is there.

    Raises:
        typer.BadParameter: It is not.
    """
    existing([path])
    return path


GraphPath = Annotated[Path, typer.Argument(metavar="GRAPH", help="Folder of the graph.", show_default=False)]
Articles = Annotated[
    list[str],
    typer.Argument(
        metavar="ARTICLES…",
        help="Files (text, JSON Lines, pages, tables, WARC …), folders, patterns in quotes, URLs, or - for "
        "standard input.",
        callback=existing_articles,
        show_default=False,
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="NAME=COLUMN",
        help="Column of tables, or key of JSON, for text, id, date, title, source, url …: text=body.",
        show_default=False,
    ),
]
InputFormat = Annotated[
    str | None,
    typer.Option(
        "--input-format",
        metavar="FORMAT",
        help="text, jsonl, json, html, mail, csv, parquet, feed, warc; found by itself if not given.",
        show_default=False,
    ),
]
Pipeline = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Another spaCy pipeline for English: an installed package such as en_core_web_trf, or a folder.",
        show_default=False,
    ),
]
Ontology = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.ttl",
        help="Turtle file with properties, classes and lexical forms of your own; see ontology/examples.",
        show_default=False,
    ),
]
OwnActors = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Actors of your own (.csv, .ttl), which win over ours.", show_default=False
    ),
]
OwnJudgements = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Your judgements of who is one with whom (.csv: one,other,verdict,reason; or RDF), which win.",
        show_default=False,
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(min=0, max=1, help="Leave out relations less sure than this.", show_default=False),
]
SkipOtherLanguages = Annotated[
    bool, typer.Option("--skip-other-languages", help="Leave out and count what is not in English.")
]
NoPages = Annotated[
    bool, typer.Option("--no-pages", help="Take summaries where a feed has no more; fetch no pages.")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from this machine and local networks too.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")]


def web_options(*, allow_private: bool, follows_links: bool) -> WebOptions | None:
    """How addresses are read; None for the usual limits, which loads nothing that fetches."""
    if follows_links and not allow_private:
        return None
    from kg.articles.fetching import FetchLimits
    from kg.articles.urls import WebOptions

    return WebOptions(limits=FetchLimits(allow_private=allow_private), follows_links=follows_links)


def reading_options(
    columns: list[str] | None,
    input_format: str | None,
    *,
    allow_private: bool = False,
    follows_links: bool = True,
) -> ReadingOptions:
    """How articles are read, as `--column`, `--input-format`, `--allow-private` and `--no-pages` ask.

    Raises:
        typer.BadParameter: One of them says nothing that there is.
    """
    from kg.articles import Format, ReadingOptions
    from kg.articles.options import parse_columns
    from kg.errors import ArticleError

    try:
        format = Format(input_format) if input_format else None
        return ReadingOptions(
            columns=parse_columns(columns or []),
            format=format,
            web=web_options(allow_private=allow_private, follows_links=follows_links),
        )
    except ArticleError as error:
        raise typer.BadParameter(str(error)) from error
    except ValueError as error:
        raise typer.BadParameter(
            f"There is no format {input_format!r}; choose one of {', '.join(Format)}."
        ) from error


def tell_dropped(graph: Path) -> str:
    """Says that what was inferred went with a change, and how to have it anew."""
    return f"What had been inferred is gone, since the graph has changed; `kg infer {graph}` infers anew."


def say_plain(text: str) -> None:
    """Writes text to standard output as it is, for other programs."""
    sys.stdout.write(text)
