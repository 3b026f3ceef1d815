"""One convention for the entity labels of all corpora (the README of the corpora says how they differ).

PER, ORG and LOC everywhere; EVENT where it was annotated; names only, without a leading article;
nationality adjectives are no entities; what one corpus calls MISC, another leaves out: not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.language.decoding import entity_spans

if TYPE_CHECKING:
    from kg.training.corpora import Sentence

_LABELS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "EVENT": "EVENT", "DATE": "O", "TIME": "O", "NUM": "O"}
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
    is_gum, is_uner = (sentence.corpus.startswith(name) for name in ("gum", "ewt"))
    labels = ["O"] * len(sentence.forms)
    for start, end, kind in entity_spans(sentence.entities):
        has_article = end - start > 1 and sentence.forms[start] in _ARTICLES and not is_gum
        name = slice(start + has_article, end)
        label = _label(sentence.forms[name], kind, harmony, is_ours=is_gum or is_uner)
        labels[name] = _written(label, end - name.start)
    return replace(sentence, entities=tuple(labels), has_events=is_gum)


def _label(forms: Sequence[str], kind: str, harmony: Harmony, *, is_ours: bool) -> str:
    if not is_ours and kind != "PER" and len(forms) == 1 and harmony.is_demonym(forms[0]):
        return "O"
    return _LABELS.get(kind, UNKNOWN)


def _written(label: str, length: int) -> list[str]:
    if label in ("O", UNKNOWN):
        return [label] * length
    return [f"B-{label}", *[f"I-{label}"] * (length - 1)]
