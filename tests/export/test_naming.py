"""Whom a name means where it must be one."""

import pytest

from kg.errors import ExportError
from kg.export.naming import the_one
from kg.types import EntityType
from tests.builders import make_entity

KNOWN = [
    make_entity("Ana Bell", aliases=("Annie",)),
    make_entity("Ben Bell", aliases=("Benno", "Cole")),
    make_entity("Cole", id="person/cole"),
    make_entity("Oslo", EntityType.PLACE, id="place/oslo"),
    make_entity("Oslo", EntityType.EVENT, id="event/oslo"),
]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Ana Bell", "Ana_Bell"),
        ("ana", "Ana_Bell"),
        ("Benno", "Ben_Bell"),
        ("cole", "person/cole"),
        ("place/oslo", "place/oslo"),
        ("https://w3id.org/actors-kg/entity/event%2Foslo", "event/oslo"),
        (KNOWN[0], "Ana_Bell"),
    ],
    ids=["name", "word", "alias", "main name before alias", "id", "IRI", "entity"],
)
def test_one_is_found(name, id_):
    assert the_one(KNOWN, name).id == id_


def test_several_are_told():
    with pytest.raises(ExportError) as caught:
        the_one(KNOWN, "Bell")
    assert str(caught.value) == (
        "2 entities are named 'Bell': Ana Bell (person, Ana_Bell), Ben Bell (person, Ben_Bell); "
        "give the full name or id of one."
    )


def test_namesakes_are_told_by_type_and_id():
    with pytest.raises(ExportError, match=r"Oslo \(place, place/oslo\), Oslo \(event, event/oslo\)"):
        the_one(KNOWN, "Oslo")


def test_many_are_counted():
    many = [make_entity(f"Bell {number}") for number in range(30)]
    with pytest.raises(ExportError, match=r"^30 entities .* and 22 more; give the full name"):
        the_one(many, "bell")


@pytest.mark.parametrize("typed", ["Ana Bel", "Anna", "Bwll"])
def test_near_names_are_told(typed):
    with pytest.raises(ExportError, match=rf"No entity is named '{typed}'; there are Ana Bell"):
        the_one(KNOWN, typed)


@pytest.mark.parametrize("typed", ["Zoe", "", "!"])
def test_nobody_is_told(typed):
    with pytest.raises(ExportError, match="lists some that are there"):
        the_one(KNOWN, typed)
