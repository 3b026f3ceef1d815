"""Runs the notebooks; `python -m tests.notebooks` writes their outputs anew.

A cell with the tag `no-output` keeps none: a drawing holds a whole library.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
_SECONDS = 120


def run(path: Path) -> Any:
    """The notebook, executed from top to bottom, with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=_SECONDS, resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook


def slim(notebook: Any) -> Any:
    """Without what differs between runs and what is too large to keep."""
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = {"tags": tags} if tags else {}
        if cell.cell_type == "code" and "no-output" in tags:
            cell.outputs = []
    return notebook


def main() -> None:
    """Writes the outputs of every notebook anew."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        nbformat.write(slim(run(path)), path)
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
