"""Where a store answers: as it is named, laid out by its kind, or found; and who asks it."""

from __future__ import annotations

import pytest

from kg.errors import RemoteError
from kg.store.remote import LAYOUTS, RemoteSettings, is_address, store_address
from kg.store.remote.credentials import find_credentials
from kg.store.remote.discovery import describe_service
from kg.store.remote.words import words_of
from tests.store.remote.conftest import remote_of
from tests.store.remote.servers import Reply, failing_store

H = "https://example.org"


@pytest.mark.parametrize(
    ("named", "query", "update", "graphs"),
    [
        (f"fuseki:{H}/news", f"{H}/news/query", f"{H}/news/update", f"{H}/news/data"),
        (f"fuseki:{H}/news/", f"{H}/news/query", f"{H}/news/update", f"{H}/news/data"),
        (f"oxigraph:{H}", f"{H}/query", f"{H}/update", f"{H}/store"),
        (f"kg:{H}", f"{H}/sparql", f"{H}/sparql", f"{H}/graph-store"),
        (f"GraphDB:{H}/repositories/n", f"{H}/repositories/n", f"{H}/repositories/n/statements",
         f"{H}/repositories/n/rdf-graphs/service"),
        (f"virtuoso:{H}", f"{H}/sparql", f"{H}/sparql", f"{H}/sparql-graph-crud"),
        (f"neptune:{H}:8182", f"{H}:8182/sparql", f"{H}:8182/sparql", f"{H}:8182/sparql/gsp/"),
        (f"qlever:{H}/api/n", f"{H}/api/n", f"{H}/api/n", f"{H}/api/n"),
        (f"stardog:{H}/n", f"{H}/n/query", f"{H}/n/update", f"{H}/n"),
        (f"blazegraph:{H}/bigdata/namespace/n/sparql", f"{H}/bigdata/namespace/n/sparql",
         f"{H}/bigdata/namespace/n/sparql", None),
    ],
)  # fmt: skip
def test_kind_lays_the_addresses_out(named, query, update, graphs):
    address = store_address(named)
    assert (address.query, address.update, address.graph_store) == (query, update, graphs)
    assert address.is_complete
    assert is_address(named)


def test_addresses_that_are_given_win():
    address = store_address(f"fuseki:{H}/news", update=f"{H}/other")
    assert (address.query, address.update) == (f"{H}/news/query", f"{H}/other")
    assert store_address(query=f"{H}/q").is_complete
    assert not store_address(H).is_complete


@pytest.mark.parametrize(
    "named",
    ["", "graph/", "ftp://example.org/", "http://", "https://exa mple.org", "https://[::1", f"{H}:x/",
     "sesame:https://example.org/", "file:///etc/passwd", f"{H}/\n", f"{H}/" + "x" * 3000],
)  # fmt: skip
def test_what_is_no_address_is_refused(named):
    with pytest.raises(RemoteError, match="no address of a store"):
        store_address(named)


def test_nothing_is_no_store():
    with pytest.raises(RemoteError, match="No store is named"):
        store_address()


@pytest.mark.parametrize(
    "named", ["https://ana:secret@example.org/", "fuseki:https://ana:secret@example.org/"]
)
def test_address_with_a_password_is_refused_without_repeating_it(named):
    with pytest.raises(RemoteError, match="take it out, and set KG_STORE_USER") as error:
        store_address(named)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("fields", [{"timeout": 0}, {"attempts": 0}, {"batch": 10}, {"connect_timeout": -1}])
def test_settings_out_of_range_are_refused(fields):
    with pytest.raises(RemoteError, match="must be"):
        RemoteSettings(**fields)


@pytest.mark.parametrize("end", ["", "/", "/query"])
def test_addresses_are_found_below_and_beside_the_one_given(failing, end):
    remote = remote_of(failing.url + end)
    assert remote.query_url == f"{failing.url}/query"
    assert remote.update_url == f"{failing.url}/update"
    assert remote.graph_store_url == f"{failing.url}/store"
    assert len(failing.data) == 0


