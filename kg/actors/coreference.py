"""The component `kg_coreference`: which phrases of a document stand for the same.

One pass from left to right over the phrases, after the syntax has been asked (`identity`). A name
joins the cluster that bears it or a variant of it; a nominal joins the cluster that its noun and its
owner describe; a pronoun joins the likeliest cluster that agrees with it (`ranking`).
Plurals such as `both leaders` stand for several clusters. What finds no cluster starts one. Then `I`, `we`
and `you` join whoever speaks (`speakers`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from kg.actors import antecedents, plurals, speakers
from kg.actors.identity import are_forms_of_one, owners, phrase_at, same_by_syntax
from kg.actors.names import fold, fold_words
from kg.actors.phrases import Phrase
from kg.actors.profiles import Facts, Profile, facts_of, profile_of
from kg.actors.voices import Voice, voices
from kg.language.columns import token_columns
from kg.language.kept import keep
from kg.types import EntityType, MentionKind


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
        """Clusters in the order in which they were begun."""
        state = State(doc)
        for index in range(len(state.phrases)):
            state.place(index)
        speakers.place_speakers(state)
        return tuple(state.clusters)


class State:
    """The clusters of one document while it is read.

    Attributes:
        doc: The document.
        phrases: Its phrases.
        by_head: Phrase indices by the tokens that head them.
        clusters: What has been found so far.
        profiles: What is known of each cluster.
        cluster_of: Cluster index by phrase index.
        heads: The token that heads each phrase.
        lines: The number of each phrase's sentence.
        renamed: Phrases that syntax makes one with a later name.
        voices: Whose words each token is of.
        states_named: How often the document names each state, by registry id.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.phrases: Sequence[Phrase] = doc._.phrases
        self.by_head = phrase_at(doc)
        self.clusters: list[Cluster] = []
        self.profiles: list[Profile] = []
        self.cluster_of: dict[int, int] = {}
        numbers = sentence_numbers(doc)
        self.heads = [doc[phrase.head] for phrase in self.phrases]
        self.lines = [numbers[phrase.head] for phrase in self.phrases]
        self.voices: list[Voice] = voices(doc)
        self.same = links(doc)
        later_names = (
            found for other, found in self.same.items() if self.phrases[other].kind == MentionKind.NAME
        )
        self.renamed = {earlier for found in later_names for earlier in found}
        self.states_named = Counter(
            phrase.actor for phrase in self.phrases if phrase.actor and phrase.type is EntityType.COUNTRY
        )
        self._facts: dict[int, Facts] = {}
        self._owners: dict[int, tuple[int, ...]] = {}
        self._owner_keys: dict[int, frozenset[str]] = {}
        self._times_said = Counter(phrase.noun for phrase in self.phrases if phrase.noun)
        self._by_actor: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._named: list[int] = []

    def place(self, index: int) -> None:
        """Put one phrase into a cluster; `I`, `we` and `you` wait until all else is placed."""
        phrase = self.phrases[index]
        if phrase.type is None:
            if not speakers.is_of_speaker(phrase):
                self.place_untyped(index)
            return
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
            self.join(index, joined)

    def place_untyped(self, index: int) -> None:
        """Put a pronoun, or a noun that stands for no actor, into a cluster; the syntax is not asked."""
        parts = plurals.parts_of(self, index) if self.phrases[index].trait == "they" else ()
        joined = None if parts else antecedents.find(self, index)
        if joined is None:
            self.start(index, parts)
        else:
            self.join(index, joined)

    def start(self, index: int, parts: tuple[int, ...] = ()) -> int:
        """Begin a cluster; gives its index."""
        self.clusters.append(Cluster(parts=parts))
        self.profiles.append(Profile())
        self.join(index, len(self.clusters) - 1)
        return len(self.clusters) - 1

    def join(self, index: int, cluster: int) -> None:
        """Put a phrase into a cluster that there is."""
        phrase = self.phrases[index]
        self.clusters[cluster].phrases.append(index)
        self.cluster_of[index] = cluster
        self.profiles[cluster].add(index, phrase, self.doc)
        if phrase.kind is MentionKind.NAME:
            self._index_name(phrase, cluster)
        elif phrase.kind is MentionKind.NOMINAL:
            self._index_word(phrase.noun, cluster)

    def facts(self, index: int) -> Facts:
        """What the syntax says of a phrase."""
        if index not in self._facts:
            self._facts[index] = facts_of(self.heads[index])
        return self._facts[index]

    def owner_phrases(self, index: int) -> tuple[int, ...]:
        """Phrases of whoever a nominal belongs to."""
        if index not in self._owners:
            found = (self.by_head.get(token.i) for _, token in owners(self.doc, self.phrases[index]))
            self._owners[index] = tuple(owner for owner in found if owner is not None)
        return self._owners[index]

    def owner_keys(self, index: int) -> frozenset[str]:
        """Whoever a nominal belongs to: by registry id or name, for `his` by cluster, for `our` by voice.

        By name, since an owner behind the noun has no cluster yet when the noun is placed.
        """
        if index not in self._owner_keys:
            self._owner_keys[index] = frozenset(map(self._owner_key, self.owner_phrases(index)))
        return self._owner_keys[index]

    def _owner_key(self, index: int) -> str:
        phrase = self.phrases[index]
        if speakers.is_of_speaker(phrase):
            return f"{phrase.trait} {self.voices[phrase.head]}"
        if phrase.kind is not MentionKind.PRONOUN:
            return phrase.actor or fold(phrase.name)
        names = self.profiles[self.cluster_of[index]].names if index in self.cluster_of else ()
        known = next((name.actor for name in names if name.actor), None)
        return known or (fold(names[0].name) if names else f"cluster {self.cluster_of.get(index)}")

    def times_said(self, noun: str) -> int:
        """How many nominals of the whole document have a noun."""
        return self._times_said[noun]

    def is_quoted(self, token: int) -> bool:
        """Whether a token stands in quotation marks."""
        return self.voices[token].kind == "quote"

    def with_actor(self, actor: str) -> int | None:
        """The cluster of a registry actor; None where it was not named."""
        return self._by_actor.get(actor)

    def with_word(self, word: str) -> list[int]:
        """Clusters that a noun, or a word of a name of no person, was said of; the last first."""
        found = self._by_word.get(word, ())
        return sorted(found, key=lambda cluster: -self.profiles[cluster].last)

    def with_name(self, folded: str) -> list[int]:
        """Clusters that bear a name, as `fold` gives it; the last mentioned first."""
        found = self._by_name.get(folded, ())
        return sorted(found, key=lambda cluster: -self.profiles[cluster].last)

    def named(self) -> list[int]:
        """Clusters with a name, the last mentioned first."""
        return sorted(self._named, key=lambda cluster: -self.profiles[cluster].last)

    def _index_name(self, name: Phrase, cluster: int) -> None:
        if cluster not in self._named:
            self._named.append(cluster)
        bearers = self._by_name.setdefault(fold(name.name), [])
        if cluster not in bearers:
            bearers.append(cluster)
        if name.actor is not None:
            self._by_actor.setdefault(name.actor, cluster)
        if name.type is not EntityType.PERSON and name.trait != "demonym":
            for word in fold_words(name.name):
                self._index_word(word, cluster)

    def _index_word(self, word: str, cluster: int) -> None:
        clusters = self._by_word.setdefault(word, [])
        if cluster not in clusters:
            clusters.append(cluster)

    def joined_by_syntax(self, index: int) -> int | None:
        """The cluster of a phrase that syntax makes one with this.

        A name that renames a nominal is looked up first: the nominal follows the name.
        """
        earlier = [other for other in self.same.get(index, ()) if other in self.cluster_of]
        if not earlier:
            return None
        cluster = self.cluster_of[earlier[0]]
        if not self.may_bear(cluster, self.phrases[index]):
            return None
        if self.phrases[index].kind == MentionKind.NAME and not self.has_name(cluster):
            known = antecedents.find(self, index)
            if known is not None and known != cluster:
                self.merge(cluster, known)
                return known
        return cluster

    def may_bear(self, cluster: int, phrase: Phrase) -> bool:
        """Whether a phrase is no name, or a form of a name of the cluster, if that has any."""
        if phrase.kind is not MentionKind.NAME:
            return True
        names = self.profiles[cluster].names
        return not names or any(are_forms_of_one(name, phrase) for name in names)

    def awaits_name(self, index: int) -> bool:
        """Whether syntax makes a later name one with a phrase: then the name decides."""
        return index in self.renamed

    def has_name(self, cluster: int) -> bool:
        """Whether any phrase of a cluster is a name."""
        return self.profiles[cluster].is_named

    def merge(self, emptied: int, kept: int) -> None:
        """Move all phrases of one cluster to another; the first stays, empty."""
        moved = self.clusters[emptied].phrases
        self.cluster_of.update(dict.fromkeys(moved, kept))
        self.clusters[kept].phrases = sorted([*self.clusters[kept].phrases, *moved])
        self.clusters[emptied].phrases = []
        self.profiles[kept] = profile_of(self.clusters[kept].phrases, self.phrases, self.doc)
        self.profiles[emptied] = Profile()
        for clusters in (self._named, *self._by_name.values(), *self._by_word.values()):
            if emptied in clusters:
                clusters.remove(emptied)
                clusters.extend([kept] if kept not in clusters else [])
        self._by_actor.update({actor: kept for actor, one in self._by_actor.items() if one == emptied})


def links(doc: Doc) -> dict[int, list[int]]:
    """For each phrase the earlier ones that syntax makes one with it."""
    found: dict[int, list[int]] = {}
    for earlier, later in same_by_syntax(doc):
        found.setdefault(later, []).append(earlier)
    return found


def sentence_numbers(doc: Doc) -> list[int]:
    """The number of its sentence, from 0, for each token."""
    starts = token_columns(doc, ("SENT_START",))[:, 0] == 1
    if len(starts):
        starts[0] = True
    numbers: list[int] = (starts.cumsum() - 1).tolist()
    return numbers
