"""Refusals: where a relation between two names was lost on its way from an article into a graph."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.actors.names import fold
from kg.actors.registry import load_registry
from kg.explanation.reasons import Stated, relations_of, statement, strongest
from kg.explanation.records import Refusal, Stage
from kg.explanation.trees import path_between, path_text
from kg.extraction import document
from kg.relations.confidence import features_of
from kg.relations.scene import Scene
from kg.relations.statements import Relations
from kg.types import Article, Entity

MOST = 5
"""Sentences, drafts or names that are shown of one kind."""


def why_not(nlp: Language, article: Article, one: str, other: str) -> Refusal:
    """The first step that lost a relation between two names in an article.

    Args:
        nlp: The pipeline of `kg.extraction.load`.
        article: The article that may state it.
        one: A name, alias or description of one end.
        other: Of the other end; the order does not matter.

    Raises:
        ModelError: The pipeline's relations are not this package's.

    >>> why_not(nlp, article, "Ana Bell", "Bo Cole").stage  # doctest: +SKIP
    <Stage.DRAFT: 'draft'>
    """
    component = relations_of(nlp)
    doc = nlp(document(nlp, article))
    names = (one, other)
    ends = [entities_called(doc, name) for name in names]
    for name, found in zip(names, ends, strict=True):
        if not found:
            return no_mention(doc, name)
    ids = [{entity.id for entity in found} for found in ends]
    stated = [pair for pair in component.stated(doc) if is_between(pair, ids)]
    if stated:
        return judged(component, doc, names, stated)
    both = [entity for entity in ends[0] if entity.id in ids[1]]
    if both:
        return one_entity(doc, names, both[0])
    sentences = shared_sentences(doc, ids)
    return no_draft(names, sentences) if sentences else never_together(doc, names, ids)


def entities_called(doc: Doc, name: str) -> list[Entity]:
    """The entities that a name means: by name or alias, by the registry, else by words of their names."""
    wanted = fold(name)
    exact = [e for e in doc._.entities if name == e.id or wanted in {fold(n) for n in (e.name, *e.aliases)}]
    if exact:
        return exact
    actor = load_registry().lookup(name) or load_registry().by_demonym(name)
    known = [entity for entity in doc._.entities if actor is not None and entity.id == actor.id]
    words = set(wanted.split())
    by_words = [e for e in doc._.entities if words and words <= set(fold(e.name).split())]
    return known or by_words


def no_mention(doc: Doc, name: str) -> Refusal:
    """A name that no entity of the document bears: what its words were taken for."""
    start = doc.text.casefold().find(name.casefold())
    named = [entity.name for entity in doc._.entities]
    if start < 0:
        near = difflib.get_close_matches(name, named, n=MOST, cutoff=0.5) or named[:MOST]
        return Refusal(
            stage=Stage.MENTION,
            message=f"The article does not have the words {name!r}, and no entity of it bears that name.",
            details=tuple(f"the article has {entity!r}" for entity in near),
        )
    span = doc.char_span(start, start + len(name), alignment_mode="expand")
    phrases = [p for p in doc._.phrases if span is not None and p.start < span.end and p.end > span.start]
    read = [f"“{doc[p.start : p.end].text}” was read as a {p.kind}{_standing(doc, p.head)}" for p in phrases]
    tags = [f"“{token.text}” was tagged {token.pos_}, {token.dep_}{_label(token)}" for token in span or ()]
    return Refusal(
        stage=Stage.MENTION,
        message=f"The words {name!r} stand at character {start}, but were taken for no mention of that name.",
        details=tuple(read or tags),
    )


def _standing(doc: Doc, head: int) -> str:
    names = {entity.id: entity.name for entity in doc._.entities}
    found = [names[id_] for id_ in doc._.referents.get(head, ()) if id_ in names]
    return f" of {', '.join(map(repr, found))}" if found else " that stands for nobody known"


def _label(token: Token) -> str:
    return f", in a name of the kind {token.ent_type_}" if token.ent_type_ else ", in no name"


def one_entity(doc: Doc, names: Sequence[str], entity: Entity) -> Refusal:
    """Two names that mean the same."""
    mentions = [f"“{m.text}” at character {m.start}" for m in doc._.mentions if m.entity_id == entity.id]
    return Refusal(
        stage=Stage.ENTITY,
        message=f"{names[0]!r} and {names[1]!r} were taken for one entity, {entity.name!r} ({entity.type}).",
        details=tuple(mentions[:MOST]),
    )


def shared_sentences(doc: Doc, ids: Sequence[set[str]]) -> list[tuple[Token, Token]]:
    """For each sentence that mentions both ends, by name or otherwise, the heads of two mentions."""
    ones, others = (tokens_of(doc, end) for end in ids)
    pairs = [(one, other) for one in ones for other in others if one.sent == other.sent and one.i != other.i]
    nearest: dict[int, tuple[Token, Token]] = {}
    for pair in sorted(pairs, key=lambda pair: abs(pair[0].i - pair[1].i)):
        nearest.setdefault(pair[0].sent.start, pair)
    return [nearest[start] for start in sorted(nearest)]


def tokens_of(doc: Doc, ids: set[str]) -> list[Token]:
    """The words that stand for one of some entities, in the order of the text."""
    return [doc[i] for i, referents in sorted(doc._.referents.items()) if ids & set(referents)]


def never_together(doc: Doc, names: Sequence[str], ids: Sequence[set[str]]) -> Refusal:
    """Two entities that no sentence mentions together."""
    number = {sentence.start: n for n, sentence in enumerate(doc.sents, 1)}
    details = []
    for name, end in zip(names, ids, strict=True):
        where = sorted({number[token.sent.start] for token in tokens_of(doc, end)})
        details.append(
            f"{name!r} is mentioned in the sentences {', '.join(map(str, where))} of {len(number)}"
        )
    message = f"No sentence mentions both {names[0]!r} and {names[1]!r}, pronouns and descriptions included."
    return Refusal(stage=Stage.SENTENCE, message=message, details=tuple(details))


def no_draft(names: Sequence[str], sentences: Sequence[tuple[Token, Token]]) -> Refusal:
    """Two entities that stand together, but that no rule relates."""
    details = []
    for one, other in sentences[:MOST]:
        details += [f"“{' '.join(one.sent.text.split())}”", f"  {path_text(path_between(one, other))}"]
    message = (
        f"{names[0]!r} and {names[1]!r} stand together in {_count(len(sentences), 'sentence')}, but no rule "
        "relates them; the ways between them through the tree are below."
    )
    return Refusal(stage=Stage.DRAFT, message=message, details=tuple(details))


def judged(component: Relations, doc: Doc, names: Sequence[str], stated: Iterable[Stated]) -> Refusal:
    """What the rules drafted between two entities: kept, or not sure enough."""
    ranked = sorted(stated, key=lambda pair: (-pair[1].confidence, pair[1].evidence.start))
    kept = [pair for pair in ranked if pair[1].confidence >= component.threshold]
    if kept:
        message = f"Nothing was refused: the article gives relations between {names[0]!r} and {names[1]!r}."
        lines = dict.fromkeys(f"{statement(r)}, confidence {r.confidence:.2f}" for _, r in kept)
        return Refusal(stage=Stage.KEPT, message=message, details=tuple(lines))
    draft, relation = ranked[0]
    scene = Scene(doc)
    features = features_of(scene, draft, relation.subject, relation.object, relation.status)
    message = (
        f"The rules drafted {statement(relation)!r} (rule {draft.rule!r}), but its confidence of "
        f"{relation.confidence:.2f} is below {component.threshold:g}."
    )
    weights = [f"{one.weight:+.2f}  {one.feature}" for one in strongest(component, features)]
    others = [f"also drafted: {statement(r)}, confidence {r.confidence:.2f}" for _, r in ranked[1:MOST]]
    return Refusal(
        stage=Stage.CONFIDENCE,
        message=message,
        details=(f"“{relation.evidence.text}”", *weights, *dict.fromkeys(others)),
    )


def is_between(pair: Stated, ids: Sequence[set[str]]) -> bool:
    """Whether a drafted relation holds between two ends, either way."""
    subject, object_ = pair[1].subject.id, pair[1].object.id
    return (subject in ids[0] and object_ in ids[1]) or (subject in ids[1] and object_ in ids[0])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
