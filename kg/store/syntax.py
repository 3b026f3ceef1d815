"""Says what is wrong with a query or an update that the engine cannot read, and where.

The engine reads alternatives and tells the furthest character that any of them looked at: a keyword that does
not fit is told behind its length. So the text is read once more with spaces between its tokens, which keeps
what was looked at within the token that is wrong; then the tokens up to there are gone through for mistakes
that people make.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.grouping import ungrouped
from kg.store.tokens import KEYWORDS, TOKEN, Lexeme, closing, known_word, lexemes, near_words, position

NO_UPDATES = "a graph is changed by `kg build` only, not by an update; ask with SELECT"
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split())
_QUERIES = frozenset("SELECT ASK CONSTRUCT DESCRIBE".split())
MOST_SHOWN = 40
"""Characters of an expression that are shown."""
_PADDING = " " * 20
"""Longer than any keyword."""
_COMPARISON = frozenset("= != < > <= >= && || + - * / IN".split())
_MODIFIERS = frozenset("GROUP HAVING ORDER LIMIT OFFSET".split())


@dataclass(frozen=True, slots=True)
class _Fault:
    at: int
    """Offset into the text."""
    reason: str


def syntax_error(
    text: str, error: SyntaxError, prefixes: Mapping[str, str], *, is_update: bool, updates: str = NO_UPDATES
) -> QueryError:
    """What is wrong with a text that the engine cannot read.

    Args:
        text: The query or update.
        error: What the engine says.
        prefixes: Those that the graph declares.
        is_update: Whether it was to be an update.
        updates: What is said where a query was to be had and an update was given.

    >>> syntax_error("SELEC * {}", SyntaxError("error at 1:10: no"), {}, is_update=False).column
    1
    """
    kind = "update" if is_update else "query"
    message = str(error.msg or error)
    tokens = lexemes(text)
    if not tokens:
        return QueryError(f"The {kind} is empty; write one.", query=text, line=1, column=1)
    place = _place(text, tokens, message, prefixes, is_update=is_update)
    if place is None:
        return QueryError(f"The {kind} is not SPARQL 1.1: {message}; correct it.", query=text)
    fault = (
        _of_form(tokens, is_update=is_update, updates=updates)
        or _of_prefix(text, prefixes)
        or _of_tokens(text, tokens, place)
        or _of_brackets(text, tokens, place)
        or _of_grouping(tokens)
        or _said(message, place)
        or _Fault(place, f"it goes wrong {_near(text, place)}; correct it there")
    )
    line, column = position(text, fault.at)
    reason = fault.reason if fault.reason.endswith("?") else f"{fault.reason}."
    return QueryError(
        f"Line {line}, column {column}: this is not a SPARQL 1.1 {kind}: {reason}",
        query=text, line=line, column=column,
    )  # fmt: skip


def _place(
    text: str, tokens: list[Lexeme], message: str, prefixes: Mapping[str, str], *, is_update: bool
) -> int | None:
    """The offset at which the text goes wrong; the end of its last token where it ends too early."""
    if _told(message) is None:
        return None
    padded, starts = "", []
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        starts.append(len(padded))
        is_apart = after is None or after.at > token.end or {token.text, after.text} & set("{}()")
        padded += token.text.replace("\n", " ").replace("\r", " ") + (_PADDING if is_apart else "")
    padded = padded.rstrip()
    read: Callable[..., object] = ox.Store().update if is_update else ox.Store().query
    with suppress(RuntimeError, ValueError, OSError):
        try:
            read(padded, prefixes=dict(prefixes))
        except SyntaxError as error:
            told = _told(str(error.msg or error))
            if told is not None:
                reached = sum(start < told[1] for start in starts) - 1
                return tokens[-1].end if told[1] > len(padded) else tokens[max(0, reached)].at
    line, column = _told(message) or (1, 1)
    return sum(map(len, text.splitlines(keepends=True)[: line - 1])) + column - 1


def _told(message: str) -> tuple[int, int] | None:
    place = re.match(r"error at (\d+):(\d+)", message)
    return None if place is None else (int(place[1]), int(place[2]))


def _of_form(tokens: list[Lexeme], *, is_update: bool, updates: str) -> _Fault | None:
    """An update where a query is wanted, a query where an update is; or neither."""
    first = next((token for token in tokens if token.word not in {"", "PREFIX", "BASE"}), None)
    wanted, other = (_UPDATES, _QUERIES) if is_update else (_QUERIES, _UPDATES)
    if first is None or first.word.startswith(tuple(wanted)):
        return None
    if first.word in other:
        is_query = "it is a query, which is sent as `query`; change the graph with INSERT or DELETE"
        return _Fault(first.at, is_query if is_update else updates)
    kind = "update" if is_update else "query"
    help_ = near_words(first.word, wanted) or f"begin it with one of {', '.join(sorted(wanted))}"
    return _Fault(first.at, f"{first.text!r} begins no {kind}; {help_}")


def _of_prefix(text: str, prefixes: Mapping[str, str]) -> _Fault | None:
    """A prefix that neither the text nor the graph declares."""
    declared = {*prefixes, *re.findall(r"(?i)\bprefix\s+([\w-]*):", text)}
    for token in TOKEN.finditer(text):
        prefix = token[0].partition(":")[0]
        if token["word"] and ":" in token[0] and prefix not in declared:
            return _Fault(
                token.start(), f"the prefix {prefix}: is not known; declare it with PREFIX {prefix}: <…>"
            )
    return None


def _of_tokens(text: str, tokens: list[Lexeme], place: int) -> _Fault | None:
    """The first mistake that people make, up to the place where reading ended."""
    for number, token in enumerate(tokens):
        if token.at > place:
            return None
        for rule in _RULES:
            if (fault := rule(text, tokens, number)) is not None:
                return fault
    return None


def _after(tokens: list[Lexeme], number: int) -> Lexeme | None:
    return tokens[number + 1] if number + 1 < len(tokens) else None


def _limit(_text: str, tokens: list[Lexeme], number: int) -> _Fault | None:
    token, after = tokens[number], _after(tokens, number)
    if token.word not in {"LIMIT", "OFFSET"} or (after is not None and after.text.isdigit()):
        return None
    return _Fault(token.end if after is None else after.at, f"a number is wanted after {token.word}")


def _grouping(_text: str, tokens: list[Lexeme], number: int) -> _Fault | None:
    token, after = tokens[number], _after(tokens, number)
    if token.word not in {"GROUP", "ORDER"} or (after is not None and after.word.startswith("BY")):
        return None
    return _Fault(token.at, f"BY is wanted after {token.word}")


def _condition(_text: str, tokens: list[Lexeme], number: int) -> _Fault | None:
    token, after = tokens[number], _after(tokens, number)
    if token.word not in {"FILTER", "HAVING"} or after is None or after.text == "(":
        return None
    end = closing(tokens, number + 2)
    follows = None if end is None else _after(tokens, end)
    is_compared = follows is not None and (follows.word or follows.text) in _COMPARISON
    if is_compared or after.text[0] in "?$\"'!+-0123456789":
        return _Fault(after.at, f"put brackets around the condition: {token.word} (…)")
    return None


def _head(text: str, tokens: list[Lexeme], number: int) -> _Fault | None:
    """What SELECT asks for."""
    if tokens[number].word != "SELECT":
        return None
    items = tokens[number + 1 :]
    items = items[1:] if items and items[0].word in {"DISTINCT", "REDUCED"} else items
    if not items or items[0].text == "{" or items[0].word in {"WHERE", "FROM"}:
        at = items[0].at if items else tokens[-1].end
        return _Fault(at, "name the variables that are asked for, or * for all")
    faults = (_item(text, items[first : last + 1]) for first, last in _items(items, 0))
    return next(filter(None, faults), None)


def _item(text: str, item: list[Lexeme]) -> _Fault | None:
    """One thing that SELECT asks for."""
    first, is_whole = item[0], item[-1].text == ")"
    if first.text == ",":
        return _Fault(first.at, "variables stand beside each other without commas; take it out")
    said = re.sub(r"\s+", " ", text[first.at : item[-1].end])
    if len(said) > MOST_SHOWN:
        said = f"{said[:MOST_SHOWN].strip()}…)"
    if is_whole and first.word and first.word not in KEYWORDS:
        return _Fault(first.at, f"put brackets around it and name it: ({said} AS ?name)")
    if is_whole and first.text == "(" and not any(token.word == "AS" for token in item):
        return _Fault(first.at, f"name what is worked out: ({said[1:-1]} AS ?name)")
    return None


def _items(tokens: list[Lexeme], at: int) -> Iterator[tuple[int, int]]:
    """The first and last tokens of each thing that SELECT asks for."""
    while at < len(tokens) and tokens[at].text != "{" and tokens[at].word not in {"WHERE", "FROM"}:
        end = closing(tokens, at + 1 if tokens[at].word else at)
        yield at, at if end is None else end
        at = (at if end is None else end) + 1


def _name(_text: str, tokens: list[Lexeme], number: int) -> _Fault | None:
    token, after = tokens[number], _after(tokens, number)
    if token.word != "AS" or (after is not None and after.text[0] in "?$"):
        return None
    return _Fault(token.end if after is None else after.at, "a variable is wanted after AS, such as ?name")


def _word(_text: str, tokens: list[Lexeme], number: int) -> _Fault | None:
    """A function or keyword that there is not."""
    token, after = tokens[number], _after(tokens, number)
    if not token.word or known_word(token.word):
        return None
    if after is not None and after.text == "(":
        near = near_words(token.word) or "SPARQL 1.1, section 17.4, lists them"
        return _Fault(token.at, f"there is no function {token.text!r}; {near}")
    near = near_words(token.word, KEYWORDS)
    help_ = "a variable begins with ?, a name has a prefix, a text stands in quotes"
    return _Fault(token.at, f"{token.text!r} has no meaning here; {near or help_}")


_RULES = (_limit, _grouping, _condition, _head, _name, _word)


def _of_brackets(text: str, tokens: list[Lexeme], place: int) -> _Fault | None:
    """A bracket that is not closed, where the text ends within it, or goes on as if it were closed."""
    opened: list[Lexeme] = []
    is_outside = False
    for token in tokens:
        if token.text in {"{", "(", "["}:
            opened.append(token)
        elif token.text in {"}", ")", "]"} and opened:
            opened.pop()
        is_outside = is_outside or (token.at == place and token.word in _MODIFIERS)
    if not opened or not (is_outside or place >= tokens[-1].at):
        return None
    last = opened[-1]
    line, _ = position(text, last.at)
    return _Fault(last.at, f"the {last.text!r} that opens here, on line {line}, is not closed")


def _of_grouping(tokens: list[Lexeme]) -> _Fault | None:
    variable = ungrouped(tokens)
    if variable is None:
        return None
    name = variable.text
    if name == "*":
        return _Fault(variable.at, "* cannot stand with GROUP BY; name the variables")
    return _Fault(
        variable.at,
        f"{name} is neither grouped nor aggregated; add it to GROUP BY, or ask for (SAMPLE({name}) AS ?name)",
    )


def _said(message: str, place: int) -> _Fault | None:
    """What the engine says in words."""
    words = re.search(r"[A-Z][A-Za-z]+(?: [A-Za-z*]+){2,}", message.partition("expected")[2])
    if words is None:
        return None
    return _Fault(place, f"{words[0][0].lower()}{words[0][1:]}; correct it there")


def _near(text: str, offset: int) -> str:
    start = text.rfind("\n", 0, offset) + 1
    before, after = text[start:offset].strip(), text[offset:].partition("\n")[0].strip()
    return f"at {after[:30]!r}" if after else f"after {(before or text[:offset].strip())[-30:]!r}"
