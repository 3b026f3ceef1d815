"""What a check of a graph finds, as plain records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with a graph."""

    severity: Severity
    message: str
    """What ought to be."""
    node: str
    """IRI of the relation, entity, article or words at fault."""
    shape: str = ""
    """IRI of the shape that is broken; where it has none of its own, of the shape that it is part of."""
    component: str = ""
    """IRI of the kind of constraint that is broken, such as `sh:MinCountConstraintComponent`."""
    article: str | None = None
    """Id of the article; None where it is in no article's graph."""
    name: str | None = None
    """The node in words: `Ana Bell – meet – Bo Cole`."""
    path: str | None = None
    """IRI of the property at fault."""
    value: str | None = None
    """The value at fault; None where one is missing."""
    term: str | None = None
    """The same value as N-Triples writes it."""

    @property
    def rule(self) -> str:
        """The shape's name, without its namespace."""
        return self.shape.rpartition("#")[2]

    def __str__(self) -> str:
        where = f"article {self.article!r}" if self.article is not None else "the default graph"
        return f"{self.severity}: in {where}, {self.told()}"

    def told(self) -> str:
        """The finding without its severity and article."""
        what = f"{self.name} <{self.node}>" if self.name else f"<{self.node}>"
        value = f" Found: {self.value!r}." if self.value is not None else ""
        return f"{what}: {self.message}{value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found."""

    articles: int
    """How many articles were checked."""
    findings: tuple[Finding, ...] = ()
    """Sorted: violations first, then by article and node."""

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings do not count."""
        return all(finding.severity is not Severity.VIOLATION for finding in self.findings)

    def by_article(self) -> dict[str | None, list[Finding]]:
        """The findings of each article by its id, sorted; None is for what stands in no article's graph."""
        groups: dict[str | None, list[Finding]] = {}
        for finding in sorted(self.findings, key=_place):
            groups.setdefault(finding.article, []).append(finding)
        return groups

    def counts(self) -> dict[tuple[Severity, str], int]:
        """How often each shape is broken, by severity and the shape's name; the most often first."""
        found = Counter((finding.severity, finding.rule) for finding in self.findings)
        return dict(sorted(found.items(), key=lambda item: (item[0][0], -item[1], item[0][1])))


def _place(finding: Finding) -> tuple[bool, str, str, str, str]:
    article = finding.article
    return (article is None, article or "", finding.name or "", finding.node, finding.message)
