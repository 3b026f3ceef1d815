"""An invented graph to explore: a dozen actors, three articles, every status, and names that mean harm."""

# ruff: noqa: E501  # a table
from __future__ import annotations

import datetime
from pathlib import Path

from kg.store import Store
from kg.types import Article, Entity, EntityType, Evidence, Extraction, Mention, MentionKind, Relation, Status

PERSON, COUNTRY, ORGANIZATION = EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION
ANA = Entity(id="Ana_Bell", name="Ana Bell", type=PERSON, aliases=("President Bell",))
BO = Entity(id="Bo_Cole", name="Bo Cole", type=PERSON)
ZOE = Entity(id="Zoë_Ğuliç", name="Zoë Ğuliç", type=PERSON)
NORLAND = Entity(id="Norland", name="Norland", type=COUNTRY, aliases=("Norvik",))
SUDLAND = Entity(id="Sudland", name="Sudland", type=COUNTRY)
OSTLAND = Entity(id="Ostland", name="Ostland", type=COUNTRY)
LEAGUE = Entity(id="League", name="League of Lakes", type=ORGANIZATION)
LAKE = Entity(id="Lake_process", name="Lake process", type=EntityType.EVENT)
VIK = Entity(id="Vik", name="Vik", type=EntityType.PLACE)
SCRIPT = Entity(id="script", name="<script>alert(1)</script>", type=PERSON)
EMOJI = Entity(id="emoji", name="🕊️ Peace 👩‍👩‍👧 Party", type=ORGANIZATION)
ARABIC = Entity(id="arabic", name="\u200fمجلس السلام", type=ORGANIZATION)
LONG = Entity(id="long", name="Very long " * 1_000, type=ORGANIZATION)
ACTORS = (ANA, BO, ZOE, NORLAND, SUDLAND, OSTLAND, LEAGUE, LAKE, VIK, SCRIPT, EMOJI, ARABIC, LONG)

_MEETS = ("meet", "meets", "CONSULT", True)
_ATTACKS = ("attack", "attacks", "ASSAULT", False)
_MEDIATES = ("mediate", "mediates", "MEDIATES", False)
_AGREES = ("agree with", "agreesWith", "AGREE", True)
_CRITICIZES = ("criticize", "criticizes", "ACCUSE", False)
_PRESIDENT = ("president of", "presidentOf", "HOLDS_POSITION", False)

ARTICLES = (
    (
        Article(id="a1", title="A meeting in Vik", text="", date=datetime.date(2031, 5, 3), source="Vik Post"),
        (
            ("Ana Bell met Bo Cole in Vik on Friday.", ANA, _MEETS, BO, {"time": "2031-05-02", "place": VIK}),
            ("Ana Bell is president of Norland.", ANA, _PRESIDENT, NORLAND, {}),
            ("The two plan to meet again in June.", ANA, _MEETS, BO, {"status": Status.PLANNED, "time": "2031-06"}),
            ("Norland agreed with Ostland on gas.", NORLAND, _AGREES, OSTLAND, {"time": "2031"}),
            ("🕊️ Peace 👩‍👩‍👧 Party criticized Norland.", EMOJI, _CRITICIZES, NORLAND, {"confidence": 0.4}),
        ),
    ),
    (
        Article(id="a2", title="War of words", text="", date=datetime.date(2031, 7, 1), source="Sud Herald"),
        (
            ("Sudland attacked Vik, said Ana Bell.", SUDLAND, _ATTACKS, VIK, {"attribution": ANA, "time": "2031-06-30"}),
            ("Sudland denied that it had attacked Ostland.", SUDLAND, _ATTACKS, OSTLAND,
             {"status": Status.NEGATED, "attribution": SUDLAND}),
            ("Bo Cole criticized Norland.", BO, _CRITICIZES, NORLAND, {"confidence": 0.6}),
            ("Ostland may mediate between Sudland and Norland.", OSTLAND, _MEDIATES, SUDLAND,
             {"status": Status.POSSIBLE}),
            ("Zoë Ğuliç met Bo Cole.", ZOE, _MEETS, BO, {"time": "2031-06-15"}),
        ),
    ),
    (
        Article(id="a3", title="Talks by the lake", text="", date=datetime.date(2032, 1, 9), source="Vik Post"),
        (
            ("Ostland mediates in the Lake process.", OSTLAND, _MEDIATES, LAKE, {"time": "2032-01"}),
            ("Norland asked the League of Lakes to mediate.", LEAGUE, _MEDIATES, LAKE, {"status": Status.REQUESTED}),
            ("Zoë Ğuliç met Ana Bell in Vik.", ZOE, _MEETS, ANA, {"time": "2032-01-08", "place": VIK}),
            ("<script>alert(1)</script> criticized Zoë Ğuliç.", SCRIPT, _CRITICIZES, ZOE, {"confidence": 0.3}),
            ("\u200fمجلس السلام agreed with the Lake process.", ARABIC, _AGREES, LAKE, {}),
            ("Very long criticized Sudland.", LONG, _CRITICIZES, SUDLAND, {}),
        ),
    ),
)  # fmt: skip
"""Articles, each with its sentences: words, subject, what it does, object, and what else is said of it."""


def write(folder: Path) -> Path:
    """Makes the graph in a folder, which it gives."""
    with Store.create(folder) as store:
        with store.adding():
            for article, said in ARTICLES:
                store.add(_extraction(article, said))
        store.judge()
    return folder


def _extraction(article: Article, said) -> Extraction:
    text = "\n\n".join(" ".join(row[0] for row in part) for part in (said[:3], said[3:]))
    whole = Article(id=article.id, title=article.title, text=text, date=article.date, source=article.source)
    relations = tuple(_relation(text, *row) for row in said)
    entities = tuple(dict.fromkeys(end for one in relations for end in (one.subject, one.object)))
    return Extraction(
        article=whole, entities=ACTORS, relations=relations, mentions=tuple(_mentions(text, entities))
    )


def _relation(text: str, words: str, subject: Entity, does, object_: Entity, fields) -> Relation:
    predicate, name, kind, symmetric = does
    start = text.index(words)
    return Relation(
        subject=subject, predicate=predicate, property=name, relation_class=kind, object=object_,
        symmetric=symmetric, evidence=Evidence(text=words, start=start, end=start + len(words)),
        **{"confidence": 0.9, **fields},
    )  # fmt: skip


def _mentions(text: str, entities: tuple[Entity, ...]):
    for entity in entities:
        start = text.find(entity.name)
        if start >= 0:
            yield Mention(
                start=start,
                end=start + len(entity.name),
                text=entity.name,
                kind=MentionKind.NAME,
                entity_id=entity.id,
            )
