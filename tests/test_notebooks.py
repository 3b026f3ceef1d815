"""Each notebook runs from top to bottom, shows what its file holds, and is small."""

import json

import nbformat
import pytest

from tests.notebooks import FOLDER, run, slim, texts

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LARGEST = 200_000
FIVE = ["01", "02", "03", "04", "05"]


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_and_shows_what_its_file_holds(path):
    ran = slim(run(path))
    assert all(cell.execution_count for cell in ran.cells if cell.cell_type == "code")
    assert texts(ran) == texts(nbformat.read(path, as_version=4)), "run `make notebooks`"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_small_and_has_outputs(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert path.stat().st_size < LARGEST
    assert all(cell["outputs"] or not _shows(cell) for cell in cells if cell["cell_type"] == "code")
    assert cells[0]["cell_type"] == "markdown"
    assert cells[0]["source"][0].startswith("# ")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_hold_nothing_of_the_machine_that_ran_them(path):
    outputs = json.dumps([cell.get("outputs") for cell in json.loads(path.read_text("utf-8"))["cells"]])
    assert not [sign for sign in ("/tmp", "/home", "/root", " at 0x", "stderr") if sign in outputs]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_links_between_notebooks_lead_somewhere(path):
    text = "".join(cell["source"] for cell in nbformat.read(path, as_version=4).cells)
    named = {part.partition(")")[0] for part in text.split("](")[1:]}
    assert [link for link in named if not (FOLDER / link).exists()] == []


def test_notebooks_are_five():
    assert [path.name[:2] for path in NOTEBOOKS] == FIVE


def _shows(cell):
    """Whether the last line of a cell is a value, and its output is kept."""
    last = "".join(cell["source"]).rstrip().splitlines()[-1]
    return "no-output" not in cell["metadata"].get("tags", []) and last.isidentifier()
