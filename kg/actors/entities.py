"""The component `kg_entities`: one entity for each cluster, with its name, type and id.

A cluster that names a registry actor is that actor; unnamed officials, spokesmen and governments are
the state or organisation that they act for (gold guideline 13); the rest are entities of their own. Named
entities have the same id in every article; what an article never names is known in that article only.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from kg.actors.bodies import (
    body_of,
    may_be_of,
    names_by_head,
    owner_of_body,
    split_owner,
)
from kg.actors.identity import owners, phrase_at
from kg.actors.names import is_body_name, slug
from kg.actors.phrases import Phrase
from kg.actors.profiles import facts_of
from kg.actors.registry import Registry, registry_of
from kg.language.kept import keep
from kg.language.wordsets import word_set
from kg.types import Entity, EntityType, Mention, MentionKind

if TYPE_CHECKING:
    from kg.vocabulary import Actor

ACTING_TRAITS = frozenset({"state", "official", "envoy", "fighter"})
OWNER_WAYS = frozenset({"poss", "modifier", "of", "for", "from", "at", "with"})


@Language.factory(
    "kg_entities",
    requires=["doc._.phrases", "doc._.clusters"],
    assigns=["doc._.entities", "doc._.mentions", "doc._.referents"],
)
class Entities:
    """Sets `doc._.entities`, `doc._.mentions`, and `doc._.referents`: entity ids by head token."""

    def __init__(self, nlp: Language, name: str) -> None:
        for extension in ("entities", "mentions"):
            keep(extension, default=())
        keep("referents", default=None)
        keep("article", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Give each phrase of one document its entity."""
        resolver = Resolver(doc, registry_of(doc))
        resolver.resolve()
        doc._.entities = resolver.entities()
        doc._.mentions = resolver.mentions()
        doc._.referents = resolver.referents()
        return doc


