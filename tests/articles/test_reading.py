"""Reading files, folders and standard input."""

import io
import json
from pathlib import Path

import pytest

from kg.articles import read_articles
from kg.errors import ArticleError

BROKEN = [
    pytest.param("a.txt", b"", r"'.*a\.txt' is empty", id="empty"),
    pytest.param("a.txt", b" \n\t", r"is empty", id="blank"),
    pytest.param("a.txt", b"caf\xe9", r"a\.txt: byte 3 is not UTF-8; save", id="latin-1"),
    pytest.param("a.jsonl", b'{"text": "x"', r"a\.jsonl:1: this is not JSON", id="json"),
    pytest.param("a.jsonl", b'\n["text"]', r"a\.jsonl:2: an object in braces", id="list"),
    pytest.param("a.jsonl", b'{"title": "x"}', r"a\.jsonl:1: the article has no 'text'", id="no text"),
    pytest.param("a.jsonl", b'{"text": 7}', r"field 'text' holds 7; it must be a string", id="type"),
    pytest.param("a.jsonl", b'{"text": "\\ud800"}', r"half of a surrogate pair", id="surrogate"),
    pytest.param("a.jsonl", b'{"text": "x", "date": "2026-02-30"}', r"'2026-02-30' is no date", id="date"),
    pytest.param("a.jsonl", b"[" * 100_000, r"a\.jsonl:1: this is not JSON", id="nested"),
]


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_plain_text_is_kept_whole(tmp_path):
    text = "A title\r\n\r\n  “A” met B.\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    [article] = read_articles([tmp_path / "a.txt"])
    assert (article.id, article.text, article.title, article.date) == ("a", text, "A title", None)


def test_byte_order_mark_is_no_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfA met B.")
    assert next(read_articles([tmp_path / "a.txt"])).text == "A met B."


def test_json_lines_give_every_field(tmp_path):
    fields = {
        "id": 7,
        "url": "u",
        "date": "2019-01-04T10:00:00+00:00",
        "title": "t",
        "source": "s",
        "license": "l",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(fields | {"text": "x", "other": 1}) + "\n")
    [article] = read_articles([tmp_path / "a.jsonl"])
    assert (article.id, article.url, article.title, article.source, article.license) == (
        "7",
        "u",
        "t",
        "s",
        "l",
    )
    assert str(article.date) == "2019-01-04"


def test_broken_line_is_named_and_the_others_are_read(tmp_path):
    write(tmp_path, {"a.jsonl": '{"id": "1", "text": "x"}\n{broken\n\n{"text": "y"}'})
    problems: list[ArticleError] = []
    articles = list(read_articles([tmp_path], on_problem=problems.append))
    assert [article.id for article in articles] == ["1", "a-4"]
    assert [problem.place for problem in problems] == [f"{tmp_path / 'a.jsonl'}:2"]


@pytest.mark.parametrize(("name", "data", "message"), BROKEN)
def test_problem_says_what_and_where(tmp_path, name, data, message):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ArticleError, match=message):
        list(read_articles([tmp_path / name]))


def test_missing_path_is_told_before_anything_is_read(tmp_path):
    with pytest.raises(ArticleError, match=r"There is no file or folder '.*nowhere'; check the path"):
        read_articles([tmp_path, tmp_path / "nowhere"], on_problem=print)


def test_folder_without_articles_is_a_problem(tmp_path):
    with pytest.raises(ArticleError, match=r"holds no file of articles \(\.txt, \.jsonl, .*name the folder"):
        list(read_articles([tmp_path]))


def test_folder_is_read_sorted_and_mixed(tmp_path, caplog):
    write(tmp_path, {"b.txt": "b", "a/z.jsonl": '{"text": "x"}', "c.docx": "p", ".hidden.txt": "h"})
    assert [article.id for article in read_articles([tmp_path])] == ["z-1", "b"]
    assert "Skipped 1 files" in caplog.text


def test_metadata_stand_beside_the_text(tmp_path):
    write(tmp_path, {"a.txt": "x", "a.json": '{"date": "2026-04-05", "title": "t", "source": "s"}'})
    [article] = read_articles([tmp_path])
    assert (article.text, str(article.date), article.title, article.source) == ("x", "2026-04-05", "t", "s")


def test_bad_date_beside_the_text_is_a_problem(tmp_path):
    write(tmp_path, {"a.txt": "x", "a.json": '{"date": "yesterday"}'})
    with pytest.raises(ArticleError, match="'yesterday' is no date; write it as YYYY-MM-DD"):
        list(read_articles([tmp_path]))


@pytest.mark.parametrize(
    ("data", "expected"), [(b"A met B.", "stdin"), (b' {"id": "i", "text": "x"}', "i")], ids=["text", "lines"]
)
def test_standard_input_is_text_or_lines(monkeypatch, data, expected):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [article.id for article in read_articles(["-"])] == [expected]


def test_files_that_tell_of_a_folder_are_passed_over(tmp_path, caplog):
    (tmp_path / "a.txt").write_text("Ana met Bo.")
    (tmp_path / "README.md").write_text("One article, written for a test.")
    assert [article.id for article in read_articles([tmp_path])] == ["a"]
    assert caplog.messages == []


def test_suffix_counts_in_either_case(tmp_path):
    (tmp_path / "a.JSONL").write_text('{"id": "x", "text": "Ana met Bo."}\n')
    (tmp_path / "b.TXT").write_text("Bo met Cy.")
    assert [article.id for article in read_articles([tmp_path])] == ["x", "b"]


def test_file_without_articles_is_refused(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(ArticleError, match=r"a\.docx.*archive or office document; .*save its text as \.txt"):
        list(read_articles([tmp_path / "a.docx"]))
