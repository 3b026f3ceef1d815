"""The graph of the bundled articles answers what a reader would ask, by SPARQL over typed properties."""

import pytest

import kg
from kg.articles import samples_folder

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
    with kg.build(samples_folder(), tmp_path_factory.mktemp("samples") / "graph") as built:
        yield built


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
