"""Implied objects: what a clause is about though it does not say so.

`The rebels have claimed responsibility` is about the attack that was told of last; so are `statements of
condemnation came from A`. Only such phrases as always have an act of violence for their object are read so.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.language.tree import tokens_with
from kg.language.wordsets import word_set
from kg.relations.attribution import source_of
from kg.relations.classification import Lexicon, Meaning
from kg.relations.clauses import clause_at, obliques_of
from kg.relations.cues import table
from kg.relations.drafts import Draft
from kg.relations.ends import stand_ins
from kg.relations.events import arguments_of
from kg.relations.scene import Scene
from kg.types import ACTOR_TYPES, EntityType

EVENTS = frozenset({EntityType.EVENT})
VICTIMS = frozenset({EntityType.PERSON, EntityType.GROUP})
ARREST = Meaning(relation_class="COERCE", property="arrests")
HARM = Meaning(relation_class="ASSAULT")
FARTHEST = 150
"""Words back to the attack that is meant: two paragraphs of news."""


def implied_drafts(scene: Scene, lexicon: Lexicon) -> Iterator[Draft]:
    """Drafts whose object is the act of violence that was told of last, in the order of the text."""
    for token in tokens_with(scene.doc, triggers()):
        for rule in RULES:
            for subject, meaning, words in rule(token):
                yield from completed(scene, lexicon, (subject, token), meaning, words)
        yield from casualties(scene, lexicon, token)
        yield from custody(scene, token)


@functools.cache
def triggers() -> frozenset[str]:
    """The words that any rule looks at, so that others are passed over."""
    listed = (word_set("kg.relations", name) for name in ("owning up", "deaths", "harms", "custody"))
    return frozenset(table("reactions")).union(*listed)


def completed(
    scene: Scene, lexicon: Lexicon, told: tuple[Token, Token], meaning: Meaning, words: str
) -> Iterator[Draft]:
    """The drafts of a subject and its predicate with the act of violence before them."""
    attack = last_attack(scene, lexicon, told[1])
    for subject in stand_ins(scene, told[0]):
        if attack is not None and scene.is_a(subject, ACTOR_TYPES):
            yield Draft(
                subject=subject, object=attack, predicate=told[1], occurrence=told[1], words=words,
                meaning=meaning, rule="implied",
            )  # fmt: skip


def last_attack(scene: Scene, lexicon: Lexicon, before: Token) -> Token | None:
    """The nearest noun before a word that names an act of violence and stands for an event."""
    for i in range(before.i - 1, max(0, before.i - FARTHEST) - 1, -1):
        token = scene.doc[i]
        if is_violent(scene, lexicon, token):
            return token
    return None


Told = tuple[Token, Meaning, str]


def responsibility(token: Token) -> Iterator[Told]:
    """`A claimed responsibility`: for nothing that is named."""
    if token.lemma_.lower() not in word_set("kg.relations", "owning up") or token.pos_ != "VERB":
        return
    clause = clause_at(token)
    owned = [noun for noun in clause.objects if noun.lemma_.lower() in {"responsibility", "credit"}]
    if owned and not any(a.preposition == "for" for a in (*clause.obliques, *arguments_of(owned[0]))):
        for subject in clause.subjects:
            yield subject, Meaning(relation_class="OTHER"), f"{clause.lemma} responsibility for"


def reaction(token: Token) -> Iterator[Told]:
    """`Statements of condemnation came from A`, `condolences were sent by A`: who reacts."""
    relation_class = table("reactions").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    carrier = token.head if token.dep_ == "nmod" and token.head.pos_ == "NOUN" else token
    if relation_class is None or carrier.dep_ not in {"nsubj", "nsubj:pass"}:
        return
    if any(a.preposition in {"for", "to", "of", "on", "against"} for a in arguments_of(token)):
        return
    for argument in obliques_of(carrier.head):
        if argument.preposition in {"from", "by"}:
            yield argument.token, Meaning(relation_class=relation_class), f"express {token.lemma_.lower()} of"


def casualties(scene: Scene, lexicon: Lexicon, verb: Token) -> Iterator[Draft]:
    """`B died in the attack`, `in the bombing B was injured`: whom an act of violence harmed."""
    lemma = verb.lemma_.lower()
    is_death, is_harm = (lemma in word_set("kg.relations", name) for name in ("deaths", "harms"))
    if verb.pos_ != "VERB" or not (is_death or is_harm):
        return
    clause = clause_at(verb)
    harmed = () if clause.subjects or not clause.is_passive else clause.objects
    victims = clause.subjects if is_death else harmed
    acts = [a.token for a in clause.obliques if a.preposition in {"in", "by", "during"}]
    for act in (act for act in acts if is_violent(scene, lexicon, act)):
        for victim in victims:
            yield from (
                Draft(
                    subject=act, object=one, predicate=verb, occurrence=verb, meaning=HARM,
                    words="kill" if is_death else lemma, rule="casualty",
                )
                for one in stand_ins(scene, victim)
                if scene.is_a(one, VICTIMS)
            )  # fmt: skip


def custody(scene: Scene, verb: Token) -> Iterator[Draft]:
    """`Two suspects were arrested, the police said`: by those who say so."""
    if verb.lemma_.lower() not in word_set("kg.relations", "custody") or verb.pos_ != "VERB":
        return
    clause, officers = clause_at(verb), source_of(verb)
    if officers is None or not clause.is_passive or clause.subjects or not is_police(scene, officers):
        return
    for held in (one for noun in clause.objects for one in stand_ins(scene, noun)):
        if scene.is_a(held, VICTIMS):
            yield Draft(
                subject=officers, object=held, predicate=verb, occurrence=verb, words=clause.lemma,
                meaning=ARREST, rule="custody",
            )  # fmt: skip


def is_police(scene: Scene, token: Token) -> bool:
    """Whether a word stands for police, by its sector or its name."""
    entities = scene.entities(token)
    names = {word for entity in entities for word in entity.name.lower().split()}
    return bool(names & word_set("kg.relations", "police")) or any(e.sector == "COP" for e in entities)


def is_violent(scene: Scene, lexicon: Lexicon, token: Token) -> bool:
    """Whether a noun names an act of violence and stands for an event."""
    classes = {meaning.relation_class for meaning in lexicon.of_noun(token.lemma_.lower())}
    return "ASSAULT" in classes and token.pos_ == "NOUN" and scene.is_a(token, EVENTS)


RULES: tuple[Callable[[Token], Iterator[Told]], ...] = (responsibility, reaction)
