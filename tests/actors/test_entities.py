"""One entity for each cluster, with its name, type and id."""

from __future__ import annotations

import datetime

import pytest
from spacy.tokens import Doc

from kg.actors.entities import article_key, entity_of_actor, joined, sector_of, slug
from kg.actors.registry import load_registry
from kg.types import Article, Entity, EntityType, MentionKind
from tests.builders import make_entity
from tests.sentences import parsed, with_entities

ARTICLE = Article(id="a1", text="", date=datetime.date(2023, 5, 10))
LEFT = "left=leave/VERB/0/root"


def document(text: str, *, article: Article = ARTICLE) -> Doc:
    return with_entities(parsed(text), article=article)


def entities(text: str) -> list[Entity]:
    return list(document(text)._.entities)


def names(text: str) -> list[str]:
    return [entity.name for entity in entities(text)]


def test_registry_actor_has_its_id_and_facts() -> None:
    (peru,) = entities("Peruvian/ADJ/2/amod weather/NOUN/0/root")
    assert (peru.id, peru.name, peru.type, peru.country) == ("Peru", "Peru", "country", "PER")
    assert peru.wikidata == "Q419"


def test_nationality_is_no_alias() -> None:
    (peru,) = entities("Peruvian/ADJ/2/amod weather/NOUN/0/root")
    assert "Peruvian" not in peru.aliases


def test_fullest_name_is_the_name() -> None:
    (ana,) = entities(f"Bell@PER/PROPN/2/nsubj {LEFT} | Ana@PER/PROPN/3/nsubj Bell@+/PROPN/1/flat {LEFT}")
    assert (ana.id, ana.name, ana.aliases) == ("Ana_Bell", "Ana Bell", ("Bell",))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Peru/PROPN/3/nmod:poss 's/PART/1/case government/NOUN/0/root", "Peru", id="government"),
        pytest.param("the/DET/3/det Peruvian/ADJ/3/amod army/NOUN/0/root", "Peru", id="army"),
        pytest.param(
            "a/DET/2/det spokesman/NOUN/0/root for/ADP/4/case Zorba@ORG/PROPN/2/nmod", "Zorba", id="spokesman"
        ),
        pytest.param(
            "Peruvian/ADJ/2/amod officials=official/NOUN/0/root/Number=Plur", "Peru", id="officials"
        ),
    ],
)
def test_unnamed_agent_is_his_principal(text: str, name: str) -> None:
    doc = document(text)
    head = next(token for token in doc if token.dep_ == "ROOT")
    (entity_id,) = doc._.referents[head.i]
    assert {entity.id: entity.name for entity in doc._.entities}[entity_id] == name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the/DET/2/det government/NOUN/0/root", id="of nobody"),
        pytest.param("Ana@PER/PROPN/3/nmod:poss 's/PART/1/case spokesman/NOUN/0/root", id="of a person"),
        pytest.param("Peru/PROPN/3/nmod:poss 's/PART/1/case companies=company/NOUN/0/root", id="of no organ"),
    ],
)
def test_other_nominal_is_an_entity_of_its_own(text: str) -> None:
    doc = document(text)
    head = next(token for token in doc if token.dep_ == "ROOT")
    assert doc._.referents[head.i][0].endswith(f".{article_key(doc)}")


def test_unnamed_entities_of_two_articles_are_two() -> None:
    text = "the/DET/2/det rebels=rebel/NOUN/0/root/Number=Plur"
    one, other = (document(text, article=Article(id=id_, text="")) for id_ in ("a1", "a2"))
    assert one._.entities[0].id != other._.entities[0].id
    assert one._.entities[0].name == other._.entities[0].name


def test_named_entity_of_two_articles_is_one() -> None:
    text = f"Ana@PER/PROPN/3/nsubj Bell@+/PROPN/1/flat {LEFT}"
    one, other = (document(text, article=Article(id=id_, text="")) for id_ in ("a1", "a2"))
    assert one._.entities == other._.entities


def test_nominal_has_the_country_of_its_modifier() -> None:
    (_, company) = sorted(
        entities("Peruvian/ADJ/2/amod company/NOUN/0/root"), key=lambda found: len(found.id)
    )
    assert (company.name, company.country) == ("Peruvian company", "PER")


def test_rebels_are_not_their_state() -> None:
    assert "Peruvian rebels" in names("Peruvian/ADJ/2/amod rebels=rebel/NOUN/0/root/Number=Plur")


def test_plural_stands_for_several_entities() -> None:
    doc = document(
        f"Ana@PER/PROPN/4/nsubj and/CCONJ/3/cc Bo@PER/PROPN/1/conj {LEFT} |"
        f" Both/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur {LEFT}"
    )
    assert doc._.referents[5] == ("Ana", "Bo")


def test_mentions_reproduce_the_text() -> None:
    doc = document(f"Ana@PER/PROPN/3/nsubj Bell@+/PROPN/1/flat {LEFT} | She/PRON/2/nsubj {LEFT}")
    assert [doc.text[m.start : m.end] for m in doc._.mentions] == [m.text for m in doc._.mentions]
    assert [m.kind for m in doc._.mentions] == [MentionKind.NAME, MentionKind.PRONOUN]
    assert {m.entity_id for m in doc._.mentions} == {"Ana_Bell"}


def test_known_leader_by_surname_beside_his_state() -> None:
    assert "William Ruto" in names(f"Ruto@PER/PROPN/2/nsubj {LEFT} Kenya/PROPN/2/obj")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Ana Bell", "Ana_Bell"),
        ("the Istanbul process", "Istanbul_Process"),
        ("Al-Qaeda", "Al_Qaeda"),
        ("Erdoğan", "Erdogan"),
        ("!!!", "Unnamed"),
    ],
)
def test_slug(name: str, id_: str) -> None:
    assert slug(name) == id_


def test_joined_keeps_all_names_and_facts() -> None:
    one = make_entity("Ana", aliases=("A. Bell",))
    other = make_entity("Ana Bell", country="PER", sector="GOV")
    found = joined(one, other)
    assert (found.name, found.aliases) == ("Ana", ("A. Bell", "Ana Bell"))
    assert (found.country, found.sector) == ("PER", "GOV")


def test_entity_of_actor_keeps_what_the_article_calls_it() -> None:
    actor = load_registry().actor("Peru")
    assert actor is not None
    assert entity_of_actor(actor, ["Peru", "Republic of Peru"]).aliases == ("Republic of Peru",)


def test_sector_of_the_state_is_its_government() -> None:
    assert sector_of(["body", "state"]) == "GOV"
    assert sector_of(["body"]) is None


def test_article_key_is_stable_and_short() -> None:
    assert article_key(document("Peru/PROPN/0/root")) == article_key(document("Chile/PROPN/0/root"))
    assert len(article_key(document("Peru/PROPN/0/root"))) == 6


def test_entities_are_in_the_order_of_the_text() -> None:
    assert names(f"Bo@PER/PROPN/2/nsubj {LEFT} | Ana@PER/PROPN/2/nsubj {LEFT}") == ["Bo", "Ana"]


def test_type_of_a_name_is_that_of_most_mentions() -> None:
    text = " | ".join([f"Zorba@ORG/PROPN/2/nsubj {LEFT}"] * 2 + [f"Zorba@LOC/PROPN/2/nsubj {LEFT}"])
    assert [entity.type for entity in entities(text)] == [EntityType.ORGANIZATION]
