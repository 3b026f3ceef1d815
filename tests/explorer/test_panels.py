"""Panels beside the drawing: the evidence of an edge, an entity, an article; by mouse and by keyboard."""

import re
from urllib.parse import quote

import pytest

from kg.exploration.relations import relations
from kg.store import Store
from tests.explorer.waiting import until

pytestmark = pytest.mark.browser
HEADING = "#panel-heading"


@pytest.fixture(scope="module")
def denied(invented_graph):
    """The relation that Sudland denies, as the API gives it."""
    with Store.open(invented_graph) as store:
        found = relations(store, "Sudland", "Ostland").relations.items
    return next(one for one in found if one.status.value == "negated")


def open_edge(watched, one, other, more=""):
    watched.open(f"#selected={one}&with={other}{more}")
    watched.page.locator(".card").first.wait_for()


def open_entity(watched, entity, more=""):
    watched.open(f"#selected={entity}{more}")
    watched.page.locator(".summary").wait_for()


def panel(watched):
    return watched.page.locator("aside.panel")


def focused(watched):
    return watched.page.evaluate("document.activeElement.textContent")


def selection(watched):
    """What the address says is selected."""
    return watched.page.evaluate("decodeURIComponent(location.hash)")


# Edges


def test_edge_shows_every_relation_with_its_evidence(watched):
    open_edge(watched, "Ana_Bell", "Bo_Cole")
    cards = watched.page.locator(".card")
    assert cards.count() == 2
    assert cards.locator("mark").all_text_contents() == [
        "The two plan to meet again in June.",
        "Ana Bell met Bo Cole in Vik on Friday.",
    ]
    assert "2 relations shown" in panel(watched).inner_text()
    watched.keep("edge-panel")


def test_card_says_when_where_who_says_so_and_how_sure(watched):
    open_edge(watched, "Ana_Bell", "Bo_Cole")
    facts = watched.page.locator(".card").nth(1).locator(".facts").inner_text()
    for said in ("2 May 2031", "as the article says", "Vik", "the article itself", "very sure", "0.90"):
        assert said in facts
    assert re.search(r"A meeting in Vik\s+Vik Post, 3 May 2031 \(as given with the article\)", facts)


def test_card_names_who_makes_the_claim(watched):
    open_edge(watched, "Sudland", "Vik")
    says = watched.page.locator(".facts dt", has_text="Who says so").locator("xpath=following-sibling::dd[1]")
    assert says.inner_text() == "Ana Bell"


def test_statuses_differ_by_word_sign_and_line(watched):
    open_edge(watched, "Sudland", "Ostland")
    looks = watched.page.locator(".card .status-badge").evaluate_all(
        "all => all.map((e) => [e.textContent, e.querySelector('path').getAttribute('d'), "
        "getComputedStyle(e).borderTopStyle])"
    )
    negated, possible = looks
    assert (negated[0], possible[0]) == ("negated", "possible")
    assert negated[1] != possible[1]
    assert (negated[2], possible[2]) == ("dotted", "dashed")


def test_definition_is_shown_to_the_keyboard_and_put_away_by_escape(watched):
    open_edge(watched, "Sudland", "Ostland")
    tag = watched.page.get_by_role("button", name="assault", exact=True)
    tag.focus()
    definition = watched.page.locator(f"#{tag.get_attribute('aria-describedby')}")
    definition.wait_for()
    watched.page.keyboard.press("Escape")
    definition.wait_for(state="hidden")
    assert panel(watched).is_visible()


def test_status_narrows_the_relations_by_mouse(watched):
    open_edge(watched, "Ana_Bell", "Bo_Cole")
    chip = watched.page.get_by_role("group", name="Status").get_by_role("button", name="planned")
    chip.click()
    watched.page.get_by_text("1 relation shown", exact=True).wait_for()
    assert watched.page.locator(".card mark").all_text_contents() == ["The two plan to meet again in June."]
    chip.click()
    watched.page.get_by_text("2 relations shown", exact=True).wait_for()


def test_class_and_order_are_chosen_by_keyboard(watched):
    open_edge(watched, "Ana_Bell", "Bo_Cole")
    watched.page.get_by_label("Order").focus()
    watched.page.keyboard.press("ArrowDown")
    watched.page.locator(".card mark").first.get_by_text("on Friday").wait_for()


