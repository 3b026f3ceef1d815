"""Which entities of different articles are one: likeness of names, verdicts with reasons, clusters."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kg.actors.names import is_body_name
from kg.actors.resolution import Profile, join_clusters, judge_entities
from kg.actors.resolution.candidates import _best, _pairs, find_candidates
from kg.actors.resolution.decisions import MOST_BEARERS
from kg.actors.resolution.likeness import compare_others, compare_people, romanize
from kg.types import EntityType, Judgement, Verdict
from tests.builders import make_entity

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def profile(name: str, type_: EntityType = EntityType.PERSON, **fields: object) -> Profile:
    """A profile of an entity; fields of either."""
    own = {key: fields.pop(key) for key in ("country", "sector", "aliases", "id") if key in fields}
    sets = {key: frozenset(value) if isinstance(value, set) else value for key, value in fields.items()}
    return Profile(entity=make_entity(name, type_, **own), **sets)


def verdict_on(*profiles: Profile) -> Judgement:
    (judgement,) = judge_entities(profiles)
    return judgement


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Oleksiy Babenko", "Oleksii Babenko", "spelling"),
        ("Олексій Бабенко", "Oleksiy Babenko", "spelling"),
        ("Sergei Ivanenko", "Sergey Ivanenko", "spelling"),
        ("Evgeny Sidorchuk", "Yevgeny Sidorchuk", "spelling"),
        ("José Núñez", "Jose Nunez", "spelling"),
        ("Lopes Marta", "Marta Lopes", "short"),
        ("Mohammed Haddad", "Muhammad Haddad", "short"),
        ("E. Babenko", "Elena Babenko", "short"),
        ("Elena R. Babenko", "Elena Babenko", "short"),
        ("Babenko", "Elena Babenko", "surname"),
        ("Babenko", "Babenka", "surname"),
        ("Jon Roe", "John Roe", None),
        ("Maria Roe", "Mark Roe", None),
        ("Donald Roe", "Melania Roe", None),
        ("Ann Merkel", "Ann Markle", None),
        ("Elena Babenko", "Elena Bondarenko", None),
        ("Ann Roe", "Ann Doe", None),
        ("", "Ann Doe", None),
    ],
)
def test_compare_people_table(one: str, other: str, likeness: str | None) -> None:
    assert compare_people(one, other) == likeness
    assert compare_people(other, one) == likeness


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("World Chess Organisation", "the World Chess Organization", "spelling"),
        ("Ministry of Defence", "Ministry of Defense", "spelling"),
        ("Hezb-e Wahdat", "Hezb e Wahdat", "spelling"),
        ("IAAF", "International Association of Athletics Federations", "acronym"),
        ("Kharkiv Oblast", "Kharkov Oblast", "spelling"),
        ("Austria Wien", "Australia Wien", None),
        ("2018 Asian Cup", "2019 Asian Cup", None),
        ("Northern League", "Southern League", None),
        ("Liberal Party", "Labour Party", None),
        ("Article 50", "Article 5", None),
        ("Iran", "Iraq", None),
    ],
)
def test_compare_others_table(one: str, other: str, likeness: str | None) -> None:
    assert compare_others(one, other) == likeness


def test_romanize_leaves_latin_letters() -> None:
    assert romanize("Łódź Ανδρέας") == "Łódź Andreas"


@pytest.mark.parametrize(
    ("profiles", "verdict", "reason"),
    [
        pytest.param(
            (profile("Oleksiy Babenko"), profile("Oleksii Babenko")),
            SAME,
            "spellings of one name",
            id="spelling",
        ),
        pytest.param(
            (profile("Oleksiy Babenko", country="UKR"), profile("Oleksii Babenko", country="RUS")),
            DIFFERENT,
            "countries disagree: RUS and UKR",
            id="country",
        ),
        pytest.param(
            (profile("Red Harbour", EntityType.ORGANIZATION), profile("Red Harbor", EntityType.PLACE)),
            DIFFERENT,
            "types disagree: place and organization",
            id="type",
        ),
        pytest.param(
            (
                profile("Oleksiy Babenko", posts={("mayor of", "Springfield")}),
                profile("Oleksii Babenko", posts={("captain of", "Shelbyville_FC")}),
            ),
            UNSURE,
            "posts disagree: of Shelbyville_FC, and of Springfield",
            id="post",
        ),
        pytest.param(
            (profile("Oleksiy Babenko", sector="GOV"), profile("Oleksii Babenko", sector="MED")),
            UNSURE,
            "sectors disagree: MED and GOV",
            id="sector",
        ),
        pytest.param(
            (profile("Oleksiy Babenko", articles={"a1"}), profile("Oleksii Babenko", articles={"a1", "a2"})),
            UNSURE,
            "article 'a1' names both",
            id="one article",
        ),
        pytest.param(
            (profile("Oleksiy Babenko", partners={"Oleksii_Babenko"}), profile("Oleksii Babenko")),
            DIFFERENT,
            "an article relates them to each other",
            id="related",
        ),
        pytest.param(
            (profile("E. Babenko"), profile("Elena Babenko")), UNSURE, "only the names", id="initial"
        ),
        pytest.param(
            (profile("E. Babenko", country="UKR"), profile("Elena Babenko", country="UKR")),
            SAME,
            "both are of UKR",
            id="initial and country",
        ),
        pytest.param(
            (
                profile("E. Babenko", posts={("mayor of", "Springfield")}),
                profile("Elena Babenko", posts={("mayor of", "Springfield")}),
            ),
            SAME,
            "both are mayor of Springfield",
            id="initial and post",
        ),
        pytest.param(
            (profile("E. Babenko", companions={"Bo_Cole"}), profile("Elena Babenko", companions={"Bo_Cole"})),
            SAME,
            "both appear with Bo_Cole",
            id="initial and company",
        ),
        pytest.param(
            (profile("Babenko", companions={"Bo_Cole"}), profile("Elena Babenko", companions={"Bo_Cole"})),
            UNSURE,
            "only the names",
            id="surname and one companion",
        ),
        pytest.param(
            (
                profile("Babenko", companions={"Bo_Cole", "Cy_Dole"}),
                profile("Elena Babenko", companions={"Bo_Cole", "Cy_Dole"}),
            ),
            SAME,
            "both appear with Bo_Cole, Cy_Dole",
            id="surname and two companions",
        ),
        pytest.param(
            (profile("Babenko", country="UKR"), profile("Elena Babenko", country="UKR")),
            UNSURE,
            "only the names",
            id="surname and country",
        ),
        pytest.param(
            (
                profile("IWF", EntityType.ORGANIZATION, country="FRA"),
                profile("International Waffle Federation", EntityType.ORGANIZATION, country="FRA"),
            ),
            SAME,
            "both are of FRA",
            id="acronym and country",
        ),
        pytest.param(
            (profile("Hizbol", EntityType.GROUP), profile("Hezbol", EntityType.GROUP)),
            UNSURE,
            "only the names",
            id="one word",
        ),
    ],
)
def test_verdict_table(profiles: tuple[Profile, Profile], verdict: Verdict, reason: str) -> None:
    judgement = verdict_on(*profiles)
    assert judgement.verdict is verdict
    assert reason in judgement.reason


def test_surname_of_two_is_unsure_whoever_keeps_it_company() -> None:
    company = {"Bo_Cole", "Cy_Dole"}
    people = [profile(name, companions=company) for name in ("Babenko", "Elena Babenko", "Oleh Babenko")]
    judged = judge_entities(people)
    assert [judgement.verdict for judgement in judged] == [UNSURE, UNSURE]
    assert "may be any of 2" in judged[0].reason


@pytest.mark.parametrize(("bearers", "judged"), [(MOST_BEARERS, MOST_BEARERS), (MOST_BEARERS + 1, 0)])
def test_name_that_too_many_may_bear_is_judged_of_none(bearers: int, judged: int) -> None:
    """Also where an article tells them apart: nothing would make them one."""
    given = ("Ana", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo", "Kim")[:bearers]
    people = [profile("Babenko", partners={"Ana_Babenko"}), *(profile(f"{one} Babenko") for one in given)]
    assert len(judge_entities(people)) == judged


def test_spellings_of_a_name_are_judged_however_many_may_bear_it() -> None:
    middle = "ABCDEFGHIJKLMNOP"
    longer = [profile(f"Oleksiy {letter}. Babenko") for letter in middle]
    (judgement,) = judge_entities([profile("Oleksiy Babenko"), profile("Oleksii Babenko"), *longer])
    assert judgement.verdict is SAME


def test_surname_that_an_article_uses_says_nothing_in_another() -> None:
    assert judge_entities([profile("Elena Babenko", aliases=("Babenko",)), profile("Oleh Babenko")]) == []


@pytest.mark.parametrize(
    "profiles",
    [
        (profile("Ann Doe", is_known=True), profile("Anne Doe", is_known=True)),
        (profile("Ann Doe", is_named=False), profile("Anne Doe")),
        (profile("Ann Doe"), profile("Bo Cole")),
        (profile("Ann Doe"), profile("Anne Doe", EntityType.PLACE)),
        (profile("Mali", EntityType.COUNTRY), profile("Malis", EntityType.COUNTRY)),
    ],
    ids=["both in the registry", "unnamed", "unlike", "person and place", "countries"],
)
def test_what_is_no_pair_is_not_judged(profiles: tuple[Profile, Profile]) -> None:
    assert judge_entities(profiles) == []


def test_order_of_profiles_does_not_matter() -> None:
    names = (
        "Oleksiy Babenko",
        "Oleksii Babenko",
        "O. Babenko",
        "Babenko",
        "Oleh Babenko",
        "Ann Roe",
        "Anne Roe",
    )
    people = [profile(name, country="UKR") for name in names]
    expected = judge_entities(people)
    assert len(expected) > 3
    for seed in range(5):
        random.Random(seed).shuffle(people)
        assert judge_entities(people) == expected


def judgement(pair: str, verdict: Verdict = SAME, judge: str = "kg") -> Judgement:
    return Judgement(one=pair[0], other=pair[1], verdict=verdict, reason="because", judge=judge)


def by_name(identifier: str) -> tuple[object, ...]:
    return (identifier,)


@pytest.mark.parametrize(
    ("judgements", "merges"),
    [
        pytest.param([judgement("AB")], {"B": "A"}, id="pair"),
        pytest.param([judgement("AB"), judgement("BC")], {"B": "A", "C": "A"}, id="chain"),
        pytest.param([judgement("AB", UNSURE), judgement("BC", DIFFERENT)], {}, id="not the same"),
        pytest.param(
            [judgement("AB"), judgement("BC"), judgement("AC", DIFFERENT)], {"B": "A"}, id="held apart"
        ),
        pytest.param([judgement("AB"), judgement("AB", DIFFERENT, "user")], {}, id="user parts"),
        pytest.param(
            [judgement("AB", DIFFERENT), judgement("AB", SAME, "user")], {"B": "A"}, id="user joins"
        ),
        pytest.param(
            [judgement("AB", SAME, "user"), judgement("BC", SAME, "user"), judgement("AC", DIFFERENT)],
            {"B": "A", "C": "A"},
            id="user joins three",
        ),
        pytest.param(
            [judgement("AB"), judgement("BC"), judgement("AC", DIFFERENT, "user")],
            {"B": "A"},
            id="user parts ends",
        ),
        pytest.param([judgement("XY"), judgement("YZ")], {"Y": "X"}, id="two of the registry"),
        pytest.param([judgement("XZ", SAME, "user")], {"Z": "X"}, id="user joins two of the registry"),
    ],
)
def test_clusters_table(judgements: list[Judgement], merges: dict[str, str]) -> None:
    known = frozenset("XZ")
    for order in (judgements, judgements[::-1]):
        assert join_clusters(order, by_name, known=known)[0] == merges


def test_judgement_that_is_not_followed_comes_back_unsure() -> None:
    _, held = join_clusters([judgement("AB"), judgement("BC"), judgement("AC", DIFFERENT)], by_name)
    assert [str(one.verdict) for one in held] == ["same", "different", "unsure"]
    assert "A and C would be one" in held[2].reason


def test_body_of_no_known_state_is_not_one_with_a_states() -> None:
    of_peru = profile("Coast Guard (Peru)", EntityType.ORGANIZATION, country="PER", aliases=("Coast Guard",))
    unknown = profile("Coast Guard", EntityType.ORGANIZATION)
    assert verdict_on(of_peru, unknown).verdict is Verdict.UNSURE


# ---- candidates

WORDS = (
    "Ana",
    "Anna",
    "A.",
    "ibn",
    "bin",
    "Yevgeny",
    "Evgeny",
    "Salman",
    "Salmann",
    "Bell",
    "Jr",
    "von",
    "der",
)
OTHERS = (
    "Ministry",
    "of",
    "Defence",
    "Defense",
    "MD",
    "MoD",
    "World",
    "Cup",
    "2018",
    "U.N.",
    "United",
    "Nations",
)


@st.composite
def named_profiles(draw):
    is_person = draw(st.booleans())
    words = draw(st.lists(st.sampled_from(WORDS if is_person else OTHERS), min_size=1, max_size=4))
    name = " ".join(words)
    kind = EntityType.PERSON if is_person else EntityType.ORGANIZATION
    return Profile(entity=make_entity(name, type=kind))


@hypothesis_settings(deadline=None, max_examples=200)
@given(found=st.lists(named_profiles(), max_size=12, unique_by=lambda profile: profile.entity.id))
def test_every_pair_with_like_names_is_found(found):
    """What shares no block is compared here nevertheless, but for bodies that many states have."""
    ordered = sorted(found, key=lambda profile: profile.entity.id)
    all_pairs = {
        (one.entity.id, other.entity.id)
        for one, other in combinations(ordered, 2)
        if _best(one, other) is not None and not all(is_body_name(each.entity.name) for each in (one, other))
    }
    assert {(pair.one.entity.id, pair.other.entity.id) for pair in find_candidates(found)} == all_pairs


def test_bodies_of_unknown_states_are_not_compared_with_each_other():
    """Each meets those of known states only: there is one in hundreds of articles."""
    unknown = [profile("Senate", EntityType.ORGANIZATION, id=f"Senate.{place}") for place in range(50)]
    of_chile = profile("Senate", EntityType.ORGANIZATION, id="Senate_of_Chile", country="CHL")
    found = judge_entities([*unknown, of_chile])
    assert {one.other for one in found} == {"Senate_of_Chile"}
    assert [str(one.verdict) for one in found] == ["unsure"] * 50


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"country": "CHL"}, {"country": "ARG"}),
        ({"country": "CHL"}, {"country": "CHL"}),
        ({"country": "CHL"}, {}),
        ({"is_known": True}, {}),
    ],
    ids=["two states", "one state", "a state and none", "one of the registry"],
)
def test_bodies_of_which_one_is_known_are_compared(one, other):
    verdict_on(
        profile("Senate", EntityType.ORGANIZATION, id="one", **one),
        profile("Senate", EntityType.ORGANIZATION, id="other", **other),
    )


def test_acronym_with_a_small_letter_meets_its_name():
    bodies = [profile(name, EntityType.ORGANIZATION) for name in ("MoD", "Ministry of Defence")]
    assert [pair.likeness for pair in find_candidates(bodies)] == ["acronym"]


def test_given_names_in_the_middle_bring_nobody_together():
    """`Ana bint Cy Bell` does not meet `Di bint Cy Bell`, but `Cy Bell` meets both."""
    names = [*(f"{given} bint Cy Bell" for given in ("Ana", "Di", "Ed", "Flo")), "Cy Bell"]
    ordered = [Profile(entity=make_entity(name, type=EntityType.PERSON)) for name in sorted(names)]
    pairs = {tuple(ordered[place].entity.name for place in pair) for pair in _pairs(ordered)}
    assert len(pairs) == 4
    assert all("Cy Bell" in pair for pair in pairs)


def test_bearers_of_one_surname_are_not_compared_with_each_other():
    """A surname alone meets each of them, and each only those with a given name like its own."""
    names = ["Smith", *(f"{given} Smith" for given in ("Ana", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal"))]
    profiles = [Profile(entity=make_entity(name, type=EntityType.PERSON)) for name in names]
    ordered = sorted(profiles, key=lambda profile: profile.entity.id)
    assert len(set(_pairs(ordered))) == len(names) - 1
