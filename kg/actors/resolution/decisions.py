"""The verdict on a pair with like names: rules in order, of which the first that answers decides.

First come the rules that speak against one entity, then those for it; what no rule answers is unsure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from kg.actors.names import fold, is_body_name
from kg.actors.resolution.candidates import Candidate, find_candidates
from kg.actors.resolution.likeness import Likeness
from kg.actors.resolution.profiles import Profile
from kg.types import EntityType, Judgement, Verdict

Answer = tuple[Verdict, str]
_LIKE_TYPES = (
    frozenset({EntityType.ORGANIZATION, EntityType.GROUP, EntityType.THING}),
    frozenset({EntityType.EVENT, EntityType.THING}),
)
_SHOWN = 3
"""Shared companions that a reason names."""
MOST_BEARERS = 10
"""Entities that a name may stand for; by one that more may bear nothing is judged: nobody would read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A pair, and what rules ask besides."""

    pair: Candidate
    bearers: int
    """How many entities the shorter name may stand for, those of the pair among them."""

    @property
    def ends(self) -> tuple[Profile, Profile]:
        """Both profiles."""
        return self.pair.one, self.pair.other

    @property
    def is_thin(self) -> bool:
        """Whether one of the names is a single word, which many bear."""
        return self.pair.likeness is Likeness.SURNAME or any(" " not in name for name in self.pair.names)

    @property
    def is_anybodys(self) -> bool:
        """Whether the shorter name may be that of so many that it says nothing of who is meant."""
        is_spelled_alike = self.pair.likeness is Likeness.SPELLING and not self.is_thin
        return self.bearers - 1 > MOST_BEARERS and not is_spelled_alike

    @property
    def words(self) -> str:
        """The like names, as reasons give them."""
        return f"{self.pair.names[0]!r} and {self.pair.names[1]!r}"


def judge_entities(
    profiles: Iterable[Profile], whole: Callable[[Profile], Profile] | None = None
) -> list[Judgement]:
    """A judgement on every pair of entities with like names, in the order of their ids.

    Left out are pairs by a name that more than `MOST_BEARERS` may bear, such as a frequent surname alone,
    unless both bear it word for word: they would be unsure, and ever more of them with every article.

    Args:
        profiles: In any order.
        whole: Gives the whole profile of one that has a pair, for what has pairs is little of all: then
            `profiles` need only say the entity, and whether it is named and known. None where all are whole.

    >>> from kg.types import Entity, EntityType
    >>> names = ("Oleksii Babenko", "Oleksiy Babenko")
    >>> people = [Entity(id=name, name=name, type=EntityType.PERSON) for name in names]
    >>> [str(one.verdict) for one in judge_entities(Profile(entity=person) for person in people)]
    ['same']
    """
    pairs = sorted(find_candidates(profiles), key=lambda pair: (pair.one.entity.id, pair.other.entity.id))
    partners = _partners(pairs)
    cases = (Case(pair=pair, bearers=_count_bearers(pair, partners)) for pair in pairs)
    told = (case for case in cases if not case.is_anybodys)
    return [_judge(case if whole is None else _whole(case, whole)) for case in told]


def _whole(case: Case, whole: Callable[[Profile], Profile]) -> Case:
    one, other = map(whole, case.ends)
    return replace(case, pair=replace(case.pair, one=one, other=other))


def _judge(case: Case) -> Judgement:
    answers = (answer for rule in RULES if (answer := rule(case)) is not None)
    verdict, reason = next(answers, (Verdict.UNSURE, f"only the names {case.words} say that they are one"))
    one, other = case.ends
    return Judgement(one=one.entity.id, other=other.entity.id, verdict=verdict, reason=reason)


def differ_by_type(case: Case) -> Answer | None:
    """A person is no place: like names of unlike types are of two."""
    one, other = (profile.entity.type for profile in case.ends)
    if one is other or any({one, other} <= types for types in _LIKE_TYPES):
        return None
    return Verdict.DIFFERENT, f"types disagree: {one} and {other}"


def differ_by_relation(case: Case) -> Answer | None:
    """An article that relates two entities to each other knows that they are two."""
    one, other = case.ends
    if other.entity.id in one.partners or one.entity.id in other.partners:
        return Verdict.DIFFERENT, "an article relates them to each other"
    return None


def differ_by_country(case: Case) -> Answer | None:
    """Both are of a country, and not of the same."""
    one, other = (profile.entity.country for profile in case.ends)
    if one is None or other is None or one == other:
        return None
    return Verdict.DIFFERENT, f"countries disagree: {one} and {other}"


def differ_by_post(case: Case) -> Answer | None:
    """Both hold posts, and none of the same body."""
    one, other = ({body for _, body in profile.posts} for profile in case.ends)
    if not one or not other or one & other:
        return None
    return Verdict.UNSURE, f"posts disagree: of {', '.join(sorted(one))}, and of {', '.join(sorted(other))}"


def differ_by_sector(case: Case) -> Answer | None:
    """Both are of a sector, and not of the same: people change theirs, so that is no proof."""
    one, other = (profile.entity.sector for profile in case.ends)
    if one is None or other is None or one == other:
        return None
    return Verdict.UNSURE, f"sectors disagree: {one} and {other}"


def doubt_one_article(case: Case) -> Answer | None:
    """One article names both, so it may tell them apart; but it may also have been read badly."""
    shared = case.pair.one.articles & case.pair.other.articles
    return (Verdict.UNSURE, f"article {min(shared)!r} names both") if shared else None


def doubt_bodies(case: Case) -> Answer | None:
    """Names of bodies that many states have say nothing, unless both are known to be of one state."""
    countries = {profile.entity.country for profile in case.ends}
    if None not in countries or not any(map(is_body_name, case.pair.names)):
        return None
    return Verdict.UNSURE, f"many states have a body called {min(case.pair.names, key=len)!r}"


def same_by_spelling(case: Case) -> Answer | None:
    """Word for word the same name, and nothing speaks against it; a single word is too little."""
    if case.pair.likeness is not Likeness.SPELLING or case.is_thin:
        return None
    return Verdict.SAME, f"{case.words} are spellings of one name, and nothing disagrees"


def doubt_many_bearers(case: Case) -> Answer | None:
    """The shorter name may be another's too."""
    if case.bearers <= len(case.ends):
        return None
    return Verdict.UNSURE, f"{min(case.pair.names, key=len)!r} may be any of {case.bearers - 1}"