def test_filters_of_the_scene_apply_and_can_be_left_out(watched):
    open_edge(watched, "Ana_Bell", "Bo_Cole", "&status=planned")
    watched.page.get_by_text("1 of 2 relations fit the filters.").wait_for()
    watched.page.locator(".panel").get_by_role("button", name="Show all").click()
    watched.page.get_by_text("2 relations shown", exact=True).wait_for()
    watched.page.get_by_role("button", name="Heed the filters").click()
    watched.page.get_by_text("1 relation shown", exact=True).wait_for()


def test_nothing_that_fits_says_what_to_do(watched):
    watched.open("#selected=Ana_Bell&with=Bo_Cole&status=negated")
    watched.page.get_by_text("No relation between the two fits. Take away a filter").wait_for()


# One relation


def test_permalink_shows_one_relation_alone(watched, denied):
    watched.open(f"#relation={quote(denied.iri, safe='')}")
    watched.page.locator(".card").wait_for()
    assert watched.page.locator(".card mark").all_text_contents() == [denied.evidence.sentence]
    watched.page.get_by_role("link", name="All relations between the two").click()
    watched.page.locator(".card").nth(1).wait_for()


def test_relation_that_is_not_there_says_so_and_tries_again(watched):
    watched.open("#relation=rel:none")
    alert = panel(watched).get_by_role("alert")
    alert.get_by_text("The graph has no relation").wait_for()
    asked = len(watched.asked)
    watched.said.clear()  # Chromium reports the refusal itself
    alert.get_by_role("button", name="Try again").click()
    until(watched.page, "n => performance.getEntriesByType('resource').length >= n", asked - 1)
    alert.wait_for()
    assert len(watched.asked) > asked
    watched.said.clear()


def test_slow_answer_says_so_and_comes_in_the_end(watched):
    held = []

    def hold(route):
        held.append(route)

    watched.page.clock.install()
    watched.page.route("**/api/entity?*", hold)
    watched.open("#selected=Ana_Bell")
    watched.page.locator(".skeleton").wait_for()
    watched.page.clock.run_for(3_000)
    watched.page.get_by_text("This takes longer than usual; the server is still working.").wait_for()
    held[0].continue_()
    watched.page.locator(".summary").wait_for()
    watched.page.get_by_text("This takes longer").wait_for(state="detached")


# Entities


def test_entity_shows_names_roles_and_relations(watched):
    open_entity(watched, "Ana_Bell")
    watched.page.get_by_text("4 relations shown", exact=True).wait_for()
    text = panel(watched).inner_text()
    for said in ("President Bell", "president of Norland", "Mentioned"):
        assert said in text
    watched.keep("entity-panel")


def test_rows_say_whose_report_it_is_and_whom_it_cites(watched):
    open_entity(watched, "Sudland")
    rows = watched.page.locator("table.relations tbody tr")
    rows.first.wait_for()
    said = {" ".join(text.split()) for text in rows.locator(".said-by").all_inner_texts()}
    assert {"Sud Herald, citing Ana Bell", "Sud Herald, citing Sudland", "Sud Herald", "Vik Post"} == said


def test_counts_say_what_they_count(watched):
    open_entity(watched, "Ana_Bell")
    heads = [text.strip() for text in watched.page.locator(".section h3").all_inner_texts()]
    assert heads == ["4 relations", "3 neighbours", "1 role", "2 names"]
    chip = watched.page.get_by_role("group", name="Status").get_by_role("button", name="planned")
    assert chip.get_attribute("title") == "1 relation"
    units = watched.page.locator(".filter-head .unit").all_inner_texts()
    assert set(units) == {"relations"}


def test_relations_sort_by_their_heads(watched):
    open_entity(watched, "Ana_Bell")
    rows = watched.page.locator("table.relations tbody tr")
    rows.first.get_by_text("2032-01-08").wait_for()
    head = watched.page.get_by_role("columnheader", name="When")
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").click()
    rows.first.get_by_text("2031-05-02").wait_for()
    assert head.get_attribute("aria-sort") == "ascending"
    assert rows.first.locator("td[title]").last.get_attribute("title").startswith("Confidence 0.")
    assert "sure" in rows.first.locator("td").last.inner_text()


