"""How an entity is described, however many direct triples stand beside its description."""

from __future__ import annotations

import pytest

from kg.rdf.entities import entity_node
from kg.store import Store, descriptions
from kg.store.descriptions import described_entity, description_of
from tests.builders import make_extraction

NAMES = ("Bo Cole", "Cy Dole", "Di Eck", "Ed Fox")


@pytest.fixture
def store():
    """A graph in which Ana Bell met some others."""
    with Store.in_memory() as store:
        for number, name in enumerate(NAMES):
            store.add(
                make_extraction(f"Ana Bell met {name}.", article_id=f"a{number}", ends=("Ana Bell", name))
            )
        yield store


def test_description_is_the_same_beside_few_triples_and_many(store, monkeypatch):
    node = entity_node("Ana_Bell")
    few = description_of(store.data, node)
    monkeypatch.setattr(descriptions, "_FEW", 3)
    assert set(description_of(store.data, node)) == set(few)
    assert sorted(quad.predicate.value.rpartition("/")[2].rpartition("#")[2] for quad in few) == [
        "prefLabel",
        "type",
    ]


def test_who_is_unknown_is_not_described(store):
    assert description_of(store.data, entity_node("Zed")) == []
    assert described_entity(store.data, entity_node("Zed"), store.vocabulary) is None
    assert described_entity(store.data, entity_node("Ana_Bell"), store.vocabulary).name == "Ana Bell"
