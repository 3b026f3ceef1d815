from __future__ import annotations

import pytest
from spacy.lang.en import English

from kg.language.layout import Layout

NLP = English()


def starts(text, **settings):
    return [token.text for token in Layout(**settings)(NLP(text)) if token.is_sent_start]


@pytest.mark.parametrize(
    ("text", "first_words"),
    [
        ("One. Two.", ["One"]),
        ("A title\n\nThe text.\nMore.", ["A", "The", "More"]),
        ("  \n\nThe text.", ["  \n\n", "The"]),
        ("GENEVA — The talks began.", ["GENEVA", "The"]),
        ("GENEVA, March 3 (Agency) - Talks began.", ["GENEVA", "Talks"]),
        ("Geneva (AP) -- Talks began.", ["Geneva", "Talks"]),
        ("Geneva, 4 April 2025 — “We” began.", ["Geneva", "“"]),
        ("UNITED NATIONS – The council met.", ["UNITED", "The"]),
        ("Smith — who was ill — left.", ["Smith"]),
        ("NATO - the alliance - met.", ["NATO"]),
        ('He said "no." Ana left.', ["He", "Ana"]),
        ("He said “we saw it.” Then he left.", ["He", "Then"]),
        ('He wrote "no." and left.', ["He"]),
        ('He asked "why?" Ana said.', ["He"]),
        ('He said no. "Ana left."', ["He"]),
        ('They met at "Acme Inc." Monday.', ["They"]),
    ],
    ids=[
        "left open",
        "lines",
        "leading space",
        "city",
        "date and agency",
        "agency",
        "date",
        "two words",
        "aside",
        "aside of capitals",
        "quoted sentence",
        "curly quotes",
        "quotation inside a sentence",
        "question that somebody asks",
        "quotation that begins",
        "abbreviation",
    ],
)
def test_layout_marks_lines_and_datelines(text, first_words):
    assert starts(text) == first_words


def test_layout_leaves_datelines_when_told_so():
    assert starts("GENEVA — The talks began.", dateline=False) == ["GENEVA"]


def test_layout_takes_an_empty_document():
    assert starts("") == []
