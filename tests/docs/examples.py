"""Runs the examples of a page; `python -m tests.docs.renew PAGES` writes their outputs anew.

A page is run from top to bottom in a folder of its own that holds the sample articles as `articles/` and
their graph as `graph/`. What a comment before a block says to the tests:

| `<!-- example: … -->` | |
| --- | --- |
| `with a server` | a server of `graph/` answers at the port that the page names |
| `with a server that takes changes` | the same, with the token that stands in the file `token` |
| `fails` | the commands say what is wrong, and end with 1 or 2 |
| `not run: …` | it needs what a test has not; the commands of `kg` in it are only taken apart |
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from docs.building.pages import SHELL, Block, Reading, kg_calls
from kg.__main__ import main
from kg.articles import samples_folder
from tests.conftest import ROOT

TOKEN = "0123456789abcdef-of-the-examples"
NOT_RUN = "not run: "
SERVED, CHANGED, FAILS = "with a server", "with a server that takes changes", "fails"
WIDTH = 120
"""Columns of the terminal that the pages show."""
_ADDRESS = re.compile(r"(?:localhost|127\.0\.0\.1):8000")
_META = re.compile(r"[|&;<>$`*?()\n]")
_SECONDS = 60


@dataclass
class Stage:
    """The folder in which a page is run, and what its Python has named."""

    folder: Path
    address: str = ""
    """Host and port of the server that answers, while one does."""
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "example"})

    @classmethod
    def of(cls, folder: Path, graph: Path) -> Stage:
        """A fresh one."""
        shutil.copytree(graph, folder / "graph")
        shutil.copytree(samples_folder(), folder / "articles", ignore=shutil.ignore_patterns("README.md"))
        (folder / "token").write_text(TOKEN)
        shim = folder / ".bin" / "kg"
        shim.parent.mkdir()
        shim.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m kg "$@"\n')
        shim.chmod(0o700)
        return cls(folder)

    def run(self, block: Block) -> list[tuple[str, str | None, str]]:
        """What each command of a block prints, beside it and what the page shows.

        Raises:
            AssertionError: A command ends otherwise than the page says.
        """
        if block.file:
            (self.folder / block.file).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / block.file).write_text(block.text, "utf-8")
        if block.marker.startswith(NOT_RUN):
            return []
        if block.language == "python" and not block.file:
            return [("python", block.output, self._script(block))]
        if block.language == "pycon":
            return self._session(block)
        if block.language not in SHELL or block.file:
            return []
        return [(line, shown, self._command(line, fails=block.marker == FAILS)) for line, shown in block.told]

    def _script(self, block: Block) -> str:
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(self._with_address(block.text), f"line {block.line}", "exec"), self.names)
        return self._without_address(out.getvalue())

    def _session(self, block: Block) -> list[tuple[str, str | None, str]]:
        answers = []
        for example in doctest.DocTestParser().get_examples(self._with_address(block.text)):
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(example.source, f"line {block.line + example.lineno + 1}", "single"), self.names)
            answers.append((example.source, example.want or None, self._without_address(out.getvalue())))
        return answers

    def _command(self, line: str, *, fails: bool) -> str:
        here = self._with_address(line)
        calls = kg_calls(here)
        inside = len(calls) == 1 and line.startswith("kg ") and not _META.search(_without_quoted(line))
        code, out = self._inside(calls[0][1:]) if inside else self._outside(here)
        assert (code != 0) is fails, f"{line}\nended with {code}:\n{out}"
        return self._without_address(out)

    def _inside(self, arguments: list[str]) -> tuple[int, str]:
        """Runs `kg` within this process, which is ten times as fast."""
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = main(arguments)
        out.flush()
        return code, out.buffer.getvalue().decode()

    def _outside(self, line: str) -> tuple[int, str]:
        path = os.pathsep.join(
            [str(self.folder / ".bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
        )
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
            env=kept | {"PATH": path},
        )
        return done.returncode, done.stdout.decode()

    def _with_address(self, text: str) -> str:
        return _ADDRESS.sub(self.address, text) if self.address else text

    def _without_address(self, text: str) -> str:
        return text.replace(self.address, "localhost:8000") if self.address else text


@contextlib.contextmanager
def server(stage: Stage, marker: str) -> Iterator[None]:
    """Serves the stage's graph while a block runs that wants it."""
    from kg.server import Settings, background

    if marker not in {SERVED, CHANGED}:
        yield
        return
    writes = marker == CHANGED
    settings = Settings(
        graph=stage.folder / "graph", port=0, workers=1, is_writable=writes, token=TOKEN if writes else None
    )
    with background(settings) as url:
        stage.address = url.removeprefix("http://").rstrip("/")
        yield
    stage.address = ""


def fits(shown: str, printed: str) -> bool:
    """Whether a page shows what was printed: `…` stands for anything, and runs of spaces for each other.

    >>> fits("3 …  rows\\n…", "3 new rows\\nand more"), fits("3 rows", "4 rows")
    (True, False)
    """
    parts = [re.escape(part) for part in re.split(r"\s*…\s*", " ".join(_plain(shown).split()))]
    return re.fullmatch(r"[\s\S]*?".join(parts), " ".join(_plain(printed).split())) is not None


def _plain(text: str) -> str:
    return _ADDRESS.sub("localhost:8000", text)


def _without_quoted(line: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"$`]*\"", "", line)


def ran_blocks(page: Reading, stage: Stage) -> Iterator[tuple[Block, list[tuple[str, str | None, str]]]]:
    """What the blocks of a page print, in order; one server answers all that stand together and want it."""
    wanting = (SERVED, CHANGED)
    for marker, blocks in groupby(
        page.blocks, key=lambda block: block.marker if block.marker in wanting else ""
    ):
        with server(stage, marker):
            yield from ((block, stage.run(block)) for block in blocks)


def run_page(page: Reading, stage: Stage) -> list[str]:
    """What is wrong with the examples of a page; the current folder is the stage's."""
    return [
        f"{page.path}:{block.line}: {command}\nprints\n{printed}\nnot\n{shown}"
        for block, ran in ran_blocks(page, stage)
        for command, shown, printed in ran
        if shown is not None and not fits(shown, printed)
    ]
