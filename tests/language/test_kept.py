"""Records of a document go where the document goes."""

from __future__ import annotations

import datetime
import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from kg.language.kept import keep
from kg.types import Article, EntityType, Evidence

keep("kept_by_a_test", default=())
VALUE = (
    Evidence(text="a", start=0, end=1),
    Article(id="a1", text="", date=datetime.date(2026, 4, 5)),
    {3: ("id",), 4: frozenset({EntityType.PERSON})},
)


@pytest.fixture
def doc() -> Doc:
    return spacy.blank("en")("A text.")


def test_value_has_its_default(doc: Doc) -> None:
    assert doc._.kept_by_a_test == ()


def test_value_is_kept(doc: Doc) -> None:
    doc._.kept_by_a_test = VALUE
    assert doc._.kept_by_a_test is VALUE


def test_value_of_one_document_is_not_that_of_another(doc: Doc) -> None:
    doc._.kept_by_a_test = VALUE
    assert spacy.blank("en")("Another.")._.kept_by_a_test == ()


def test_value_survives_bytes(doc: Doc) -> None:
    doc._.kept_by_a_test = VALUE
    read = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert read._.kept_by_a_test == VALUE
    assert isinstance(next(iter(read._.kept_by_a_test[2][4])), EntityType)


def test_value_survives_a_bin_of_documents(doc: Doc) -> None:
    doc._.kept_by_a_test = VALUE
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (read,) = DocBin(store_user_data=True).from_bytes(data).get_docs(doc.vocab)
    assert read._.kept_by_a_test == VALUE


@pytest.mark.parametrize(
    "value", [pytest.param(print, id="function"), pytest.param(pickle.Unpickler, id="class")]
)
def test_foreign_code_is_refused(doc: Doc, value: object) -> None:
    doc._.kept_by_a_test = value
    data = doc.to_bytes()
    with pytest.raises(pickle.UnpicklingError, match="no record of this package"):
        Doc(doc.vocab).from_bytes(data)
