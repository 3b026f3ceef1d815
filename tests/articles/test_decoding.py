"""Bytes into text, and text into the form that is stored and that offsets count."""

from __future__ import annotations

import io
import json
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.articles import ReadingOptions, read_stream
from kg.articles.decoding import decode, in_utf8, stored_form, wide_encoding
from kg.errors import ArticleError

NEWS = "Ana Bell met Bo Cole at the café in Málaga. “It was good,” she said – he’d paid €20 for the Müllers. "
RUSSIAN = "Министр встретился с президентом в столице Перу и обсудил договор о границе. " * 5
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def read(data: bytes, name: str):
    problems: list[ArticleError] = []
    found = read_stream(
        io.BytesIO(data), place=name, name=name, on_problem=problems.append, options=ReadingOptions()
    )
    return list(found), problems


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encoding_is_found(encoding):
    assert decode((NEWS * 3).encode(encoding), place="a") == NEWS * 3


DECLARED = [
    ("iso-8859-9", "Erdoğan"),
    ("windows-1251", "Минск"),
    ("gb18030", "北京"),
    ("ISO-8859-1", "“Málaga”"),
    ("us-ascii", "“Málaga”"),
]


@pytest.mark.parametrize(("declared", "text"), DECLARED)
def test_declared_encoding_counts_where_bytes_are_not_utf8(declared, text):
    used = {"ISO-8859-1": "cp1252", "us-ascii": "cp1252"}.get(declared, declared)
    assert decode(text.encode(used), place="a", declared=declared) == text


@pytest.mark.parametrize("declared", ["no-such-encoding", "base64", "rot13", "utf-8", "idna", "\x00", ""])
def test_declaration_that_is_wrong_counts_for_nothing(declared):
    assert decode((NEWS * 3).encode("cp1252"), place="a", declared=declared) == NEWS * 3


def test_guess_is_told_once(caplog, monkeypatch):
    monkeypatch.setattr("kg.articles.decoding._guesses", iter(range(9)))
    for place in ("a.txt", "b.txt"):
        decode((NEWS * 3).encode("cp1252"), place=place)
    assert [record.message[:49] for record in caplog.records if record.levelname == "WARNING"] == [
        "a.txt is not UTF-8, and declares no encoding; it "
    ]


def test_encoding_of_another_script_is_guessed():
    assert decode(RUSSIAN.encode("koi8-r"), place="a") == RUSSIAN


@pytest.mark.parametrize("data", [b"caf\xe9", bytes(range(128, 256)) * 9, b"\xff" * 200])
def test_bytes_that_tell_too_little_are_refused(data):
    with pytest.raises(ArticleError, match=r"a\.txt: byte \d+ is not UTF-8; save"):
        decode(data, place="a.txt")


@given(ANY_TEXT)
def test_utf8_comes_back_as_it_was(text):
    data = text.encode()
    if wide_encoding(data) is None:
        assert decode(data, place="a") == text.removeprefix("\ufeff")


@given(st.binary(max_size=200), st.sampled_from([None, "utf-16", "cp1252", "utf-7", "koi8-r"]))
def test_bytes_are_text_without_halves_or_refused(data, declared):
    try:
        text = decode(data, place="a", declared=declared)
    except ArticleError:
        return
    assert text.encode().decode() == text


@given(ANY_TEXT)
def test_stored_form_is_normal_and_stays(text):
    stored = stored_form(text)
    assert unicodedata.is_normalized("NFC", stored)
    assert stored_form(stored) == stored
    assert [c for c in stored if unicodedata.category(c) == "Cc" and c not in "\t\n\r\x85"] == []


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85")))
def test_stored_form_moves_no_offset_of_text_that_is_normal(text):
    normal = unicodedata.normalize("NFC", text)
    stored = stored_form(normal)
    assert len(stored) == len(normal)
    assert [
        a for a, b in zip(normal, stored, strict=True) if a != b and unicodedata.category(a) != "Cc"
    ] == []


@given(ANY_TEXT.filter(lambda text: text.strip() and stored_form(text).strip()))
def test_text_is_stored_alike_from_every_format(text):
    plain, _ = read(text.encode(), "a.txt")
    lines, _ = read(json.dumps({"text": text}).encode(), "a.jsonl")
    if wide_encoding(text.encode()) is None and not text.startswith("\ufeff"):
        assert (
            [article.text for article in plain] == [article.text for article in lines] == [stored_form(text)]
        )


@given(st.text(), st.sampled_from(["utf-16", "utf-32"]), st.integers(1, 9))
def test_stream_of_another_encoding_is_one_in_utf8(text, encoding, size):
    assume(not text.startswith("\0"))  # behind the mark of UTF-16 it makes that of UTF-32
    data = text.encode(encoding, "surrogatepass")
    stream = in_utf8(io.BufferedReader(io.BytesIO(data)))
    pieces = iter(lambda: stream.read(size), b"")
    assert b"".join(pieces).decode() == data.decode(encoding, "replace")


NEXT_TO_NOTHING = {
    "nul": ("Ana\x00met Bo.", "Ana met Bo."),
    "escape": ("Ana met Bo.\x1b[31m", "Ana met Bo. [31m"),
    "form feed": ("Ana met Bo.\x0cBo left.", "Ana met Bo.\nBo left."),
    "decomposed": ("Ma\u0301laga", "Málaga"),
    "line ends": ("Ana\r\nBo\rCy\n", "Ana\r\nBo\rCy\n"),
    "private": ("Ana \ue000", "Ana \ue000"),
}


@pytest.mark.parametrize("case", NEXT_TO_NOTHING)
def test_each_odd_character_has_its_rule(case):
    given_text, stored = NEXT_TO_NOTHING[case]
    articles, _ = read(given_text.encode(), "a.txt")
    assert [article.text for article in articles] == [stored]


def test_half_of_a_pair_is_refused_in_every_field():
    for field in ("text", "title", "source"):
        _, [problem] = read(json.dumps({"text": "Ana.", field: "\ud83d"}).encode(), "a.jsonl")
        assert "half of a surrogate pair" in str(problem)


def test_title_is_in_the_form_of_the_text():
    [article], _ = read(json.dumps({"text": "Ma\u0301laga", "title": "Ma\u0301laga\x00"}).encode(), "a.jsonl")
    assert (article.title, article.text) == ("Málaga ", "Málaga")
