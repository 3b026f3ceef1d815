"""What tests of displays share: hostile names, an extraction with such a name, HTML taken apart."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from kg.types import Article, Entity, EntityType, Evidence, Extraction, Mention, MentionKind, Relation, Status

HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param('"><img src=x onerror=alert(1)>', id="attribute"),
    pytest.param("javascript:alert(1)", id="address"),
    pytest.param("{{ 7*7 }}{% raw %}", id="template"),
    pytest.param("</style><b>out</b>", id="style"),
    pytest.param("\u202e\u05d0\u05d1 \u0645\u0631\u062d\u0628\u0627", id="right to left"),
    pytest.param("\U0001f469\u200d\U0001f467 & Co.", id="emoji"),
    pytest.param("x" * 10_000, id="long"),
    pytest.param("a\x1b[31mb\x00", id="controls"),
]
PLAIN = frozenset("div style p b bdi span mark table thead tbody tr th td code".split())
"""Elements that run nothing, load nothing and lead nowhere."""
VOID = {"br", "img", "meta", "link", "input", "hr"}


class Elements(HTMLParser):
    """The elements and attributes of a piece of HTML, and whether each is closed."""

    def __init__(self, text):
        super().__init__()
        self.names, self.attributes, self.open, self.words = set(), set(), [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)

    @property
    def spaced(self):
        """Its words with one space between them."""
        return " ".join(" ".join(self.words).split())


def extraction(name):
    text = f"{name} met Bo Cole."
    ana = Entity(id="ana", name=name, type=EntityType.PERSON, aliases=(name,), country="NOR")
    bo = Entity(id="bo", name="Bo Cole", type=EntityType.PERSON)
    evidence = Evidence(text=text, start=0, end=len(text))
    meeting = Relation(
        subject=ana, predicate=name, property="meets", relation_class="CONSULT", object=bo,
        status=Status.PLANNED, attribution=ana, place=ana, time="2026", evidence=evidence,
    )  # fmt: skip
    mention = Mention(start=0, end=len(name), text=name, kind=MentionKind.NAME, entity_id="ana")
    article = Article(id=name, text=text, title=name, source=name, license=name)
    return Extraction(article=article, mentions=(mention,), entities=(ana, bo), relations=(meeting,))
