"""What a graph, its entities, articles and relations look like in a notebook and on a terminal."""

import pandas as pd
import pytest

import kg
from kg.builder import build_graph
from kg.cards import Statements, graph_card
from kg.errors import ExportError, StoreError
from kg.store import Store
from tests.display.shown import HOSTILE, PLAIN, Elements, extraction
from tests.test_builder import build_meetings, fake_extractor


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    with kg.open(build_meetings(tmp_path_factory.mktemp("graph"))) as opened:
        yield opened


def words(record):
    return Elements(record._repr_html_()).spaced


def test_graph_is_shown_by_its_counts(graph):
    assert repr(graph) == "Graph of 2 articles: 3 entities, 3 relations\nMost relations: Bo 3, Ana 2, Cy 1"
    assert "2 articles, 3 entities, 3 relations" in words(graph)
    assert "Most relations Bo 3 Ana 2 Cy 1" in words(graph)


def test_empty_graph_is_shown_too():
    card = graph_card(Store.in_memory())
    assert "0 articles, 0 entities, 0 relations" in words(card)


def test_closed_graph_can_still_be_printed(tmp_path):
    (tmp_path / "a.txt").write_text("Ana met Bo.")
    build_graph([tmp_path / "a.txt"], tmp_path / "graph", extractor=fake_extractor)
    opened = kg.open(tmp_path / "graph")
    opened.close()
    assert repr(opened) == "Graph that cannot be read"


def test_entity_is_found_by_name_and_shown_with_its_neighbours(graph):
    bo = graph.entity("bo")
    assert (bo.id, bo.name, bo.type, bo.names) == ("Bo", "Bo", "person", ("Bo",))
    assert bo.iri == graph.entities().set_index("name")["iri"]["Bo"]
    assert (bo.country, bo.sector, bo.wikidata) == (None, None, None)
    assert "Most relations with Ana 2 Cy 1" in words(bo)
    assert repr(bo).splitlines()[-1] == "Most relations with: Ana 2, Cy 1"


def test_entity_that_is_not_there_is_told(graph):
    with pytest.raises(ExportError, match="No entity is named 'Zoe'"):
        graph.entity("Zoe")


def test_name_of_several_entities_is_told(tmp_path):
    store = Store.in_memory()
    for name, id_ in (("Bell", "Bell_1"), ("Bell", "Bell_2")):
        found = extraction(name)
        ends = {end.id: end for end in found.entities}
        one = ends["ana"].__class__(id=id_, name="Bell", type="person")
        relation = kg.Relation(
            subject=one, predicate="meet", property="meets", relation_class="CONSULT", object=ends["bo"],
            evidence=found.relations[0].evidence,
        )  # fmt: skip
        article = kg.Article(id=id_, text=found.article.text)
        store.add(kg.Extraction(article=article, entities=(one, ends["bo"]), relations=(relation,)))
    with pytest.raises(ExportError, match="2 entities are named 'Bell': Bell"):
        kg.Graph(store).entity("Bell")
    assert kg.Graph(store).entity("Bell_1").id == "Bell_1"


def test_article_is_shown_with_its_evidence(graph):
    article = graph.article("a")
    assert article.text == "Ana met Bo. Bo met Cy."
    assert [one.object.name for one in article.relations] == ["Bo", "Cy"]
    assert article._repr_html_().count("<mark") == 2
    assert "Ana meet Bo (CONSULT, asserted, 0.90)\n    “Ana met Bo.”" in repr(article)


def test_article_that_is_not_there_is_told(graph):
    with pytest.raises(StoreError, match="no article 'zzz'"):
        graph.article("zzz")


def test_statements_are_a_list_that_is_shown_with_its_sentences(graph):
    statements = graph.statements(subject="Ana")
    assert statements == list(statements)
    assert isinstance(statements[:1], Statements)
    assert "Ana meet Bo asserted · CONSULT · 0.90" in words(statements)
    assert repr(statements[:1]) == "Ana meet Bo (CONSULT, asserted, 0.90)\n    “Ana met Bo.” [a]\n1 relation"


def test_many_statements_say_how_many_are_shown(graph):
    many = Statements(list(graph.statements()) * 30)
    assert words(many).endswith("50 of 90 relations shown")
    assert repr(many).endswith("10 of 90 relations")


def test_relations_stay_a_plain_data_frame(graph):
    assert type(graph.relations()) is type(graph.entities()) is pd.DataFrame


def test_rows_are_shown_short_and_counted(graph):
    rows = graph.query("SELECT ?who ?n { ?who kg:meets ent:Cy BIND(7 AS ?n) }")
    assert words(rows) == "who n ent:Bo 7 1 row"
    assert repr(rows) == "who     n\nent:Bo  7\n1 row"


def test_many_rows_say_how_many_are_shown(graph):
    rows = graph.query("SELECT ?s ?p ?o { ?s ?p ?o }")
    assert len(rows) > 50
    assert words(rows).endswith(f"50 of {len(rows)} rows shown; .to_pandas() has all")


def test_answer_of_no_columns_is_shown(graph):
    assert repr(graph.query("SELECT * {}")) == "0 rows"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_graph_is_shown_as_text(name):
    store = Store.in_memory()
    store.add(extraction(visible_name := name.replace("\x00", "")))
    graph = kg.Graph(store)
    cards = [
        graph,
        graph.entity("ana"),
        graph.article(visible_name),
        graph.statements(),
        graph.ask("top-actors"),
    ]
    for card in cards:
        elements = Elements(card._repr_html_())
        assert not elements.open
        assert elements.names <= PLAIN
        assert elements.attributes <= {"class", "title", "style"}
        assert not {"\x1b"} & set(repr(card) + elements.text)


def test_id_names_one_entity_though_it_is_also_the_name_of_another():
    store = Store.in_memory()
    for id_, name in (("Bell", "Ana Bell"), ("Bell_2", "Bell")):
        found = extraction(name)
        one = kg.Entity(id=id_, name=name, type=kg.EntityType.PERSON)
        article = kg.Article(id=id_, text=found.article.text)
        store.add(kg.Extraction(article=article, entities=(one,), mentions=(mention_of(one),)))
    assert kg.Graph(store).entity("Bell").name == "Ana Bell"


def mention_of(entity):
    return kg.Mention(start=0, end=3, text=entity.name[:3], kind=kg.MentionKind.NAME, entity_id=entity.id)
