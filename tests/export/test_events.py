"""The events among a graph's relations."""

import datetime

import pytest

from kg.export.events import Event, events_of
from kg.types import Entity, EntityType, Status
from kg.vocabulary import load_vocabulary
from tests.builders import make_entity
from tests.export.statements import NORWAY, OSLO, make_article, make_statement

PRESS = make_entity("Daily Bell", EntityType.ORGANIZATION, sector="MED")


def events(subject: Entity | None = None, object_: Entity | None = None, **fields: object) -> list[Event]:
    return list(events_of([make_statement(subject, object_, **fields)], load_vocabulary()))


def test_what_is_asserted_is_the_event_itself():
    [event] = events(time="2026-04-03", place=OSLO)
    assert (event.source.name, event.code.code, event.target and event.target.name) == (
        *("Ana Bell", "040"),
        "Bo Cole",
    )
    assert (event.plover, event.date, event.place) == ("CONSULT", "2026-04-03", OSLO)


def test_event_without_a_time_is_as_new_as_its_article():
    assert [event.date for event in events()] == ["2026-04-05"]
    assert [event.date for event in events(article=make_article(day=None))] == [None]


def test_plan_is_announced_on_the_day_of_the_article_and_nowhere():
    [event] = events(status=Status.PLANNED, time="2026-05", place=OSLO)
    assert (event.code.code, event.plover, event.date, event.place) == ("036", "AGREE", "2026-04-05", None)


@pytest.mark.parametrize("status", [Status.NEGATED, Status.POSSIBLE])
def test_what_is_denied_or_only_possible_is_no_event(status):
    assert events(status=status) == []


def test_request_is_an_appeal_of_whoever_asks_to_whoever_should_act():
    asker = make_entity("Cy Dean")
    [event] = events(status=Status.REQUESTED, attribution=asker)
    assert (event.source, event.target and event.target.name) == (asker, "Ana Bell")
    assert (event.code.code, event.plover) == ("026", "REQUEST")


@pytest.mark.parametrize("asker", [None, PRESS, make_entity("Ana Bell")], ids=["nobody", "press", "itself"])
def test_request_that_nobody_is_known_to_make_is_no_event(asker):
    assert events(status=Status.REQUESTED, attribution=asker) == []


def test_state_is_no_event():
    assert events(relation_class="MEMBER_OF", property="memberOf") == []


def test_disaster_is_no_event():
    storm = make_entity("Storm Ana", EntityType.EVENT)
    assert events(storm, relation_class="ASSAULT", property="kills") == []


def test_topic_is_no_target():
    [event] = events(None, NORWAY, property="discusses")
    assert (event.target, event.place) == (None, None)


def test_place_that_is_visited_is_target_and_place():
    [event] = events(None, OSLO, property="visits")
    assert (event.target, event.place, event.mode) == (OSLO, OSLO, "visit")


def test_place_of_deployment_is_no_target():
    [event] = events(None, NORWAY, property="deploysTo", relation_class="MOBILIZE")
    assert (event.target, event.place) == (None, NORWAY)


def test_article_of_no_day_gives_a_plan_none():
    [event] = events(status=Status.PLANNED, time="2026-05-01", article=make_article(day=None))
    assert event.date is None


def test_date_is_of_the_article_not_of_the_clock():
    [event] = events(article=make_article(date=datetime.date(1999, 12, 31)))
    assert event.date == "1999-12-31"
