"""CSV, TSV and Parquet: which column holds what, rows that are broken, and tables that mean harm."""

from __future__ import annotations

import csv
import datetime
import io
import tracemalloc
import unicodedata

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import ReadingOptions, count_articles, read_articles, read_stream
from kg.articles.columns import find_columns
from kg.errors import ArticleError
from kg.types import DateBasis

HEADER = "headline,body,published,link,outlet\n"
ROW = 'Talks begin,"Ana met Bo, in Oslo.",2026-04-05,https://oslo.example/talks,Oslo Post\n'


def read(data, name="a.csv", **options):
    problems: list[ArticleError] = []
    stream = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    found = read_stream(
        stream, place=name, name=name, on_problem=problems.append, options=ReadingOptions(**options)
    )
    return list(found), [str(problem) for problem in problems]


@pytest.fixture(autouse=True)
def _tell_anew():
    from kg.articles import columns

    columns._told.cache_clear()


def test_usual_names_of_columns_are_known_and_told_once(caplog):
    for _ in range(2):
        [article], problems = read(HEADER + ROW)
    assert (article.id, article.url, article.title) == (*["https://oslo.example/talks"] * 2, "Talks begin")
    assert (article.text, article.source) == ("Ana met Bo, in Oslo.", "Oslo Post")
    assert (article.published, article.date_basis) == ("2026-04-05", DateBasis.GIVEN)
    assert problems == []
    [message] = caplog.messages
    assert message.startswith(
        "Columns of a.csv: text=body, date=published, title=headline, source=outlet, url=link"
    )


def test_columns_that_are_given_come_first():
    data = "text,story,when,n\nno,Ana met Bo.,2026-04,7\n"
    [article], _ = read(data, columns={"text": "story", "date": "when", "id": "n"})
    assert (article.id, article.text, article.published) == ("7", "Ana met Bo.", "2026-04")


def test_columns_of_json_lines_and_json_are_mapped_too():
    for name, data in (
        ("a.jsonl", '{"body": "Ana met Bo.", "text": 7}'),
        ("a.json", '[{"body": "Ana met Bo."}]'),
    ):
        [article], problems = read(data, name, columns={"text": "body"})
        assert (article.text, problems) == ("Ana met Bo.", [])


def test_column_that_is_not_there_is_told():
    _, [problem] = read(HEADER + ROW, columns={"date": "day"})
    assert problem.startswith("'a.csv' has no column 'day' for 'date'; its columns are 'headline', 'body', ")


def test_table_without_text_says_how_to_map():
    _, [problem] = read("a,b\n1,2\n")
    assert "no column that is known to hold the text; its columns are 'a', 'b'." in problem
    assert "--column text=NAME" in problem


