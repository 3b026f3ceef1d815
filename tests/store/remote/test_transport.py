"""Requests over HTTP: what is tried again and how long after, what is not, and what is said then."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kg.errors import QueryError, RemoteError
from kg.store.remote import Credentials, RemoteSettings, RemoteStore, push, store_address
from kg.store.remote.digest import Challenge, challenge_of
from kg.store.remote.transport import proxy_of, seconds_of
from tests.store.remote.conftest import remote_of
from tests.store.remote.servers import JSON, NT, Reply, failing_store, free_port
from tests.store.test_importing import MET, graph_of, quads

YES = Reply(200, b'{"head": {}, "boolean": true}', content_type=JSON)
TOKEN = "0123456789abcdef"


def asked(failing, **fields):
    """A client of the queries alone, so that no address is looked for."""
    return remote_of(query=failing.url + "/query", update=failing.url + "/update", **fields)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_query_is_tried_again_while_the_store_cannot_answer(failing, status):
    waits = []
    failing.replies.extend([Reply(status)] * 3 + [YES])
    assert asked(failing, waits=waits).select("ASK {}").answer
    assert len(waits) == 3
    assert all(longest / 2 <= wait <= longest for wait, longest in zip(waits, (0.5, 1, 2), strict=True))


def test_retry_after_is_respected(failing):
    waits = []
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    failing.replies.extend(
        [Reply(503, headers={"Retry-After": "7"}), Reply(429, headers={"Retry-After": later}), YES]
    )
    assert asked(failing, waits=waits).select("ASK {}").answer
    assert waits[0] == 7
    assert 50 < waits[1] <= 60


def test_retry_after_that_asks_for_long_is_told_of(failing):
    waits = []
    failing.replies.append(Reply(503, headers={"Retry-After": "3600"}))
    with pytest.raises(RemoteError, match=r"left alone for 3,600 s \(status 503\)"):
        asked(failing, waits=waits).select("ASK {}")
    assert waits == []


@pytest.mark.parametrize("text", ["", "soon", "-3", "1e9"])
def test_retry_after_that_says_nothing_is_passed_over(text):
    assert seconds_of(text) is None


def test_store_that_never_can_answer_is_given_up(failing):
    failing.replies.extend([Reply(503, b"Maintenance.")] * 9)
    with pytest.raises(RemoteError, match="status 503, and says: Maintenance") as error:
        asked(failing).select("ASK {}")
    assert error.value.status == 503
    assert len(failing.seen) == 5


@pytest.mark.parametrize(
    "reply",
    [
        Reply(resets=True),
        Reply(200, YES.body, content_type=JSON, cut=9),
        Reply(200, b"<urn:a> <urn:b> <urn:c> .\n" * 9, content_type=NT, cut=26 * 4),
        Reply(200, b'?a\n"x"\n"x"\n', content_type="text/tab-separated-values", cut=7),
    ],
    ids=["reset", "cut json", "triples cut between lines", "rows cut between lines"],
)
def test_answer_that_is_cut_is_asked_for_again(failing, reply):
    failing.replies.extend([reply, YES])
    assert asked(failing).select("ASK {}").answer
    failing.replies.extend([reply] * 5)
    with pytest.raises(RemoteError, match="broke the connection off"):
        asked(failing).select("ASK {}")


@pytest.mark.parametrize("content_type", [NT, "text/turtle", "text/tab-separated-values"])
def test_answer_whose_cut_could_not_be_told_is_refused(failing, content_type):
    body = b"<urn:a> <urn:b> <urn:c> .\n"
    failing.replies.append(Reply(200, body, content_type=content_type, announced=False))
    with pytest.raises(RemoteError, match="no length, so that nobody could tell"):
        asked(failing).select("CONSTRUCT WHERE { ?a ?b ?c }")


def test_update_is_made_once_unless_it_may_be_repeated(failing):
    failing.replies.append(Reply(resets=True))
    with pytest.raises(RemoteError, match="broke the connection off"):
        asked(failing).update("INSERT { ?a ?b 1 } WHERE { ?a ?b ?c }")
    assert len(failing.seen) == 1
    failing.replies.append(Reply(503))
    with pytest.raises(RemoteError, match="status 503"):
        asked(failing).update("INSERT DATA { <urn:a> <urn:b> [] }")
    failing.replies.append(Reply(resets=True))
    asked(failing).update("INSERT DATA { <urn:a> <urn:b> 1 }", is_repeatable=True)
    assert len(failing.data) == 1


def test_store_that_is_silent_is_told_of(failing):
    failing.replies.append(Reply(delay=0.5))
    with pytest.raises(RemoteError, match=r"was silent for 0\.1 s; .* --timeout"):
        asked(failing, timeout=0.1).select("ASK {}")
    assert len(failing.seen) == 1


def test_store_that_is_not_there_is_told_of():
    with pytest.raises(RemoteError, match=r"cannot be reached .*; check the address"):
        remote_of(f"http://127.0.0.1:{free_port()}/").query("ASK {}")


@pytest.mark.parametrize(
    ("status", "message"),
    [(401, "set KG_STORE_USER"), (403, "ask its operator"), (404, "check the address"), (500, "status 500")],
)
def test_status_is_explained(failing, status, message):
    failing.replies.append(Reply(status, b"<h1>Sorry</h1><p>&lt;no&gt;</p>", content_type="text/html"))
    with pytest.raises(RemoteError, match=rf"{status}, and says: Sorry <no>.*") as error:
        asked(failing).select("ASK {}")
    assert message in str(error.value)
    assert error.value.status == status


def test_what_the_store_says_is_cut_to_300_characters(failing):
    failing.replies.append(Reply(500, b"word\r\n\x1b[31m\t" * 5_000))
    with pytest.raises(RemoteError) as error:
        asked(failing).select("ASK {}")
    said = str(error.value).partition("says: ")[2]
    assert len(said) <= 302
    assert said.isprintable()


def test_wrong_query_is_told_in_the_words_of_the_store(failing):
    failing.replies.append(Reply(400, b'{"exception": "No such function."}', content_type="application/json"))
    with pytest.raises(RemoteError, match="The store does not take the query: No such function"):
        asked(failing).select("ASK {}")
    failing.replies.append(Reply(400, b"No."))
    with pytest.raises(QueryError, match="does not take the query: No"):
        asked(failing).update("INSERT DATA {}")


@pytest.mark.parametrize("status", [307, 308])
def test_move_is_followed_where_it_keeps_the_request(failing, status):
    failing.replies.append(Reply(status, headers={"Location": "/query"}))
    assert remote_of(query=failing.url + "/old").select("ASK {}").answer
    assert [one[:2] for one in failing.seen] == [("POST", "/old"), ("POST", "/query")]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_move_of_what_is_got_is_followed(failing, status):
    failing.replies.append(Reply(status, headers={"Location": "/store?default="}))
    assert remote_of(query=failing.url, graph_store=failing.url + "/old").get_graph(None) == []
    assert [one[1] for one in failing.seen] == ["/old", "/store"]


@pytest.mark.parametrize("status", [301, 302, 303])
def test_move_that_would_change_the_request_is_told_of(failing, status):
    failing.replies.append(Reply(status, headers={"Location": "/new?secret=1"}))
    with pytest.raises(RemoteError, match=rf"has moved to {failing.url}/new \(status {status}\)"):
        asked(failing).select("ASK {}")
    assert len(failing.seen) == 1


def test_move_in_circles_is_told_of(failing):
    failing.replies.extend([Reply(307, headers={"Location": "/query"})] * 9)
    with pytest.raises(RemoteError, match="sends on and on"):
        asked(failing).select("ASK {}")


def test_secret_is_sent_to_no_other_host(failing):
    with failing_store() as other:
        address = other.url.replace("127.0.0.1", "localhost")
        failing.replies.append(Reply(307, headers={"Location": f"{address}/query"}))
        with pytest.raises(RemoteError, match="has moved to http://localhost"):
            asked(failing, environment={"KG_STORE_TOKEN": TOKEN}).select("ASK {}")
        assert other.seen == []


@pytest.mark.parametrize(
    ("environment", "header"),
    [
        ({"KG_STORE_TOKEN": TOKEN}, f"Bearer {TOKEN}"),
        ({"KG_STORE_USER": "ana", "KG_STORE_PASSWORD": "päss"}, "Basic YW5hOnDDpHNz"),
        ({"KG_STORE_USER": "ana"}, "Basic YW5hOg=="),
    ],
    ids=["token", "password", "user"],
)
def test_who_asks_is_sent_with_every_request(environment, header):
    with failing_store(secret=header) as store:
        with remote_of(store.url, environment=environment) as remote:
            push(graph_of(MET), remote)
            assert remote.query("ASK { ?a kg:meets ?b }").answer
        assert quads(graph_of(MET)) <= set(store.data)


def test_secret_that_the_store_repeats_is_not_shown(failing):
    failing.replies.append(Reply(403, f"Bearer {TOKEN} may not.".encode()))
    with pytest.raises(RemoteError, match=r"Bearer \*\*\* may not") as error:
        asked(failing, environment={"KG_STORE_TOKEN": TOKEN}).select("ASK {}")
    assert TOKEN not in f"{error.value!r} {error.value.__cause__!r}"


def test_secret_is_shown_nowhere(caplog):
    credentials = Credentials(user="ana", password="very-secret", token=TOKEN)
    store = RemoteStore(
        store_address(query="http://store.example/q"), RemoteSettings(), credentials=credentials
    )
    store.transport._authorization.header("GET", "http://store.example/q")
    assert "sent unencrypted" in caplog.text
    for text in (repr(credentials), repr(store), caplog.text):
        assert "very-secret" not in text
        assert TOKEN not in text


@pytest.fixture
def encrypted(tmp_path):
    """A store with a certificate of its own making, and the file of that."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here, which makes certificates")
    key, file = tmp_path / "key.pem", tmp_path / "ca.pem"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=store"
    command = [
        "openssl",
        *made.split(),
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        key,
        "-out",
        file,
    ]
    subprocess.run(command, check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", JSON)
            self.send_header("Content-Length", str(len(YES.body)))
            self.end_headers()
            self.wfile.write(YES.body)

        def log_message(self, *_):
            pass

    class Quiet(HTTPServer):
        def handle_error(self, *_):
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}/query", file
    server.shutdown()
    server.server_close()
    thread.join()


