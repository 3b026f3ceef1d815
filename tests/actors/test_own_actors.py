"""A user's own actors: files of them, and that they win over the registry's."""

import datetime

import pytest
import spacy

from kg.actors.names import slug
from kg.actors.registry import Registry, load_registry
from kg.errors import VocabularyError
from kg.extraction import document, extraction_of, load
from kg.types import Article, EntityType
from kg.vocabulary import read_actors

TABLE = """\
id,name,type,aliases,country,sector,wikidata,offices
,Gotham,place,Gotham City,USA,,,
Bruce,Bruce Wayne,person,B. Wayne;Wayne,USA,CVL,Q2695156,mayor of Gotham 2019-05-20/2021;heir of Wayne Fund
,Wayne Fund,organization,,USA,NGO,,
,Reuters,organization,The Wire,,,,
"""
TURTLE = """\
@prefix ent: <https://w3id.org/actors-kg/entity/> .
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ent:Bruce a kg:Person ; skos:prefLabel "Bruce Wayne"@en ; kg:country "USA" ;
  kg:holdsOffice [ kg:officeTitle "mayor" ; kg:officeOf ent:Gotham ; kg:start "2019-05-20"^^xsd:date ] .
"""


@pytest.fixture
def write(tmp_path):
    def _write(text: str, name: str = "own.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return _write


@pytest.fixture
def registry(write) -> Registry:
    return load_registry(write(TABLE))


def test_table_gives_actors(write):
    place, person, body, _ = read_actors(write(TABLE), slug)
    assert (place.id, place.type, place.aliases) == ("Gotham", EntityType.PLACE, ("Gotham City",))
    assert (person.id, person.country, person.sector, person.wikidata) == ("Bruce", "USA", "CVL", "Q2695156")
    mayor, heir = person.offices
    assert (mayor.title, mayor.of, mayor.start, mayor.end) == ("mayor", "Gotham", "2019-05-20", "2021")
    assert (heir.title, heir.of, heir.start) == ("heir", body.id, None)


def test_turtle_gives_actors(write):
    (person,) = read_actors(write(TURTLE, "own.ttl"), slug)
    assert (person.id, person.offices[0].of, person.offices[0].start) == ("Bruce", "Gotham", "2019-05-20")


def test_own_actor_is_found_by_all_its_names(registry):
    assert [registry.lookup(name).id for name in ("Bruce Wayne", "B. Wayne", "Wayne")] == ["Bruce"] * 3


def test_own_office_has_its_holder_on_its_days(registry):
    days = {
        day: registry.holder("mayor", "Gotham", datetime.date.fromisoformat(day))
        for day in ("2019-05-19", "2020-01-01")
    }
    assert [holder and holder.id for holder in days.values()] == [None, "Bruce"]


def test_actor_of_ours_keeps_its_id_and_gains_a_name(registry):
    actor = registry.lookup("The Wire")
    assert (actor.id, actor.country, actor.wikidata) == ("Reuters", "GBR", "Q130879")
    assert registry.lookup("Thomson Reuters").id == "Reuters"


def test_own_actor_goes_before_ours_of_that_name(write):
    registry = load_registry(write("name,type,aliases\nJordan River Trust,organization,Jordan\n"))
    assert registry.lookup("Jordan").id == "Jordan_River_Trust"
    assert [actor.id for actor in registry.candidates("Jordan")] == ["Jordan_River_Trust", "Jordan"]
    (match,) = registry.find(spacy.blank("en")("They met in Jordan."))
    assert match.actor.id == "Jordan_River_Trust"


def test_office_of_a_state_of_ours(write):
    (actor,) = read_actors(
        write("name,type,offices\nJo Doe,person,secretary of state of United States 2031/\n"), slug
    )
    (office,) = actor.offices
    assert (office.title, office.of, office.start, office.end) == (
        "secretary of state",
        "United_States",
        "2031",
        None,
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "a.csv",
            "name,kind\nA,person\n",
            "there is no column 'type'; the first line names some of id, name",
        ),
        ("a.csv", "name,type,colour\nA,person,red\n", "the column 'colour' is not known"),
        (
            "a.csv",
            "name,type\nA,robot\n",
            r"a.csv, line 2, column 'type': there is no type 'robot'; give one of person, country",
        ),
        ("a.csv", "name,type\n,person\n", "line 2, column 'name': the actor has no name"),
        ("a.csv", "name,type,country\nA,person,UK\n", "line 2: the country 'UK' of 'A' is not an ISO 3166-1"),
        (
            "a.csv",
            "name,type,wikidata\nA,person,212\n",
            "the wikidata '212' of 'A' is not a Wikidata id such as Q212",
        ),
        ("a.csv", "name,type\nA,person,red\n", "line 2: there are more cells than columns"),
        ("a.csv", "name,type\n", "has no actor"),
        (
            "a.ttl",
            "<x:a> <x:b> <x:c> .",
            "has no actor; give each a name and a type, in Turtle under the prefix",
        ),
        ("a.ttl", "<x:a> <x:b", "line 1"),
        ("a.xlsx", "", "is neither .ttl, .csv nor .tsv"),
    ],
)
def test_broken_file_says_what_where_and_what_to_do(write, name, text, message):
    with pytest.raises(VocabularyError, match=message):
        read_actors(write(text, name), slug)


