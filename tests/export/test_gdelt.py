"""The Event table of GDELT 2.0, read as its users read it."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest

from kg.export.gdelt import COLUMNS, actor_code, gdelt_rows, write_gdelt
from kg.export.records import Statement
from kg.types import EntityType, Status
from kg.vocabulary import load_vocabulary
from tests.builders import make_entity
from tests.export.statements import BANK, MINISTER, NORWAY, OSLO, make_article, make_statement

NUMBERS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "IsRootEvent", "QuadClass"),
    *("NumMentions", "NumSources", "NumArticles", "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type"),
    "DATEADDED",
)
FRACTIONS = ("FractionDate", "GoldsteinScale", "AvgTone", "ActionGeo_Lat", "ActionGeo_Long")
TEXTS = [name for name in COLUMNS if name not in {*NUMBERS, *FRACTIONS}]


def row(*statements: Statement) -> dict[str, object]:
    [found] = gdelt_rows(statements or [make_statement()], load_vocabulary())
    return dict(found)


def frame(*statements: Statement) -> pd.DataFrame:
    """What pandas reads with the columns and types of the codebook."""
    file = io.StringIO()
    write_gdelt(statements, file, load_vocabulary())
    types = (
        dict.fromkeys(NUMBERS, "Int64") | dict.fromkeys(FRACTIONS, "float64") | dict.fromkeys(TEXTS, "str")
    )
    text = io.StringIO(file.getvalue())
    return pd.read_csv(text, sep="\t", header=None, names=list(COLUMNS), dtype=types, keep_default_na=False,
                       na_values=[""], quoting=3)  # fmt: skip


def test_columns_are_those_of_the_codebook():
    assert len(COLUMNS) == len(set(COLUMNS)) == 61
    assert COLUMNS[:6] == ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Code")
    assert [COLUMNS.index(name) for name in ("Actor2Code", "IsRootEvent", "Actor1Geo_Type")] == [15, 25, 35]
    assert [COLUMNS.index(name) for name in ("ActionGeo_Type", "DATEADDED", "SOURCEURL")] == [51, 59, 60]


def test_table_is_read_by_pandas():
    table = frame(
        make_statement(MINISTER, NORWAY, property="criticizes", relation_class="ACCUSE"),
        make_statement(MINISTER, OSLO, property="visits", time="2026-03"),
    )
    assert table.shape == (2, 61)
    assert list(table["EventCode"]) == ["111", "042"]
    assert table["GLOBALEVENTID"].between(1, 2**63 - 1).all()
    assert table["QuadClass"].between(1, 4).all()
    assert table["GoldsteinScale"].between(-10, 10).all()
    assert table["AvgTone"].isna().all()
    assert list(table["SQLDATE"]) == [20260405, pd.NA]


def test_event_is_coded():
    found = row(make_statement(property="sanctions", relation_class="SANCTION", status=Status.PLANNED))
    names = ("EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale")
    assert [found[name] for name in names] == ["1312", "131", "13", 3, -5.8]


ACTORS = [
    pytest.param(MINISTER, "NORGOV", id="minister"),
    pytest.param(NORWAY, "NOR", id="state is its country alone"),
    pytest.param(OSLO, "NOR", id="place"),
    pytest.param(BANK, "CHEBUS", id="company"),
    pytest.param(make_entity("Ana Bell"), None, id="nobody known"),
    pytest.param(make_entity("Monks", EntityType.GROUP, sector="REL"), None, id="sector that is no role"),
    pytest.param(make_entity("Lakes Council", EntityType.ORGANIZATION, sector="IGO"), "IGO", id="body"),
    pytest.param(make_entity("Cy Dean", country="IGO"), "IGO", id="officer of a body"),
    pytest.param(
        make_entity("NATO", EntityType.ORGANIZATION, country="IGO", sector="IGO"), "IGONAT", id="known group"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "code"), ACTORS)
def test_actor_code_is_country_role_and_group(entity, code):
    assert actor_code(entity) == code


def test_actor_columns():
    found = row(make_statement(BANK, MINISTER))
    actor = {name.removeprefix("Actor1"): found[name] for name in COLUMNS[5:15]}
    assert {name: value for name, value in actor.items() if value} == {
        "Code": "CHEBUS",
        "Name": "BELL BANK",
        "CountryCode": "CHE",
        "Type1Code": "BUS",
    }


def test_event_without_target_has_no_second_actor():
    found = row(make_statement(MINISTER, NORWAY, property="discusses"))
    assert [found[name] for name in COLUMNS[15:25]] == [None] * 10


def test_day_is_the_events_own():
    found = row(make_statement(time="2026-03-01"))
    names = ("SQLDATE", "MonthYear", "Year", "FractionDate", "DATEADDED")
    assert [found[name] for name in names] == [20260301, 202603, 2026, 2026.2493, 20260405000000]


@pytest.mark.parametrize(("time", "month", "year"), [("2025-12", 202512, 2025), ("2024", None, 2024)])
def test_day_that_is_not_known_is_left_empty(time, month, year):
    found = row(make_statement(time=time))
    assert [found[name] for name in ("SQLDATE", "FractionDate")] == [None, None]
    assert [found[name] for name in ("MonthYear", "Year")] == [month, year]


def test_article_without_a_date_gives_none():
    found = row(make_statement(article=make_article(day=None)))
    names = ("SQLDATE", "MonthYear", "Year", "FractionDate", "DATEADDED")
    assert [found[name] for name in names] == [None] * 5


def test_copy_is_no_further_source():
    day = {"time": "2026-04-03"}
    articles = [make_article(name, source=f"The {name}") for name in "bcd"]
    report, copy, other = (make_statement(article=article, **day) for article in articles)
    for first in (report, make_statement(article=make_article("z", source="The z"), **day)):
        found = row(replace(copy, copy_of="b"), first, other)
        count = 2 if first is report else 3  # where the original does not tell the event, its copy does
        assert [found[name] for name in ("NumSources", "NumArticles")] == [count, 3]


def test_same_ends_code_and_day_are_one_event():
    first = make_article("b", source="The Bell", url="https://example.org/b")
    second = make_article("c", day=4, source="The Cole", url="https://example.org/c")
    day = {"time": "2026-04-03", "symmetric": True}
    found = row(
        make_statement(article=first, **day),
        make_statement(article=first, predicate="see", **day),
        make_statement(make_entity("Bo Cole"), make_entity("Ana Bell"), article=second, **day),
    )
    assert [found[name] for name in ("NumMentions", "NumSources", "NumArticles")] == [3, 2, 2]
    assert (found["DATEADDED"], found["SOURCEURL"]) == (20260404000000, "https://example.org/c")


def test_another_day_or_direction_is_another_event():
    there = make_statement(property="criticizes", relation_class="ACCUSE")
    back = make_statement(make_entity("Bo Cole"), make_entity("Ana Bell"), property="criticizes")
    later = make_statement(property="criticizes", time="2026-04-01")
    rows = list(gdelt_rows([there, back, later, there], load_vocabulary()))
    assert len({found["GLOBALEVENTID"] for found in rows}) == len(rows) == 3


def test_id_is_of_the_event_not_of_its_place_in_the_table():
    visit = make_statement(MINISTER, OSLO, property="visits")
    [_, second] = gdelt_rows([make_statement(), visit], load_vocabulary())
    assert row(visit)["GLOBALEVENTID"] == second["GLOBALEVENTID"]


def test_article_without_address_is_told_by_its_id():
    assert row()["SOURCEURL"] == "a1"


def test_place_of_the_event():
    found = row(make_statement(place=OSLO))
    action = [found[name] for name in COLUMNS[51:59]]
    assert action == [None, "Oslo", "NO", None, None, None, None, None]
    assert [found[name] for name in COLUMNS[35:43]] == [None] * 8


def test_state_is_at_home():
    found = row(make_statement(NORWAY, MINISTER))
    assert [found[name] for name in COLUMNS[35:39]] == [1, "Norway", "NO", "NO"]


TEXT = "Sunday, April 5\n\nAna Bell came. She met Bo.\n\nShe left."


@pytest.mark.parametrize(("words", "is_root"), [("She met Bo.", 1), ("She left.", 0)])
def test_root_event_is_told_in_the_first_paragraph(words, is_root):
    article = make_article(text=TEXT)
    evidence = make_statement(article=article).relation.evidence
    start = TEXT.index(words)
    place = type(evidence)(text=words, start=start, end=start + len(words))
    assert row(make_statement(article=article, evidence=place))["IsRootEvent"] == is_root


def test_no_name_breaks_the_table():
    table = frame(make_statement(make_entity('Ana\t"Bell"\nof Oslo')))
    assert list(table["Actor1Name"]) == ['ANA "BELL" OF OSLO']


def test_statements_may_come_one_at_a_time():
    statements = (make_statement(article=make_article(id_)) for id_ in "ab")
    [found] = gdelt_rows(statements, load_vocabulary())
    assert found["NumArticles"] == 2


def test_nothing_is_an_empty_table():
    file = io.StringIO()
    write_gdelt([make_statement(status=Status.POSSIBLE)], file, load_vocabulary())
    assert file.getvalue() == ""
