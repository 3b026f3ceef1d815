"""The pages of the server: they show what the graph holds, and run nothing that is not ours."""

import asyncio
import base64
import hashlib
import io
import re
import subprocess
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from kg.server import Settings, background
from kg.server.pages import Drawing, Overview, drawn, example
from kg.server.pool import Answer
from kg.server.problems import ProblemError
from kg.store import Store
from tests.server.running import NoWorkers, app_of

TOKEN = "0123456789abcdef-token"


class Found(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def of(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


def client_of(folder="news", **given):
    """A client of a server without workers."""
    app = app_of(Settings(graph=Path(folder), **given))
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


def test_home_shows_how_much_the_graph_holds(server) -> None:
    page = httpx.get(server).text
    counts = dict(re.findall(r"<dt>(\w+)</dt><dd>([0-9,]+)</dd>", page))
    assert (counts["articles"], counts["entities"], counts["relations"]) == ("1", "2", "1")
    assert "<h1>graph</h1>" in page


def test_home_without_workers_still_has_the_form() -> None:
    answer = client_of().get("/")
    assert answer.status_code == 200
    assert "<dt>" not in answer.text
    assert Found(answer.text).of("form")[0]["action"] == "sparql"


def test_home_asks_by_a_form_that_needs_no_script(server) -> None:
    page = Found(httpx.get(server).text)
    (form,), (field,) = page.of("form"), page.of("textarea")
    assert (form["method"], field["name"]) == ("get", "query")
    answer = httpx.get(server + form["action"], params={field["name"]: example()})
    assert answer.status_code == 200


def test_home_holds_no_script_and_no_style_of_its_own(server) -> None:
    page = Found(httpx.get(server).text)
    assert [script["src"] for script in page.of("script")] == ["static/page.js"]
    assert not page.of("style")
    assert not [name for _, given in page.tags for name in given if name.startswith("on") or name == "style"]


def test_all_that_home_loads_is_there(server) -> None:
    page = Found(httpx.get(server).text)
    links = [link["href"] for link in page.of("link")] + [script["src"] for script in page.of("script")]
    kinds = {httpx.get(server + link).headers["Content-Type"] for link in links}
    assert kinds == {"image/svg+xml", "text/css; charset=utf-8", "text/javascript; charset=utf-8"}


def test_name_of_the_graph_is_shown_as_text() -> None:
    assert "<h1>&lt;b&gt;news&lt;/b&gt;</h1>" in client_of("<b>news<%b>".replace("%", "\u2044")).get(
        "/"
    ).text.replace("\u2044", "/")


def test_home_of_a_server_with_a_token_asks_for_it() -> None:
    page = client_of(token=TOKEN).get("/").text
    assert Found(page).of("input")[0]["type"] == "password"
    assert not {"graph", "sparql", "api/openapi.json"} & {link["href"] for link in Found(page).of("a")}


def test_script_of_the_page_makes_no_markup_of_text() -> None:
    script = client_of().get("/static/page.js").text
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "localStorage",
        "cookie",
    ):
        assert way not in script


def test_example_finds_rows(graph_folder) -> None:
    with Store.open(graph_folder) as store:
        result = store.query(example())
    assert [row[0] for row in result.rows] == ["Ana"]


@pytest.mark.parametrize(
    "path", ["/static/nothing", "/static/../app.py", "/static/%2e%2e/app.py", "/static/"]
)
def test_no_other_file_is_given_out(path) -> None:
    assert client_of().get(path).status_code == 404


def test_file_that_is_known_is_not_sent_again() -> None:
    client = client_of()
    tag = client.get("/static/page.js").headers["ETag"]
    for known in (tag, f'"x", W/{tag}', "*"):
        again = client.get("/static/page.js", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")


def test_search_engines_are_asked_to_stay_away() -> None:
    assert client_of().get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


@pytest.mark.slow
def test_drawing_is_that_of_kg_view_and_runs_by_its_hashes(server) -> None:
    answer = httpx.get(server + "graph", timeout=60)
    assert "vis-network" in answer.text
    assert "Ana" in answer.text
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    hashes = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts}
    policy = answer.headers["Content-Security-Policy"]
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes
    assert "unsafe-inline" not in re.search(r"script-src [^;]*", policy).group()
    assert "frame-ancestors 'none'" in policy
    again = httpx.get(server + "graph", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"] == answer.headers["Content-Security-Policy"]


def test_page_without_scripts_may_run_none() -> None:
    assert "script-src 'none'" in drawn("<p>").policy


class _FastDrawing(Drawing):
    """A drawing that takes some time, or comes to nothing."""

    def __init__(self, pool, seconds, page="<p>"):
        super().__init__(pool.settings, pool)
        self.begun = 0
        self._took, self._made = seconds, page

    async def _run(self, *arguments):
        self.begun += 1
        await asyncio.sleep(self._took)
        if self._made is not None:
            Path(arguments[-1]).write_text(self._made)


def pool_of(seconds=5.0):
    from kg.server import Limits

    return NoWorkers(Settings(graph=Path("news"), limits=Limits(seconds=seconds)))


def test_graph_is_drawn_once_for_each_state_of_it() -> None:
    async def _ask():
        pool = pool_of()
        drawing = _FastDrawing(pool, 0.01)
        await asyncio.gather(*(drawing.page() for _ in range(3)))
        await drawing.page()
        first = drawing.begun
        pool.generation = "another"
        await drawing.page()
        await drawing.close()
        return first, drawing.begun

    assert asyncio.run(_ask()) == (1, 2)


def test_graph_that_changes_during_a_drawing_asks_all_who_wait_to_come_back() -> None:
    async def _ask():
        pool = pool_of()
        drawing = _FastDrawing(pool, 0.05)
        waiting = [asyncio.ensure_future(drawing.page()) for _ in range(3)]
        await asyncio.sleep(0.01)
        pool.generation = "another"
        pages = await asyncio.gather(*(drawing.page() for _ in range(3)))
        refused = await asyncio.gather(*waiting, return_exceptions=True)
        await drawing.close()
        return pages, [int(error.status) for error in refused], drawing.begun, asyncio.all_tasks()

    pages, refused, begun, tasks = asyncio.run(_ask())
    assert ([page.html for page in pages], refused, begun) == ([b"<p>"] * 3, [503] * 3, 2)
    assert len(tasks) == 1


def test_close_ends_drawings_of_former_states_too() -> None:
    async def _ask():
        pool = pool_of(seconds=0.01)
        drawing = _FastDrawing(pool, 60)
        for pool.generation in ("first", "second"):
            with pytest.raises(ProblemError, match="is being drawn"):
                await drawing.page()
        await drawing.close()
        return len(asyncio.all_tasks())

    assert asyncio.run(_ask()) == 1


def test_drawing_runs_no_module_of_the_working_directory(tmp_path, monkeypatch) -> None:
    (tmp_path / "typer.py").write_text("open('was-run', 'w')")
    monkeypatch.chdir(tmp_path)
    asyncio.run(Drawing(pool_of().settings, pool_of())._run("--version"))
    assert not (tmp_path / "was-run").exists()


class _Busy(NoWorkers):
    """A pool that refuses first, and then answers."""

    def __init__(self, status):
        super().__init__(Settings(graph=Path("news")))
        self.status, self.asked = status, 0

    async def ask(self, task):
        self.asked += 1
        if self.asked == 1:
            raise ProblemError(self.status, "Not now.")
        body = b'{"articles": 1, "entities": 2, "relations": 3, "edges": 4, "quads": 5}'
        return Answer(meta={}, body=io.BytesIO(body), size=len(body), generation=self.generation)


@pytest.mark.parametrize(("status", "asked"), [(503, 2), (429, 2), (504, 1)])
def test_counts_are_asked_for_again_where_others_were_only_first(status, asked) -> None:
    async def _count():
        pool = _Busy(HTTPStatus(status))
        overview = Overview(pool.settings, pool)
        found = [await overview.counts() for _ in range(3)]
        return found[0], found[2].get("quads"), pool.asked

    assert asyncio.run(_count()) == ({}, 5 if asked == 2 else None, asked)


def test_drawing_that_takes_long_is_told_to_come_back_and_goes_on() -> None:
    async def _ask():
        drawing = _FastDrawing(pool_of(seconds=0.05), 0.12)
        with pytest.raises(ProblemError, match="is being drawn") as refused:
            await drawing.page()
        await asyncio.sleep(0.1)
        page = await drawing.page()
        await drawing.close()
        return int(refused.value.status), refused.value.headers, page.html

    assert asyncio.run(_ask()) == (503, {"Retry-After": "5"}, b"<p>")


def test_browser_waits_for_the_drawing_on_a_page_and_a_program_gets_a_problem() -> None:
    client = client_of()
    client.app.state.drawing = _FastDrawing(pool_of(seconds=0.01), 60)
    with client:
        page = client.get("/graph", headers={"Accept": "text/html,*/*;q=0.8"})
        problem = client.get("/graph")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert Found(page.text).of("meta")[-1] == {"http-equiv": "refresh", "content": "5"}
    assert problem.headers["Content-Type"] == "application/problem+json"


def test_graph_that_cannot_be_drawn_is_said_to_be_too_large_without_trying_again() -> None:
    async def _ask():
        drawing = _FastDrawing(pool_of(), 0, page=None)
        for _ in range(2):
            with pytest.raises(ProblemError, match="kg view --around"):
                await drawing.page()
        await drawing.close()
        return drawing.begun

    assert asyncio.run(_ask()) == 1


def test_drawing_ends_with_the_server(graph_folder, tmp_path) -> None:
    async def _end():
        pool = pool_of()
        drawing = Drawing(Settings(graph=graph_folder), pool)
        asking = asyncio.ensure_future(drawing.page())
        await asyncio.sleep(0.05)
        await drawing.close()
        with pytest.raises(ProblemError, match="is being drawn"):
            await asking

    asyncio.run(_end())  # a process that went on would be warned of


@pytest.fixture
def browse(chromium, tmp_path):
    """Opens a page in a browser; gives its elements, and what its console said."""
    quiet = "--no-first-run --disable-background-networking --disable-component-update --disable-sync"

    def _browse(address, *options):
        command = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", *quiet.split(), *options,
            f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr", "--v=0",
            "--virtual-time-budget=8000", "--dump-dom", address,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)
        return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]

    return _browse


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("size", ["1280,800", "360,740"])
def test_drawing_runs_in_a_browser_under_its_policy(browse, server, size) -> None:
    httpx.get(server + "graph", timeout=60)
    elements, console = browse(server + "graph#Ana", f"--window-size={size}")
    assert 'data-drawn="' in elements
    assert not [line for line in console if "Content Security Policy" in line]


@pytest.mark.browser
@pytest.mark.slow
def test_home_shows_rows_in_a_browser(browse, graph_folder, tmp_path) -> None:
    from kg.server import pages

    pages._static.cache_clear()
    script, tag = pages._static("page.js")
    asks = script + b'\nfind("ask").requestSubmit();\n'
    with (
        pytest.MonkeyPatch.context() as patch,
        background(Settings(graph=graph_folder, port=0, workers=1)) as url,
    ):
        patch.setattr(pages, "_static", lambda name: (asks, tag) if name == "page.js" else (b"", tag))
        elements, console = browse(url)
    assert re.search(r"<td>Ana</td>.*<td>Bo</td>", elements, re.DOTALL)
    assert re.search(r"1 row, \d+ ms", elements)
    assert not console
