"""The drawing of the explorer: what it shows, and what mouse and keyboard do to it."""

import math
import struct
from xml.etree import ElementTree

import pytest

from tests.explorer.conftest import watching
from tests.explorer.waiting import until

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("renderer", ["canvas", "webgl"])
STAGE = ".drawing-stage"


def drawn(watched, address="", *, nodes=13):
    """Opens the explorer and waits until so many entities are drawn and rest."""
    watched.open(address)
    watched.page.locator(f'{STAGE}[data-drawn="{nodes}"]').wait_for()
    watched.page.wait_for_timeout(600)
    return watched.page


def press(page, *keys):
    page.locator(STAGE).focus()
    for key in keys:
        page.keyboard.press(key)


def said(page):
    return page.locator(".status .note").inner_text()


def spots(page):
    """Where each entity's name stands in the SVG of the view: pixels of the page."""
    box = page.locator(STAGE).bounding_box()
    found = ElementTree.fromstring(svg(page))
    return {
        text.text: (box["x"] + float(text.get("x")), box["y"] + float(text.get("y")))
        for text in found.iter("{http://www.w3.org/2000/svg}text")
    }


def svg(page):
    return page.evaluate("document.querySelector('.drawing-stage').drawing.svg()")


def colours_seen(page):
    """How many pixels of the view are neither ground nor grey."""
    return page.evaluate(
        """async () => {
          const blob = await document.querySelector('.drawing-stage').drawing.png();
          const bitmap = await createImageBitmap(blob);
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          const context = canvas.getContext('2d');
          context.drawImage(bitmap, 0, 0);
          const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
          let found = 0;
          for (let at = 0; at < data.length; at += 4) {
            if (Math.max(...data.slice(at, at + 3)) - Math.min(...data.slice(at, at + 3)) > 40) found += 1;
          }
          return found;
        }"""
    )


@BOTH
def test_renderer_that_is_wanted_draws(watched, renderer):
    page = drawn(watched, f"?renderer={renderer}")
    layer = page.locator(".drawing-bulk-webgl")
    assert layer.count() == (1 if renderer == "webgl" else 0)
    watched.keep(f"drawing-{renderer}")


def test_software_draws_on_a_canvas(watched):
    page = drawn(watched)
    assert page.locator("canvas.drawing-bulk").count() == 1
    assert page.locator(".drawing-bulk-webgl").count() == 0


@BOTH
def test_click_selects_and_click_on_the_ground_clears(watched, renderer):
    page = drawn(watched, f"?renderer={renderer}")
    x, y = spots(page)["Bo Cole"]
    page.mouse.click(x, y - 16)
    page.wait_for_url("**selected=Bo_Cole**")
    box = page.locator(STAGE).bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    until(page, "!location.hash.includes('selected')")


@BOTH
def test_click_on_a_name_selects_its_node(watched, renderer):
    page = drawn(watched, f"?renderer={renderer}")
    x, y = spots(page)["Bo Cole"]
    page.mouse.click(x + 20, y + 5)
    page.wait_for_url("**selected=Bo_Cole**")


def test_double_click_expands(watched):
    page = drawn(watched, "#entity=Ana_Bell&entity=Bo_Cole", nodes=2)
    x, y = spots(page)["Ana Bell"]
    page.mouse.dblclick(x, y - 20)
    page.locator(f'{STAGE}[data-drawn="4"]').wait_for()
    assert "Norland" in page.url


def test_keys_go_through_entities_and_say_which(watched):
    page = drawn(watched)
    press(page, "n")
    first = said(page)
    assert "1 of 13" in first
    press(page, "n", "Tab")
    assert "3 of 13" in said(page)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+N")
    assert said(page) == first


def test_tab_leaves_where_no_entity_was_gone_to(watched):
    page = drawn(watched)
    press(page, "Tab")
    assert page.evaluate("document.activeElement.className") != "drawing-stage"


def test_keys_select_pin_hide_and_undo_takes_all_back(watched):
    page = drawn(watched, "#entity=Ana_Bell&entity=Bo_Cole", nodes=2)
    press(page, "n", "Enter")
    until(page, "location.hash.includes('selected=')")
    press(page, "p")  # the panel has opened and taken the focus
    until(page, "location.hash.includes('pin=')")
    press(page, "h")
    page.locator(f'{STAGE}[data-drawn="1"]').wait_for()
    for _ in range(3):
        page.get_by_role("button", name="Undo").click()
    until(page, "!location.hash.includes('pin=') && !location.hash.includes('selected=')")
    page.locator(f'{STAGE}[data-drawn="2"]').wait_for()


def test_expanding_shows_neighbours_and_collapsing_takes_them_away(watched):
    page = drawn(watched, "#entity=Lake_process", nodes=1)
    press(page, "n", "e")
    page.locator(f'{STAGE}[data-drawn="4"]').wait_for()
    assert "3 more of 3 neighbours of Lake process" in said(page)
    press(page, "c")
    page.locator(f'{STAGE}[data-drawn="1"]').wait_for()


def test_expanding_where_all_is_shown_says_so(watched):
    page = drawn(watched)
    press(page, "n", "e")
    until(page, "document.querySelector('.status .note')?.textContent.includes('are shown')")


def test_filters_hold_for_expanding(watched):
    page = drawn(watched, "#entity=Lake_process&status=requested", nodes=1)
    press(page, "n", "e")
    page.locator(f'{STAGE}[data-drawn="2"]').wait_for()
    assert "League" in page.url


