"""What the bundled articles say of themselves, and that they are what their README says."""

import itertools
import json
import re

import pytest

from kg.articles import sample_articles, samples_folder
from tests.seeds import seed_articles

SEEDS = frozenset(seed_articles())
WRITTEN = [article for article in sample_articles() if article not in SEEDS]
IDS = [article.id for article in WRITTEN]
COPY = {"2023-03-10-iran-saudi-beijing", "2023-03-10-iran-saudi-copy"}


def note_of(article) -> str:
    fields = json.loads((samples_folder() / f"{article.id}.json").read_text("utf-8"))
    return str(fields.get("note"))


@pytest.mark.parametrize("article", WRITTEN, ids=IDS)
def test_sample_says_that_it_was_written_for_this_project(article):
    assert note_of(article).startswith("Written for the project kg-actors, in its authors' own words")
    assert article.license == "Apache-2.0"
    assert re.fullmatch("kg sample desk [ABC]", article.source)


@pytest.mark.parametrize("article", WRITTEN, ids=IDS)
def test_sample_begins_with_its_title_and_is_named_by_its_day(article):
    assert article.text.splitlines()[0] == article.title
    assert article.id.startswith(f"{article.published}-")


@pytest.mark.parametrize("article", WRITTEN, ids=IDS)
def test_sample_is_a_short_report(article):
    title, *paragraphs = article.text.splitlines()
    assert 150 <= len(article.text.split()) <= 300
    assert len(title.split()) <= 12
    assert len(paragraphs) >= 4


def test_samples_are_about_thirty_of_every_year_by_three_desks():
    assert len(WRITTEN) == 34
    assert {article.date.year for article in WRITTEN} == set(range(2018, 2027))
    assert len({article.source for article in WRITTEN}) == 3


def test_seeds_are_given_out_as_nobodys_work_of_ours():
    assert [article.id for article in SEEDS if note_of(article) != "None"] == []
    assert len(SEEDS) == 3


def overlap(one: str, other: str, words: int = 4) -> float:
    """The share of runs of words that two texts have in common (Broder 1997: resemblance of shingles)."""
    first, second = (
        set(zip(*(text.lower().split()[start:] for start in range(words)), strict=False))
        for text in (one, other)
    )
    return len(first & second) / len(first | second)


def test_one_sample_is_a_near_copy_and_no_other_two_are_alike():
    shares = {
        frozenset({one.id, other.id}): overlap(one.text, other.text)
        for one, other in itertools.combinations(sample_articles(), 2)
    }
    assert 0.6 < shares.pop(frozenset(COPY)) < 1
    assert max(shares.values()) < 0.1


def test_near_copy_is_by_another_desk():
    assert len({article.source for article in WRITTEN if article.id in COPY}) == 2


def test_readme_lists_every_sample():
    text = (samples_folder() / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| `([\w-]+)` \| (\w) \| (.+?) \|", text, re.MULTILINE)
    assert listed == [(article.id, article.source[-1], article.title) for article in WRITTEN]
    assert [article.id for article in SEEDS if f"`{article.id}`" not in text] == []
