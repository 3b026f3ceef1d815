"""The brackets of a query that are open where it is being read, and what has been counted in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from kg.store.products import Pattern, parts


class Kind(Enum):
    """What a bracket holds, which decides how `<`, `(` and `/` within it are to be read."""

    ROOT = auto()
    """What stands outside all brackets: the prologue, SELECT and what follows the pattern."""
    GROUP = auto()
    """Graph patterns."""
    DATA = auto()
    """Templates, quads and values, of which nothing is planned."""
    EXPRESSION = auto()
    """An expression, its arguments, or a list of them."""
    PATTERN = auto()
    """Parentheses of a collection or a path."""
    UNCLEAR = auto()
    """Parentheses of which a keyword that is glued to a prefix leaves open what they hold."""
    PROPERTIES = auto()
    """`[ … ]` and `{| … |}`."""
    TRIPLE = auto()
    """`<< … >>`."""


EXPRESSIONS = frozenset({Kind.EXPRESSION, Kind.UNCLEAR})


@dataclass(slots=True)
class Level:
    """A bracket that is open."""

    kind: Kind
    start: int = 0
    is_data: bool = False
    """Whether it is, or is within, what is not planned."""
    is_branch: bool = False
    """Whether it follows UNION."""
    is_head: bool = False
    """Whether a SELECT, GROUP, ORDER or HAVING has begun, in which parentheses hold expressions."""
    is_in_triple: bool = False
    """Whether the triple pattern at hand has been counted."""
    takes_values: bool = False
    """Whether its next brace opens the rows of VALUES."""
    joins: int = 0
    branches: int = 0
    """Joins of the longest branch of the UNION at hand."""
    terms: list[str] = field(default_factory=list)
    """The variables of the pattern at hand."""
    patterns: list[Pattern] = field(default_factory=list)
    """The patterns before."""
    union_at: int = 0
    """How many patterns stand before the group, or the UNION, that was closed last."""
    apart: int = 0
    """As many patterns as it had when they were known to share no variable."""
    aggregates: bool = False
    """Whether it is a subselect that aggregates, or an expression of one."""

    @property
    def planned(self) -> int:
        """What is joined in it; an empty group is a join too."""
        return 0 if self.is_data else self.joins + self.branches

    def take(self, inner: Level) -> None:
        """Counts what a bracket within it held."""
        self._connect(inner)
        if inner.kind is not Kind.GROUP:
            self.joins += inner.planned
            return
        planned = max(1, inner.planned)
        if inner.is_branch:
            self.branches = max(self.branches, planned)
            return
        self.joins += self.branches
        self.branches = planned

    def end_pattern(self, *, is_part: bool = True) -> None:
        """Ends the pattern at hand."""
        if self.terms:
            self.patterns.append(Pattern(frozenset(self.terms), is_part))
            self.terms = []

    def unconnected(self) -> int:
        """How many parts it has that share no variable; its patterns are put together to them."""
        self.end_pattern()
        if self.apart != len(self.patterns):
            self.patterns = parts(self.patterns)
        return sum(part.is_part for part in self.patterns)

    def _connect(self, inner: Level) -> None:
        """Takes over the patterns of a bracket within it."""
        if inner.kind is Kind.DATA:
            self.end_pattern(is_part=False)
            return
        found = inner.patterns
        if inner.kind is not Kind.GROUP:
            self.aggregates = self.aggregates or inner.aggregates
            self.terms += [name for part in found for name in part.variables]
            if inner.kind in EXPRESSIONS and self.kind is Kind.GROUP:
                self.end_pattern(is_part=False)
            return
        if inner.is_branch:  # the branches of a UNION are one part
            found = [*self.patterns[self.union_at :], *found]
            del self.patterns[self.union_at :]
        if inner.is_branch or inner.aggregates or self.terms:  # those are of GRAPH, or of what has no dot
            names = frozenset(self.terms).union(*[part.variables for part in found])
            found = [Pattern(names, not inner.aggregates and any(part.is_part for part in found))]
            self.terms = []
        self.union_at = len(self.patterns)
        self.apart = 0 if self.patterns else len(found)
        self.patterns += found
