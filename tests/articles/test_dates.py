"""Dates of records: as much as is known, and what they rest on."""

from __future__ import annotations

import datetime
import itertools
import json

import pytest

from kg.articles import dates, read_articles
from kg.articles.dates import date_article, parse_date, parse_moment
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


REPORT = "OSLO, March 3 (Reuters) — Ana Bell met Bo Cole."
DATED = [
    (REPORT, "2019/talks.txt", "2019-03-03", DateBasis.DATELINE),
    ("OSLO, Dec. 31 (AP) — Ana met Bo.", "2019/01/01/a.txt", "2018-12-31", DateBasis.DATELINE),
    ("OSLO, Dec. 31 (AP) — Ana met Bo.", "2019/a.txt", "2019-12-31", DateBasis.DATELINE),
    (REPORT, "talks.txt", None, DateBasis.GIVEN),
    ("Ana met Bo.", "2019/03/04/a.txt", "2019-03-04", DateBasis.FILE),
    ("OSLO, 3 March 2019 — Ana", "2020-05-06-a.txt", "2019-03-03", DateBasis.DATELINE),
    ("March 2019\nAna met Bo.", "2019-03-04-a.txt", "2019-03-04", DateBasis.FILE),
    ("03/04/2019\nAna met Bo.", None, "2019", DateBasis.DATELINE),
    ("OSLO, 3 March 2999 — Ana met Bo.", "2019-03-04-a.txt", "2019-03-04", DateBasis.FILE),
    ("Wednesday, 5 June 2018\nAna met Bo.", None, None, DateBasis.GIVEN),
    ("OSLO, Feb. 29 (AP) — Ana met Bo.", "2019/a.txt", "2019", DateBasis.FILE),
]


@pytest.mark.parametrize(("text", "path", "published", "basis"), DATED)
def test_undated_article_has_the_date_that_it_says(text, path, published, basis):
    article = date_article(Article(id="a", text=text), path=path)
    assert (article.published, article.date_basis, article.text) == (published, basis, text)


def test_given_date_stays_and_a_contradiction_is_told(caplog, monkeypatch):
    monkeypatch.setattr(dates, "_contradictions", itertools.count())
    given = Article(id="a7", text="OSLO, 9 March 2019 — Ana", date=datetime.date(2019, 3, 3))
    assert date_article(given) == date_article(given) == given
    [message] = caplog.messages
    assert "'a7' is 2019-03-03 by its record, and 2019-03-09 by its dateline" in message


def test_next_day_is_no_contradiction(caplog):
    date_article(Article(id="a", text="OSLO, 2 March 2019 — Ana", date=datetime.date(2019, 3, 3)))
    assert not caplog.messages


def test_article_is_not_dated_after_its_retrieval():
    moment = parse_moment("2019-03-03T08:00:00Z")
    late = Article(id="a", text="OSLO, 5 March 2019 — Ana", retrieved=moment)
    assert date_article(late, path="2019-03-06.txt").date is None


def test_date_of_a_page_after_its_retrieval_is_none():
    page = Article(
        id="a", text="OSLO, 3 March 2019 — Ana", date=datetime.date(2030, 1, 1), date_basis=DateBasis.PAGE,
        retrieved=parse_moment("2019-03-04T08:00:00Z"),
    )  # fmt: skip
    assert (date_article(page).published, date_article(page).date_basis) == ("2019-03-03", DateBasis.DATELINE)


def test_retrieval_alone_dates_nothing():
    article = Article(id="a", text="Ana met Bo.", retrieved=parse_moment("2019-03-03T08:00:00Z"))
    assert date_article(article) == article


def test_address_dates_an_article_as_its_file_does():
    article = Article(id="a", text="Ana met Bo.", url="https://example.org/2019/03/04/talks")
    assert (date_article(article).published, date_article(article).date_basis) == (
        "2019-03-04",
        DateBasis.FILE,
    )


def test_reading_dates_articles(tmp_path):
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "a.txt").write_text(REPORT, "utf-8")
    lines = json.dumps({"text": "Wednesday, 5 June 2019\nAna met Bo."})
    (tmp_path / "2026-04-05.jsonl").write_text(lines, "utf-8")
    assert [article.published for article in read_articles([tmp_path])] == ["2019-03-03", "2019-06-05"]


def test_datelines_of_wikinews_are_its_dates(shared):
    """All 171 articles, their dates withheld; and the same without the line that bears it."""
    lines = (shared / "articles" / "wikinews-2019.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    dated = [date_article(Article(id="a", text=row["text"])) for row in rows]
    bare = [date_article(Article(id="a", text=row["text"].partition("\n")[2])) for row in rows]
    assert [article.published for article in dated] == [row["date"] for row in rows]
    assert not any(article.date for article in bare)
