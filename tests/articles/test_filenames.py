"""Dates of files and folders: those that are meant as dates, to what is certain."""

from __future__ import annotations

import pytest

from kg.articles.filenames import read_path

PATHS = [
    ("2026/04/05/name.txt", (2026, 4, 5)),
    ("/data/2026/04/name.txt", (2026, 4, None)),
    ("/data/2026/name.txt", (2026, None, None)),
    ("2026-04-05-name.txt", (2026, 4, 5)),
    ("2026_04_05.html", (2026, 4, 5)),
    ("20260405_name.html", (2026, 4, 5)),
    ("2026-04-name.txt", (2026, 4, None)),
    ("2026-04/name.txt", (2026, 4, None)),
    ("/data/2026-04-05/name.txt", (2026, 4, 5)),
    ("news_05-04-2026.txt", (2026, None, None)),
    ("news_25.04.2026.txt", (2026, 4, 25)),
    ("2018-01-01_2018-01-05.txt", (2018, 1, None)),
    ("2018/05/2018-05-24-name.txt", (2018, 5, 24)),
    ("https://example.org/2026/04/05/talks?page=1", (2026, 4, 5)),
    ("s3://bucket/2026/04/05/name.txt", (2026, 4, 5)),
    (r"C:\news\2026\04\05\name.txt", (2026, 4, 5)),
]
NO_PATHS = [
    "20261345.txt", "20190230.txt", "19000000.txt", "id-12345678.txt", "2026/13/05/name.txt", "name.txt", "",
    "0000-00-00.txt", "/data/2026/corpus/name.txt", "tel-2019-555-1234.txt", "1.2026-04-05.3.txt",
    "crawl-2026-04-05/name.txt", "20260405123000_name.html", "CC-NEWS-20260405120000-1.warc.gz",
    "2026-04-05.jsonl", "2019-04-05_2026-04-05.txt", "https://example.org/talks?day=2026-04-05",
]  # fmt: skip


@pytest.mark.parametrize(("path", "date"), PATHS, ids=[path for path, _ in PATHS])
def test_date_of_a_path_is_read(path, date):
    found = read_path(path)
    assert (found.year, found.month, found.day) == date


@pytest.mark.parametrize("path", NO_PATHS)
def test_unlikely_numbers_are_no_date(path):
    assert read_path(path) is None
