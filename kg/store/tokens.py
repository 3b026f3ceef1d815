"""The tokens of SPARQL, as far as telling words from strings, IRIs and comments needs them."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""\#[^\n\r]* | <[^<>"{}|^`\\\x00-\x20]*>
      | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
      | [?$]\w+ | @[A-Za-z-]+ | _:[\w.-]+
      | (?P<word>[^\W\d][\w.-]*)(?: : (?:[\w.:-] | %[0-9A-Fa-f]{2} | \\.)*)?
      | : (?:[\w.:-] | %[0-9A-Fa-f]{2} | \\.)*
      | (?P<mark>[{}()*])""",
    re.VERBOSE | re.DOTALL,
)
"""A comment, IRI, string, variable, tag, blank node, `word` (a keyword or prefixed name), or `mark`."""
