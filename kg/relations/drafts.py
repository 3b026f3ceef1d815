"""Drafts: relations whose ends are still words. `statements` gives them entities, status and time.

A clause is read through its frames, the most specific first. What the ontology says of a frame's form decides
the class; the frame's targets, or what hangs inside them, are the objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.actors.phrases import nominal_of
from kg.language.wordsets import word_set
from kg.relations.classification import Lexicon, Meaning
from kg.relations.clauses import Clause
from kg.relations.cues import words
from kg.relations.ends import reached, stand_ins
from kg.relations.factuality import status_of
from kg.relations.frames import Frame, frames_of
from kg.relations.scene import Scene
from kg.types import ACTOR_TYPES, PLACE_TYPES, EntityType, Status

RECIPROCAL_CLASSES = frozenset({"CONSULT", "AGREE", "COOPERATE", "ALLY_OF", "ADVERSARY_OF"})
MUTUAL_CLASSES = frozenset({"CONSULT", "AGREE", "COOPERATE"})
EVENTS = frozenset({EntityType.EVENT})
DEEDS = frozenset({"ASSAULT", "COERCE"})
SETTINGS = frozenset({"LOCATED_IN", "CITIZEN_OF", "FAMILY_OF"})
"""What the noun of a light verb never means: `declare a state of emergency`."""
ROLE_CLASSES = frozenset(
    {
        "MEMBER_OF",
        "HOLDS_POSITION",
        "ALLY_OF",
        "ADVERSARY_OF",
        "MEDIATES",
        "REPRESENTS",
        "FAMILY_OF",
        "PART_OF",
    }
)
PARTICIPATION = Meaning(relation_class="PARTICIPATES_IN", property="participatesIn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A relation between two words of a document."""

    subject: Token
    object: Token
    predicate: Token
    """The word that carries time and place."""
    occurrence: Token
    """The word that carries the status: of `plan talks` the talks."""
    words: str
    """The predicate's base form."""
    meaning: Meaning
    rule: str
    """Which construction gave it: `verb`, `preposition`, `noun`, `title` …"""
    active: str = ""
    """The same, where `words` are said of the object: `aid`, of `receive aid from`; else empty."""
    nested: str = ""
    """How the object hangs inside the words that the form names; empty where it is those words."""
    symmetric: bool = False
    is_state: bool = False
    """Whether a title, an apposition or a place says it, so that no one is quoted for it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A clause under one of its frames.

    Attributes:
        scene: The document.
        clause: What is read.
        frame: The form that it is read under.
        meanings: What the ontology says of the form, the likeliest first.
        lexicon: All forms of the ontology.
    """

    scene: Scene
    clause: Clause
    frame: Frame
    meanings: Sequence[Meaning]
    lexicon: Lexicon

    @property
    def phrase(self) -> str:
        """The form without the preposition of a target: `hold meeting`, `meet`."""
        noun = self.frame.noun
        return self.clause.lemma if noun is None else f"{self.clause.lemma} {noun.lemma_.lower()}"

    def draft(
        self,
        subject: Token,
        object_: Token,
        meaning: Meaning,
        rule: str,
        *,
        nested: str = "",
        words: str = "",
    ) -> Draft:
        """A draft of this clause, in the words of its form if no others are given."""
        active = self.clause.lemma if self.clause.is_passive and self.frame.noun is None else meaning.active
        return Draft(
            subject=subject,
            object=object_,
            predicate=self.clause.predicate,
            occurrence=self.occurrence(meaning),
            words=words or self.frame.form,
            active=active if meaning.is_inverse and not words else "",
            meaning=meaning,
            rule=rule,
            nested=nested,
            symmetric=meaning.is_symmetric,
        )

    def occurrence(self, meaning: Meaning) -> Token:
        """The word that a meaning comes from: of `plan talks` the talks, of `expel diplomats` the verb."""
        noun = self.frame.noun
        if noun is None:
            return self.clause.predicate
        form = self.frame.form.removeprefix(f"{self.clause.lemma} ")
        classes = {found.relation_class for found in self.lexicon.of_noun(form)}
        is_nouns = meaning.relation_class in classes or meaning is PARTICIPATION
        return noun if is_nouns else self.clause.predicate

    @property
    def is_role(self) -> bool:
        """Whether a noun says what somebody is, rather than what is done: `A, an ally of B`."""
        states = self.meanings[0].relation_class in ROLE_CLASSES
        return states and (bool(self.clause.bearers) or is_person_noun(self.clause))

    @property
    def is_agent_noun(self) -> bool:
        """Whether a noun names somebody by what he does: `A, a critic of B`."""
        nouns = word_set("kg.relations", "agent nouns")
        return self.clause.is_nominal and bool(self.clause.bearers) and self.clause.lemma in nouns

    def subjects(self) -> list[Token]:
        """The subjects that stand for entities; of a role, who bears it."""
        found = self.clause.bearers if self.is_role or self.is_agent_noun else self.clause.subjects
        if self.frame.subjects is not None:
            found = self.frame.subjects
        named = (one for subject in found for one in stand_ins(self.scene, subject))
        return [subject for subject in named if self.scene.stands_for(subject)]

    def targets(self) -> tuple[Token, ...]:
        """What the form acts on; whose a role is comes as a possessor or modifier too: `B's ally A`."""
        return (*self.frame.targets, *self.clause.subjects) if self.is_role else self.frame.targets


