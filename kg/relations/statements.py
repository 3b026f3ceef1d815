"""The component `kg_relations`: the relations that a document states.

It collects the drafts of clauses, nominal events and states, gives each its entities, status, source, time,
place, confidence and evidence, and keeps the surest of those that say the same.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.language.kept import keep
from kg.language.tree import forget
from kg.relations.accusations import accusation_drafts
from kg.relations.attribution import source_of
from kg.relations.classification import Lexicon, load_lexicon
from kg.relations.clauses import clauses_of
from kg.relations.confidence import Confidence, features_of, load_confidence
from kg.relations.derived import derived_clauses_of
from kg.relations.drafts import Draft
from kg.relations.events import nominal_clauses_of
from kg.relations.factuality import status_of
from kg.relations.guesses import drafts_or_guesses
from kg.relations.implied import implied_drafts
from kg.relations.narrative import Narrative
from kg.relations.occasions import occasion_clauses_of
from kg.relations.places import place_of_draft
from kg.relations.remarks import remark_drafts
from kg.relations.repeats import surest
from kg.relations.scene import Scene
from kg.relations.similarity import resembling
from kg.relations.states import state_drafts
from kg.relations.temporal import dates_in, time_of
from kg.types import ACTOR_TYPES, Entity, EntityType, Evidence, Relation, Status

UNFIT_OBJECTS: Mapping[str, frozenset[EntityType]] = {
    "FAMILY_OF": frozenset(EntityType) - {EntityType.PERSON, EntityType.GROUP},
    "MEMBER_OF": frozenset({EntityType.PERSON}),
    "CITIZEN_OF": frozenset({EntityType.PERSON, EntityType.EVENT, EntityType.THING}),
}
"""Types of objects that a class never has, by whatever words: the father of a nation is no kin of it."""


@Language.factory(
    "kg_relations",
    default_config={"threshold": 0.45, "ontology": None},
    requires=["doc._.entities", "doc._.referents", "token.dep", "token.lemma", "token.morph"],
    assigns=["doc._.relations"],
)
class Relations:
    """Sets `doc._.relations`: `types.Relation` records in the order of their evidence.

    Attributes:
        threshold: Relations less sure than this are left out (0–1).
        ontology: A user's own Turtle file, which adds properties, classes and lexical forms; None for none.
    """

    def __init__(self, nlp: Language, name: str, threshold: float, ontology: str | None = None) -> None:
        self.lexicon: Lexicon = load_lexicon(Path(ontology) if ontology else None)
        self.confidence: Confidence = load_confidence()
        self.threshold = threshold
        keep("relations", default=())

    def __call__(self, doc: Doc) -> Doc:
        """State the relations of one document."""
        forget()
        doc._.relations = self.predict(doc)
        return doc

    def predict(self, doc: Doc) -> tuple[Relation, ...]:
        """Relations above the threshold, each said once."""
        found = [relation for _, relation in self.stated(doc) if relation.confidence >= self.threshold]
        return tuple(
            sorted(
                surest(found), key=lambda r: (r.evidence.start, r.subject.id, r.object.id, r.relation_class)
            )
        )

    def stated(self, doc: Doc) -> Iterator[tuple[Draft, Relation]]:
        """Every draft with the relations that it gives, whatever their confidence."""
        scene = Scene(doc)
        published = doc._.article.day if doc._.article else None
        dates = dates_in(doc, published)
        narrative = Narrative(doc, dates, functools.partial(time_of, dates=dates))
        for draft in drafts(scene, self.lexicon):
            unfit = UNFIT_OBJECTS.get(draft.meaning.relation_class, frozenset())
            for subject, object_ in pairs(scene, draft):
                if object_.type in unfit:
                    continue
                yield draft, self.relation(scene, draft, subject, object_, narrative)

    def relation(
        self, scene: Scene, draft: Draft, subject: Entity, object_: Entity, narrative: Narrative
    ) -> Relation:
        """The relation of a draft between two of its entities."""
        status = status_of(draft.predicate)
        if status is Status.ASSERTED:
            status = status_of(draft.occurrence)
        time = narrative.time(draft.predicate)
        anchor = narrative.anchor_of(draft.predicate) if time is None else None
        carried = narrative.time(anchor) if anchor is not None else None
        time = time or (None if status is Status.PLANNED and is_past(carried, scene.doc) else carried)
        if status is Status.PLANNED and is_past(time, scene.doc):
            status = Status.POSSIBLE
        return Relation(
            subject=subject,
            predicate=draft.active or draft.words,
            property=draft.meaning.property,
            relation_class=draft.meaning.relation_class,
            object=object_,
            symmetric=draft.symmetric,
            status=status,
            attribution=None if draft.is_state else attribution_of(scene, draft.predicate),
            time=None if draft.is_state and subject.type is not EntityType.EVENT else time,
            place=place_of_draft(scene, draft, (subject, object_), anchor),
            confidence=self.confidence.of(features_of(scene, draft, subject, object_, status)),
            evidence=evidence_of(draft.predicate.sent),
        )


def drafts(scene: Scene, lexicon: Lexicon) -> Iterator[Draft]:
    """All drafts of a document: acts, states and remarks."""
    yield from acts(scene, lexicon)
    yield from states(scene, lexicon)
    yield from remark_drafts(scene)


def acts(scene: Scene, lexicon: Lexicon) -> Iterator[Draft]:
    """The drafts of clauses, nominal events, judgements and what is implied."""
    doc = scene.doc
    stated = (*clauses_of(doc), *nominal_clauses_of(doc, lexicon.noun_beginnings))
    for clause in (*stated, *derived_clauses_of(doc), *occasion_clauses_of(doc)):
        yield from (resembling(draft, lexicon) for draft in drafts_or_guesses(scene, clause, lexicon))
    yield from accusation_drafts(scene)
    yield from implied_drafts(scene, lexicon)


def states(scene: Scene, lexicon: Lexicon) -> Iterator[Draft]:
    """The drafts of states, as a user's own ontology means them."""
    for draft in state_drafts(scene):
        yield draft if lexicon is load_lexicon() else renamed(draft, lexicon)


