"""Undo and redo: of everything, by keys and by buttons, and they say of what."""

import pytest

pytestmark = pytest.mark.browser


def shown(watched, words: str) -> None:
    watched.search(words)
    watched.page.keyboard.press("Enter")
    watched.page.locator(".status .note").get_by_text(words).wait_for()
    watched.settle()


def undo(watched):
    return watched.page.get_by_role("button", name="Undo", exact=True)


def redo(watched):
    return watched.page.get_by_role("button", name="Redo", exact=True)


def test_nothing_can_be_undone_at_first(watched):
    watched.explore()
    assert undo(watched).is_disabled()
    assert redo(watched).is_disabled()


def test_buttons_go_back_and_forth_and_say_what_they_do(watched):
    watched.explore()
    shown(watched, "Bo Cole")
    after = watched.scene()
    assert undo(watched).get_attribute("aria-description").startswith("showing Bo Cole with neighbours")
    undo(watched).click()
    watched.page.get_by_text("Undone: showing Bo Cole with neighbours").wait_for()
    watched.settle()
    assert (watched.scene(), undo(watched).is_disabled()) == ({}, True)
    assert redo(watched).get_attribute("aria-description").startswith("showing Bo Cole with neighbours")
    redo(watched).click()
    watched.settle()
    assert watched.scene() == after


def test_keys_go_back_and_forth(watched):
    watched.explore()
    shown(watched, "Bo Cole")
    shown(watched, "Sudland")
    last = watched.scene()
    watched.page.locator("main").focus()
    for keys in (("Control+z", "Control+z"), ("Control+y", "Control+Shift+z")):
        for key in keys:
            watched.page.keyboard.press(key)
        assert watched.scene() == ({} if "Control+z" in keys else last)


def test_keys_in_a_field_are_the_fields(watched):
    watched.explore()
    shown(watched, "Bo Cole")
    before = watched.scene()
    watched.search("x")
    watched.page.keyboard.press("Control+z")
    assert watched.scene() == before


def test_selections_one_after_the_other_are_one_step(watched):
    watched.explore("entity=Ana_Bell&entity=Bo_Cole&entity=Vik")
    for name in ("Ana Bell", "Bo Cole", "Vik"):
        watched.search(name)
        watched.page.keyboard.press("Control+Enter")
        watched.page.get_by_text(f"{name} is shown").wait_for()
    assert watched.scene()["selected"] == ["Vik"]
    undo(watched).click()
    assert "selected" not in watched.scene()
    assert undo(watched).is_disabled()


def test_a_new_step_forgets_what_was_undone(watched):
    watched.explore()
    shown(watched, "Bo Cole")
    undo(watched).click()
    shown(watched, "Sudland")
    assert redo(watched).is_disabled()


def test_looks_are_undone_too(watched):
    watched.explore()
    watched.page.locator(".toolbar").get_by_label("Size").select_option("PageRank")
    watched.page.locator(".toolbar").get_by_label("Colour").select_option("Community")
    assert watched.scene() == {"colour": ["community"], "size": ["pagerank"]}
    undo(watched).click()
    undo(watched).click()
    assert watched.scene() == {}
    assert watched.page.locator(".toolbar").get_by_label("Size").input_value() == "relations"


def test_starting_anew_is_undone(watched):
    watched.explore("entity=Ana_Bell&status=planned")
    watched.page.get_by_role("button", name="Start anew").click()
    assert watched.scene() == {}
    assert undo(watched).get_attribute("aria-description").startswith("starting anew")
    undo(watched).click()
    assert watched.scene() == {"entity": ["Ana_Bell"], "status": ["planned"]}
