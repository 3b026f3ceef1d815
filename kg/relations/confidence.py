"""Confidence: how sure the extractor is of a relation, 0–1.

It is calibrated to rightness where right ends and class count 1, right ends alone 0.5: the mean of the shares
that are right as a pair and typed. `kg evaluate` shows how well it keeps that. Status is not part of it.

A logistic regression over what is known of a draft: its construction, class, the kinds of its ends, how
they were named. The weights are learnt from annotated articles by `kg/training/confidence.py`
and stand in `confidence.json`; a feature without a weight counts nothing.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from spacy.tokens import Token

from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.syntax import has_feature
from kg.types import Entity, Status

MANY = 3
"""From four mentions on an entity counts as one that the article is about."""
DETERMINERS = frozenset({"det", "nmod:poss", "nummod"})
ARTICLES = {"the": "definite", "a": "indefinite", "an": "indefinite"}


@dataclass(frozen=True, slots=True)
class Confidence:
    """Weights of features; `""` is the bias."""

    weights: Mapping[str, float]

    def of(self, features: Iterable[str]) -> float:
        """The probability that a relation with these features is right, to two places."""
        total = self.weights.get("", 0.0) + sum(self.weights.get(feature, 0.0) for feature in features)
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 2)


@functools.cache
def load_confidence() -> Confidence:
    """The weights of the package."""
    text = resources.files("kg.relations").joinpath("confidence.json").read_text("utf-8")
    return Confidence(json.loads(text)["weights"])


def features_of(scene: Scene, draft: Draft, subject: Entity, object_: Entity, status: Status) -> list[str]:
    """What confidence looks at, as names of features that are present; sorted, no duplicates."""
    ends = f"{end_kind(scene, subject)}-{end_kind(scene, object_)}"
    distance = abs(draft.subject.i - draft.object.i)
    found = {
        *features_of_end("subject", scene, draft, draft.subject, subject),
        *features_of_end("object", scene, draft, draft.object, object_),
        f"predicate={draft.predicate.lemma_.lower()}",
        f"question={is_question(draft.predicate)}",
        f"order={draft.subject.i < draft.predicate.i}-{draft.predicate.i < draft.object.i}",
        f"rule={draft.rule}",
        f"class={draft.meaning.relation_class}",
        f"rule={draft.rule} class={draft.meaning.relation_class}",
        f"property={draft.meaning.property is not None}",
        f"nested={draft.nested}",
        f"status={status}",
        f"subject={end_kind(scene, subject)}",
        f"object={end_kind(scene, object_)}",
        f"ends={ends}",
        f"subject type={subject.type}",
        f"object type={object_.type}",
        f"class={draft.meaning.relation_class} object={end_kind(scene, object_)}",
        f"subject word={word_kind(draft.subject.pos_)}",
        f"object word={word_kind(draft.object.pos_)}",
        f"distance={min(4, distance // 5)}",
    }
    return sorted(found)


def features_of_end(side: str, scene: Scene, draft: Draft, word: Token, entity: Entity) -> Iterator[str]:
    """What is known of one end: how often the article mentions it, its noun, its determiner, its place."""
    yield f"{side} mentions={min(MANY, scene.mentions_of(entity).bit_length())}"
    yield f"{side} known={entity.country is not None}"
    yield f"{side} determiner={determination(word)}"
    yield f"{side} place={place_in_clause(draft.predicate, word)}"
    if word.pos_ == "NOUN":
        yield f"{side} noun={word.lemma_.lower()}"


def is_question(word: Token) -> bool:
    """Whether the sentence of a word ends in a question mark."""
    return any(token.text == "?" for token in word.sent[-2:])


def determination(word: Token) -> str:
    """How a common noun is determined and whether it is a plural: `the`, `bare plural`; else the tag."""
    if word.pos_ != "NOUN":
        return word_kind(word.pos_)
    before = {child.dep_: child.lower_ for child in word.children if child.dep_ in DETERMINERS}
    article = before.get("det", "")
    kind = "owned" if "nmod:poss" in before else ARTICLES.get(article, "other" if article else "bare")
    counted = " counted" if "nummod" in before else ""
    return f"{kind}{counted}{' plural' if has_feature(word, 'Number', 'Plur') else ''}"


def place_in_clause(predicate: Token, word: Token) -> str:
    """How a word hangs at a predicate: its label there, else above it, below it, coordinated or beyond."""
    if word.head.i == predicate.i:
        return word.dep_
    if predicate.head.i == word.i:
        return f"governs as {predicate.dep_}"
    if word.dep_ == "conj":
        return "conj"
    if predicate.is_ancestor(word):
        return "below"
    return "above" if word.is_ancestor(predicate) else "beyond"


def end_kind(scene: Scene, entity: Entity) -> str:
    """The type of an end, and whether it has a name."""
    return f"{entity.type}{'' if scene.is_name(entity) else '?'}"


def word_kind(tag: str) -> str:
    """Whether an end stands as a name, a noun, a pronoun or an adjective."""
    return tag if tag in {"PROPN", "NOUN", "PRON", "ADJ"} else "X"
