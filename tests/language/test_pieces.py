from __future__ import annotations

import pytest

from kg.language.pieces import Shape, WordPieces, case_shape

PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "talk", "##s", ".", "-", "e", "##u", "uber", "$"])


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("talks", Shape.LOWER),
        ("Talks", Shape.TITLE),
        ("NATO", Shape.UPPER),
        ("I", Shape.INITIAL),
        ("McDonald", Shape.MIXED),
        ("G20", Shape.DIGIT),
        ("—", Shape.MARK),
    ],
)
def test_case_shape_tells_how_a_word_is_written(word, shape):
    assert case_shape(word) is shape


@pytest.mark.parametrize(
    ("word", "numbers"),
    [
        ("Talks", (4, 5)),
        ("Über", (10,)),
        ("E-Talk.", (8, 7, 4, 6)),
        ("$", (11,)),
        ("talk\u200b", (4,)),
        ("xyz", (1,)),
        ("x" * 101, (1,)),
        ("\u0301", (1,)),
    ],
    ids=[
        "longest first",
        "accent",
        "marks apart",
        "symbol",
        "invisible",
        "unknown",
        "too long",
        "nothing left",
    ],
)
def test_cut_gives_the_pieces_of_bert(word, numbers):
    assert PIECES.cut(word) == numbers


def test_cut_is_remembered():
    assert PIECES.cut("talks") is PIECES.cut("talks")