def is_person_noun(clause: Clause) -> bool:
    """Whether the noun of a nominal clause is one for people."""
    entry = nominal_of(clause.predicate) if clause.is_nominal else None
    return entry is not None and entry.type is EntityType.PERSON


def drafts_of(scene: Scene, clause: Clause, lexicon: Lexicon) -> list[Draft]:
    """Every draft that a clause gives by the forms of the ontology, at most one for each pair of words.

    The frames that the ontology knows are asked from the most specific on; a form that takes in a noun or a
    governed verb ends the search, since the shorter forms then mean something else.
    """
    found: dict[tuple[int, int], Draft] = {}
    closing: Frame | None = None
    for frame in frames_of(clause) if may_mean(lexicon, clause) else ():
        if closing is not None and not is_beside(frame, closing):
            continue
        meanings = meanings_of(lexicon, clause, frame)
        if not meanings:
            continue
        reading = Reading(scene, clause, frame, meanings, lexicon)
        drafts = list(known(reading))
        for draft in drafts:
            found.setdefault((draft.subject.i, draft.object.i), draft)
        if (drafts or is_spent(reading)) and (frame.is_closed or clause.is_nominal):
            closing = closing or frame
    return list(found.values())


def may_mean(lexicon: Lexicon, clause: Clause) -> bool:
    """Whether the ontology may know any form of a clause; most clauses need not be read on."""
    if clause.is_nominal:
        return clause.lemma.partition(" ")[0] in lexicon.noun_beginnings
    known = lexicon.verb_beginnings
    if clause.lemma in known or clause.lemma in words("light_verbs"):
        return True
    is_blaming = clause.lemma in word_set("kg.relations", "blaming on")
    return is_blaming or (clause.is_passive and f"be {clause.predicate.lower_}" in known)


def is_beside(frame: Frame, closing: Frame) -> bool:
    """Whether two forms differ in their last preposition only: `relinquish control of` and `to`.

    `agree to open` leaves open with whom.
    """
    base, _, preposition = closing.form.rpartition(" ")
    if closing.noun is None and preposition == "to":
        return frame.form == f"{base} with"
    is_longer = frame.noun is not None and preposition != frame.noun.lemma_.lower()
    return is_longer and frame.noun == closing.noun and frame.form.rpartition(" ")[0] == base


def meanings_of(lexicon: Lexicon, clause: Clause, frame: Frame) -> Sequence[Meaning]:
    """What a frame may mean; under a light verb, or where only the class is known, its noun says it."""
    if clause.is_nominal:
        return lexicon.of_noun(frame.form)
    found = lexicon.verbs.get(frame.form, ())
    if frame.is_clausal:  # only who must do something is meant by a clause: `demanded that B leave`
        return tuple(meaning for meaning in found if meaning.relation_class == "REQUEST")
    if not found and len(clause.subjects) > 1 and frame.form == clause.lemma:
        return tuple(m for m in lexicon.verbs.get(f"{frame.form} with", ()) if m.is_symmetric)
    if frame.noun is None or (found and found[0].property):
        return found
    noun = lexicon.of_noun(frame.form.removeprefix(f"{clause.lemma} "))
    noun = tuple(meaning for meaning in noun if meaning.relation_class not in SETTINGS)
    if found:
        return (*(m for m in noun if m.property and m.relation_class == found[0].relation_class), *found)
    return noun if clause.lemma in words("light_verbs") else ()


