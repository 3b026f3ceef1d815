"""The graphs of the bundled articles answer what a reader would ask, by SPARQL over typed properties."""

from collections import Counter

import networkx as nx
import pytest

import kg
from kg.__main__ import main
from kg.articles import samples_folder
from kg.cli.graphs import DEMO_QUESTIONS, DEMO_ROWS
from kg.types import Status
from tests.seeds import seed_files

pytestmark = pytest.mark.model

BETWEEN = """
SELECT ?property ?status ?time ?place ?article ?date WHERE {
  ?relation kg:subject|kg:object ?a , ?b ; kg:status ?state ; kg:evidence/nif:referenceContext ?in .
  ?a skos:prefLabel ?one . ?b skos:prefLabel ?other . FILTER(STR(?one) = ?first && STR(?other) = ?second)
  ?in schema:identifier ?article ; schema:datePublished ?date .
  OPTIONAL { ?relation kg:property ?property } OPTIONAL { ?relation kg:time ?time }
  OPTIONAL { ?relation kg:place/skos:prefLabel ?place }
  BIND(LCASE(STRAFTER(STR(?state), "#")) AS ?status)
}"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """The graph of the seeds."""
    with kg.build(seed_files(), tmp_path_factory.mktemp("seeds") / "graph") as built:
        yield built


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The graph of all samples, and where it lies."""
    path = tmp_path_factory.mktemp("samples") / "graph"
    with kg.build(samples_folder(), path) as built:
        yield built, path


def edges(graph, pattern):
    query = f"SELECT ?who ?whom {{ ?a {pattern} ?b . ?a skos:prefLabel ?who . ?b skos:prefLabel ?whom }}"
    return {(row["who"], row["whom"]) for row in graph.query(query)}


def relations_between(graph, first, second):
    text = BETWEEN.replace("?first", f'"{first}"').replace("?second", f'"{second}"')
    return list(graph.query(text))


def test_meeting_is_one_relation_with_day_and_place(graph):
    meetings = [
        row
        for row in relations_between(graph, "Volodymyr Zelensky", "Recep Tayyip Erdoğan")
        if row["time"] == "2026-04-04" and row["property"].endswith("#meets") and row["date"] == "2026-04-05"
    ]
    assert [(row["status"], row["place"]) for row in meetings] == [("asserted", "Istanbul")]


def test_meeting_is_an_edge(graph):
    pair = ("Volodymyr Zelensky", "Recep Tayyip Erdoğan")
    assert edges(graph, "kg:meets") & {pair, pair[::-1]}


def test_planned_talks_are_planned_and_no_edge(graph):
    rows = relations_between(graph, "Vladimir Putin", "Recep Tayyip Erdoğan")
    assert "planned" in {row["status"] for row in rows}
    pair = ("Vladimir Putin", "Recep Tayyip Erdoğan")
    assert not edges(graph, "(kg:meets|kg:talksWith|kg:visits|kg:hosts)") & {pair, pair[::-1]}


def test_turkey_mediates(graph):
    assert {whom for who, whom in edges(graph, "kg:mediates") if who == "Turkey"}


def test_president_of_ukraine_is_known(graph):
    assert ("Volodymyr Zelensky", "Ukraine") in edges(graph, "kg:presidentOf")


def test_agreement_of_ukraine_and_turkey_is_found(graph):
    agreed = graph.relations(subject="Ukraine", relation_class="AGREE", status="asserted")
    assert "Turkey" in {*agreed["object"], *agreed["subject"]}


def test_evidence_is_reproduced_by_its_offsets(graph):
    texts = {article.id: article.text for article in graph.articles()}
    rows = graph.relations()
    assert len(rows) > 20
    assert [texts[row.article][row.start : row.end] for row in rows.itertuples()] == list(rows["evidence"])


# The graph of all samples.


@pytest.mark.parametrize("command", ["validate", "verify"])
def test_graph_of_all_samples_passes(whole, command, capsys):
    graph, path = whole
    assert main([command, str(path)]) == 0
    assert f"{len(graph.articles())} articles" in capsys.readouterr().out


@pytest.mark.parametrize(("question", "parameters"), DEMO_QUESTIONS)
def test_question_of_the_demo_fills_its_table(whole, question, parameters):
    assert len(whole[0].ask(question, parameters)) >= DEMO_ROWS


def test_every_status_and_every_year_is_there(whole):
    rows = whole[0].relations()
    assert set(rows["status"]) == set(Status)
    assert {day[:4] for day in rows["published"]} == {str(year) for year in range(2018, 2027)}
    assert {article.id for article in whole[0].articles()} == set(rows["article"])


def test_most_actors_hang_together(whole):
    network = whole[0].network()
    network.remove_nodes_from(list(nx.isolates(network)))
    largest = max(nx.connected_components(network.to_undirected()), key=len)
    assert len(network) > 200
    assert len(largest) > 0.8 * len(network)


def test_no_actor_is_there_under_two_names(whole):
    entities = whole[0].entities()
    known = entities[~entities["id"].str.contains(r"\.[0-9a-f]{6}$")]
    assert [
        key for key, count in Counter(zip(known["name"], known["type"], strict=True)).items() if count > 1
    ] == []
    people = [name.split() for name in known["name"][known["type"] == "person"]]
    surnames = {words[-1] for words in people if len(words) > 1}
    assert [words for words in people if len(words) == 1 and words[0] in surnames] == []


def test_summit_is_planned_in_one_article_and_cancelled_in_the_next(whole):
    told = whole[0].relations(subject="Donald Trump")
    rows = told[(told["object"] == "Vladimir Putin") & told["article"].str.contains("-budapest-")]
    said = {(row.article[:10], row.predicate, row.status) for row in rows.itertuples()}
    assert ("2025-10-16", "meet", "planned") in said
    assert ("2025-10-22", "cancel meeting with", "asserted") in said


def test_denial_is_negated_and_attributed(whole):
    rows = whole[0].relations(subject="Russia", relation_class="ASSAULT", status="negated")
    assert ("Ukraine", "Sergey Lavrov") in set(zip(rows["object"], rows["attribution"], strict=True))


def test_agreement_is_told_by_several_desks(whole):
    rows = whole[0].relations(relation_class="AGREE", status="asserted")
    pair = [row for row in rows.itertuples() if {row.subject, row.object} == {"Iran", "Saudi Arabia"}]
    assert len({row.article for row in pair}) == 3
    assert len({row.article_source for row in pair}) == 2
