"""JSON files: one object, an array, one object after the other; large, broken, and meaning harm."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import ReadingOptions, read_stream
from kg.errors import ArticleError

ONE = '{"text": "Ana met Bo."}'


class Slow(io.RawIOBase):
    """A stream that gives a byte at a time."""

    def __init__(self, data):
        self._data = io.BytesIO(data)

    def readable(self):
        return True

    def read(self, size=-1):
        return self._data.read(1)


def read(text, name="a.json", stream=io.BytesIO, **options):
    problems: list[ArticleError] = []
    data = text if isinstance(text, bytes) else text.encode()
    found = read_stream(
        stream(data), place=name, name=name, on_problem=problems.append, options=ReadingOptions(**options)
    )
    return [article.id for article in found], [str(problem) for problem in problems]


SHAPES = {
    "object": (ONE, ["a"]),
    "object of several lines": (json.dumps(json.loads(ONE), indent=2), ["a"]),
    "array": (f"[{ONE}, {ONE}]", ["a-1", "a-2"]),
    "array of one": (f" [ {ONE} ] ", ["a-1"]),
    "lines": (f"{ONE}\n{ONE}\n", ["a-1", "a-2"]),
    "no space": (f"{ONE}{ONE}", ["a-1", "a-2"]),
    "mark": (f"\ufeff[{ONE}]", ["a-1"]),
    "ids": ('[{"id": 7, "text": "Ana."}]', ["7"]),
    "empty array": ("[]", []),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shape_of_the_file_is_found(shape):
    text, ids = SHAPES[shape]
    assert read(text) == (ids, [])


@pytest.mark.parametrize("shape", SHAPES)
def test_file_that_comes_slowly_is_read_alike(shape):
    text, ids = SHAPES[shape]
    assert read(text, stream=Slow) == (ids, [])


def test_array_in_utf16_is_read():
    assert read(f"[{ONE}]".encode("utf-16")) == (["a-1"], [])


@pytest.mark.parametrize(
    ("text", "ids"), [(f"[{ONE}]", ["stdin-1"]), (json.dumps({"text": "Ana."}, indent=1), ["stdin"])]
)
def test_standard_input_may_be_json(monkeypatch, text, ids):
    from kg.articles import read_articles

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert [article.id for article in read_articles(["-"])] == ids


PROBLEMS = {
    "no article": (f'[{ONE}, {{"title": "x"}}, {ONE}]', 2, ["article 2: the article has no"]),
    "number": (f"[{ONE}, 7, {ONE}]", 2, ["article 2: an object in braces is needed, not 7"]),
    "cut off": (f'[{ONE}, {{"text": "Bo', 1, ["a.json, article 2: this is not JSON"]),
    "no end": (f"[{ONE}, ", 1, ["a.json: this is not JSON (the array does not end)"]),
    "no comma": (f"[{ONE} {ONE}]", 0, ["after article 1: this is not JSON (a comma is missing)"]),
    "words": ("Ana met Bo.", 0, ["article 1: this is not JSON"]),
    "nested": (f"[{ONE}, {'[' * 100_000}]", 1, ["article 2: this is not JSON"]),
}  # fmt: skip


@pytest.mark.parametrize("case", PROBLEMS)
def test_problem_names_its_article(case):
    text, count, messages = PROBLEMS[case]
    ids, problems = read(text)
    assert len(ids) == count
    assert len(problems) == len(messages)
    assert [
        message for message, problem in zip(messages, problems, strict=True) if message not in problem
    ] == []


def test_bytes_that_are_no_utf8_are_told_with_their_place():
    data = f"[{ONE}, ".encode() + b'{"text": "caf\xe9"}]'
    assert "is not UTF-8" in read(data)[1][0]


def test_large_file_is_not_held():
    count = 20_000
    text = f"[{', '.join([json.dumps({'text': 'Ana met Bo. ' * 50})] * count)}]"
    data = io.BytesIO(text.encode())
    tracemalloc.start()
    found = read_stream(data, place="a", name="a.json", on_problem=print, options=ReadingOptions())
    assert sum(1 for _ in found) == count
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < len(text) / 4


def test_object_that_is_too_long_is_told_and_not_held():
    text = f'[{ONE}, {{"text": "{"x" * 3_000_000}"}}]'
    ids, problems = read(text, largest_article=100_000)
    assert ids == ["a-1"]
    assert problems == [
        "a.json, article 2: this is longer than 100,000 bytes, too long for one article; split or remove it."
    ]


@given(st.text(max_size=100))
def test_any_text_is_articles_or_problems(text):
    read(text.encode("utf-8", "replace"))


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), max_size=5
    )
)
def test_what_is_written_comes_back(texts):
    ids, problems = read(json.dumps([{"id": f"n{n}", "text": text} for n, text in enumerate(texts)]))
    assert (ids, problems) == ([f"n{n}" for n in range(len(texts))], [])
