"""Reasons: why a relation is in a graph, found by reading its article again.

The extraction is deterministic and the article's text is kept, so the same pipeline drafts the same relation
again; what each part said of it is read off the document.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import KgError, ModelError
from kg.explanation.ends import end_of, nearest
from kg.explanation.forms import form_of, rule_meaning
from kg.explanation.records import Dating, End, Explanation, Weight, Words
from kg.explanation.statuses import cues_of
from kg.explanation.trees import path_over, word_of, words_of
from kg.extraction import document
from kg.relations.attribution import source_of
from kg.relations.confidence import features_of
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.statements import Relations
from kg.relations.temporal import dates_in
from kg.types import Article, Entity, Relation

STRONGEST = 6
"""Features that are shown of some fifteen."""
Stated = tuple[Draft, Relation]


class NotFoundAgainError(KgError, LookupError):
    """A stored relation that the extractor does not find any more."""


def why(nlp: Language, article: Article, relation: Relation) -> Explanation:
    """Why a relation is in the graph.

    Args:
        nlp: The pipeline of `kg.extraction.load`.
        article: The article that states it.
        relation: The relation as it is stored.

    Raises:
        NotFoundAgainError: The pipeline does not draft the relation, as after an update of it.
        ModelError: The pipeline's relations are not this package's.

    >>> why(nlp, article, relation).rule  # doctest: +SKIP
    'verb'
    """
    component = relations_of(nlp)
    doc = nlp(document(nlp, article))
    stated = list(component.stated(doc))
    found = best_match(stated, relation)
    if found is None:
        raise NotFoundAgainError(_lost(article, relation, stated))
    return explained(component, doc, found, relation)


def relations_of(nlp: Language) -> Relations:
    """The component that states relations.

    Raises:
        ModelError: It is not this package's.
    """
    component = nlp.get_pipe("kg_relations")
    if not isinstance(component, Relations):
        raise ModelError("The pipeline's kg_relations is not this package's; use kg.extraction.load().")
    return component


def best_match(stated: Iterable[Stated], relation: Relation) -> Stated | None:
    """The draft that a stored relation came from: the likest in the same sentence, of equals the surest.

    Ends are compared by id or name, since a graph may have taken two entities for one.
    """
    there = [
        pair
        for pair in stated
        if pair[1].evidence.start == relation.evidence.start and has_ends(pair[1], relation)
    ]
    like = [pair for pair in there if pair[1].relation_class == relation.relation_class]
    return max(like, key=lambda pair: (likeness(pair[1], relation), pair[1].confidence), default=None)


def has_ends(one: Relation, other: Relation) -> bool:
    """Whether two relations hold between the same entities."""
    straight = is_same(one.subject, other.subject) and is_same(one.object, other.object)
    swapped = is_same(one.subject, other.object) and is_same(one.object, other.subject)
    return straight or (swapped and one.symmetric and other.symmetric)


def is_same(one: Entity, other: Entity) -> bool:
    """Whether two records are of one entity: by id, else by name."""
    return one.id == other.id or bool({one.name, *one.aliases} & {other.name, *other.aliases})


def likeness(one: Relation, other: Relation) -> int:
    """In how many of predicate, property, status, time and place two relations agree."""
    pairs = (
        (one.predicate, other.predicate),
        (one.property, other.property),
        (one.status, other.status),
        (one.time, other.time),
        (_name(one.place), _name(other.place)),
        (_name(one.attribution), _name(other.attribution)),
    )
    return sum(a == b for a, b in pairs)


def changes(now: Relation, stored: Relation) -> tuple[str, ...]:
    """What the extractor says of a relation otherwise than when it was stored."""
    pairs = (
        ("predicate", now.predicate, stored.predicate),
        ("property", now.property, stored.property),
        ("status", str(now.status), str(stored.status)),
        ("time", now.time, stored.time),
        ("place", _name(now.place), _name(stored.place)),
        ("attribution", _name(now.attribution), _name(stored.attribution)),
        ("confidence", now.confidence, stored.confidence),
    )
    return tuple(f"{name}: stored {was!r}, now {is_!r}" for name, is_, was in pairs if is_ != was)


def explained(component: Relations, doc: Doc, found: Stated, stored: Relation) -> Explanation:
    """The explanation of a relation by the draft that it came from."""
    draft, relation = found
    scene = Scene(doc)
    features = features_of(scene, draft, relation.subject, relation.object, relation.status)
    return Explanation(
        statement=statement(relation),
        article=doc._.article.id,
        evidence=Words(text=relation.evidence.text, start=relation.evidence.start, end=relation.evidence.end),
        subject=end_of(draft.subject, relation.subject),
        predicate=word_of(draft.predicate),
        object=end_of(draft.object, relation.object),
        path=path_over(draft.subject, draft.predicate, draft.object),
        rule=draft.rule,
        rule_meaning=rule_meaning(draft.rule),
        nested=draft.nested,
        form=form_of(draft, component.lexicon),
        status=str(relation.status),
        cues=cues_of(draft.predicate, draft.occurrence),
        attribution=source_end(doc, draft, relation.attribution),
        time=dating(doc, draft, relation.time),
        place=near_end(doc, draft, relation.place),
        confidence=relation.confidence,
        bias=component.confidence.weights.get("", 0.0),
        weights=strongest(component, features),
        changes=changes(relation, stored),
    )


def strongest(component: Relations, features: Iterable[str]) -> tuple[Weight, ...]:
    """The features that move a confidence most, the strongest first."""
    weights = component.confidence.weights
    found = [Weight(feature=name, weight=weights[name]) for name in features if weights.get(name)]
    return tuple(sorted(found, key=lambda one: (-abs(one.weight), one.feature))[:STRONGEST])


def source_end(doc: Doc, draft: Draft, entity: Entity | None) -> End | None:
    """Who makes the claim: the speaker that syntax gives, else the nearest word for that entity."""
    source = source_of(draft.predicate) if entity is not None else None
    if entity is not None and source is not None and entity.id in doc._.referents.get(source.i, ()):
        return end_of(source, entity)
    return near_end(doc, draft, entity)


def near_end(doc: Doc, draft: Draft, entity: Entity | None) -> End | None:
    """The nearest word for an entity, such as the place, as an end; None of None."""
    token = nearest(doc, entity, draft.predicate) if entity is not None else None
    return end_of(token, entity) if token is not None and entity is not None else None


def dating(doc: Doc, draft: Draft, time: str | None) -> Dating | None:
    """The words that gave a time: the nearest that are read as it, or as a day or month in it."""
    if time is None:
        return None
    article = doc._.article
    read = [date for date in dates_in(doc, article.day) if date.value and date.value.startswith(time)]
    near = min(read, key=lambda date: abs(date.start - draft.predicate.i), default=None)
    return Dating(
        value=time,
        words=words_of(doc[near.start : near.end]) if near else None,
        kind=near.kind if near else "",
        published=article.day.isoformat() if article.day else None,
    )


def statement(relation: Relation) -> str:
    """A relation in one line.

    >>> from kg.types import Entity, EntityType, Evidence
    >>> ana, bo = (Entity(id=name, name=name, type=EntityType.PERSON) for name in ("Ana", "Bo"))
    >>> evidence = Evidence(text="Ana met Bo.", start=0, end=11)
    >>> statement(Relation(subject=ana, predicate="meet", property="meets", relation_class="CONSULT",
    ...                    object=bo, evidence=evidence))
    'Ana – meet [CONSULT, kg:meets, asserted] – Bo'
    """
    kinds = [
        relation.relation_class,
        f"kg:{relation.property}" if relation.property else "",
        str(relation.status),
    ]
    kind = ", ".join(filter(None, kinds))
    return f"{relation.subject.name} – {relation.predicate} [{kind}] – {relation.object.name}"


def _name(entity: Entity | None) -> str | None:
    return None if entity is None else entity.name


def _lost(article: Article, relation: Relation, stated: Iterable[Stated]) -> str:
    """What to say of a relation that is not drafted any more, and what is in its place."""
    there = [found for _, found in stated if has_ends(found, relation)]
    instead = "; ".join(dict.fromkeys(statement(found) for found in there))
    now = f"it says of the two: {instead}" if instead else "it relates the two in no way"
    return (
        f"The extractor does not find {statement(relation)!r} in the article {article.id!r} any more: {now}. "
        "The graph was made with another version or pipeline; give its --pipeline, or build --again."
    )
