from __future__ import annotations

import pytest
from spacy.lang.en import English

from kg.language.tokenizer import make_tokenizer


@pytest.fixture(scope="module")
def tokenizer():
    return make_tokenizer(English())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the Serbia-Kosovo talks", "the Serbia - Kosovo talks"),
        ("a pro-government co-founder", "a pro-government co-founder"),
        ("the Non-Proliferation Treaty", "the Non-Proliferation Treaty"),
        ("Stop!!! Why??", "Stop !!! Why ??"),
        ("and/or", "and / or"),
        ("Col. Smith", "Col. Smith"),
        ("call 555-123-4567.", "call 555-123-4567 ."),
        ("2019-2021", "2019 - 2021"),
        ("won't", "wo n't"),
        ("the U.N.'s", "the U.N. 's"),
        ("from 2010–2012", "from 2010 – 2012"),
        ("Why?because", "Why ? because"),
        ("in May,2019", "in May , 2019"),
        ("at 10:30", "at 10:30"),
        ("They dunno", "They du n no"),
        ("Wanna go", "Wan na go"),
    ],
)
def test_tokenizer_cuts_as_the_treebanks_do(tokenizer, text, words):
    assert [token.text for token in tokenizer(text)] == words.split()


def test_tokenizer_can_be_saved(tokenizer):
    other = make_tokenizer(English()).from_bytes(tokenizer.to_bytes())
    assert [token.text for token in other("pro-EU call 555-1234")] == ["pro-EU", "call", "555-1234"]
