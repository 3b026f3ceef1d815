"""Queries as another store takes them: with their prefixes declared, and values within their text.

The embedded engine takes prefixes and values beside the text. The SPARQL 1.1 Protocol has a place for
neither, so that prefixes are declared, and each value is joined by `VALUES` (SPARQL 1.1, section 10.2)
within every group that names its variable, since groups are evaluated by themselves (section 18.5). Values
are written as terms of RDF, so that no text can end its string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType

import pyoxigraph as ox

from kg.store.parameters import SCOPE, Opened, open_to
from kg.store.tokens import TOKEN

KINDS: Mapping[str, str] = MappingProxyType(
    {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "graph", "DESCRIBE": "graph"}
)
"""What a query of each form gives, as `QueryResult.kind` calls it."""
_FORMS = re.compile("SELECT|ASK|CONSTRUCT|DESCRIBE")


@dataclass(slots=True)
class _Group:
    """Braces that are open."""

    start: int
    """Where what they hold begins."""
    takes_values: bool
    """Whether they hold a pattern, rather than triples, rows, or a SELECT of its own."""
    names: set[str] = field(default_factory=set)
    """The variables that they name themselves."""


def form_of(text: str) -> str:
    """The form of a query: `SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`; empty where it has none.

    >>> form_of("PREFIX a: <https://example.org/> ASK { ?select a:b 'SELECT' }")
    'ASK'
    """
    for match in TOKEN.finditer(text):
        if match["word"] and ":" not in match[0] and (found := _FORMS.match(match[0].upper())):
            return found[0]
    return ""


def declared(text: str, prefixes: Mapping[str, str]) -> str:
    """A query that declares those of our prefixes that it uses and does not declare itself.

    >>> declared("ASK { ?a kg:meets ?b }", {"kg": "https://example.org/", "rdf": "https://example.com/"})
    'PREFIX kg: <https://example.org/> ASK { ?a kg:meets ?b }'
    """
    used: set[str] = set()
    own: set[str] = set()
    before = ""
    for match in TOKEN.finditer(text):
        prefix, colon, _ = match[0].partition(":")
        if match["word"] and not colon:
            before = match[0].upper()
        elif colon and (match["word"] or not prefix):
            (own if before == "PREFIX" else used).add(prefix)
            before = ""
    wanted = sorted((used - own) & prefixes.keys())
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in wanted) + text


def with_values(text: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> Opened:
    """A query with values for its variables, which SELECT need not give.

    Raises:
        QueryError: A variable is not in the query, or stands where no value can reach it.

    >>> with_values("SELECT ?who { ?who ?does ?what }", {"what": ox.Literal("x")}).text
    'SELECT ?what ?who { VALUES ?what { "x" } ?who ?does ?what }'
    """
    opened = open_to(text, values)
    bare = opened.text
    for name in values:
        bare = bare.replace(SCOPE.format(name), "")
    pieces = [(place, _clauses(names, values)) for place, names in _groups(bare, set(values))]
    for place, piece in sorted(pieces, reverse=True):
        bare = bare[:place] + piece + bare[place:]
    return Opened(text=bare, hidden=opened.hidden, of_nothing=opened.of_nothing)


def _clauses(names: set[str], values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    return "".join(f" VALUES ?{name} {{ {values[name]} }}" for name in sorted(names))


def _groups(text: str, wanted: set[str]) -> Iterator[tuple[int, set[str]]]:
    """Where each group begins that takes values, and for which variables: the outermost for all."""
    marks = [match for match in TOKEN.finditer(text) if match[0][0] != "#"]
    followers = dict(pairwise(match.start() for match in marks))
    words = {match.start(): match[0].upper() for match in marks}
    open_groups: list[_Group] = []
    is_rows, outermost = False, True
    skipped = 1 if form_of(text) == "CONSTRUCT" else 0  # its template
    for match in marks:
        token = match[0]
        if token == "{":  # noqa: S105
            is_template = not open_groups and skipped > 0
            skipped -= is_template
            is_select = words.get(followers.get(match.start(), -1)) == "SELECT"
            takes = not (is_rows or is_template or is_select)
            open_groups.append(_Group(match.end(), takes))
            if takes and outermost:
                open_groups[-1].names |= wanted
                outermost = False
            is_rows = False
        elif token == "}":  # noqa: S105
            group = open_groups.pop() if open_groups else None
            if group is not None and group.takes_values and group.names:
                yield group.start, group.names
        elif token[0] in "?$" and open_groups and not is_rows and token[1:] in wanted:
            open_groups[-1].names.add(token[1:])
        elif match["word"]:
            is_rows = token.upper() == "VALUES"
