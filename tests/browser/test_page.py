"""The page of `kg view` in a browser: what it shows, filters, finds, and never runs."""

import pytest

from kg.export.page import draw
from kg.server.pages import drawn as with_policy
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.drawings import ANA, ERDEM, FORUM, HOSTILE, Drawing, hostile, many, small
from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def opened(page, tmp_path):
    """Opens the page of statements."""

    def _opened(rows=None, *, on=page, at="", **options):
        return Drawing(on, draw(small() if rows is None else rows, **options), tmp_path / "graph.html", at=at)

    return _opened


LOOKS = [
    pytest.param(DESKTOP, "light", id="desktop"),
    pytest.param(DESKTOP, "dark", id="dark"),
    pytest.param(PHONE, "light", id="phone"),
]


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_page_opens_from_disk_and_asks_for_nothing(new_page, opened, record, keep, size, scheme):
    drawing = opened(on=new_page(size, color_scheme=scheme))
    assert drawing.page.locator("body").get_attribute("data-drawn") == "5"
    assert record.requests == [drawing.address]
    keep(drawing.page, f"view-{size[0]}-{scheme}")


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_nothing_reaches_beyond_the_window(new_page, opened, size, scheme):
    page = opened(
        hostile(), on=new_page(size, color_scheme=scheme), at="#entity=Ana_Bell", title="x" * 500
    ).page
    assert page.evaluate("() => document.documentElement.scrollWidth") == size[0]
    assert page.evaluate("() => document.documentElement.scrollHeight") == size[1]
    for part in ("#panel", "#graph", "#zoom", "#search"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0] + 1


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_are_found_and_shown_as_text(page, opened, name):
    drawing = opened(hostile(), at="#entity=" + page.evaluate("encodeURIComponent", name))
    assert drawing.heading() == name.replace("\0", "\ufffd") or drawing.heading() == name
    assert name.strip() in page.locator("#panel blockquote").first.text_content()
    assert page.evaluate("() => window.hacked") is None
    addresses = page.locator("#panel a").evaluate_all("(links) => links.map((link) => link.href)")
    assert all(address.startswith("https://") for address in addresses)


def test_hostile_names_are_suggested_as_text(page, opened):
    opened(hostile())
    page.fill("#wanted", "img src")
    assert page.locator("[role=option] span").first.text_content() == HOSTILE["image"]
    assert page.locator("[role=option] img").count() == 0


def test_node_that_is_clicked_tells_its_relations(page, opened, keep):
    drawing = opened()
    page.mouse.click(*drawing.place_of(ANA.id))
    assert drawing.heading() == "Ana Bell"
    text = page.locator("#panel").inner_text()
    for said in (
        "person · NOR · Wikidata",
        "also Annie",
        "7 relations",
        "said by North Sea Forum",
        "where: Oslo",
    ):
        assert said in text
    keep(page, "view-evidence")


def test_evidence_says_sentence_article_date_publisher_status_and_confidence(page, opened):
    drawing = opened()
    [edge] = [edge for edge in drawing.edges if edge["class"] == "HOLDS_POSITION"]
    page.mouse.click(*drawing.middle_of(edge))
    assert drawing.heading() == "holds position"
    text = page.locator("#panel").inner_text()
    for said in (
        *("Erdem Öğün lead North Sea Forum", "asserted", "Ana Bell met Bo Cole in Oslo."),
        *("Talks in Oslo", "The Post · 2026-04-05", "when: 2026-05", "confidence 0.61"),
    ):
        assert said in text
    assert page.locator("#panel cite a").get_attribute("href") == "https://example.org/1"
    assert page.locator("#panel cite a").get_attribute("rel") == "noreferrer noopener"


def test_each_of_parallel_edges_can_be_clicked(page, opened):
    drawing = opened()
    between = [edge for edge in drawing.edges if {edge["from"], edge["to"]} == {"Ana_Bell", "Bo_Cole"}]
    found = []
    for edge in between:
        page.mouse.click(*drawing.middle_of(edge))
        found.append(page.locator("#panel article").inner_text().split("\n")[0])
    assert found == [f"Ana Bell verb {number} Bo Cole" for number in range(5)]


def test_click_beside_everything_closes_the_panel(page, opened):
    drawing = opened(at="#entity=Ana_Bell")
    box = page.locator("#graph").bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    assert drawing.heading() == ""


