"""The first use: whom somebody met, when, who says so, and what is only planned."""

import pytest

from tests.explorer.test_drawing import spots
from tests.explorer.waiting import until

pytestmark = pytest.mark.browser


def rows(watched) -> list[str]:
    return watched.page.locator("table.relations tbody th").all_inner_texts()


def found(watched, words: str) -> None:
    """Looks for somebody as one does who knows no keys."""
    watched.explore()
    watched.page.get_by_role("combobox", name="Search").click()
    watched.page.keyboard.type(words)
    watched.page.locator(".hit").first.click()
    watched.page.locator("table.relations").wait_for()


def test_whom_one_met_when_and_who_says_so(watched):
    found(watched, "ana bell")
    page = watched.page
    before = len(rows(watched))
    page.get_by_role("group", name="What it did").get_by_role("button", name="meets").click()
    until(page, f"document.querySelectorAll('table.relations tbody tr').length < {before}")
    assert all("meets" in row for row in rows(watched))
    page.locator("table.relations tbody tr", has_text="2031-05-02").click()
    page.get_by_text("Who says so").wait_for()
    assert page.locator(".card mark").inner_text() == "Ana Bell met Bo Cole in Vik on Friday."
    watched.keep("first-use")


def test_list_is_as_it_was_left_when_one_comes_back(watched):
    found(watched, "ana bell")
    page = watched.page
    meets = page.get_by_role("group", name="What it did").get_by_role("button", name="meets")
    meets.click()
    page.locator("table.relations tbody tr").first.click()
    page.get_by_text("Who says so").first.wait_for()
    page.go_back()
    meets.wait_for()
    assert meets.get_attribute("aria-pressed") == "true"


def test_what_is_only_planned(watched):
    found(watched, "ana bell")
    watched.page.get_by_role("group", name="Status").get_by_role("button", name="planned").last.click()
    until(watched.page, "document.querySelectorAll('table.relations tbody tr').length === 1")
    assert "planned" in rows(watched)[0]


@pytest.mark.parametrize("watched", [{"size": "phone", "reduced_motion": "reduce"}], indirect=True)
def test_on_a_phone_both_ends_are_seen_above_the_evidence(watched):
    watched.explore("entity=Ana_Bell&entity=Bo_Cole&entity=Norland&selected=Ana_Bell&with=Bo_Cole")
    page = watched.page
    page.locator(".card").first.wait_for()
    page.locator('.drawing-stage[data-drawn="3"]').wait_for()
    page.wait_for_timeout(600)
    top = page.locator("aside.panel").bounding_box()["y"]
    assert all(spots(page)[name][1] < top for name in ("Ana Bell", "Bo Cole"))


def test_a_path_is_drawn_as_a_row(watched):
    watched.explore(
        "entity=Ana_Bell&entity=Bo_Cole&entity=Norland&from=Ana_Bell&to=Norland&longest=2&via=Bo_Cole"
    )
    page = watched.page
    page.locator('.drawing-stage[data-drawn="3"]').wait_for()
    page.wait_for_timeout(600)
    across = [spots(page)[name][0] for name in ("Ana Bell", "Bo Cole", "Norland")]
    assert across == sorted(across)
    assert across[1] - across[0] == pytest.approx(across[2] - across[1], rel=0.25)
    watched.keep("path")


def test_days_that_are_too_many_are_months_and_it_says_so(watched):
    def longer(route) -> None:
        route.continue_(url=route.request.url.replace("unit=day", "unit=month"))

    watched.page.route("**/api/timeline?*unit=day*", longer)
    watched.explore()
    timeline = watched.page.get_by_role("region", name="Timeline")
    timeline.get_by_role("button", name="Day").click()
    timeline.get_by_text("There are too many days to draw; these are months").wait_for()
    assert timeline.get_by_role("button", name="Month").get_attribute("aria-pressed") == "true"
