"""Dates of records: as much as is known, and what they rest on."""

from __future__ import annotations

import datetime
import json

import pytest

from kg.articles import read_articles
from kg.articles.dates import parse_date, parse_moment
from kg.errors import ArticleError
from kg.types import Article, DateBasis, DatePrecision

DATES = [
    ("2026-04-05", "2026-04-05", DatePrecision.DAY),
    ("2026-04", "2026-04", DatePrecision.MONTH),
    ("2026", "2026", DatePrecision.YEAR),
    ("2026-04-05T23:30:00-05:00", "2026-04-05", DatePrecision.DAY),
    ("2026-04-05 10:00", "2026-04-05", DatePrecision.DAY),
    (" 2026-04-05T10:00:00Z ", "2026-04-05", DatePrecision.DAY),
]
NO_DATES = ["April", "2026-13", "2026-02-30", "20260405", "2026-W14", "2026-4-5", "26", "0000", "2026-04-05T"]
NO_MOMENTS = ["2026-04-05", "yesterday", "2026-04-05T25:00:00Z", "0001-01-01T00:00:00+23:00"]


def read(folder, **fields):
    (folder / "a.jsonl").write_text(json.dumps({"id": "a7", "text": "Ana met Bo."} | fields), "utf-8")
    [article] = read_articles([folder / "a.jsonl"])
    return article


@pytest.mark.parametrize(("given", "published", "precision"), DATES, ids=[given for given, _, _ in DATES])
def test_date_is_read_to_its_precision(tmp_path, given, published, precision):
    article = read(tmp_path, date=given)
    assert (article.published, article.date_precision) == (published, precision)


@pytest.mark.parametrize("given", NO_DATES)
def test_what_is_no_date_is_refused(tmp_path, given):
    with pytest.raises(
        ArticleError, match=r"a\.jsonl:1: '.*' is no date; write it as YYYY.*'date' of the article 'a7'"
    ):
        read(tmp_path, date=given)


def test_date_that_is_no_text_is_refused(tmp_path):
    with pytest.raises(ArticleError, match="field 'date' holds 2026; it must be a string"):
        read(tmp_path, date=2026)


def test_basis_is_given_unless_it_is_said(tmp_path):
    assert read(tmp_path, date="2026").date_basis is DateBasis.GIVEN
    assert read(tmp_path, date="2026", date_basis="dateline").date_basis is DateBasis.DATELINE


def test_unknown_basis_is_refused_with_those_that_there_are(tmp_path):
    with pytest.raises(ArticleError, match=r"'rumour' is no basis.*one of given, page, .*'date_basis'"):
        read(tmp_path, date="2026", date_basis="rumour")


def test_retrieval_is_read_in_utc(tmp_path):
    article = read(tmp_path, retrieved="2026-04-05T23:30:00.25-05:00")
    assert article.retrieved == datetime.datetime(2026, 4, 6, 4, 30, 0, 250_000, datetime.UTC)


def test_retrieval_without_a_zone_is_utc(tmp_path):
    moment = read(tmp_path, retrieved="2026-04-05T10:30:00").retrieved
    assert moment.isoformat() == "2026-04-05T10:30:00+00:00"


@pytest.mark.parametrize("given", NO_MOMENTS)
def test_what_is_no_moment_is_refused(tmp_path, given):
    with pytest.raises(ArticleError, match=r"YYYY-MM-DDThh:mm:ssZ.*field 'retrieved' of the article 'a7'"):
        read(tmp_path, retrieved=given)


def test_sidecar_gives_the_same_fields(tmp_path):
    (tmp_path / "a.txt").write_text("Ana met Bo.", "utf-8")
    fields = {"date": "2026-04", "date_basis": "file", "retrieved": "2026-05-01T08:00:00Z"}
    (tmp_path / "a.json").write_text(json.dumps(fields), "utf-8")
    [article] = read_articles([tmp_path / "a.txt"])
    assert (article.published, article.date_basis) == ("2026-04", DateBasis.FILE)
    assert article.retrieved == parse_moment("2026-05-01T08:00:00Z")


def test_no_clock_gives_a_retrieval(tmp_path):
    assert read(tmp_path).retrieved is None


def test_date_of_less_than_a_day_is_the_first_day_and_no_day():
    article = Article(id="a", text="A.", date=datetime.date(2026, 4, 5), date_precision=DatePrecision.MONTH)
    assert (article.date, article.day, article.published) == (datetime.date(2026, 4, 1), None, "2026-04")


def test_article_without_date_has_neither_precision_nor_basis():
    bare = Article(id="a", text="A.", date_precision=DatePrecision.YEAR, date_basis=DateBasis.PAGE)
    assert bare == Article(id="a", text="A.")


def test_articles_of_one_moment_are_equal():
    noon = datetime.datetime(2026, 4, 5, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    naive = noon.astimezone(datetime.UTC).replace(tzinfo=None)
    assert Article(id="a", text="A.", retrieved=noon) == Article(id="a", text="A.", retrieved=naive)


def test_parsed_date_of_a_year_is_its_first_day():
    assert parse_date("2026") == (datetime.date(2026, 1, 1), DatePrecision.YEAR)
