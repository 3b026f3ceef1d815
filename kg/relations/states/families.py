"""Families: `Trump's daughter Ivanka`, `Ivanka, daughter of Trump`, `her brother, King Ana`."""

from __future__ import annotations

from collections.abc import Iterator

from kg.actors.identity import owners
from kg.actors.phrases import Phrase
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import PERSON, bearers, draft, named


def family(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """A word for kin with the one who bears it and whose kin that is."""
    head = scene.doc[phrase.head]
    if phrase.trait != "family":
        return
    kin = [named(scene, owner) for way, owner in owners(scene.doc, phrase) if way in {"poss", "of"}]
    for bearer in bearers(scene, phrase):
        for owner in (owner for owner in kin if scene.is_a(owner, PERSON)):
            yield draft((bearer, owner), head, f"{head.lemma_.lower()} of", "FAMILY_OF", "family")