def test_address_that_a_service_description_names_is_taken(failing):
    sd = "http://www.w3.org/ns/sparql-service-description#"
    said = f"""@prefix sd: <{sd}> . <> a sd:Service ; sd:endpoint </query> ; sd:feature sd:UnionDefaultGraph ;
        sd:supportedLanguage sd:SPARQL11Query, sd:SPARQL11Update ."""
    described = Reply(200, said.encode(), content_type="text/turtle")
    failing.replies.extend([Reply(404), described])
    assert remote_of(failing.url + "/about/news").query_url == f"{failing.url}/query"
    failing.replies.append(described)
    found = describe_service(remote_of(failing.url).transport, failing.url)
    assert (found.features, found.endpoints) == ({f"{sd}UnionDefaultGraph"}, (f"{failing.url}/query",))
    assert f"{sd}SPARQL11Update" in found.languages


def test_store_without_updates_or_graphs_has_none():
    with failing_store(updates=False, graphs=False) as store, remote_of(store.url) as remote:
        assert (remote.update_url, remote.graph_store_url) == (None, None)


def test_no_endpoint_at_all_is_told_of(failing):
    with pytest.raises(
        RemoteError, match=r"No SPARQL endpoint is found at .*; give its address with --query-url"
    ):
        remote_of(failing.url + "/somewhere").query_url  # noqa: B018


def test_oxigraph_is_found_by_its_bare_address(oxigraph_url):
    with remote_of(oxigraph_url) as remote:
        assert remote.query_url == f"{oxigraph_url}/query"
        assert remote.update_url == f"{oxigraph_url}/update"
        assert remote.graph_store_url == f"{oxigraph_url}/store"


def test_layouts_are_all_named_in_the_docs():
    from tests.conftest import ROOT

    text = (ROOT / "docs" / "remote-stores.md").read_text()
    assert [kind for kind in LAYOUTS if f"`{kind}:" not in text] == []


def test_netrc_names_who_asks(tmp_path):
    (tmp_path / ".netrc").write_text("machine store.example login ana password secret\n")
    (tmp_path / "other").write_text("machine store.example login bo password hidden\n")
    home = {"HOME": str(tmp_path)}
    assert find_credentials("store.example", home).user == "ana"
    assert find_credentials("elsewhere.example", home).header is None
    assert find_credentials("store.example", {**home, "NETRC": str(tmp_path / "other")}).user == "bo"
    assert find_credentials("store.example", {**home, "KG_STORE_TOKEN": "0123456789"}).token == "0123456789"


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"KG_STORE_PASSWORD": "x"}, "KG_STORE_USER is not"),
        ({"KG_STORE_USER": "a:b"}, "holds a colon"),
        ({"KG_STORE_TOKEN": "a b"}, "holds what no token may"),
        ({"KG_STORE_TOKEN": "a\nb"}, "holds what no token may"),
        ({"NETRC": "/nonexistent/file"}, "which NETRC names"),
    ],
)
def test_half_or_wrong_credentials_are_refused(environment, message):
    with pytest.raises(RemoteError, match=message):
        find_credentials("store.example", {"HOME": "/nonexistent", **environment})


def test_netrc_that_cannot_be_read_is_told_of_without_its_words(tmp_path):
    (tmp_path / ".netrc").write_text("machine store.example login ana passwort secret\n")
    with pytest.raises(RemoteError, match=r"cannot be read as netrc \(line 1\)") as error:
        find_credentials("store.example", {"HOME": str(tmp_path)})
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"  A\n\tword \x00 ", "text/plain", "A word"),
        (b"<!DOCTYPE html><style>p {}</style><p>A &amp; B</p><script>x()</script>", "text/html", "A & B"),
        (b"<html><body>never closed <script>x(", "text/html", "never closed"),
        (b'{"detail": "First", "title": "Then"}', "application/problem+json", "First"),
        (b'{"message": 3, "exception": "That"}', "application/json", "That"),
        (b"[1]", "application/json", "[1]"),
        (b"{", "application/json", "{"),
        (b"\xff\xfe", "text/plain", "\ufffd\ufffd"),
        (b"", "", ""),
        (b"x" * 999, "", "x" * 299 + "…"),
    ],
    ids=range(10),
)
def test_words_of_a_server_are_one_short_line(body, content_type, words):
    assert words_of(body, content_type) == words
