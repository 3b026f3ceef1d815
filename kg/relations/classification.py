"""Classification: which relation class and property a predicate expresses, by the ontology's lexical forms.

The forms are data (`ontology/kg.ttl`, `ontology/plover.ttl`, or a user's own ontology file); this module
only looks them up. A property wins over a class of the same form, where the types of both ends fit it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.types import EntityType
from kg.vocabulary import Property, RelationClass, Vocabulary, load_vocabulary

OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a lexical form expresses."""

    relation_class: str
    property: str | None = None
    is_symmetric: bool = False
    is_inverse: bool = False
    """Whether the grammatical subject is the relation's object."""
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


@functools.cache
def load_lexicon() -> Lexicon:
    """The forms of the package's ontology.

    >>> load_lexicon().verbs["meet"][0].relation_class
    'CONSULT'
    """
    return lexicon_of(load_vocabulary())


def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The forms of a vocabulary, properties before classes, each in the vocabulary's order."""
    verbs: dict[str, list[Meaning]] = {}
    nouns: dict[str, list[Meaning]] = {}
    entries: Iterable[Property | RelationClass] = (*vocabulary.properties.values(), *vocabulary.classes.values())
    for entry in entries:
        for form in entry.verbs:
            verbs.setdefault(form, []).append(meaning_of(entry))
        for form in entry.inverse_verbs:
            verbs.setdefault(form, []).append(meaning_of(entry, is_inverse=True))
        for form in entry.nouns:
            nouns.setdefault(form, []).append(meaning_of(entry))
    return Lexicon(
        verbs={form: tuple(found) for form, found in verbs.items()},
        nouns={form: tuple(found) for form, found in nouns.items()},
    )


def meaning_of(entry: Property | RelationClass, *, is_inverse: bool = False) -> Meaning:
    """What a property or class means as a lexical form."""
    if isinstance(entry, RelationClass):
        return Meaning(relation_class=entry.name, is_inverse=is_inverse)
    return Meaning(
        relation_class=entry.relation_class,
        property=entry.name,
        is_symmetric=entry.symmetric,
        is_inverse=is_inverse,
        subject_types=entry.subject_types,
        object_types=entry.object_types,
    )
