"""What a check of an ontology finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing that is wrong with an ontology.

    >>> str(Problem(term="my:coaches", rule="label", message="It has no rdfs:label; give it one."))
    'my:coaches: It has no rdfs:label; give it one. [label]'
    """

    term: str
    """The term at fault, with its prefix; what it is where it has no name."""
    rule: str
    """Name of the rule that is broken: `label`, `domain and range`, `OWL 2 RL`, `OWL 2 DL`."""
    message: str
    """What is wrong and what to do."""

    def __str__(self) -> str:
        return f"{self.term}: {self.message} [{self.rule}]"
