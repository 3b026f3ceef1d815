"""What the shipped pipeline reads in plain sentences (`sentences.txt`, which says how to read it)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

import pytest
from spacy.language import Language

import kg.extraction
from kg.types import Article, Entity, Relation

pytestmark = pytest.mark.model

PUBLISHED = datetime.date(2023, 5, 10)


def tabled(file: Path) -> list[object]:
    """The sentences of a file, each with its expectations, under the sentence as id."""
    lines = file.read_text("utf-8").splitlines()
    found: dict[str, list[str]] = {}
    sentence = ""
    for line in (line for line in lines if line and not line.startswith("#")):
        if line.startswith(" "):
            found[sentence].append(line.strip())
        else:
            sentence = line
            found[sentence] = []
    return [case(sentence, expected) for sentence, expected in found.items()]


def case(sentence: str, lines: Iterable[str]) -> object:
    """A case of the table, marked where it is known to fail."""
    lines = list(lines)
    reasons = [line.removeprefix("xfail ") for line in lines if line.startswith("xfail ")]
    marks = [pytest.mark.xfail(strict=True, reason=reason) for reason in reasons]
    expected = tuple(line for line in lines if not line.startswith("xfail "))
    return pytest.param(sentence, expected, id=sentence, marks=marks)


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The shipped pipeline; what a construction gives shall be seen also where its kind is seldom right."""
    return kg.extraction.load(min_confidence=0.15)


def short(entity: Entity | None) -> str:
    """The id of an entity, without what keeps unnamed ones of different articles apart."""
    return entity.id.partition(".")[0] if entity else "None"


def facts(relation: Relation) -> dict[str, str]:
    """What an expectation may name by `key=`."""
    return {
        "property": str(relation.property),
        "time": str(relation.time),
        "place": short(relation.place),
        "by": short(relation.attribution),
    }


def is_as_expected(relation: Relation, expectation: str) -> bool:
    """Whether a relation is what an expectation says."""
    subject, relation_class, status, object_, *more = expectation.split()
    ends = (short(relation.subject), short(relation.object))
    if ends != (subject, object_) and not (relation.symmetric and ends == (object_, subject)):
        return False
    wanted = dict(pair.split("=") for pair in more)
    same_kind = (relation.relation_class, relation.status) == (relation_class, status)
    return same_kind and wanted.items() <= facts(relation).items()


def described(relation: Relation) -> str:
    """A relation in the notation of the table, for the message of a failure."""
    more = " ".join(f"{key}={value}" for key, value in facts(relation).items())
    ends = (short(relation.subject), short(relation.object))
    return f"{ends[0]} {relation.relation_class} {relation.status} {ends[1]} {more} ({relation.confidence})"


@pytest.mark.parametrize(("sentence", "expected"), tabled(Path(__file__).with_name("sentences.txt")))
def test_relations_of_a_sentence(nlp: Language, sentence: str, expected: tuple[str, ...]) -> None:
    found = kg.extraction.extract(nlp, Article(id="a1", text=sentence, date=PUBLISHED)).relations
    text = "\n".join(map(described, found))
    for expectation in expected:
        wanted = expectation.removeprefix("no ")
        is_found = any(is_as_expected(relation, wanted) for relation in found)
        assert is_found is (wanted == expectation), f"{expectation!r} in:\n{text}"