def test_row_opens_its_relation_and_back_comes_back(watched):
    open_entity(watched, "Ana_Bell")
    watched.page.locator("table.relations tbody tr").first.locator("td").first.click()
    watched.page.locator(".card").get_by_text("Zoë Ğuliç met Ana Bell in Vik.").wait_for()
    watched.page.get_by_role("button", name="Back").click()
    watched.page.locator(HEADING, has_text="Ana Bell").wait_for()


def test_neighbours_are_shown_beside_what_is_drawn(watched):
    open_entity(watched, "Zoë_Ğuliç", "&entity=Zoë_Ğuliç")
    watched.page.locator("summary", has_text="Neighbours").click()
    watched.page.get_by_role("button", name="Show Bo Cole").click()
    watched.page.get_by_role("status").get_by_text("2 of 13 entities").wait_for()
    assert "entity=Bo_Cole" in selection(watched)


def test_actions_expand_collapse_and_hide(watched):
    open_entity(watched, "Sudland", "&entity=Sudland&entity=Norland")
    status = watched.page.get_by_role("status")
    watched.page.get_by_role("button", name="Expand").click()
    status.get_by_text("5 of 13 entities").wait_for()
    watched.page.get_by_role("button", name="Collapse").click()  # Ostland is connected with Norland too
    status.get_by_text("3 of 13 entities").wait_for()
    watched.page.get_by_role("button", name="Hide").click()
    status.get_by_text("2 of 13 entities").wait_for()
    assert panel(watched).count() == 0


def test_actions_pin_and_show_only(watched):
    open_entity(watched, "Ana_Bell")
    pin = watched.page.get_by_role("button", name=re.compile("^Pin"))
    pin.click()
    until(watched.page, "location.hash.includes('pin=')")
    assert pin.get_attribute("aria-pressed") == "true"
    pin.click()
    until(watched.page, "!location.hash.includes('pin=')")
    watched.page.get_by_role("button", name="Only this").click()
    watched.page.get_by_role("status").get_by_text("1 of 13 entities").wait_for()


def test_paths_to_another_are_asked_for_by_keyboard(watched):
    open_entity(watched, "Ana_Bell")
    watched.page.get_by_role("button", name="Paths to").focus()
    watched.page.keyboard.press("Enter")
    watched.page.keyboard.type("gul")
    watched.page.get_by_role("option", name="Zoë Ğuliç", selected=True).wait_for()
    watched.page.keyboard.press("Enter")
    assert "from=Ana_Bell&to=Zoë_Ğuliç" in selection(watched)


def test_picker_closes_by_escape_and_the_panel_stays(watched):
    open_entity(watched, "Ana_Bell")
    watched.page.get_by_role("button", name="Paths to").click()
    watched.page.get_by_role("combobox", name="Paths to whom?").wait_for()
    watched.page.keyboard.press("Escape")
    assert watched.page.get_by_role("combobox", name="Paths to whom?").count() == 0
    assert focused(watched) == "Paths to …"


# Articles


def test_article_opens_at_the_relation(watched, denied):
    open_edge(watched, "Sudland", "Ostland")
    card = watched.page.locator(".card", has_text="negated")
    card.get_by_role("link", name="Open the article here").click()
    here = watched.page.locator("mark.here")
    here.wait_for()
    assert here.inner_text() == denied.evidence.sentence == focused(watched)
    assert "Sud Herald, 1 July 2031" in panel(watched).inner_text()
    watched.keep("article-panel")


def test_mention_in_an_article_leads_to_its_entity(watched, denied):
    watched.open(f"#article={denied.article.id}")
    watched.page.locator(".mention", has_text="Zoë Ğuliç").get_by_role("link").click()
    watched.page.locator(HEADING, has_text="Zoë Ğuliç").wait_for()


def test_sentence_tells_its_relations(watched, denied):
    watched.open(f"#article={denied.article.id}")
    finding = watched.page.get_by_role("button", name="1 relation of this sentence").first
    finding.click()
    assert finding.get_attribute("aria-expanded") == "true"
    watched.page.locator(".found-relations").get_by_role("link", name="Sudland attack Vik").click()
    watched.page.locator(".card mark", has_text="Sudland attacked Vik, said Ana Bell.").wait_for()


# Keyboard


