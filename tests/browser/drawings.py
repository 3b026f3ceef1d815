"""Graphs to draw in a browser, and where on the screen their nodes and edges are."""

from __future__ import annotations

import datetime
import json
import random
from typing import Any

from kg.export.page import Page
from kg.export.records import Statement
from kg.types import Article, Entity, EntityType, Status
from tests.builders import make_entity, make_relation

DAY = datetime.date(2026, 4, 5)
ANA = make_entity("Ana Bell", aliases=("Annie",), wikidata="Q42", country="NOR")
ERDEM = make_entity("Erdem Öğün", aliases=("Эрдем Огюн",))
OSLO = make_entity("Oslo", EntityType.PLACE)
FORUM = make_entity("North Sea Forum", EntityType.ORGANIZATION)
TEXT = "Ana Bell met Bo Cole in Oslo."
HOSTILE = {
    "script": "</script><script>window.hacked = 1</script>",
    "image": "<img src=x onerror='window.hacked = 1'>",
    "address": "javascript:window.hacked=1",
    "template": "{{ 7 * 7 }}{% raw %}${7*7}",
    "quotes": "\"'><b onclick=alert(1)>x</b>",
    "right to left": "\u0639\u064f\u0645\u0627\u0646\u200f \u05e9\u05dc\u05d5\u05dd \u202eolleh",
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 😀",
    "number": "42",
    "prototype": "__proto__",
    "constructor": "constructor",
    "long": "Long " + "x" * 10_000,
    "separators": "a\u2028b\u0000c",
}
"""Names and texts that no page may run, choke on or mistake."""


def article_of(text: str = TEXT, **fields: Any) -> Article:
    """An article of a sentence."""
    given = {
        "id": "a1",
        "title": "Talks in Oslo",
        "source": "The Post",
        "date": DAY,
        "url": "https://example.org/1",
    }
    return Article(**(given | {"text": text} | fields))


def state(subject: Entity, object_: Entity, predicate: str = "meet", **fields: Any) -> Statement:
    """A statement of an article; fields of the article are given as `article`."""
    article = article_of(**fields.pop("article", {}))
    return Statement(article=article, relation=make_relation(article, subject, predicate, object_, **fields))


def small() -> list[Statement]:
    """Five people and things, five relations between two of them, one of each status."""
    bo = make_entity("Bo Cole")
    classes = ["CONSULT", "AGREE", "ACCUSE", "SUPPORT", "AID"]
    between = [
        state(ANA, bo, f"verb {number}", relation_class=kind, status=status)
        for number, (kind, status) in enumerate(zip(classes, Status, strict=True))
    ]
    return [
        *between,
        state(
            ANA, bo, "verb 0", article={"id": "a2", "text": "They met again."}, attribution=FORUM, place=OSLO
        ),
        state(ERDEM, OSLO, "be in", relation_class="LOCATED_IN"),
        state(ERDEM, FORUM, "lead", relation_class="HOLDS_POSITION", time="2026-05", confidence=0.61),
        state(ERDEM, ANA, "meet", article={"url": "javascript:window.hacked=1", "id": "a3"}),
        state(FORUM, FORUM, "support", relation_class="SUPPORT"),
    ]


def hostile() -> list[Statement]:
    """A relation for each hostile text, which stands in every text of it."""
    rows = []
    for text in HOSTILE.values():
        ends = [
            make_entity(text, id=text, aliases=(f"also {text}",), country=text, wikidata=text),
            make_entity(f"{text}2"),
        ]
        fields = {"id": text, "title": text, "source": text, "url": text, "text": text}
        rows.append(
            state(ends[0], ends[1], text, article=fields, time=text, place=ends[1], attribution=ends[0])
        )
    return [*rows, *small()]


def many(count: int, *, relations: int = 2, seed: int = 1) -> list[Statement]:
    """So many entities and that many relations of each, few of them with most of it, as in news."""
    chance = random.Random(seed)
    types, statuses = list(EntityType), list(Status)
    classes = ["CONSULT", "AGREE", "ACCUSE", "LOCATED_IN", "HOLDS_POSITION", "MEMBER_OF"]
    entities = [make_entity(f"Entity {number}", types[number % len(types)]) for number in range(count)]
    return [
        state(
            entities[number],
            entities[int(number * chance.random() ** 2)],
            relation_class=chance.choice(classes),
            status=chance.choices(statuses, [90, 4, 3, 2, 1])[0],
        )
        for number in range(1, count)
        for _ in range(relations)
    ]


class Drawing:
    """A page that is open in a browser."""

    def __init__(self, page: Any, drawn: Page, path: Any, *, at: str = "") -> None:
        self.page = page
        self.address = drawn.save(path).as_uri()
        page.goto(self.address + at)
        page.wait_for_selector("body[data-drawn]")
        data = json.loads(page.locator("#data").text_content())
        self.nodes = {node["id"]: node for node in data["nodes"]}
        self.edges = data["edges"]

    @property
    def view(self) -> tuple[float, float, float]:
        """The scale, and where the origin is."""
        scale, x, y = map(float, self.page.locator("#graph").get_attribute("data-view").split())
        return scale, x, y

    def place_of(self, id_: str) -> tuple[float, float]:
        """Where a node is in the window."""
        return self._place(self.nodes[id_]["x"], self.nodes[id_]["y"])

    def middle_of(self, edge: dict[str, Any]) -> tuple[float, float]:
        """Where the middle of an edge is in the window."""
        one, other = self.nodes[edge["from"]], self.nodes[edge["to"]]
        across, along = other["x"] - one["x"], other["y"] - one["y"]
        length = (across**2 + along**2) ** 0.5
        bend = 19 * edge["slot"]
        return self._place(
            (one["x"] + other["x"]) / 2 - bend * along / length,
            (one["y"] + other["y"]) / 2 + bend * across / length,
        )

    def _place(self, x: float, y: float) -> tuple[float, float]:
        box = self.page.locator("#graph").bounding_box()
        scale, left, top = self.view
        return box["x"] + left + x * scale, box["y"] + top + y * scale

    def heading(self) -> str:
        """What is read in the panel; empty where it is closed."""
        panel = self.page.locator("#panel")
        return panel.locator("h2").text_content() if panel.is_visible() else ""

    def settle(self) -> None:
        """Waits until what was asked for is drawn."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
