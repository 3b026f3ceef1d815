"""How well chains of mentions agree with gold chains: MUC, B³, CEAF_e, their mean (CoNLL F1) and LEA.

A chain is a set of mentions, whatever stands for one; both sides must name a mention alike. Chains of one
mention are left out, as in CoNLL-2012 (Pradhan et al. 2014, Scoring Coreference Partitions of Predicted
Mentions: A Reference Implementation, ACL 2014). Several documents are scored as one partition: the
numerators and denominators of each are added up.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.assignment import best_assignment

Chain = frozenset[Hashable]
Chains = Sequence[Chain]
Sums = tuple[float, float]
"""A numerator and its denominator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two sets of chains agree by one measure, 0–1."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


def compare(documents: Iterable[tuple[Iterable[Chain], Iterable[Chain]]]) -> dict[str, Agreement]:
    """The agreement of gold and found chains by each measure.

    Args:
        documents: The gold and the found chains of each document.

    >>> compare([([frozenset("abc")], [frozenset("ab")])])["MUC"]
    Agreement(recall=0.5, precision=1.0)
    """
    pairs = [(_real(gold), _real(found)) for gold, found in documents]
    return {
        name: Agreement(
            recall=_ratio(measure(gold, found) for gold, found in pairs),
            precision=_ratio(measure(found, gold) for gold, found in pairs),
        )
        for name, measure in MEASURES.items()
    }


def conll_f1(scores: Mapping[str, Agreement]) -> float:
    """The mean F1 of MUC, B³ and CEAF_e, 0–1.

    >>> round(conll_f1(compare([([frozenset("abc")], [frozenset("ab")])])), 3)
    0.694
    """
    return sum(scores[name].f1 for name in ("MUC", "B³", "CEAF_e")) / 3


def links_kept(gold: Chains, found: Chains) -> Sums:
    """MUC (Vilain et al. 1995): how many of the links that hold each gold chain together were found."""
    chain_of = _index(found)
    kept = sum(len(chain) - _partitions(chain, chain_of) for chain in gold)
    return kept, sum(len(chain) - 1 for chain in gold)


def mentions_together(gold: Chains, found: Chains) -> Sums:
    """B³ (Bagga and Baldwin 1998): for each gold mention, how much of its chain was found with it."""
    kept = sum(len(chain & other) ** 2 / len(chain) for chain in gold for other in found)
    return kept, sum(len(chain) for chain in gold)


def chains_matched(gold: Chains, found: Chains) -> Sums:
    """CEAF_e (Luo 2005): the likeness of chains, paired one to one for the best; φ₄, Dice's coefficient."""
    likeness = [[2 * len(chain & other) / (len(chain) + len(other)) for other in found] for chain in gold]
    pairs = best_assignment(likeness)
    return sum(likeness[row][column] for row, column in pairs), len(gold)


def links_weighted(gold: Chains, found: Chains) -> Sums:
    """LEA (Moosavi and Strube 2016): the share of each gold chain's links that was found, by its size."""
    kept = sum(
        len(chain) * sum(_links(len(chain & other)) for other in found) / _links(len(chain)) for chain in gold
    )
    return kept, sum(len(chain) for chain in gold)


MEASURES: dict[str, Callable[[Chains, Chains], Sums]] = {
    "MUC": links_kept,
    "B³": mentions_together,
    "CEAF_e": chains_matched,
    "LEA": links_weighted,
}


def _real(chains: Iterable[Chain]) -> list[Chain]:
    return [chain for chain in chains if len(chain) > 1]


def _ratio(sums: Iterable[Sums]) -> float:
    numerators, denominators = zip((0.0, 0.0), *sums, strict=True)
    total = sum(denominators)
    return sum(numerators) / total if total else 0.0


def _index(chains: Chains) -> dict[Hashable, int]:
    return {mention: number for number, chain in enumerate(chains) for mention in chain}


def _partitions(chain: Chain, chain_of: Mapping[Hashable, int]) -> int:
    """Into how many parts other chains divide a chain; a mention of none is a part by itself."""
    alone = sum(mention not in chain_of for mention in chain)
    return alone + len({chain_of[mention] for mention in chain if mention in chain_of})


def _links(size: int) -> float:
    return size * (size - 1) / 2
