"""The component `kg_coreference`: which phrases of a document stand for the same.

One pass from left to right over the phrases, after the syntax has been asked (`identity`). A name
joins the cluster that bears it or a variant of it; a nominal joins the cluster that its noun and its
owner describe; a pronoun joins the best cluster that agrees with it, ranked by distance and grammatical
role as in Lappin and Leass (1994, Computational Linguistics 20:4). Plurals such as `both leaders`
stand for several clusters. What finds no cluster starts one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from kg.actors import antecedents, plurals
from kg.actors.identity import phrase_at, same_by_syntax
from kg.actors.phrases import Phrase
from kg.language.kept import keep
from kg.types import MentionKind


@dataclass(slots=True)
class Cluster:
    """Phrases of one entity, as they are found. It grows; only `Coreference` writes to it."""

    phrases: list[int] = field(default_factory=list)
    parts: tuple[int, ...] = ()
    """For a plural that stands for several: the clusters that it stands for."""


@Language.factory(
    "kg_coreference",
    requires=["doc._.phrases", "token.dep", "doc.sents"],
    assigns=["doc._.clusters"],
)
class Coreference:
    """Sets `doc._.clusters`: tuples of phrase indices, and what each plural stands for."""

    def __init__(self, nlp: Language, name: str) -> None:
        keep("clusters", default=())
        keep("article", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Cluster the phrases of one document."""
        doc._.clusters = self.predict(doc)
        return doc

    def predict(self, doc: Doc) -> tuple[Cluster, ...]:
        """Clusters in the order of their first phrase."""
        state = State(doc)
        for index in range(len(state.phrases)):
            state.place(index)
        return tuple(state.clusters)


class State:
    """The clusters of one document while it is read.

    Attributes:
        doc: The document.
        phrases: Its phrases.
        clusters: What has been found so far.
        cluster_of: Cluster index by phrase index.
        renamed: Phrases that syntax makes one with a later name.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.phrases: Sequence[Phrase] = doc._.phrases
        self.by_head = phrase_at(doc)
        self.clusters: list[Cluster] = []
        self.cluster_of: dict[int, int] = {}
        self.sentence_of = sentence_numbers(doc)
        self.same = links(doc)
        later_names = (
            found for other, found in self.same.items() if self.phrases[other].kind == MentionKind.NAME
        )
        self.renamed = {earlier for found in later_names for earlier in found}

    def place(self, index: int) -> None:
        """Put one phrase into a cluster."""
        joined = self.joined_by_syntax(index)
        if joined is None:
            parts = plurals.parts_of(self, index)
            if parts:
                self.start(index, parts)
                return
            joined = None if self.awaits_name(index) else antecedents.find(self, index)
        if joined is None:
            self.start(index)
        else:
            self.clusters[joined].phrases.append(index)
            self.cluster_of[index] = joined

    def start(self, index: int, parts: tuple[int, ...] = ()) -> None:
        """Begin a cluster; a pronoun without antecedent begins none."""
        if self.phrases[index].kind == MentionKind.PRONOUN and not parts:
            return
        self.clusters.append(Cluster(phrases=[index], parts=parts))
        self.cluster_of[index] = len(self.clusters) - 1

    def joined_by_syntax(self, index: int) -> int | None:
        """The cluster of a phrase that syntax makes one with this.

        A name that renames a nominal is looked up first: the nominal follows the name.
        """
        earlier = [other for other in self.same.get(index, ()) if other in self.cluster_of]
        if not earlier:
            return None
        cluster = self.cluster_of[earlier[0]]
        if self.phrases[index].kind == MentionKind.NAME and not self.has_name(cluster):
            known = antecedents.find(self, index)
            if known is not None and known != cluster:
                self.merge(cluster, known)
                return known
        return cluster

    def awaits_name(self, index: int) -> bool:
        """Whether syntax makes a later name one with a phrase: then the name decides."""
        return index in self.renamed

    def has_name(self, cluster: int) -> bool:
        """Whether any phrase of a cluster is a name."""
        return any(self.phrases[i].kind == MentionKind.NAME for i in self.clusters[cluster].phrases)

    def merge(self, emptied: int, kept: int) -> None:
        """Move all phrases of one cluster to another; the first stays, empty."""
        for phrase in self.clusters[emptied].phrases:
            self.cluster_of[phrase] = kept
        self.clusters[kept].phrases = sorted([*self.clusters[kept].phrases, *self.clusters[emptied].phrases])
        self.clusters[emptied].phrases = []


def links(doc: Doc) -> dict[int, list[int]]:
    """For each phrase the earlier ones that syntax makes one with it."""
    found: dict[int, list[int]] = {}
    for earlier, later in same_by_syntax(doc):
        found.setdefault(later, []).append(earlier)
    return found


def sentence_numbers(doc: Doc) -> list[int]:
    """The number of its sentence, from 0, for each token."""
    return [number for number, sent in enumerate(doc.sents) for _ in sent]