def test_unknown_field_cannot_be_mapped():
    with pytest.raises(ArticleError, match="There is no field 'author' to map; choose of text, id"):
        ReadingOptions(columns={"author": "by"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(delimiter):
    data = f'"a;b,c|d"{delimiter}text{delimiter}title\n1{delimiter}Ana met Bo.{delimiter}Talks\n'
    [article], _ = read(data)
    assert (article.text, article.title) == ("Ana met Bo.", "Talks")


def test_tabs_part_cells_where_the_name_says_so():
    [article], _ = read("text\tid,x\nAna, Bo, Cy, Di met.\t7\n", "a.tsv", columns={"id": "id,x"})
    assert (article.id, article.text) == ("7", "Ana, Bo, Cy, Di met.")


def test_lines_within_a_cell_stay():
    [article, other], _ = read('id,text\n1,"Ana met Bo.\r\n\r\nBo said ""no""."\n2,Cy left.\n')
    assert (article.text, other.id) == ('Ana met Bo.\r\n\r\nBo said "no".', "2")


NOTHING = ["", " ", "nan", "NaN", "NULL", "None", "N/A", "NaT"]


@pytest.mark.parametrize("cell", NOTHING)
def test_what_programs_write_for_nothing_is_nothing(cell):
    [article], problems = read(f"id,text,date,title\n{cell},Ana met Bo.,{cell},{cell}\n")
    assert (article.id, article.date, article.title, problems) == ("a-1", None, None, [])


def test_text_none_is_a_text():
    assert read("id,text\n1,None\n")[0][0].text == "None"


DATES = [
    ("2026-04-05 10:00:00", "2026-04-05"),
    ("April 5, 2026", "2026-04-05"),
    ("Sun, 05 Apr 2026 23:30:00 -0500", "2026-04-05"),
    ("2026-04", "2026-04"),
    ("2026", "2026"),
]


@pytest.mark.parametrize(("cell", "published"), DATES)
def test_dates_of_usual_forms_are_read(cell, published):
    assert read(f'id,text,date\n1,Ana met Bo.,"{cell}"\n')[0][0].published == published


def test_date_with_two_meanings_is_refused():
    articles, [problem] = read("id,text,date\n1,Ana met Bo.,04/05/2026\n2,Bo left.,2026\n")
    assert [article.id for article in articles] == ["2"]
    assert problem.startswith("a.csv:2: '04/05/2026' is no date; write it as YYYY-MM-DD")


def test_broken_rows_are_named_and_the_others_read():
    data = 'id,text\n1,Ana met Bo.\n2,a,b,c\n3,\n\n4,"Cy\nleft."\n5,Di left.\n6\n'
    articles, problems = read(data)
    assert [article.id for article in articles] == ["1", "4", "5"]
    assert [problem.split(": ")[0] for problem in problems] == ["a.csv:3", "a.csv:4", "a.csv:9"]
    assert "the row has 4 cells, and the table 2 columns" in problems[0]


@pytest.mark.slow
def test_header_that_is_broken_is_told(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,te\rxt\na,Ana met Bo.\n")
    problems = []
    assert list(read_articles([tmp_path / "a.csv"], on_problem=problems.append)) == []
    assert "a.csv:1: this is no row of a table" in str(problems[0])


def test_quotation_mark_that_stays_open_is_named_and_not_held():
    rows = "".join(f"{n},Ana met minister {n}.\n" for n in range(50_000))
    tracemalloc.start()
    articles, problems = read(f'id,text\n0,"Bo left.\n{rows}', largest_article=100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problems[0].startswith("a.csv:2: this is longer than 100,000 bytes")
    assert articles[-1].id == "49999"
    assert peak < 60_000_000


def test_long_cell_is_read():
    long = "Ana met Bo. " * 20_000  # the library's own bound is 131,072 characters
    assert read(f"id,text\n1,{long}\n")[0][0].text == long


def test_lines_in_an_older_encoding_are_read():
    text = "Ana Bell met Bo Cole at the café in Málaga, and paid €20."
    [article], _ = read(
        f"id,text\n1,{text}\n".encode("cp1252") if False else f'id,text\n1,"{text}"\n'.encode("cp1252")
    )
    assert article.text == text


def test_table_in_utf16_is_read():
    [article], _ = read("id\ttext\n1\tAna met Bó.\n".encode("utf-16"))
    assert article.text == "Ana met Bó."


def test_address_of_a_site_is_no_id():
    articles, _ = read("text,url\nAna met Bo.,https://oslo.example/\nBo left.,https://oslo.example/\n")
    assert [article.id for article in articles] == ["a-1", "a-2"]


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1).filter(
    str.strip
)


@given(st.lists(CELLS, min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_what_is_written_comes_back(texts, delimiter):
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([["id", "text"], *([str(n), text] for n, text in enumerate(texts))])
    articles, problems = read(written.getvalue())
    assert problems == []
    assert [article.text for article in articles] == [unicodedata.normalize("NFC", text) for text in texts]


@given(st.binary(max_size=300))
def test_any_bytes_are_articles_or_problems(data):
    read(b"id,text\n" + data)


# Parquet


def write(folder, **columns):
    path = folder / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=2)
    return path


def read_path(path, **options):
    problems: list[ArticleError] = []
    found = read_articles([path], on_problem=problems.append, options=ReadingOptions(**options))
    return list(found), [str(problem) for problem in problems]


def test_parquet_is_read_with_its_types(tmp_path):
    path = write(
        tmp_path,
        id=[7, 8, 9],
        body=["Ana met Bo.", None, "Cy left."],
        date=[datetime.date(2026, 4, 5), None, datetime.date(2026, 4, 6)],
        crawled_at=[datetime.datetime(2026, 5, 1, 10, tzinfo=datetime.UTC)] * 3,
        score=[1.0, float("nan"), 2.0],
    )
    articles, problems = read_path(path)
    assert [(article.id, article.published) for article in articles] == [
        ("7", "2026-04-05"),
        ("9", "2026-04-06"),
    ]
    assert articles[0].retrieved == datetime.datetime(2026, 5, 1, 10, tzinfo=datetime.UTC)
    assert problems == [f"{path}, row 2: the article has no 'text'; give it one."]
    assert count_articles([path]) == 3


def test_parquet_of_a_folder_is_found_and_remote_too(tmp_path):
    import fsspec

    path = write(tmp_path, text=["Ana met Bo."])
    assert [article.id for article in read_path(tmp_path)[0]] == ["a-1"]
    fsspec.filesystem("memory").pipe("/p/a.parquet", path.read_bytes())
    assert [article.id for article in read_path("memory://p/a.parquet")[0]] == ["a-1"]


def test_long_text_of_a_table_is_told(tmp_path):
    path = write(tmp_path, text=["Ana met Bo. " * 100, "Bo left."])
    articles, [problem] = read_path(path, largest_article=500)
    assert [article.id for article in articles] == ["a-2"]
    assert "row 1: this is longer than 500 bytes" in problem


DAMAGES = {
    "cut off": (lambda data: data[:-20], "is no Parquet file, or is damaged"),
    "page": (lambda data: data[:4] + b"\xff" * 20 + data[24:], "is no Parquet file, or is damaged"),
    "letters": (
        lambda data: data.replace(b"Ana", b"\xff\xfe\xfd"),
        "the field 'text' cannot be read ('utf-8'",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_parquet_is_told(tmp_path, damage):
    change, message = DAMAGES[damage]
    path = write(tmp_path, text=["Ana met Bo."])
    path.write_bytes(change(path.read_bytes()))
    articles, [problem] = read_path(path)
    assert articles == []
    assert message in problem


@given(st.integers(0, 2000), st.integers(0, 255))
def test_any_damage_is_told_or_does_no_harm(tmp_path_factory, place, value):
    path = write(tmp_path_factory.mktemp("p"), text=["Ana met Bo."] * 9)
    data = bytearray(path.read_bytes())
    data[place % len(data)] = value
    path.write_bytes(data)
    articles, problems = read_path(path)
    assert problems or len(articles) == 9


def test_parquet_from_standard_input_is_refused(tmp_path, monkeypatch):
    data = write(tmp_path, text=["Ana met Bo."]).read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert "is read from its end; give its path" in read_path("-")[1][0]


def test_names_are_told_apart_by_more_than_case():
    assert find_columns(["Publication Date", "FULL-TEXT"], {}, place="a") == {
        "text": "FULL-TEXT",
        "date": "Publication Date",
    }
