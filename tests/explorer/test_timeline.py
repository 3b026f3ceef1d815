"""The timeline: choosing a time by mouse, finger and keyboard, playing, and what is counted beside it."""

import re

import pytest

from tests.explorer.test_filters import chips, shown, wait

pytestmark = pytest.mark.browser


def opened(watched, path: str = ""):
    watched.open(path)
    shown(watched.page)
    timeline = watched.page.get_by_role("region", name="Timeline")
    timeline.get_by_role("slider", name="First day").wait_for()
    return timeline


def bounds(timeline) -> tuple[str | None, str | None]:
    names = ("First day", "Last day")
    return tuple(timeline.get_by_role("slider", name=name).get_attribute("aria-valuetext") for name in names)


def drag(page, timeline, start: float, end: float) -> None:
    """Drags across a part of the bars, 0 to 1."""
    box = timeline.locator(".track").bounding_box()
    page.mouse.move(box["x"] + start * box["width"], box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + end * box["width"], box["y"] + 30, steps=4)
    page.mouse.up()


def test_a_drag_across_the_bars_is_one_step(watched):
    timeline = opened(watched)
    page = watched.page
    assert bounds(timeline) == ("1 May 2031", "31 Jan 2032")
    drag(page, timeline, 0.05, 0.25)
    wait(page, "10 of 10 relations")
    assert (chips(page), bounds(timeline)) == (["Time: until 2031-07-31"], ("1 May 2031", "31 Jul 2031"))
    watched.keep("timeline")
    page.get_by_role("button", name="Undo").click()
    wait(page, "16 of 16 relations")


def test_a_drag_within_moves_what_is_chosen(watched):
    timeline = opened(watched, "#until=2031-07-31")
    drag(watched.page, timeline, 0.1, 0.4)
    watched.page.wait_for_url("**since=2031-08-01&until=2031-10-31*")


def test_a_click_chooses_the_bar(watched):
    timeline = opened(watched)
    box = timeline.locator(".track").bounding_box()
    watched.page.mouse.click(box["x"] + box["width"] - 40, box["y"] + 30)
    wait(watched.page, "6 of 6 relations")
    assert chips(watched.page) == ["Time: since 2032-01-01"]


def test_ends_are_moved_by_keys_and_count_when_the_key_is_let_go(watched):
    timeline = opened(watched)
    timeline.get_by_role("slider", name="First day").focus()
    watched.page.keyboard.down("ArrowRight")
    assert bounds(timeline)[0] == "1 Jun 2031"
    assert "since" not in watched.page.url
    watched.page.keyboard.up("ArrowRight")
    watched.page.wait_for_url("**since=2031-06-01*")
    watched.page.keyboard.press("End")
    watched.page.wait_for_url("**since=2032-01-01*")
    timeline.get_by_role("button", name="Clear time").click()
    wait(watched.page, "16 of 16 relations")


def test_what_has_no_month_is_counted_beside_the_bars(watched):
    timeline = opened(watched)
    assert timeline.get_by_text("16 relations, 1 without a known month").is_visible()
    timeline.get_by_role("button", name="Year").click()
    timeline.get_by_text("16 relations", exact=True).wait_for()
    timeline.get_by_role("button", name="Table").click()
    rows = [re.sub(r"\s+", " ", text) for text in timeline.get_by_role("row").all_inner_texts()]
    assert rows == [
        "Year Relations Asserted Planned Possible Negated Requested",
        "2031 10 7 1 1 1 0",
        "2032 6 5 0 0 0 1",
    ]


def test_it_counts_what_is_selected(watched):
    timeline = opened(watched, "#selected=Ana_Bell&with=Bo_Cole")
    assert timeline.get_by_text("of Ana Bell and Bo Cole").is_visible()
    timeline.get_by_text("2 relations, 1 without a known day").wait_for()


def test_playing_is_one_step_and_stops_at_the_end(watched):
    timeline = opened(watched)
    timeline.get_by_role("button", name="Year").click()
    timeline.get_by_text("16 relations", exact=True).wait_for()
    timeline.get_by_role("button", name="Play").click()
    watched.page.wait_for_url("**until=2031-12-31*")
    watched.page.wait_for_url("**since=2032-01-01*")
    timeline.get_by_role("button", name="Play").wait_for()
    watched.page.get_by_role("button", name="Undo").click()
    wait(watched.page, "16 of 16 relations")


@pytest.mark.parametrize("watched", [{"reduced_motion": "reduce"}], indirect=True)
def test_whoever_wants_no_motion_turns_pages(watched):
    timeline = opened(watched)
    assert timeline.get_by_role("button", name="Play").count() == 0
    timeline.get_by_role("button", name="Later").click()
    wait(watched.page, "4 of 4 relations")
    timeline.get_by_role("button", name="Later").click()
    watched.page.wait_for_url("**since=2031-06-01*")


@pytest.mark.parametrize("watched", [{"size": "phone", "has_touch": True}], indirect=True)
def test_a_finger_chooses_a_bar_and_pulls_its_end(watched):
    watched.open()
    page = watched.page
    shown(page)
    page.get_by_role("button", name="Timeline").tap()
    timeline = page.get_by_role("region", name="Timeline")
    timeline.get_by_role("slider", name="First day").wait_for()
    box = timeline.locator(".track").bounding_box()
    page.touchscreen.tap(box["x"] + 20, box["y"] + 40)
    wait(page, "4 of 4 relations")
    pull(page, timeline.get_by_role("slider", name="Last day"), box["width"] / 3)
    page.wait_for_url("**until=2031-08-31*")
    watched.keep("timeline-phone")


def pull(page, handle, pixels: float) -> None:
    """Moves a finger sideways from a handle, as the browser hears of it."""
    box = handle.bounding_box()
    x, y = box["x"] + 8, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    for kind, at in (("touchStart", x), ("touchMove", x + pixels / 2), ("touchMove", x + pixels)):
        points = [{"x": at, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
