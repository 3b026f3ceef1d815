"""A document with what its words stand for: what the relation rules ask about actors."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

from kg.types import Entity, EntityType, MentionKind


class Scene:
    """The entities of a document by the words that stand for them.

    Attributes:
        doc: The document, after `kg_entities`.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        by_id = {entity.id: entity for entity in doc._.entities}
        self._entities = {i: tuple(by_id[id_] for id_ in ids) for i, ids in doc._.referents.items()}
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

    def is_name(self, entity: Entity) -> bool:
        """Whether the article names an entity, rather than only describing it."""
        return entity.id in self._named
