"""Matches relations with facts, and counts.

A fact and a relation match as a `pair` where their ends agree (in either order if the fact is symmetric),
`typed` where the class agrees too, `full` where the status does as well. Names agree when they are the same
once case, accents, punctuation and articles are folded. Each fact takes at most one relation, and each
relation at most one fact; facts of the tier `core` come first. Precision counts a match with any fact,
recall the core ones only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.calibration import Bin, promised, reliability
from kg.evaluation.claims import DETAILS, Claim

LEVELS = ("pair", "typed", "full")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of one level, over one article or all."""

    matched: int = 0
    relations: int = 0
    core_matched: int = 0
    core: int = 0

    @property
    def precision(self) -> float:
        """The share of the relations that are right; 0 where there are none."""
        return self.matched / self.relations if self.relations else 0.0

    @property
    def recall(self) -> float:
        """The share of the core facts that were found; 0 where there are none."""
        return self.core_matched / self.core if self.core else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How well extracted relations agree with the gold."""

    scores: Mapping[str, Score]
    """For each of `LEVELS`, over all articles."""
    details: Mapping[str, tuple[int, int]]
    """For each of `DETAILS`: how many of the full matches that state it are right in it, and their number."""
    articles: Mapping[str, Mapping[str, Score]]
    missed: Mapping[str, tuple[str, ...]]
    """The core facts of each article that no relation matched, typed."""
    wrong: Mapping[str, tuple[str, ...]]
    """The relations of each article that matched no fact, typed."""
    calibration: tuple[Bin, ...] = ()
    """How often the relations that say how sure they are are right, at each of `LEVELS` and as promised."""


def evaluate(gold: Mapping[str, Sequence[Claim]], found: Mapping[str, Sequence[Claim]]) -> Evaluation:
    """Scores what was found in the articles that have gold; other articles do not count.

    >>> ends = {"subject": frozenset({"a"}), "object": frozenset({"b"})}
    >>> fact = Claim(**ends, relation_class="AID", status="asserted")
    >>> evaluate({"x": [fact]}, {"x": [fact]}).scores["full"].f1
    1.0
    """
    articles: dict[str, Mapping[str, Score]] = {}
    missed, wrong = {}, {}
    judged: list[tuple[float, Mapping[str, float]]] = []
    for article, facts in gold.items():
        relations = found.get(article, ())
        matches = {level: match(facts, relations, level) for level in LEVELS}
        articles[article] = {level: _score(facts, relations, matches[level]) for level in LEVELS}
        typed = matches["typed"]
        missed[article] = tuple(f.words for i, f in enumerate(facts) if f.is_core and i not in typed)
        wrong[article] = tuple(r.words for j, r in enumerate(relations) if j not in typed.values())
        judged += _judged(relations, matches)
    return Evaluation(
        scores={level: _sum(scores[level] for scores in articles.values()) for level in LEVELS},
        details=_details(gold, found),
        articles=articles,
        missed=missed,
        wrong=wrong,
        calibration=reliability(judged),
    )


def match(facts: Sequence[Claim], relations: Sequence[Claim], level: str) -> dict[int, int]:
    """A largest one-to-one matching, fact index → relation index, core facts first.

    Follows augmenting paths (Kuhn 1955): a fact that is matched once stays matched.

    Args:
        facts: Of the gold.
        relations: What was extracted.
        level: One of `LEVELS`; see `agree`.

    >>> ends = {"subject": frozenset({"ana bell"}), "object": frozenset({"bo cole"})}
    >>> met = Claim(**ends, relation_class="CONSULT", status="asserted")
    >>> match([met, met], [met], "full")
    {0: 0}
    """
    agreeing = [[j for j, r in enumerate(relations) if agree(fact, r, level)] for fact in facts]
    owner: dict[int, int] = {}
    for index in sorted(range(len(facts)), key=lambda i: not facts[i].is_core):
        _augment(index, agreeing, owner, set())
    return {fact: relation for relation, fact in owner.items()}


def _augment(fact: int, agreeing: list[list[int]], owner: dict[int, int], seen: set[int]) -> bool:
    for relation in agreeing[fact]:
        if relation in seen:
            continue
        seen.add(relation)
        if relation not in owner or _augment(owner[relation], agreeing, owner, seen):
            owner[relation] = fact
            return True
    return False


def agree(fact: Claim, relation: Claim, level: str) -> bool:
    """Whether a relation says what a fact says, at a level.

    Args:
        fact: Of the gold.
        relation: What was extracted.
        level: `pair` asks for the ends, `typed` for the class too, `full` for the status too.

    >>> ends = {"subject": frozenset({"ana bell"}), "object": frozenset({"bo cole"})}
    >>> met, aided = (Claim(**ends, relation_class=name, status="asserted") for name in ("CONSULT", "AID"))
    >>> agree(met, aided, "pair"), agree(met, aided, "typed")
    (True, False)
    """
    straight = fact.subject & relation.subject and fact.object & relation.object
    swapped = fact.symmetric and fact.subject & relation.object and fact.object & relation.subject
    same_class = level == "pair" or fact.relation_class == relation.relation_class
    same_status = level != "full" or fact.status == relation.status
    return bool(straight or swapped) and same_class and same_status


def _score(facts: Sequence[Claim], relations: Sequence[Claim], matching: Mapping[int, int]) -> Score:
    core = {index for index, fact in enumerate(facts) if fact.is_core}
    return Score(
        matched=len(matching),
        relations=len(relations),
        core_matched=len(core & set(matching)),
        core=len(core),
    )


def _judged(
    relations: Sequence[Claim], matches: Mapping[str, Mapping[int, int]]
) -> list[tuple[float, Mapping[str, float]]]:
    """The confidence of each relation that says it, and at which levels the relation matched a fact."""
    matched = {level: set(matching.values()) for level, matching in matches.items()}
    return [
        (relation.confidence, promised({level: float(j in matched[level]) for level in LEVELS}))
        for j, relation in enumerate(relations)
        if relation.confidence is not None
    ]


def _sum(scores: Iterable[Score]) -> Score:
    rows = [(s.matched, s.relations, s.core_matched, s.core) for s in scores]
    matched, relations, core_matched, core = (
        (sum(column) for column in zip(*rows, strict=True)) if rows else (0,) * 4
    )
    return Score(matched=matched, relations=relations, core_matched=core_matched, core=core)


def _details(
    gold: Mapping[str, Sequence[Claim]], found: Mapping[str, Sequence[Claim]]
) -> dict[str, tuple[int, int]]:
    pairs = [
        (facts[i].details, found.get(article, ())[j].details)
        for article, facts in gold.items()
        for i, j in match(facts, found.get(article, ()), "full").items()
    ]
    stated = {name: [(want[name], got.get(name)) for want, got in pairs if name in want] for name in DETAILS}
    return {name: (sum(a == b for a, b in rows), len(rows)) for name, rows in stated.items()}
