"""The tokens of SPARQL, as far as telling words from strings, IRIs and comments needs them."""

from __future__ import annotations

import re

_LETTER = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FIRST = f"{_LETTER}_0-9"
_NEXT = f"{_FIRST}\u00b7\u0300-\u036f\u203f\u2040"
_ESCAPED = r"%[0-9A-Fa-f]{2} | \\[_~.!$&'()*+,;=/?\#@%-]"
_WORD = rf"[{_LETTER}_] (?: [{_NEXT}-] | \.+(?=[{_NEXT}-]) )*+"
_LOCAL = rf"(?: [{_FIRST}:] | {_ESCAPED} ) (?: [{_NEXT}:-] | {_ESCAPED} | \.+(?=[{_NEXT}:%\\-]) )*+"

TOKEN = re.compile(
    rf"""\#[^\n\r]*+ | <[^<>"{{}}|^`\\\x00-\x20]*+>
      | \"{{3}}(?:[^"\\]++|\\.|"(?!""))*+\"{{3}} | '{{3}}(?:[^'\\]++|\\.|'(?!''))*+'{{3}}
      | "(?:[^"\\\n\r]++|\\.)*+" | '(?:[^'\\\n\r]++|\\.)*+'
      | [?$][{_NEXT}]++ | @[A-Za-z]+(?:-[A-Za-z0-9]+)*+(?:--[a-z]+)?
      | _:[{_FIRST}](?:[{_NEXT}-] | \.+(?=[{_NEXT}-]))*+
      | (?P<word>{_WORD}) (?: : (?:{_LOCAL})? )?
      | : (?:{_LOCAL})?
      | (?P<number>[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)
      | (?P<mark>[{{}}()*])""",
    re.VERBOSE | re.DOTALL,
)
"""A comment, IRI, string, variable, tag, blank node, `word` (a keyword or prefixed name), number, or `mark`.

The names follow SPARQL 1.1, section 19.8, productions 139 to 173.
"""


def position(text: str, offset: int) -> tuple[int, int]:
    r"""The line and column of an offset into a text, both from 1.

    >>> position("a\nbc", 3)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
