"""A date of which only the month or year is known is never written out as a day."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from kg.export.drawing import articles_of
from kg.export.networks import network
from kg.export.records import Statement
from kg.export.tables import flat_row, write_csv
from kg.types import DatePrecision
from tests.builders import make_extraction

SHOWN = [("day", "2026-04-05"), ("month", "2026-04"), ("year", "2026")]


def statement(precision: str) -> Statement:
    extraction = make_extraction()
    article = replace(extraction.article, date_precision=DatePrecision(precision))
    return Statement(article=article, relation=extraction.relations[0])


@pytest.mark.parametrize(("precision", "shown"), SHOWN)
def test_rows_give_the_date_as_far_as_it_is_known(precision, shown):
    file = io.StringIO()
    write_csv([statement(precision)], file)
    assert next(csv.DictReader(io.StringIO(file.getvalue())))["published"] == shown
    assert str(flat_row(statement(precision))["published"]) == shown


@pytest.mark.parametrize(("precision", "shown"), SHOWN)
def test_networks_give_the_date_as_far_as_it_is_known(precision, shown):
    [(_, _, values)] = network([statement(precision)]).edges(data=True)
    assert str(values["published"]) == shown


@pytest.mark.parametrize(("precision", "shown"), SHOWN)
def test_drawings_give_the_date_as_far_as_it_is_known(precision, shown):
    [article] = articles_of([statement(precision)])
    assert article["date"] == shown
