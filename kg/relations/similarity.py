"""Similarity: the class that an unseen verb is likely to express, by the verbs that it is most like.

The likenesses are learnt beforehand from the language model's vectors by `kg/training/similarity.py` and
stand in `lexicon/similar_verbs.tsv` with their probability. The forms of the ontology come first: only a verb
that none of them begins with is asked for here, and a form of a user's own takes it out.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.relations.classification import OTHER, Lexicon, Meaning
from kg.relations.cues import rows
from kg.relations.drafts import Draft

UNKNOWN = "unknown"
"""How the rules begin that draft what the ontology has no form of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a verb without a form is like."""

    relation_class: str
    probability: float
    like: tuple[str, ...]
    """Verbs of the class that are nearest, the nearest first."""


def likeness_of(verb: str) -> Likeness | None:
    """What a verb's lemma is like; None where that is not sure enough, or where it is of the ontology.

    >>> likeness_of("critique").relation_class
    'ACCUSE'
    """
    return _likenesses().get(verb)


def resembling(draft: Draft, lexicon: Lexicon) -> Draft:
    """A draft of an unknown verb with the class of what it is like; others as they are.

    The rule stays, so that confidence counts it as one without a form.
    """
    if draft.meaning.relation_class != OTHER or not draft.rule.startswith(UNKNOWN):
        return draft
    verb = draft.predicate.lemma_.lower()
    found = likeness_of(verb)
    if found is None or verb in lexicon.verbs:
        return draft
    return replace(draft, meaning=Meaning(relation_class=found.relation_class))


@functools.cache
def _likenesses() -> Mapping[str, Likeness]:
    return MappingProxyType(
        {
            verb: Likeness(relation_class=name, probability=float(chance), like=tuple(like.split(";")))
            for verb, name, chance, like in rows("similar_verbs")
        }
    )
