"""Pairs of entities whose names are like, found without comparing each with each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, product

from kg.actors.names import (
    MIN_SKELETON,
    SUFFIXES,
    acronyms_of,
    as_in_names,
    fold,
    is_body_name,
    make_skeleton,
)
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
    """Every pair with like names, in no order of theirs.

    Left out are countries, what the registry has twice, and two bodies such as `Senate` of unknown states:
    they are never judged the same, and each with each they are too many.
    """
    named = (profile for profile in profiles if profile.is_named)
    ordered = sorted(named, key=lambda profile: profile.entity.id)
    for one, other in _pairs(ordered):
        first, second = ordered[one], ordered[other]
        if (first.is_known and second.is_known) or (_is_anyones(first) and _is_anyones(second)):
            continue
        found = _best(first, second)
        if found is not None:
            yield Candidate(one=first, other=second, likeness=found[0], names=found[1])


def block_keys(profile: Profile) -> set[tuple[str, bool]]:
    """What names that are like have in common, and whether a name is like all others with it, or the hubs.

    So a surname alone meets all who bear it, and those who bear it meet each other only where the first given
    name of one is a given name of the other: blocks do not grow as the square of the articles. Bodies of
    unknown states are no hubs, for the same reason. Countries have none.
    """
    if profile.entity.type is EntityType.COUNTRY:
        return set()
    return {found for name in profile.names for found in _keys(profile, name)}


def _pairs(ordered: list[Profile]) -> Iterator[tuple[int, int]]:
    """Positions of profiles that share a key, at least one of them as a hub; each pair once, lower first."""
    blocks: dict[str, tuple[list[int], list[int]]] = {}
    """Those that came as hubs, and all that came."""
    for position, profile in enumerate(ordered):
        keys = block_keys(profile)
        met = (blocks.setdefault(key, ([], []))[is_hub] for key, is_hub in keys)
        yield from ((other, position) for other in sorted(set(chain.from_iterable(met))))
        for key, is_hub in keys:
            for block in blocks[key] if is_hub else blocks[key][1:]:
                block.append(position)


def _keys(profile: Profile, name: str) -> Iterator[tuple[str, bool]]:
    if profile.entity.type is EntityType.PERSON:
        yield from _keys_of_person(fold(romanize(name)).split())
    else:
        yield "other " + " ".join(map(_key, content_words(name))), not _is_anyones(profile)
        letters = re.sub(r"[.\s]", "", name)
        if sum(map(str.isupper, letters)) > 1 and len(letters) <= _LONGEST_ACRONYM:
            yield f"acronym {letters.upper()}", True
        if " " in name:
            yield from ((f"acronym {acronym}", False) for acronym in acronyms_of(name))


def _keys_of_person(words: list[str]) -> Iterator[tuple[str, bool]]:
    """Those of a surname, alone or with a given name or its initial, and of all words in any order."""
    if not words:
        return
    surname = _key(words[-1])
    yield f"surname {surname}", len([word for word in words if word not in SUFFIXES]) <= 1
    if len(words) > 1:
        yield f"words {' '.join(sorted(words))}", True
    for place, given in enumerate(map(as_in_names, words[:-1])):
        yield f"given {surname} {_key(given)}", place == 0  # the longer name has all that the shorter has
        yield f"initial {surname} {given[0]}", len(given) == 1


def _is_anyones(profile: Profile) -> bool:
    """Whether it is a body that many states have, and of no state that is known, nor in the registry."""
    is_nobodys = profile.entity.country is None and not profile.is_known
    return is_nobodys and all(map(is_body_name, profile.names))


def _key(word: str) -> str:
    skeleton = make_skeleton(word)
    return skeleton if len(skeleton) >= MIN_SKELETON else word  # as `are_alike` has it


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
