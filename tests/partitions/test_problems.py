"""What cannot be read: counted, listed in a file, and no end of a build."""

from __future__ import annotations

import json

import pytest

from kg.builder import BuildOptions, add_articles
from kg.errors import ArticleError
from kg.partitions.problems import KEPT, Problems
from kg.types import Article
from tests.test_builder import fake_extractor


def numbered(given):
    """Fails over each article whose number is even."""
    for article in given:
        if int(article.id) % 2 == 0:
            raise IndexError(article.id)
        yield from fake_extractor([article])


def build(out, count, **options):
    given = [Article(id=str(number), text="Ana met Bo.") for number in range(count)]
    return add_articles(given, out, extractor=numbered, options=BuildOptions(**options))


def lines(file):
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_problems_are_listed_beside_the_graph(tmp_path):
    report = build(tmp_path / "graph", 5)
    assert (report.added, report.failed) == (2, 3)
    assert report.problems_file == tmp_path / "graph" / "problems.jsonl"
    said = lines(report.problems_file)
    assert [one["place"] for one in said] == ["0", "2", "4"]
    assert [one["message"] for one in said] == [str(problem) for problem in report.problems]
    assert {one["kind"] for one in said} == {"ArticleError"}


def test_problems_are_listed_where_asked(tmp_path):
    build(tmp_path / "graph", 3, problems=tmp_path / "mine.jsonl")
    assert len(lines(tmp_path / "mine.jsonl")) == 2
    assert not (tmp_path / "graph" / "problems.jsonl").exists()


def test_build_without_problems_removes_the_list_of_the_last(tmp_path):
    build(tmp_path / "graph", 3)
    add_articles([Article(id="1", text="Ana met Bo.")], tmp_path / "graph", extractor=fake_extractor)
    assert not (tmp_path / "graph" / "problems.jsonl").exists()


def test_only_the_first_problems_are_kept_in_memory(tmp_path):
    with Problems(tmp_path / "all.jsonl") as problems:
        for number in range(KEPT + 5):
            problems.add(ArticleError("It is empty.", place=str(number)))
    assert (problems.count, len(problems.kept)) == (KEPT + 5, KEPT)
    assert len(lines(tmp_path / "all.jsonl")) == KEPT + 5


@pytest.mark.parametrize("place", ["\ud800", "a\nb"])
def test_odd_places_are_written(tmp_path, place):
    with Problems(tmp_path / "all.jsonl") as problems:
        problems.add(ArticleError("It is empty.", place=place))
    assert len(lines(tmp_path / "all.jsonl")) == 1


def test_list_that_cannot_be_written_stops_nothing(tmp_path, caplog):
    report = build(tmp_path / "graph", 3, problems=tmp_path / "none" / "all.jsonl")
    assert (report.added, report.failed, report.problems_file) == (1, 2, None)
    assert "The problems cannot be written" in caplog.text
