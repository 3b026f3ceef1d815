"""The answers of the query page in a browser: tables, charts, drawings, files, limits, hostile values."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.server import Limits, Settings, background
from tests.explorer.conftest import watching
from tests.explorer.querying import WHO, ask, column, forget_refusals, open_editor, told, write

pytestmark = pytest.mark.browser


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
    open_editor(watched)
    watched.page.get_by_role("button", name="Run", exact=True).click()
    watched.page.get_by_role("button", name="Stop").click()
    watched.page.get_by_role("status").get_by_text("Stopped.").wait_for()
    assert watched.page.get_by_role("button", name="Stop").count() == 0
