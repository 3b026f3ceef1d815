"""An extension of Griffe: examples that stand in docstrings without a heading are shown as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from griffe import Extension, Module, Object

_DIRECTIVE = re.compile(r"\s*# doctest: .*")


class Examples(Extension):
    """Puts a fence around each example."""

    def on_package(self, *, pkg: Module, **_: Any) -> None:
        """Changes the docstrings of a package and all within it, once it is read."""
        _change(pkg)


def _change(found: Object) -> None:
    if found.docstring:
        found.docstring.value = fenced(found.docstring.value)
    for member in found.members.values():
        if isinstance(member, Object):  # an alias leads to what is changed where it stands
            _change(member)


def fenced(text: str) -> str:
    r"""A docstring whose examples stand in fences, without what is told to doctest alone.

    An example goes from a prompt to the first empty line, as the standard module `doctest` has it.

    >>> print(fenced("What it gives.\n\n>>> 1 + 1  # doctest: +SKIP\n2\n").replace("`", "'"))
    What it gives.
    <BLANKLINE>
    '''pycon
    >>> 1 + 1
    2
    '''
    """
    return "\n".join(_lines(text.splitlines())) if ">>> " in text else text


def _lines(lines: list[str]) -> Iterator[str]:
    indent = None
    for line in [*lines, ""]:
        if indent is None and line.lstrip().startswith(">>> "):
            indent = line[: len(line) - len(line.lstrip())]
            yield f"{indent}```pycon"
        elif indent is not None and not line.strip():
            yield f"{indent}```"
            indent = None
        yield line if indent is None else _DIRECTIVE.sub("", line).replace("<BLANKLINE>", "")