def test_panel_takes_the_focus_and_gives_it_back(watched):
    watched.open("#as=table")
    row = watched.page.get_by_role("button", name="Bo Cole, person")
    row.focus()
    watched.page.keyboard.press("Enter")
    watched.page.locator(f"{HEADING}:focus", has_text="Bo Cole").wait_for()
    watched.page.keyboard.press("Escape")
    panel(watched).wait_for(state="detached")
    assert row.evaluate("e => e === document.activeElement")


def test_panel_closes_by_its_button(watched):
    open_entity(watched, "Ana_Bell")
    watched.page.get_by_role("button", name="Close the panel").click()
    assert panel(watched).count() == 0
    watched.page.get_by_role("button", name="Undo").click()
    watched.page.locator(HEADING, has_text="Ana Bell").wait_for()


def test_links_within_the_panel_are_followed_by_keyboard(watched):
    open_edge(watched, "Ana_Bell", "Bo_Cole")
    watched.page.locator(f"{HEADING} a").first.focus()
    watched.page.keyboard.press("Enter")
    watched.page.locator(f"{HEADING}:focus", has_text="Ana Bell").wait_for()


# Harm


@pytest.mark.parametrize("entity", ["script", "emoji", "arabic", "long"])
def test_hostile_names_are_text_and_stay_in_the_panel(watched, entity):
    open_entity(watched, entity)
    watched.page.locator("table.relations").wait_for()
    wide = watched.page.locator(".panel-body, .panel-head").evaluate_all(
        "all => all.filter((e) => e.scrollWidth > e.clientWidth + 1).length"
    )
    assert (wide, watched.page.locator(".panel script").count()) == (0, 0)
    assert watched.page.locator(HEADING).bounding_box()["height"] < 100


@pytest.mark.parametrize("watched", [{"size": "phone", "color_scheme": "dark"}], indirect=True)
def test_panel_is_a_sheet_on_a_phone(watched):
    open_edge(watched, "Ana_Bell", "Bo_Cole")
    small = panel(watched).bounding_box()
    assert (small["x"], small["width"]) == (0, 390)
    watched.keep("edge-panel-phone-dark")
    watched.page.get_by_role("button", name="Large panel").click()
    assert panel(watched).bounding_box()["height"] > small["height"] * 1.4
    assert watched.page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("watched", [{"size": "phone", "has_touch": True}], indirect=True)
def test_actions_of_a_phone_stand_in_one_row(watched):
    open_entity(watched, "Ana_Bell")
    boxes = watched.page.locator(".actions button").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect()).map(({top, width, height}) => [top, width, height])"
    )
    assert len(boxes) == 6
    assert len({top for top, *_ in boxes}) == 1
    assert min(min(width, height) for _, width, height in boxes) >= 24
    watched.page.get_by_role("button", name="Paths to").tap()
    finder = watched.page.locator(".finder").bounding_box()
    assert finder["y"] > boxes[0][0]
    assert finder["width"] > 300
    watched.keep("actions-phone")


# Ways back


def scrolled(watched):
    return watched.page.evaluate("document.querySelector('.panel-body').scrollTop")


@pytest.mark.parametrize("watched", [{"size": "phone"}], indirect=True)
def test_back_finds_the_list_as_it_was_left(watched):
    open_entity(watched, "Ana_Bell")
    rows = watched.page.locator("table.relations tbody tr")
    rows.last.scroll_into_view_if_needed()
    until(watched.page, "document.querySelector('.panel-body').scrollTop > 50")
    left = scrolled(watched)
    rows.last.locator("td").first.click()
    watched.page.get_by_role("button", name="Back").click()
    until(watched.page, f"Math.abs(document.querySelector('.panel-body').scrollTop - {left}) < 2")


def test_escape_goes_back_before_it_closes_and_the_size_stays(watched):
    open_entity(watched, "Ana_Bell")
    watched.page.get_by_role("button", name="Large panel").click()
    watched.page.locator("table.relations tbody tr").first.locator("td").first.click()
    watched.page.get_by_role("button", name="Back").wait_for()
    large = watched.page.get_by_role("button", name="Large panel")
    assert large.get_attribute("aria-pressed") == "true"
    watched.page.keyboard.press("Escape")
    watched.page.locator(".summary").wait_for()
    watched.page.keyboard.press("Escape")
    panel(watched).wait_for(state="detached")
