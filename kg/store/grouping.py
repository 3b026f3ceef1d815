"""Finds what a query asks for that it neither groups nor aggregates (SPARQL 1.1, section 11.4)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.store.tokens import AGGREGATES, Lexeme, closing

_ENDS = frozenset("HAVING ORDER LIMIT OFFSET VALUES".split())


def ungrouped(tokens: list[Lexeme]) -> Lexeme | None:
    """The first variable, or `*`, that a SELECT with groups asks for and has not; None where there is none.

    >>> from kg.store.tokens import lexemes
    >>> ungrouped(lexemes("SELECT ?s { ?s ?p ?o } GROUP BY ?p")).at
    7
    """
    for number, token in enumerate(tokens):
        if token.word == "SELECT" and (found := _missing(tokens, number + 1)) is not None:
            return found
    return None


def _missing(tokens: list[Lexeme], start: int) -> Lexeme | None:
    brace = next((at for at in range(start, len(tokens)) if tokens[at].text == "{"), None)
    end = None if brace is None else closing(tokens, brace)
    if brace is None or end is None:
        return None
    head, tail = tokens[start:brace], list(_tail(tokens, end + 1))
    grouped = {token.text[1:] for token in _grouped(tail)}
    is_grouped = any(token.word == "GROUP" for token in tail)
    if not is_grouped and not any(token.word in AGGREGATES for token in (*head, *tail)):
        return None
    if head and any(token.text == "*" for token in head[:2]):
        return next(token for token in head if token.text == "*")
    return _asked(head, grouped)


def _asked(head: list[Lexeme], grouped: set[str]) -> Lexeme | None:
    at = 0
    while at < len(head):
        token = head[at]
        end = closing(head, at + 1) if token.word in AGGREGATES else None
        if end is not None:
            at = end
        elif token.text[0] in "?$":
            if at and head[at - 1].word == "AS":
                grouped.add(token.text[1:])
            elif token.text[1:] not in grouped:
                return token
        at += 1
    return None


def _tail(tokens: list[Lexeme], start: int) -> Iterator[Lexeme]:
    """What follows the pattern of a SELECT, to the end of its brackets."""
    depth = 0
    for token in tokens[start:]:
        depth += (token.text in {"(", "{"}) - (token.text in {")", "}"})
        if depth < 0:
            return
        yield token


def _grouped(tail: list[Lexeme]) -> Iterator[Lexeme]:
    """The variables of GROUP BY: those that stand alone, and those that AS names."""
    depth, is_in = 0, False
    for before, token in zip([None, *tail], tail, strict=False):
        is_in = (is_in or token.word.startswith("GROUP")) and token.word not in _ENDS
        depth += (token.text == "(") - (token.text == ")")
        is_named = before is not None and before.word == "AS"
        if is_in and token.text[0] in "?$" and (depth == 0 or is_named):
            yield token
