"""The commands about the ontology itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app, existing
from kg.terminal import say

ontology = typer.Typer(help="Check the ontology, and write its reference pages.", no_args_is_help=True)
app.add_typer(ontology, name="ontology")


Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE.ttl…]",
        help="Ontology files of your own; else those of the package.",
        callback=existing,
        show_default=False,
    ),
]


@ontology.command()
def check(
    files: Files = None,
    shapes: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.ttl", help="SHACL shapes that your terms should have.", show_default=False
        ),
    ] = None,
) -> None:
    """Check an ontology: is it OWL 2 RL, and has each term its label, definition, example, ends and shape."""
    from kg.reference import check_files

    existing([shapes] if shapes else None)
    found = check_files([Path(file) for file in files or []], shapes=Path(shapes) if shapes else None)
    for problem in found.problems:
        say(str(problem))
    names = ", ".join(path.name for path in found.files)
    count = len(found.problems)
    verdict = f"{count} problem{'' if count == 1 else 's'}" if count else "in OWL 2 RL, and no problems"
    say(f"{names}: {found.terms} terms, {verdict}.")
    if found.problems:
        raise typer.Exit(1)


@ontology.command()
def reference(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the pages.")],
    files: Files = None,
    format_: Annotated[str, typer.Option("--format", help="html or markdown")] = "html",
) -> None:
    """Write reference pages of the ontology: an index, and a page for each vocabulary."""
    from kg.reference.rendering import FORMATS, write_reference

    if format_ not in FORMATS:
        raise typer.BadParameter(f"There is no format {format_!r}; choose {' or '.join(FORMATS)}.")
    pages = write_reference(output, format_=format_, files=[Path(file) for file in files or []])
    say(f"{len(pages)} pages; open {pages[0]}.")
