"""Who may ask: tokens, names of the host, origins of pages, and the headers of every answer."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.server import Settings, SettingsError
from kg.server.problems import ProblemError
from kg.server.security import PROTECTION, check_settings, may_write
from tests.server.running import app_of

TOKEN = "0123456789abcdef-token"
ELSEWHERE = "https://elsewhere.example"


def client_of(**given):
    """A client of a server with these settings; pages at https://listed.example may ask it."""
    settings = Settings(graph=Path("news"), **({"origins": ("https://listed.example",)} | given))
    return TestClient(app_of(settings), base_url="http://localhost:8000", raise_server_exceptions=False)


HOSTS = {
    "localhost": ("localhost", 200),
    "port": ("localhost:8000", 200),
    "any-port": ("LOCALHOST:1", 200),
    "root-dot": ("localhost.:80", 200),
    "ip4": ("127.0.0.1:8000", 200),
    "ip6": ("[::1]:8000", 200),
    "listed": ("graph.example", 200),
    "bound": ("192.0.2.7:8000", 200),
    "rebound": ("evil.example", 421),
    "longer": ("localhost.evil.example", 421),
    "below-listed": ("a.graph.example", 421),
    "other-ip": ("192.0.2.8", 421),
    "user": ("localhost@evil.example", 400),
    "empty": ("", 400),
    "path": ("localhost/evil", 400),
}


