"""What the program has is in the documentation, and what that names is in the program."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re

import pytest

import kg
from docs.building.commands import command_page, commands
from docs.building.docstrings import fenced
from docs.building.pages import kg_calls, read_pages
from docs.building.python_api import FIRST, PACKAGES
from docs.building.questions import question_page
from tests.conftest import ROOT
from tests.test_doctests import run

PAGES = read_pages(ROOT / "docs") if (ROOT / "docs").is_dir() else []
CODE = sorted((ROOT / "kg").rglob("*.py"))
INNER = {
    *("kg.actors.resolution", "kg.cli", "kg.language.clear", "kg.relations.states"),
    *("kg.partitions", "kg.store.results", "kg.store.snapshots"),
}
"""Packages that tell other packages what they offer, and nobody else."""
_VARIABLE = re.compile(r"\bKG_[A-Z]+(?:_[A-Z]+)*\b")
_MACHINE = re.compile(r"/(?:root|home|work)/\w|pypi\.org|pythonhosted|localhost:\d{5}")


def variables(text: str) -> set[str]:
    """The environment variables that Python code reads: those of ours, and literal names of `os.environ`."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _VARIABLE.fullmatch(node.value):
            found.add(node.value)
        if isinstance(node, ast.Subscript | ast.Call) and re.match(
            r"os\.(?:environ|getenv)", ast.unparse(node)
        ):
            literal = [part for part in ast.walk(node) if isinstance(part, ast.Constant)]
            found |= {part.value for part in literal if isinstance(part.value, str) and part.value.isupper()}
    return found


@pytest.mark.parametrize(
    "name",
    [*(f"docs.building.{part}" for part in ("commands", "pages", "python_api")), "tests.docs.examples"],
)
def test_examples_of_what_builds_the_site_run(name):
    assert run(name).failed == 0


def functions_of(name):
    """The functions that the page of a module shows."""
    module = importlib.import_module(name)
    own = [key for key, value in vars(module).items() if getattr(value, "__module__", None) == name]
    shown = getattr(module, "__all__", None) or [key for key in own if not key.startswith("_")]
    return [found for key in shown if inspect.isfunction(inspect.unwrap(found := getattr(module, key)))]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_public_function_has_an_example(name):
    assert [one.__qualname__ for one in functions_of(name) if ">>>" not in one.__doc__] == []


def test_environment_variables_of_the_code_are_those_of_the_page():
    read = {name for path in CODE for name in variables(path.read_text("utf-8"))}
    page = (ROOT / "docs" / "reference" / "configuration.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \| `kg ", page, re.MULTILINE)) == read


def test_pages_name_no_other_variable():
    read = {name for path in CODE for name in variables(path.read_text("utf-8"))}
    assert {name for page in PAGES for name in _VARIABLE.findall(page.text)} <= read


@pytest.mark.parametrize(
    ("code", "names"),
    [("TOKEN = 'KG_TOKEN'", {"KG_TOKEN"}), ("os.environ.get('HOME')", {"HOME"}), ("x = 'not KG_IT'", set())],
)
def test_variables_of_code_are_found(code, names):
    assert variables(code) == names


def test_every_command_is_shown_at_work():
    shown = {name for page in PAGES for name in page.commands}
    assert [one.name for one in commands()[1:] if not one.is_group and one.name not in shown] == []


def test_page_of_commands_has_every_option_with_its_help():
    page = " ".join(command_page({}).replace(r"\|", "|").replace("&lt;", "<").split())
    for one in commands()[1:]:
        for option in (p for p in one.parameters if p.param_type_name == "option"):
            assert re.sub(r"\s*\[default[^\]]*\]", "", option.help).strip() in page, (one.name, option.name)


def test_defaults_of_the_machine_are_not_told():
    assert "default here" not in command_page({})
    assert "| `127.0.0.1` |" in command_page({})
    assert "| `2G` |" in command_page({})


@pytest.mark.slow
def test_packages_that_say_what_they_offer_are_in_the_reference():
    packages = [module.name for module in pkgutil.walk_packages(kg.__path__, "kg.") if module.ispkg]
    public = {
        name
        for name in packages
        if "training" not in name and hasattr(importlib.import_module(name), "__all__")
    }
    assert public - set(PACKAGES) == INNER
    assert set(FIRST) == set(kg.__all__)


def test_page_of_questions_runs_each():
    assert all(f"kg query graph/ {name}" in question_page() for name in ("who-met-whom", "evidence-for-edge"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.path))
def test_page_has_one_title_and_begins_with_a_paragraph(page):
    text = re.sub(r"^---\n.*?\n---\n", "", page.text, flags=re.DOTALL)
    without = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"^# ", without, re.MULTILINE)) == 1
    assert re.match(r"\s*# .+\n\n[^\n#|!<`-]|\s*# .+\n\n`kg`", text), (
        "first say which question the page answers"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.path))
def test_page_names_no_machine_and_no_package_index(page):
    assert _MACHINE.findall(page.text) == []


def test_calls_are_taken_out_of_a_command_line():
    assert kg_calls("cat a | kg build - -o g && kg info g") == [
        ["kg", "build", "-", "-o", "g"],
        ["kg", "info", "g"],
    ]


def test_examples_of_docstrings_are_fenced_once():
    assert fenced("A.\n\n    >>> 1  # doctest: +SKIP\n    1\n\nB.").split("\n")[2:6] == [
        "    ```pycon",
        "    >>> 1",
        "    1",
        "    ```",
    ]
    assert fenced("no example") == "no example"
