"""The query page in a browser: SPARQL is written, questions are asked, what was asked is found again."""

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from kg.server import Settings, background
from tests.explorer.conftest import watching
from tests.explorer.querying import (
    WHO,
    ask,
    column,
    editor,
    forget_refusals,
    open_editor,
    told,
    values,
    write,
    written,
)

pytestmark = pytest.mark.browser

TOKEN = "0123456789abcdef-token"


def test_query_is_written_and_run_by_keyboard(watched):
    watched.open("query")
    write(watched, "SELECT ?name { ent:Ana_Bell skos:prefLabel ?name ")
    watched.page.keyboard.press("Control+Enter")
    told(watched).wait_for()
    assert column(watched, 1) == ["Ana Bell"]
    assert "prefLabel" in parse_qs(urlsplit(watched.page.url).query)["query"][0]


def test_example_runs_by_mouse(watched):
    open_editor(watched)
    watched.page.get_by_role("button", name="Run", exact=True).click()
    told(watched).wait_for()
    assert told(watched).inner_text() == "16 rows"
    watched.keep("query-table")


def test_tab_and_escape_leave_the_editor(watched):
    watched.open("query")
    editor(watched).click()
    watched.page.keyboard.press("Escape")
    assert watched.page.evaluate("document.activeElement.innerText") == "Run"
    editor(watched).click()
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("document.activeElement.innerText") == "Run"


def test_terms_are_completed_with_what_they_mean(watched):
    watched.open("query")
    write(watched, "SELECT * { ?r kg:attribu")
    watched.page.get_by_role("option", name="kg:attribution").wait_for()
    watched.page.locator(".meaning").wait_for()
    watched.keep("query-completion")
    watched.page.keyboard.press("Enter")
    assert "?r kg:attribution" in written(watched)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("SELECT ?somebody WHERE { ?som", "?somebody"),
        ("sel", "SELECT"),
        ("SELECT * { ?r sko", "skos:"),
        ("SELECT * { ?r ent:bel", "Ana Bell"),
        ("SELECT * { ?r meet", "kg:meets"),
        ("SELECT * { ?r kg:status kg:Plan", "kg:Planned"),
    ],
)
def test_variables_keywords_prefixes_and_entities_are_completed(watched, typed, offered):
    watched.open("query")
    write(watched, typed)
    watched.page.get_by_role("option", name=offered).first.wait_for()


def test_nothing_is_offered_in_strings_and_comments(watched):
    watched.open("query")
    write(watched, 'ASK { ?a ?b "sel" } # sel')
    watched.page.wait_for_timeout(300)
    assert watched.page.get_by_role("option").count() == 0


def test_entity_is_completed_to_its_iri(watched):
    watched.open("query")
    write(watched, "SELECT ?n { ent:zoe")
    watched.page.get_by_role("option", name="Zoë Ğuliç").wait_for()
    watched.page.wait_for_timeout(100)  # an option is not taken at once, lest a key was meant for the text
    watched.page.keyboard.press("Enter")
    watched.page.keyboard.type(" skos:prefLabel ?n")
    watched.page.keyboard.press("Control+Enter")
    told(watched).wait_for()
    assert column(watched, 1) == ["Zoë Ğuliç"]


def test_mistake_is_marked_where_it_is(watched):
    watched.open("query")
    write(watched, "SELECT * {\n?a ?b ?c")
    watched.page.keyboard.press("Control+End")
    watched.page.keyboard.type("\nLIMI 3")
    watched.page.keyboard.press("Control+Enter")
    watched.page.get_by_role("alert").get_by_text("did you mean LIMIT").wait_for()
    assert watched.page.locator(".cm-lintRange-error").inner_text() == "LIMI"
    watched.keep("query-mistake")
    watched.page.get_by_role("button", name="Go to line 4").click()
    watched.page.keyboard.press("Control+ArrowRight")
    watched.page.keyboard.type("T")
    watched.page.keyboard.press("Control+Enter")
    told(watched).get_by_text("3 rows").wait_for()
    assert watched.page.locator(".cm-lintRange-error").count() == 0
    forget_refusals(watched)


def test_question_is_asked_with_a_suggested_name_by_keyboard(watched):
    watched.open("query")
    watched.page.get_by_role("button", name="Who met whom").press("Enter")
    watched.page.get_by_role("combobox", name="Actor").wait_for()
    watched.page.keyboard.type("gul")
    watched.page.get_by_role("option", name="Zoë Ğuliç").wait_for()
    watched.page.keyboard.press("ArrowDown")
    watched.page.keyboard.press("Enter")
    assert watched.page.get_by_role("combobox").input_value() == "Zoë Ğuliç"
    watched.page.keyboard.press("Enter")
    told(watched).wait_for()
    assert {*column(watched, 1), *column(watched, 3)} == {"Zoë Ğuliç", "Ana Bell", "Bo Cole"}
    article = watched.page.locator("tbody").get_by_role("link").first.get_attribute("href")
    assert article == "./#article=a3"
    watched.keep("query-question")


