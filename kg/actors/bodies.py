"""Bodies that many states have, by names that only their owner tells apart: `China's Foreign Ministry`.

Without its owner, such a name means a body of its article only: two articles may speak of two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.actors.identity import owners
from kg.actors.names import is_body_name
from kg.actors.phrases import Phrase
from kg.actors.registry import Registry
from kg.types import EntityType, MentionKind
from kg.vocabulary import Actor

_OWNERS = frozenset({EntityType.COUNTRY, EntityType.PLACE})
_WAYS = frozenset({"poss", "modifier", "of"})


def owner_of_body(doc: Doc, phrase: Phrase, by_head: dict[int, Phrase]) -> Phrase | None:
    """The state or place that a body's name belongs to in its sentence, the nearest; None where none is said.

    >>> owner_of_body(doc, phrase, by_head).name  # doctest: +SKIP
    'China'
    """
    found = (by_head.get(token.i) for way, token in owners(doc, phrase) if way in _WAYS)
    return next((owner for owner in found if owner is not None and owner.type in _OWNERS), None)


def split_owner(name: str, registry: Registry) -> tuple[str | None, str]:
    """The id of the state that a body's own name gives, and the rest of it; None and all of it else.

    >>> from kg.actors.registry import load_registry
    >>> split_owner("South Korean Foreign Ministry", load_registry())
    ('South_Korea', 'Foreign Ministry')
    >>> split_owner("Foreign Ministry of the Netherlands", load_registry())
    ('Netherlands', 'Foreign Ministry')
    """
    words = name.split()
    for count in (2, 1):
        rest = " ".join(words[count:])
        state = registry.by_demonym(" ".join(words[:count])) if is_body_name(rest) else None
        if state is not None:
            return state.id, rest
    body, _, owner = name.rpartition(" of ")
    named = registry.lookup(owner.removeprefix("the ")) if is_body_name(body) else None
    if named is not None and named.type is EntityType.COUNTRY:
        return named.id, body
    return None, name


def names_by_head(phrases: Iterable[Phrase]) -> dict[int, Phrase]:
    """Names by the token that heads them."""
    return {phrase.head: phrase for phrase in phrases if phrase.kind is MentionKind.NAME}


def without_strangers(doc: Doc, phrases: Sequence[Phrase], registry: Registry) -> list[Phrase]:
    """The phrases; the name of another state's body is not the registry's: `Canada's House of Commons`."""
    by_head = names_by_head(phrases)

    def stays(phrase: Phrase) -> bool:
        actor = registry.actor(phrase.actor or "")
        return actor is None or may_be_of(actor, owner_of_body(doc, phrase, by_head), phrase.name, registry)

    return [phrase if stays(phrase) else replace(phrase, actor=None) for phrase in phrases]


def may_be_of(actor: Actor, owner: Phrase | None, name: str, registry: Registry) -> bool:
    """Whether a name that many bodies bear may mean an actor where it belongs to an owner.

    >>> from kg.actors.registry import load_registry
    >>> registry = load_registry()
    >>> may_be_of(registry.lookup("Labour Party"), None, "Labour Party", registry)
    True
    """
    if owner is None or actor.type is not EntityType.ORGANIZATION or not is_body_name(name):
        return True
    state = registry.actor(owner.actor or "")
    return state is None or None in {state.country, actor.country} or state.country == actor.country


def body_of(state: Actor, name: str, registry: Registry) -> Actor | None:
    """The registry's actor that is a state's body of a name; None where it has none.

    >>> from kg.actors.registry import load_registry
    >>> registry = load_registry()
    >>> body_of(registry.lookup("India"), "Supreme Court", registry).name
    'Supreme Court of India'
    """
    forms = [f"{word} {name}" for word in (*state.demonyms, state.name)]
    forms += [f"{name} of {state.name}", f"{name} of the {state.name}"]
    found = (registry.lookup(form) for form in forms)
    return next((actor for actor in found if actor is not None and actor.country == state.country), None)
