"""What follows from triples by what the ontology says of their properties: rules of OWL 2 RL, table 5.

- `prp-symp`: a symmetric property holds the other way round.
- `prp-inv1`, `prp-inv2`: the inverse of a property holds the other way round.
- `prp-spo1`: a property implies those above it.
- `prp-trp`: a transitive property holds over steps.

See https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules. What the ontology
says is read from its files; nothing about a property stands here.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.rdf.quads import Term
from kg.vocabulary import OWL, RDF, RDFS
from kg.vocabulary.files import Index, index_files

Subject: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple
Pairs: TypeAlias = Mapping[ox.NamedNode, Iterable[tuple[Subject, Term]]]
"""Subjects and objects by property."""
Found: TypeAlias = tuple[Subject, ox.NamedNode, Term]


class Rule(StrEnum):
    """The rules, by their names in the specification."""

    SYMMETRY = "prp-symp"
    INVERSE = "prp-inv1"
    OTHER_INVERSE = "prp-inv2"
    SUBPROPERTY = "prp-spo1"
    TRANSITIVITY = "prp-trp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Axioms:
    """What an ontology says of properties."""

    symmetric: frozenset[ox.NamedNode] = frozenset()
    transitive: frozenset[ox.NamedNode] = frozenset()
    above: frozenset[tuple[ox.NamedNode, ox.NamedNode]] = frozenset()
    """Properties, each with one that it implies."""
    inverse: frozenset[tuple[ox.NamedNode, ox.NamedNode]] = frozenset()
    """Pairs as they are stated."""

    @property
    def properties(self) -> frozenset[ox.NamedNode]:
        """All that occur in them."""
        pairs = {node for pair in self.above | self.inverse for node in pair}
        return frozenset(pairs) | self.symmetric | self.transitive


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What follows from triples, without themselves."""

    triples: Mapping[Found, Rule] = field(default_factory=dict)
    """Each with the rule that gave it first."""

    def by_rule(self) -> dict[str, int]:
        """How many triples each rule gave first, in the order of the rules."""
        counts = Counter(self.triples.values())
        return {rule.value: counts[rule] for rule in Rule if counts[rule]}

    def by_property(self) -> dict[str, int]:
        """How many triples there are of each property, by its IRI; the most first."""
        counts = Counter(predicate.value for _, predicate, _ in self.triples)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def read_axioms(files: Iterable[Path]) -> Axioms:
    """What Turtle files say of properties that have IRIs.

    >>> from kg.vocabulary import KG, ontology_files
    >>> KG.meets in read_axioms(ontology_files(actors=False)).symmetric
    True

    Raises:
        VocabularyError: A file cannot be read, or is not Turtle.
    """
    index = index_files(files)
    return Axioms(
        symmetric=_kinds(index, OWL.SymmetricProperty),
        transitive=_kinds(index, ox.NamedNode(f"{OWL.base}TransitiveProperty")),
        above=_pairs(index, RDFS.subPropertyOf),
        inverse=_pairs(index, OWL.inverseOf),
    )


def _kinds(index: Index, kind: ox.NamedNode) -> frozenset[ox.NamedNode]:
    return frozenset(one for one, other in _pairs(index, RDF.type) if other == kind)


def _pairs(index: Index, predicate: ox.NamedNode) -> frozenset[tuple[ox.NamedNode, ox.NamedNode]]:
    """What has IRIs and is said with a predicate; labels of blank nodes have no colon."""
    stated = (
        (iri, other)
        for iri, values in index.items()
        for other, is_literal in values.get(predicate.value, ())
        if not is_literal and ":" in iri and ":" in other
    )
    return frozenset((ox.NamedNode(one), ox.NamedNode(other)) for one, other in stated)


def close(facts: Pairs, axioms: Axioms) -> Closure:
    """What follows from facts, to the fixpoint, each triple once and none that is a fact.

    Semi-naive: every triple, once it is known, is met by each rule once. Takes time in proportion to the
    facts and what follows, of which transitivity can give as many as the square of a chain's length.

    Args:
        facts: The triples of all properties of the axioms.
        axioms: What the ontology says.
    """
    work = _Work(axioms)
    for predicate in sorted(facts, key=lambda node: node.value):
        for subject, item in sorted(facts[predicate], key=str):
            work.learn((subject, predicate, item), None)
    return Closure(triples=work.run())


class _Work:
    """The triples that are known, and those whose consequences are still to be drawn."""

    def __init__(self, axioms: Axioms) -> None:
        self.axioms = axioms
        self.known: set[Found] = set()
        self.derived: dict[Found, Rule] = {}
        self.waiting: deque[Found] = deque()
        self.after: dict[tuple[ox.NamedNode, Term], list[Term]] = defaultdict(list)
        self.before: dict[tuple[ox.NamedNode, Term], list[Subject]] = defaultdict(list)
        self.turned = self._turned()
        self.above: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
        for lower, upper in sorted(axioms.above, key=str):
            self.above[lower].append(upper)

    def _turned(self) -> dict[ox.NamedNode, list[tuple[ox.NamedNode, Rule]]]:
        """What holds the other way round of each property, and by which rule."""
        turned: dict[ox.NamedNode, list[tuple[ox.NamedNode, Rule]]] = defaultdict(list)
        for node in self.axioms.symmetric:
            turned[node].append((node, Rule.SYMMETRY))
        for one, other in sorted(self.axioms.inverse, key=str):
            turned[one].append((other, Rule.INVERSE))
            turned[other].append((one, Rule.OTHER_INVERSE))
        return turned

    def learn(self, found: Found, rule: Rule | None) -> None:
        """Takes in a triple, unless it is known; without a rule it is a fact."""
        if found in self.known:
            return
        self.known.add(found)
        self.waiting.append(found)
        if rule is not None:
            self.derived[found] = rule

    def run(self) -> dict[Found, Rule]:
        """Draws all consequences."""
        while self.waiting:
            found = self.waiting.popleft()
            for consequence, rule in self._consequences(found):
                self.learn(consequence, rule)
        return self.derived

    def _consequences(self, found: Found) -> Iterator[tuple[Found, Rule]]:
        subject, predicate, item = found
        for upper in self.above.get(predicate, ()):
            yield (subject, upper, item), Rule.SUBPROPERTY
        if isinstance(item, ox.Literal):
            return  # nothing is said of a literal
        for other, rule in self.turned.get(predicate, ()):
            yield (item, other, subject), rule
        if predicate in self.axioms.transitive:
            self.after[predicate, subject].append(item)
            self.before[predicate, item].append(subject)
            for further in self.after[predicate, item]:
                yield (subject, predicate, further), Rule.TRANSITIVITY
            for earlier in self.before[predicate, subject]:
                yield (earlier, predicate, item), Rule.TRANSITIVITY
