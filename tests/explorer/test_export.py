"""What is shown as files, as a query and as a link."""

import csv
import io
import json
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.explorer.conftest import watching
from tests.explorer.test_filters import shown

pytestmark = pytest.mark.browser


def tools(watched, path: str = ""):
    watched.open(path)
    shown(watched.page)
    watched.page.get_by_role("button", name="Save", exact=True).click()
    return watched.page.get_by_role("region", name="Save and share")


def saved(watched, name: str, path: str = "") -> bytes:
    """The file that a button gives."""
    found = tools(watched, path)
    watched.page.locator(".drawing-stage[data-drawn]").wait_for()
    with watched.page.expect_download() as waiting:
        found.get_by_role("button", name=name, exact=True).click()
    assert waiting.value.suggested_filename.endswith(f".{name.lower()}")
    found.get_by_text("is saved.").wait_for()
    return waiting.value.path().read_bytes()


def asked(url: str, query: str) -> list[dict]:
    """What the server answers to a query."""
    body = urlencode({"query": query}).encode()
    with urlopen(Request(f"{url}sparql", body, {"Accept": "application/sparql-results+json"})) as answer:
        return json.load(answer)["results"]["bindings"]


def test_csv_has_a_line_for_each_edge(watched):
    text = saved(watched, "CSV").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 14
    assert sum(int(row["relations"]) for row in rows) == 16
    pair = next(row for row in rows if {row["source"], row["target"]} == {"Ana_Bell", "Bo_Cole"})
    assert (pair["relations"], pair["main_class"], pair["status"]) == ("2", "CONSULT", "asserted")
    assert {"<script>alert(1)</script>", "🕊️ Peace 👩‍👩‍👧 Party"} <= {row["source_name"] for row in rows} | {
        row["target_name"] for row in rows
    }


def test_graphml_is_opened_by_networkx(watched):
    networkx = pytest.importorskip("networkx")
    graph = networkx.parse_graphml(saved(watched, "GraphML").decode())
    assert (len(graph), graph.number_of_edges(), graph.is_directed()) == (13, 14, False)
    assert graph.nodes["Zoë_Ğuliç"]["name"] == "Zoë Ğuliç"
    assert graph.edges["Ana_Bell", "Bo_Cole"]["weight"] == 2


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("", 16),
        ("#entity=Ana_Bell&entity=Bo_Cole&entity=Norland", 4),
        ("#hide=Norland", 12),
        ("#status=planned&status=negated", 2),
        ("#relation_class=CONSULT&min_confidence=0.5", 4),
        ("#property=mediates&publisher=Vik%20Post", 2),
        ("#since=2031-06-15&until=2031-06-30", 4),
        ("#since=2032-01-09", 5),
    ],
)
def test_the_query_finds_the_relations_that_are_shown(watched, path, count):
    found = tools(watched, path)
    assert found.get_by_text(f"It finds the {count} relations shown.").is_visible()
    found.get_by_role("button", name="Show the query").click()
    rows = asked(watched.url, found.get_by_role("textbox", name="Query").input_value())
    assert len(rows) == len({row["relation"]["value"] for row in rows}) == count


def test_the_query_opens_on_the_query_page(watched):
    found = tools(watched, "#status=planned")
    address = urlsplit(found.get_by_role("link", name="Open as SPARQL").get_attribute("href"))
    assert address.path == "query"
    [query] = parse_qs(address.query)["query"]
    assert len(asked(watched.url, query)) == 1


def test_link_and_query_are_copied(browser, served):
    permissions = ["clipboard-read", "clipboard-write"]
    with watching(browser, served, permissions=permissions) as watched:
        found = tools(watched, "#status=planned")
        found.get_by_role("button", name="Copy link").click()
        found.get_by_text("Copied.").wait_for()
        assert watched.page.evaluate("navigator.clipboard.readText()") == f"{served}#status=planned"
        watched.keep("save")


def test_where_copying_is_forbidden_the_text_is_marked(watched):
    watched.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    found = tools(watched)
    found.get_by_role("button", name="Copy link").click()
    found.get_by_text("Press Ctrl+C to copy what is marked.").wait_for()
    assert watched.page.evaluate("getSelection().toString()") == watched.page.url


@pytest.mark.parametrize(("name", "start"), [("PNG", b"\x89PNG"), ("SVG", b"<")])
def test_the_view_is_saved_as_a_picture(watched, name, start):
    assert saved(watched, name).startswith(start)
