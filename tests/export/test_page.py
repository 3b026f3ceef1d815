"""The page that draws a graph: complete in itself, and deaf to what articles say."""

import base64
import datetime
import gzip
import html.parser
import json
import re
import subprocess
from importlib.resources import files

import pytest

from kg.errors import ExportError
from kg.export.page import draw
from kg.export.records import Statement
from kg.types import Article, EntityType, Status
from tests.builders import make_entity, make_extraction, make_relation

HOSTILE = [
    "</script><script>document.body.dataset.hacked=1</script>",
    "<img src=x onerror=document.body.dataset.hacked=1>",
    "{{ 7 * 7 }}{% raw %}",
    "\"'><b onclick=alert(1)>x</b>",
    "javascript:document.body.dataset.hacked=1",
    "a\u2028b\u0000c😀",
]


def statements(**fields):
    extraction = make_extraction(**fields)
    return [Statement(article=extraction.article, relation=relation) for relation in extraction.relations]


def hostile_statements():
    rows = []
    for text in HOSTILE:
        article = Article(
            id=text, text=text, title=text, source=text, url=text, date=datetime.date(2026, 1, 1)
        )
        ends = [make_entity(text, aliases=(text,), country=text), make_entity(f"{text}2", EntityType.COUNTRY)]
        relation = make_relation(
            article, ends[0], text, ends[1], time=text, place=ends[1], attribution=ends[0]
        )
        rows.append(Statement(article=article, relation=relation))
    return rows


class Loader(html.parser.HTMLParser):
    """Collects what a page loads, its elements, and its data."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.tags, self.data = [], [], ""
        self._in_data = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.loaded += [value for name, value in attrs if name in {"src", "href", "srcset", "data", "action"}]
        self._in_data = ("id", "data") in attrs

    def handle_data(self, data):
        if self._in_data:
            self.data += data
            self._in_data = False


def data_of(page):
    return json.loads(Loader(page.html).data)


def test_page_loads_nothing():
    page = Loader(draw(hostile_statements()).html)
    assert page.loaded == []
    assert not {"link", "img", "iframe", "b"} & set(page.tags)


def test_page_forbids_all_requests():
    assert "default-src 'none'; script-src 'unsafe-inline'" in draw([]).html


def test_page_says_its_encoding_and_is_written_in_it(tmp_path):
    path = draw(statements(), title="Erdoğan – “A”").save(tmp_path / "graph.html")
    assert path.read_bytes().index(b'<meta charset="utf-8">') < 1024
    assert "<h1>Erdoğan – “A”</h1>" in path.read_text("utf-8")


def test_hostile_words_stay_words():
    page = draw(hostile_statements(), title=HOSTILE[0])
    assert page.html.count("<script") == draw([]).html.count("<script")
    assert {node["name"] for node in data_of(page)["nodes"]} >= set(HOSTILE)
    assert [article["url"] for article in data_of(page)["articles"]] == [None] * len(HOSTILE)


def test_edge_holds_sentence_article_date_status_and_who_says_so():
    rows = statements(
        status=Status.PLANNED, time="2026-05", attribution=make_entity("Cy Dole"), confidence=0.456
    )
    data = data_of(draw(rows))
    [edge] = data["edges"]
    [evidence] = edge["evidence"]
    assert (edge["status"], edge["class"], edge["label"]) == ("planned", "CONSULT", "planned: meet")
    assert evidence == {
        "article": 0, "text": "Ana Bell met Bo Cole in Oslo.", "predicate": "meet", "confidence": 0.46,
        "time": "2026-05", "by": "Cy Dole",
    }  # fmt: skip
    assert data["articles"] == [{"title": "a1", "source": None, "date": "2026-04-05", "url": None}]


def test_large_graph_is_cut_and_says_so():
    rows = [row for n in range(30) for row in statements(ends=("Ana Bell", f"N{n}"))]
    page = draw(rows, top=10)
    assert len(data_of(page)["nodes"]) == 10
    assert "10 of 31 entities shown: those with most relations; 9 of 30 relations, 1 article." in page.html


def test_whole_graph_is_said_to_be_whole():
    assert "<p>2 entities, 1 relation, 1 article.</p>" in draw(statements()).html


def test_drawing_of_nothing_is_refused():
    with pytest.raises(ExportError, match="A drawing of 0 entities shows nothing; give 1 or more"):
        draw([], top=0)


def test_notebooks_show_it_packed_in_a_frame():
    page = draw(statements())
    shown = page._repr_html_()
    assert shown.startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;')
    assert 'sandbox="allow-scripts allow-popups' in shown
    packed = re.search(r"atob\(&quot;([A-Za-z0-9+/=]+)&quot;", shown).group(1)
    assert gzip.decompress(base64.b64decode(packed)).decode() == page.html
    assert len(shown) < 0.4 * len(page.html)


def test_same_relations_give_the_same_page():
    assert draw(statements()).html == draw(statements()).html
    assert draw(statements())._repr_html_() == draw(statements())._repr_html_()


@pytest.mark.parametrize("way", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("])
def test_script_of_the_page_makes_no_markup_of_text(way):
    scripts = sorted((files("kg") / "export" / "templates" / "page").iterdir(), key=str)
    assert len(scripts) > 5
    assert [script.name for script in scripts if way in script.read_text("utf-8")] == []


def test_library_names_no_other_file():
    assert "sourceMappingURL" not in draw([]).html


def browse(chromium, tmp_path, page, *options):
    address = page.save(tmp_path / "graph.html").as_uri() + "#Ana"
    quiet = "--no-first-run --disable-background-networking --disable-component-update --disable-sync"
    command = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", *quiet.split(), *options,
        f"--user-data-dir={tmp_path / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND",
        "--virtual-time-budget=5000", "--dump-dom", address,
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("size", ["1280,800", "500,800"])
def test_page_draws_without_network(chromium, tmp_path, size):
    dom = browse(chromium, tmp_path, draw(hostile_statements() + statements()), f"--window-size={size}")
    assert f'data-drawn="{2 * len(HOSTILE) + 2}"' in dom
    assert "data-hacked" not in dom
    panel = re.search(r'<aside id="panel".*?</aside>', dom, re.DOTALL).group()
    assert "Ana Bell met Bo Cole in Oslo." in panel
