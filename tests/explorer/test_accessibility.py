"""The page keeps nobody out: axe finds nothing in any of its states, and what it cannot see is tried."""

import pytest

pytestmark = pytest.mark.browser
STATES = (
    "opening",
    "search",
    "nothing found",
    "panel",
    "table",
    "menu",
    "help",
    "problem",
    "nothing shown",
    "paths",
    "edge",
)
ADDRESSES = {
    "panel": "entity=Ana_Bell&selected=Ana_Bell",
    "table": "as=table",
    "paths": "entity=Ana_Bell&entity=Norland&from=Ana_Bell&to=Norland&longest=2",
    "edge": "entity=Ana_Bell&entity=Bo_Cole&selected=Ana_Bell&with=Bo_Cole",
}
LEAST = 24
"""CSS pixels of what is clicked (WCAG 2.2, 2.5.8)."""


def come_to(watched, state: str) -> None:
    if state == "problem":
        watched.may_say("500")
        watched.page.route("**/api/network*", lambda route: route.fulfill(status=500, body="no"))
        watched.open()
        watched.page.get_by_role("alert").wait_for()
        return
    if state == "nothing shown":
        watched.open("#entity=Ana_Bell&hide=Ana_Bell")
        watched.page.get_by_role("button", name="Show it").wait_for()
        return
    watched.explore(ADDRESSES.get(state, ""))
    if state in {"search", "nothing found"}:
        watched.search("a" if state == "search" else "qqqxxx")
        watched.page.keyboard.press("ArrowDown")
    if state == "menu":
        menu = watched.page.get_by_role("button", name="Menu")
        if menu.is_visible():
            menu.click()
    if state == "help":
        watched.page.keyboard.press("?")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "watched",
    [
        {"reduced_motion": "reduce"},
        {"color_scheme": "dark", "reduced_motion": "reduce"},
        {"size": "phone", "reduced_motion": "reduce"},
    ],
    ids=["light", "dark", "phone"],
    indirect=True,
)
def test_axe_finds_nothing(watched, axe, state):
    come_to(watched, state)
    assert watched.violations(axe) == []


@pytest.mark.parametrize(
    "watched", [{}, {"size": "phone", "has_touch": True}], ids=["wide", "phone"], indirect=True
)
@pytest.mark.parametrize("state", ["menu", "search", "panel", "help"])
def test_targets_are_large_enough(watched, state):
    come_to(watched, state)
    sizes = watched.page.evaluate(
        """() => [...document.querySelectorAll("button, a, select, input, [role=option]")]
            .filter((one) => one.checkVisibility() && !one.closest(".skip, label"))
            .filter((one) => one.tagName !== "A" || getComputedStyle(one).display !== "inline")
            .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
            .map(([html, {width, height}]) => [html, width, height])"""
    )
    assert [one for one in sizes if min(one[1:]) < LEAST] == []


def test_first_key_skips_to_the_graph(watched):
    watched.explore()
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("document.activeElement.textContent") == "Skip to the graph"
    watched.page.keyboard.press("Enter")
    assert watched.page.evaluate("document.activeElement.tagName") == "MAIN"
    assert watched.scene() == {}


def test_focus_goes_from_top_to_bottom_and_is_seen(watched):
    watched.explore()
    labels = []
    for _ in range(10):
        watched.page.keyboard.press("Tab")
        found = watched.page.evaluate(
            """() => {
                const { activeElement: one } = document;
                return [one.ariaLabel || one.textContent, getComputedStyle(one).outlineStyle];
            }"""
        )
        labels.append(found[0].strip())
        assert found[1] != "none", found
    pages = ["Explorer", "Query", "Drawing", "API"]
    assert labels[:7] == ["Skip to the graph", "Search for an actor", *pages, "Theme: as the system"]


@pytest.mark.parametrize("watched", [{"size": "phone"}], indirect=True)
def test_menu_of_a_phone_opens_and_closes_by_key(watched):
    watched.explore()
    button = watched.page.get_by_role("button", name="Menu")
    undo = watched.page.get_by_role("button", name="Undo", exact=True)
    assert not undo.is_visible()
    button.focus()
    watched.page.keyboard.press("Enter")
    assert undo.is_visible()
    watched.keep("phone-menu")
    watched.page.keyboard.press("Escape")
    assert not undo.is_visible()
    assert button.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("watched", [{"size": "phone"}], indirect=True)
def test_panel_of_a_phone_lies_over_the_foot_of_the_drawing(watched):
    watched.explore("entity=Ana_Bell&entity=Bo_Cole&selected=Ana_Bell")
    drawing, panel = (
        watched.page.locator(".drawing").bounding_box(),
        watched.page.locator(".panel").bounding_box(),
    )
    assert (drawing["width"], panel["width"]) == (390, 390)
    assert drawing["height"] > 600
    assert panel["y"] > drawing["y"] + 0.3 * drawing["height"]


def test_phone_on_its_side_leaves_the_drawing_room(watched):
    watched.page.set_viewport_size({"width": 844, "height": 390})
    watched.explore("entity=Ana_Bell&selected=Ana_Bell")
    assert watched.page.locator(".drawing").bounding_box()["height"] > 240
    assert watched.page.locator(".panel").bounding_box()["height"] > 240
    watched.page.get_by_role("button", name="Menu").click()
    assert watched.page.get_by_role("button", name="Undo", exact=True).is_visible()


def test_nothing_is_cut_at_twice_the_size(watched):
    watched.page.set_viewport_size(
        {"width": 640, "height": 400}
    )  # what 1280×800 has at 200 % (WCAG 2.2, 1.4.4)
    watched.explore()
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 640
    assert watched.page.locator(".drawing").bounding_box()["height"] > 150
    watched.page.get_by_role("button", name="Menu").click()
    watched.page.get_by_role("button", name="Start anew").scroll_into_view_if_needed()


def test_narrowest_page_needs_no_scrolling_sideways(watched):
    watched.page.set_viewport_size({"width": 320, "height": 640})  # WCAG 2.2, 1.4.10
    watched.explore("entity=Ana_Bell&selected=Ana_Bell")
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("watched", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_where_that_is_not_wanted(watched):
    watched.explore()
    every = "[...document.querySelectorAll('*')].map((one) => getComputedStyle(one).animationName)"
    assert set(watched.page.evaluate(every)) == {"none"}


def test_what_a_button_means_is_told_and_goes_by_key(watched):
    watched.explore()
    watched.page.get_by_role("button", name="Help").focus()
    watched.page.keyboard.press("Shift+Tab")
    seen = "getComputedStyle(document.activeElement, '::after').display"
    assert watched.page.evaluate(seen) == "block"
    watched.page.keyboard.press("Escape")
    assert watched.page.evaluate(seen) == "none"
