"""The built site: it builds without a warning, asks nobody else for anything, and keeps no reader out."""

from __future__ import annotations

import functools
import http.server
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest

from docs.building.commands import commands
from docs.building.questions import questions
from tests.conftest import ROOT
from tests.explorer.conftest import SIZES, axe, browser, watching  # noqa: F401  # two of them are fixtures

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("mkdocs") is None, reason="no MkDocs here; pip install 'kg-actors[docs]'"),
    pytest.mark.skipif(not (ROOT / "mkdocs.yml").is_file(), reason="the site is not in this distribution"),
]
SHOWN = (
    *("index.html", "tutorials/sparql.html", "exchange.html", "serving.html", "explanation/design.html"),
    *(
        "reference/commands.html",
        "reference/python/kg.html",
        "reference/glossary.html",
        "ontology/plover.html",
    ),
)
"""Pages of each kind that a browser opens."""
LOADING = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "form": "action"}
"""Elements that make a browser ask for something, with the attribute that says for what."""
LARGEST_PICTURE, LARGEST_SITE = 200_000, 10_000_000
HOSTS = re.compile(rb"unpkg|jsdelivr|googleapis|gstatic|cdnjs|fonts\.google|cloudflare", re.IGNORECASE)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The folder of the site, built anew."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


class Elements(HTMLParser):
    """Reads what a page loads, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if values.get("id"):
            self.anchors.add(values["id"])
        if tag in LOADING and values.get(LOADING[tag]):
            self.loaded.append(values[LOADING[tag]])


def read(path: Path) -> Elements:
    return Elements(path.read_text("utf-8"))


def test_pages_load_nothing_from_elsewhere(site):
    for page in site.rglob("*.html"):
        assert [url for url in read(page).loaded if re.match(r"(?:https?:)?//", url)] == [], page


def test_styles_and_scripts_name_no_host_of_others(site):
    for path in [*site.rglob("*.css"), *site.rglob("*.js")]:
        assert HOSTS.search(path.read_bytes()) is None, path
    for path in site.rglob("*.css"):
        assert re.search(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""", path.read_text("utf-8")) is None, (
            path
        )


def test_what_loads_from_elsewhere_is_seen():
    page = Elements("<link href='https://fonts.example/x.css'><a href='https://example.org'>x</a><p id=a>")
    assert (page.loaded, page.anchors) == (["https://fonts.example/x.css"], {"a"})


def test_every_command_and_option_has_its_place_and_no_other_has(site):
    anchors = {name for name in read(site / "reference" / "commands.html").anchors if name.startswith("kg-")}
    wanted = {one.anchor for one in commands()[1:]}
    for one in commands()[1:]:
        wanted |= {
            f"{one.anchor}-{p.opts[0].strip('-')}" for p in one.parameters if p.param_type_name == "option"
        }
    assert anchors == wanted


def test_every_public_name_is_in_the_reference(site):
    import kg

    anchors = read(site / "reference" / "python" / "kg.html").anchors
    assert [name for name in kg.__all__ if f"kg.{name}" not in anchors] == []


def test_every_named_question_is_in_the_reference(site):
    anchors = read(site / "reference" / "questions.html").anchors
    assert [one.name for one in questions() if one.name not in anchors] == []


def test_site_and_its_pictures_are_small(site):
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert [
        path for path, size in sizes.items() if path.suffix in {".png", ".jpg"} and size > LARGEST_PICTURE
    ] == []
    assert sum(sizes.values()) < LARGEST_SITE


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        """Says nothing."""


@pytest.fixture(scope="module")
def address(site) -> Iterator[str]:
    """Where the site is served."""
    handler = functools.partial(_Silent, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.browser
@pytest.mark.parametrize(
    "context",
    [{}, {"color_scheme": "dark"}, {"size": "phone"}],
    ids=["light", "dark", "phone"],
)
def test_pages_keep_nobody_out_and_ask_nobody_else(browser, address, axe, context):  # noqa: F811
    for path in SHOWN:
        with watching(browser, address, reduced_motion="reduce", **context) as watched:
            watched.open(path)
            watched.page.locator("h1").wait_for()
            watched.page.wait_for_function(
                "!document.querySelector('.md-typeset__scrollwrap:not([tabindex])')"
            )
            assert watched.violations(axe) == [], path
            width = SIZES[context.get("size", "wide")][0]
            assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.browser
def test_search_finds_a_command(browser, address):  # noqa: F811
    with watching(browser, address) as watched:
        watched.open("index.html")
        watched.page.keyboard.press("/")
        watched.page.locator(".md-search__input").fill("backup")
        watched.page.locator(".md-search-result__item").filter(has_text="kg backup").first.wait_for()