def known(reading: Reading) -> Iterator[Draft]:
    """Drafts of a frame that the ontology knows."""
    ends = [
        (end, nested)
        for target in reading.targets()
        for end, nested in reached(reading.scene, target)
        if not is_owner_of_topic(reading, target, nested) and not is_scene_of_deed(reading, target, nested)
    ]
    if reading.clause.parties and reading.meanings[0].is_symmetric:
        ends = []
    yield from mutual(reading)
    if reading.meanings[0].relation_class in MUTUAL_CLASSES:
        yield from attended(reading)
        ends = [] if reading.clause.parties else [end for end in ends if is_partner(reading, end[0])]
    ends = [end for end in ends if not is_what_happens(reading, end[0]) and not is_label(reading, end[0])]
    for subject, (target, nested) in combined(reading, ends):
        yield from directed(reading, subject, target, nested)
    if not any(reading.scene.is_a(target, ACTOR_TYPES) and not nested for target, nested in ends):
        yield from reciprocal(reading)


def mutual(reading: Reading) -> Iterator[Draft]:
    """`A and B support each other`: the relation in both directions."""
    objects = (*reading.clause.objects, *(a.token for a in reading.clause.obliques))
    if reading.frame.is_clausal or not any(is_reciprocal_pronoun(token) for token in objects):
        return
    for one in reading.subjects():
        for other in reading.subjects():
            yield from directed(reading, one, other, "each other")


def combined(reading: Reading, ends: list[tuple[Token, str]]) -> Iterator[tuple[Token, tuple[Token, str]]]:
    """Each subject with each end; of `A and B met C and D respectively` each with its own."""
    subjects = reading.subjects()
    within = reading.clause.predicate.subtree if len(subjects) == len(ends) > 1 else ()
    if any(token.lower_ == "respectively" for token in within):
        yield from zip(subjects, ends, strict=True)
    else:
        yield from ((subject, end) for subject in subjects for end in ends)


def is_what_happens(reading: Reading, target: Token) -> bool:
    """Whether a target is the event that a light verb is about, and so nothing acted on: `impose bans`."""
    noun = reading.frame.noun
    empty = words("light_verbs") - word_set("kg.relations", "signing")
    if noun is None or target.i != noun.i or reading.clause.lemma not in empty:
        return False
    return reading.occurrence(reading.meanings[0]).i == noun.i


def is_label(reading: Reading, target: Token) -> bool:
    """Whether a party before a post only says of whom its holder is a member: `Republican governor`."""
    noun = reading.clause.predicate
    is_before = reading.clause.is_nominal and target.i < noun.i and reading.scene.is_party(target)
    return is_before and target.dep_ in {"amod", "compound"} and reading.is_role


def is_spent(reading: Reading) -> bool:
    """Whether a form is understood, but names nothing that is acted on: `imposed bans`."""
    return bool(reading.meanings) and any(is_what_happens(reading, noun) for noun in reading.frame.targets)


def is_reciprocal_pronoun(token: Token) -> bool:
    """Whether a token is `each other` or `one another`."""
    return token.lower_ in {"each", "one"} and token.doc[token.i + 1 : token.i + 2].text.lower() in {
        "other",
        "another",
    }


def is_partner(reading: Reading, target: Token) -> bool:
    """Whether one can talk or agree with what a word stands for; a place can be visited, not talked in."""
    meaning = reading.meanings[0]
    is_setting = reading.frame.form.endswith((" in", " at")) and meaning.property is None
    if is_setting and reading.scene.is_a(target, PLACE_TYPES):
        return False
    if target.lemma_.lower() in word_set("kg.relations", "audiences"):
        return False
    if reading.scene.is_a(target, ACTOR_TYPES):
        return True
    return meaning.property is not None and EntityType.PLACE in meaning.object_types


def is_owner_of_topic(reading: Reading, target: Token, nested: str) -> bool:
    """Whether somebody only owns a thing that is spoken of, and is not spoken to: `called B's plan bad`."""
    is_talk = reading.meanings[0].relation_class == "CONSULT" and not reading.clause.is_nominal
    return nested == "poss" and is_talk and not reading.scene.is_a(target, ACTOR_TYPES | PLACE_TYPES)


