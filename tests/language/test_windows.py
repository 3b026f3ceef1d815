from __future__ import annotations

from spacy.lang.en import English

from kg.language.layout import Layout
from kg.language.pieces import WordPieces
from kg.language.windows import cut_windows

NLP = English()
# Every letter is a piece, so lengths are easy to count.
LETTERS = "abcdefghijklmnopqrstuvwxyz.!"
PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{c}" for c in LETTERS)])


def windows(text, longest=18):
    doc = Layout()(NLP(text))
    return [[doc[i].text for i in window.tokens] for window in cut_windows(doc, PIECES, longest)]


def test_cut_windows_takes_a_paragraph_each():
    assert windows("one two\n\nthree") == [["one", "two"], ["three"]]


def test_cut_windows_cuts_a_long_paragraph_after_a_sentence():
    assert windows("aaa bbb. ccc ddd. eee fff") == [["aaa", "bbb", ".", "ccc", "ddd", "."], ["eee", "fff"]]


def test_cut_windows_cuts_anywhere_when_there_is_no_end():
    assert windows("aaaa bbbb cccc dddd eeee ffff") == [["aaaa", "bbbb", "cccc", "dddd"], ["eeee", "ffff"]]


def test_cut_windows_loses_no_word():
    text = "aaa bbb. " * 20 + "c" * 100 + " d!"
    assert [word for window in windows(text) for word in window] == [token.text for token in NLP(text)]


def test_cut_windows_bounds_the_pieces_of_one_form():
    (window,) = cut_windows(NLP("a" * 90), PIECES, 500)
    assert window.length == 64


def test_cut_windows_keeps_what_was_preset():
    doc = NLP("one two three")
    doc[1].is_sent_start, doc[2].is_sent_start = True, False
    (window,) = cut_windows(doc, PIECES, 20)
    assert window.starts.tolist()[1:] == [1, -1]


def test_cut_windows_of_white_space_are_none():
    assert windows(" \n ") == []
