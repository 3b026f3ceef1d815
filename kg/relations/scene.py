"""A document with what its words stand for: what the relation rules ask about actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from spacy.tokens import Doc, Token

from kg.actors.names import fold
from kg.actors.phrases import Phrase
from kg.actors.registry import registry_of
from kg.language.wordsets import word_set
from kg.types import Entity, EntityType, MentionKind

COUNTRY = EntityType.COUNTRY
NO_STATES = frozenset({"IGO", "NGO", "MNC"})
"""Codes of those that are in no state."""
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
        self._mentions = Counter(mention.entity_id for mention in doc._.mentions)
        self._named = {mention.entity_id for mention in doc._.mentions if mention.kind is MentionKind.NAME}
        names = [phrase for phrase in doc._.phrases if phrase.kind is MentionKind.NAME]
        nominals = [phrase for phrase in doc._.phrases if phrase.kind is MentionKind.NOMINAL]
        self._names_by_start = {phrase.start: phrase for phrase in names}
        self._names_by_head = {phrase.head: phrase for phrase in names}
        self._titles_by_start = {phrase.start: phrase for phrase in nominals}
        self._titles_by_head = {phrase.head: phrase for phrase in nominals}
        self._titles_by_end = {phrase.end: phrase for phrase in nominals}
        self._names_by_end = {phrase.end: phrase for phrase in names}
        folded = {
            entity.id: frozenset(fold(name) for name in (entity.name, *entity.aliases))
            for entity in doc._.entities
            if entity.id in self._named
        }
        self._bodies = {
            id_: names for id_, names in folded.items() if by_id[id_].type is EntityType.ORGANIZATION
        }
        self._ids_by_name = {name: id_ for id_, names in reversed(folded.items()) for name in sorted(names)}

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

    def name_at(self, start: int) -> Phrase | None:
        """The name that begins at a token; None where none does."""
        return self._names_by_start.get(start)

    def name_of(self, token: Token) -> Phrase | None:
        """The name that a token heads; None where it heads none."""
        return self._names_by_head.get(token.i)

    def title_from(self, start: int) -> Phrase | None:
        """The common noun with its modifiers that begins at a token; None where none does."""
        return self._titles_by_start.get(start)

    def title_at(self, token: Token) -> Phrase | None:
        """The common noun with its modifiers that a token heads; None where it heads none."""
        return self._titles_by_head.get(token.i)

    def title_until(self, end: int) -> Phrase | None:
        """The common noun that ends before a token, or whose complement, a name, ends there; else None."""
        name = self._names_by_end.get(end)
        of_name = self.title_at(self.doc[name.head].head) if name is not None else None
        return self._titles_by_end.get(end) or of_name

    def word_for(self, name: str) -> Token | None:
        """A word for the first entity that bears a name, folded or not; None where none does."""
        first = self._first_word.get(self._ids_by_name.get(fold(name), ""))
        return self.doc[first] if first is not None else None

    def is_title_before(self, start: int) -> bool:
        """Whether a common noun with an entity ends right before a token: `party leader Ana`."""
        before = start - 1
        title = self._titles_by_head.get(before)
        return title is not None and title.type is not None

    def state_of(self, holder: Token) -> Token | None:
        """A word for the state that an unqualified post belongs to.

        The holder's own by the registry, where the document names it; else the one country that it names more
        often than all others together, itself or by what is in it. None where there is neither.
        """
        actors = (self._registry.actor(entity.id) for entity in self.entities(holder))
        actor = next((actor for actor in actors if actor is not None), None)
        if actor is not None:
            found = [self._first_word[office.of] for office in actor.offices if office.of in self._first_word]
            return self.doc[found[0]] if found else None
        named = [found[0] for found in self._entities.values() if len(found) == 1 and self.is_name(found[0])]
        states = {entity.country: entity for entity in named if entity.type is COUNTRY}
        return self._most_named(entity.id for entity in named if entity.type is COUNTRY) or self._most_named(
            states[entity.country].id if entity.country in states else ""
            for entity in named
            if entity.country and entity.country not in NO_STATES
        )

    def place_of(self) -> Token | None:
        """A word for the place below a state that an article is about.

        The only one that it names, else the one that it names more often than all others together.
        """
        named = (found[0] for found in self._entities.values() if len(found) == 1 and self.is_name(found[0]))
        ids = [entity.id for entity in named if entity.type is EntityType.PLACE]
        return self.doc[self._first_word[ids[0]]] if len(set(ids)) == 1 else self._most_named(ids)

    def _most_named(self, ids: Iterable[str]) -> Token | None:
        """A word for what has more than half of the mentions; None where nothing has."""
        counts = Counter(ids)
        top = counts.most_common(1)
        if not top or top[0][1] < LEAST_NAMED or top[0][1] * 2 <= counts.total():
            return None
        word: Token | None = self.doc[self._first_word[top[0][0]]] if top[0][0] else None
        return word

    def country_around(self, place: Token) -> Token | None:
        """A word for the country that a known place is in, where the document names it; else None."""
        codes = {entity.country for entity in self.entities(place)} - {None}
        found = (
            self._first_word[entity.id]
            for entity in self.doc._.entities
            if entity.type is COUNTRY and entity.country in codes and entity.id in self._first_word
        )
        first = next(found, None)
        return self.doc[first] if first is not None else None

    def body_called(self, names: Iterable[str]) -> Token | None:
        """A word for the one organisation that is called so: `senate` is the United States Senate.

        Args:
            names: Nouns, the first tried first: what an organisation's name is, ends in, or begins with
                before `of`. None where no organisation, or several, bear the first that any bears.
        """
        for name in names:
            found = [id_ for id_, called in self._bodies.items() if any(is_called(c, name) for c in called)]
            exact = [id_ for id_ in found if name in self._bodies[id_]]
            chosen = exact if len(exact) == 1 else found
            if chosen:
                first = self._first_word.get(chosen[0]) if len(chosen) == 1 else None
                return self.doc[first] if first is not None else None
        return None

    def is_party(self, token: Token) -> bool:
        """Whether a token stands for a political party."""
        return any(
            entity.sector == "PTY" or any(is_party_name(c) for c in self._bodies.get(entity.id, ()))
            for entity in self.entities(token)
        )

    def mentions_of(self, entity: Entity) -> int:
        """How often the article mentions an entity, by names, nouns and pronouns."""
        return self._mentions[entity.id]

    def is_name(self, entity: Entity) -> bool:
        """Whether the article names an entity, rather than only describing it."""
        return entity.id in self._named


def is_called(name: str, noun: str) -> bool:
    """Whether a folded name is a noun, ends in it, or begins with it before `of`.

    >>> is_called("united states senate", "senate"), is_called("senate square", "senate")
    (True, False)
    """
    if name == f"state {noun}":
        return False
    return name == noun or name.endswith(f" {noun}") or name.startswith(f"{noun} of ")


def is_party_name(name: str) -> bool:
    """Whether a folded name ends as those of parties do.

    >>> is_party_name("green party"), is_party_name("greens"), is_party_name("greenpeace")
    (True, True, False)
    """
    words = name.split()
    return bool(words) and (is_called(name, "party") or words[-1] in word_set("kg.relations", "party names"))
