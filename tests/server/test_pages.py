"""The pages of the server: they tell nothing of the graph, and run nothing that is not ours."""

import asyncio
import base64
import hashlib
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from kg.server import Settings
from kg.server.pages import Drawing, drawn, example
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


PAGES = ("/", "/query")


@pytest.mark.parametrize("path", PAGES)
def test_page_tells_nothing_of_the_graph(path, server) -> None:
    page = httpx.get(server + path.strip("/")).text
    assert "graph</title>" in page  # its name alone
    assert "Ana" not in page


@pytest.mark.parametrize("path", PAGES)
def test_page_is_there_without_workers_and_is_asked_for_again(path) -> None:
    answer = client_of().get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert Found(answer.text).of("script")


@pytest.mark.parametrize("path", PAGES)
def test_page_holds_no_script_and_no_style_of_its_own(path) -> None:
    page = Found(client_of().get(path).text)
    assert all(script["src"].startswith("static/built/") for script in page.of("script"))
    assert not page.of("style")
    assert not [name for _, given in page.tags for name in given if name.startswith("on") or name == "style"]


@pytest.mark.parametrize("path", PAGES)
def test_all_that_a_page_loads_is_there(path) -> None:
    client = client_of()
    page = Found(client.get(path).text)
    links = [link["href"] for link in page.of("link")] + [script["src"] for script in page.of("script")]
    kinds = {client.get(f"/{link}").headers["Content-Type"] for link in links}
    assert kinds == {"image/svg+xml", "text/css; charset=utf-8", "text/javascript; charset=utf-8"}


def test_page_that_waits_loads_what_is_there() -> None:
    client = client_of()
    client.app.state.drawing = _FastDrawing(pool_of(seconds=0.01), 60)
    with client:
        page = Found(client.get("/graph", headers={"Accept": "text/html"}).text)
    assert [client.get(f"/{link['href']}").status_code for link in page.of("link")] == [200, 200]


@pytest.mark.parametrize("path", PAGES)
def test_name_of_the_graph_is_shown_as_text(path) -> None:
    page = client_of('<b>"news').get(path).text
    assert "&lt;b&gt;&#34;news" in page
    assert "<b>" not in page


@pytest.mark.parametrize("path", PAGES)
def test_name_of_the_graph_is_not_told_to_strangers(path) -> None:
    assert "secret" not in client_of("secret", token=TOKEN).get(path).text


def test_query_page_asks_by_a_form_that_needs_no_script(server) -> None:
    page = Found(httpx.get(f"{server}query").text)
    (form,), (field,) = page.of("form"), page.of("textarea")
    assert (form["method"], field["name"]) == ("get", "query")
    answer = httpx.get(server + form["action"], params={field["name"]: example()})
    assert answer.status_code == 200


def test_query_page_holds_the_query_of_its_address_as_text() -> None:
    page = client_of().get("/query", params={"query": "ASK {} # </textarea><script>"}).text
    assert "ASK {} # &lt;/textarea&gt;&lt;script&gt;" in page
    assert example() not in page


def test_query_page_of_a_server_with_a_token_has_no_links_that_would_need_it() -> None:
    page = Found(client_of(token=TOKEN).get("/query").text)
    assert [link["href"] for link in page.of("a")] == ["./", "query"]


@pytest.mark.parametrize("name", ["explorer.js", "query.js"])
def test_scripts_make_no_markup_of_text(name) -> None:
    script = client_of().get(f"/static/built/{name}").text
    for way in ("outerHTML", "insertAdjacentHTML", "document.write", "eval(", "cookie"):
        assert way not in script


def test_our_own_sources_set_no_markup() -> None:
    sources = Path(__file__).parents[2] / "kg" / "explorer" / "src"
    if not sources.is_dir():
        pytest.skip("the sources of the pages are not here")
    for file in sources.rglob("*.ts*"):
        assert not re.search(r"innerHTML|dangerouslySet|insertAdjacent", file.read_text("utf-8")), file


def test_example_finds_rows(graph_folder) -> None:
    with Store.open(graph_folder) as store:
        result = store.query(example())
    assert [(row[0].rpartition("/")[2], row[2].rpartition("/")[2]) for row in result.rows] == [("Ana", "Bo")]


@pytest.mark.parametrize(
    "path", ["/static/nothing", "/static/../app.py", "/static/%2e%2e/app.py", "/static/"]
)
def test_no_other_file_is_given_out(path) -> None:
    assert client_of().get(path).status_code == 404


def test_file_that_is_known_is_not_sent_again() -> None:
    client = client_of()
    tag = client.get("/static/icon.svg").headers["ETag"]
    for known in (tag, f'"x", W/{tag}', "*"):
        again = client.get("/static/icon.svg", headers={"If-None-Match": known})
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
