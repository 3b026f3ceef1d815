"""Drafts: relations whose ends are still words. `statements` gives them entities, status and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.actors.identity import owner_at
from kg.language.wordsets import word_set
from kg.relations.classification import Lexicon, Meaning, load_lexicon
from kg.relations.clauses import Clause, expand, subjects_of
from kg.relations.cues import words
from kg.relations.events import arguments_of
from kg.relations.frames import Frame, frames_of
from kg.relations.scene import Scene
from kg.types import EntityType

RECIPROCAL_CLASSES = frozenset({"CONSULT", "AGREE", "COOPERATE", "ALLY_OF", "ADVERSARY_OF"})
REQUEST = Meaning(relation_class="REQUEST")
PARTICIPATION = Meaning(relation_class="PARTICIPATES_IN", property="participatesIn")
MUTUAL_CLASSES = frozenset({"CONSULT", "AGREE", "COOPERATE"})
ACTOR_TYPES = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.GROUP})
OTHER = Meaning(relation_class="OTHER")
NESTING_TYPES = frozenset({EntityType.EVENT, EntityType.THING, EntityType.ORGANIZATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A relation between two words of a document."""

    subject: Token
    object: Token
    predicate: Token
    """The word that carries status, time and place."""
    words: str
    """The predicate's base form, as `Relation.predicate`."""
    meaning: Meaning
    rule: str
    """Which construction gave it: `verb`, `preposition`, `noun`, `title` …"""
    nested: str = ""
    """How the object hangs inside the words that the form names; empty where it is those words."""
    symmetric: bool = False


def drafts_of(scene: Scene, clause: Clause, lexicon: Lexicon) -> list[Draft]:
    """Every draft that a clause gives, at most one for each pair of words.

    The frames that the ontology knows are asked from the most specific on; a form that takes in a noun or a
    governed verb ends the search, since the shorter forms then mean something else.
    """
    found: dict[tuple[int, int], Draft] = {}
    for frame in frames_of(clause):
        meanings = meanings_of(lexicon, clause, frame)
        drafts = list(matched(scene, clause, frame, meanings)) if meanings else []
        for draft in drafts:
            found.setdefault((draft.subject.i, draft.object.i), draft)
        if drafts and (frame.is_closed or clause.is_nominal):
            break
    if not found and not clause.is_nominal:
        rule = obliged if clause.lemma in words("reporting_verbs") else unknown
        found = {(draft.subject.i, draft.object.i): draft for draft in rule(scene, clause)}
    return list(found.values())


def meanings_of(lexicon: Lexicon, clause: Clause, frame: Frame) -> Sequence[Meaning]:
    """What a frame may mean; under a light verb, or where only the class is known, its noun says it."""
    if clause.is_nominal:
        return lexicon.of_noun(frame.form)
    if frame.is_clausal and clause.lemma in words("reporting_verbs"):
        return ()
    found = lexicon.verbs.get(frame.form, ())
    if not frame.names_noun or (found and found[0].property):
        return found
    noun = lexicon.of_noun(frame.form.removeprefix(f"{clause.lemma} "))
    if found:
        return (*(m for m in noun if m.property and m.relation_class == found[0].relation_class), *found)
    return noun if clause.lemma in words("light_verbs") else ()


def matched(scene: Scene, clause: Clause, frame: Frame, meanings: Sequence[Meaning]) -> Iterator[Draft]:
    """Drafts of a frame that the ontology knows."""
    ends = [(target, nested) for t in frame.targets for target, nested in reached(scene, t)]
    if meanings[0].relation_class in MUTUAL_CLASSES:
        yield from attended(scene, clause, frame)
        if clause.parties:
            yield from reciprocal(scene, clause, frame, meanings[0])
            return
        ends = [end for end in ends if scene.is_a(end[0], ACTOR_TYPES) or is_visited(meanings[0])]
    for subject in clause.subjects:
        if scene.stands_for(subject):
            for target, nested in ends:
                yield from directed(scene, clause, frame, meanings, subject, target, nested)
    if clause.parties or not any(scene.is_a(target, ACTOR_TYPES) and not nested for target, nested in ends):
        yield from reciprocal(scene, clause, frame, meanings[0])


def attended(scene: Scene, clause: Clause, frame: Frame) -> Iterator[Draft]:
    """`held a meeting`: whoever holds it takes part in it."""
    for noun in clause.objects if frame.names_noun else ():
        for subject in clause.subjects:
            if (
                scene.stands_for(subject)
                and scene.is_a(noun, frozenset({EntityType.EVENT}))
                and subject.i != noun.i
            ):
                yield Draft(
                    subject=subject,
                    object=noun,
                    predicate=clause.predicate,
                    words=clause.lemma,
                    meaning=PARTICIPATION,
                    rule="attended",
                )


def is_visited(meaning: Meaning) -> bool:
    """Whether a meaning of talking is one that a place can be the object of."""
    return meaning.property is not None and EntityType.PLACE in meaning.object_types


