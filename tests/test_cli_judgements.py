"""The commands that show and correct which entities are one."""

import pytest

from tests.test_cli import no_model  # noqa: F401  (a fixture)


@pytest.fixture
def graph(kg, tmp_path):
    (tmp_path / "a.txt").write_text("Hizbolla met Ana.")
    (tmp_path / "b.txt").write_text("Hezbolla met Bo.")
    assert kg("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "graph")[0] == 0
    return tmp_path / "graph"


def subjects(kg, graph):
    text = "SELECT DISTINCT ?n { ?r kg:property ?p ; kg:subject/skos:prefLabel ?n } ORDER BY ?n"
    return kg("query", graph, text, "--format", "csv")[1].split()[1:]


def test_judge_joins_two_and_takes_it_back(kg, graph):
    assert subjects(kg, graph) == ["Hezbolla", "Hizbolla"]
    code, out, _ = kg("judge", graph, "Hizbolla", "Hezbolla", "same", "--reason", "one movement")
    assert (code, "Hizbolla and Hezbolla: same." in out) == (0, True)
    assert subjects(kg, graph) == ["Hezbolla"]
    assert "one movement" in kg("judgements", graph)[1]
    assert kg("judge", graph, "Hizbolla", "Hezbolla", "withdraw")[0] == 0
    assert subjects(kg, graph) == ["Hezbolla", "Hizbolla"]


def test_judgement_on_whom_no_article_names_is_told_to_wait(kg, graph):
    assert "wait for entities" not in kg("judge", graph, "Ana", "Bo", "different")[2]
    assert "1 judgements wait for entities" in kg("judge", graph, "Anna", "Bo", "different")[2]


def test_judgements_are_listed_by_verdict(kg, graph):
    kg("judge", graph, "Ana", "Bo", "different")
    assert "different" in kg("judgements", graph, "--verdict", "different")[1]
    assert "0 judgements" in kg("judgements", graph, "--verdict", "same")[2]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("Ana", "Bo", "equal"), 2, "no verdict 'equal'; give one of same, different, unsure, withdraw"),
        (("Ana", "Bo", "withdraw"), 1, "You have not judged 'Ana' and 'Bo'"),
        (("Ana", "Ana", "same"), 1, "'Ana' and 'Ana' are both the entity 'Ana'"),
    ],
)
def test_wrong_judgement_is_told(kg, graph, arguments, code, message):
    found, _, err = kg("judge", graph, *arguments)
    assert found == code
    assert message in " ".join(err.replace("│", " ").split())


def test_build_takes_judgements_and_tells_of_them(kg, graph, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("one,other,verdict\nHizbolla,Hezbolla,same\nNobody,Ana,same\n")
    _, out, _ = kg("build", tmp_path / "a.txt", "-o", graph, "--judgements", file)
    assert "1 entities are shown as another, 0 pairs are unsure, 1 judgements wait for their entities" in out
    assert subjects(kg, graph) == ["Hezbolla"]


def test_broken_file_of_actors_is_told(kg, tmp_path):
    (tmp_path / "a.txt").write_text("Ana met Bo.")
    (tmp_path / "own.csv").write_text("name,type\nAna,robot\n")
    code, _, err = kg("build", tmp_path / "a.txt", "-o", tmp_path / "g", "--actors", tmp_path / "own.csv")
    assert (code, "line 2, column 'type': there is no type 'robot'" in err) == (1, True)
