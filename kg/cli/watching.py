"""The command that watches feeds."""

from __future__ import annotations

import datetime
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import (
    AllowPrivate,
    MinConfidence,
    NoPages,
    Ontology,
    OwnActors,
    Pipeline,
    SkipOtherLanguages,
    app,
)
from kg.terminal import note, say

if TYPE_CHECKING:
    from kg.watching import WatchReport

_TIME = re.compile(r"(\d+(?:\.\d+)?) *([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def seconds_of(text: str | float) -> float:
    """Seconds of a time such as `15m`.

    Raises:
        typer.BadParameter: It is none.

    >>> [seconds_of(text) for text in ("15m", "1.5h", "90")]
    [900.0, 5400.0, 90.0]
    """
    found = _TIME.fullmatch(str(text).strip().lower())
    if found is None:
        raise typer.BadParameter(f"{text!r} is no time; write it as 15m, 1h, 1d, or in seconds.")
    return float(found[1]) * _SECONDS[found[2]]


@app.command()
def watch(
    feeds: Annotated[
        list[str],
        typer.Argument(
            metavar="FEEDS…",
            help="Addresses of feeds (RSS, Atom, JSON Feed), or files that list them (OPML, or one a line).",
            show_default=False,
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="GRAPH", help="Folder of the graph.")],
    every: Annotated[
        float,
        typer.Option(
            parser=seconds_of,
            metavar="TIME",
            help="How often each feed is asked, unless it asks for less.  [default: 15m]",
            show_default=False,
        ),
    ] = 900.0,
    once: Annotated[bool, typer.Option("--once", help="Ask each feed once and end, as for cron.")] = False,
    no_pages: NoPages = False,
    allow_private: AllowPrivate = False,
    pipeline: Pipeline = None,
    min_confidence: MinConfidence = None,
    skip_other_languages: SkipOtherLanguages = False,
    ontology: Ontology = None,
    actors: OwnActors = None,
) -> None:
    """Watch feeds and add what is new to a graph, until Ctrl-C; another run goes on where it was.

    Feeds are asked politely: only for what has changed, and no more often than they wish. docs/watching.md
    tells how.
    """
    from kg.articles.fetching import FetchLimits
    from kg.articles.urls import WebOptions
    from kg.builder import BuildOptions
    from kg.watching import Watcher, WatchOptions, named_feeds

    with _as_usage():
        options = WatchOptions(
            every=every,
            web=WebOptions(limits=FetchLimits(allow_private=allow_private), follows_links=not no_pages),
            build=BuildOptions(
                pipeline=pipeline,
                min_confidence=min_confidence,
                skip_other_languages=skip_other_languages,
                ontology=ontology,
                actors=actors,
            ),
        )
        watcher = Watcher(named_feeds(feeds), output, options=options, tell=_tell)
    with _stopping(watcher.stop):
        report = watcher.run(once=once)
    _report(report, output)
    if once and report.failed:
        raise typer.Exit(1)


@contextmanager
def _as_usage() -> Iterator[None]:
    """Turns what is wrong with the options into wrong use of the command."""
    from kg.errors import ArticleError

    try:
        yield
    except ArticleError as error:
        raise typer.BadParameter(str(error)) from error


def _tell(line: str) -> None:
    note(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M:%S} {line}")


def _report(report: WatchReport, output: Path) -> None:
    stored = report.stored
    replaced = f", {stored.replaced} replaced" if stored.replaced else ""
    skipped = f", {stored.skipped} in other languages skipped" if stored.skipped else ""
    failed = f" ({report.failed} failed)" if report.failed else ""
    problems = f", {stored.problems} problems" if stored.problems else ""
    asked = f"feeds were asked {report.asked} times{failed}"
    say(f"{output}: {stored.added} articles added{replaced}{skipped}{problems}; {asked}.")


@contextmanager
def _stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Has the first Ctrl-C or SIGTERM stop the work cleanly; a second ends it at once."""

    def ask(number: int, _: FrameType | None) -> None:
        for one, handler in before.items():
            signal.signal(one, handler)
        note("Stopping when the article at hand is done; once more ends at once.")
        stop()

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, ask)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
