"""Statements for the tests of exports: plain ones, hostile ones, and any that hypothesis draws."""

from __future__ import annotations

import datetime
import io

import networkx as nx
from hypothesis import assume
from hypothesis import strategies as st
from networkx.readwrite.gexf import GEXF

from kg.export.markup import allowed
from kg.export.records import Statement
from tests.builders import make_extraction
from tests.rdf.strategies import extractions

HOSTILE = [
    '=HYPERLINK("https://example.org")',
    "@SUM(1)\t",
    'a "quoted", name; with |bars|\r\nand lines',
    "</node><node id='x'/>&amp;<![CDATA[",
    "\u0639\u064f\u0645\u0627\u0646\u200f \u05e9\u05dc\u05d5\u05dd \u202eright to left\u202c",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 😀",
    "\\u0000\\n\\",
    "\x85\u2028\u2029",
]
"""Names that no format may stumble over."""


def make_statements(*args, **fields) -> list[Statement]:
    """The statement of an extraction that `make_extraction` makes."""
    extraction = make_extraction(*args, **fields)
    return [Statement(article=extraction.article, relation=relation) for relation in extraction.relations]


def hostile_statements() -> list[Statement]:
    """A statement for each hostile name, which stands in every text of it."""
    return [
        row
        for number, name in enumerate(HOSTILE)
        for row in make_statements(
            name, article_id=f"a{number}", ends=(name, f"{name}!"), date=datetime.date(2026, 1, number + 1)
        )
    ]


@st.composite
def statement_lists(draw):
    """Statements of up to three articles with any texts, whose entities XML can tell apart."""
    drawn = draw(st.lists(extractions(), max_size=3, unique_by=lambda one: one.article.id))
    entities = {entity.id: entity for one in drawn for entity in one.entities}
    assume(len({allowed(id_) for id_ in entities}) == len(entities))
    assume(sum(len(one.entities) for one in drawn) == len(entities))
    return [Statement(article=one.article, relation=relation) for one in drawn for relation in one.relations]


def read_gexf(data: bytes) -> nx.Graph:
    """The network of a GEXF 1.3 file; older releases of networkx know 1.2 only, which reads the same."""
    if "1.3" not in GEXF.versions:
        data = data.replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
    return nx.read_gexf(io.BytesIO(data))


def texts_of(values: dict[str, object]) -> dict[str, object]:
    """What is left of values in a format of XML: days and aliases as text, nothing that is empty."""
    flat = {name: _text(value) for name, value in values.items() if value not in {None, ()}}
    return {name: value for name, value in flat.items() if value != ""}


def _text(value: object) -> object:
    if isinstance(value, tuple):
        return allowed("|".join(text.replace("|", "¦") for text in value))
    if isinstance(value, datetime.date):
        return value.isoformat()
    return allowed(value) if isinstance(value, str) else value
