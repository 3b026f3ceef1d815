"""Writes the outputs anew that pages show of their examples: `python -m tests.docs.renew docs/view.md …`.

What fits stays, and so does what is shortened with `…`; without names of pages all are done.
"""

from __future__ import annotations

import contextlib
import re
import sys
import tempfile
from pathlib import Path

from docs.building.pages import Block, Reading, read_pages
from kg import terminal
from kg.articles import samples_folder
from kg.builder import build_graph
from tests.conftest import ROOT
from tests.docs.examples import WIDTH, Stage, fits, ran_blocks

_COST = re.compile(r"in [\d.]+ s \([\d,]+ a second\), at most \d+ MB")
"""What differs between runs."""


def renew(page: Reading, stage: Stage) -> str:
    """The text of a page with outputs that were printed just now."""
    text = page.text
    for block, ran in ran_blocks(page, stage):
        if any(shown is not None and not fits(shown, printed) for _, shown, printed in ran):
            before = block.output or block.text
            text = text.replace(before, ran[0][2] if block.output else _written(block, ran), 1)
    return text


def _written(block: Block, ran: list[tuple[str, str | None, str]]) -> str:
    text = block.text
    for command, shown, printed in ran:
        if shown is None or fits(shown, printed):
            continue
        kept = "\n".join(line.rstrip() for line in printed.rstrip().splitlines())
        kept = _COST.sub("in … s (… a second), at most … MB", kept)
        text = text.replace(shown.rstrip("\n"), kept, 1)
        if "…" in shown and "…" not in kept:
            print(f"Shorten anew what `{command.strip()}` prints: {block.line}.", file=sys.stderr)  # noqa: T201
    return text


def main(names: list[str]) -> None:
    """Does it for some pages, or all."""
    terminal._WIDE = WIDTH
    pages = [page for page in read_pages(ROOT / "docs") if not names or f"docs/{page.path}" in names]
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "built"
        build_graph([samples_folder()], graph)
        for number, page in enumerate(pages):
            stage_folder = Path(folder) / str(number)
            stage_folder.mkdir()
            stage = Stage.of(stage_folder, graph)
            try:
                with contextlib.chdir(stage_folder):
                    text = renew(page, stage)
            except AssertionError as error:
                sys.exit(f"{page.path}: {error}")
            (ROOT / "docs" / page.path).write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
