"""The query page in a browser: SPARQL is written, questions are asked, answers are looked at."""

import json
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from kg.server import Limits, Settings, background
from tests.explorer.conftest import watching

pytestmark = pytest.mark.browser

TOKEN = "0123456789abcdef-token"
WHO = (
    "SELECT ?who ?whom ?relation WHERE { ?relation kg:subject ?who ; kg:object ?whom ; kg:property kg:meets }"
)
REFUSED = re.compile(r"error: Failed to load resource: the server responded with a status of (400|401|504)")
"""What Chromium says of every refusal, whatever a page does with it."""


def ask(watched, query, *, view="table"):
    """Opens the page with a query, and waits for the answer."""
    watched.open(f"query?query={quote(query)}&as={view}")
    told(watched).wait_for()


def told(watched):
    """What is said of the answer."""
    return watched.page.locator(".told strong")


def editor(watched):
    return watched.page.get_by_label("SPARQL query")


def write(watched, text):
    """Types a query in the place of the one that is there; what the editor closes by itself is typed over."""
    editor(watched).click()
    watched.page.keyboard.press("Control+A")
    watched.page.keyboard.type(text)


def written(watched):
    return "\n".join(editor(watched).locator(".cm-line").all_inner_texts())


def column(watched, place):
    return watched.page.locator(f"tbody tr td:nth-child({place})").all_inner_texts()


def values(watched):
    """What stands in the cells, without datatypes."""
    return watched.page.locator("tbody td bdi, tbody td > a").all_inner_texts()


def forget_refusals(watched):
    watched.said[:] = [line for line in watched.said if not REFUSED.match(line)]


def test_query_is_written_and_run_by_keyboard(watched):
    watched.open("query")
    write(watched, "SELECT ?name { ent:Ana_Bell skos:prefLabel ?name ")
    watched.page.keyboard.press("Control+Enter")
    told(watched).wait_for()
    assert column(watched, 1) == ["Ana Bell"]
    assert "prefLabel" in parse_qs(urlsplit(watched.page.url).query)["query"][0]


def test_example_runs_by_mouse(watched):
    watched.open("query")
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


def test_iris_lead_to_the_explorer_and_literals_are_text(watched):
    ask(watched, f"{WHO} ORDER BY ?who ?whom")
    links = watched.page.locator("tbody tr").first.get_by_role("link")
    assert links.all_inner_texts()[:2] == ["ent:Ana_Bell", "ent:Bo_Cole"]
    targets = [links.nth(place).get_attribute("href") for place in range(3)]
    assert targets[0] == "./#selected=Ana_Bell"
    assert targets[2].startswith("./#relation=")
    links.first.click()
    watched.page.wait_for_url("**/#selected=Ana_Bell")
    watched.page.get_by_role("status").first.wait_for()


