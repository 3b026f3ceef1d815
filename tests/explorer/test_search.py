"""The search: what it finds, and what comes of it, by keyboard and by mouse."""

import re

import pytest

pytestmark = pytest.mark.browser


def options(watched) -> list[str]:
    return [" ".join(text.split()) for text in watched.page.locator("#hits [role=option]").all_inner_texts()]


@pytest.mark.parametrize("words", ["zoe gulic", "Zoë", "guli", "ZOE"])
def test_accents_and_case_make_no_difference(watched, words):
    watched.explore()
    watched.search(words)
    assert options(watched)[0].startswith("Zoë Ğuliç person")


def test_other_name_that_fits_is_told(watched):
    watched.explore()
    watched.search("norvik")
    option = watched.page.get_by_role("option").first
    assert " ".join(option.inner_text().split()).startswith("Norland country also Norvik")
    assert option.locator("mark").inner_text() == "Norvik"


def test_enter_shows_the_best_with_its_neighbours(watched):
    watched.explore()
    watched.search("bo cole")
    watched.page.keyboard.press("Enter")
    watched.page.get_by_text("Bo Cole: all 3 neighbours").wait_for()
    watched.settle()
    assert watched.scene()["selected"] == ["Bo_Cole"]
    assert set(watched.scene()["entity"]) == {"Bo_Cole", "Ana_Bell", "Norland", "Zoë_Ğuliç"}
    watched.keep("search-shown")


def test_enter_before_anything_is_found_waits_for_it(watched):
    watched.explore()
    watched.page.keyboard.press("/")
    watched.page.keyboard.type("ana bell")
    watched.page.keyboard.press("Enter")
    watched.page.get_by_text("Ana Bell: all").wait_for()
    assert watched.scene()["selected"] == ["Ana_Bell"]


def test_arrows_go_through_what_is_found(watched):
    watched.explore()
    watched.search("vik")
    field = watched.page.get_by_role("combobox", name="Search")
    names = options(watched)
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1)):
        watched.page.keyboard.press(key)
        selected = watched.page.locator("#hits [aria-selected=true]")
        assert " ".join(selected.inner_text().split()) == names[place]
        assert field.get_attribute("aria-activedescendant") == selected.get_attribute("id")


def test_control_and_enter_shows_it_beside_what_is_there(watched):
    watched.explore("entity=Ana_Bell")
    watched.search("Sudland")
    watched.page.keyboard.press("Control+Enter")
    watched.page.get_by_text("Sudland is shown beside").wait_for()
    assert watched.scene()["entity"] == ["Ana_Bell", "Sudland"]


def test_mouse_shows_and_adds(watched):
    watched.explore("entity=Ana_Bell")
    watched.search("Sudland")
    watched.page.get_by_role("option").first.get_by_text("Add").click()
    watched.page.get_by_text("Sudland is shown beside").wait_for()
    assert watched.scene()["entity"] == ["Ana_Bell", "Sudland"]
    watched.search("Vik")
    watched.page.get_by_role("option").first.click()
    watched.page.get_by_text(re.compile("Vik: ")).wait_for()
    assert watched.scene()["entity"][0] == "Vik"


def test_article_is_found_by_its_headline_and_opened(watched):
    watched.explore()
    watched.search("war of words")
    watched.page.get_by_role("group", name="article").get_by_role("option").first.click()
    watched.page.wait_for_url(re.compile("article=a2"))
    assert watched.scene() == {"article": ["a2"]}


def test_sentence_is_found_and_its_relation_opened_with_both_ends(watched):
    watched.explore("entity=Vik")
    watched.search("agreed with Ostland on gas")
    watched.page.get_by_role("group", name="sentence").get_by_role("option").first.click()
    watched.page.wait_for_url(re.compile("relation="))
    assert set(watched.scene()["entity"]) == {"Vik", "Norland", "Ostland"}


def test_nothing_found_says_what_to_try(watched):
    watched.explore()
    watched.search("qqqxxx")
    watched.page.get_by_text("Nothing is called qqqxxx.").wait_for()
    watched.page.get_by_text("Try fewer letters").wait_for()
    assert options(watched) == []


def test_escape_closes_then_empties(watched):
    watched.explore()
    watched.search("ana")
    field = watched.page.get_by_role("combobox", name="Search")
    watched.page.keyboard.press("Escape")
    assert (field.get_attribute("aria-expanded"), field.input_value()) == ("false", "ana")
    watched.page.keyboard.press("Escape")
    assert field.input_value() == ""
    assert field.evaluate("field => field === document.activeElement")


def test_list_closes_where_it_is_left(watched):
    watched.explore()
    watched.search("ana")
    watched.page.keyboard.press("Tab")
    watched.page.locator(".found").wait_for(state="detached")


def test_more_are_shown_where_there_are_more(watched):
    watched.explore()
    watched.search("a")
    group = watched.page.get_by_role("group", name="sentence")
    assert re.fullmatch(r"3 of \d+ sentences", group.locator(".hits-title").inner_text())
    group.get_by_text("More sentences").click()
    group.locator(".hits-title").filter(has_not_text=" of ").wait_for()
    assert group.get_by_role("option").count() > 3


def test_search_that_is_refused_says_why(watched):
    watched.may_say("500")
    watched.explore()
    problem = '{"title": "x", "status": 500, "detail": "The index is broken."}'
    answer = {"status": 500, "headers": {"Content-Type": "application/problem+json"}, "body": problem}
    watched.page.route("**/api/search*", lambda route: route.fulfill(**answer))
    watched.search("ana")
    watched.page.get_by_role("alert").get_by_text("The index is broken.").wait_for()


def test_what_is_found_is_added_by_arrow_and_enter(watched):
    watched.explore("entity=Bo_Cole")
    watched.search("ana bell")
    page = watched.page
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.locator(".found-status").inner_text() == "Enter adds it beside what is there"
    page.keyboard.press("Enter")
    page.wait_for_url("**entity=Bo_Cole&entity=Ana_Bell*")


def test_left_arrow_takes_adding_back(watched):
    watched.explore("entity=Bo_Cole")
    watched.search("ana bell")
    for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "Enter"):
        watched.page.keyboard.press(key)
    watched.page.wait_for_url("**selected=Ana_Bell*")
    assert watched.scene()["entity"][0] == "Ana_Bell"


def test_foot_of_the_list_adds_by_a_click(watched):
    watched.explore("entity=Bo_Cole")
    watched.search("ana bell")
    watched.page.locator(".found-keys").get_by_role("button", name="Add").click()
    watched.page.wait_for_url("**entity=Bo_Cole&entity=Ana_Bell*")