@pytest.mark.parametrize(
    ("office", "message"),
    [
        ("mayor", r"does not say whose it is; write it as 'mayor of Oslo 2019-05-20/2021'"),
        ("mayor of Nrway 2019/", r"is of 'Nrway', who is no actor that is known. Did you mean 'Norway'\?"),
        ("mayor of Oslo 20-05-2019/2021", r"has '20-05-2019' for a date; give .* as 2019-05-20, 2019-05 or"),
        ("mayor of Oslo 2019/2021-02-30", r"has '2021-02-30' for a date"),
        ("mayor of Oslo 2019-13/", r"has '2019-13' for a date"),
        (
            "mayor of Oslo 2019",
            r"ends in '2019', .* its start or its end; write '2019/' or '/2019'\.",
        ),
        ("mayor of Oslo 2021-05/2019", r"ends before it begins"),
        ("of Oslo", r"does not say whose it is"),
    ],
)
def test_wrong_office_says_line_column_and_what_is_expected(write, office, message):
    """Not that its actor is unknown where its dates are wrong."""
    table = write(f"name,type,offices\nBo Cole,person,mayor of Oslo\nA,person,{office}\n")
    where = rf"\.csv, line 3, column 'offices': the office '{office}'"
    with pytest.raises(VocabularyError, match=f"{where} {message}"):
        read_actors(table, slug)


def test_office_may_end_in_the_year_in_which_it_began(write):
    (actor,) = read_actors(write("name,type,offices\nA,person,mayor of Oslo 2019-05/2019\n"), slug)
    assert (actor.offices[0].start, actor.offices[0].end) == ("2019-05", "2019")


def test_office_may_be_of_a_body_with_a_number(write):
    rows = [
        "name,type,offices",
        "Guild 2030,organization,",
        "A,person,head of Guild 2030;head of Guild 2030 2031/",
    ]
    first, second = read_actors(write("\n".join(rows)), slug)[1].offices
    assert (first.of, first.start, second.of, second.start) == ("Guild_2030", None, "Guild_2030", "2031")


def test_missing_file_says_so(tmp_path):
    for name in ("none.csv", "none.ttl"):
        with pytest.raises(VocabularyError, match="cannot be read"):
            read_actors(tmp_path / name, slug)


@pytest.mark.model
@pytest.mark.slow
def test_pipeline_finds_own_actors(write):
    nlp = load(actors=write(TABLE))
    article = Article(id="a", text="Wayne met Angela Merkel in Gotham City.")
    extraction = extraction_of(nlp(document(nlp, article)))
    assert {"Bruce", "Gotham", "Angela_Merkel"} <= {entity.id for entity in extraction.entities}
