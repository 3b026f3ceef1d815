"""Refuses queries that the engine must not see: those that would end its process, and those that reach out.

Oxigraph reads and plans by recursion, so that what is nested or chained deep overflows the stack, from which
no process returns; it has no switch that keeps SERVICE and LOAD from the network. The text is read once, from
left to right, in the time that its length takes. What is counted, as measured with pyoxigraph 0.5 and a stack
of 8 MiB, of which no level takes over 11 KiB and no step of a chain over 1.6 KiB:

| What | ends the process at |
|---|---|
| `FILTER EXISTS {`, `CONCAT(`, `IF(` and other functions, nested | 850 to 950 |
| groups, subselects, `GRAPH`, `MINUS`, nested | 2,200 to 2,900 |
| parentheses, triple terms, collections, nested | 4,300 to 9,000 |
| `BIND`, `MINUS`, `AS`, resources of `DESCRIBE`, one after the other | 2,600 |
| operators, `UNION`, `FILTER`, `HAVING`, one after the other | 6,300 to 9,000 |

What is joined within a group is planned in time that grows with the fourth power of its number:
100 triple patterns take 1 s, 200 take 15 s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from kg.errors import QueryError
from kg.store.brackets import EXPRESSIONS, Kind, Level
from kg.store.tokens import AGGREGATES, LEXEME, position

MOST_PARTS = 8
"""Patterns of a group that share no variable: questions have two or three."""
DEEPEST = 200
"""Levels of brackets that a query may have: a quarter of what ends the process."""
LONGEST_CHAIN = 2_000
"""Operators, filters and alternatives that a query may have; clauses that take more stack count twice."""
MOST_JOINS = 128
"""Triple patterns and path steps that may be joined: some seconds of planning."""


def refuse(
    text: str,
    *,
    nesting: int = DEEPEST,
    chain: int = LONGEST_CHAIN,
    joins: int = MOST_JOINS,
    size: int | None = None,
    is_update: bool = False,
) -> None:
    """Refuses a query, or an update, that must not be run.

    Args:
        text: The query.
        nesting: Levels of brackets that it may have.
        chain: Operators, alternatives, filters and the like that it may have in all.
        joins: Triple patterns and steps of paths that may be joined; of a UNION its longest branch counts.
        size: Bytes of UTF-8 that it may have; None where that does not matter.
        is_update: Whether it is an update, in which LOAD stands for reaching out.

    Raises:
        QueryError: It is too large, too deep, or would reach the network; with line and column.

    >>> refuse("SELECT ?service { ?service ?p 'SERVICE' } # SERVICE")
    >>> refuse("ASK { { SERVICE <https://example.org/> {} } }")
    Traceback (most recent call last):
    kg.errors.QueryError: Line 1, column 9: SERVICE would reach the network, which no query may; take it out.
    """
    if size is not None:
        refuse_size(text, size)
    _Reader(text, _Bounds(nesting, chain, joins), is_update=is_update).read()


def refuse_size(text: str, size: int) -> None:
    """Refuses a query of more bytes than that.

    Raises:
        QueryError: It has more.

    >>> refuse_size("ASK {}", 6)
    """
    given = len(text.encode("utf-8", "replace"))
    if given > size:
        raise QueryError(
            f"The query has {given:,} bytes, over the limit of {size:,}; make it shorter, or ask in parts.",
            query=text,
        )


@dataclass(frozen=True, slots=True)
class _Bounds:
    nesting: int
    chain: int
    joins: int


_PAIRS: Mapping[str, frozenset[Kind]] = {
    "}": frozenset({Kind.GROUP, Kind.DATA}),
    ")": frozenset({Kind.EXPRESSION, Kind.PATTERN, Kind.UNCLEAR}),
    "]": frozenset({Kind.PROPERTIES}),
    "|}": frozenset({Kind.PROPERTIES}),
    ">>": frozenset({Kind.TRIPLE}),
}
"""What each closing bracket closes."""
_HEAD = re.compile("SELECT|GROUP|ORDER|HAVING")
_ONE = re.compile("UNION|FILTER|EXISTS|LATERAL|HAVING")
_TWO = re.compile("OPTIONAL|MINUS|BIND|GRAPH|SELECT|VALUES|DESCRIBE")
_VARIABLES = ("?", "$", "_:")
_GLUED = re.compile("FILTER|HAVING|BY", re.IGNORECASE)
_ARITHMETIC = frozenset({"||", "&&", "+", "-", "*", "/"})


@lru_cache(maxsize=256)
def _steps(word: str) -> int:
    """What a keyword adds to the chain; no space is needed between keywords, so it may be several."""
    return len(_ONE.findall(word)) + 2 * len(_TWO.findall(word)) + word.count("-")


class _Reader:
    """Reads a query once, and raises where it goes beyond its bounds."""

    def __init__(self, text: str, bounds: _Bounds, *, is_update: bool) -> None:
        self.text = text
        self.bounds = bounds
        self.is_update = is_update
        self.levels = [Level(Kind.ROOT)]
        self.chain = 0
        self.at = 0
        """Where the token at hand begins."""
        self.follows_operand = False
        """Whether the token before ends a value, so that `<` compares, and `-` subtracts."""
        self.word = ""
        """The token before, in capitals, where it is a keyword."""
        self.name = ""
        """The token before, where it is a name or an IRI."""
        self.function = ""
        """The keyword before that name."""
        self.doubtful: int | None = None
        """Where a name before begins that is a SERVICE clause if a brace follows."""
        self.is_description = False
        self.marks: dict[str, Callable[[str], None]] = {
            "{": self._open_brace, "(": self._open_parenthesis, "[": self._open, "{|": self._open,
            "<<": self._open, **dict.fromkeys((".", ";", ","), self._separate),
            **dict.fromkeys(_PAIRS, self._close),
        }  # fmt: skip

    def read(self) -> None:
        """Reads it to its end."""
        end = 0
        while (token := LEXEME.search(self.text, end)) is not None:
            self.at, end = token.start(), token.end()
            found, kind = token[0], token.lastgroup
            if kind == "word":
                self._read_word(found)
            elif kind in {"mark", "sign", "other"}:
                end = self._read_mark(found, end)
            elif kind == "quote" or (found in {'""', "''"} and self.text[end : end + 1] == found[0]):
                self._stop(
                    "the string that begins here has no end; close it, on its line or with three quotes"
                )
            elif found[0] == "<" and self._is_comparison(found):
                self._after(is_operand=False)
                end = self.at + 1
            elif found[0] != "#":
                self._read_term(found)

    @property
    def level(self) -> Level:
        """The innermost bracket."""
        return self.levels[-1]

    def _is_comparison(self, found: str) -> bool:
        """Whether what looks like an IRI is `<` and what follows: an expression has no IRI after a value."""
        if not self.follows_operand or self.level.kind not in EXPRESSIONS:
            return False
        if self.level.kind is Kind.UNCLEAR:
            self._stop(f"{found[:30]!r} may be an IRI or a comparison; put spaces around what is compared")
        return True

    def _read_word(self, found: str) -> None:
        prefix, colon, _ = found.partition(":")
        upper = prefix.upper()
        self._refuse_network(upper, is_name=bool(colon))
        if colon or upper in {"A", "TRUE", "FALSE"}:
            self._read_term(found if colon else "", doubtful=self.doubtful)
            return
        self._count(0 if self.level.kind is Kind.DATA else _steps(upper))
        self.level.aggregates = self.level.aggregates or upper in AGGREGATES
        if self.level.kind is not Kind.EXPRESSION:
            self._begin(upper)
        self._after(is_operand=upper.endswith(("TRUE", "FALSE")))
        self.word = upper

    def _refuse_network(self, upper: str, *, is_name: bool) -> None:
        """Keywords need no space around them, so any word that holds one may be a clause.

        A prefix that holds SERVICE begins a clause only within a group, before a brace and not after GRAPH;
        one that holds LOAD only where an operation may begin.
        """
        is_outside = self.level.kind is Kind.ROOT
        if "SERVICE" in upper:
            if not is_name:
                self._refuse_clause("SERVICE")
            elif not is_outside and not self.word.endswith("GRAPH"):
                self.doubtful = self.at
                return
        if self.is_update and "LOAD" in upper and is_outside and not (is_name and self.word):
            self._refuse_clause("LOAD")
        self.doubtful = None

    def _refuse_clause(self, keyword: str) -> NoReturn:
        kind = "update" if self.is_update else "query"
        self._stop(f"{keyword} would reach the network, which no {kind} may; take it out")

    def _begin(self, word: str) -> None:
        """What a keyword begins in a group, or outside."""
        level = self.level
        level.end_pattern()
        self.is_description = "DESCRIBE" in word
        level.is_head = _HEAD.search(word) is not None or (level.is_head and "VALUES" not in word)
        level.takes_values = word.endswith("VALUES")
        level.joins += level.takes_values
        level.is_in_triple = word.endswith(("VALUES", "GRAPH"))

    def _read_term(self, found: str, doubtful: int | None = None) -> None:
        if not found.startswith("@"):
            self._count_term(is_item=self.follows_operand)
        if found.startswith(_VARIABLES) and not self.level.is_head:
            self.level.terms.append(found.lstrip("?$"))
        function = self.word
        self._after(is_operand=True)
        self.name, self.function, self.doubtful = found, function, doubtful

    def _count_term(self, *, is_item: bool) -> None:
        """Counts a triple pattern at its first term, an item of a collection, or what is described."""
        level = self.level
        if level.kind is Kind.PATTERN:
            outer = self.levels[-2]
            is_list = outer.kind is not Kind.TRIPLE and not outer.takes_values
            level.joins += 2 * (is_item and is_list)
            level.is_in_triple = True
        elif level.kind is Kind.ROOT:
            self._count(2 * self.is_description)
        elif not level.is_in_triple and not level.is_head and level.kind not in EXPRESSIONS:
            level.joins += 1
            level.is_in_triple = True

    def _read_mark(self, found: str, end: int) -> int:
        if found == ">>" and self.level.kind is not Kind.TRIPLE:
            end -= 1
            found = ">"
        if self.doubtful is not None and found == "{":
            self.at = self.doubtful
            self._refuse_clause("SERVICE")
        read = self.marks.get(found)
        if read is None:
            self._read_operator(found)
        else:
            read(found)
        return end

    def _read_operator(self, found: str) -> None:
        kind = self.level.kind
        if kind in EXPRESSIONS:
            self._count(found == "!" or (found in _ARITHMETIC and self.follows_operand))
        elif kind not in {Kind.DATA, Kind.ROOT}:
            self._count(found in {"/", "|", "^", "!"})
            self.level.joins += found == "/"
        self._after(is_operand=False)

    def _separate(self, found: str) -> None:
        if found == "." and self.level.kind is Kind.GROUP:
            self.level.end_pattern()
        self.level.is_in_triple = False
        self._after(is_operand=False)

    def _open_brace(self, _found: str) -> None:
        outer = self.level
        holds_data = self.word.endswith(("CONSTRUCT", "INSERT", "DELETE", "DATA")) or outer.takes_values
        kind = Kind.DATA if holds_data or outer.is_data else Kind.GROUP
        outer.takes_values = outer.is_head = self.is_description = False
        self._push(Level(kind, self.at, is_branch=self.word.endswith("UNION")))

    def _open_parenthesis(self, _found: str) -> None:
        kind = self._held()
        if self.level.kind is Kind.ROOT or self.level.is_head:
            self._count(2)
        elif kind is Kind.PATTERN:
            self._count_term(is_item=self.follows_operand or not self.level.is_in_triple)
        self._push(Level(kind, self.at))

    def _held(self) -> Kind:
        """What a parenthesis that opens here holds."""
        outer = self.level
        if outer.kind in EXPRESSIONS:
            return outer.kind
        if outer.kind is Kind.ROOT or outer.is_head or "FILTER" in self.function:
            return Kind.EXPRESSION
        if outer.kind is Kind.GROUP and self.word and not outer.takes_values:
            return Kind.EXPRESSION
        is_glued = self.name[:1] != "<" and _GLUED.search(self.name.partition(":")[0])
        return Kind.UNCLEAR if is_glued else Kind.PATTERN

    def _open(self, found: str) -> None:
        """Opens what stands for a term."""
        self._count_term(is_item=self.follows_operand)
        self._push(Level(Kind.TRIPLE if found == "<<" else Kind.PROPERTIES, self.at))

    def _push(self, level: Level) -> None:
        level.is_data = level.kind is Kind.DATA or self.level.is_data
        self.levels.append(level)
        if len(self.levels) > self.bounds.nesting + 1:
            self._stop(
                f"the query is nested too deep here, over {self.bounds.nesting} levels of brackets; split it "
                "up, or list values with VALUES"
            )
        self._after(is_operand=False)

    def _close(self, found: str) -> None:
        inner = self.level
        if inner.kind not in _PAIRS[found]:
            self._refuse_closing(found)
        self._refuse_product(inner)
        self.levels.pop()
        self.level.take(inner)
        if inner.planned > self.bounds.joins:
            self.at = inner.start
            self._stop(
                f"the bracket that opens here joins {inner.planned:,} triple patterns and steps of paths, "
                f"over the limit of {self.bounds.joins:,}; ask in several queries, or list values with VALUES"
            )
        is_group = found == "}"
        if is_group:
            self.level.is_in_triple = False
        self._after(is_operand=not is_group or self.level.kind in EXPRESSIONS)

    def _refuse_product(self, inner: Level) -> None:
        found = inner.unconnected()
        if inner.kind is Kind.GROUP and found > MOST_PARTS:
            self.at = inner.start
            self._stop(
                f"the bracket that opens here has {found:,} parts that share no variable, over the limit of "
                f"{MOST_PARTS}, so that every row of each would be joined with every row of all others; "
                "connect them by a variable, or ask for each in a query of its own"
            )

    def _refuse_closing(self, found: str) -> NoReturn:
        if self.level.kind is Kind.ROOT:
            self._stop(f"{found!r} closes nothing that is open; correct the brackets before it")
        line, column = position(self.text, self.level.start)
        opened = self.text[self.level.start]
        self._stop(
            f"{found!r} closes nothing here, where the {opened!r} of line {line}, column {column} is still "
            "open; close that first"
        )

    def _after(self, *, is_operand: bool) -> None:
        self.follows_operand = is_operand
        self.word = self.name = self.function = ""
        self.doubtful = None

    def _count(self, steps: int) -> None:
        self.chain += steps
        if self.chain > self.bounds.chain:
            self._stop(
                f"the query is chained too deep, with over {self.bounds.chain:,} operators, filters, unions "
                "and the like up to here; list values with VALUES or IN, or ask in several queries"
            )

    def _stop(self, reason: str) -> NoReturn:
        line, column = position(self.text, self.at)
        raise QueryError(
            f"Line {line}, column {column}: {reason}.", query=self.text, line=line, column=column
        )
