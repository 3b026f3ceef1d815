"""The tokens of SPARQL, as far as telling words from strings, IRIs and comments needs them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

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


LEXEME = re.compile(
    rf"(?P<sign>\{{\||\|\}}|\^\^|\|\||&&|!=|<<|>>) | {TOKEN.pattern} | (?P<quote>[\"']) | (?P<other>\S)",
    re.VERBOSE | re.DOTALL,
)
"""A token, an operator of two characters, a quote that is not closed, or any other character."""

AGGREGATES = frozenset("COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT".split())
FUNCTIONS = AGGREGATES | frozenset(
    "STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE "
    "ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS "
    "TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI "
    "ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE EXISTS TRIPLE SUBJECT PREDICATE OBJECT ISTRIPLE "
    "ADJUST LANGDIR STRLANGDIR HASLANG HASLANGDIR".split()
)
"""SPARQL 1.1, sections 11.4 and 17.4, and what the engine has of SPARQL 1.2."""
KEYWORDS = frozenset(
    "BASE PREFIX SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK FROM NAMED WHERE ORDER BY ASC DESC LIMIT "
    "OFFSET GROUP HAVING VALUES UNDEF OPTIONAL GRAPH UNION FILTER MINUS BIND AS EXISTS NOT IN SEPARATOR TRUE "
    "FALSE INSERT DELETE DATA LOAD CLEAR CREATE DROP COPY MOVE ADD WITH USING INTO TO SILENT DEFAULT ALL "
    "SERVICE VERSION LATERAL".split()
)
"""SPARQL 1.1, section 19.8."""
_KNOWN = re.compile(f"A|(?:{'|'.join(KEYWORDS)})*(?:{'|'.join(FUNCTIONS | KEYWORDS)})")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A token of a query."""

    text: str
    at: int
    """Where it begins."""
    word: str = ""
    """It in capitals, where it is a keyword or the name of a function."""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.at + len(self.text)


def lexemes(text: str) -> list[Lexeme]:
    """The tokens of a query, in order, without comments.

    >>> [token.text for token in lexemes("ASK {} # all")]
    ['ASK', '{', '}']
    """
    return [
        Lexeme(found[0], found.start(), found[0].upper() if found["word"] and ":" not in found[0] else "")
        for found in LEXEME.finditer(text)
        if found[0][0] != "#"
    ]


def closing(tokens: list[Lexeme], number: int) -> int | None:
    """The number of the token that closes the bracket that the token of a number opens; None where none does.

    >>> closing(lexemes("(1 (2))"), 0)
    5
    """
    if number >= len(tokens) or tokens[number].text not in {"(", "{"}:
        return None
    depth = 0
    for at in range(number, len(tokens)):
        depth += (tokens[at].text in {"(", "{"}) - (tokens[at].text in {")", "}"})
        if depth == 0:
            return at
    return None


def known_word(word: str) -> bool:
    """Whether a word in capitals is a keyword or function; keywords need no space between them.

    >>> known_word("ORDERBY"), known_word("SELEC")
    (True, False)
    """
    return _KNOWN.fullmatch(word) is not None


def near_words(word: str, words: Iterable[str] = FUNCTIONS) -> str:
    """The question whether one of the words was meant; empty where none is near.

    >>> near_words("SELEC", KEYWORDS)
    'did you mean SELECT?'
    """
    near = get_close_matches(word, sorted(words), n=3, cutoff=0.7)
    return f"did you mean {' or '.join(near)}?" if near else ""


def position(text: str, offset: int) -> tuple[int, int]:
    r"""The line and column of an offset into a text, both from 1.

    >>> position("a\nbc", 3)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
