"""Tests of what `--help` tells."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import typer

from kg.cli import app
from kg.errors import StoreError
from kg.rdf.validation import validate

_COMMANDS = sorted(typer.main.get_command(app).commands.items())  # type: ignore[attr-defined]  # it is a group


@pytest.mark.parametrize(("name", "command"), _COMMANDS, ids=[name for name, _ in _COMMANDS])
def test_every_option_of_a_command_has_a_help_text(name: str, command: typer.core.TyperCommand) -> None:
    # Of arguments typer 0.20 loses the help with click 8.5, so that they are not asked.
    options = [p for p in command.params if isinstance(p, typer.core.TyperOption)]
    assert not [p.name for p in options if not p.help], name


def test_validate_of_an_unknown_article_says_how_to_list_them() -> None:
    with pytest.raises(StoreError, match=r"'nope'.*schema:identifier"):
        validate(ox.Store(), articles=["nope"])
