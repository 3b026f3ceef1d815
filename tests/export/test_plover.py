"""PLOVER records: of the text as it is coded, and of what the graph states."""

from __future__ import annotations

import io
import json

import pytest

from kg.export.events import events_of
from kg.export.plover import event_row, stated_row, write_stated_events
from kg.relations.coding import CodedEvent
from kg.types import EntityType, Status
from kg.vocabulary import load_vocabulary
from tests.builders import make_entity
from tests.export.statements import BANK, MINISTER, NORWAY, OSLO, make_article, make_statement

FIELDS = tuple(
    "id has_event date enddate source recipient event event_text quad_code mode context event_loc text "
    "text_info cite_info coder".split()
)
"""Fields of the manual, in its order."""
SCORED = ("article", "class", "subject", "object")


def coded(**fields: object) -> dict[str, object]:
    given = {"type": "CONSULT", "source": "NOR", "target": "CHE", "predicate": "meet", "start": 0, "end": 29}
    return event_row(make_article(title="A meeting"), CodedEvent(**(given | fields)))


def stated(subject=None, object_=None, **fields: object) -> dict[str, object]:
    [event] = events_of([make_statement(subject, object_, **fields)], load_vocabulary())
    return stated_row(event)


def test_records_have_the_fields_of_the_manual_and_those_that_are_scored():
    for row in (coded(), stated()):
        assert tuple(row)[: len(FIELDS)] == FIELDS
        assert set(SCORED) <= set(row)
        assert json.loads(json.dumps(row)) == row


def test_coded_event_is_a_record():
    row = coded(source_entity=NORWAY)
    assert row["source"] == [
        {
            "code": "NOR",
            "sector": "GOV",
            "actor_text": "Norway",
            "identifier_id": "Q20",
            "identifier_text": "Norway",
        }
    ]
    assert (row["recipient"], row["subject"], row["object"]) == (
        [{"code": "CHE"}],
        {"country": "NOR"},
        {"country": "CHE"},
    )
    assert (row["event"], row["class"], row["quad_code"]) == (["CONSULT"], "CONSULT", 1)
    assert (row["text"], row["text_info"]) == ("Ana Bell met Bo Cole in Oslo.", {"start": 0, "end": 29})


def test_coded_event_without_source_has_only_a_recipient():
    row = coded(source=None)
    assert (row["source"], row["subject"], row["object"]) == ([], {"country": None}, {"country": "CHE"})


def test_citation_is_of_the_article():
    article = make_article(title="A meeting", source="The Bell", url="https://example.org/1", license="CC0")
    cited = stated(article=article)["cite_info"]
    assert {name: cited[name] for name in ("citation", "url", "title", "publication", "license", "date")} == {
        "citation": "a1",
        "url": "https://example.org/1",
        "title": "A meeting",
        "publication": "The Bell",
        "license": "CC0",
        "date": "2026-04-05",
    }


def test_stated_event_has_who_whom_where_and_when():
    row = stated(MINISTER, OSLO, property="visits", predicate="travel to")
    assert [actor["actor_text"] for actor in (*row["source"], *row["recipient"])] == ["Ana Bell", "Oslo"]
    assert (row["event"], row["mode"], row["cameo"]) == (["CONSULT"], ["visit"], "042")
    assert row["event_loc"] == {"name": "Oslo", "country code": "NO", "cc3": "NOR"}
    assert (row["property"], row["status"], row["context"]) == ("visits", "asserted", [])


DAYS = [
    ("2026-04-03", "2026-04-03", None),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2019", "2019-01-01", "2019-12-31"),
    (None, "2026-04-05", None),
]


@pytest.mark.parametrize(("time", "date", "enddate"), DAYS)
def test_dates_are_days(time, date, enddate):
    row = stated(time=time)
    assert (row["date"], row["enddate"], row["when"]) == (date, enddate, time or "2026-04-05")


def test_plan_is_another_type_with_its_context():
    row = stated(status=Status.PLANNED)
    assert (row["event"], row["context"], row["mode"]) == (["AGREE"], ["future"], [])
    row = stated(status=Status.PLANNED, property="sanctions", relation_class="SANCTION")
    assert (row["event"], row["quad_code"]) == (["THREATEN"], 3)


def test_those_who_act_alike_are_all_sources():
    row = stated(MINISTER, BANK, symmetric=True)
    assert ([actor["code"] for actor in row["source"]], row["recipient"]) == (["NOR", "CHE"], [])
    assert (row["subject"], row["object"]) == ({"country": "NOR"}, {"country": "CHE"})


def test_visitor_is_the_source_and_host_the_recipient():
    row = stated(NORWAY, BANK, property="hosts")
    assert [actor["actor_text"] for actor in (*row["source"], *row["recipient"])] == ["Bell Bank", "Norway"]


def test_press_and_bodies_are_coded_as_plover_does():
    press = make_entity("Daily Bell", EntityType.ORGANIZATION, sector="MED")
    body = make_entity("Lakes Council", EntityType.ORGANIZATION, country="IGO", sector="IGO")
    row = stated(press, body)
    assert [(actor["code"], actor["sector"]) for actor in (*row["source"], *row["recipient"])] == [
        (None, "JRN"),
        ("IGO", None),
    ]


def test_id_is_the_relations_own_or_made_of_what_is_coded():
    assert stated()["id"] == stated(confidence=0.5)["id"]
    assert str(stated()["id"]).startswith("https://w3id.org/actors-kg/relation/")
    assert stated()["id"] != stated(time="2026-04-04")["id"]
    assert coded()["id"] == coded()["id"] != coded(target="NOR")["id"]


def test_what_it_is_about_is_told_where_it_is_aimed_at_nobody():
    assert (stated(MINISTER, NORWAY, property="discusses")["about"], stated()["about"]) == ("Norway", None)


def test_only_what_has_a_type_is_written():
    comment = make_statement(property="statesAbout", relation_class="OTHER")
    denial = make_statement(status=Status.NEGATED)
    file = io.StringIO()
    write_stated_events([comment, denial, make_statement()], file, load_vocabulary())
    [row] = map(json.loads, file.getvalue().splitlines())
    assert row["class"] == "CONSULT"
