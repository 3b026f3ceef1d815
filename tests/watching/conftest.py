"""What the tests of watching share: a website with feeds, and a build without a language model."""

from __future__ import annotations

import os
from functools import partial

import pytest

from kg.articles.fetching import FetchLimits
from kg.articles.urls import WebOptions
from kg.store import Store
from kg.types import Extraction
from kg.watching import Watcher, WatchOptions, gathering
from tests.articles.conftest import QUICK
from tests.website import Page, Website


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch):
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def website():
    with Website().running() as running:
        yield running


def nothing_said(articles):
    """An extractor that finds no relation."""
    return (Extraction(article=article) for article in articles)


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    monkeypatch.setattr(gathering, "add_articles", partial(gathering.add_articles, extractor=nothing_said))


@pytest.fixture
def graph(tmp_path):
    return tmp_path / "graph"


def watcher(graph, *urls, lines=None, every=900.0, follows_links=True, limits=None):
    web = WebOptions(limits=FetchLimits(**(QUICK | (limits or {}))), follows_links=follows_links)
    told = lines if lines is not None else []
    return Watcher(list(urls), graph, options=WatchOptions(every=every, web=web), tell=told.append)


def once(graph, *urls, **known):
    """Asks feeds once; gives the report and the lines."""
    lines = []
    return watcher(graph, *urls, lines=lines, **known).run(once=True), lines


def stored(graph):
    """The ids of what is in a graph."""
    with Store.open(graph) as store:
        return [article.id for article in store.articles()]


def item(name, text="Ana Bell met Bo Cole in Oslo, officials said."):
    return (
        f"<item><guid>x:{name}</guid><title>Talks {name}</title><link>/{name}</link>"
        f"<content:encoded>{text} Number {name}.</content:encoded></item>"
    )


def rss(*items, about="", headers=None):
    body = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Oslo Desk</title>{about}{''.join(items)}</channel></rss>"
    )
    return Page(body.encode(), type="application/rss+xml", headers=headers or {})
