"""One convention for the entity labels of all corpora (the README of the corpora says how they differ).

PER, ORG and LOC everywhere; EVENT and DATE where they were annotated; names only, without a leading article;
nationality adjectives are no entities; what one corpus calls MISC, another leaves out: not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.language.decoding import entity_spans
from kg.language.labels import ENTITY_TYPES

if TYPE_CHECKING:
    from kg.training.corpora import Sentence

_LABELS = {name: name for name in ENTITY_TYPES} | {"TIME": "DATE", "NUM": "O"}
UNKNOWN = ""
# Endings of nationality words. Only names that a corpus marks as a place, organisation or MISC are asked.
_DEMONYM_ENDINGS = (
    *("abi", "aeli", "audi", "can", "cans", "ean", "eans"),
    *("ese", "ian", "ians", "ish", "raqi", "stani"),
)
_ARTICLES = frozenset({"the", "The", "THE", "a", "an"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmony:
    """What the treebanks teach about capitalised words."""

    adjectives: frozenset[str]
    """Capitalised words that are adjectives more often than proper nouns."""

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> Harmony:
        """What the treebanks' sentences teach."""
        counts: dict[str, Counter[str]] = {}
        for sentence in sentences:
            for form, tag in zip(sentence.forms, sentence.tags or (), strict=False):
                if form[:1].isupper():
                    counts.setdefault(form, Counter())[tag.partition("|")[0]] += 1
        found = (form for form, count in counts.items() if count["ADJ"] > count["PROPN"])
        return cls(adjectives=frozenset(found))

    def is_demonym(self, form: str) -> bool:
        """Whether a one-word name is a nationality, so no entity."""
        return form in self.adjectives or form.endswith(_DEMONYM_ENDINGS)


def harmonise(sentence: Sentence, harmony: Harmony) -> Sentence:
    """The sentence with the common labels; unknown labels become the empty text."""
    if sentence.entities is None:
        return sentence
    is_gum = sentence.corpus.startswith("gum")
    labels = ["O"] * len(sentence.forms)
    for start, end, kind in entity_spans(sentence.entities):
        has_article = end - start > 1 and sentence.forms[start] in _ARTICLES and not is_gum
        name = slice(start + has_article, end)
        label = _label(sentence.forms[name], kind, harmony, is_ours=not is_foreign(sentence.corpus))
        labels[name] = _written(label, end - name.start)
    return replace(sentence, entities=tuple(labels), has_events=is_gum)


def is_foreign(corpus: str) -> bool:
    """Whether a corpus draws the lines between labels elsewhere than GUM and UNER, which we follow.

    Space centres and museums, say, are places in GUM and organisations in the corpora of Wikipedia. In
    training, what is said of those goes through a layer of its own, so that the lines stay apart.

    >>> is_foreign("wikigold"), is_foreign("gum-train")
    (True, False)
    """
    return not corpus.startswith(("gum", "ewt"))


def _label(forms: Sequence[str], kind: str, harmony: Harmony, *, is_ours: bool) -> str:
    if not is_ours and kind != "PER" and len(forms) == 1 and harmony.is_demonym(forms[0]):
        return "O"
    return _LABELS.get(kind, UNKNOWN)


def _written(label: str, length: int) -> list[str]:
    if label in ("O", UNKNOWN):
        return [label] * length
    return [f"B-{label}", *[f"I-{label}"] * (length - 1)]
