"""HTML from the templates beside this file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jinja2

LONGEST_NAME = 120
"""Characters of a name that are shown; the whole is in its tooltip."""
LONGEST_TEXT = 600
"""Characters of a sentence or value that are shown."""


def render(template: str, values: Mapping[str, Any]) -> str:
    """The HTML that a template makes of some values, in an element of its own, with its style.

    Args:
        template: Name of a file in `templates`, without its ending.
        values: What it is filled with; texts are escaped.

    >>> "A &lt;b&gt;" in render("rows", {"headings": ["A <b>"], "rows": [], "total": 0})
    True
    """
    return _environment().get_template(f"{template}.html").render(values)


def clipped(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text, cut to a number of characters; a cut shows as an ellipsis.

    >>> clipped("Ana Bell", 5)
    'Ana …'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + " …"


def visible(text: str) -> str:
    r"""The text with what is no character of a text, such as an escape sequence's, as U+FFFD.

    >>> visible("a\x1b[1m")
    'a�[1m'
    """
    return "".join(
        "\ufffd" if unicodedata.category(char) in _UNSEEN and char not in "\n\t" else char for char in text
    )


_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")
_UNSEEN = frozenset({"Cc", "Cs"})
"""Unicode's general categories of controls and lone surrogates."""


def _is_day(value: object) -> bool:
    """Whether a cell holds an ISO 8601 date, which shall not be broken at its hyphens."""
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN and char not in "\n\t"


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.display", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters["clipped"] = clipped
    environment.tests["day"] = _is_day
    environment.globals.update(LONGEST_NAME=LONGEST_NAME, LONGEST_TEXT=LONGEST_TEXT)
    return environment


def _shown(value: Any) -> Any:  # noqa: ANN401 - whatever a template shows
    return visible(value) if type(value) is str else value
