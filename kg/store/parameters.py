"""Lets a query take values for variables that it does not give. Only names enter its text, never values.

The engine takes values for the variables of the outermost pattern, of which SELECT leaves those that it
projects. So the other variables are projected too, and their columns taken out of the answer again. A
variable that stands in filters alone is brought into scope by `VALUES`, whose UNDEF joins with anything
(SPARQL 1.1, section 10.2.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.errors import QueryError
from kg.store.tokens import TOKEN

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})

SCOPE = " VALUES ?{} {{ UNDEF <urn:kg:no> }}"
"""What brings a variable into the scope of the outermost pattern, by its name.

Without a second row the engine would conclude that BOUND is false.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A query that takes values for its variables."""

    text: str
    hidden: frozenset[str] = frozenset()
    """Variables that it gives only because they take values."""
    of_nothing: str | None = None
    """What gives the aggregates of no solution at all, where the query gives them and has no groups."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    """A keyword in capitals; a variable as it is; else a mark."""
    braces: int
    """Levels of braces around it."""
    parentheses: int


def open_to(text: str, names: Iterable[str]) -> Opened:
    """The query so that it takes values for the variables of these names.

    >>> open_to("SELECT ?who { ?who ?does ?what }", ["what"]).text
    'SELECT ?what ?who { VALUES ?what { UNDEF <urn:kg:no> } ?who ?does ?what }'

    Raises:
        QueryError: A variable is not in the query, or stands where no value can reach it.
    """
    return _opened(text, tuple(sorted(set(names))))


@lru_cache(maxsize=64)
def _opened(text: str, wanted: tuple[str, ...]) -> Opened:
    """The same, remembered: a question is asked again with other values."""
    tokens = list(_tokens(text))
    form = next((token for token in tokens if token.text in _FORMS and not token.braces), None)
    blocks = [token for token in tokens if token.text == "{" and not token.braces]
    index = 1 if form is not None and form.text == "CONSTRUCT" else 0
    closed = [token for token in tokens if token.text == "}" and not token.braces]
    if form is None or len(blocks) <= index or len(closed) != len(blocks):
        return Opened(text=text)  # no query, of which the engine says more
    _refuse_unknown(tokens, wanted, text)
    if form.text == "DESCRIBE":
        return _open_description(text, tokens, wanted)
    scoped = "".join(SCOPE.format(name) for name in wanted)
    opened = [(blocks[index].end, scoped)]
    if form.text != "SELECT":
        return Opened(text=_inserted(text, opened))
    return _open_select(text, tokens, wanted, opened)


def _open_select(
    text: str, tokens: Sequence[_Token], wanted: Sequence[str], opened: list[tuple[int, str]]
) -> Opened:
    first = next(n for n, token in enumerate(tokens) if token.text == "SELECT" and not token.braces)
    group = next(n for n, token in enumerate(tokens) if token.text == "{" and not token.braces)
    _refuse_inner(tokens[group:], wanted, text)
    head, after = tokens[first:group], _after(tokens, group)
    if any(token.text == "*" and not token.parentheses for token in head):
        return Opened(text=_inserted(text, opened))
    hidden = [name for name in wanted if name not in _given(head)]
    listed = "".join(f" ?{name}" for name in hidden)
    words = head[1] if len(head) > 1 and head[1].text in {"DISTINCT", "REDUCED"} else head[0]
    found = Opened(text="", hidden=frozenset(hidden))
    opened = [*opened, (words.end, listed)]
    by = next((token for token in after if token.text == "BY" and _follows(after, token, "GROUP")), None)
    if by is not None:
        opened.append((by.end, listed))
    elif any(token.text in _AGGREGATES for token in (*head, *after)):
        if any(token.text == "HAVING" for token in after):
            raise _unreachable(hidden[0] if hidden else wanted[0], text)
        end = tokens.index(after[0]) if after else len(tokens)
        opened.append((tokens[end - 1].end, f" GROUP BY{listed}"))
        found = replace(found, of_nothing=_of_nothing(text, tokens[group], tokens[end - 1]))
    return replace(found, text=_inserted(text, opened))


def _open_description(text: str, tokens: Sequence[_Token], wanted: Sequence[str]) -> Opened:
    """A variable more would be described too, so that values are for those that are described alone."""
    head = tokens[: next(n for n, token in enumerate(tokens) if token.text == "{")]
    if lost := [name for name in wanted if name not in _given(head)]:
        raise _unreachable(lost[0], text)
    return Opened(text=text)


def _of_nothing(text: str, start: _Token, end: _Token) -> str:
    return f"{text[: start.start]}{{ FILTER(false) }}{text[end.end :]}"


def _tokens(text: str) -> Iterator[_Token]:
    """Keywords, variables and marks, with the levels around them; a bracket stands outside what it holds."""
    braces = parentheses = 0
    for match in TOKEN.finditer(text):
        word = match[0]
        if match["word"]:
            word = word.upper() if ":" not in word else ""
        elif match["mark"] is None and word[0] not in "?$":
            continue
        braces -= word == "}"
        parentheses -= word == ")"
        yield _Token(match.start(), match.end(), word, braces, parentheses)
        braces += word == "{"
        parentheses += word == "("


def _after(tokens: Sequence[_Token], group: int) -> list[_Token]:
    """What follows the group that opens at a token, which is the query's outermost."""
    close = next(n for n in range(group, len(tokens)) if tokens[n].text == "}" and not tokens[n].braces)
    return list(tokens[close + 1 :])