def test_pointer_over_an_edge_shows_its_evidence(page, opened, keep):
    drawing = opened()
    tip = page.locator("#tip")
    page.mouse.move(*drawing.middle_of(drawing.edges[0]))
    tip.wait_for()
    assert "Ana Bell — verb 0 — Bo Cole" in tip.inner_text()
    assert "Talks in Oslo · The Post · 2026-04-05" in tip.inner_text()
    assert "and 1 relation more" in tip.inner_text()
    keep(page, "view-tooltip")
    page.mouse.move(*drawing.place_of(ERDEM.id))
    page.wait_for_function("() => document.getElementById('tip').innerText.includes('person · 3 relations')")


@pytest.mark.parametrize("typed", ["ogun", "ÖĞÜN", "Öğün", "oeguen", "erdem o", "огюн", "Ogyun"])
def test_search_finds_names_however_they_are_typed(page, opened, typed):
    drawing = opened(many(300) + small())
    far = drawing.view[0]
    page.keyboard.press("/")
    page.keyboard.type(typed)
    assert page.locator("[role=option] span").first.text_content() == "Erdem Öğün"
    page.keyboard.press("Enter")
    drawing.settle()
    assert drawing.heading() == "Erdem Öğün"
    assert drawing.view[0] > far * 2
    x, y = drawing.place_of(ERDEM.id)
    assert 232 < x < 880
    assert 60 < y < 800


def test_suggestions_are_gone_through_by_keys_and_counted(page, opened, keep):
    drawing = opened(many(100))
    page.fill("#wanted", "entity")
    assert page.locator("#found-count").text_content() == "8 of 100 shown; type more to narrow them"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert page.get_attribute("#wanted", "aria-activedescendant") == chosen.get_attribute("id")
    keep(page, "view-search")
    name = chosen.locator("span").text_content()
    page.keyboard.press("Enter")
    assert drawing.heading() == name
    assert page.get_attribute("#wanted", "aria-expanded") == "false"


def test_name_that_is_not_there_is_said(page, opened):
    drawing = opened()
    page.fill("#wanted", "Zoe")
    assert page.locator("#found-count").text_content() == "Nobody and nothing here bears that name."
    page.keyboard.press("Enter")
    assert drawing.heading() == ""


def test_suggestion_is_taken_by_a_click(page, opened):
    drawing = opened()
    page.fill("#wanted", "forum")
    page.click("[role=option]")
    assert drawing.heading() == "North Sea Forum"


def counts_of(page, group):
    labels = page.locator(f"fieldset[data-group={group}] label").all()
    return {label.locator(".word").inner_text(): label.locator("small").inner_text() for label in labels}


def test_filters_hide_edges_and_nodes_and_say_how_many(page, opened, keep):
    opened()
    assert counts_of(page, "classes")["support"] == "2"
    page.get_by_label("located in").uncheck()
    hiding = page.locator("#hiding")
    assert "9 of 10 relations and 4 of 5 entities shown; filters hide the rest." in hiding.inner_text()
    page.get_by_label("place").uncheck()
    page.get_by_label("asserted").uncheck()
    assert "4 of 10 relations and 2 of 5 entities shown" in hiding.inner_text()
    assert counts_of(page, "classes")["consult"] == "0 of 3"
    keep(page, "view-filters")
    page.click("#show-all")
    assert hiding.is_hidden()
    assert counts_of(page, "classes")["consult"] == "3"


def test_hidden_edges_cannot_be_clicked(page, opened):
    drawing = opened()
    edge = next(edge for edge in drawing.edges if edge["class"] == "LOCATED_IN")
    page.get_by_label("located in").uncheck()
    page.mouse.click(*drawing.middle_of(edge))
    assert drawing.heading() == ""


def test_all_and_none_of_a_group(page, opened):
    opened()
    page.get_by_role("button", name="Relations: none").click()
    assert "0 of 10 relations and 0 of 5 entities shown" in page.locator("#hiding").inner_text()
    page.get_by_role("button", name="Relations: all").click()
    assert page.locator("#hiding").is_hidden()


def test_least_number_of_relations_between_two(page, opened):
    opened()
    page.locator("#least-relations").fill("2")
    assert "6 of 10 relations and 2 of 5 entities shown" in page.locator("#hiding").inner_text()
    assert page.locator("#least-value").text_content() == "2 relations"


def test_entity_that_filters_hide_is_found_and_shown_again(page, opened):
    drawing = opened()
    page.get_by_label("organization").uncheck()
    page.fill("#wanted", "forum")
    assert "hidden by filters" in page.locator("[role=option]").inner_text()
    page.keyboard.press("Enter")
    assert drawing.heading() == "North Sea Forum"
    assert page.locator("#hiding").is_hidden()


def test_panel_says_what_filters_hide(page, opened):
    opened()
    page.get_by_label("asserted").uncheck()
    page.fill("#wanted", "ana")
    page.keyboard.press("Enter")
    assert "4 relations of 7 shown, the others are hidden by filters" in page.locator("#panel").inner_text()


