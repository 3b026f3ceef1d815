"""A document with what its words stand for: what the relation rules ask about actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from spacy.tokens import Doc, Token

from kg.actors.registry import registry_of
from kg.types import Entity, EntityType, MentionKind

COUNTRY = EntityType.COUNTRY
LEAST_NAMED = 2
"""A country that is named once may be anyone's."""


class Scene:
    """The entities of a document by the words that stand for them.

    Attributes:
        doc: The document, after `kg_entities`.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        by_id = {entity.id: entity for entity in doc._.entities}
        self._entities = {i: tuple(by_id[id_] for id_ in ids) for i, ids in doc._.referents.items()}
        self._first_word = {
            found[0].id: i for i, found in sorted(self._entities.items(), reverse=True) if len(found) == 1
        }
        self._registry = registry_of(doc)
        self._named = {mention.entity_id for mention in doc._.mentions if mention.kind is MentionKind.NAME}

    def entities(self, token: Token) -> tuple[Entity, ...]:
        """What a token stands for: several for `both leaders`, none for most words."""
        return self._entities.get(token.i, ())

    def stands_for(self, token: Token) -> bool:
        """Whether a token heads a phrase that has an entity."""
        return bool(self.entities(token))

    def is_several(self, token: Token) -> bool:
        """Whether a token stands for several entities."""
        return len(self.entities(token)) > 1

    def is_a(self, token: Token, types: Collection[EntityType]) -> bool:
        """Whether a token stands for an entity of one of some types."""
        return any(entity.type in types for entity in self.entities(token))

    def is_named(self, token: Token, types: Collection[EntityType]) -> bool:
        """Whether a token stands for one entity of some types that the article names."""
        found = self.entities(token)
        return len(found) == 1 and found[0].type in types and found[0].id in self._named

    def state_of(self, holder: Token) -> Token | None:
        """A word for the state that an unqualified post belongs to.

        The holder's own by the registry, where the document names it; else the one country that it names more
        often than all others together. None where there is neither.
        """
        actors = (self._registry.actor(entity.id) for entity in self.entities(holder))
        actor = next((actor for actor in actors if actor is not None), None)
        if actor is not None:
            found = [self._first_word[office.of] for office in actor.offices if office.of in self._first_word]
            return self.doc[found[0]] if found else None
        counts = Counter(
            entity.id for found in self._entities.values() for entity in found if entity.type is COUNTRY
        )
        top = counts.most_common(1)
        if not top or top[0][1] < LEAST_NAMED or top[0][1] * 2 <= counts.total():
            return None
        word: Token = self.doc[self._first_word[top[0][0]]]
        return word

    def is_party(self, token: Token) -> bool:
        """Whether a token stands for a political party."""
        return any(entity.sector == "PTY" for entity in self.entities(token))

    def is_name(self, entity: Entity) -> bool:
        """Whether the article names an entity, rather than only describing it."""
        return entity.id in self._named