def _given(head: Sequence[_Token]) -> set[str]:
    """The variables that SELECT gives: those that stand for themselves, and those behind AS."""
    return {
        token.text[1:]
        for number, token in enumerate(head)
        if token.text[:1] in {"?", "$"} and (not token.parentheses or head[number - 1].text == "AS")
    }


def _follows(tokens: Sequence[_Token], token: _Token, word: str) -> bool:
    index = tokens.index(token)
    return index > 0 and tokens[index - 1].text == word


def _refuse_unknown(tokens: Sequence[_Token], wanted: Sequence[str], text: str) -> None:
    known = {token.text[1:] for token in tokens if token.text[:1] in {"?", "$"}}
    for name in wanted:
        if name not in known:
            listed = ", ".join(f"?{one}" for one in sorted(known)) or "none"
            raise QueryError(
                f"The query has no variable ?{name} that could take a value; its variables are {listed}.",
                query=text,
            )


def _refuse_inner(tokens: Sequence[_Token], wanted: Sequence[str], text: str) -> None:
    """A variable of an inner SELECT that does not give it is another one of the same name (section 12)."""
    for number, token in enumerate(tokens):
        if token.text == "SELECT":
            rest = tokens[number:]
            inner = [one for one in rest[: _length(rest, token.braces)] if one.text[:1] in {"?", "$"}]
            head = rest[: next((n for n, one in enumerate(rest) if one.text == "{"), 0)]
            is_all = any(one.text == "*" and not one.parentheses for one in head)
            lost = {one.text[1:] for one in inner} & set(wanted) - _given(head)
            if lost and not is_all:
                raise _unreachable(min(lost), text)


def _length(tokens: Sequence[_Token], braces: int) -> int:
    """How many tokens stand before the brace that closes the group around the first."""
    ends = (n for n, token in enumerate(tokens) if token.text == "}" and token.braces < braces)
    return next(ends, len(tokens))


def _unreachable(name: str, text: str) -> QueryError:
    return QueryError(
        f"No value can be given for ?{name} where it stands; let every SELECT around it give ?{name} (and "
        "GROUP BY it where there are aggregates), or bind it to another variable with FILTER.",
        query=text,
    )


def _inserted(text: str, pieces: Iterable[tuple[int, str]]) -> str:
    for place, piece in sorted(pieces, key=lambda pair: -pair[0]):
        text = text[:place] + piece + text[place:]
    return text
