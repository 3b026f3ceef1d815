"""Copies and versions: who prints whose report, whatever the order, and no chain of likeness."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from kg.articles import sample_articles
from kg.articles.duplicates import Report, find_repeats
from kg.articles.shingles import likeness, shingles_of
from kg.articles.sketches import SIZE, bands_of, estimates, sketch_of
from kg.types import Repeats
from tests.articles.reports import edited, first, report

SKETCH = [467517246, 517762494, 644734688]
FOOT = "Agency of the North, 12 Harbour Street, " + report(99, 60)


def repeats(*articles: tuple[Report, str]) -> dict[str, tuple[str, str]]:
    texts = [shingles_of(text) for _, text in articles]
    sketches = np.array([sketch_of(text) for text in texts], np.uint32).reshape(-1, SIZE)
    found = find_repeats([one for one, _ in articles], sketches, texts.__getitem__)
    return {repeat.article: (repeat.original, repeat.kind.value) for repeat in found}


def by(name: str, *, publisher: str | None = None, day: str | None = None, url: str | None = None) -> Report:
    return Report(id=name, publisher=publisher, published=day, url=url)


COPIED = [
    pytest.param(lambda text: text, id="word for word"),
    pytest.param(lambda text: text.upper().replace(" ", "\n\n"), id="laid out otherwise"),
    pytest.param(lambda text: edited(text, 0.02), id="one word in fifty"),
    pytest.param(lambda text: edited(text, 0.08), id="one word in twelve"),
    pytest.param(lambda text: first(text, 150), id="first half"),
    pytest.param(lambda text: first(text, 120), id="first two fifths"),
    pytest.param(lambda text: report(5, 40) + "\n" + " ".join(text.split()[40:]), id="own first paragraph"),
    pytest.param(lambda text: text + "\n© 2026 The Post. All rights reserved.", id="with the page's foot"),
]
NOT_COPIED = [
    pytest.param(lambda _: report(2), id="another report"),
    pytest.param(lambda text: edited(text, 0.4), id="rewritten"),
    pytest.param(lambda text: report(2, 200) + " " + first(text, 80), id="quotation"),
    pytest.param(lambda text: report(2, 500) + " " + first(text, 300), id="within a longer report"),
    pytest.param(lambda text: first(text, 40), id="a sentence of it"),
]


@pytest.mark.parametrize("change", COPIED)
def test_copy_of_another_publisher_is_found(change):
    original, copy = by("a", publisher="Agency"), by("b", publisher="Post")
    assert repeats((original, report(1)), (copy, change(report(1)))) == {"b": ("a", "copy")}


@pytest.mark.parametrize("change", NOT_COPIED)
def test_other_report_is_no_copy(change):
    original, other = by("a", publisher="Agency"), by("b", publisher="Post")
    assert repeats((original, report(1)), (other, change(report(1)))) == {}


@pytest.mark.parametrize("publisher", ["Agency", None], ids=["one publisher", "no publisher"])
def test_foot_of_the_page_makes_no_copies(publisher):
    articles = [
        (by(f"a{seed}", publisher=publisher), f"{report(seed, 55)}\n{FOOT} {FOOT}") for seed in range(5)
    ]
    assert repeats(*articles) == {}


def test_pattern_of_one_publisher_makes_no_copies():
    quakes = [(by(f"q{seed}", publisher="Agency"), edited(report(1), 0.12, seed)) for seed in range(4)]
    assert repeats(*quakes) == {}


@pytest.mark.parametrize(("text", "is_found"), [
    ("Ana Bell met Bo Cole in Oslo on Monday and spoke of fish, said the ministry", True),
    ("ANA BELL met Bo Cole, in Oslo, on Monday and spoke of fish, said the ministry.", True),
    ("Ana Bell met Bo Cole in Oslo on Friday and spoke of trade, said the ministry", False),
    ("Ana Bell met Bo Cole in Oslo", False),
])  # fmt: skip
def test_short_texts_must_be_nearly_the_same(text, is_found):
    short = "Ana Bell met Bo Cole in Oslo on Monday and spoke of fish, said the ministry."
    assert bool(repeats((by("a"), short), (by("b"), text))) is is_found


def test_texts_without_words_are_no_copies():
    assert repeats((by("a"), "…"), (by("b"), "…"), (by("c"), "!")) == {}


def test_original_is_the_first_published_then_the_first_by_id():
    days = {"c": "2026-04-02", "d": "2026-04-02", "a": "2026-04", "b": None}
    found = repeats(*((by(name, day=day), report(1)) for name, day in days.items()))
    assert found == dict.fromkeys("abd", ("c", "copy"))


def test_order_of_reading_does_not_matter():
    texts = [
        report(1),
        edited(report(1), 0.05, 1),
        edited(report(1), 0.1, 2),
        first(report(1), 120),
        report(2),
    ]
    articles = [
        (by(name, publisher=f"Paper {name}"), text) for name, text in zip("abcde", texts, strict=True)
    ]
    found = {json.dumps(repeats(*order), sort_keys=True) for order in itertools.permutations(articles)}
    assert found == {json.dumps(dict.fromkeys("bcd", ("a", "copy")), sort_keys=True)}


def test_likeness_is_no_chain():
    """Each is near the one before, and the last is far from the first: it is no copy of the first."""
    texts = [report(1)]
    for seed in range(4):
        texts.append(edited(texts[-1], 0.08, seed))
    found = repeats(*((by(f"{place}", publisher=f"P{place}"), text) for place, text in enumerate(texts)))
    shingles = {str(place): shingles_of(text) for place, text in enumerate(texts)}
    assert found["1"] == ("0", "copy")
    assert found.get("4") != ("0", "copy")
    assert all(likeness(shingles[a], shingles[o]).resemblance >= 0.5 for a, (o, _) in found.items())


PAGE = "https://example.org/talks"


def test_same_page_of_one_publisher_is_a_version():
    morning, noon = (
        by("a", publisher="Post", url=PAGE),
        by("b", publisher="Post", url=PAGE + "/?utm_source=x#top"),
    )
    continued = f"{report(3, 100)} {first(report(1), 200)}"
    assert repeats((morning, report(1)), (noon, continued)) == {"b": ("a", Repeats.VERSION)}


def test_pages_that_differ_in_their_query_are_two():
    one, other = (by(name, publisher="Post", url=f"{PAGE}?pref={name}") for name in "ab")
    assert repeats((one, report(1)), (other, f"{report(3, 200)} {first(report(1), 100)}")) == {}


def test_same_page_with_another_report_is_no_version():
    assert repeats((by("a", url=PAGE), report(1)), (by("b", url=PAGE), report(2))) == {}


def test_address_of_a_whole_site_makes_no_versions():
    site = "https://example.org/"
    assert repeats((by("a", url=site), report(1)), (by("b", url=site), edited(report(1), 0.3))) == {}


def test_copy_of_a_version_leads_to_the_original():
    first_state, second, copy = (
        by("a", publisher="A", url=PAGE),
        by("b", publisher="A", url=PAGE),
        by("c", publisher="C"),
    )
    later = f"{first(report(1), 90)} {report(3, 250)}"
    found = repeats((first_state, report(1)), (second, later), (copy, edited(later, 0.02)))
    assert found == {"b": ("a", "version"), "c": ("a", "copy")}


def test_version_of_a_copy_is_a_copy():
    agency, copy, later = (
        by("a", publisher="A"),
        by("b", publisher="P", url=PAGE),
        by("c", publisher="P", url=PAGE),
    )
    texts = report(1), edited(report(1), 0.02), f"{first(report(1), 100)} {report(3, 250)}"
    found = repeats(*zip((agency, copy, later), texts, strict=True))
    assert found == {"b": ("a", "copy"), "c": ("a", "copy")}


def test_bundled_articles_have_one_copy():
    articles = [
        (Report(id=a.id, published=a.published, publisher=a.source), a.text) for a in sample_articles()
    ]
    assert repeats(*articles) == {"2023-03-10-iran-saudi-copy": ("2023-03-10-iran-saudi-beijing", "copy")}


def test_wikinews_articles_have_none(shared):
    lines = (shared / "articles" / "wikinews-2019.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    articles = [
        (Report(id=r["id"], published=r["date"], publisher=r["source"], url=r["url"]), r["text"])
        for r in rows
    ]
    assert repeats(*articles) == {}


def test_sketch_estimates_the_resemblance():
    one, other = shingles_of(report(1, 2000)), shingles_of(edited(report(1, 2000), 0.06))
    whole, _ = estimates(sketch_of(one), sketch_of(other)[None])
    assert whole[0] == pytest.approx(likeness(one, other).resemblance, abs=0.14)  # three standard deviations


def test_sketches_are_the_same_everywhere():
    """They are kept in files: whoever changes them must change the head of the file too."""
    assert sketch_of(shingles_of("Ana Bell met Bo Cole in Oslo."))[[0, 127, 163]].tolist() == SKETCH


def test_bands_of_unlike_texts_differ():
    sketches = np.array([sketch_of(shingles_of(report(seed))) for seed in range(50)])
    assert max(len(np.unique(column)) for column in bands_of(sketches).T) == 50
    assert min(len(np.unique(column)) for column in bands_of(sketches).T) >= 49