def attended(reading: Reading) -> Iterator[Draft]:
    """`held a meeting`: whoever holds it takes part in it."""
    is_denied = status_of(reading.clause.predicate) is Status.NEGATED
    nouns = reading.clause.objects if reading.frame.noun is not None and not is_denied else ()
    for noun in (noun for noun in nouns if reading.scene.is_a(noun, EVENTS)):
        for subject in reading.subjects():
            if subject.i != noun.i:
                yield reading.draft(subject, noun, PARTICIPATION, "attended", words=reading.phrase)


def directed(reading: Reading, subject: Token, target: Token, nested: str) -> Iterator[Draft]:
    """The draft from a subject to a target, by the first meaning that both fit."""
    for meaning in reading.meanings:
        one, other = (target, subject) if meaning.is_inverse else (subject, target)
        if not nested and is_where(reading, meaning, target):
            continue
        if one.i != other.i and fits(reading.scene, meaning, one, other):
            yield reading.draft(one, other, meaning, rule_of(reading), nested=nested)
            return


def is_where(reading: Reading, meaning: Meaning, target: Token) -> bool:
    """Whether a place is where a deed was done: no doer of `be killed in B`, no object of `arrest A in B`."""
    has_other = meaning.is_inverse or bool(reading.clause.objects)
    return is_done_in(reading, meaning) and has_other and reading.scene.is_a(target, PLACE_TYPES)


def is_scene_of_deed(reading: Reading, target: Token, nested: str) -> bool:
    """Whether a deed was only done there: `be killed in B's office`, but by B `in B's raid`."""
    meaning = reading.meanings[0]
    is_doers = nested != "" and reading.scene.is_a(target, EVENTS)
    return is_done_in(reading, meaning) and meaning.is_inverse and not is_doers


def is_done_in(reading: Reading, meaning: Meaning) -> bool:
    """Whether a form says in, at or near what a deed was done."""
    return reading.frame.form.endswith((" in", " at", " near")) and meaning.relation_class in DEEDS


def fits(scene: Scene, meaning: Meaning, subject: Token, object_: Token) -> bool:
    """Whether any entities that two words stand for fit a meaning."""
    ends = ((one, other) for one in scene.entities(subject) for other in scene.entities(object_))
    return any(meaning.fits(one.type, other.type) for one, other in ends)


def reciprocal(reading: Reading) -> Iterator[Draft]:
    """`A and B met`, `talks between A and B`: a draft for each pair on one level."""
    relation_class = reading.meanings[0].relation_class
    if not (reading.meanings[0].is_symmetric or relation_class in RECIPROCAL_CLASSES):
        return
    form = reading.frame.form
    noun = form.removeprefix(f"{reading.clause.lemma} ") if reading.frame.noun is not None else form
    shared = reading.lexicon.reciprocal(form, relation_class, noun=noun.partition(" ")[0])
    if reading.meanings[0].property and not (reading.meanings[0].is_symmetric or shared.property):
        return
    candidates = reading.clause.parties or reading.clause.subjects
    members = [token for token in candidates if reading.scene.is_a(token, ACTOR_TYPES)]
    pairs = [(a, b) for n, a in enumerate(members) for b in members[n + 1 :]]
    pairs += [(token, token) for token in members if reading.scene.is_several(token)]
    for one, other in pairs:
        rule = "reciprocal noun" if reading.clause.is_nominal else "reciprocal"
        yield reading.draft(one, other, shared, rule, words=reading.phrase)


def rule_of(reading: Reading) -> str:
    """The construction of a frame, as confidence counts it."""
    if reading.clause.origin:
        return reading.clause.origin
    tests: tuple[tuple[str, Callable[[Clause, Frame], bool]], ...] = (
        ("noun", lambda clause, _: clause.is_nominal),
        ("complement", lambda _, frame: frame.is_closed and frame.noun is None),
        ("clausal", lambda _, frame: frame.is_clausal),
        ("verb noun", lambda _, frame: frame.noun is not None),
        ("verb", lambda clause, frame: frame.form == clause.lemma),
    )
    found = (name for name, test in tests if test(reading.clause, reading.frame))
    return next(found, "preposition")
