"""Which actor words stand for: names, demonyms, seats, offices, and matches in documents."""

import datetime

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.actors.registry import How, Match, Registry, load_registry
from kg.types import EntityType
from kg.vocabulary import Actor, Office


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def _name(actor: Actor | None) -> str | None:
    return actor.id if actor else None


def _found(registry: Registry, text: str) -> list[tuple[str, str, str]]:
    doc = spacy.blank("en")(text)
    return [(doc[m.start : m.end].text, m.actor.id, str(m.how)) for m in registry.find(doc)]


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Ukraine", "Ukraine"),
        ("Türkiye", "Turkey"),
        ("Republic of Turkey", "Turkey"),
        ("U.S.", "United_States"),
        ("the United States of America", "United_States"),
        ("Britain", "United_Kingdom"),
        ("Côte d’Ivoire", "Ivory_Coast"),
        ("Burma", "Myanmar"),
        ("Czechia", "Czech_Republic"),
        ("DPRK", "North_Korea"),
        ("the Vatican", "Holy_See"),
        ("Georgia", "Georgia"),
        ("Kiev", "Kyiv"),
        ("Istanbul", "Istanbul"),
        ("Siberia", "Siberia"),
        ("Black Sea", "Black_Sea"),
        ("North Atlantic Treaty Organization", "NATO"),
        ("EU", "European_Union"),
        ("UN Security Council", "United_Nations_Security_Council"),
        ("Daesh", "Islamic_State"),
        ("AFP", "Agence_France-Presse"),
        ("Zelenskyy", "Volodymyr_Zelensky"),
        ("Vladimir Zelensky", "Volodymyr_Zelensky"),
        ("Recep Tayyip Erdogan", "Recep_Tayyip_Erdogan"),
        ("Xi Jinping", "Xi_Jinping"),
        ("the Bundestag", "Bundestag"),
        ("the Knesset", "Knesset"),
        ("the Duma", "State_Duma"),
        ("Polish Senate", "Polish_Senate"),
        ("Democratic Party", "Democratic_Party_United_States"),
        ("Labour Party", "Labour_Party_United_Kingdom"),
        ("Horst Koehler", "Horst_Kohler"),
    ],
)
def test_lookup_table(registry: Registry, name: str, actor: str) -> None:
    assert _name(registry.lookup(name)) == actor


@pytest.mark.parametrize("name", ["us", "who", "Congo", "Atlantis", "", "John Smith"])
def test_lookup_of_unknown_or_ambiguous_is_none(registry: Registry, name: str) -> None:
    assert registry.lookup(name) is None


def test_candidates_gives_every_bearer_of_a_name(registry: Registry) -> None:
    assert [actor.id for actor in registry.candidates("Congo")] == ["DR_Congo", "Republic_of_the_Congo"]


@pytest.mark.parametrize(
    ("word", "actor"),
    [
        ("Ukrainian", "Ukraine"),
        ("Ukrainians", "Ukraine"),
        ("Turk", "Turkey"),
        ("Turkish", "Turkey"),
        ("British", "United_Kingdom"),
        ("Britons", "United_Kingdom"),
        ("Dutch", "Netherlands"),
        ("Frenchmen", "France"),
        ("Poles", "Poland"),
        ("Nigerien", "Niger"),
        ("Saudi", "Saudi_Arabia"),
        ("Crimean", "Crimea"),
        ("Kurdish", "Kurds"),
        ("Dominican", None),
        ("Istanbul", None),
    ],
)
def test_by_demonym_table(registry: Registry, word: str, actor: str | None) -> None:
    assert _name(registry.by_demonym(word)) == actor


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Kyiv", "Ukraine"),
        ("Kiev", "Ukraine"),
        ("Ankara", "Turkey"),
        ("Washington", "United_States"),
        ("the Kremlin", "Russia"),
        ("White House", "United_States"),
        ("Downing Street", "United_Kingdom"),
        ("Whitehall", "United_Kingdom"),
        ("the Elysée", "France"),
        ("Foggy Bottom", "United_States_Department_of_State"),
        ("Brussels", "European_Union"),
        ("Moscow", "Russia"),
        ("Westminster", "Parliament_of_the_United_Kingdom"),
        ("Pentagon", "United_States_Department_of_Defense"),
        ("Zhongnanhai", "China"),
        ("Blue House", "South_Korea"),
        ("Rashtrapati Bhavan", "India"),
        ("Langley", "Central_Intelligence_Agency"),
        ("Capitol Hill", "United_States_Congress"),
        ("Holyrood", "Scotland"),
        ("Quai d'Orsay", "French_Foreign_Ministry"),
        ("Matignon", "France"),
        ("Binnenhof", "Netherlands"),
        ("Casa de Narino", "Colombia"),
        ("Istanbul", None),
        ("Ukraine", None),
    ],
)
def test_by_seat_table(registry: Registry, name: str, actor: str | None) -> None:
    assert _name(registry.by_seat(name)) == actor