def test_certificate_is_checked(encrypted):
    url, file = encrypted
    with pytest.raises(RemoteError, match=r"cannot be trusted .* --ca-file"):
        remote_of(query=url).select("ASK {}")
    assert remote_of(query=url, ca_file=file).select("ASK {}").answer


def test_file_without_certificates_is_an_error(tmp_path):
    (tmp_path / "ca.pem").write_text("none")
    for name in ("ca.pem", "missing.pem"):
        with pytest.raises(RemoteError, match="holds no certificates"):
            remote_of("https://example.org/", ca_file=tmp_path / name)


RFC_7616 = {"realm": "http-auth@example.org", "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"}
CLIENT = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_challenge_is_answered_as_in_the_standard(algorithm, response):
    """The example of RFC 7616, section 3.9.1."""
    challenge = Challenge(algorithm=algorithm, **RFC_7616)
    said = challenge.answer("GET", "/dir/index.html", ("Mufasa", "Circle of Life"), client=CLIENT)
    assert f'response="{response}"' in said
    assert "qop=auth, nc=00000001" in said


@pytest.mark.parametrize(
    ("header", "is_known"),
    [
        (None, False), ("", False), ("Basic realm=x", False), ("Digest", False), ("Digest realm=x", False),
        ('Basic realm="x", Digest realm="x", nonce="1"', True),
        ('Digest realm="x", nonce="1", qop="auth-int"', False),
        ('Digest realm="x", nonce="1", algorithm=SHA-512', False),
        ('DIGEST realm="x, y", nonce="1", qop="auth,auth-int", algorithm=MD5-sess', True),
    ],
)  # fmt: skip
def test_challenge_is_read(header, is_known):
    assert (challenge_of(header) is not None) is is_known


