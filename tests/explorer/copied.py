"""An invented graph in which a report was printed by three papers, with relations that rest on it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from kg.store import Store
from kg.types import Entity, EntityType, Evidence, Extraction
from tests.articles.reports import edited, first, report
from tests.builders import make_entity, make_extraction

TOLD = "Ana Bell met Bo Cole in Oslo."
REPORT = report(1)
PAGE = "https://example.org/talks"
MINISTRY = make_entity("Ministry of Lakes", EntityType.ORGANIZATION)


def _printed(name: str, title: str, text: str, publisher: str, day: int, speaker: Entity | None) -> Extraction:
    told = Evidence(text=TOLD, start=0, end=len(TOLD))
    made = make_extraction(
        f"{TOLD} {text}", article_id=name, date=datetime.date(2026, 4, day), attribution=speaker, evidence=told
    )
    entities = (*made.entities, *([speaker] if speaker else []))
    about = replace(made.article, title=title, source=publisher, url=PAGE if publisher == "Fjord Agency" else None)
    return replace(made, article=about, entities=entities)


ARTICLES = (
    _printed("agency", "A meeting in Oslo", REPORT, "Fjord Agency", 2, MINISTRY),
    _printed("post", "Bell meets Cole", edited(REPORT, 0.05), "Oslo Post", 3, None),
    _printed("times", "Talks held", first(REPORT, 120), "Lake Times", 4, None),
    _printed("again", "A meeting in Oslo, continued", f"{first(REPORT, 200)} {report(3, 150)}", "Fjord Agency", 5, None),
    _printed("other", "A word at the lake", report(2), "Sud Herald", 1, None),
)
"""`post` and `times` copy `agency`, `again` is its next version, `other` saw for itself."""


def write(folder: Path) -> Path:
    """Makes the graph in a folder, which it gives."""
    with Store.create(folder) as store:
        with store.adding():
            for extraction in ARTICLES:
                store.add(extraction)
        store.judge()
    return folder
