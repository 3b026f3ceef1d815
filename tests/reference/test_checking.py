"""The check of files: the package's, a user's, and a user's version of the package's."""

from __future__ import annotations

import pytest

from kg.__main__ import main
from kg.errors import VocabularyError
from kg.reference import check_files
from kg.vocabulary import ontology_folder

ONTOLOGY = ontology_folder()
OWN = ONTOLOGY / "examples" / "own.ttl"


def test_package_has_no_problems():
    assert check_files().problems == ()


def test_example_of_an_own_ontology_has_no_problems(capsys):
    assert main(["ontology", "check", str(OWN)]) == 0
    assert "own.ttl: 3 terms, in OWL 2 RL, and no problems." in capsys.readouterr().out


def test_own_terms_lack_shapes_only_where_shapes_are_given():
    found = check_files([OWN], shapes=ONTOLOGY / "shapes.ttl").problems
    assert [(problem.term.rpartition("#")[2], problem.rule) for problem in found] == [
        ("coaches>", "shape"),
        ("sponsors>", "shape"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("rdfs:domain kg:Person ; rdfs:range kg:Body ;", "", "kg:presidentOf: It has no rdfs:domain"),
        ('rdfs:label "party"@en ;', "", "kg:Party: It has no rdfs:label"),
        ("kg:Entity a owl:Class ;", "kg:Entity", "kg:Entity: It is used as a class"),
        ("owl:TransitiveProperty", "owl:TransitiveProperty, owl:FunctionalProperty", "kg:locatedIn: It is f"),
    ],
    ids=["ends", "label", "declaration", "profile"],
)
def test_version_of_the_package_takes_its_place(tmp_path, capsys, old, new, message):
    text = (ONTOLOGY / "kg.ttl").read_text("utf-8")
    start = text.index("kg:presidentOf a") if "Person" in old else 0
    (tmp_path / "kg.ttl").write_text(text[:start] + text[start:].replace(old, new, 1), "utf-8")
    assert main(["ontology", "check", str(tmp_path / "kg.ttl")]) == 1
    assert message in capsys.readouterr().out


def test_file_that_is_no_turtle_is_an_error(tmp_path, capsys):
    (tmp_path / "mine.ttl").write_text("my:a my:b", "utf-8")
    assert main(["ontology", "check", str(tmp_path / "mine.ttl")]) == 1
    assert "mine.ttl, line 1" in capsys.readouterr().err
    with pytest.raises(VocabularyError, match=r"mine\.ttl, line 1: .*correct the Turtle"):
        check_files([tmp_path / "mine.ttl"])


def test_folder_is_an_error(tmp_path, capsys):
    assert main(["ontology", "check", str(tmp_path)]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_missing_file_is_wrong_usage(capsys):
    assert main(["ontology", "check", "nowhere.ttl"]) == 2
    assert "no file or folder 'nowhere.ttl'" in capsys.readouterr().err