class Resolver:
    """The entities of one document's clusters."""

    def __init__(self, doc: Doc, registry: Registry) -> None:
        self.doc = doc
        self.registry = registry
        self.phrases: tuple[Phrase, ...] = doc._.phrases
        self.by_head = phrase_at(doc)
        self.names_by_head = names_by_head(self.phrases)
        self.cluster_of = {i: n for n, cluster in enumerate(doc._.clusters) for i in cluster.phrases}
        self.found: dict[int, tuple[Entity, ...]] = {}
        self.article_key = article_key(doc)

    def resolve(self) -> None:
        """Fill `found`: named clusters first, then those that lean on them."""
        waiting = []
        for number, cluster in enumerate(self.doc._.clusters):
            if not cluster.parts and all(self.phrases[i].type is None for i in cluster.phrases):
                continue
            if any(self.phrases[i].kind is MentionKind.NAME for i in cluster.phrases):
                self.found[number] = (self.named(cluster.phrases),)
            else:
                waiting.append(number)
        for number in waiting:
            self.found[number] = self.unnamed(number)

    def named(self, members: list[int]) -> Entity:
        """The entity of a cluster with a name."""
        names = [self.phrases[i] for i in members if self.phrases[i].kind is MentionKind.NAME]
        actor = self.actor_of(names, members)
        surfaces = sorted({name.name for name in names if name.trait != "demonym"})
        if actor is not None:
            return entity_of_actor(actor, surfaces)
        kind = Counter(name.type for name in names).most_common(1)[0][0] or EntityType.THING
        best = max(names, key=lambda name: (name.end - name.start, len(name.name), -name.start)).name
        identifier, best, country = self.told_apart(best, names)
        return Entity(
            id=identifier,
            name=best,
            type=kind,
            aliases=tuple(surface for surface in surfaces if surface != best),
            country=country or self.country_of(members),
            sector=sector_of(self.phrases[i].trait for i in members),
        )

    def told_apart(self, best: str, names: list[Phrase]) -> tuple[str, str, str | None]:
        """The id, name and country of a cluster that is in no registry, with its owner where it needs one.

        A body that many states have, and whose owner the article does not say, is known in it only.
        """
        if not is_body_name(best):
            return slug(best), best, None
        owner = next(filter(None, map(self.owner_of, names)), None)
        if owner is None:
            return f"{slug(best)}.{self.article_key}", best, None
        state = self.registry.actor(owner.actor or "")
        full = f"{best} ({state.name if state else owner.name})"
        return slug(full), full, state.country if state else None

    def owner_of(self, name: Phrase) -> Phrase | None:
        """The state or place that a body's name belongs to."""
        return owner_of_body(self.doc, name, self.names_by_head)

    def actor_of(self, names: list[Phrase], members: list[int]) -> Actor | None:
        """The registry actor that the names give; a surname alone needs its office or country beside it."""
        known = [name.actor for name in names if name.actor]
        if known:
            return self.registry.actor(Counter(known).most_common(1)[0][0])
        for name in sorted(names, key=lambda name: -len(name.name)):
            actor = self.registry.lookup(name.name)
            if (
                actor is not None
                and actor.type is name.type
                and may_be_of(actor, self.owner_of(name), name.name, self.registry)
                and (" " in name.name or self.is_confirmed(actor))
            ):
                return actor
        return self.body_in_registry(names)

    def body_in_registry(self, names: list[Phrase]) -> Actor | None:
        """The registry actor of a body that is named with its state otherwise than there.

        As `Russia's Defence Ministry` and `the Russian Ministry of Defence` are.
        """
        for name in names:
            owner = self.owner_of(name) if is_body_name(name.name) else None
            state_id, body = (owner.actor, name.name) if owner else split_owner(name.name, self.registry)
            state = self.registry.actor(state_id or "")
            found = body_of(state, body, self.registry) if state else None
            if found is not None:
                return found
        return None

    def is_confirmed(self, actor: Actor) -> bool:
        """Whether the document names the state or organisation that a person holds office in."""
        named = {phrase.actor for phrase in self.phrases}
        return any(office.of in named for office in actor.offices)

    def unnamed(self, number: int) -> tuple[Entity, ...]:
        """The entities of a cluster without a name."""
        cluster = self.doc._.clusters[number]
        if cluster.parts:
            return tuple(entity for part in cluster.parts for entity in self.found.get(part, ()))
        principals = self.principals_of(cluster.phrases)
        if principals:
            return principals
        holder = self.holder_of(cluster.phrases)
        if holder is not None:
            return (entity_of_actor(holder, []),)
        typed = [phrase for i in cluster.phrases if (phrase := self.phrases[i]).type is not None]
        first = max(typed, key=lambda phrase: len(phrase.name))
        surfaces = {phrase.name for phrase in typed}
        return (
            Entity(
                id=f"{slug(first.name)}.{self.article_key}",
                name=first.name,
                type=first.type or EntityType.THING,
                aliases=tuple(sorted(surfaces - {first.name})),
                country=self.country_of(cluster.phrases),
                sector=sector_of(self.phrases[i].trait for i in cluster.phrases),
            ),
        )

    def principals_of(self, members: list[int]) -> tuple[Entity, ...]:
        """Whom unnamed officials, spokesmen or governments stand for: `the foreign ministers of A and B`.

        A plural stands for all whose they are, a singular for the nearest; empty where that is not said.
        """
        for phrase in (self.phrases[index] for index in members):
            pairs = owners(self.doc, phrase)
            found = [entity for way, t in pairs if way in OWNER_WAYS and (entity := self.entity_at(t.i))]
            entities = tuple(entity for entity in found if is_principal(entity, phrase.trait))
            if phrase.trait in ACTING_TRAITS and entities:
                return entities if phrase.plural else entities[:1]
            if phrase.trait == "office" and phrase.plural and len(entities) > 1:
                return entities
        return ()

    def holder_of(self, members: list[int]) -> Actor | None:
        """Who held the office on the article's day that a cluster is called by: `the Ukrainian president`.

        None where no state or organisation is said, the article's day is not known, or the post is a former
        one's.
        """
        article = self.doc._.article
        for phrase in (self.phrases[index] for index in members):
            if article is None or article.day is None or not is_present_office(self.doc, phrase):
                continue
            owned = (self.by_head.get(t.i) for way, t in owners(self.doc, phrase) if way in OWNER_WAYS)
            ids = [self.phrases[index].actor for index in owned if index is not None]
            holders = [self.registry.holder(phrase.noun, id_, article.day) for id_ in ids if id_]
            if len(holders) == 1 and holders[0] is not None:
                return holders[0]
        return None

    def entity_at(self, token: int) -> Entity | None:
        """The one entity of the phrase that a token heads."""
        index = self.by_head.get(token)
        found = self.found.get(self.cluster_of.get(index, -1), ()) if index is not None else ()
        return found[0] if len(found) == 1 else None

    def country_of(self, members: Iterable[int]) -> str | None:
        """The country that the modifiers of a cluster's phrases give it."""
        for index in members:
            for way, token in owners(self.doc, self.phrases[index]):
                owner = self.by_head.get(token.i) if way in OWNER_WAYS else None
                actor = self.registry.actor(self.phrases[owner].actor or "") if owner is not None else None
                if actor is not None and actor.country:
                    return actor.country
        return None

    def entities(self) -> tuple[Entity, ...]:
        """Every entity once, in the order of the text; names of all its clusters joined."""
        merged: dict[str, Entity] = {}
        for number in sorted(self.found):
            for entity in self.found[number]:
                merged[entity.id] = joined(merged[entity.id], entity) if entity.id in merged else entity
        return tuple(merged.values())

    def mentions(self) -> tuple[Mention, ...]:
        """Every phrase that stands for one entity, in the order of the text."""
        return tuple(
            Mention(
                start=self.doc[phrase.start].idx,
                end=self.doc[phrase.end - 1].idx + len(self.doc[phrase.end - 1]),
                text=self.doc[phrase.start : phrase.end].text,
                kind=phrase.kind,
                entity_id=entity.id,
            )
            for index, phrase in enumerate(self.phrases)
            for entity in self.found.get(self.cluster_of.get(index, -1), ())
        )

    def referents(self) -> dict[int, tuple[str, ...]]:
        """Entity ids by the token that heads a phrase."""
        return {
            head: tuple(entity.id for entity in self.found.get(self.cluster_of.get(index, -1), ()))
            for head, index in self.by_head.items()
        }


