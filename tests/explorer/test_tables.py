"""What is drawn as tables: sorted, found in, paged and opened; by mouse and by keyboard."""

import pytest

from kg.server import Settings, background
from kg.store import Store
from kg.types import Status
from tests.exploration.graphs import KINDS, make_article
from tests.explorer.conftest import watching

pytestmark = pytest.mark.browser
HEADING = "#panel-heading"


def open_tables(watched, more=""):
    watched.open(f"#as=table{more}")
    rows(watched).first.wait_for()


def rows(watched):
    return watched.page.locator(".table-scroll tbody tr")


def column(watched, number):
    return [text.strip() for text in rows(watched).locator(f"xpath=./*[{number}]").all_inner_texts()]


def head(watched, name):
    return watched.page.get_by_role("columnheader", name=name)


def test_entities_are_listed_with_what_is_known_of_them(watched):
    open_tables(watched)
    watched.page.get_by_role("cell", name="2032-01-08").first.wait_for()
    first = rows(watched).first.locator("th, td").all_inner_texts()
    assert first == ["Ana Bell", "person", "4", "3", "2031-05-02", "2032-01-08", "", ""]
    assert (rows(watched).count(), watched.page.get_by_text("13 entities", exact=True).count()) == (13, 1)
    watched.keep("table-of-entities")


def test_edges_are_listed_from_who_does_it(watched):
    open_tables(watched)
    watched.page.get_by_role("tab", name="Edges").click()
    attack = rows(watched).filter(has_text="Vik")
    attack.get_by_text("2031-06-30").first.wait_for()
    texts = attack.locator("th, td").all_inner_texts()
    assert texts[0] == "Sudland"
    assert texts[2:] == ["Vik", "assault", "1", "asserted", "2031-06-30", "2031-06-30"]
    watched.keep("table-of-edges")


def test_heads_sort_by_mouse(watched):
    open_tables(watched)
    head(watched, "Name").get_by_role("button").click()
    names = column(watched, 1)
    assert head(watched, "Name").get_attribute("aria-sort") == "ascending"
    assert names.index("Ana Bell") < names.index("Bo Cole") < names.index("Zoë Ğuliç")
    head(watched, "Name").get_by_role("button").click()
    assert column(watched, 1) == names[::-1]


def test_heads_sort_by_keyboard_numbers_from_the_most(watched):
    open_tables(watched)
    head(watched, "Neighbours").get_by_role("button").focus()
    watched.page.keyboard.press("Enter")
    numbers = [int(text) for text in column(watched, 4)]
    assert numbers == sorted(numbers, reverse=True)
    assert head(watched, "Neighbours").get_attribute("aria-sort") == "descending"


def test_rows_are_found_without_accents(watched):
    open_tables(watched)
    watched.page.get_by_label("Find in the table").fill("gulic")
    watched.page.get_by_text("1 entity", exact=True).wait_for()
    assert column(watched, 1) == ["Zoë Ğuliç"]


def test_nothing_found_says_so(watched):
    open_tables(watched)
    watched.page.get_by_label("Find in the table").fill("nobody at all")
    watched.page.get_by_text("No entity here has these words. 13 entities without them.").wait_for()


def test_table_says_that_it_is_loading(watched):
    held, is_open = [], []

    def hold(route):
        if is_open:
            route.continue_()
        else:
            held.append(route)

    watched.page.route("**/api/network?*", hold)
    watched.open("#as=table")
    watched.page.locator(".table-empty", has_text="Loading …").wait_for()
    is_open.append(True)
    for route in held:
        route.continue_()
    rows(watched).first.wait_for()


def test_click_on_a_row_opens_its_panel(watched):
    open_tables(watched)
    rows(watched).filter(has_text="Ostland").locator("td").first.click()
    watched.page.locator(HEADING, has_text="Ostland").wait_for()
    assert watched.page.locator("[aria-current=true]").inner_text() == "Ostland"


def test_edge_row_opens_the_evidence_by_keyboard(watched):
    open_tables(watched)
    watched.page.get_by_role("tab", name="Entities").focus()
    watched.page.keyboard.press("ArrowRight")
    watched.page.get_by_role("button", name="Ana Bell, consult, Bo Cole").focus()
    watched.page.keyboard.press("Enter")
    watched.page.locator(".card").nth(1).wait_for()


def test_arrows_move_between_rows_and_tab_leaves_them(watched):
    open_tables(watched)
    names = column(watched, 1)
    rows(watched).first.get_by_role("button").focus()
    for key, place in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", -1), ("Home", 0)):
        watched.page.keyboard.press(key)
        assert watched.page.evaluate("document.activeElement.innerText.trim()") == names[place]
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("document.activeElement.closest('tbody') === null")


def test_hidden_entities_and_filters_are_heeded(watched):
    open_tables(watched, "&hide=Ana_Bell&status=asserted")
    names = column(watched, 1)
    assert "Bo Cole" in names
    assert "Ana Bell" not in names


@pytest.mark.parametrize("watched", [{"size": "phone", "color_scheme": "dark"}], indirect=True)
def test_hostile_names_stay_in_their_cells_on_a_phone(watched):
    open_tables(watched)
    heights = rows(watched).evaluate_all("all => all.map((row) => row.getBoundingClientRect().height)")
    assert max(heights) < 45
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watched.keep("table-phone-dark")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A graph of 121 entities: one that met 120 others."""
    folder = tmp_path_factory.mktemp("many") / "graph"
    claims = [
        ("Ana Bell", f"Envoy {number}", KINDS[0], Status.ASSERTED, "2031-05-02", 0.9) for number in range(120)
    ]
    with Store.create(folder) as store, store.adding():
        store.add(make_article(1, claims))
    return folder


@pytest.mark.slow
def test_many_rows_are_paged(browser, many):
    with background(Settings(graph=many, port=0)) as url, watching(browser, url) as watched:
        open_tables(watched, "&most=300")
        watched.page.get_by_text("1–100 of 121 entities").wait_for()
        rows(watched).first.get_by_role("button").focus()
        watched.page.keyboard.press("PageDown")
        watched.page.get_by_text("101–121 of 121 entities").wait_for()
        assert rows(watched).count() == 21
        assert rows(watched).first.get_by_role("button").evaluate("e => e === document.activeElement")
        watched.page.get_by_role("button", name="Previous").click()
        watched.page.get_by_text("1–100 of 121 entities").wait_for()