def test_store_that_wants_a_digest_is_given_it(failing):
    """A store that turns each request away once a nonce is used up, as Virtuoso does."""
    stale = {"WWW-Authenticate": 'Digest realm="SPARQL", nonce="{}", qop="auth", algorithm=MD5'}

    def turned_away(nonce):
        return Reply(401, headers={name: value.format(nonce) for name, value in stale.items()})

    who = {"KG_STORE_USER": "ana", "KG_STORE_PASSWORD": "secret"}
    with asked(failing, environment=who) as remote:
        failing.replies.append(turned_away(1))
        assert remote.select("ASK {}").answer
        assert remote.select("ASK {}").answer
        failing.replies.append(turned_away(2))
        remote.update("INSERT DATA { <urn:a> <urn:b> 1 }")
        failing.replies.extend([turned_away(3), turned_away(3)])
        with pytest.raises(RemoteError, match="status 401"):
            remote.select("ASK {}")
    said = [one[2]["Authorization"] for one in failing.seen]
    assert said[0].startswith("Basic ")
    assert [one[:7] for one in said[1:]] == ["Digest "] * (len(said) - 1)
    assert "nc=00000001" in said[1]
    assert "nc=00000002" in said[2]
    assert 'uri="/query"' in said[1]
    assert not any("secret" in one for one in said)


def test_token_does_not_answer_a_digest(failing):
    failing.replies.append(Reply(401, headers={"WWW-Authenticate": 'Digest realm="x", nonce="1"'}))
    with pytest.raises(RemoteError, match="status 401"):
        asked(failing, environment={"KG_STORE_TOKEN": TOKEN}).select("ASK {}")
    assert len(failing.seen) == 1


def test_store_that_answered_before_is_waited_for(failing):
    """A store that is started again refuses connections for a while."""
    waits = []
    with failing_store() as store:
        remote = asked(store, waits=waits)
        remote.select("ASK {}")
    remote.close()  # else the thread of the connection that is kept would answer
    with pytest.raises(RemoteError, match="cannot be reached"):
        remote.select("ASK {}")
    assert len(waits) == 4


def test_proxy_of_the_environment_is_used_for_places_elsewhere(failing, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, failing.url)
    monkeypatch.setenv("no_proxy", "near.example")
    monkeypatch.setenv("NO_PROXY", "near.example")
    failing.replies.append(YES)
    assert remote_of(query="http://store.example/query").select("ASK {}").answer
    assert failing.seen[0][2]["Host"] == "store.example"
    assert [proxy_of(f"http://{host}/") for host in ("near.example", "127.0.0.1", "localhost")] == [None] * 3


def test_error_whose_words_are_cut_is_told_by_its_status(failing):
    failing.replies.append(Reply(500, b"Sorry, but", cut=5))
    with pytest.raises(RemoteError, match="answers with status 500"):
        asked(failing).select("ASK {}")


def test_answer_that_takes_too_long_in_all_is_given_up(failing):
    failing.replies.append(Reply(200, YES.body, content_type=JSON, delay=0.05))
    with pytest.raises(RemoteError, match="to answer; ask for less"):
        asked(failing, longest=0.0001).select("ASK {}")
