"""Every example of the documentation runs, and prints what the page shows."""

from __future__ import annotations

import shlex

import pytest

from docs.building.commands import commands
from docs.building.pages import SHELL, Block, Reading, command_of, read_pages
from tests.conftest import ROOT
from tests.docs.examples import CHANGED, FAILS, NOT_RUN, SERVED, WIDTH, Stage, fits, run_page

PAGES = read_pages(ROOT / "docs") if (ROOT / "docs").is_dir() else []
README = (
    Reading(ROOT / "README.md", (ROOT / "README.md").read_text("utf-8"))
    if (ROOT / "README.md").is_file()
    else None
)
RUN = frozenset({*SHELL, "python", "pycon"})
COMMANDS = {one.name: one for one in commands()}


def told(page: Reading) -> list[Block]:
    return [block for block in page.blocks if block.language in RUN]


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("page", [page for page in PAGES if told(page)], ids=lambda page: str(page.path))
def test_examples_run_and_print_what_the_page_shows(page, sample_graph, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.terminal._WIDE", WIDTH)
    stage = Stage.of(tmp_path, sample_graph)
    monkeypatch.chdir(tmp_path)
    assert run_page(page, stage) == []


def refused(words: list[str]) -> str | None:
    """What is wrong with a call of `kg`: a command, option or number of arguments that there is not."""
    name = command_of(words)
    if not name:
        return None if words[1:] in ([], ["--help"]) else f"{words[1]!r} is no command"
    if name not in COMMANDS:
        return f"there is no command {name!r}"
    command = COMMANDS[name]
    told = (word.strip("[]") for word in words[len(command.path) :])  # brackets: what may be left out
    arguments = [word for word in told if word not in {"", "…", "--help"}]
    try:
        command.command.make_parser(command.context()).parse_args(args=arguments)
    except Exception as error:  # noqa: BLE001  # Click's own, or that which typer brings
        return f"{shlex.join(words)}: {error}"
    return None


@pytest.mark.parametrize("page", [*PAGES, *([README] if README else [])], ids=lambda page: page.path.name)
def test_commands_of_a_page_are_there_with_their_options(page):
    assert [problem for call in page.calls if (problem := refused(call))] == []


def test_calls_are_found_in_fences_and_in_what_is_indented():
    text = "# A\n\n    kg info g/  # counts\n    kg view g/ \\\n        --top 3\n\n```sh\nkg verify g/\n```\n"
    found = [" ".join(words) for words in Reading(README, text).calls]
    assert found == ["kg verify g/", "kg info g/", "kg view g/ --top 3"]


@pytest.mark.parametrize(
    "line", ["kg bild a -o b", "kg build a --out b", "kg ontology chek", "kg view g --top"]
)
def test_commands_that_are_not_there_are_refused(line):
    assert refused(line.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.path))
def test_markers_are_known_and_say_why(page):
    known = {"", SERVED, CHANGED, FAILS}
    odd = [
        one.marker for one in page.blocks if one.marker not in known and not one.marker.startswith(NOT_RUN)
    ]
    assert odd == []
    assert [
        one.line for one in page.blocks if one.marker.startswith(NOT_RUN) and one.language not in RUN
    ] == []


@pytest.mark.parametrize(
    ("shown", "printed", "is_so"),
    [
        ("a  b", "a b\n", True),
        ("a … d", "a b\nc d", True),
        ("…", "", True),
        ("a b", "a c", False),
        ("a", "a b", False),
    ],
)
def test_what_is_shown_fits_what_is_printed(shown, printed, is_so):
    assert fits(shown, printed) is is_so
