"""Who is one with whom, from all judgements together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from kg.types import Judgement, Verdict

Pair = tuple[str, str]


def join_clusters(
    judgements: Iterable[Judgement],
    rank: Callable[[str], tuple[object, ...]],
    *,
    known: frozenset[str] = frozenset(),
) -> tuple[dict[str, str], list[Judgement]]:
    """Which id stands for which: by the id that goes, the id that stays; and the judgements that hold.

    The user's judgements are followed first. A `same` that would make two one that are judged different, or
    that the registry has as two, is not followed and comes back as unsure. The order does not matter.

    Args:
        judgements: One a pair and judge.
        rank: Gives the place of an id among those of its cluster; the first stays.
        known: Ids of the registry, of which only the user joins two.

    >>> same = Judgement(one="Ann", other="Anne", verdict=Verdict.SAME, reason="")
    >>> join_clusters([same], lambda identifier: (identifier,))[0]
    {'Anne': 'Ann'}
    """
    chosen = sorted(choose(judgements), key=lambda one: (not is_users(one), one.one, one.other))
    cluster: dict[str, frozenset[str]] = {}
    held: list[Judgement] = []
    for judge, sure in (("user", frozenset[str]()), ("kg", known)):
        ours = [judgement for judgement in chosen if is_users(judgement) == (judge == "user")]
        # What kg holds to be different does not stop the user.
        apart = _apart(judgement for judgement in chosen if is_users(judgement) or judge == "kg")
        for judgement in ours:
            joined = _members(cluster, judgement.one) | _members(cluster, judgement.other)
            split = _split(joined, apart, sure) if judgement.verdict is Verdict.SAME else None
            if judgement.verdict is Verdict.SAME and split is None:
                cluster.update(dict.fromkeys(joined, joined))
            held.append(_doubted(judgement, split) if split else judgement)
    stands = [judgement for judgement in held if not _is_overruled(judgement, cluster)]
    return _stays(cluster, rank), sorted(stands, key=lambda one: (one.one, one.other))


def is_users(judgement: Judgement) -> bool:
    """Whether the user judges."""
    return judgement.judge == "user"


def _is_overruled(judgement: Judgement, cluster: Mapping[str, frozenset[str]]) -> bool:
    """Whether the user's judgements make two one that kg holds to be different."""
    is_apart = judgement.verdict is Verdict.DIFFERENT and not is_users(judgement)
    return is_apart and judgement.other in _members(cluster, judgement.one)


def choose(judgements: Iterable[Judgement]) -> list[Judgement]:
    """One judgement a pair: the user's where there is one, the last of the user's where there are several."""
    found: dict[Pair, Judgement] = {}
    for judgement in judgements:
        pair = (judgement.one, judgement.other)
        if pair not in found or is_users(judgement):
            found[pair] = judgement
    return list(found.values())


def _stays(
    cluster: Mapping[str, frozenset[str]], rank: Callable[[str], tuple[object, ...]]
) -> dict[str, str]:
    stays = {members: min(members, key=rank) for members in set(cluster.values())}
    mapping = {identifier: stays[members] for identifier, members in sorted(cluster.items())}
    return {identifier: stay for identifier, stay in mapping.items() if identifier != stay}


def _apart(judgements: Iterable[Judgement]) -> dict[str, set[str]]:
    """From whom each id is different."""
    apart: dict[str, set[str]] = {}
    for judgement in judgements:
        if judgement.verdict is Verdict.DIFFERENT:
            apart.setdefault(judgement.one, set()).add(judgement.other)
    return apart


def _members(cluster: Mapping[str, frozenset[str]], identifier: str) -> frozenset[str]:
    return cluster.get(identifier, frozenset({identifier}))


def _split(members: frozenset[str], apart: Mapping[str, set[str]], known: frozenset[str]) -> Pair | None:
    """Two of the members that are different; None where there are none."""
    pairs = (
        (one, other) for one in sorted(members) for other in sorted(apart.get(one, ())) if other in members
    )
    two = sorted(members & known)[:2]
    return next(pairs, (two[0], two[1]) if len(two) > 1 else None)


def _doubted(judgement: Judgement, split: Pair) -> Judgement:
    reason = f"{judgement.reason}; but then {split[0]} and {split[1]} would be one, and they are different"
    return replace(judgement, verdict=Verdict.UNSURE, reason=reason)
