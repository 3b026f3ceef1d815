"""Which part of a graph is drawn, by the same options in Python and on the command line."""

import json
import re

import pytest

from kg.errors import ExportError, VocabularyError
from kg.export.views import view
from kg.store import Store
from kg.types import Status
from tests.builders import make_extraction


@pytest.fixture(scope="module")
def store():
    store = Store.in_memory()
    for extraction in (
        make_extraction("Ana Bell met Bo Cole.", article_id="a1"),
        make_extraction("Cy Dole led Di Eck.", article_id="a2", ends=("Cy Dole", "Di Eck"), property="leads",
                        relation_class="HOLDS_POSITION", status=Status.PLANNED),
        make_extraction("Bo Cole met Di Eck.", article_id="a3", ends=("Bo Cole", "Di Eck")),
        make_extraction("Ana Bell met Ana Cole.", article_id="a4", ends=("Ana Bell", "Ana Cole"), date=None),
    ):  # fmt: skip
        store.add(extraction)
    return store


def names(page):
    data = json.loads(re.search(r'id="data">(.*?)</script>', page.html, re.DOTALL).group(1))
    return " ".join(sorted(node["name"].split()[0][0] + node["name"].split()[1][0] for node in data["nodes"]))


CASES = [
    ({}, "AB AC BC CD DE"),
    ({"around": "Bo Cole"}, "AB BC DE"),
    ({"around": "bo", "hops": 2}, "AB AC BC CD DE"),
    ({"around": ["Cy Dole", "Ana Cole"]}, "AB AC CD DE"),
    ({"classes": "CONSULT"}, "AB AC BC DE"),
    ({"classes": ["HOLDS_POSITION", "AGREE"]}, "CD DE"),
    ({"classes": "AGREE", "relation_class": "HOLDS_POSITION"}, "CD DE"),
    ({"status": "planned"}, "CD DE"),
    ({"classes": "CONSULT", "status": "planned"}, ""),
    ({"since": "2026-04"}, "AB BC CD DE"),
    ({"top": 2}, "AB BC"),
]


@pytest.mark.parametrize(("options", "expected"), CASES, ids=[str(options) for options, _ in CASES])
def test_part_is_drawn(store, options, expected):
    own = {name: options[name] for name in options.keys() & {"classes", "top"}}
    filters = {name: value for name, value in options.items() if name not in own}
    assert names(view(store, filters, **own)) == expected


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"around": "Bo Cole"}, "Bo Cole, and what is one relation away."),
        (
            {"around": ["Bo Cole", "Cy"], "hops": 2},
            "Bo Cole and Cy Dole, and what is at most 2 relations away.",
        ),
        ({"status": ["planned", "negated"]}, "Only planned or negated."),
        (
            {"relation_class": "CONSULT", "since": "2026", "min_confidence": 0.5},
            "Only consult; since 2026-01-01; of confidence 0.5 or more.",
        ),
    ],
    ids=["around", "around two", "status", "several"],
)
def test_page_says_what_part_it_shows(store, filters, said):
    assert f"<p>{said} " in view(store, filters).html


def test_those_it_is_around_are_set_off(store):
    assert '"around": ["Bo_Cole"]' in view(store, {"around": "Bo Cole"}).html


@pytest.mark.parametrize(
    ("filters", "own", "error", "message"),
    [
        ({"around": "Zoe"}, {}, ExportError, "No entity is named 'Zoe'"),
        ({"around": "Bo Colle"}, {}, ExportError, "there are Bo Cole"),
        ({"around": "Cole"}, {}, ExportError, "2 entities are named 'Cole': Ana Cole"),
        ({"hops": 2}, {}, ExportError, "`hops` says how near to an entity; name one by `around`"),
        ({"around": "Bo Cole", "hops": -1}, {}, ExportError, "-1 relations away"),
        ({}, {"classes": "consult"}, VocabularyError, "no relation class 'consult'; there are CONSULT"),
        ({"status": "plannd"}, {}, VocabularyError, "no status 'plannd'; there are planned"),
        ({}, {"top": 0}, ExportError, "A drawing of 0 entities shows nothing"),
    ],
    ids=str,
)
def test_what_is_none_is_told(store, filters, own, error, message):
    with pytest.raises(error, match=message):
        view(store, filters, **own)