def test_only_addresses_of_the_web_are_links(watched):
    values = (
        "<javascript:alert(1)> <data:text/html,x> <https://elsewhere.example/%3Cb%3E> 'javascript:alert(2)'"
    )
    ask(watched, f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")
    links = watched.page.locator("tbody").get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == ["https://elsewhere.example/%3Cb%3E"]
    assert links.first.get_attribute("rel") == "noopener noreferrer"


def test_hostile_values_are_text_and_nothing_widens_the_page(watched):
    markup = r"""'<img src=x onerror="alert(1)">' '<script>alert(1)</script>' '&amp;'"""
    script = r"'\u202Eabc' '\u0645\u062C\u0644\u0633' '\U0001F54A\uFE0F'"
    long = f"'{'x' * 10_000}'"
    ask(watched, f"SELECT (?v AS ?values) {{ VALUES ?v {{ {markup} {script} {long} }} }}")
    cells = column(watched, 1)
    assert cells[:2] == ['<img src=x onerror="alert(1)">', "<script>alert(1)</script>"]
    assert cells[2] == "&amp;"
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watched.page.get_by_role("button", name="Show all 10,000 characters").click()
    assert column(watched, 1)[6] == "x" * 10_000
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_rows_are_sorted_narrowed_and_turned_in_pages(watched):
    ask(watched, "SELECT ?n { ?a ?b ?c . ?d ?e ?f BIND(1 AS ?n) } LIMIT 5000")
    pages = watched.page.locator(".pages")
    assert "1–100 of 5,000" in pages.inner_text()
    watched.page.get_by_role("button", name="Next").click()
    assert "101–200 of 5,000" in pages.inner_text()
    ask(watched, "SELECT ?n ?w { VALUES (?n ?w) { (10 'ten') (9 'nine') (100 UNDEF) } }")
    head = watched.page.get_by_role("columnheader", name="n xsd:integer")
    head.get_by_role("button").click()
    assert column(watched, 1) == ["9", "10", "100"]
    head.get_by_role("button").press("Enter")
    assert (column(watched, 1), head.get_attribute("aria-sort")) == (["100", "10", "9"], "descending")
    head.get_by_role("button").press("Enter")
    assert (column(watched, 1), head.get_attribute("aria-sort")) == (["10", "9", "100"], None)
    watched.page.get_by_role("searchbox", name="Find in these rows").fill("NINE")
    assert column(watched, 1) == ["9"]
    assert "1–1 of 1 (3 in all)" in pages.inner_text()


def test_yes_and_no_are_said_in_large(watched):
    ask(watched, "ASK { ent:Ana_Bell ?p ?o }")
    assert watched.page.locator(".verdict").inner_text() == "Yes"
    ask(watched, "ASK { ent:Nobody ?p ?o }")
    assert watched.page.locator(".verdict").inner_text() == "No"


def test_triples_are_a_table_a_graph_and_turtle(watched):
    construct = WHO.replace("SELECT ?who ?whom ?relation WHERE", "CONSTRUCT { ?who kg:meets ?whom } WHERE")
    ask(watched, construct)
    assert told(watched).inner_text() == "3 triples"
    tabs = watched.page.get_by_role("tab")
    assert tabs.all_inner_texts() == ["Table", "Graph", "Turtle"]
    tabs.first.press("ArrowRight")
    drawn = watched.page.locator(".small-graph svg")
    drawn.get_by_role("link", name="Ana Bell").wait_for()
    assert drawn.get_by_role("link").count() == 3
    watched.keep("query-graph")
    link = watched.page.get_by_role("link", name="Open these 3 in the explorer").get_attribute("href")
    assert sorted(parse_qs(urlsplit(link).fragment)["entity"]) == ["Ana_Bell", "Bo_Cole", "Zoë_Ğuliç"]
    watched.page.keyboard.press("ArrowRight")
    text = watched.page.get_by_label("The answer as Turtle")
    assert "ent:Ana_Bell kg:meets ent:Bo_Cole" in text.inner_text()
    assert urlsplit(watched.page.url).query.endswith("as=text")


def test_charts_draw_numbers_by_label_and_by_time(watched):
    ask(
        watched,
        "SELECT ?who (COUNT(?r) AS ?n) { ?r kg:subject ?who } GROUP BY ?who ORDER BY DESC(?n)",
        view="chart",
    )
    bars = watched.page.get_by_role("table", name="N by who")
    assert bars.get_by_role("row").first.inner_text().split() == ["ent:Ana_Bell", "3"]
    watched.page.get_by_label("draw").select_option("the number of rows")
    assert watched.page.get_by_role("table", name="Rows by who").count() == 1
    ask(watched, "SELECT ?time ?r { ?r kg:time ?time }", view="chart")
    watched.page.get_by_role("img", name=re.compile("Rows by time: from")).wait_for()
    watched.keep("query-chart")


@pytest.mark.parametrize(
    ("button", "name", "begins"),
    [("CSV", "answer.csv", "who,whom,relation\r\nhttps://"), ("JSON", "answer.srj", '{\n "head"')],
)
def test_answers_are_taken_away_as_files(watched, button, name, begins):
    ask(watched, WHO)
    with watched.page.expect_download() as saved:
        watched.page.get_by_role("button", name=f"Download {button}").click()
    assert saved.value.suggested_filename == name
    text = saved.value.path().read_bytes().decode()
    assert text.startswith(begins)
    assert len(text.splitlines() if button == "CSV" else json.loads(text)["results"]["bindings"]) >= 3


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
    watched.open("query?question=nonsense")
    watched.page.get_by_role("alert").filter(has_text="There is no question “nonsense”").wait_for()
    watched.said[:] = [line for line in watched.said if "404" not in line]


@pytest.mark.parametrize(
    "watched",
    [{"size": "phone"}, {"size": "phone", "color_scheme": "dark"}, {"size": "wide", "color_scheme": "dark"}],
    indirect=True,
    ids=["phone", "phone-dark", "wide-dark"],
)
def test_page_fits_and_is_kept(watched, request):
    ask(watched, WHO)
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    unfold = watched.page.get_by_role("button", name="Questions and history")
    if unfold.is_visible():
        unfold.click()
        watched.page.get_by_role("button", name="Top actors").click()
        told(watched).wait_for()
        assert not watched.page.get_by_role("button", name="Conflicts").is_visible()
    watched.keep(f"query-{request.node.callspec.id}")


@pytest.mark.slow
def test_limits_of_the_server_are_told(browser, invented_graph):
    limits = Limits(seconds=0.6, rows=5)
    settings = Settings(graph=invented_graph, port=0, workers=1, limits=limits)
    with background(settings) as url, watching(browser, url) as watched:
        ask(watched, "SELECT * { ?a ?b ?c }")
        text = watched.page.locator(".told").inner_text()
        assert "5 rows" in text
        assert "cut at the server's limit of 5 rows" in text
        write(watched, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
        watched.page.keyboard.press("Control+Enter")
        watched.page.get_by_role("alert").get_by_text("took longer than 0.6 s").wait_for()
        assert watched.page.get_by_role("button", name="Try again").is_visible()
        forget_refusals(watched)


def test_query_under_way_is_stopped(watched):
    watched.page.route("**/sparql", lambda route: None)  # as if the answer took long
    watched.open("query")
    watched.page.get_by_role("button", name="Run", exact=True).click()
    watched.page.get_by_role("button", name="Stop").click()
    watched.page.get_by_role("status").get_by_text("Stopped.").wait_for()
    assert watched.page.get_by_role("button", name="Stop").count() == 0


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