def test_suggestion_is_taken_by_mouse_and_closed_by_escape(watched):
    watched.open("query?question=who-met-whom")
    field = watched.page.get_by_role("combobox", name="Actor")
    field.fill("bel")
    watched.page.get_by_role("option", name="Ana Bell").click()
    assert (field.input_value(), field.get_attribute("aria-expanded")) == ("Ana Bell", "false")
    field.press("ArrowDown")
    watched.page.get_by_role("option", name="Ana Bell").wait_for()
    field.press("Escape")
    assert watched.page.get_by_role("option").count() == 0


@pytest.mark.parametrize(
    "asked",
    [
        "who-met-whom&actor=Zo%C3%AB",
        "timeline-of-actor&actor=Bo+Cole&since=2031-06-01&until=2031-12-31",
        "evidence-for-edge&subject=Ana&object=Bo&property=https://w3id.org/actors-kg/ontology%23meets",
        "what-does-x-say-about-y&speaker=Ana",
        "who-holds-which-office&actor=Norland",
        "top-actors",
    ],
)
def test_question_as_sparql_gives_the_same_rows(watched, asked):
    watched.open(f"query?question={asked}")
    told(watched).wait_for()
    rows = values(watched)
    assert rows
    watched.page.get_by_role("button", name="Edit as SPARQL").click()
    editor(watched).wait_for()
    watched.page.get_by_role("button", name="Run", exact=True).click()
    told(watched).wait_for()
    assert values(watched) == rows


def test_back_and_forward_go_through_what_was_asked(watched):
    ask(watched, "ASK { ent:Ana_Bell ?p ?o }")
    write(watched, "SELECT ?p { ent:Ana_Bell ?p ?o } LIMIT 2")
    watched.page.keyboard.press("Control+Enter")
    told(watched).get_by_text("2 rows").wait_for()
    watched.page.go_back()
    told(watched).get_by_text("yes").wait_for()
    assert written(watched) == "ASK { ent:Ana_Bell ?p ?o }"
    watched.page.go_forward()
    told(watched).get_by_text("2 rows").wait_for()
    past = watched.page.get_by_role("region", name="Asked in this tab")
    assert past.get_by_role("listitem").count() == 2
    past.get_by_role("button", name=re.compile("ASK")).click()
    told(watched).get_by_text("yes").wait_for()
    watched.page.reload()
    told(watched).get_by_text("yes").wait_for()
    past.get_by_role("button", name="Forget these").click()
    assert past.count() == 0


def test_long_query_has_an_address_that_works(watched):
    watched.open("query")
    names = " ".join(f"ent:{'x' * 40}{number}" for number in range(300))
    watched.open(f"query#query={quote(f'SELECT ?w {{ VALUES ?w {{ {names} }} }}')}")
    watched.page.reload()
    told(watched).get_by_text("300 rows").wait_for()


def test_wrong_question_in_the_address_is_told(watched):
    watched.may_say("404")
    watched.open("query?question=nonsense")
    watched.page.get_by_role("alert").filter(has_text="There is no question “nonsense”").wait_for()


@pytest.mark.slow
def test_server_with_a_token_asks_for_it(browser, invented_graph):
    settings = Settings(graph=invented_graph, port=0, workers=1, token=TOKEN)
    with background(settings) as url, watching(browser, url) as watched:
        watched.open(f"query?query={quote(WHO)}")
        watched.page.get_by_label("Token").fill(TOKEN)
        watched.page.get_by_role("button", name="Open").click()
        told(watched).get_by_text("4 rows").wait_for()
        links = watched.page.get_by_role("navigation").get_by_role("link")
        assert links.all_inner_texts() == ["Explorer", "Query"]
        forget_refusals(watched)


@pytest.mark.parametrize("watched", [{"java_script_enabled": False}], indirect=True)
def test_form_works_without_scripts(watched):
    watched.open("query")
    watched.page.get_by_label("Ask in SPARQL").fill("ASK { ent:Ana_Bell ?p ?o }")
    with watched.page.expect_navigation(url="**/sparql?query=ASK*") as answered:
        watched.page.get_by_role("button", name="Run").click()
    assert "true" in answered.value.text()


def test_page_leads_to_the_explorer(watched):
    watched.open("query")
    watched.page.get_by_role("navigation", name="Pages").get_by_role("link", name="Explorer").click()
    watched.page.locator("canvas").first.wait_for()