def test_long_lists_are_shown_in_parts_that_say_so(page, opened):
    drawing = opened(many(2, relations=1) + [row for n in range(90) for row in hub(n)])
    page.fill("#wanted", "ana bell")
    page.keyboard.press("Enter")
    assert drawing.heading() == "Ana Bell"
    assert page.locator("#panel article").count() == 40
    page.get_by_role("button", name="40 of 90 shown: show 40 more").click()
    page.get_by_role("button", name="40 of 50 shown: show 10 more").click()
    assert page.locator("#panel article").count() == 90


def hub(number):
    from tests.browser.drawings import make_entity, state

    return [state(ANA, make_entity(f"Person {number}"))]


def test_back_and_forward_go_through_what_was_chosen(page, opened):
    drawing = opened()
    for name in ("ana", "forum"):
        page.fill("#wanted", name)
        page.keyboard.press("Enter")
    page.mouse.click(*drawing.middle_of(next(e for e in drawing.edges if e["class"] == "LOCATED_IN")))
    seen = [drawing.heading()]
    for _ in range(3):
        page.go_back()
        seen.append(drawing.heading())
    page.go_forward()
    assert [*seen, drawing.heading()] == ["located in", "North Sea Forum", "Ana Bell", "", "Ana Bell"]


def test_link_opens_what_was_chosen(page, opened):
    drawing = opened()
    page.mouse.click(*drawing.middle_of(drawing.edges[1]))
    link = page.evaluate("location.href")  # what Playwright says comes later
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("body[data-drawn]")
    assert "verb 1" in page.locator("#panel").inner_text()
    assert drawing.heading() == "agree"


@pytest.mark.parametrize(
    "address", ["#Ana", "#erdem%20ogun", "#100%", "#entity=nobody", "#relation=none", "#%FF"]
)
def test_any_address_opens(opened, address):
    heading = opened(at=address).heading()
    assert heading == {"#Ana": "Ana Bell", "#erdem%20ogun": "Erdem Öğün"}.get(address, "")


def test_everything_is_done_by_keys(page, opened):
    drawing = opened()
    page.keyboard.press("/")
    page.keyboard.type("erdem")
    page.keyboard.press("Enter")
    far = drawing.view
    page.keyboard.press("Tab")
    is_reached = "() => document.activeElement.className === 'vis-network'"
    for _ in range(80):
        if page.evaluate(is_reached):
            break
        page.keyboard.press("Tab")
    assert page.evaluate(is_reached)
    page.keyboard.press("ArrowLeft", delay=200)
    drawing.settle()
    assert drawing.view != far
    page.get_by_role("button", name="Oslo").focus()
    page.keyboard.press("Enter")
    assert drawing.heading() == "Oslo"
    page.keyboard.press("Escape")
    assert drawing.heading() == ""


def test_keys_of_the_view_are_letters_while_typing(page, opened):
    drawing = opened()
    before = drawing.view
    page.keyboard.press("/")
    page.keyboard.type("a/0")
    assert page.input_value("#wanted") == "a/0"
    assert drawing.view == before


def test_view_is_zoomed_moved_and_fitted(page, opened):
    drawing = opened()
    first = drawing.view
    page.get_by_role("button", name="Zoom in").click()
    drawing.settle()
    assert drawing.view[0] == pytest.approx(first[0] * 1.4)
    page.mouse.move(640, 780)
    page.mouse.down()
    page.mouse.move(540, 740, steps=4)
    page.mouse.up()
    drawing.settle()
    assert drawing.view[1:] != first[1:]
    page.get_by_role("button", name="Show everything").click()
    drawing.settle()
    assert drawing.view == pytest.approx(first)


def test_node_is_moved_with_its_edges(page, opened):
    drawing = opened()
    x, y = drawing.place_of(FORUM.id)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=5)
    page.mouse.up()
    drawing.settle()
    scale = drawing.view[0]
    drawing.nodes[FORUM.id]["x"] += 60 / scale
    drawing.nodes[FORUM.id]["y"] += 40 / scale
    page.mouse.click(*drawing.middle_of(next(e for e in drawing.edges if e["class"] == "HOLDS_POSITION")))
    assert drawing.heading() == "holds position"


def test_fingers_choose_and_close_on_a_phone(new_page, opened, keep):
    page = new_page(PHONE, has_touch=True, is_mobile=True)
    drawing = opened(on=page)
    assert page.locator("#legend").get_attribute("open") is None
    for node in drawing.nodes.values():  # the layout is turned where a screen is higher than wide
        node["x"], node["y"] = node["y"], node["x"]
    page.touchscreen.tap(*drawing.place_of(ANA.id))
    page.locator("#panel").wait_for()
    assert drawing.heading() == "Ana Bell"
    keep(page, "view-phone-evidence")
    page.get_by_role("button", name="Close").tap()
    assert drawing.heading() == ""


