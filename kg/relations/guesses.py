"""Guesses: drafts of clauses whose verb the ontology does not know, or knows as a verb of saying only.

They have the class OTHER, or REQUEST where somebody says what others must do; confidence, not a lexical
form, decides which of them are kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.language.tree import children_of
from kg.language.wordsets import word_set
from kg.relations.classification import Lexicon, Meaning
from kg.relations.clauses import Argument, Clause, subjects_of
from kg.relations.cues import words
from kg.relations.drafts import Draft, Reading, drafts_of
from kg.relations.ends import reached
from kg.relations.frames import Frame
from kg.relations.scene import Scene
from kg.types import EntityType

REQUEST = Meaning(relation_class="REQUEST", property="requests")
OTHER = Meaning(relation_class="OTHER")
OWNER_WAYS = frozenset({"poss", "modifier"})
"""How an owner stands before its noun, not told by a preposition."""

ORGANIZED_TYPES = frozenset({EntityType.EVENT, EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.PLACE})
"""What `of` may give a relation to: not `the relics of B`."""


def drafts_or_guesses(scene: Scene, clause: Clause, lexicon: Lexicon) -> list[Draft]:
    """Every draft that a clause gives; where the ontology knows none of its forms, what may be guessed."""
    known = drafts_of(scene, clause, lexicon)
    if known or clause.is_nominal:
        return known
    rules = (obliged, unknown) if clause.lemma in words("reporting_verbs") else (unknown, unknown_passive)
    guessed = (draft for rule in rules for draft in rule(scene, clause, lexicon))
    return list({(d.subject.i, d.object.i): d for d in guessed}.values())


def unknown(scene: Scene, clause: Clause, lexicon: Lexicon) -> Iterator[Draft]:
    """A verb that the ontology does not know, between two words that have entities: class OTHER.

    What a preposition introduces counts where it is a name; so does what hangs inside the object.
    """
    for preposition, target in loose_targets(scene, clause, lexicon):
        for end, way in reached(scene, target):
            inner = f"{target.lemma_.lower()} {way}" if way and way not in OWNER_WAYS else ""
            form = " ".join(filter(None, (clause.lemma, preposition, inner)))
            reading = Reading(scene, clause, Frame(form=form, targets=(end,)), (OTHER,), lexicon)
            if not way or is_worth_naming(scene, clause, end, way):
                yield from guessed(reading, end, guess_name(clause, preposition, way), way)


def loose_targets(scene: Scene, clause: Clause, lexicon: Lexicon) -> list[tuple[str, Token]]:
    """What an unknown verb may act on, each with its preposition; of a verb of saying only its object.

    The event that a light verb is about is not acted on.
    """
    is_light = clause.lemma in words("light_verbs")
    objects = (noun for noun in clause.objects if not (is_light and lexicon.of_noun(noun.lemma_.lower())))
    targets = [("", target) for target in objects]
    if clause.lemma in words("reporting_verbs"):
        return targets if clause.lemma in word_set("kg.relations", "telling acts") else []
    return targets + [(a.preposition, a.token) for a in clause.obliques if is_told_of(scene, a)]


def guess_name(clause: Clause, preposition: str, way: str) -> str:
    """The construction of a guess, as confidence counts it."""
    if clause.origin:
        return f"unknown {clause.origin}"
    return "unknown inside" if way else f"unknown {preposition}".strip()


def guessed(reading: Reading, target: Token, rule: str, way: str = "") -> Iterator[Draft]:
    """The drafts of each subject of a reading with a target."""
    for subject in reading.subjects():
        if subject.i != target.i:
            yield reading.draft(subject, target, OTHER, rule, nested=way)


def is_told_of(scene: Scene, argument: Argument) -> bool:
    """Whether what a preposition introduces is a name, and not the source or a comparison."""
    aside = words("source_prepositions") | word_set("kg.relations", "comparisons")
    return (
        argument.token.pos_ == "PROPN"
        and argument.preposition not in aside
        and argument.token.lower_ not in words("calendar")
        and scene.stands_for(argument.token)
    )


def unknown_passive(scene: Scene, clause: Clause, lexicon: Lexicon) -> Iterator[Draft]:
    """`A was linked to B`: a passive without an agent, between its subject and a name after a preposition."""
    is_care = clause.lemma in word_set("kg.relations", "medical care")
    if not clause.is_passive or clause.subjects or clause.origin or is_care:
        return
    for argument in clause.obliques:
        form = f"be {clause.predicate.lower_} {argument.preposition}"
        frame = Frame(form=form, targets=(argument.token,), subjects=clause.objects)
        reading = Reading(scene, clause, frame, (OTHER,), lexicon)
        for subject in reading.subjects() if is_told_of(scene, argument) else ():
            if subject.i != argument.token.i and scene.is_name(scene.entities(subject)[0]):
                yield reading.draft(subject, argument.token, OTHER, f"unknown passive {argument.preposition}")


def is_worth_naming(scene: Scene, clause: Clause, target: Token, way: str) -> bool:
    """Whether what hangs inside an unknown verb's object is a name or an event, and not a mere modifier."""
    if clause.origin:
        return False
    entity = scene.entities(target)[0]
    is_distinct = scene.is_name(entity) or entity.type is EntityType.EVENT
    befalls = target.head.lemma_.lower() in word_set("kg.relations", "what befalls people")
    is_part = way == "of" and entity.type not in ORGANIZED_TYPES and not befalls
    is_own = target.pos_ == "PRON" or way == "modifier"
    return is_distinct and not is_part and not is_own and clause.lemma != "have"


def obliged(scene: Scene, clause: Clause, lexicon: Lexicon) -> Iterator[Draft]:
    """`A said B must leave`: a demand on whoever must."""
    for complement in (complement for complement in clause.complements if complement.dep_ == "ccomp"):
        modal = obligation(complement)
        targets = [token for token in subjects_of(complement) if modal and scene.stands_for(token)]
        frame = Frame(form=f"{clause.lemma} {modal} {complement.lemma_.lower()}", targets=tuple(targets))
        reading = Reading(scene, clause, frame, (REQUEST,), lexicon)
        for subject in reading.subjects():
            others = (target for target in targets if target.i != subject.i)
            yield from (reading.draft(subject, target, REQUEST, "obligation") for target in others)


def obligation(predicate: Token) -> str | None:
    """The auxiliary of duty that a predicate has: `must`."""
    duties = word_set("kg.relations", "obligations")
    return next((c.lower_ for c in children_of(predicate) if c.dep_ == "aux" and c.lower_ in duties), None)
