"""Records as HTML: everything escaped, in one piece, and taking over the colours around it."""

import re

import pytest

from kg.display.rendering import clipped, render, visible
from kg.types import Article
from tests.display.shown import HOSTILE, PLAIN, Elements, extraction

STYLE = re.search(
    r"<style>(.*?)</style>", render("rows", {"headings": [], "rows": [], "total": 0}), re.DOTALL
)[1]


def shown(record):
    return Elements(record._repr_html_())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_stay_texts(name):
    found = extraction(name)
    for record in (found, found.article, found.entities[0], found.relations[0]):
        elements = shown(record)
        assert not elements.open
        assert elements.names <= PLAIN
        assert elements.attributes <= {"class", "title", "style"}
        assert clipped(visible(name), 100)[:90] in elements.text


def test_evidence_is_highlighted_and_mentions_are_underlined():
    text = extraction("Ana Bell")._repr_html_()
    assert (
        '<mark title="Ana Bell Ana Bell Bo Cole (planned)"><span class="kg-mention" title="Ana Bell">Ana Bell'
        in text
    )


def test_status_is_told_in_words_not_by_colour_alone():
    assert ">planned</span>" in extraction("Ana Bell").relations[0]._repr_html_()


def test_colours_are_those_around():
    fixed = re.findall(r"(?<!-)\b(?:color|background|border-color): *(#\w+|white|black|rgb\S*)", STYLE)
    assert fixed == []
    assert "color: inherit" in STYLE
    assert not re.findall(r"url\(|@import|http", STYLE)


def test_style_touches_nothing_outside():
    selectors = [one for rule in re.findall(r"([^{}]+)\{", STYLE) for one in rule.split(",")]
    assert [one for one in selectors if not one.strip().startswith(".kg-display")] == []


def test_headline_that_begins_the_text_is_shown_once():
    article = Article(id="a", title="Ana meets Bo", text="Ana meets Bo\n\nAna met Bo.")
    assert shown(article).spaced == "Ana meets Bo a Ana met Bo."


def test_headline_of_its_own_is_shown_above():
    assert shown(Article(id="a", title="Talks", text="Ana met Bo.")).spaced == "Talks a Ana met Bo."


def test_long_article_says_how_much_is_shown():
    article = Article(id="a", text="Ana met Bo. " * 5_000)
    assert "20,000 of 60,000 characters shown" in shown(article).text


def test_reprs_fit_a_terminal():
    found = extraction("Ana Bell")
    assert repr(found) == "Extraction(article='Ana Bell', 1 relations, 2 entities, 1 mentions)"
    assert repr(Article(id="a", text="Ana.")) == "Article(id='a', 4 characters)"