def test_dark_page_is_dark_and_changes_with_the_system(new_page, opened):
    page = new_page(color_scheme="dark")
    opened(on=page)
    paper = "() => getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(20, 24, 29)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"


def test_without_reduced_motion_the_view_moves_in_steps(new_page, opened):
    drawing = opened(many(300), on=new_page(reduced_motion="no-preference"))
    drawing.page.get_by_role("button", name="Zoom in").click()
    first = drawing.view[0]
    drawing.page.wait_for_timeout(500)
    assert drawing.view[0] > first


def test_cut_is_said_on_the_page(page, opened):
    opened(many(120), top=50)
    about = page.locator("#about").inner_text()
    assert "50 of 120 entities shown: those with most relations" in about
    assert "of 238 relations" in about


def test_empty_graph_says_what_to_do(page, opened, keep):
    opened([])
    assert "There is nothing to draw." in page.locator("#empty").inner_text()
    keep(page, "view-empty")


def test_statuses_look_different(page, opened):
    opened()
    signs = page.locator("fieldset[data-group=statuses] svg").evaluate_all(
        "(all) => all.map((one) => one.innerHTML)"
    )
    assert len(set(signs)) == 5


def test_notebook_shows_it_in_a_frame(page, tmp_path, record):
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><title>n</title>{draw(small())._repr_html_()}", "utf-8")
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("body[data-drawn='5']").wait_for()
    frame.locator("#wanted").fill("ana")
    frame.locator("#wanted").press("Enter")
    frame.locator("#panel h2").get_by_text("Ana Bell").wait_for()


def test_page_runs_under_the_policy_of_the_server(page, tmp_path):
    served = with_policy(draw(hostile()).html)
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": served.policy}
    page.route("http://localhost/graph", lambda route: route.fulfill(body=served.html, headers=headers))
    page.goto("http://localhost/graph#Ana")
    page.wait_for_selector("body[data-drawn]")
    assert page.locator("#panel h2").text_content() == "Ana Bell"
    assert page.evaluate("() => window.hacked") is None


def test_screen_readers_are_told_what_is_what(page, opened):
    opened(at="#entity=Ana_Bell")
    assert page.get_by_role("application").get_attribute("aria-label").startswith("Drawing of 5 entities")
    assert page.get_by_role("combobox", name="Find a name").count() == 1
    assert page.get_by_role("complementary", name="Evidence").count() == 1
    unnamed = (
        "(all) => all.filter((one) => !(one.textContent.trim() || one.getAttribute('aria-label'))).length"
    )
    assert page.locator("button").evaluate_all(unnamed) == 0


def test_filters_stand_in_the_address(page, opened):
    drawing = opened()
    page.get_by_label("planned").uncheck()
    page.get_by_label("consult").uncheck()
    drawing.settle()
    told = page.locator("#hidden-count").inner_text()
    link = page.evaluate("location.href")
    assert link.endswith("#hide=statuses:planned&hide=classes:CONSULT")
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("body[data-drawn]")
    assert not page.get_by_label("planned").is_checked()
    assert page.locator("#hidden-count").inner_text() == told
    page.locator("#show-all").click()
    assert "hide" not in page.evaluate("location.href")


def test_address_holds_filters_and_what_is_chosen(page, opened):
    drawing = opened(at="#entity=Ana_Bell&hide=statuses:planned&hide=types:nothing&least=2")
    assert drawing.heading() == "Ana Bell"
    assert not page.get_by_label("planned").is_checked()
    assert page.locator("#least-relations").input_value() == "2"
    page.locator("#close").click()
    assert page.evaluate("location.hash") == "#hide=statuses:planned&least=2"
    page.go_back()
    assert drawing.heading() == "Ana Bell"


AXE = ROOT / "kg" / "explorer" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core here; run `npm ci` in kg/explorer")
@pytest.mark.parametrize("state", ["whole", "chosen", "edge", "search"])
@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_axe_finds_nothing(new_page, opened, size, scheme, state):
    page = new_page(size, color_scheme=scheme)
    drawing = opened(hostile() + small(), on=page, at="#entity=Ana_Bell" if state == "chosen" else "")
    if state == "edge":
        page.mouse.click(*drawing.middle_of(drawing.edges[0]))
    if state == "search":
        page.fill("#wanted", "a")
    elif size == PHONE and state == "whole":
        page.locator("summary").click()
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    where = [(one["id"], node["html"][:160]) for one in found for node in one["nodes"]]
    assert where == []
