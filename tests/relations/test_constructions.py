"""What the rules draft in sentences of one construction each (`constructions.txt`), however sure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from spacy.language import Language

import kg.extraction
from kg.relations.statements import Relations
from kg.types import Article, Relation
from tests.relations.test_sentences import PUBLISHED, described, is_as_expected, tabled

pytestmark = pytest.mark.model
TABLE = Path(__file__).with_name("constructions.txt")
LEAST_CASES = 8


@pytest.fixture(scope="module")
def nlp() -> Language:
    return kg.extraction.load()


def drafted(nlp: Language, sentence: str) -> list[Relation]:
    """Every relation that the rules draft in a sentence."""
    doc = nlp(kg.extraction.document(nlp, Article(id="a1", text=sentence, date=PUBLISHED)))
    component = nlp.get_pipe("kg_relations")
    assert isinstance(component, Relations)
    return [relation for _, relation in component.stated(doc)]


def is_found(relations: Iterable[Relation], expectation: str) -> bool:
    """Whether relations hold what an expectation says; `*` in it stands for anything."""
    subject, relation_class, status, object_ = expectation.split()
    return any(
        is_as_expected(
            relation,
            " ".join(
                (
                    subject,
                    str(relation.relation_class) if relation_class == "*" else relation_class,
                    str(relation.status) if status == "*" else status,
                    object_,
                )
            ),
        )
        for relation in relations
    )


@pytest.mark.parametrize(("sentence", "expected"), tabled(TABLE))
def test_drafts_of_a_construction(nlp: Language, sentence: str, expected: tuple[str, ...]) -> None:
    found = drafted(nlp, sentence)
    text = "\n".join(map(described, found))
    for expectation in expected:
        wanted = expectation.removeprefix("no ")
        assert is_found(found, wanted) is (wanted == expectation), f"{expectation!r} in:\n{text}"


def test_each_construction_has_cases_for_and_against() -> None:
    sections = TABLE.read_text("utf-8").split("\n\n# ")[1:]
    for section in sections:
        lines = [line for line in section.splitlines()[1:] if line and not line.startswith("#")]
        cases = [line for line in lines if not line.startswith(" ")]
        against = [line for line in lines if line.startswith("    no ")]
        assert len(cases) >= LEAST_CASES, section.splitlines()[0]
        assert against, section.splitlines()[0]


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("Iran received assistance from Russia.", "Russia aid Iran"),
        ("Iran faced criticism from France.", "France criticize Iran"),
        ("Turkey employs Ana Bell.", "Ana_Bell serve as member of staff of Turkey"),
        ("The European Union includes Poland.", "Poland belong to European_Union"),
        ("Osama bin Laden was killed in an American operation.", "United_States kill Osama_bin_Laden"),
        ("Angela Merkel lost to Emmanuel Macron.", "Emmanuel_Macron defeat Angela_Merkel"),
        ("Iran was criticised by France.", "France criticise Iran"),
    ],
)
def test_predicate_is_said_of_the_subject(nlp: Language, sentence: str, read: str) -> None:
    """Also where the sentence says it of the object: an edge is read from its subject."""
    found = [f"{one.subject.id} {one.predicate} {one.object.id}" for one in drafted(nlp, sentence)]
    assert found == [read]
