"""FollowTheMoney entities: their structure, and that the library takes them as they are."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from kg.export.followthemoney import country_code, ftm_entities, schema_of, write_ftm
from kg.export.records import Statement
from kg.types import EntityType, Status
from kg.vocabulary import load_vocabulary
from kg.vocabulary.countries import load_countries
from tests.builders import make_entity
from tests.export.statements import BANK, CLUB, MINISTER, NORWAY, OSLO, make_article, make_statement

ANA, BO = make_entity("Ana Bell"), make_entity("Bo Cole")
POST = {"relation_class": "HOLDS_POSITION", "property": "holdsPosition"}
MEMBER = {"relation_class": "MEMBER_OF", "property": "memberOf", "predicate": "member of"}
KIN = {"relation_class": "FAMILY_OF", "property": "familyOf"}
OWNER = {"relation_class": "OWNS", "property": "owns", "predicate": "own"}
AGENT = {"relation_class": "REPRESENTS", "property": "represents", "predicate": "lawyer for"}
ALLY = {"relation_class": "ALLY_OF", "property": "allyOf", "predicate": "ally of"}
HEAD = {"relation_class": "HOLDS_POSITION", "property": "leads", "predicate": "head of"}
PART = {"relation_class": "PART_OF", "property": "subsidiaryOf", "predicate": "subsidiary of"}
FUND = make_entity("Cole Fund", EntityType.ORGANIZATION, sector="BUS")
CROWD = make_entity("protesters", EntityType.GROUP)
SUMMIT = make_entity("Oslo summit", EntityType.EVENT)
PIPELINE = make_entity("North Pipeline", EntityType.THING)


def entities(*statements: Statement) -> list[dict[str, Any]]:
    return list(ftm_entities(statements, load_vocabulary()))


def link(statement: Statement) -> tuple[str, dict[str, list[str]]]:
    """The schema and the properties of the link that a statement becomes; its ends by name."""
    found = entities(statement)
    names = {
        one["id"]: one["properties"].get("name", one["properties"].get("title", [""]))[0] for one in found
    }
    [last] = [one for one in found if "recordId" in one["properties"]]
    return last["schema"], {
        name: [names.get(value, value) for value in values] for name, values in last["properties"].items()
    }


LINKS = [
    pytest.param(
        make_statement(ANA, NORWAY, predicate="trade minister of", **POST),
        *("Occupancy", {"holder": "Ana Bell", "post": "trade minister of Norway"}),
        id="post of a state",
    ),
    pytest.param(
        make_statement(ANA, OSLO, predicate="new mayor of", **POST),
        *("Occupancy", {"holder": "Ana Bell", "post": "mayor of Oslo"}),
        id="post of a town",
    ),
    pytest.param(
        make_statement(ANA, BANK, predicate="economist at", **POST),
        *("Employment", {"employee": "Ana Bell", "employer": "Bell Bank", "role": "economist"}),
        id="post of a company",
    ),
    pytest.param(
        make_statement(ANA, BANK, predicate="work for", **POST),
        *("Employment", {"employee": "Ana Bell", "employer": "Bell Bank", "role": "work for"}),
        id="work that has no name",
    ),
    pytest.param(
        make_statement(ANA, BANK, **HEAD),
        *("Directorship", {"director": "Ana Bell", "organization": "Bell Bank", "role": "head"}),
        id="head of a company",
    ),
    pytest.param(
        make_statement(ANA, CLUB, **HEAD | {"property": "presidentOf", "predicate": "president of"}),
        *("Directorship", {"director": "Ana Bell", "organization": "Oslo Club", "role": "president"}),
        id="president of a club",
    ),
    pytest.param(
        make_statement(ANA, NORWAY, predicate="serve in", **POST),
        *("Employment", {"employee": "Ana Bell", "employer": "Norway", "role": "serve in"}),
        id="service that names no post",
    ),
    pytest.param(
        make_statement(ANA, BO, predicate="work for", **POST),
        *("UnknownLink", {"subject": "Ana Bell", "object": "Bo Cole", "role": "work for"}),
        id="work for a person",
    ),
    pytest.param(
        make_statement(NORWAY, CLUB, **MEMBER),
        *("Membership", {"member": "Norway", "organization": "Oslo Club", "role": "member of"}),
        id="membership",
    ),
    pytest.param(
        make_statement(ANA, CROWD, **MEMBER),
        *("UnknownLink", {"subject": "Ana Bell", "object": "protesters"}),
        id="member of a crowd",
    ),
    pytest.param(
        make_statement(ANA, BO, predicate="sister of", **KIN),
        *("Family", {"person": "Bo Cole", "relative": "Ana Bell", "relationship": "sister"}),
        id="kin by its name",
    ),
    pytest.param(
        make_statement(ANA, BO, predicate="marry", **KIN | {"property": "marriedTo"}),
        *("Family", {"person": "Bo Cole", "relative": "Ana Bell", "relationship": "spouse"}),
        id="kin by its property",
    ),
    pytest.param(
        make_statement(ANA, FUND, **OWNER), *("Ownership", {"asset": "Cole Fund"}), id="company"
    ),
    pytest.param(
        make_statement(NORWAY, PIPELINE, **OWNER),
        *("Ownership", {"owner": "Norway", "asset": "North Pipeline"}),
        id="thing that is owned",
    ),
    pytest.param(
        make_statement(ANA, CLUB, **OWNER), *("UnknownLink", {"role": "own"}), id="no asset"
    ),
    pytest.param(
        make_statement(FUND, BANK, **PART), *("Ownership", {"owner": "Bell Bank"}), id="part"
    ),
    pytest.param(
        make_statement(ANA, CROWD, **AGENT),
        *("Representation", {"agent": "Ana Bell", "client": "protesters", "role": "lawyer for"}),
        id="representation",
    ),
    pytest.param(
        make_statement(ANA, BO, **ALLY),
        *("Associate", {"person": "Ana Bell", "associate": "Bo Cole", "relationship": "ally of"}),
        id="allies",
    ),
    pytest.param(
        make_statement(ANA, SUMMIT, predicate="attend", relation_class="PARTICIPATES_IN", property="attends"),
        *("UnknownLink", {"subject": "Ana Bell", "object": "Oslo summit", "role": "attend"}),
        id="any other",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "schema", "properties"), LINKS)
def test_relation_becomes_its_link(statement, schema, properties):
    found, told = link(statement)
    assert (found, {name: told[name] for name in properties}) == (
        schema,
        {name: [value] for name, value in properties.items()},
    )


def test_link_tells_where_it_is_said():
    article = make_article(title="A meeting", url="https://example.org/1", source="The Bell")
    said = make_statement(article=article, time="2026-04", attribution=make_entity("Cy Dean"))
    schema, told = link(said)
    assert schema == "UnknownLink"
    assert told["recordId"][0].startswith("https://w3id.org/actors-kg/relation/")
    names = ("description", "proof", "sourceUrl", "publisher", "date", "summary")
    assert [told[name] for name in names] == [
        ["Ana Bell met Bo Cole in Oslo."],
        ["A meeting"],
        ["https://example.org/1"],
        ["The Bell"],
        ["2026-04"],
        ["Said by Cy Dean."],
    ]


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ASSERTED])
def test_only_what_is_asserted_is_a_link(status):
    assert [one["schema"] for one in entities(make_statement(status=status))] == ["Article"]


def test_same_relation_of_two_articles_is_one_link():
    first, second = make_article("a"), make_article("b", text="Bo Cole was met by Ana Bell.")
    found = entities(make_statement(article=first), make_statement(article=second))
    [one] = [entity for entity in found if entity["schema"] == "UnknownLink"]
    assert {name: len(one["properties"][name]) for name in ("proof", "description", "recordId", "role")} == {
        "proof": 2,
        "description": 2,
        "recordId": 2,
        "role": 1,
    }


def test_ids_stand_once_and_are_the_same_in_any_graph():
    statements = [make_statement(ANA, NORWAY, predicate="minister of", **POST), make_statement(ANA, BO)]
    found = entities(*statements, *statements)
    ids = [one["id"] for one in found]
    assert len(ids) == len(set(ids)) == 7
    assert {one["id"] for one in entities(statements[1])} <= set(ids)


def test_every_reference_is_among_the_entities():
    found = entities(*(case.values[0] for case in LINKS))
    ids = {one["id"] for one in found}
    values = [v for one in found for values in one["properties"].values() for v in values]
    assert {value for value in values if value.startswith("kg-")} <= ids


def test_entity_has_names_country_and_wikidata():
    oslo = make_entity("Oslo", EntityType.PLACE, country="NOR", aliases=("Christiania", "Oslo"))
    found = {one["properties"].get("name", [""])[0]: one for one in entities(make_statement(NORWAY, oslo))}
    assert found["Norway"]["properties"] == {
        "name": ["Norway"],
        "country": ["no"],
        "wikidataId": ["Q20"],
        "topics": ["gov.national"],
    }
    assert (found["Oslo"]["schema"], found["Oslo"]["properties"]["alias"]) == ("Address", ["Christiania"])
    assert found["Oslo"]["properties"]["full"] == ["Oslo"]


SCHEMAS = [
    *((make_entity("A", type_), schema) for type_, schema in (
        (EntityType.PERSON, "Person"), (EntityType.COUNTRY, "PublicBody"), (EntityType.GROUP, "LegalEntity"),
        (EntityType.EVENT, "Event"), (EntityType.THING, "Asset"), (EntityType.ORGANIZATION, "Organization"),
    )),
    *((make_entity("A", EntityType.ORGANIZATION, sector=sector), schema) for sector, schema in (
        ("BUS", "Company"), ("GOV", "PublicBody"), ("MIL", "PublicBody"), ("PTY", "Organization"),
    )),
    (make_entity("A", sector="BUS"), "Person"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "schema"), SCHEMAS, ids=lambda value: getattr(value, "sector", value))
def test_schema_is_by_type_and_sector(entity, schema):
    assert schema_of(entity) == schema


def test_holder_of_an_office_of_the_registry_is_politically_exposed():
    offices = {actor.id: actor for actor in load_vocabulary().actors if actor.offices}
    now = next(a for a in offices.values() if any(office.end is None for office in a.offices))
    once = next(a for a in offices.values() if all(office.end for office in a.offices))
    ends = [make_entity(actor.name, id=actor.id) for actor in (now, once)]
    topics = [one["properties"].get("topics") for one in entities(make_statement(*ends))[1:3]]
    assert sorted(map(str, topics)) == ["['role.pep']", "['role.pep.frmr']"]
    assert "topics" not in entities(make_statement(MINISTER, BO))[1]["properties"]


def test_country_codes_are_lower_case_and_only_of_countries():
    assert country_code(make_entity("A", country="XKX")) == "xk"
    assert country_code(make_entity("A", country="IGO")) is None


def test_library_knows_every_country_code():
    pytest.importorskip("followthemoney")
    from followthemoney.types import registry

    codes = [country_code(make_entity("A", country=iso3)) or "" for iso3 in load_countries()]
    assert [code for code in codes if registry.country.clean(code) != code] == []


def test_statements_may_come_one_at_a_time():
    statements = (make_statement(article=make_article(id_)) for id_ in "ab")
    assert len(list(ftm_entities(statements, load_vocabulary()))) == 5


def test_lines_are_json():
    file = io.StringIO()
    write_ftm([make_statement()], file, load_vocabulary())
    rows = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [sorted(row) for row in rows] == [["id", "properties", "schema"]] * 4


def test_library_takes_every_entity_and_every_value():
    followthemoney = pytest.importorskip("followthemoney")
    model = followthemoney.model
    article = make_article(title="A meeting", url="https://example.org/1", source="The Bell")
    more = [
        make_statement(ANA, BO, article=article, time=time, attribution=MINISTER)
        for time in (None, "2026-04-03", "2026-04", "2026")
    ]
    found = entities(*(case.values[0] for case in LINKS), *more)
    schemas = {one["id"]: model.get(one["schema"]) for one in found}
    for one in found:
        proxy = model.get_proxy(one)
        proxy.schema.validate(one)
        for name, values in one["properties"].items():
            property_ = proxy.schema.properties[name]
            assert sorted(filter(None, map(property_.type.clean, values))) == sorted(values), (one, name)
            if property_.range is not None:
                assert all(schemas[value].is_a(property_.range) for value in values), (one, name)
