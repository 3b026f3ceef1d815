"""The rules of states: what titles, appositions, possessives, parties and places say that holds.

`Turkish President Erdoğan`, `Lorenzana, the Defence Secretary of the Philippines`, `Trump's lawyer
Giuliani`, `Dela Vega of the army's command`, `Jolo in Sulu`. Each rule looks at one phrase and gives
drafts; `RULES` lists them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from kg.actors.phrases import Phrase
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.classes import POST_CLASSES
from kg.relations.states.families import family
from kg.relations.states.holdings import branch, compound, state_owned
from kg.relations.states.implied import headed, implied_post, local_post, titled_name
from kg.relations.states.origins import origin, origin_said, own_body, trade
from kg.relations.states.parties import affiliation, attendance, camp, party
from kg.relations.states.parts import ASSETS, asset, both_in, located, named_part
from kg.relations.states.places import capital, citizen, nationality, province, setting, situation, venue
from kg.relations.states.posts import post
from kg.relations.states.seats import SEATED, seat
from kg.relations.states.terms import POSTS, served, tenure
from kg.relations.states.ties import authorship, counterpart, ownership, tie
from kg.types import MentionKind

RULES: tuple[Callable[[Scene, Phrase], Iterator[Draft]], ...] = (
    post,
    implied_post,
    local_post,
    titled_name,
    headed,
    seat,
    served,
    tenure,
    party,
    family,
    affiliation,
    origin,
    origin_said,
    trade,
    own_body,
    camp,
    attendance,
    situation,
    province,
    setting,
    venue,
    capital,
    citizen,
    nationality,
    branch,
    named_part,
    located,
    both_in,
    asset,
    state_owned,
    compound,
    tie,
    counterpart,
    ownership,
    authorship,
    origin,
)


ONLY_NAMES = frozenset(
    {
        titled_name, tenure, party, affiliation, compound, citizen, counterpart, named_part, both_in, origin,
        origin_said,
    }
)  # fmt: skip
ONLY_NOMINALS = frozenset(
    {
        local_post, headed, seat, served, camp, attendance, province, setting, capital, tie, ownership,
        authorship, trade,
    }
)  # fmt: skip
ONLY_ENTITIES = frozenset(
    {
        titled_name, tenure, party, affiliation, camp, situation, setting, capital, citizen, nationality,
        branch, state_owned, counterpart, named_part, located, both_in, asset, origin, origin_said, own_body,
    }
)  # fmt: skip
"""Rules that give nothing for a phrase whose head stands for nobody."""
ONLY_TRAITS: Mapping[Callable[[Scene, Phrase], Iterator[Draft]], AbstractSet[str]] = {
    post: POST_CLASSES.keys(),
    implied_post: POST_CLASSES.keys(),
    seat: SEATED,
    served: POSTS,
    asset: ASSETS,
}
"""Rules that give nothing for a phrase of another trait than these."""


def state_drafts(scene: Scene) -> Iterator[Draft]:
    """Every state that a phrase of the document expresses, in the order of the text."""
    for phrase in scene.doc._.phrases:
        is_entity = scene.stands_for(scene.doc[phrase.head])
        for rule in rules_for(phrase.kind, phrase.trait, is_entity=is_entity):
            yield from rule(scene, phrase)


@functools.cache
def rules_for(
    kind: MentionKind, trait: str, *, is_entity: bool
) -> tuple[Callable[[Scene, Phrase], Iterator[Draft]], ...]:
    """The rules that a kind of phrase is asked by, in their order; the others would give nothing for it."""
    others = {MentionKind.NAME: ONLY_NOMINALS, MentionKind.NOMINAL: ONLY_NAMES}
    passed = others.get(kind, frozenset(RULES)) | (frozenset() if is_entity else ONLY_ENTITIES)
    asked = (rule for rule in RULES if rule not in passed)
    return tuple(rule for rule in asked if rule not in ONLY_TRAITS or trait in ONLY_TRAITS[rule])
