"""Pairs of entities whose names are like, found without comparing each with each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from kg.actors.names import acronyms_of, fold, make_skeleton
from kg.actors.resolution.likeness import (
    Likeness,
    compare_others,
    compare_people,
    content_words,
    romanize,
)
from kg.actors.resolution.profiles import Profile
from kg.types import EntityType

_ORDER = tuple(Likeness)
_LONGEST_ACRONYM = 8
"""Letters; a longer word in capitals is a shouted name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two entities whose names are like; the one with the lower id first."""

    one: Profile
    other: Profile
    likeness: Likeness
    names: tuple[str, str]
    """The names that are like."""


def find_candidates(profiles: Iterable[Profile]) -> Iterator[Candidate]:
    """Every pair with like names, by id; countries and what the registry has twice are left out."""
    named = (profile for profile in profiles if profile.is_named)
    ordered = sorted(named, key=lambda profile: profile.entity.id)
    for one, other in sorted(set(_pairs(ordered))):
        first, second = ordered[one], ordered[other]
        if first.is_known and second.is_known:
            continue
        found = _best(first, second)
        if found is not None:
            yield Candidate(one=first, other=second, likeness=found[0], names=found[1])


def _pairs(ordered: list[Profile]) -> Iterator[tuple[int, int]]:
    """Positions of profiles that share a key."""
    blocks: dict[str, list[int]] = {}
    for position, profile in enumerate(ordered):
        if profile.entity.type is not EntityType.COUNTRY:
            for key in sorted({key for name in profile.names for key in _keys(profile, name)}):
                blocks.setdefault(key, []).append(position)
    for members in blocks.values():
        yield from combinations(members, 2)


def _keys(profile: Profile, name: str) -> Iterator[str]:
    """What names that are like have in common."""
    if profile.entity.type is EntityType.PERSON:
        words = fold(romanize(name)).split()
        yield from (f"person {_key(word)}" for word in {*words[:1], *words[-1:]})
    else:
        yield "other " + " ".join(map(_key, content_words(name)))
        letters = re.sub(r"[.\s]", "", name)
        if letters.isupper() and 1 < len(letters) <= _LONGEST_ACRONYM:
            yield f"acronym {letters}"
        if " " in name:
            yield from (f"acronym {acronym}" for acronym in acronyms_of(name))


def _key(word: str) -> str:
    return make_skeleton(word) or word


def _best(one: Profile, other: Profile) -> tuple[Likeness, tuple[str, str]] | None:
    """The way in which the names are most alike, and the names."""
    people = {one.entity.type, other.entity.type} == {EntityType.PERSON}
    compare = compare_people if people else compare_others
    found = [
        (likeness, pair)
        for pair in product(one.names, other.names)
        if (likeness := compare(*pair)) is not None
    ]
    return min(found, key=lambda item: (_ORDER.index(item[0]), item[1]), default=None)
