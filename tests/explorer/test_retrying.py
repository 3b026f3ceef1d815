"""What the server is too busy for says so where it would stand, and can be asked for again."""

import json
import re

import pytest

from tests.explorer.test_filters import shown

pytestmark = pytest.mark.browser
BUSY = {"title": "Busy", "detail": "The server is busy; try again in a second."}


def busy_once(watched, endpoint: str, status: int) -> None:
    """Lets the server refuse one question."""
    watched.may_say(str(status))
    watched.page.route(
        re.compile(rf"/api/{endpoint}\?"),
        lambda route: route.fulfill(
            status=status, content_type="application/problem+json", body=json.dumps(BUSY)
        ),
        times=1,
    )


def retry(part) -> None:
    alert = part.get_by_role("alert")
    alert.wait_for()
    assert "busy" in alert.inner_text()
    alert.get_by_role("button", name="Try again").click()
    alert.wait_for(state="detached")


@pytest.mark.parametrize("status", [503, 504])
def test_timeline_is_counted_again_in_the_unit_that_was_chosen(watched, status):
    watched.open()
    shown(watched.page)
    timeline = watched.page.get_by_role("region", name="Timeline")
    timeline.get_by_role("slider", name="First day").wait_for()
    busy_once(watched, "timeline", status)
    timeline.get_by_role("button", name="Year").click()
    retry(timeline)
    timeline.get_by_role("slider", name="First day").wait_for()
    assert timeline.get_by_role("button", name="Year").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("status", [503, 504])
def test_paths_are_looked_for_again(watched, status):
    busy_once(watched, "paths", status)
    watched.open("#from=Ana_Bell&to=Norland")
    tools = watched.page.get_by_role("region", name="Paths", exact=True)
    retry(tools)
    tools.get_by_role("heading", name="path").first.wait_for()


def test_common_neighbours_are_asked_for_again(watched):
    busy_once(watched, "common", 503)
    watched.open("#from=Ana_Bell&to=Norland")
    common = watched.page.get_by_role("region", name="Common neighbours")
    retry(common)
    common.get_by_role("heading", name="1 common neighbour").wait_for()


def test_all_common_neighbours_are_asked_for_again(watched):
    watched.open("#from=Ana_Bell&to=Norland")
    common = watched.page.get_by_role("region", name="Common neighbours")
    common.get_by_role("heading", name="1 common neighbour").wait_for()
    busy_once(watched, "common", 503)
    common.get_by_role("button", name="Show all").click()
    retry(common)
    watched.page.locator(".status").get_by_text("3 of 13 entities").wait_for()


def test_suggestions_are_asked_for_again(watched):
    watched.open("#selected=Ana_Bell")
    watched.page.get_by_role("button", name="Paths to").click()
    busy_once(watched, "search", 503)
    watched.page.keyboard.type("g")
    finder = watched.page.locator(".finder")
    retry(finder)
    finder.get_by_role("option").first.wait_for()
