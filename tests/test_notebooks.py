"""Each notebook runs from top to bottom, and is small."""

import json

import pytest

from tests.notebooks import FOLDER, run

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LARGEST = 200_000


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path):
    notebook = run(path)
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_small_and_has_outputs(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert path.stat().st_size < LARGEST
    assert any(cell.get("outputs") for cell in cells)
    assert cells[0]["cell_type"] == "markdown"