def test_refused_expanding_is_a_problem_that_is_shown(watched):
    page = drawn(watched, "#entity=Ana_Bell", nodes=1)
    refusal = '{"title": "Busy", "status": 503, "detail": "The server is busy; try again."}'
    page.route(
        "**/api/neighbours**",
        lambda route: route.fulfill(status=503, content_type="application/problem+json", body=refusal),
    )
    press(page, "n", "e")
    page.get_by_text("The server is busy; try again.").wait_for()
    watched.said.clear()  # browsers themselves note each refusal


def test_dragging_pins_and_others_stay(watched):
    page = drawn(watched)
    before = spots(page)
    x, y = before["Bo Cole"]
    page.mouse.move(x, y - 16)
    page.mouse.down()
    page.mouse.move(x + 60, y - 16, steps=4)
    page.mouse.up()
    until(page, "location.hash.includes('pin=')")
    page.mouse.move(30, 200)
    page.wait_for_timeout(500)
    after = spots(page)
    assert after["Bo Cole"][0] == pytest.approx(x + 60, abs=3)
    assert after["Ana Bell"] == pytest.approx(before["Ana Bell"], abs=40)  # its name may stand beside it now


def test_view_is_panned_zoomed_and_fitted_by_keys(watched):
    page = drawn(watched)
    start = svg(page)
    press(page, "ArrowLeft")
    page.wait_for_timeout(50)
    moved = svg(page)
    press(page, "+")
    page.wait_for_timeout(50)
    assert len({start, moved, svg(page)}) == 3
    press(page, "0")
    page.wait_for_timeout(700)
    assert svg(page) == start


def test_wheel_zooms_at_the_pointer(watched):
    page = drawn(watched)
    x, y = spots(page)["Norland"]
    page.mouse.move(x, y)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(300)
    found = spots(page)["Norland"]
    assert found == pytest.approx((x, y), abs=30)


def test_each_status_looks_different(watched):
    page = drawn(watched)
    dashes = {
        path.get("stroke-dasharray")
        for path in ElementTree.fromstring(svg(page)).iter("{http://www.w3.org/2000/svg}path")
        if path.get("fill") == "none"
    }
    assert None in dashes
    assert len(dashes) >= 3


@BOTH
def test_pictures_hold_what_is_seen(watched, renderer):
    page = drawn(watched, f"?renderer={renderer}")
    png = page.evaluate(
        """async () => {
          const blob = await document.querySelector('.drawing-stage').drawing.png();
          return [...new Uint8Array(await blob.slice(0, 24).arrayBuffer())];
        }"""
    )
    assert bytes(png[:8]) == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", bytes(png[16:24]))
    box = page.locator(STAGE).bounding_box()
    assert (width, height) == (round(box["width"]), round(box["height"]))
    assert colours_seen(page) > 1_000
    names = spots(page)
    assert {"Ana Bell", "Bo Cole", "<script>alert(1)</script>"} <= names.keys()


def test_layout_is_the_same_each_time(watched):
    page = drawn(watched)
    first = svg(page)
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Lay out anew").click()
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(1_200)
    assert svg(page) == first


def test_size_and_colour_follow_what_is_asked(watched):
    page = drawn(watched)
    plain = svg(page)
    page = drawn(watched, "#size=betweenness&colour=community")
    page.reload()
    page = drawn(watched, "#size=betweenness&colour=community")
    assert svg(page) != plain
    watched.keep("drawing-communities")


def test_less_motion_is_heeded(browser, served):
    with watching(browser, served, reduced_motion="reduce") as watched:
        page = drawn(watched)
        start = svg(page)
        press(page, "+", "0")
        page.wait_for_timeout(60)
        assert svg(page) == start


@pytest.mark.parametrize("watched", [{"size": "phone", "color_scheme": "dark"}], indirect=True)
def test_phone_shows_the_drawing_in_the_dark(watched):
    page = drawn(watched)
    assert colours_seen(page) > 300
    watched.keep("drawing-phone-dark")


@pytest.mark.parametrize("watched", [{"size": "phone", "has_touch": True}], indirect=True)
def test_two_fingers_zoom_where_they_are(watched):
    page = drawn(watched)
    before = spots(page)
    box = page.locator(STAGE).bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    hand = page.context.new_cdp_session(page)
    for step in range(5):
        apart = 40 + 10 * step
        fingers = [{"x": middle[0] + side * apart, "y": middle[1], "id": side + 1} for side in (-1, 1)]
        kind = "touchMove" if step else "touchStart"
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(200)
    assert "selected" not in page.url
    assert spread(spots(page), before) == pytest.approx(2, rel=0.15)


def spread(after, before):
    """By how much the highest and the lowest name that are there both times are further apart."""
    names = sorted(set(after) & set(before), key=lambda name: before[name][1])
    return math.dist(after[names[0]], after[names[-1]]) / math.dist(before[names[0]], before[names[-1]])


@pytest.mark.parametrize("key", ["+", "-"])
def test_keys_zoom_where_one_looks(watched, key):
    page = drawn(watched, "#selected=Bo_Cole")
    before = spots(page)["Bo Cole"]
    press(page, key, key)
    page.wait_for_timeout(200)
    assert spots(page)["Bo Cole"] == pytest.approx(before, abs=12)  # the node stays, its name by its rim
    assert spots(page) != before