@pytest.mark.parametrize(
    ("title", "of", "day", "person"),
    [
        ("president", "Ukraine", "2018-03-01", "Petro_Poroshenko"),
        ("President", "Ukraine", "2020-03-01", "Volodymyr_Zelensky"),
        ("president", "Turkey", "2012-01-01", "Abdullah_Gul"),
        ("leader", "Turkey", "2012-01-01", "Recep_Tayyip_Erdogan"),
        ("premier", "United_Kingdom", "2019-07-23", "Theresa_May"),
        ("prime minister", "United_Kingdom", "2019-07-24", "Boris_Johnson"),
        ("chancellor", "Germany", "2015-01-01", "Angela_Merkel"),
        ("secretary-general", "United_Nations", "2010-01-01", "Ban_Ki-moon"),
        ("chief", "NATO", "2025-01-01", "Mark_Rutte"),
        ("top diplomat", "United_States", "2019-05-01", "Mike_Pompeo"),
        ("president", "Germany", "2010-03-01", "Horst_Kohler"),
        ("president", "Tunisia", "2011-05-01", "Fouad_Mebazaa"),
        ("prime minister", "Romania", "2025-06-01", "Catalin_Predoiu"),
        ("prime minister", "Nepal", "2016-12-01", "Pushpa_Kamal_Dahal"),
        ("defence minister", "Japan", "2019-01-01", "Takeshi_Iwaya"),
        ("foreign minister", "India", "2012-01-01", "S_M_Krishna"),
        ("finance minister", "United_Kingdom", "2012-01-01", "George_Osborne"),
        ("defense secretary", "United_States", "2019-03-01", "Patrick_Shanahan"),
        ("head of state", "Canada", "2012-01-01", "Elizabeth_II"),
        ("governor", "Bank_of_England", "2012-01-01", "Mervyn_King"),
        ("head", "Organization_for_Security_and_Co-operation_in_Europe", "2015-01-01", "Lamberto_Zannier"),
        ("defense secretary", "United_States", "2018-05-01", "James_Mattis"),
        ("head of state", "Iran", "2019-01-01", None),
        ("president", "Ukraine", "1950-01-01", None),
        ("president", "Nowhere", "2020-01-01", None),
        ("gardener", "Ukraine", "2020-01-01", None),
    ],
)
def test_holder_table(registry: Registry, title: str, of: str, day: str, person: str | None) -> None:
    assert _name(registry.holder(title, of, datetime.date.fromisoformat(day))) == person


def test_holder_without_date_is_none_where_several_held_it(registry: Registry) -> None:
    assert registry.holder("president", "Ukraine", None) is None


def test_holders_without_date_gives_all_by_first_day(registry: Registry) -> None:
    ids = [actor.id for actor in registry.holders("president", "Ukraine")]
    assert ids[-2:] == ["Petro_Poroshenko", "Volodymyr_Zelensky"]


