"""The brackets of a query that are open where it is being read, and what has been counted in each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


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

    @property
    def planned(self) -> int:
        """What is joined in it; an empty group is a join too."""
        return 0 if self.is_data else self.joins + self.branches

    def take(self, inner: Level) -> None:
        """Counts what a bracket within it held."""
        if inner.kind is not Kind.GROUP:
            self.joins += inner.planned
            return
        planned = max(1, inner.planned)
        if inner.is_branch:
            self.branches = max(self.branches, planned)
            return
        self.joins += self.branches
        self.branches = planned
