"""Our own annotated articles: every file is whole, and what is broken is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.articles import read_articles
from kg.errors import EvaluationError
from kg.training.annotations import FOLDER, facts_of, read_annotations
from kg.types import EntityType, Status
from kg.vocabulary import load_vocabulary

FILES = sorted(FOLDER.glob("*.json"))
GOOD = {
    "article": "a1",
    "entities": [{"name": "Ana", "type": "person", "aliases": ["Dr. Ana"]}, {"name": "Bo", "type": "person"}],
    "facts": [
        {"subject": 0, "predicate": "meet", "object": 1, "class": "CONSULT", "status": "planned",
         "tier": "core", "symmetric": True, "evidence": [0, 5]},
    ],
}  # fmt: skip


def written(folder: Path, content: object) -> Path:
    file = folder / "a1.json"
    file.write_text(json.dumps(content), "utf-8")
    return file


def test_facts_of(tmp_path: Path) -> None:
    (fact,) = facts_of(written(tmp_path, GOOD))
    assert fact.subject == {"ana", "dr ana"}
    assert fact.object == {"bo"}
    assert (fact.relation_class, fact.status, fact.symmetric, fact.is_core) == (
        "CONSULT",
        "planned",
        True,
        True,
    )


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param({"entities": []}, id="an end that is no entity"),
        pytest.param({"facts": [{"subject": 0}]}, id="a fact without an object"),
        pytest.param({"facts": 3}, id="no list"),
    ],
)
def test_facts_of_says_which_file_is_broken(tmp_path: Path, damage: dict[str, object]) -> None:
    with pytest.raises(EvaluationError, match=r"a1\.json"):
        facts_of(written(tmp_path, GOOD | damage))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_is_whole(file: Path) -> None:
    content = json.loads(file.read_text("utf-8"))
    assert content["article"] == file.stem
    assert {entity["type"] for entity in content["entities"]} <= set(EntityType)
    for fact in content["facts"]:
        assert fact["class"] in load_vocabulary().classes
        assert fact["status"] in set(Status)
        assert fact["tier"] in {"core", "extra"}
        assert fact["subject"] != fact["object"]


def test_annotations_leave_out_what_scores_are_taken_on(shared: Path) -> None:
    scored = {file.stem for file in (shared / "gold").glob("*.jsonl")}
    assert not scored & set(read_annotations())


def test_evidence_lies_within_the_articles(shared: Path) -> None:
    texts = {a.id: a.text for a in read_articles([shared / "articles" / "wikinews-2019.jsonl"])}
    for file in FILES:
        for fact in json.loads(file.read_text("utf-8"))["facts"]:
            start, end = fact["evidence"]
            assert 0 <= start < end <= len(texts[file.stem]), file.stem
