"""How things look on the terminal: messages, tables, progress. What is said is for `cli` to know."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from kg.errors import ExportError

_WIDE = 200
"""Columns of a table that no terminal shows, so that little of it is cut."""
_SENTENCE = 60
"""Columns from which a cell is a sentence rather than a name."""
_GAP = 2
_NARROWEST = 8
_EVERY = 25
"""Articles between two lines of progress where there is no terminal; ten times as many from 1,000 on, …"""
_WINDOW = 60.0
"""Seconds over which the rate is taken: what is skipped at the start of a build goes faster than the rest."""
_HOUR, _MINUTE = 3600, 60
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def fail(message: str) -> None:
    """Says on standard error what went wrong."""
    _errors().print(Text.assemble(("Error: ", "bold red"), _clean(message)), soft_wrap=True)


def leave_out(message: str) -> None:
    """Says on standard error what could not be read, where the rest was."""
    _errors().print(Text.assemble(("Not read: ", "bold yellow"), _clean(message)), soft_wrap=True)


def note(message: str) -> None:
    """Says something on standard error, where it stands in the way of no output."""
    _errors().print(Text(_clean(message)), soft_wrap=True)


def heading(message: str) -> None:
    """Sets a line apart, on standard output."""
    _output().print(Text(f"\n{_clean(message)}", style="bold"), soft_wrap=True)


def say(message: str) -> None:
    """Says something on standard output."""
    _output().print(Text(_clean(message)), soft_wrap=True)


def show_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Shows rows on standard output; columns of sentences stand below their row.

    What articles say cannot steer the terminal.
    """
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(headings, *cells, strict=True)]
    short = [number for number, width in enumerate(widths) if width <= _SENTENCE]
    console = _output()
    columns = _fit([widths[number] for number in short], console.width)
    _show_row([headings[number] for number in short], columns, console, style="bold")
    if not cells:
        console.print(Text("(no rows)", style="dim"))
    for row in cells:
        _show_row([row[number] for number in short], columns, console)
        for number, text in enumerate(row):
            if number not in short and text:
                console.print(Padding(Text(text, style="dim"), (0, 0, 0, 4)))


def show_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    """Shows texts on standard output, each behind its heading, all texts in one column.

    What articles say cannot steer the terminal.
    """
    rows = [(_cell(name), _cell(text)) for name, text in pairs]
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in rows:
        grid.add_row(Text(name), Text(text))
    _output().print(grid)


def _cell(value: object) -> str:
    return " ".join(_clean("" if value is None else str(value)).split())


def _fit(widths: list[int], room: int) -> list[int]:
    """Narrows the widest columns, until all fit with a gap between each two."""
    fitted = list(widths)
    while fitted and sum(fitted) + _GAP * len(fitted) > room and max(fitted) > _NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _show_row(cells: Sequence[str], widths: Sequence[int], console: Console, style: str = "") -> None:
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    for width in widths:
        grid.add_column(width=width, overflow="fold")
    grid.add_row(*(Text(cell) for cell in cells), style=style)
    console.print(grid)


@contextmanager
def progress(total: int | None, what: str) -> Iterator[Callable[[str], None]]:
    """Gives a function to tell of each thing that is done: a bar on a terminal, else a line now and then.

    Both say how many are done in a second and, where the total is known, how long the rest will take.

    Args:
        total: How many there are; None where that is not known.
        what: What they are called, in the plural.
    """
    console = _errors()
    if console.is_terminal:
        yield from _bar(console, total, what)
    else:
        yield from _lines(total, what)


@contextmanager
def created(path: Path) -> Iterator[IO[bytes]]:
    """A file to write; it takes its name only when all is written, so that none is left half done.

    Raises:
        ExportError: The file cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise ExportError(
            f"{str(path)!r} cannot be written ({error.strerror}); name another file."
        ) from error
    finally:
        part.unlink(missing_ok=True)


class _Rate(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        """The rate over the last minute; nothing until there is one."""
        return Text("" if task.speed is None else f"{task.speed:,.1f} a second", style="dim")


def _bar(console: Console, total: int | None, what: str) -> Iterator[Callable[[str], None]]:
    columns = (
        *(SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TextColumn(what), _Rate()),
        *(TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn()),
    )
    with Progress(*columns, console=console, transient=True, speed_estimate_period=_WINDOW) as bar:
        task = bar.add_task(what, total=total)
        yield lambda _: bar.advance(task)


def _lines(total: int | None, what: str) -> Iterator[Callable[[str], None]]:
    done = 0
    times = [(time.monotonic(), 0)]

    def tell(_: str) -> None:
        nonlocal done
        done += 1
        if done % (_EVERY * 10 ** max(0, len(str(done)) - 3)) == 0 or done == total:
            now = time.monotonic()
            recent = [moment for moment in times if now - moment[0] <= _WINDOW]
            times[:] = [*(recent or times[-1:]), (now, done)]
            said = f"{done} of {total} {what}" if total else f"{done} {what}"
            note(said if done == total else said + _pace(times, total))

    yield tell


def _pace(times: Sequence[tuple[float, int]], total: int | None) -> str:
    """The rate between the first and the last time, and how long the rest takes; empty where too early."""
    (began, before), (now, done) = times[0], times[-1]
    if now - began < 1:
        return ""
    rate = (done - before) / (now - began)
    left = f", {_duration((total - done) / rate)} left" if total else ""
    return f", {rate:,.1f} a second{left}"


def _duration(seconds: float) -> str:
    """A length of time, no finer than it is known."""
    whole = round(seconds)
    if whole < 2 * _MINUTE:
        return f"{whole} s"
    if whole < 2 * _HOUR:
        return f"{round(whole / _MINUTE)} min"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"


def _clean(text: str) -> str:
    return _CONTROLS.sub("�", text)


def _errors() -> Console:
    return Console(file=sys.stderr, highlight=False)


def _output() -> Console:
    # Made anew each time: standard output may have been replaced since.
    width = None if sys.stdout.isatty() else _WIDE
    return Console(file=sys.stdout, highlight=False, width=width)
