"""Which dataset a query or an update names itself, and how one is put into an update.

The engine takes a dataset for queries as arguments, but leaves FROM out of account where the default graph is
to be the union; and it takes none for updates. Only the words outside of all brackets count here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import QueryError
from kg.store.tokens import TOKEN, position

_FROM = re.compile(r"(?:ASK|CONSTRUCT|DESCRIBE|DISTINCT|REDUCED|SELECT)?FROM(?:NAMED)?")
"""Words with that clause: the engine needs no space between keywords."""
_KEYWORDS = frozenset(
    {
        "ADD", "ALL", "BASE", "CLEAR", "COPY", "CREATE", "DATA", "DEFAULT", "DELETE", "DROP", "GRAPH", "INSERT",
        "INTO", "LOAD", "MOVE", "NAMED", "PREFIX", "SILENT", "TO", "USING", "VERSION", "WHERE", "WITH",
    }
)  # fmt: skip
"""All that stand outside of brackets in an update (SPARQL 1.1, section 19.8, productions 29 to 51)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outer:
    """A word or brace outside of all brackets."""

    start: int
    end: int
    text: str
    """A keyword in capitals; a brace, or a name with a prefix, as it is."""
    is_declared: bool = False
    """Whether it is a name whose prefix is known, or is declared here."""


def names_dataset(text: str, prefixes: Collection[str] = ()) -> bool:
    """Whether a query has FROM or FROM NAMED, so that it says itself what its dataset is (section 13.2).

    Args:
        text: The query.
        prefixes: Those that are known without being declared.

    >>> names_dataset("SELECT ?from FROM <https://example.org/> { }"), names_dataset("ASK { ?from a 'FROM' }")
    (True, False)
    """
    for word in _outer(text, prefixes):
        if word.text in {"{", "}"} or word.is_declared:
            continue
        # The engine reads `FROMx:g` as `FROM x:g`, where the prefix FROMx is not declared.
        read = _FROM.match if ":" in word.text else _FROM.fullmatch
        if read(word.text.upper()):
            return True
    return False


def with_dataset(
    text: str, default: Sequence[str], named: Sequence[str], prefixes: Mapping[str, str]
) -> str:
    """An update whose patterns see these graphs: USING is put before each WHERE.

    It is the dataset that the protocol lets a request name (SPARQL 1.1 Protocol, section 2.2.3). `DELETE WHERE`,
    which has no place for USING, becomes `DELETE { … } USING … WHERE { … }`, which is the same (SPARQL 1.1
    Update, section 3.1.3.3).

    Args:
        text: The update.
        default: IRIs of the graphs whose merge is the default graph.
        named: IRIs of the graphs that GRAPH sees.
        prefixes: Those that are known without being declared.

    Raises:
        QueryError: The update has USING or WITH itself, or keywords without space, which are not told apart.

    >>> with_dataset("DELETE WHERE { ?s ?p ?o }", ["https://example.org/g"], [], {})
    'DELETE { ?s ?p ?o } USING <https://example.org/g> WHERE { ?s ?p ?o }'
    """
    if not default and not named:
        return text
    clause = " ".join([*(f"USING <{iri}>" for iri in default), *(f"USING NAMED <{iri}>" for iri in named)])
    words = list(_outer(text, prefixes))
    _refuse_unclear(text, words)
    for number in range(len(words) - 1, -1, -1):
        if words[number].text != "WHERE":
            continue
        start = words[number].start
        if number and words[number - 1].text == "DELETE":
            group = _group(text, words, number + 1)
            text = f"{text[:start]}{group} {clause} {text[start:]}"
        else:
            text = f"{text[:start]}{clause} {text[start:]}"
    return text


def _refuse_unclear(text: str, words: Sequence[_Outer]) -> None:
    for word in words:
        if word.text in {"USING", "WITH"}:
            raise _error(
                text, word.start,
                f"{word.text} names a dataset, and the request names one too; take it out of either",
            )  # fmt: skip
        if word.text not in _KEYWORDS | {"{", "}"} and not word.is_declared:
            raise _error(
                text, word.start,
                f"{text[word.start : word.end]!r} is no keyword, or its prefix is not known; correct it, and "
                "put spaces between keywords",
            )  # fmt: skip


def _group(text: str, words: Sequence[_Outer], number: int) -> str:
    """The braces that open at a word, and what they hold."""
    braces = words[number : number + 2]
    if [brace.text for brace in braces] != ["{", "}"]:
        raise _error(text, words[number - 1].start, "WHERE is not followed by a group; correct it")
    return text[braces[0].start : braces[1].end]


def _outer(text: str, known: Collection[str]) -> Iterator[_Outer]:
    """The words outside of all brackets, and the outermost braces."""
    declared, level, before = set(known), 0, ""
    for token in TOKEN.finditer(text):
        found = token[0]
        if found in {"}", ")"}:
            level -= 1
        is_outer = level <= 0
        if found in {"{", "("}:
            level += 1
        if not is_outer or not (token["word"] or found in {"{", "}"}):
            continue
        prefix, colon, _ = found.partition(":")
        if colon and before.endswith("PREFIX"):
            declared.add(prefix)
        yield _Outer(
            start=token.start(), end=token.end(), text=found if colon else found.upper(),
            is_declared=bool(colon) and prefix in declared,
        )  # fmt: skip
        before = "" if colon else found.upper()


def _error(text: str, offset: int, reason: str) -> QueryError:
    line, column = position(text, offset)
    return QueryError(f"Line {line}, column {column}: {reason}.", query=text, line=line, column=column)
