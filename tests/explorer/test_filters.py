"""Filters: what each value would leave, setting and taking away, by mouse and by keyboard."""

import re

import pytest

pytestmark = pytest.mark.browser
ALL = "13 of 13 entities, 16 of 16 relations shown"


def shown(page) -> str:
    """What the page says of how much is shown, when it is there."""
    line = page.locator("footer.status").get_by_role("status").filter(has_text=re.compile("relations? shown"))
    line.wait_for()
    return line.inner_text()


def wait(page, text: str) -> None:
    page.locator("footer.status").get_by_role("status").filter(has_text=text).wait_for()


def row(page, group: str, name: str):
    return page.get_by_role("list", name=group, exact=True).get_by_role(
        "checkbox", name=re.compile(f"^{name}$", re.IGNORECASE)
    )


def chips(page) -> list[str]:
    return page.get_by_role("list", name="Filters that are set").locator(".chip").all_inner_texts()


def test_each_value_says_how_much_it_would_leave(watched):
    watched.open()
    page = watched.page
    assert shown(page) == ALL
    values = page.get_by_role("list", name="Status", exact=True).get_by_role("listitem").all_inner_texts()
    counts = {
        name: int(count) for name, count in (re.findall(r"^(\w+)[\s\S]*?(\d+)", one)[0] for one in values)
    }
    assert counts == {"Asserted": 12, "Planned": 1, "Possible": 1, "Negated": 1, "Requested": 1}
    assert row(page, "Verbal cooperation", "Concede").is_visible()  # none has it: quiet, and still there


def test_unticking_a_value_leaves_the_others_and_undo_brings_it_back(watched):
    watched.open()
    page = watched.page
    shown(page)
    row(page, "Status", "Negated").uncheck()
    wait(page, "15 of 15 relations")
    assert chips(page) == ["Status: not negated"]
    assert "status=requested" in page.url
    assert "negated" not in page.url
    page.get_by_role("button", name="Undo").click()
    wait(page, "16 of 16 relations")
    assert row(page, "Status", "Negated").is_checked()


def test_only_takes_a_whole_quad_class_by_keyboard(watched):
    watched.open()
    page = watched.page
    shown(page)
    page.get_by_role("button", name="Only verbal conflict").focus()
    page.keyboard.press("Enter")
    wait(page, "4 of 4 relations")
    assert chips(page) == ["Class: verbal conflict"]
    page.get_by_role("button", name="Remove Class: verbal conflict").focus()
    page.keyboard.press("Enter")
    wait(page, "16 of 16 relations")
    assert page.get_by_role("list", name="Filters that are set").count() == 0


def test_counts_follow_the_other_filters(watched):
    watched.open("#status=planned")
    page = watched.page
    wait(page, "1 of 1 relation")
    values = page.get_by_role("list", name="Verbal cooperation").get_by_role("listitem").all_inner_texts()
    assert [re.search(r"\d+", one)[0] for one in values if "Consult" in one] == ["1"]
    assert page.get_by_role("button", name="Filters 1 set").is_visible()
    page.get_by_role("button", name="Clear all").first.click()
    wait(page, "16 of 16 relations")


def test_confidence_is_a_slider_with_its_number(watched):
    watched.open()
    page = watched.page
    shown(page)
    slider = page.get_by_role("slider", name="Least confidence")
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    wait(page, "14 of 14 relations")
    assert page.get_by_role("spinbutton").input_value() == "50"
    page.get_by_role("button", name="Undo").click()  # all that the slider passed is one step
    wait(page, "16 of 16 relations")
    page.get_by_role("spinbutton").fill("70")
    page.keyboard.press("Enter")
    wait(page, "13 of 13 relations")
    assert "min_confidence=0.7" in page.url


def test_days_narrow_and_say_that_undated_relations_are_left_out(watched):
    watched.open()
    page = watched.page
    shown(page)
    page.get_by_label("From", exact=True).fill("2032-01-01")
    wait(page, "6 of 6 relations")
    assert chips(page) == ["Time: since 2032-01-01"]
    assert page.get_by_text("Relations without a day are left out.").is_visible()


def test_long_lists_are_searched(watched):
    watched.open()
    page = watched.page
    shown(page)
    page.get_by_role("searchbox", name="Find in class").fill("agré")
    assert page.get_by_role("list", name="Verbal cooperation").get_by_role("checkbox").count() == 1
    page.get_by_role("searchbox", name="Find in class").fill("zzz")
    assert page.get_by_text("Nothing here contains “zzz”.").is_visible()


def test_what_a_value_means_is_said_to_the_keyboard(watched):
    watched.open()
    page = watched.page
    shown(page)
    row(page, "Status", "Planned").focus()
    assert page.get_by_role("tooltip").inner_text() == "Announced, scheduled or agreed, but not yet done."
    page.keyboard.press("Escape")
    assert page.get_by_role("tooltip").count() == 0
    assert page.get_by_role("region", name="Filters and legend").is_visible()


@pytest.mark.parametrize(
    "watched", [{"size": "phone", "color_scheme": "dark", "has_touch": True}], indirect=True
)
def test_on_a_phone_filters_are_a_sheet(watched):
    watched.open("#status=planned&status=negated")
    page = watched.page
    wait(page, "2 of 2 relations")
    button = page.get_by_role("button", name="Filters 1 set")
    button.tap()
    page.get_by_role("heading", name="Filters and legend").wait_for()
    watched.keep("filters-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.keyboard.press("Escape")
    assert page.get_by_role("region", name="Filters and legend").count() == 0
    assert button.evaluate("button => button === document.activeElement")


def test_the_legend_is_there_when_filters_are_closed(watched):
    watched.open()
    page = watched.page
    shown(page)
    page.get_by_role("button", name="Close filters and legend").click()
    legend = page.get_by_role("region", name="Legend", exact=True)
    assert legend.get_by_text("Person", exact=False).is_visible()
    assert legend.get_by_role("list", name="Lines").get_by_text("negated").is_visible()
    watched.keep("legend")