@pytest.mark.parametrize(
    ("day", "person"), [("2001-05-01", "Old_Doe"), ("2011", None), ("2012-01-01", "Young_Doe")]
)
def test_lookup_prefers_the_namesake_in_office(day: str, person: str | None) -> None:
    registry = Registry(
        Actor(
            id=f"{age}_Doe",
            name=f"{age} Doe",
            type=EntityType.PERSON,
            aliases=("Doe",),
            offices=(Office(title="mayor", of="Springfield", start=start, end=end),),
        )
        for age, start, end in (("Old", "2000", "2005-06"), ("Young", "2010-03", None))
    )
    date = datetime.date.fromisoformat(day) if len(day) > 4 else None
    assert _name(registry.lookup("Doe", date=date)) == person


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kyiv thanked Ankara.", [("Kyiv", "Kyiv", "capital"), ("Ankara", "Ankara", "capital")]),
        ("They told us who did it.", []),
        (
            "The WHO told the US.",
            [("WHO", "World_Health_Organization", "name"), ("US", "United_States", "name")],
        ),
        ("TRUST US NOW", []),
        ("roast turkey and a polish", []),
        ("The Kremlin denied it.", [("Kremlin", "Russia", "seat")]),
        ("Turkish-Ukrainian talks", [("Turkish", "Turkey", "demonym"), ("Ukrainian", "Ukraine", "demonym")]),
        (
            "U.N. Security Council members",
            [("U.N. Security Council", "United_Nations_Security_Council", "name")],
        ),
        (
            "Iran's Revolutionary Guards",
            [("Iran's Revolutionary Guards", "Islamic_Revolutionary_Guard_Corps", "name")],
        ),
        ("Al-Qaeda's men in Sana'a", [("Al-Qaeda", "Al-Qaeda", "name"), ("Sana'a", "Sanaa", "capital")]),
        ("in Washington, D.C., today", [("Washington, D.C.", "Washington", "capital")]),
        (
            "South Korea, not North Korea",
            [("South Korea", "South_Korea", "name"), ("North Korea", "North_Korea", "name")],
        ),
        ("the Netherlands", [("Netherlands", "Netherlands", "name")]),
        ("UKRAINE AND RUSSIA TALK", [("UKRAINE", "Ukraine", "name"), ("RUSSIA", "Russia", "name")]),
        ("OPEC+ cuts", [("OPEC+", "OPEC_Plus", "name")]),
        ("the AfD afd", [("AfD", "Alternative_for_Germany", "name")]),
        ("African-American voters", [("African-American", "African_Americans", "demonym")]),
        ("the Soviet Union", [("Soviet Union", "Soviet_Union", "name")]),
        ("", []),
    ],
)
def test_find_table(registry: Registry, text: str, found: list[tuple[str, str, str]]) -> None:
    assert _found(registry, text) == found


def _match(registry: Registry, text: str) -> Match:
    (match,) = registry.find(spacy.blank("en")(text))
    return match


def test_find_says_whom_a_capital_stands_for(registry: Registry) -> None:
    match = _match(registry, "Kyiv agreed.")
    assert (match.how, _name(match.stands_for)) == (How.CAPITAL, "Ukraine")


def test_find_returns_ambiguity_as_rivals(registry: Registry) -> None:
    assert [actor.id for actor in _match(registry, "in Georgia").rivals] == ["Georgia_USA"]


def test_find_leaves_a_common_word_at_the_start_of_a_sentence(registry: Registry) -> None:
    words = ["Shell", "companies", "fell", "."]
    common = Doc(_vocab(), words=words, pos=["NOUN", "NOUN", "VERB", "PUNCT"], sent_starts=[1, -1, -1, -1])
    proper = Doc(_vocab(), words=words, pos=["PROPN", "NOUN", "VERB", "PUNCT"], sent_starts=[1, -1, -1, -1])
    assert [len(registry.find(doc)) for doc in (common, proper)] == [0, 1]


@pytest.mark.parametrize(("given", "found"), [("Daniil", 0), ("Dmitri", 2)])
def test_find_leaves_a_surname_to_the_person_named_in_full(
    registry: Registry, given: str, found: int
) -> None:
    doc = Doc(_vocab(), words=[given, "Medvedev", "won", ".", "Medvedev", "smiled", "."])
    doc.ents = [Span(doc, 0, 2, label="PER")]
    assert len(registry.find(doc)) == found


def _vocab() -> spacy.vocab.Vocab:
    return spacy.blank("en").vocab
