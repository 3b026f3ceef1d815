from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from spacy.lang.en import English

from kg.language.batches import LONGEST_WINDOW
from kg.language.layout import Layout
from kg.language.pieces import WordPieces
from kg.language.windows import WindowCutter

NLP = English()
# Every letter is a piece, so lengths are easy to count.
LETTERS = "abcdefghijklmnopqrstuvwxyz.!"
PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{c}" for c in LETTERS)])


def cut(doc, longest=18, overlap=0):
    return list(WindowCutter(PIECES, longest=longest, overlap=overlap).cut(doc))


def owned(text, longest=18, overlap=0):
    """The words that each window owns."""
    doc = Layout()(NLP(text))
    return [[doc[i].text for i in window.tokens[window.own]] for window in cut(doc, longest, overlap)]


def read(text, longest=18, overlap=0):
    """The words that each window reads."""
    doc = Layout()(NLP(text))
    return [[doc[i].text for i in window.tokens] for window in cut(doc, longest, overlap)]


def test_cut_takes_a_paragraph_each():
    assert owned("one two\n\nthree") == [["one", "two"], ["three"]]


def test_cut_cuts_a_long_paragraph_after_a_sentence():
    assert owned("aaa bbb. ccc ddd. eee fff") == [["aaa", "bbb", ".", "ccc", "ddd", "."], ["eee", "fff"]]


def test_cut_keeps_a_sentence_whole_that_is_longer_than_a_window():
    text = "aaaa bbbb cccc dddd eeee ffff. gggg hhhh."
    assert owned(text) == [text[:30].replace(".", " .").split(), ["gggg", "hhhh", "."]]


def test_cut_cuts_anywhere_what_is_too_long_for_the_network():
    windows = owned("abcd " * 300, longest=160)
    assert [len(window) for window in windows] == [40] * 5 + [100]


def test_cut_reads_beyond_each_cut():
    assert read("aaa bbb. ccc ddd. eee fff", overlap=4) == [
        ["aaa", "bbb", ".", "ccc", "ddd", ".", "eee"],
        ["ddd", ".", "eee", "fff"],
    ]


def test_cut_reads_nothing_of_other_paragraphs():
    assert read("aaa\n\nbbb\n\nccc", overlap=10) == [["aaa"], ["bbb"], ["ccc"]]


def test_cut_leaves_the_closing_quote_with_its_sentence():
    assert owned('"aaa bbb." "ccc ddd eee" fff') == [
        ['"', "aaa", "bbb", ".", '"'],
        ['"', *"ccc ddd eee".split(), '"', "fff"],
    ]


def test_cut_begins_a_sentence_at_each_cut():
    doc = NLP("aaa bbb. ccc ddd. eee fff")
    assert [window.starts.tolist() for window in cut(doc, overlap=4)] == [
        [1, 0, 0, 0, 0, 0, 1],
        [0, 0, 1, 0],
    ]


@example(["x" * 100] * 9, 500, 0)
@example(["d", "."] * 90 + ["d"] * 416 + [".", "x" * 100], 160, 32)
@given(
    st.lists(st.sampled_from(["abc", "d", ".", "\n\n", "x" * 100]), max_size=300),
    st.integers(1, 500),
    st.integers(0, 200),
)
def test_cut_owns_every_word_once_and_reads_no_more_than_fits(words, longest, overlap):
    doc = NLP(" ".join(words))
    windows = cut(doc, longest, overlap)
    found = [int(i) for window in windows for i in window.tokens[window.own]]
    assert found == [token.i for token in doc if not token.is_space]
    assert all(window.length <= LONGEST_WINDOW for window in windows)


def test_cut_bounds_the_pieces_of_one_form():
    (window,) = cut(NLP("a" * 90), 500)
    assert window.length == 64


def test_cut_keeps_what_was_preset():
    doc = NLP("one two three")
    doc[1].is_sent_start, doc[2].is_sent_start = True, False
    (window,) = cut(doc, 20)
    assert window.starts.tolist()[1:] == [1, -1]


def test_cut_ends_no_window_where_no_sentence_may_begin():
    doc = NLP("aaa bbb. ccc ddd. eee fff")
    doc[6].is_sent_start = False
    assert [[doc[i].text for i in window.tokens[window.own]] for window in cut(doc)] == [
        ["aaa", "bbb", "."],
        ["ccc", "ddd", ".", "eee", "fff"],
    ]


def test_cut_of_white_space_gives_nothing():
    assert owned(" \n ") == []
