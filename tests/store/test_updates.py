"""Articles and judgements come, change and go; the graph is the one that is built from what is left."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import JudgementError
from kg.rdf import graph_quads
from kg.rdf.articles import article_node, this_software
from kg.store import Claim, Store
from kg.store.graphs import lasting_quads
from kg.types import Extraction, Verdict
from tests.builders import make_extraction
from tests.rdf.strategies import ARTICLE_IDS, ENTITY_IDS, RELATED

MODELS = st.sampled_from([None, "m 1", "m 2"])
LEAST = st.sampled_from([None, 0.5])
ONE = make_extraction("Oleksiy Babenko met Bo Cole.", article_id="a1", ends=("Oleksiy Babenko", "Bo Cole"))
OTHER = make_extraction("Oleksii Babenko met Cy Dole.", article_id="a2", ends=("Oleksii Babenko", "Cy Dole"))
APART = make_extraction("Ed Fox met Bo Cole.", article_id="a3", ends=("Ed Fox", "Bo Cole"))


@dataclass(frozen=True)
class Add:
    """An article comes, or takes the place of another, as some software read it."""

    extraction: Extraction
    model: str | None
    least: float | None


@dataclass(frozen=True)
class Remove:
    """An article goes."""

    article: str


@dataclass(frozen=True)
class RemoveAll:
    """Several articles go in one transaction, some of which may not be there."""

    articles: tuple[str, ...]


@dataclass(frozen=True)
class Judge:
    """The user judges two entities, which may be yet to come."""

    one: str
    other: str
    verdict: Verdict


@dataclass(frozen=True)
class Withdraw:
    """The user takes a judgement back."""

    one: str
    other: str


@dataclass(frozen=True)
class Finish:
    """All are judged together, as a build does at its end."""


@dataclass
class Left:
    """What ought to be left after some steps."""

    articles: dict[str, Add] = field(default_factory=dict)
    claims: dict[tuple[str, str], Verdict] = field(default_factory=dict)


PAIRS = st.tuples(ENTITY_IDS, ENTITY_IDS).filter(lambda pair: pair[0] != pair[1]).map(sorted)
ADDS = st.builds(Add, RELATED, MODELS, LEAST)
STEPS = st.tuples(
    st.lists(ADDS, min_size=2, max_size=4),
    st.lists(
        st.one_of(
            ADDS,
            st.builds(Remove, ARTICLE_IDS),
            st.lists(ARTICLE_IDS, max_size=3).map(lambda ids: RemoveAll(tuple(ids))),
            PAIRS.map(lambda pair: Judge(*pair, Verdict.SAME)),
            st.builds(lambda pair, verdict: Judge(*pair, verdict), PAIRS, st.sampled_from(Verdict)),
            PAIRS.map(lambda pair: Withdraw(*pair)),
            st.just(Finish()),
        ),
        min_size=2,
        max_size=8,
    ),
).map(lambda parts: [*parts[0], *parts[1]])


def take(step, store: Store, left: Left) -> None:
    match step:
        case Add(extraction, model, least):
            store.add(extraction, model=model, min_confidence=least)
            left.articles[extraction.article.id] = step
        case Remove(article):
            assert store.remove(article) == (article in left.articles)
            left.articles.pop(article, None)
        case RemoveAll(articles):
            store.remove_all(articles)
            for article in articles:
                left.articles.pop(article, None)
        case Judge(one, other, verdict):
            try:
                store.judge([Claim(one=one, other=other, verdict=verdict, is_by_id=True)])
                left.claims[one, other] = verdict
            except JudgementError:
                assert verdict is not Verdict.UNSURE
        case Withdraw(one, other):
            assert store.withdraw(one, other) == ((one, other) in left.claims)
            left.claims.pop((one, other), None)
        case Finish():
            store.judge()


def built_from(left: Left, order: random.Random) -> Store:
    store, adds = Store.in_memory(), list(left.articles.values())
    order.shuffle(adds)
    with store.adding():
        for add in adds:
            store.add(add.extraction, model=add.model, min_confidence=add.least)
    claims = [
        Claim(one=one, other=other, verdict=verdict, is_by_id=True)
        for (one, other), verdict in left.claims.items()
    ]
    order.shuffle(claims)
    store.judge(claims)
    return store


def said(store: Store) -> list[str]:
    return sorted(map(str, lasting_quads(store.data, store.base)))


@settings(max_examples=60, deadline=None)
@given(STEPS, st.booleans(), st.randoms(use_true_random=False))
def test_graph_is_the_one_built_from_what_is_left(steps, is_finished_between, order):
    store, left = Store.in_memory(), Left()
    for step in steps:
        take(step, store, left)
        if is_finished_between and not store.is_finished:
            store.judge()
    store.judge()
    fresh = built_from(left, order)
    assert said(store) == said(fresh)
    assert store.fingerprint() == fresh.fingerprint()
    assert {str(graph) for graph in store.data.named_graphs()} == {str(g) for g in fresh.data.named_graphs()}


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_finished_graph_stays_finished_and_exact_after_every_step(steps):
    store, left = Store.in_memory(), Left()
    for step in steps:
        take(step, store, left)
        if store.is_finished:
            assert said(store) == said(built_from(left, random.Random(0)))


@settings(max_examples=40, deadline=None)
@given(st.lists(RELATED, max_size=5, unique_by=lambda extraction: extraction.article.id))
def test_each_article_s_graph_is_what_it_says_alone(extractions):
    store = Store.in_memory()
    for extraction in extractions:
        store.add(extraction)
    store.judge()
    for extraction in extractions:
        graph = article_node(extraction.article)
        wanted = graph_quads(extraction, store.vocabulary, software=this_software())
        assert set(store.data.quads_for_pattern(None, None, None, graph)) == set(wanted)
