"""What is found by words, as pages show it."""

import pytest

from kg.errors import ExplorationError, SearchError
from kg.exploration.hits import hits
from kg.exploration.pages import Bounds
from kg.store.search.opening import index_of
from kg.types import Status
from tests.exploration.graphs import KINDS, make_article, make_store


@pytest.fixture(scope="module")
def index():
    claims = [("Ana Bell", "Bo Cole", KINDS[0], Status.ASSERTED, None, 0.9)]
    return index_of(make_store([make_article(1, claims)]))


def test_highlights_are_counted_in_both_ways(index):
    (hit,) = hits(index, "titl", types=["article"]).hits.items
    (span,) = hit.spans
    assert (hit.matched, hit.matched[span.start : span.end]) == ("Title 🙂", "Title"[: span.end])


def test_pages_follow(index):
    first = hits(index, "b", bounds=Bounds(limit=1)).hits
    second = hits(index, "b", bounds=Bounds(limit=1, after=first.next)).hits
    assert {one.name for one in (*first.items, *second.items)} == {"Ana Bell", "Bo Cole"}
    assert (first.total, second.next) == (2, None)


@pytest.mark.parametrize(
    ("bounds", "error"),
    [
        (Bounds(limit=0), ExplorationError), (Bounds(after=(1,)), ExplorationError),
        (Bounds(after=("a", "b")), ExplorationError), (Bounds(after=("no cursor",)), SearchError),
    ],
)  # fmt: skip
def test_wrong_pages_are_told(index, bounds, error):
    with pytest.raises(error):
        hits(index, "Ana", bounds=bounds)
