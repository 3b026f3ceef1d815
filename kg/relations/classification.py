"""Classification: which relation class and property a predicate expresses, by the ontology's lexical forms.

The forms are data (`ontology/kg.ttl`, `ontology/plover.ttl`, or a user's own ontology file); this module
only looks them up. A property wins over a class of the same form, where the types of both ends fit it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.language.wordsets import word_set
from kg.types import EntityType
from kg.vocabulary import BASE, Property, RelationClass, Vocabulary, load_vocabulary, stamp

OTHER = "OTHER"
PARTNER_PREPOSITIONS = frozenset({"", "with", "between", "among", "of"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a lexical form expresses."""

    relation_class: str
    property: str | None = None
    is_symmetric: bool = False
    is_inverse: bool = False
    """Whether the grammatical subject is the relation's object."""
    active: str = ""
    """The words of an inverse meaning, said of the relation's subject: `aid`, of `receive aid`."""
    subject_types: frozenset[EntityType] = frozenset()
    """Types that the subject may have; empty where any may."""
    object_types: frozenset[EntityType] = frozenset()

    def fits(self, subject: EntityType, object_: EntityType) -> bool:
        """Whether the types of both ends are allowed."""
        return (not self.subject_types or subject in self.subject_types) and (
            not self.object_types or object_ in self.object_types
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lexical forms of verbs and nouns with what they may mean, properties first."""

    verbs: Mapping[str, tuple[Meaning, ...]]
    nouns: Mapping[str, tuple[Meaning, ...]]
    states: Mapping[str, Meaning]
    """For each class of states its widest property."""
    verb_beginnings: frozenset[str] = frozenset()
    """What the forms of verbs begin with, and those forms: `hold`, `hold talk`, `hold talk with`."""
    noun_beginnings: frozenset[str] = frozenset()
    """The first words of the forms of nouns."""

    def of_noun(self, form: str) -> tuple[Meaning, ...]:
        """What a noun form means, with the property that its noun alone or with a partner would have.

        `discussion` has no property in the ontology but `discussion between` has: where the class is the
        same, that property is meant.
        """
        found = self.nouns.get(form, ())
        if found and found[0].property:
            return found
        noun, _, preposition = form.partition(" ")
        if preposition not in PARTNER_PREPOSITIONS:
            return found
        partners = (
            m for other in (f"{noun} with", f"{noun} between", noun) for m in self.nouns.get(other, ())
        )
        classes = {m.relation_class for m in found[:1]}
        typed = tuple(m for m in partners if m.property and (not classes or m.relation_class in classes))
        return (*typed[:1], *found)

    def reciprocal(self, form: str, relation_class: str, *, noun: str) -> Meaning:
        """What a form means between those on one level: `discuss` as `discuss with`."""
        verb = form.partition(" ")[0]
        forms = (form, f"{form} with", f"{verb} with")
        verbs = (meaning for other in forms for meaning in self.verbs.get(other, ()))
        nouns = (meaning for other in (noun, f"{noun} with") for meaning in self.of_noun(other))
        for meaning in (*verbs, *nouns):
            if meaning.is_symmetric and meaning.relation_class == relation_class:
                return meaning
        return Meaning(relation_class=relation_class, is_symmetric=True)

    def of_state(self, relation_class: str, words: str) -> Meaning:
        """The meaning of a state by its predicate: `president of`, else the widest property of its class."""
        for form in (words, *(" ".join(words.split()[start:]) for start in range(1, len(words.split()) - 1))):
            for meaning in self.nouns.get(form, ()):
                if meaning.relation_class == relation_class and meaning.property:
                    return meaning
        return self.states.get(relation_class, Meaning(relation_class=relation_class))


def load_lexicon(extra: Path | None = None) -> Lexicon:
    """The forms of the package's ontology, widened by the Turtle file `extra`, whose forms come first.

    >>> load_lexicon().verbs["meet"][0].relation_class
    'CONSULT'

    Raises:
        VocabularyError: The file cannot be read, or a term lacks what it must have.
    """
    return _lexicon(extra, stamp(extra))


@functools.cache
def _lexicon(extra: Path | None, _: tuple[int, int] | None) -> Lexicon:
    return lexicon_of(load_vocabulary(extra))


def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The forms of a vocabulary, a user's own first, properties before classes, each in its order."""
    verbs: dict[str, list[Meaning]] = {}
    nouns: dict[str, list[Meaning]] = {}
    entries: list[Property | RelationClass] = [*vocabulary.properties.values(), *vocabulary.classes.values()]
    for entry in sorted(entries, key=lambda entry: entry.iri.startswith(BASE)):
        for form in entry.verbs:
            verbs.setdefault(form, []).append(meaning_of(entry))
        for form in entry.inverse_verbs:
            verbs.setdefault(form, []).append(meaning_of(entry, is_inverse=True))
        for form in entry.nouns:
            nouns.setdefault(form, []).append(meaning_of(entry))
    return Lexicon(
        verbs={form: (*inherited(form, verbs), *found) for form, found in verbs.items()},
        nouns={form: tuple(found) for form, found in nouns.items()},
        states=widest_properties(vocabulary),
        verb_beginnings=frozenset(beginning for form in verbs for beginning in beginnings_of(form)),
        noun_beginnings=frozenset(form.partition(" ")[0] for form in nouns),
    )


def beginnings_of(form: str) -> list[str]:
    """A form of several words without its last ones, and the whole.

    >>> beginnings_of("hold talk with")
    ['hold', 'hold talk', 'hold talk with']
    """
    words = form.split()
    return [" ".join(words[:count]) for count in range(1, len(words) + 1)]


def inherited(form: str, verbs: Mapping[str, list[Meaning]]) -> tuple[Meaning, ...]:
    """The property of a form's verb, where the form itself is known by its class alone.

    `reject proposal` is REJECT by the ontology, and `reject` the property `rejects` of that class.
    """
    verb, _, noun = form.partition(" ")
    found = verbs[form]
    if (
        not noun
        or " " in noun
        or noun in word_set("kg.relations", "no nouns")
        or any(meaning.property for meaning in found)
    ):
        return ()
    wanted = (found[0].relation_class, found[0].is_inverse)
    own = (m for m in verbs.get(verb, ()) if m.property and (m.relation_class, m.is_inverse) == wanted)
    return tuple(own)[:1]


def widest_properties(vocabulary: Vocabulary) -> dict[str, Meaning]:
    """For each class of states its first property that no other of the class is wider than."""
    states = {name for name, found in vocabulary.classes.items() if found.kind == "state" and name != OTHER}
    widest: dict[str, Meaning] = {}
    for entry in vocabulary.properties.values():
        parent = vocabulary.properties.get(entry.parent or "")
        if entry.relation_class in states and (
            parent is None or parent.relation_class != entry.relation_class
        ):
            widest.setdefault(entry.relation_class, meaning_of(entry))
    return widest


def active_words(entry: Property | RelationClass) -> str:
    """What a property or class says of its subject, in the base form; empty where it may be anything.

    >>> active_words(load_vocabulary().properties["aids"]), active_words(load_vocabulary().classes["ASSAULT"])
    ('aid', 'assault')
    """
    if isinstance(entry, RelationClass) and entry.kind == "event":
        return "" if entry.name == OTHER else entry.label
    return entry.verbs[0] if entry.verbs and entry.name != OTHER else ""


def meaning_of(entry: Property | RelationClass, *, is_inverse: bool = False) -> Meaning:
    """What a property or class means as a lexical form."""
    active = active_words(entry) if is_inverse else ""
    if isinstance(entry, RelationClass):
        return Meaning(relation_class=entry.name, is_inverse=is_inverse, active=active)
    return Meaning(
        relation_class=entry.relation_class,
        property=entry.name,
        is_symmetric=entry.symmetric,
        is_inverse=is_inverse,
        active=active,
        subject_types=entry.subject_types,
        object_types=entry.object_types,
    )