@pytest.mark.parametrize(("host", "status"), HOSTS.values(), ids=HOSTS)
def test_host_must_be_a_name_of_the_server(host, status) -> None:
    client = client_of(host="192.0.2.7", token=TOKEN, hosts=("graph.example",))
    answer = client.get("/echo", headers={"Host": host, "Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == status


def test_health_answers_under_any_name() -> None:
    assert client_of(token=TOKEN).get("/health", headers={"Host": "10.0.0.1"}).json() == {"status": "live"}


TOKENS = {
    "right": ([f"Bearer {TOKEN}"], 200, None),
    "scheme-in-capitals": ([f"BEARER {TOKEN}"], 200, None),
    "none": ([], 401, 'Bearer realm="kg"'),
    "wrong": (["Bearer no"], 401, 'Bearer realm="kg", error="invalid_token"'),
    "longer": ([f"Bearer {TOKEN}x"], 401, 'Bearer realm="kg", error="invalid_token"'),
    "part": ([f"Bearer {TOKEN[:-1]}"], 401, 'Bearer realm="kg", error="invalid_token"'),
    "empty": (["Bearer "], 401, 'Bearer realm="kg", error="invalid_token"'),
    "not-ascii": ([f"Bearer {TOKEN}é".encode("latin-1")], 401, 'Bearer realm="kg", error="invalid_token"'),
    "basic": (["Basic YTpi"], 401, 'Bearer realm="kg"'),
    "twice": ([f"Bearer {TOKEN}", f"Bearer {TOKEN}"], 400, 'Bearer realm="kg", error="invalid_request"'),
}


@pytest.mark.parametrize(("given", "status", "challenge"), TOKENS.values(), ids=TOKENS)
def test_token_must_be_sent_as_rfc_6750_has_it(given, status, challenge) -> None:
    answer = client_of(token=TOKEN).get("/echo", headers=[("Authorization", one) for one in given])
    assert answer.status_code == status
    assert answer.headers.get("WWW-Authenticate") == challenge
    assert TOKEN not in answer.text


@pytest.mark.parametrize("path", ["/sparql", "/graph", "/metrics", "/nothing", "/static", "/health/x"])
def test_no_path_but_the_open_ones_is_answered_without_the_token(path) -> None:
    assert client_of(token=TOKEN).get(path).status_code == 401


@pytest.mark.parametrize("path", ["/", "/query", "/health", "/robots.txt", "/static/icon.svg"])
def test_paths_that_tell_nothing_are_answered_without_the_token(path) -> None:
    assert client_of(token=TOKEN).get(path).status_code == 200


FETCH = "Sec-Fetch-Site"
PAGES = {
    "program": ("GET", {}, 200),
    "own": ("POST", {"Origin": "http://localhost:8000", FETCH: "same-origin"}, 200),
    "own-by-tls-proxy": ("POST", {"Origin": "https://localhost:8000"}, 200),
    "own-other-port": ("POST", {"Origin": "http://localhost:3000"}, 403),
    "typed-address": ("GET", {FETCH: "none", "Sec-Fetch-Mode": "navigate"}, 200),
    "listed": ("POST", {"Origin": "https://listed.example", FETCH: "cross-site"}, 200),
    "listed-by-http": ("POST", {"Origin": "http://listed.example", FETCH: "cross-site"}, 403),
    "form-elsewhere": ("POST", {"Origin": ELSEWHERE, FETCH: "cross-site", "Sec-Fetch-Mode": "navigate"}, 403),
    "script-elsewhere": ("GET", {"Origin": ELSEWHERE, FETCH: "cross-site", "Sec-Fetch-Mode": "cors"}, 403),
    "old-browser": ("POST", {"Origin": ELSEWHERE}, 403),
    "sandbox": ("POST", {"Origin": "null"}, 403),
    "image": ("GET", {FETCH: "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403),
    "other-port": ("GET", {FETCH: "same-site", "Sec-Fetch-Mode": "no-cors"}, 403),
    "link": ("GET", {FETCH: "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
    "frame": ("GET", {FETCH: "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
    "changing-link": ("DELETE", {FETCH: "cross-site", "Sec-Fetch-Mode": "navigate"}, 403),
}


@pytest.mark.parametrize(("method", "headers", "status"), PAGES.values(), ids=PAGES)
def test_pages_elsewhere_may_link_but_not_ask(method, headers, status) -> None:
    answer = client_of().request(method, "/echo", headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert "--allow-origin" in answer.json()["detail"]
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_listed_page_may_read_the_answer() -> None:
    answer = client_of().get("/echo", headers={"Origin": "https://listed.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://listed.example"
    assert "Kg-Truncated" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["Vary"] == "Origin"


def test_listed_page_may_read_why_it_was_refused() -> None:
    answer = client_of(token=TOKEN).get("/echo", headers={"Origin": "https://listed.example"})
    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == "https://listed.example"


def test_answers_vary_by_origin_also_for_those_who_send_none() -> None:
    assert client_of().get("/echo").headers["Vary"] == "Origin"
    assert "Vary" not in client_of(origins=()).get("/echo").headers


def test_all_pages_may_ask_where_all_are_listed() -> None:
    answer = client_of(origins=("*",)).post("/echo", headers={"Origin": ELSEWHERE})
    assert answer.headers["Access-Control-Allow-Origin"] == ELSEWHERE


PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}


def test_preflight_of_a_listed_page_is_answered_without_the_token() -> None:
    headers = {"Origin": "https://listed.example", **PREFLIGHT}
    answer = client_of(token=TOKEN).options("/sparql", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST"
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert "Origin" in answer.headers["Vary"]


def test_preflight_of_a_writable_server_allows_what_writes() -> None:
    headers = {"Origin": "https://listed.example", **PREFLIGHT}
    answer = client_of(token=TOKEN, is_writable=True).options("/data", headers=headers)
    assert "DELETE" in answer.headers["Access-Control-Allow-Methods"]


def test_preflight_of_another_page_is_refused() -> None:
    assert client_of().options("/sparql", headers={"Origin": ELSEWHERE, **PREFLIGHT}).status_code == 403


ANSWERS = (
    "/",
    "/health",
    "/echo",
    "/nothing",
    "/static/built/query.css",
    "/static/nothing",
    "/metrics",
    "/broken",
)


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_has_the_headers_that_protect(path) -> None:
    headers = client_of().get(path).headers
    assert {name: headers[name] for name in PROTECTION} == dict(PROTECTION)
    assert "Server" not in headers


def test_method_that_is_not_for_a_path_is_told_which_are() -> None:
    answer = client_of().delete("/health")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert answer.json()["detail"] == "DELETE is not for /health; use GET, HEAD."


def test_unexpected_error_tells_nothing_of_itself() -> None:
    answer = client_of().get("/broken")
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.text


def test_proxy_is_believed_only_where_there_is_one() -> None:
    forwarded = {"X-Forwarded-For": "198.51.100.9, 192.0.2.1", "X-Forwarded-Proto": "https"}
    assert _client_and_scheme(forwarded, is_behind_proxy=True) == ("192.0.2.1", "https")
    assert _client_and_scheme(forwarded) == ("testclient", "http")


def _client_and_scheme(headers, **given) -> tuple[str, str]:
    seen = []

    async def _see(request):
        seen.append((request.client.host, request.url.scheme))

    client = client_of(**given)
    client.app.add_route("/see", _see)
    client.get("/see", headers=headers)
    return seen[0]


SETTINGS = {
    "elsewhere": ({"host": "0.0.0.0"}, "other machines; give a token"),
    "everywhere": ({"host": ""}, "Every address"),
    "name": ({"host": "graph.example"}, "other machines"),
    "writable": ({"is_writable": True}, "only taken from clients with a token"),
    "writable-by-proxy": ({"is_writable": True, "is_behind_proxy": True}, "only taken from clients with a"),
    "short": ({"token": "0123456789"}, "has 10 characters.*openssl"),
    "strange": ({"token": "0123456789 abcdefgh"}, "no header can carry"),
    "null": ({"origins": ("null",)}, "'null' is no origin"),
    "path": ({"origins": ("https://a.example/",)}, "without a path"),
    "host": ({"hosts": ("https://a.example",)}, "no name of a host"),
}


@pytest.mark.parametrize(("given", "message"), SETTINGS.values(), ids=SETTINGS)
def test_settings_that_leave_a_server_open_are_refused(given, message) -> None:
    with pytest.raises(SettingsError, match=message):
        check_settings(Settings(graph=Path("news"), **given))


@pytest.mark.parametrize("given", [{"token": TOKEN}, {"is_behind_proxy": True}], ids=["token", "proxy"])
def test_server_may_listen_elsewhere_with_a_token_or_a_proxy(given) -> None:
    check_settings(Settings(graph=Path("news"), host="0.0.0.0", **given))


WRITERS = {
    "read-only": ({"token": TOKEN}, f"Bearer {TOKEN}", 403),
    "no-token": ({"token": TOKEN, "is_writable": True}, "", 401),
    "wrong": ({"token": TOKEN, "is_writable": True}, "Bearer no", 401),
    "right": ({"token": TOKEN, "is_writable": True}, f"Bearer {TOKEN}", None),
}


@pytest.mark.parametrize(("given", "authorization", "status"), WRITERS.values(), ids=WRITERS)
def test_only_clients_with_the_token_may_write(given, authorization, status) -> None:
    refused = []

    async def _try(request):
        try:
            may_write(request)
        except ProblemError as error:
            refused.append(int(error.status))

    app = app_of(Settings(graph=Path("news"), **given))
    app.user_middleware.clear()  # `may_write` holds by itself
    app.add_route("/try", _try)
    TestClient(app, raise_server_exceptions=False).get("/try", headers={"Authorization": authorization})
    assert refused == ([status] if status else [])


def test_representation_of_settings_hides_the_token() -> None:
    assert TOKEN not in repr(Settings(graph=Path("news"), token=TOKEN))
