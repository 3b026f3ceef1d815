"""The explorer opens, says how much it shows, and what is wrong where something is."""

import json
import re

import pytest

from kg.server import Settings, background
from kg.store import Store
from tests.explorer.conftest import watching

pytestmark = pytest.mark.browser
TOKEN = "0123456789abcdef-token"


def answering(status: int, headers: dict[str, str] | None = None, detail: str = "Say why."):
    """Gives what a route is fulfilled with."""
    body = json.dumps({"title": "No", "status": status, "detail": detail})
    return {
        "status": status,
        "headers": {"Content-Type": "application/problem+json", **(headers or {})},
        "body": body,
    }


def first_fails(page, pattern: str, answer: dict) -> list[str]:
    """Has the first request of an address fail; gives what was asked."""
    asked: list[str] = []

    def answer_once(route):
        asked.append(route.request.url)
        route.fulfill(**answer) if len(asked) == 1 else route.continue_()

    page.route(pattern, answer_once)
    return asked


def test_page_says_how_much_of_the_graph_it_shows(watched):
    watched.explore()
    assert watched.status() == "13 of 13 entities, 16 of 16 relations shown"
    assert watched.page.locator("canvas").count() > 0
    watched.keep("opening")


def test_hint_says_what_to_do_until_something_is_done(watched):
    watched.explore()
    hint = watched.page.get_by_text("Click an actor for whom it met and when")
    hint.wait_for()
    watched.search("Ana")
    watched.page.keyboard.press("Enter")
    hint.wait_for(state="detached")
    watched.explore()
    assert hint.count() == 0


def test_other_pages_are_linked(watched):
    watched.explore()
    links = watched.page.get_by_role("navigation", name="Pages").get_by_role("link")
    assert links.all_inner_texts() == ["Explorer", "Query", "Drawing", "API"]
    assert links.first.get_attribute("aria-current") == "page"


def test_colours_follow_the_system_until_chosen(watched):
    watched.explore()
    ground = "getComputedStyle(document.body).backgroundColor"
    assert watched.page.evaluate(ground) == "rgb(255, 255, 255)"
    watched.page.emulate_media(color_scheme="dark")
    assert watched.page.evaluate(ground) == "rgb(20, 23, 28)"
    button = watched.page.get_by_role("button", name="Theme")
    button.click()
    assert watched.page.evaluate(ground) == "rgb(255, 255, 255)"
    watched.explore()
    assert button.get_attribute("aria-label") == "Theme: light"
    assert watched.page.evaluate(ground) == "rgb(255, 255, 255)"


def test_help_opens_and_closes_by_keys(watched):
    watched.explore()
    watched.page.keyboard.press("?")
    dialog = watched.page.get_by_role("dialog", name="Help")
    dialog.get_by_text("Show it with its strongest neighbours").wait_for()
    watched.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")


def test_keys_without_control_can_be_turned_off(watched):
    watched.explore()
    watched.page.get_by_role("button", name="Help").click()
    watched.page.get_by_role("checkbox", name="Keys without Ctrl").uncheck()
    watched.page.keyboard.press("Escape")
    watched.page.keyboard.press("?")
    assert watched.page.get_by_role("dialog").count() == 0


def test_more_of_the_strongest_up_to_all(watched):
    watched.explore("most=5")
    more = watched.page.get_by_role("button", name="More", exact=True)
    assert watched.status().startswith("5 of 13 entities")
    more.click()
    watched.page.locator(".status").get_by_text("13 of 13 entities").wait_for()
    assert watched.scene() == {"most": ["20"]}
    assert more.is_disabled()


def test_link_to_what_is_shown_is_copied(browser, served):
    with watching(browser, served, permissions=["clipboard-read", "clipboard-write"]) as watched:
        watched.explore("entity=Ana_Bell")
        watched.page.get_by_role("button", name="Copy link").click()
        watched.page.get_by_text("in the clipboard").wait_for()
        assert watched.page.evaluate("navigator.clipboard.readText()") == watched.page.url


def test_empty_graph_says_how_to_fill_it(browser, tmp_path):
    with Store.create(tmp_path / "graph") as store, store.adding():
        pass
    with (
        background(Settings(graph=tmp_path / "graph", port=0, workers=1)) as url,
        watching(browser, url) as found,
    ):
        found.open()
        found.page.get_by_role("heading", name="The graph is empty").wait_for()
        found.page.get_by_text("kg build").wait_for()


