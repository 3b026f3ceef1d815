"""The component `kg_relations`: the relations that a document states.

It collects the drafts of clauses, nominal events and states, gives each its entities, status, source, time,
place, confidence and evidence, and keeps the surest of those that say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.language.kept import keep
from kg.relations.attribution import source_of
from kg.relations.classification import Lexicon, load_lexicon
from kg.relations.clauses import clauses_of, preposition_of
from kg.relations.confidence import Confidence, features_of, load_confidence
from kg.relations.drafts import Draft, drafts_of
from kg.relations.events import nominal_clauses_of
from kg.relations.factuality import status_of
from kg.relations.scene import Scene
from kg.relations.similarity import resembling
from kg.relations.states import state_drafts
from kg.relations.temporal import DateMention, dates_in, time_of
from kg.types import PLACE_TYPES, Entity, EntityType, Evidence, Relation, Status

PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "on"})


@Language.factory(
    "kg_relations",
    default_config={"threshold": 0.25, "ontology": None},
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
        published = doc._.article.date if doc._.article else None
        dates = dates_in(doc, published)
        for draft in drafts(scene, self.lexicon):
            for subject, object_ in pairs(scene, draft):
                yield draft, self.relation(scene, draft, subject, object_, dates)

    def relation(
        self, scene: Scene, draft: Draft, subject: Entity, object_: Entity, dates: tuple[DateMention, ...]
    ) -> Relation:
        """The relation of a draft between two of its entities."""
        status = status_of(draft.predicate)
        if status is Status.ASSERTED:
            status = status_of(draft.occurrence)
        time = time_of(draft.predicate, dates)
        if status is Status.PLANNED and is_past(time, scene.doc):
            status = Status.POSSIBLE
        return Relation(
            subject=subject,
            predicate=draft.words,
            property=draft.meaning.property,
            relation_class=draft.meaning.relation_class,
            object=object_,
            symmetric=draft.symmetric,
            status=status,
            attribution=None if draft.is_state else attribution_of(scene, draft.predicate, subject),
            time=None if draft.is_state and subject.type is not EntityType.EVENT else time,
            place=place_of(scene, draft.predicate, (subject, object_)),
            confidence=self.confidence.of(features_of(scene, draft, subject, object_, status)),
            evidence=evidence_of(draft.predicate.sent),
        )


def drafts(scene: Scene, lexicon: Lexicon) -> Iterator[Draft]:
    """All drafts of a document: clauses, nominal events, states."""
    for clause in (*clauses_of(scene.doc), *nominal_clauses_of(scene.doc)):
        yield from (resembling(draft, lexicon) for draft in drafts_of(scene, clause, lexicon))
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


def attribution_of(scene: Scene, predicate: Token, subject: Entity) -> Entity | None:
    """Who makes the claim; None where the article does, or where the subject speaks of itself."""
    source = source_of(predicate)
    found = scene.entities(source) if source is not None else ()
    return found[0] if len(found) == 1 and found[0].id != subject.id else None


def place_of(scene: Scene, predicate: Token, ends: tuple[Entity, Entity]) -> Entity | None:
    """Where it happened: the first place that `in` or `at` attaches to the predicate or its object."""
    carriers = [predicate, predicate.head] if predicate.dep_ in {"obj", "nsubj"} else [predicate]
    carriers += [child for child in predicate.children if child.dep_ == "obj" or is_occasion(scene, child)]
    children = (child for carrier in carriers for child in carrier.children)
    settings = (c for c in children if c.dep_ in {"obl", "nmod"} and preposition_of(c) in PLACE_PREPOSITIONS)
    places = (scene.entities(c)[0] for c in settings if scene.is_a(c, PLACE_TYPES))
    return next((place for place in places if place.id not in {end.id for end in ends}), None)


def is_occasion(scene: Scene, token: Token) -> bool:
    """Whether a token is the event at which something happens: `agreed at a summit in Lima`."""
    is_event = scene.is_a(token, frozenset({EntityType.EVENT}))
    return is_event and token.dep_ == "obl" and preposition_of(token) in {"at", "during", "in"}


def is_past(time: str | None, doc: Doc) -> bool:
    """Whether a time had gone by when the article came out: what was planned for it is planned no more."""
    if time is None or doc._.article is None or doc._.article.date is None:
        return False
    return time < str(doc._.article.date.isoformat())[: len(time)]


def evidence_of(sentence: Span) -> Evidence:
    """A sentence as evidence, without the white space around it."""
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return Evidence(text=text.strip(), start=start, end=start + len(text.strip()))


def surest(relations: Iterable[Relation]) -> list[Relation]:
    """Of the relations that say the same, the surest; the earlier of equals."""
    best: dict[tuple[object, ...], Relation] = {}
    for relation in relations:
        ends = (relation.subject.id, relation.object.id)
        key = (tuple(sorted(ends)) if relation.symmetric else ends, relation.relation_class, relation.status)
        if key not in best or relation.confidence > best[key].confidence:
            best[key] = relation
    return list(best.values())
