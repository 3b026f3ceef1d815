"""What the tests of fetching share."""

from __future__ import annotations

import os

import pytest

from kg.articles.fetching import Fetcher, FetchLimits, shared_fetcher
from tests.website import Website

QUICK = {
    "connect_seconds": 2.0, "read_seconds": 0.4, "total_seconds": 2.0, "pause": 0.0, "allow_private": True,
}  # fmt: skip
"""Limits for servers of this machine, which answer at once or never."""


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch):
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    shared_fetcher.cache_clear()


@pytest.fixture
def website():
    with Website().running() as running:
        yield running


@pytest.fixture
def fetcher():
    return Fetcher(FetchLimits(**QUICK))
