"""Ends: from the words of a sentence over coreference and the registry to an entity."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.actors.identity import owners, phrase_at, same_by_syntax
from kg.actors.names import fold
from kg.actors.phrases import Phrase
from kg.actors.registry import load_registry
from kg.explanation.records import End, Link, Words
from kg.explanation.trees import words_of
from kg.types import Entity, MentionKind

TRAITS = {
    "demonym": "a demonym of",
    "capital": "a capital, which stands for",
    "seat": "a seat of",
}


def end_of(token: Token, entity: Entity) -> End:
    """How a word came to stand for an entity.

    Args:
        token: The head of a phrase that has an entity.
        entity: One of the entities that it stands for.
    """
    doc = token.doc
    index = phrase_at(doc).get(token.i)
    if index is None:
        words = words_of(doc[token.i : token.i + 1])
        return _end(words, "nominal", (), entity, "found by the rule itself")
    phrase = doc._.phrases[index]
    links = chain(doc, index, entity)
    return _end(
        words_of(doc[phrase.start : phrase.end]), str(phrase.kind), links, entity, source(doc, index, entity)
    )


def _end(words: Words, kind: str, links: tuple[Link, ...], entity: Entity, reason: str) -> End:
    return End(
        words=words,
        kind=kind,
        links=links,
        entity=entity.id,
        name=entity.name,
        type=str(entity.type),
        reason=reason,
    )


def nearest(doc: Doc, entity: Entity, token: Token) -> Token | None:
    """The word nearest to a token that stands for an entity, in its sentence before others; None for none."""
    found = [doc[i] for i, ids in doc._.referents.items() if entity.id in ids]
    return min(found, key=lambda word: (word.sent != token.sent, abs(word.i - token.i), word.i), default=None)


def chain(doc: Doc, index: int, entity: Entity) -> tuple[Link, ...]:
    """The mentions over which a phrase leads to a name of its entity, each with the reason."""
    cluster = next((c for c in doc._.clusters if index in c.phrases), None)
    links: list[Link] = []
    if cluster is not None and cluster.parts:
        members = [i for part in cluster.parts for i in doc._.clusters[part].phrases]
        parts = [i for i in members if stands_for(doc, i, entity)]
        reason = "a plural that stands for several"
        return (_link(doc, _first_name(doc, parts), reason),) if parts else ()
    members, seen = list(cluster.phrases) if cluster is not None else [], {index}
    is_named = any(doc._.phrases[i].kind is MentionKind.NAME for i in members)
    while doc._.phrases[index].kind is not MentionKind.NAME and (is_named or not links):
        step = antecedent(doc, index, [i for i in members if i not in seen])
        if step is None:
            break
        index, reason = step
        seen.add(index)
        links.append(_link(doc, index, reason))
    return (*links, *principal(doc, members, entity))


def antecedent(doc: Doc, index: int, members: Iterable[int]) -> tuple[int, str] | None:
    """The mention of its cluster that a phrase was joined with, and why; None where there is no other."""
    others = list(members)
    by_syntax = {pair for pair in same_by_syntax(doc) if index in pair}
    for one, other in sorted(by_syntax):
        partner = other if one == index else one
        if partner in others:
            return partner, "joined by apposition, title or copula"
    kinds = {i: doc._.phrases[i].kind for i in others}
    before = [i for i in others if i < index and kinds[i] is not MentionKind.PRONOUN]
    after = [i for i in others if i > index and kinds[i] is MentionKind.NAME]
    if not before and not after:
        return None
    partner = before[-1] if before else after[0]
    return partner, reason_for(doc._.phrases[index], doc._.phrases[partner])


def reason_for(phrase: Phrase, partner: Phrase) -> str:
    """Why coreference takes a phrase and an earlier one for the same, by their kinds."""
    if phrase.kind is MentionKind.PRONOUN:
        return "the pronoun refers back to it"
    if phrase.kind is MentionKind.NOMINAL:
        return "the description refers back to it"
    if phrase.actor is not None and phrase.actor == partner.actor:
        return "the registry has both names"
    return "the same name" if fold(phrase.name) == fold(partner.name) else "a form of the name"


def principal(doc: Doc, members: Iterable[int], entity: Entity) -> tuple[Link, ...]:
    """For officials who stand for a state or body: whose they are."""
    phrases = [doc._.phrases[i] for i in members]
    if any(phrase.kind is MentionKind.NAME for phrase in phrases):
        return ()
    by_head = phrase_at(doc)
    for phrase in phrases:
        for _, token in owners(doc, phrase):
            owner = by_head.get(token.i)
            if owner is not None and stands_for(doc, owner, entity):
                return (_link(doc, owner, "they act for whom they belong to"),)
    return ()


def stands_for(doc: Doc, index: int, entity: Entity) -> bool:
    """Whether a phrase stands for an entity."""
    return entity.id in doc._.referents.get(doc._.phrases[index].head, ())


def source(doc: Doc, index: int, entity: Entity) -> str:
    """How the entity of a phrase was found: by its nearest name in the registry, or from the article."""
    actor = load_registry().actor(entity.id)
    standing = [i for i in range(len(doc._.phrases)) if stands_for(doc, i, entity)]
    phrases = [doc._.phrases[i] for i in sorted(standing, key=lambda i: abs(i - index))]
    names = [phrase for phrase in phrases if phrase.kind is MentionKind.NAME]
    if actor is not None:
        known = next((phrase for phrase in names if phrase.actor == actor.id), None)
        if known is None:
            return f"the registry's {actor.name}, by its names and offices"
        how = TRAITS.get(known.trait, "a name of")
        return f"in the registry “{known.name}” is {how} {actor.name}"
    if names:
        return "not in the registry; named in the article"
    return "described but never named, so known in this article only"


def _first_name(doc: Doc, members: list[int]) -> int:
    names = [i for i in members if doc._.phrases[i].kind is MentionKind.NAME]
    return (names or members)[0]


def _link(doc: Doc, index: int, reason: str) -> Link:
    phrase = doc._.phrases[index]
    return Link(words=words_of(doc[phrase.start : phrase.end]), kind=str(phrase.kind), reason=reason)