def same_by_post(case: Case) -> Answer | None:
    """The shorter name belongs to the only one that holds the same post."""
    shared = sorted(case.pair.one.posts & case.pair.other.posts)
    if not shared:
        return None
    predicate, body = shared[0]
    return Verdict.SAME, f"{case.words} fit, and both are {predicate} {body}"


def same_by_company(case: Case) -> Answer | None:
    """Rarely named entities appear with both: for a single word it takes two, or one and one country."""
    few, many = sorted(case.ends, key=lambda profile: len(profile.articles))
    shared = sorted(one for one in few.companions if one in many.companions)
    one, other = (profile.entity.country for profile in case.ends)
    needed = 1 if not case.is_thin or (one is not None and one == other) else 2
    if len(shared) < needed:
        return None
    return Verdict.SAME, f"{case.words} fit, and both appear with {', '.join(shared[:_SHOWN])}"


def same_by_country(case: Case) -> Answer | None:
    """An abridged full name or an acronym, of the same country; another single word needs more."""
    one, other = (profile.entity.country for profile in case.ends)
    is_weak = case.is_thin and case.pair.likeness is not Likeness.ACRONYM
    if is_weak or one is None or one != other:
        return None
    return Verdict.SAME, f"{case.words} fit, and both are of {one}"


RULES: tuple[Callable[[Case], Answer | None], ...] = (
    differ_by_type,
    differ_by_relation,
    differ_by_country,
    differ_by_post,
    differ_by_sector,
    doubt_one_article,
    doubt_bodies,
    same_by_spelling,
    doubt_many_bearers,
    same_by_post,
    same_by_company,
    same_by_country,
)


def _partners(pairs: Iterable[Candidate]) -> Mapping[str, set[str]]:
    """Ids of those whom a name may stand for, by the entity's id and the folded name."""
    found: dict[str, set[str]] = {}
    for pair in pairs:
        short, other = _shorter(pair)
        found.setdefault(short, set()).add(other)
    return found


def _shorter(pair: Candidate) -> tuple[str, str]:
    """The shorter name's entity and name as a key, and the id of the entity with the longer name."""
    ends = zip((pair.one.entity.id, pair.other.entity.id), pair.names, strict=True)
    (short_id, short), (long_id, _) = sorted(ends, key=lambda end: (len(end[1]), end[0]))
    return f"{short_id} {fold(short)}", long_id


def _count_bearers(pair: Candidate, partners: Mapping[str, set[str]]) -> int:
    return 1 + len(partners[_shorter(pair)[0]])
