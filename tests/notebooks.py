"""Runs the notebooks; `python -m tests.notebooks` writes their outputs anew.

The same articles and the same libraries give the same file, to the byte. A cell with the tag `no-output`
keeps none: a drawing holds a whole library.
"""

from __future__ import annotations

import base64
import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
_SECONDS = 120
_COLOURS = 128
"""Of a plot, which hardly has more: its file is a third as large."""
_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def run(path: Path) -> Any:
    """The notebook, executed from top to bottom, with its outputs."""
    # The kernel shall read this copy of the package, not one that is installed.
    paths = filter(None, (str(FOLDER.parent), os.environ.get("PYTHONPATH")))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=_SECONDS, resources={"metadata": {"path": str(path.parent)}})
    client.execute(env=environment)
    return notebook


def slim(notebook: Any) -> Any:
    """Without what differs between runs and what is too large to keep."""
    notebook.metadata = {"kernelspec": _KERNEL}
    for number, cell in enumerate(notebook.cells):
        tags = cell.metadata.get("tags", [])
        cell.id, cell.metadata = f"cell-{number}", {"tags": tags} if tags else {}
        if cell.cell_type == "code":
            cell.outputs = [] if "no-output" in tags else _joined(_smaller(output) for output in cell.outputs)
    return notebook


def texts(notebook: Any) -> list[list[tuple[str, str]]]:
    """What each code cell shows as text and HTML; pictures differ by the fonts of a machine."""
    return [
        [one for output in cell.outputs for one in _texts(output)]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def _texts(output: Any) -> list[tuple[str, str]]:
    if output.output_type == "stream":
        return [(output.name, output.text)]
    return sorted(item for item in output.get("data", {}).items() if item[0].startswith("text/"))


def _joined(outputs: Iterable[Any]) -> list[Any]:
    """What is written in a row as one: a kernel sends it whenever some time has passed."""
    joined: list[Any] = []
    for output in outputs:
        if output.output_type == "stream" and joined and joined[-1].get("name") == output.name:
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def _smaller(output: Any) -> Any:
    encoded = output.get("data", {}).get("image/png")
    if encoded:
        from PIL import Image  # which comes with matplotlib, and so with any plot

        image = Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGB").quantize(_COLOURS)
        written = io.BytesIO()
        image.save(written, "png", optimize=True)
        output.data["image/png"] = base64.b64encode(written.getvalue()).decode()
    return output


def main() -> None:
    """Writes the outputs of every notebook anew."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        nbformat.write(slim(run(path)), path)
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
