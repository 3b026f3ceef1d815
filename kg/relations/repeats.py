"""Repeats: what an article says more than once is one relation, with what each time adds.

The surest stays, with its evidence. Where it names no time or place, one that all other tellings of the same
act agree on is taken; and what the article says once in its own words is nobody's claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.types import Relation


def surest(relations: Iterable[Relation]) -> list[Relation]:
    """Of the relations that say the same, the surest; the earlier of equals, completed by the others."""
    groups: dict[tuple[object, ...], list[Relation]] = {}
    for relation in relations:
        ends = (relation.subject.id, relation.object.id)
        key = (tuple(sorted(ends)) if relation.symmetric else ends, relation.relation_class, relation.status)
        groups.setdefault(key, []).append(relation)
    return [completed(max(group, key=lambda each: each.confidence), group) for group in groups.values()]


def completed(relation: Relation, group: Sequence[Relation]) -> Relation:
    """A relation with the time and place of others that tell the same act; a claim only if all are."""
    same = [other for other in group if is_same_act(relation, other)]
    times = {other.time for other in same if other.time}
    places = {other.place.id: other.place for other in same if other.place}
    return replace(
        relation,
        time=relation.time or agreed(times),
        place=relation.place or (next(iter(places.values())) if len(places) == 1 else None),
        attribution=relation.attribution if all(other.attribution for other in same) else None,
    )


def is_same_act(one: Relation, other: Relation) -> bool:
    """Whether two relations of the same ends, class and status have the same verb, or the same property."""
    if one.property is not None and one.property == other.property:
        return True
    return one.predicate.split()[0] == other.predicate.split()[0]


def agreed(times: Iterable[str]) -> str | None:
    """The most exact of some dates, if the others hold it: `2019` and `2019-05` agree; None if they do not.

    >>> agreed({"2019", "2019-05"}), agreed({"2018", "2019-05"})
    ('2019-05', None)
    """
    exact = max(sorted(times), key=len, default=None)
    return exact if exact is not None and all(exact.startswith(time) for time in times) else None
