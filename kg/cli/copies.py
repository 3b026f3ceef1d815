"""The commands that make backups of graphs, and take graphs back from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from kg import terminal
from kg.cli.app import GraphPath, app
from kg.terminal import note, say

_SHOWN_FROM = 100_000_000
"""Bytes from which there is something to wait for, and so progress is shown."""
_PERCENT = 100


@app.command()
def backup(
    graph: GraphPath,
    target: Annotated[
        Path,
        typer.Argument(
            metavar="BACKUP",
            help="Folder to make, or file: .tar, .tar.gz, .tgz.",
            show_default=False,
        ),
    ],
    link: Annotated[
        bool,
        typer.Option("--link", help="Link files instead of copying them: quick, but on the same disk."),
    ] = False,
) -> None:
    """Copy a graph as it is now, also while it is served or built, with check sums, and read it again."""
    from kg.store.backups import back_up
    from kg.store.backups.copying import megabytes

    with _watching() as watch:
        done = back_up(graph, target, link=link, watch=watch)
    held, how = done.contents, "linked" if link else "copied"
    say(
        f"{target}: {held.articles} articles in {len(held.files)} files of {megabytes(held.bytes)}, {how} "
        f"and checked; it takes {megabytes(done.bytes)}."
    )
    if not done.contents.is_finished:
        note(
            f"{graph} was being written, or was left unfinished: these are the articles that it had; "
            "a graph that is restored from this is finished by `kg build` of the same articles."
        )


@app.command()
def restore(
    backup: Annotated[
        Path,
        typer.Argument(metavar="BACKUP", help="Folder or file that `kg backup` made.", show_default=False),
    ],
    graph: GraphPath,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a graph that is there, also a damaged one.")
    ] = False,
) -> None:
    """Make a folder the graph of a backup, whose check sums are checked before anything changes."""
    from kg.store.backups import restore as restore_from

    with _watching() as watch:
        contents = restore_from(backup, graph, replace=replace, watch=watch)
    say(f"{graph}: {contents.articles} articles restored from {backup}, made {contents.made}.")
    if not contents.is_finished:
        note(f"The graph was not finished then; `kg build ARTICLES -o {graph}` finishes it.")


@contextmanager
def _watching() -> Iterator[Callable[[int], Callable[[int], None]]]:
    """Gives a function that is told how many bytes there are to do, and gives that which shows progress."""
    with ExitStack() as shown:

        def watch(total: int) -> Callable[[int], None]:
            if total < _SHOWN_FROM:
                return lambda _: None
            return _counting(total, shown.enter_context(terminal.progress(_PERCENT, "percent")))

        yield watch


def _counting(total: int, tell: Callable[[str], None]) -> Callable[[int], None]:
    done, shown = 0, 0

    def more(size: int) -> None:
        nonlocal done, shown
        done += size
        while shown < min(done * _PERCENT // total, _PERCENT):
            shown += 1
            tell("")

    return more
