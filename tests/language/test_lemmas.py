from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.lemmas import Lemmatizer, apply_edit, make_edit

LEMMATIZER = Lemmatizer(
    edits=("l2+", "keep"),
    seen={"VERB|VBD": {"left": "leave"}, "ADJ|JJ": {"United": "United", "united": "united"}},
    lexicon={
        "VERB": {"planned": "plan", "concluded": "conclude"},
        "ADJ": {"glad": "glad"},
        "NOUN": {"libraries": "library"},
    },
)


@pytest.mark.parametrize(
    ("form", "lemma", "edit"),
    [
        ("talks", "talk", "l1+"),
        ("Agreed", "agree", "l1+"),
        ("Riga", "Riga", "keep"),
        ("Nations", "Nation", "c1+"),
        ("went", "go", "=go"),
    ],
)
def test_make_edit_is_the_shortest_script(form, lemma, edit):
    assert make_edit(form, lemma) == edit


@given(st.text(st.characters(codec="ascii", categories=["L"]), min_size=1), st.text("abcXYZ", min_size=1))
def test_apply_edit_undoes_make_edit(form, lemma):
    assert apply_edit(form, make_edit(form, lemma)) == lemma


@pytest.mark.parametrize(
    ("form", "tag", "edit", "lemma"),
    [
        ("Planned", "VERB|VBD|Tense=Past", 0, "plan"),
        ("concluded", "VERB|VBN", 0, "conclude"),
        ("left", "VERB|VBD", 0, "leave"),
        ("left", "ADJ|JJ", 1, "left"),
        ("zoomed", "VERB|VBD", 0, "zoom"),
        ("United", "ADJ|JJ", 1, "United"),
        ("United", "ADJ|JJ", 0, "united"),
        ("Glad", "ADJ|JJ", 0, "glad"),
        ("Libraries", "PROPN|NNPS", 1, "Library"),
        ("Smiths", "PROPN|NNPS", 1, "Smiths"),
    ],
    ids=[
        "lexicon",
        "lexicon, silent e",
        "treebank",
        "other tag",
        "edit script",
        "in a name",
        "not in a name",
        "at the beginning",
        "plural name",
        "unknown plural name",
    ],
)
def test_lemma_asks_treebank_lexicon_and_network_in_turn(form, tag, edit, lemma):
    assert LEMMATIZER.lemma(form, tag, edit) == lemma
