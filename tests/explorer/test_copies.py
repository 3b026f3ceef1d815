"""What repeats a report is shown as that, and no count of sources takes it for another."""

import re

import pytest

from kg.server import Settings, background
from tests.explorer import copied
from tests.explorer.conftest import watching

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served_copies(tmp_path_factory):
    """The address of a server of the graph of `copied`."""
    folder = copied.write(tmp_path_factory.mktemp("copied") / "graph")
    with background(Settings(graph=folder, port=0)) as url:
        yield url


@pytest.fixture
def page(browser, served_copies, request):
    with watching(browser, served_copies, **getattr(request, "param", {})) as watched:
        yield watched


def come_to(watched, address, anchor):
    watched.open(f"#{address}")
    watched.page.locator(anchor).first.wait_for()


def texts(found):
    return [re.sub(r"\s+", " ", text).strip() for text in found.all_inner_texts()]


def test_edge_counts_independent_reports_and_marks_what_repeats_one(page):
    come_to(page, "selected=Ana_Bell&with=Bo_Cole", ".card")
    assert page.page.get_by_text("5 relations in 5 articles, 2 independent.").is_visible()
    marks = [texts(card.locator(".copy-mark")) for card in page.page.locator(".card").all()]
    copy = ["copy of Fjord Agency"]
    assert marks == [["version of A meeting in Oslo"], copy, copy, [], []]
    page.keep("copies-edge")


def test_mark_leads_to_the_article_that_is_repeated(page):
    come_to(page, "selected=Ana_Bell&with=Bo_Cole", ".card")
    page.page.locator(".card", has_text="Oslo Post").get_by_role("link", name="Fjord Agency").press("Enter")
    page.page.locator("#panel-heading", has_text="A meeting in Oslo").wait_for()


def test_rows_of_an_entity_name_source_speaker_and_what_they_repeat(page):
    come_to(page, "selected=Ana_Bell", "table.relations tbody tr")
    assert texts(page.page.locator(".said-by")) == [
        "Fjord Agency version of A meeting in Oslo",
        "Lake Times copy of Fjord Agency",
        "Oslo Post copy of Fjord Agency",
        "Fjord Agency, citing Ministry of Lakes",
        "Sud Herald",
    ]
    panel = page.page.locator("aside.panel")
    for said in ("Mentioned 5 times in 5 articles, 2 independent;", "Stated in 5 articles, 2 independent."):
        assert panel.get_by_text(said).is_visible()
    page.keep("copies-entity")


def test_link_to_the_original_in_a_row_does_not_open_the_row(page):
    come_to(page, "selected=Ana_Bell", "table.relations tbody tr")
    page.page.locator(".copy-mark a").last.click()
    page.page.locator("#panel-heading", has_text="A meeting in Oslo").wait_for()
    assert "article=agency" in page.page.url


def test_count_follows_what_is_filtered(page):
    come_to(page, "selected=Ana_Bell&publisher=Oslo+Post&publisher=Lake+Times", "table.relations tbody tr")
    page.page.get_by_text("Stated in 2 articles, 1 independent.").wait_for()


def test_neighbours_count_independent_reports(page):
    come_to(page, "selected=Ana_Bell", ".summary")
    page.page.locator("summary", has_text="1 neighbour").click()
    line = page.page.locator(".neighbours li")
    line.get_by_text("5 articles, 2 independent").wait_for()


def test_original_lists_what_repeats_it(page):
    come_to(page, "article=agency", ".copies")
    copies = page.page.locator(".copies")
    assert "3 articles repeat this report; all are one source:" in texts(copies)[0]
    assert texts(copies.get_by_role("listitem")) == [
        "Bell meets Cole copy, Oslo Post, 3 April 2026",
        "Talks held copy, Lake Times, 4 April 2026",
        "A meeting in Oslo, continued version, Fjord Agency, 5 April 2026",
    ]
    page.keep("copies-original")
    copies.get_by_role("link", name="Talks held").click()
    page.page.get_by_text("This is a copy of").wait_for()


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("post", "copy of A meeting in Oslo (Fjord Agency, 2 April 2026). It confirms nothing by itself."),
        ("again", "version of A meeting in Oslo (Fjord Agency, 2 April 2026). The two are one source."),
    ],
)
def test_article_says_what_it_repeats(page, article, said):
    come_to(page, f"article={article}", ".copies")
    assert texts(page.page.locator(".copies")) == [f"This is a {said}"]


def test_article_that_repeats_none_says_nothing_of_it(page):
    come_to(page, "article=other", ".text p")
    assert page.page.locator(".copies, .copy-mark").count() == 0


def test_step_of_a_path_counts_independent_reports(page):
    come_to(page, "from=Ana_Bell&to=Bo_Cole", ".leg")
    assert texts(page.page.locator(".leg")) == ["5 relations: consult asserted 5 articles, 2 independent"]


@pytest.mark.parametrize("page", [{}, {"size": "phone"}], ids=["wide", "phone"], indirect=True)
@pytest.mark.parametrize("address", ["selected=Ana_Bell", "selected=Ana_Bell&with=Bo_Cole", "article=agency"])
def test_axe_finds_nothing(page, axe, address):
    come_to(page, address, ".copy-mark, .copies")
    assert page.violations(axe) == []
    wide = page.page.locator(".panel-body").evaluate("e => e.scrollWidth > e.clientWidth")
    assert not wide