def test_filters_that_nothing_fits_can_be_removed(watched):
    watched.open("#min_confidence=1&status=negated&relation_class=CONSULT")
    watched.page.get_by_role("heading", name="No relation fits the filters").wait_for()
    watched.page.get_by_role("button", name="Remove filters").click()
    watched.settle()
    assert watched.scene() == {}


@pytest.mark.parametrize("status", [429, 503])
def test_busy_server_is_asked_again_by_itself(watched, status):
    watched.may_say(str(status))
    asked = first_fails(watched.page, "**/api/network*", answering(status, {"Retry-After": "0"}))
    watched.explore()
    assert len(asked) == 2


def test_what_failed_is_done_again_when_wanted(watched):
    watched.may_say("500")
    first_fails(watched.page, "**/api/network*", answering(500, detail="The disk is full."))
    watched.open()
    alert = watched.page.get_by_role("alert")
    alert.get_by_text("The disk is full.").wait_for()
    alert.get_by_role("button", name="Try again").click()
    watched.settle()
    assert alert.count() == 0


def test_server_that_is_gone_is_told_at_opening(watched):
    watched.may_say("ERR_FAILED")
    watched.page.route("**/api/overview", lambda route: route.abort())
    watched.open()
    watched.page.get_by_role("alert").get_by_text("cannot be reached").wait_for()
    watched.page.unroute("**/api/overview")
    watched.page.get_by_role("button", name="Try again").click()
    watched.settle()


def test_server_that_goes_is_told_and_the_drawing_stays(watched):
    watched.may_say("ERR_FAILED")
    watched.explore()
    watched.page.route("**/api/**", lambda route: route.abort())
    watched.search("Ana")
    watched.page.locator(".found").get_by_text("cannot be reached").wait_for()
    watched.page.keyboard.press("Escape")
    watched.page.evaluate("location.hash = 'most=5'")
    watched.page.get_by_role("alert").get_by_text("cannot be reached").wait_for()
    watched.page.get_by_role("button", name="Close this message").click()
    assert watched.page.get_by_role("alert").count() == 0


def test_slow_answers_are_told(watched):
    watched.page.clock.install()
    held = []
    watched.page.route("**/api/network*", lambda route: held.append(route))  # noqa: PLW0108  # marks it
    watched.open()
    watched.page.get_by_text("Loading …").wait_for()
    watched.page.clock.fast_forward(1_500)
    watched.page.get_by_text("Still loading …").wait_for()
    watched.page.clock.fast_forward(10_000)
    watched.page.get_by_role("button", name="Show the strongest 60").wait_for()
    for route in held:
        route.continue_()
    watched.settle()
    assert watched.page.get_by_text("This takes long").count() == 0


def test_changed_graph_is_told_at_the_next_answer(watched):
    watched.explore()

    def other(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "kg-generation": "another"})

    watched.page.route("**/api/search*", other)
    watched.search("Ana")
    watched.page.keyboard.press("Escape")
    watched.page.get_by_text("The graph has changed").wait_for()
    watched.page.get_by_role("button", name="Reload").click()
    watched.settle()
    assert watched.page.get_by_text("The graph has changed").count() == 0


def test_token_is_asked_for_until_it_is_right(browser, invented_graph):
    settings = Settings(graph=invented_graph, port=0, workers=1, token=TOKEN)
    with background(settings) as url, watching(browser, url) as watched:
        watched.may_say("401")
        watched.open()
        field = watched.page.get_by_label("Token")
        for wrong, said in (("über", "letters, digits"), ("wrong-token-of-mine", "does not take this token")):
            field.fill(wrong)
            watched.page.keyboard.press("Enter")
            watched.page.get_by_text(said).wait_for()
        field.fill(TOKEN)
        watched.page.keyboard.press("Enter")
        watched.settle()
        assert TOKEN not in watched.page.url
        assert watched.page.get_by_role("link", name="API").count() == 0  # a link sends no token


def test_part_that_makes_a_mistake_takes_nothing_else_along(watched):
    watched.may_say("TypeError")
    watched.page.route("**/api/network*", lambda route: route.fulfill(json={"entities": 3}))
    watched.open()
    watched.page.get_by_role("alert").get_by_text(re.compile("made a mistake")).wait_for()
    assert watched.page.get_by_role("combobox", name="Search").is_enabled()
