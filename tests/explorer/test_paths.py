"""Paths between two actors, and who is connected with both."""

import re

import pytest

from tests.explorer.test_filters import shown, wait

pytestmark = pytest.mark.browser


def form(watched, path: str = ""):
    watched.open(path)
    shown(watched.page)
    if "from=" not in path:  # with ends in the address they are open at first
        watched.page.get_by_role("button", name="Paths", exact=True).click()
    return watched.page.get_by_role("region", name="Paths", exact=True)


def pick(page, label: str, words: str) -> None:
    """Chooses the first suggestion, by keyboard."""
    field = page.get_by_role("combobox", name=label, exact=True)
    field.fill(words)
    first = page.get_by_role("listbox").get_by_role("option").first
    first.wait_for()
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("Enter")
    page.get_by_role("listbox").wait_for(state="detached")


def steps(found) -> list[str]:
    return [re.sub(r"\s+", " ", text) for text in found.locator(".way").all_inner_texts()]


def test_the_shortest_paths_are_found_and_shown(watched):
    tools = form(watched)
    page = watched.page
    pick(page, "From", "ana bel")
    pick(page, "To", "zoe gulic")
    assert page.get_by_role("combobox", name="To", exact=True).input_value() == "Zoë Ğuliç"
    page.keyboard.press("Enter")
    tools.get_by_role("heading", name="1 path of 1 step").wait_for()
    assert steps(tools) == ["Ana Bell 1 relation: consult asserted Zoë Ğuliç Show"]
    tools.get_by_role("button", name="Show the path Ana Bell – Zoë Ğuliç").click()
    wait(page, "2 of 13 entities")
    assert "from=Ana_Bell" in page.url
    assert "via=" in page.url
    page.get_by_role("button", name="Undo").click()
    wait(page, "13 of 13 entities")


def test_all_paths_up_to_a_length_with_how_strong_each_step_is(watched):
    tools = form(watched, "#from=Ana_Bell&to=Norland&longest=3")
    tools.get_by_role("heading", name="paths up to 3 steps").wait_for()
    met = "1 relation: consult asserted"
    assert steps(tools) == [
        "Ana Bell 1 relation: holds position asserted Norland Show",
        "Ana Bell 2 relations: consult 1 asserted 1 planned Bo Cole 1 relation: accuse asserted Norland Show",
        f"Ana Bell {met} Zoë Ğuliç {met} Bo Cole 1 relation: accuse asserted Norland Show",
    ]
    watched.keep("paths")
    tools.get_by_role("button", name="Show all").first.click()
    wait(watched.page, "4 of 13 entities")


def test_a_step_opens_its_edge(watched):
    tools = form(watched, "#from=Ana_Bell&to=Norland&longest=2")
    tools.get_by_role("button", name="Ana Bell and Bo Cole: 2 relations: consult").click()
    watched.page.wait_for_url("**selected=Ana_Bell&with=Bo_Cole*")


def test_step_that_is_not_so_says_it_in_words_and_by_its_line(watched):
    tools = form(watched, "#from=League&to=Vik&longest=4")
    tools.get_by_role("heading", name="path").first.wait_for()
    way = tools.locator(".way").first
    looks = way.locator(".leg").evaluate_all(
        "all => all.map((e) => [e.querySelector('.leg-statuses').innerText.replace(/\\s+/g, ' ').trim(), "
        "getComputedStyle(e).borderLeftStyle])"
    )
    assert looks == [
        ["only requested", "dashed"],
        ["asserted", "solid"],
        ["1 negated 1 possible", "dotted"],
        ["asserted", "solid"],
    ]
    name = "League of Lakes and Lake process: 1 relation: mediates only requested"
    assert tools.get_by_role("button", name=name).first.is_visible()
    watched.keep("path-statuses")


def test_paths_go_by_what_fits_the_filters(watched):
    tools = form(watched, "#from=Ana_Bell&to=Norland&relation_class=CONSULT")
    tools.get_by_role("heading", name="No path found").wait_for()
    assert tools.get_by_text(
        "No path of up to 6 steps connects them by relations that fit the filters."
    ).is_visible()
    tools.get_by_role("button", name="Clear all filters").click()
    tools.get_by_role("heading", name="1 path of 1 step").wait_for()


def test_common_neighbours_are_listed_with_their_strengths(watched):
    tools = form(watched, "#from=Ana_Bell&to=Norland")
    common = tools.get_by_role("region", name="Common neighbours")
    common.get_by_role("heading", name="1 common neighbour").wait_for()
    row = common.get_by_role("listitem").inner_text()
    assert re.sub(r"\s+", " ", row) == "Bo Cole 2 + 1 relation"
    common.get_by_role("button", name="Show all").click()
    wait(watched.page, "3 of 13 entities")
    watched.keep("common-neighbours")


def test_the_selection_fills_the_form(watched):
    form(watched, "#selected=Ana_Bell&with=Bo_Cole")
    page = watched.page
    values = [page.get_by_role("combobox", name=name, exact=True).input_value() for name in ("From", "To")]
    assert values == ["Ana Bell", "Bo Cole"]


def test_names_that_mean_harm_are_text(watched):
    tools = form(watched)
    page = watched.page
    pick(page, "From", "script")
    pick(page, "To", "very long")
    assert page.get_by_role("combobox", name="From", exact=True).input_value() == "<script>alert(1)</script>"
    page.get_by_role("button", name="Find paths").click()
    tools.get_by_role("heading", name="path").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_whom_nobody_knows_is_said(watched):
    form(watched)
    watched.page.get_by_role("combobox", name="From", exact=True).fill("qqqqqq")
    watched.page.get_by_text("Nobody is called so; try another spelling.").wait_for()
    assert watched.page.get_by_role("button", name="Find paths").is_disabled()


@pytest.mark.parametrize("watched", [{"size": "phone", "has_touch": True}], indirect=True)
def test_on_a_phone_the_sheet_gives_way_to_the_path(watched):
    watched.open("#from=Ana_Bell&to=Norland")
    page = watched.page
    shown(page)
    page.get_by_role("button", name="Paths", exact=True).tap()
    watched.keep("paths-phone")
    page.get_by_role("button", name="Show the path Ana Bell – Norland").tap()
    page.get_by_role("region", name="Paths", exact=True).wait_for(state="detached")
    wait(page, "2 of 13 entities")