def directed(  # noqa: PLR0913
    scene: Scene,
    clause: Clause,
    frame: Frame,
    meanings: Sequence[Meaning],
    subject: Token,
    target: Token,
    nested: str,
) -> Iterator[Draft]:
    """The draft from a subject to a target, by the first meaning that both fit."""
    if subject.i == target.i:
        return
    for meaning in meanings:
        one, other = (target, subject) if meaning.is_inverse else (subject, target)
        if fits(scene, meaning, one, other):
            yield Draft(
                subject=one,
                object=other,
                predicate=clause.predicate,
                words=frame.form,
                meaning=meaning,
                rule=rule_of(clause, frame),
                nested=nested,
                symmetric=meaning.is_symmetric,
            )
            return


def fits(scene: Scene, meaning: Meaning, subject: Token, object_: Token) -> bool:
    """Whether any entities that two words stand for fit a meaning."""
    return any(
        meaning.fits(one.type, other.type)
        for one in scene.entities(subject)
        for other in scene.entities(object_)
    )


def reciprocal(scene: Scene, clause: Clause, frame: Frame, meaning: Meaning) -> Iterator[Draft]:
    """`A and B met`, `talks between A and B`: a draft for each pair on one level."""
    if not (meaning.is_symmetric or meaning.relation_class in RECIPROCAL_CLASSES):
        return
    mutual = load_lexicon().reciprocal(frame.form)
    if mutual is None or mutual.relation_class != meaning.relation_class:
        mutual = Meaning(relation_class=meaning.relation_class)
    members = [token for token in clause.parties or clause.subjects if scene.is_a(token, ACTOR_TYPES)]
    pairs = [(a, b) for n, a in enumerate(members) for b in members[n + 1 :]]
    pairs += [(token, token) for token in members if scene.is_several(token)]
    for one, other in pairs:
        yield Draft(
            subject=one,
            object=other,
            predicate=clause.predicate,
            words=frame.form,
            meaning=mutual,
            rule="reciprocal noun" if clause.is_nominal else "reciprocal",
            symmetric=True,
        )


def unknown(scene: Scene, clause: Clause) -> Iterator[Draft]:
    """A verb that the ontology does not know, between two words that have entities: class OTHER.

    What a preposition introduces counts where it is a name.
    """
    targets = [("", target) for target in clause.objects]
    targets += [(a.preposition, a.token) for a in clause.obliques if a.token.pos_ == "PROPN"]
    for subject in clause.subjects:
        for preposition, target in targets:
            if subject.i != target.i and scene.stands_for(subject) and scene.stands_for(target):
                yield Draft(
                    subject=subject,
                    object=target,
                    predicate=clause.predicate,
                    words=f"{clause.lemma} {preposition}".strip(),
                    meaning=OTHER,
                    rule=f"unknown {preposition}".strip(),
                )


def obliged(scene: Scene, clause: Clause) -> Iterator[Draft]:
    """`A said B must leave`: a demand on whoever must."""
    for complement in clause.complements:
        modal = next(
            (
                c
                for c in complement.children
                if c.dep_ == "aux" and c.lower_ in word_set("kg.relations", "obligations")
            ),
            None,
        )
        if modal is None or complement.dep_ != "ccomp":
            continue
        for subject in clause.subjects:
            for target in subjects_of(complement):
                if subject.i != target.i and scene.stands_for(subject) and scene.stands_for(target):
                    yield Draft(
                        subject=subject,
                        object=target,
                        predicate=clause.predicate,
                        words=f"{clause.lemma} {modal.lower_} {complement.lemma_.lower()}",
                        meaning=REQUEST,
                        rule="obligation",
                    )


def rule_of(clause: Clause, frame: Frame) -> str:
    """The construction of a frame, as confidence counts it."""
    if clause.is_nominal:
        return "noun"
    if frame.form.endswith(" to") and frame.form != clause.lemma:
        return "complement"
    if frame.is_clausal:
        return "clausal"
    if frame.names_noun:
        return "verb noun"
    return "verb" if frame.form == clause.lemma else "preposition"


def reached(scene: Scene, token: Token) -> Iterator[tuple[Token, str]]:
    """The words with entities at or just inside a noun, each with how it hangs there.

    `condemned the attack`: the attack; `criticised Trump's decision`: also Trump, as `poss`. Inside a name,
    or a noun for people, nothing is looked for.
    """
    if scene.stands_for(token):
        yield token, ""
        if scene.is_name(scene.entities(token)[0]) or not scene.is_a(token, NESTING_TYPES):
            return
    inside = [(way, owner) for child in token.children for way, owner in (*owner_at(child), *involved(child))]
    inside += [
        (a.preposition, a.token)
        for a in arguments_of(token)
        if a.preposition in word_set("kg.relations", "participants")
    ]
    for way, owner in inside:
        for member in expand([owner]):
            if scene.stands_for(member):
                yield member, way


def involved(child: Token) -> Iterator[tuple[str, Token]]:
    """`talks involving A and B`: the objects of a participle that lists who takes part."""
    if child.dep_ == "acl" and child.lemma_.lower() in {"involve", "include"}:
        for grandchild in child.children:
            if grandchild.dep_ == "obj":
                yield "involving", grandchild