def renamed(draft: Draft, lexicon: Lexicon) -> Draft:
    """A state as a user's own forms mean it: the noun of a title may express a class of theirs."""
    known, words = load_lexicon().nouns, draft.words.split()
    for form in (" ".join(words[start:]) for start in range(len(words) - 1)):
        own = [meaning for meaning in lexicon.nouns.get(form, ()) if meaning not in known.get(form, ())]
        if own:
            return replace(draft, meaning=own[0])
    return draft


def pairs(scene: Scene, draft: Draft) -> list[tuple[Entity, Entity]]:
    """The entity pairs of a draft; for `both leaders met` the pair that the plural stands for."""
    subjects, objects = scene.entities(draft.subject), scene.entities(draft.object)
    if draft.subject.i == draft.object.i:
        return [(one, other) for n, one in enumerate(subjects) for other in subjects[n + 1 :]]
    return [(one, other) for one in subjects for other in objects if one.id != other.id]


def attribution_of(scene: Scene, predicate: Token) -> Entity | None:
    """Who makes the claim, whoever it is about; None where the article does, or several do."""
    source = source_of(predicate)
    if source is None:
        return None
    beside = [
        child for child in source.head.children if child.dep_ == source.dep_ and child.i == source.i + 1
    ]
    names = [*(child for child in source.children if child.dep_ in {"appos", "flat"}), *beside]
    named = [token for token in (source, *names) if scene.is_named(token, ACTOR_TYPES)]
    found = scene.entities(named[0] if named else source)
    return found[0] if len(found) == 1 and found[0].type in ACTOR_TYPES else None


def is_past(time: str | None, doc: Doc) -> bool:
    """Whether a time had gone by when the article came out: what was planned for it is planned no more."""
    published = doc._.article.published if doc._.article else None
    if time is None or published is None:
        return False
    known = min(len(time), len(published))
    return bool(time[:known] < published[:known])


def evidence_of(sentence: Span) -> Evidence:
    """A sentence as evidence, without the white space around it."""
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return Evidence(text=text.strip(), start=start, end=start + len(text.strip()))
