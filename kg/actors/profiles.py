"""What is known of a phrase by its syntax, and of a cluster by its phrases, for the rules to ask."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.actors.phrases import Phrase, given_names
from kg.language.tree import children_of
from kg.language.wordsets import word_set
from kg.types import EntityType, MentionKind

DEMONSTRATIVES = frozenset({"this", "that", "these", "those", "such"})
INDEFINITES = frozenset({"a", "an", "another"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "nmod:desc", "nmod:poss", "nummod", "acl", "acl:relcl"})
CLAUSES = frozenset({"acl", "acl:relcl"})
ROLES = {
    "nsubj": "subject",
    "nsubj:pass": "subject",
    "obj": "object",
    "iobj": "object",
    "nmod:poss": "owner",
    "compound": "compound",
}
SEXES = {"he": "m", "she": "f"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the syntax says of one phrase."""

    determiner: str
    """`the`, `this`, `a`, `some` (any other), `poss` (an owner), `num`, or `bare`."""
    modifiers: frozenset[str]
    """Lemmas of what modifies the head, and `clause` where one does."""
    role: str
    """`subject`, `object`, `owner`, `compound`, `oblique` (behind a preposition), `other`, or
    `predicate` where it is only said of somebody: `is a spy`, `served as judge`."""


def facts_of(token: Token) -> Facts:
    """The facts of a phrase by the token that heads it.

    >>> import spacy
    >>> doc = Doc(spacy.blank("en").vocab, words=["the", "new", "study"], lemmas=["the", "new", "study"],
    ...           heads=[2, 2, 2], deps=["det", "amod", "ROOT"])
    >>> facts_of(doc[2])
    Facts(determiner='the', modifiers=frozenset({'new'}), role='other')
    """
    determiner, modifiers, role = "bare", [], role_of(token)
    for child in children_of(token):
        label = child.dep_
        if label in MODIFIERS:
            modifiers.append("clause" if label in CLAUSES else child.lemma_.lower())
            if label == "nmod:poss":
                determiner = "poss"
            elif label == "nummod" and determiner == "bare":
                determiner = "a" if child.lower_ == "one" else "num"
        elif label in {"det", "det:predet"}:
            determiner = determiner_class(child.lower_)
        elif label == "cop" or (label == "case" and child.lower_ == "as"):
            role = "predicate"
        elif label == "case" and role == "other":
            role = "oblique"
    return Facts(determiner=determiner, modifiers=frozenset(modifiers), role=role)


def role_of(token: Token) -> str:
    """The role of a phrase as far as the label of its head tells."""
    if token.dep_ == "xcomp":
        return "predicate"
    return ROLES.get(token.dep_, "other")


def determiner_class(word: str) -> str:
    """The class of a determiner, as `Facts.determiner` has it."""
    if word == "the":
        return "the"
    if word in DEMONSTRATIVES:
        return "this"
    return "a" if word in INDEFINITES else "some"


@dataclass(slots=True)
class Profile:
    """What is known of a cluster. It grows with it."""

    size: int = 0
    last: int = -1
    """Its last phrase."""
    names: list[Phrase] = field(default_factory=list)
    """One of each spelling."""
    types: set[EntityType] = field(default_factory=set)
    sexes: set[str] = field(default_factory=set)
    pronouns: set[str] = field(default_factory=set)
    """The plain forms of its pronouns."""
    is_plural: bool = False
    """Whether any of its phrases is plural."""
    is_singular: bool = False
    """Whether any of its names or nominals is singular; of `Britain` and `the British` both hold."""
    by_noun: dict[str, int] = field(default_factory=dict)
    """Its last phrase for each noun."""

    @property
    def is_named(self) -> bool:
        """Whether any of its phrases is a name."""
        return bool(self.names)

    def add(self, index: int, phrase: Phrase, doc: Doc) -> None:
        """Learn from one more phrase."""
        self.size += 1
        self.last = max(self.last, index)
        self.is_plural = self.is_plural or phrase.plural
        if not phrase.plural and phrase.kind is not MentionKind.PRONOUN:
            self.is_singular = True
        if phrase.type is not None:
            self.types.add(phrase.type)
        if phrase.kind is MentionKind.PRONOUN:
            self.pronouns.add(phrase.trait)
        elif phrase.kind is MentionKind.NAME:
            if all(name.name != phrase.name for name in self.names):
                self.names.append(phrase)
        else:
            self.by_noun[phrase.noun] = index
        sex = sex_of(phrase, doc)
        if sex:
            self.sexes.add(sex)


def profile_of(indices: Iterable[int], phrases: Sequence[Phrase], doc: Doc) -> Profile:
    """The profile of some phrases."""
    profile = Profile()
    for index in indices:
        profile.add(index, phrases[index], doc)
    return profile


def sex_of(phrase: Phrase, doc: Doc) -> str | None:
    """`f` or `m` where a pronoun, a title, a noun or a given name tells; None elsewhere."""
    if phrase.kind is MentionKind.PRONOUN:
        return SEXES.get(phrase.trait)
    if phrase.plural:
        return None
    if phrase.kind is MentionKind.NOMINAL:
        return sex_of_word(phrase.noun)
    if phrase.type is not EntityType.PERSON:
        return None
    before = sex_of_word(doc[phrase.start - 1].lower_) if phrase.start else None
    words = phrase.name.split()
    own = sex_of_word(words[0].lower()) if len(words) > 1 else None
    return before or own or (given_names().get(words[0]) if len(words) > 1 else None)


@functools.lru_cache(maxsize=16384)
def sex_of_word(word: str) -> str | None:
    """`f` or `m` for a title or noun of one sex: `king`, `Mrs`, `spokeswoman`; None for others."""
    plain = word.rstrip(".")
    if plain in word_set("kg.actors", "female words") or plain.endswith("woman"):
        return "f"
    if plain in word_set("kg.actors", "male words"):
        return "m"
    return None
