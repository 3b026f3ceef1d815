"""An invented graph in which a report was printed by three papers, with relations that rest on it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from kg.store import Store
from kg.types import EntityType, Evidence, Extraction
from tests.articles.reports import edited, first, report
from tests.builders import make_entity, make_extraction

TOLD = "Ana Bell met Bo Cole in Oslo."
REPORT = report(1)
AGENCY, PAGE = "Fjord Agency", "https://example.org/talks"
MINISTRY = make_entity("Ministry of Lakes", EntityType.ORGANIZATION)
TITLE = "A meeting in Oslo"


def _printed(name: str, title: str, publisher: str, day: int, text: str) -> Extraction:
    told = Evidence(text=TOLD, start=0, end=len(TOLD))
    date = datetime.date(2026, 4, day)
    made = make_extraction(f"{TOLD} {text}", article_id=name, date=date, evidence=told)
    url = PAGE if publisher == AGENCY else None
    return replace(made, article=replace(made.article, title=title, source=publisher, url=url))


def _citing(made: Extraction) -> Extraction:
    (relation,) = made.relations
    entities = (*made.entities, MINISTRY)
    return replace(made, entities=entities, relations=(replace(relation, attribution=MINISTRY),))


ARTICLES = (
    _citing(_printed("agency", TITLE, AGENCY, 2, REPORT)),
    _printed("post", "Bell meets Cole", "Oslo Post", 3, edited(REPORT, 0.05)),
    _printed("times", "Talks held", "Lake Times", 4, first(REPORT, 120)),
    _printed("again", f"{TITLE}, continued", AGENCY, 5, f"{first(REPORT, 200)} {report(3, 150)}"),
    _printed("other", "A word at the lake", "Sud Herald", 1, report(2)),
)
"""`post` and `times` copy `agency`, `again` is its next version, `other` is a report of its own."""


def write(folder: Path) -> Path:
    """Makes the graph in a folder, which it gives."""
    with Store.create(folder) as store:
        with store.adding():
            for extraction in ARTICLES:
                store.add(extraction)
        store.judge()
    return folder