def is_present_office(doc: Doc, phrase: Phrase) -> bool:
    """Whether a phrase speaks of the one who holds a post now: not `a former president`."""
    if phrase.trait != "office" or phrase.plural:
        return False
    facts = facts_of(doc[phrase.head])
    is_another = bool(facts.modifiers & word_set("kg.actors", "modifiers of posts"))
    is_definite = facts.determiner in {"the", "this", "poss"} or (
        facts.determiner == "bare" and doc[phrase.head].pos_ == "PROPN"
    )
    return is_definite and facts.role != "predicate" and not is_another


def is_principal(entity: Entity, trait: str) -> bool:
    """Whether people of a trait act for an entity: Peruvian rebels do not act for Peru."""
    return entity.type is EntityType.ORGANIZATION or (
        entity.type is EntityType.COUNTRY and trait != "fighter"
    )


def entity_of_actor(actor: Actor, surfaces: list[str]) -> Entity:
    """The entity of a registry actor with the names that the article uses."""
    return Entity(
        id=actor.id,
        name=actor.name,
        type=actor.type,
        aliases=tuple(surface for surface in surfaces if surface != actor.name),
        country=actor.country,
        sector=actor.sector,
        wikidata=actor.wikidata,
    )


def joined(one: Entity, other: Entity) -> Entity:
    """One entity with the names of both."""
    names = sorted({*one.aliases, *other.aliases, other.name} - {one.name})
    return Entity(
        id=one.id,
        name=one.name,
        type=one.type,
        aliases=tuple(names),
        country=one.country or other.country,
        sector=one.sector or other.sector,
        wikidata=one.wikidata or other.wikidata,
    )


def sector_of(traits: Iterable[str]) -> str | None:
    """The PLOVER sector that a noun's trait gives; None where it gives none."""
    return "GOV" if "state" in set(traits) else None


def article_key(doc: Doc) -> str:
    """Six characters that keep unnamed entities of different articles apart."""
    article = doc._.article
    return hashlib.sha256((article.id if article else doc.text).encode()).hexdigest()[:6]
