"""Recognising a title line."""

import pytest

from kg.articles.plain import find_title

TITLES = [
    ("Talks begin\nThe talks began.", "Talks begin"),
    ("\n\nWhat now?\n\nNothing.", "What now?"),
    ("The talks began.\nThey ended.", None),
    ("Only one line", None),
    ("One line\n \n", None),
    ("word " * 60 + "\nrest", None),
    ("ISTANBUL —\nThe talks began.", None),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_title_is_a_short_first_line_that_is_no_sentence(text, title):
    assert find_title(text) == title
