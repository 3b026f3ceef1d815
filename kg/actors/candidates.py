"""Candidates: which clusters a phrase may refer to by nearness, and the likeliest of some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.actors.phrases import Phrase
from kg.actors.ranking import load_weights, log_odds

if TYPE_CHECKING:
    from kg.actors.coreference import State

REACH = 3
"""Sentences that a pronoun looks back over: in GUM news nine of ten antecedents stand that near."""
MOST_CANDIDATES = 8
THRESHOLDS = {"he": -4.0, "she": -4.0, "it": -0.9, "they": -0.9, "typed": -1.0, "plain": -1.4}
"""Log-odds that an antecedent must pass, by pronoun or kind of nominal: the best CoNLL F1 on GUM's news and
interviews, train and dev; higher for what relations are made of."""


def likeliest(options: Iterable[tuple[int, list[str]]], threshold: float) -> int | None:
    """The cluster with the best features; None where none passes a threshold of log-odds."""
    weights = load_weights()
    scored = [(log_odds(features, weights), cluster) for cluster, features in options]
    best = max(scored, default=None, key=lambda pair: pair[0])
    return best[1] if best is not None and best[0] > threshold else None


def recent(state: State, index: int, reach: int | None = None) -> Iterator[int]:
    """Clusters that were named before a phrase, the last named first, within some sentences."""
    here = state.lines[index]
    seen = set()
    for earlier in range(index - 1, -1, -1):
        cluster = state.cluster_of.get(earlier)
        if cluster is None or cluster in seen or state.clusters[cluster].parts:
            continue
        if reach is not None and here - state.lines[earlier] > reach:
            return
        seen.add(cluster)
        yield cluster


def names_in(state: State, cluster: int) -> list[Phrase]:
    """The names of a cluster, one of each spelling."""
    return state.profiles[cluster].names
