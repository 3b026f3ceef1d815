"""Datelines: what a text begins with is a date, what its sentences say is none."""

from __future__ import annotations

import pytest

from kg.articles.calendar import Written
from kg.articles.datelines import read_dateline

DATELINES = [
    ("LONDON, March 3 (Reuters) — Ana", (None, 3, 3)),
    ("LONDON, March 3, 2019 (Reuters) - Ana met", (2019, 3, 3)),
    ("ISTANBUL — 3 April 2026 — Ana met", (2026, 4, 3)),
    ("(AP, Oct 3, 2019) Ana met", (2019, 10, 3)),
    ("OSLO (AP, Oct 3, 2019) — Ana", (2019, 10, 3)),
    ("OSLO, Norway (AP), Oct. 3, 2019 — Ana", (2019, 10, 3)),
    ("BEIJING, April 3 (Xinhua) -- Ana met", (None, 4, 3)),
    ("MOSCOW, April 3. /TASS/. Ana met", (None, 4, 3)),
    ("OSLO, March 3, 2019 /PRNewswire/ -- Ana met", (2019, 3, 3)),
    ("Kyiv, 3 April 2026 (Ukrinform). Ana met", (2026, 4, 3)),
    ("Oslo, Wednesday, 5 June 2019 – Ana", (2019, 6, 5)),
    ('SAN JOSÉ, Costa Rica, Sept. 3, 2019 — "No", said Ana', (2019, 9, 3)),
    ("The Hague, 3 April 2026: Ana", (2026, 4, 3)),
    ("3 April 2026 — The minister met", (2026, 4, 3)),
    ("April 3 (Reuters) - Ana met", (None, 4, 3)),
    ("[3 April 2026] Ana met", (2026, 4, 3)),
    ("25/04/2019 - Ana met", (2019, 4, 25)),
    ("Wednesday, 5 June 2019\nAna met", (2019, 6, 5)),
    ("Friday, January 4, 2019\n\nAna met", (2019, 1, 4)),
    ("2019-10-03\n\nAna met Bo.", (2019, 10, 3)),
    ("2019-10-03T23:30:00Z\nAna met Bo.", (2019, 10, 3)),
    ("2019/10/03\nAna met Bo.", (2019, 10, 3)),
    ("5th of June, 2019\nAna", (2019, 6, 5)),
    ("June 5, 2019 10:30 AM EDT\nAna", (2019, 6, 5)),
    ("October 3, 2019 | Oslo | Ana Bell\nAna met", (2019, 10, 3)),
    ("By Ana Bell | June 5, 2019\nBo met", (2019, 6, 5)),
    ("Talks in Oslo\nBy Ana Bell\nOSLO, 3 April 2026 — Bo", (2026, 4, 3)),
    ("Talks in Oslo\n\nPublished: 5 June 2019, 10:30 GMT\nUpdated: 6 June 2019\nAna met.", (2019, 6, 5)),
    ("Updated: 6 June 2019\nPublished 5 June 2019\nAna met", (2019, 6, 5)),
    ("June 2019\nAna met", (2019, 6, None)),
    ("Wed, 05 Jun 2019 10:00:00 GMT\nAna met", (2019, 6, 5)),
    ("PUBLISHED: 10:30, 5 June 2019\nAna met", (2019, 6, 5)),
    ("2019-06-05 10:30 UTC\nAna met", (2019, 6, 5)),
    ("WASHINGTON, D.C., March 3, 2019 — Ana", (2019, 3, 3)),
    ("ST. JOHN'S, March 3 (CP) — Ana", (None, 3, 3)),
    ("New Delhi, Mar 3 (PTI) Ana met", (None, 3, 3)),
    ("LONDON (Reuters) - 3 March 2019 - Ana met", (2019, 3, 3)),
    ("OSLO, MARCH 3, 2019 -- Ana met", (2019, 3, 3)),
    ("Oslo - 3. April 2026 - Ana met", (2026, 4, 3)),
]
NO_DATELINES = [
    "10:30, 5 June 2019, was the hour.",
    "Ana Bell - 3 April 2026 was the day",
    "On March 3, 2019, Ana Bell met Bo Cole.",
    "March 3, 2019 was cold.",
    "In Paris, 3 April 2026 - a day to remember - Ana met Bo.",
    "In June 2019: the war",
    "On 3 March 2019 (Reuters) - Ana",
    "OSLO — Ana met Bo on April 3, 2019.",
    "NEW YORK (AP) — Ana met Bo.",
    "Ana Bell (3 April 1956 – 5 May 2026) was a poet.",
    "Ana Bell, 3 April 1956 – 5 May 2026",
    "Ana Bell (Oslo, 3 April 1956) was a poet.",
    "Ana Bell, born 3 April 1956 - a poet",
    "3 April 1956 – 5 May 2026: a life",
    "1 January 2019: Ana met Bo.",
    "2019 - The year began.",
    "may 3 - Ana",
    "Talks, 3 April 2026 — which failed — went on.",
    "The 3 April 2019 agreement - Ana says",
    "Updated: 6 June 2019\nAna met Bo.",
    "Ana Bell met Bo Cole in Oslo.\nMarch 3, 2019\nThey spoke.",
    "Ana met Bo. LONDON, March 3 (Reuters) — Bo",
    "",
]


@pytest.mark.parametrize(("text", "date"), DATELINES, ids=[text[:40] for text, _ in DATELINES])
def test_dateline_is_read(text, date):
    found = read_dateline(text)
    assert found is not None
    assert (found.date.year, found.date.month, found.date.day) == date


@pytest.mark.parametrize("text", NO_DATELINES)
def test_running_sentence_is_no_dateline(text):
    assert read_dateline(text) is None


@pytest.mark.parametrize(("text", "known"), [("03/04/2019\nAna", None), ("04/04/2019\nAna", 4)])
def test_numbers_that_may_be_day_or_month_are_no_month(text, known):
    assert read_dateline(text).date == Written(year=2019, month=known, day=known)


def test_weekday_that_is_another_leaves_no_date():
    assert read_dateline("Wednesday, 5 June 2018\nAna met Bo.").date.precision is None


def test_place_of_a_dateline_is_told():
    text = "Talks in Oslo\n  OSLO, 3 April 2026 — Ana met Bo."
    found = read_dateline(text)
    assert (text[found.start :][:4], text[found.end :]) == ("OSLO", "Ana met Bo.")
