"""SPARQL 1.1 Graph Store HTTP Protocol (W3C 2013), section by section."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import pyoxigraph as ox
import pytest

from kg.server import Limits, Settings, background
from kg.server.graph_store import PATH
from kg.store import Store
from tests.server.direct import TOKEN, direct_client
from tests.server.evaluation.answers import same_triples

EX = "http://example.org/"
GRAPH, OTHER = f"{EX}g", f"{EX}other"
TURTLE, NAMED = {"Content-Type": "text/turtle"}, {"graph": GRAPH}
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
ONE = b"<http://example.org/a> <http://example.org/p> 'one' ."
TWO = b"<http://example.org/a> <http://example.org/p> 'two' ."


def store_of(**graphs):
    """A store of Turtle documents, by the last part of their graphs' names; `default` is the default one."""
    store = Store.in_memory()
    for name, text in graphs.items():
        graph = ox.DefaultGraph() if name == "default" else ox.NamedNode(f"{EX}{name}")
        store.data.load(text, ox.RdfFormat.TURTLE, to_graph=graph)
        if isinstance(graph, ox.NamedNode):
            store.data.add_graph(graph)
    return store


@pytest.fixture
def client():
    """A client of a writable server, with one triple in the default graph and in one other."""
    with direct_client(store_of(default=TWO, g=ONE)) as client:
        yield client


@pytest.fixture
def reader():
    """A client of a server that takes no changes."""
    with direct_client(store_of(default=TWO, g=ONE), is_writable=False) as client:
        yield client


def triples(body, media_type="text/turtle"):
    return [quad.triple for quad in ox.parse(body, FORMATS[media_type.partition(";")[0]])]


def holds(client, text, **target):
    """Whether a graph holds what a Turtle text says, and no more."""
    answer = client.get(PATH, params=target or NAMED)
    assert answer.status_code == 200, answer.text
    return same_triples(triples(answer.content), triples(text))


def problem(answer, status):
    """What a problem document says."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json"), (
        answer.text
    )
    document = answer.json()
    assert document["status"] == status
    return document["detail"]


# The tests of the W3C (sparql11/http-rdf-update), in their order, each with what it depends on: what is done,
# to what, the body, and the status. Two cannot be met as they stand there: "PUT - graph already in store" is
# sent to a graph that no test has put (here it was), and "PUT - mismatched payload" sends what is valid (here
# a document that names another graph than the request).

PERSON, OTHER_PERSON = f"{PATH}/person/1.ttl", f"{PATH}/person/2.ttl"
JOHN = (
    b"@prefix f: <http://xmlns.com/foaf/0.1/> . <http://localhost/john> a f:Person ; f:card [ f:fn 'John' ] ."
)
JANE = JOHN.replace(b"John", b"Jane")
NAME = b"<http://localhost/john> <http://xmlns.com/foaf/0.1/name> 'Jane' ."
FORM = b"""\r
--limit\r
Content-Disposition: form-data; name="last"; filename="last.ttl"\r
Content-Type: text/turtle; charset=utf-8\r
\r
<http://localhost/john> <http://xmlns.com/foaf/0.1/familyName> 'Doe' .\r
--limit\r
Content-Disposition: form-data; name="first"; filename="first.ttl"\r
Content-Type: text/turtle; charset=utf-8\r
\r
<http://localhost/john> <http://xmlns.com/foaf/0.1/givenName> 'Jane' .\r
--limit--\r
"""
MULTIPART = {"Content-Type": "multipart/form-data; boundary=limit"}
NAMES = NAME + b" " + b" ".join(line for line in FORM.split(b"\r\n") if line.startswith(b"<"))
MISMATCHED = b"<http://localhost/other> { <http://localhost/a> <http://localhost/b> 1 }"


def test_sequence_of_the_w3c():
    with direct_client() as client:
        steps = [
            ("PUT", PERSON, JOHN, TURTLE, 201),
            ("GET", f"{PATH}?graph=http://localhost{PERSON}", JOHN, {}, 200),
            ("GET", f"{PATH}?graph={PERSON}", JOHN, {}, 200),
            ("HEAD", PERSON, b"", {}, 200),
            ("HEAD", f"{PATH}/person/4.ttl", b"", {}, 404),
            ("PUT", PERSON, JANE, TURTLE, 204),
            ("GET", PERSON, JANE, {}, 200),
            ("PUT", f"{PATH}?default", JOHN, TURTLE, 201),
            ("GET", f"{PATH}?default", JOHN, {}, 200),
            ("PUT", PERSON, MISMATCHED, {"Content-Type": "application/trig"}, 400),
            ("GET", PERSON, JANE, {}, 200),
            ("PUT", OTHER_PERSON, b"", TURTLE, 201),
            ("GET", OTHER_PERSON, b"", {}, 200),
            ("PUT", OTHER_PERSON, NAME, TURTLE, 204),
            ("PUT", OTHER_PERSON, b"", TURTLE, 204),
            ("GET", OTHER_PERSON, b"", {}, 200),
            ("DELETE", OTHER_PERSON, b"", {}, 200),
            ("GET", OTHER_PERSON, b"", {}, 404),
            ("DELETE", OTHER_PERSON, b"", {}, 404),
            ("POST", PERSON, NAME, TURTLE, 200),
            ("GET", PERSON, JANE + NAME, {}, 200),
            ("POST", PERSON, FORM, MULTIPART, 200),
            ("GET", PERSON, JANE + NAMES, {}, 200),
            ("POST", PATH, JOHN, TURTLE, 201),
            ("GET", "Location", JOHN, {}, 200),
            ("POST", "Location", b"", TURTLE, 204),
            ("GET", "Location", JOHN, {}, 200),
        ]
        location = ""
        for method, target, body, headers, status in steps:
            url = location if target == "Location" else target
            sent = body if method in {"PUT", "POST"} else None
            answer = client.request(method, url, content=sent, headers=headers)
            assert answer.status_code == status, (method, target, answer.text)
            location = answer.headers.get("Location", location)
            if (method, status) == ("GET", 200):
                assert same_triples(triples(answer.content), triples(body)), (target, answer.text)


# 4.1 Direct graph identification


def test_address_below_the_graph_store_names_a_graph(client):
    assert client.put(f"{PATH}/people/é x?v=1", content=ONE, headers=TURTLE).status_code == 201
    name = ox.NamedNode(f"http://localhost{PATH}/people/%C3%A9%20x?v=1")
    assert client.pool.store.data.contains_named_graph(name)


# 4.2 Indirect graph identification

MEANT = {
    "encoded": ("?graph=http%3A%2F%2Fexample.org%2Fg", 200),
    "not encoded": ("?graph=http://example.org/g", 200),
    "default": ("?default", 200),
    "default with an empty value": ("?default=", 200),
    "default and what nobody knows": ("?default&verbose=1", 200),
    "graph that is not there": ("?graph=http://example.org/none", 404),
    "urn": ("?graph=urn:uuid:7d444840-9dc0-11d1-b245-5ffdce74fad2", 404),
    "no scheme": ("?graph=example.org/g", 400),
    "path": ("?graph=/g", 400),
    "relative": ("?graph=g", 400),
    "scheme left out": ("?graph=//example.org/g", 400),
    "empty": ("?graph=", 400),
    "space": ("?graph=http://example.org/a%20b%20%3E", 400),
    "brackets": ("?graph=<http://example.org/g>", 400),
    "not UTF-8": ("?graph=http://example.org/%FF", 400),
    "neither": ("", 400),
    "both": ("?default&graph=http://example.org/g", 400),
    "two graphs": ("?graph=http://example.org/g&graph=http://example.org/h", 400),
    "in two ways": ("/g?graph=http://example.org/g", 400),
    "default in two ways": ("/g?default", 400),
    "other case": ("?GRAPH=http://example.org/g", 400),
}


@pytest.mark.parametrize(("target", "status"), MEANT.values(), ids=MEANT.keys())
def test_graph_is_named_by_an_absolute_iri_or_as_the_default_graph(client, target, status):
    for method in ("GET", "HEAD"):
        assert client.request(method, PATH + target).status_code == status


def test_plus_in_the_name_of_a_graph_stands_for_itself(client):
    assert client.put(f"{PATH}?graph={EX}a+b", content=ONE, headers=TURTLE).status_code == 201
    assert client.pool.store.data.contains_named_graph(ox.NamedNode(f"{EX}a+b"))


def test_name_of_a_graph_may_be_beyond_ascii(client):
    assert client.put(PATH, params={"graph": f"{EX}ünï"}, content=ONE, headers=TURTLE).status_code == 201
    assert client.pool.store.data.contains_named_graph(ox.NamedNode(f"{EX}ünï"))


def test_default_graph_is_not_the_union(client):
    assert holds(client, TWO, default="")


def test_refusals_say_what_to_do(client):
    assert "absolute IRI" in problem(client.get(PATH, params={"graph": "g"}), 400)
    assert "?default or ?graph=IRI" in problem(client.get(PATH), 400)
    assert f"<{OTHER}>" in problem(client.get(PATH, params={"graph": OTHER}), 404)
    assert "SELECT ?g" in problem(client.delete(PATH, params={"graph": OTHER}), 404)


# 5 Bodies and their media types


@pytest.mark.parametrize("media_type", FORMATS)
def test_graph_goes_out_and_in_in_every_format(client, media_type):
    text = b"@prefix : <http://example.org/> . "
    text += b":a :p 'x\\ny'@en , 1.5 , _:b . _:b :q <http://example.org/\xc3\xbc> ."
    client.put(PATH, params=NAMED, content=text, headers=TURTLE)
    got = client.get(PATH, params=NAMED, headers={"Accept": media_type})
    assert got.headers["Content-Type"].partition(";")[0] == media_type
    assert same_triples(triples(got.content, media_type), triples(text))
    put = client.put(PATH, params={"graph": OTHER}, content=got.content, headers={"Content-Type": media_type})
    assert put.status_code == 201, put.text
    assert holds(client, text, graph=OTHER)


ACCEPTED = {
    "none": (None, "text/turtle"),
    "anything": ("*/*", "text/turtle"),
    "preference": ("text/turtle;q=0.5, application/n-triples", "application/n-triples"),
    "range": ("text/*", "text/turtle"),
    "with a charset": ("text/turtle; charset=utf-8", "text/turtle"),
    "excluded": ("*/*, text/turtle;q=0", "application/ld+json"),
}


@pytest.mark.parametrize(("accept", "given"), ACCEPTED.values(), ids=ACCEPTED.keys())
def test_format_is_what_the_client_takes(client, accept, given):
    answer = client.get(PATH, params=NAMED, headers={"Accept": accept} if accept else {"Accept": ""})
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, given)
    assert "Accept" in answer.headers["Vary"]


def test_format_that_nobody_has_is_not_acceptable(client):
    assert "text/turtle" in problem(client.get(PATH, params=NAMED, headers={"Accept": "image/png"}), 406)


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "application/json",
        "application/sparql-update",
        "text/turtle; charset=iso-8859-1",
        "x",
        "text/",
    ],
)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_other_media_types_are_not_taken(client, method, media_type):
    answer = client.request(method, PATH, params=NAMED, content=ONE, headers={"Content-Type": media_type})
    assert "text/turtle" in problem(answer, 415)
    assert holds(client, ONE)


def test_body_without_media_type_is_rdfxml(client):
    rdf = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
    rdf += b'<rdf:Description rdf:about="http://example.org/a"><e:p>two</e:p></rdf:Description></rdf:RDF>'
    assert client.put(PATH, params=NAMED, content=rdf).status_code == 204
    assert holds(client, TWO)


def test_relative_iris_are_of_the_graph(client):
    client.put(PATH, params=NAMED, content=b"<#a> <p> <> .", headers=TURTLE)
    assert holds(client, f"<{EX}g#a> <{EX}p> <{EX}g> .".encode())


def test_mark_of_byte_order_is_passed_over(client):
    assert client.put(PATH, params=NAMED, content=b"\xef\xbb\xbf" + TWO, headers=TURTLE).status_code == 204


# 5.1 Status codes

BROKEN = {
    "Turtle": ("text/turtle", b"<http://example.org/a>\n  <http://example.org/b> 'c", "line 2, column 26"),
    "N-Triples": ("application/n-triples", ONE.replace(b"'", b'"') + b"\n<x", "line 2"),
    "RDF/XML": ("application/rdf+xml", b"<a>\n<b></a>", "line 2"),
    "RDF/XML without an element": ("application/rdf+xml", b" ", "no element found"),
    "JSON-LD": ("application/ld+json", b'{\n"a": ', "line 2"),
    "bytes that are not UTF-8": (
        "text/turtle",
        b"<http://example.org/a> <http://example.org/b> '\xff' .",
        "UTF-8",
    ),
    "Turtle that is sent as JSON-LD": ("application/ld+json", ONE, "line 1"),
    "graphs in Turtle": ("text/turtle", MISMATCHED, "line 1"),
    "lone surrogate": ("text/turtle", b"<http://example.org/a> <http://example.org/b> '\\uD800' .", "line 1"),
    "another graph in TriG": ("application/trig", MISMATCHED, "<http://localhost/other>"),
    "another graph in JSON-LD": (
        "application/ld+json",
        b'{"@id": "http://localhost/other", "@graph": [{"@id": "a:b", "a:c": 1}]}',
        "<http://localhost/other>",
    ),
}


@pytest.mark.parametrize(("media_type", "body", "said"), BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_broken_bodies_change_nothing_and_are_explained(client, method, media_type, body, said):
    answer = client.request(method, PATH, params=NAMED, content=body, headers={"Content-Type": media_type})
    assert said in problem(answer, 400)
    assert holds(client, ONE)


def test_place_of_an_error_is_given_by_itself(client):
    answer = client.put(PATH, params=NAMED, content=b"<http://example.org/a>\n  oops", headers=TURTLE)
    assert (answer.json()["line"], answer.json()["column"]) == (2, 3)


def test_quads_of_the_graph_itself_are_taken(client):
    quads = b'<http://example.org/a> <http://example.org/p> "two" <http://example.org/g> .'
    answer = client.put(PATH, params=NAMED, content=quads, headers={"Content-Type": "application/n-quads"})
    assert answer.status_code == 204
    assert holds(client, TWO)


@pytest.mark.parametrize("method", ["PATCH"])
def test_other_methods_are_not_allowed(client, reader, method):
    for one, allowed in ((client, "PUT"), (reader, "GET")):
        answer = one.request(method, PATH, params=NAMED, content=b"")
        assert "PUT" in problem(answer, 405)
        assert allowed in answer.headers["Allow"]


def test_options_tell_the_methods(client, reader):
    answers = [one.options(PATH, params=NAMED) for one in (client, reader)]
    assert [answer.status_code for answer in answers] == [204, 204]
    assert answers[0].headers["Allow"] == "GET, HEAD, OPTIONS, PUT, POST, DELETE"
    assert answers[1].headers["Allow"] == "GET, HEAD, OPTIONS"


# 5.2 GET, 5.6 HEAD


def test_head_is_get_without_its_body(client):
    get, head = client.get(PATH, params=NAMED), client.head(PATH, params=NAMED)
    kept = ("Content-Type", "Content-Length", "ETag", "Vary")
    assert [head.headers[name] for name in kept] == [get.headers[name] for name in kept]
    assert head.content == b""
    assert int(head.headers["Content-Length"]) == len(get.content)


@pytest.mark.parametrize(("option", "limit"), [("rows", 2), ("result", 1_000)])
def test_graph_beyond_a_limit_is_refused_rather_than_cut(option, limit):
    text = " ".join(
        f"<http://example.org/{number}> <http://example.org/p> {number} ." for number in range(2_000)
    )
    store = store_of(g=text.encode(), small=ONE)
    with direct_client(store, is_writable=False, limits=Limits(**{option: limit})) as client:
        answer = client.get(PATH, params=NAMED, headers={"Accept": "application/n-triples"})
        assert f"{limit:,}" in problem(answer, 413)
        assert "CONSTRUCT" in answer.json()["detail"]
        assert client.head(PATH, params=NAMED).status_code == 413
        small = client.get(PATH, params={"graph": f"{EX}small"}, headers={"Accept": "application/n-triples"})
        assert small.status_code == 200


def test_what_a_format_cannot_hold_is_explained(client):
    client.put(PATH, params=NAMED, content=b"<a:s> <http://example.org/1> 1 .", headers=TURTLE)
    answer = client.get(PATH, params=NAMED, headers={"Accept": "application/rdf+xml"})
    assert "http://example.org/1" in problem(answer, 406)


# 5.3 PUT


def test_put_replaces_all_of_a_graph_and_nothing_else(client):
    assert client.put(PATH, params=NAMED, content=TWO + ONE, headers=TURTLE).status_code == 204
    assert client.put(PATH, params=NAMED, content=TWO, headers=TURTLE).status_code == 204
    assert holds(client, TWO)
    assert holds(client, TWO, default="")
    assert len(client.pool.store.data) == 2


def test_put_to_the_default_graph_replaces_it_alone(client):
    assert client.put(f"{PATH}?default", content=ONE, headers=TURTLE).status_code == 204
    assert holds(client, ONE, default="")
    assert holds(client, ONE)


def test_blank_nodes_of_two_documents_are_not_the_same(client):
    for _ in range(2):
        client.post(PATH, params=NAMED, content=b"_:x <http://example.org/p> 1 .", headers=TURTLE)
    assert len(list(client.pool.store.data.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH)))) == 3


# 5.4 DELETE


def test_delete_of_the_default_graph_empties_it(client):
    assert client.delete(f"{PATH}?default").status_code == 200
    assert holds(client, b"", default="")
    assert client.delete(f"{PATH}?default").status_code == 200
    assert holds(client, ONE)


def test_graph_without_triples_is_there_until_it_is_deleted(client):
    client.put(PATH, params=NAMED, content=b"", headers=TURTLE)
    assert client.get(PATH, params=NAMED).status_code == 200
    assert client.delete(PATH, params=NAMED).status_code == 200
    assert client.get(PATH, params=NAMED).status_code == 404


# 5.5 POST


def test_post_to_a_graph_that_is_not_there_makes_it(client):
    answer = client.post(PATH, params={"graph": OTHER}, content=ONE, headers=TURTLE)
    assert (answer.status_code, "Location" in answer.headers) == (201, False)
    assert holds(client, ONE, graph=OTHER)


def test_post_to_the_graph_store_names_new_graphs(client):
    made = {client.post(PATH, content=ONE, headers=TURTLE).headers["Location"] for _ in range(2)}
    assert len(made) == 2
    for location in made:
        assert location.startswith(f"http://localhost{PATH}/")
        assert holds(client, ONE, graph=location)


def test_empty_post_is_no_change(client):
    assert client.post(PATH, headers=TURTLE).status_code == 204
    assert client.post(PATH, params={"graph": OTHER}, headers=TURTLE).status_code == 204
    assert client.get(PATH, params={"graph": OTHER}).status_code == 404


def test_form_of_a_client_is_merged(client):
    files = {"one": ("one.ttl", ONE, "text/turtle"), "two": ("two.nt", TWO.replace(b"'", b'"'), None)}
    answer = client.post(PATH, params=NAMED, files=files)
    assert answer.status_code == 200, answer.text
    assert holds(client, ONE + TWO)


PART = b'--limit\r\nContent-Disposition: form-data; name="a"'
FORMS = {
    "format told by the name of the file": (
        PART + b'; filename="a.TTL"\r\n\r\n' + TWO + b"\r\n--limit--",
        200,
    ),
    "lines end without carriage return": (
        PART + b"\nContent-Type: text/turtle\n\n" + TWO + b"\n--limit--\n",
        200,
    ),
    "text before and after": (
        b"Hello\r\n" + PART + b"\r\nContent-Type: text/turtle\r\n\r\n" + TWO + b"\r\n--limit--\r\nBye",
        200,
    ),
    "no format": (PART + b"\r\n\r\n" + TWO + b"\r\n--limit--", 400),
    "no headers": (b"--limit\r\n\r\n" + TWO + b"\r\n--limit--", 400),
    "unknown format": (PART + b"\r\nContent-Type: text/plain\r\n\r\n" + TWO + b"\r\n--limit--", 415),
    "cut off": (PART + b"\r\nContent-Type: text/turtle\r\n\r\n" + TWO, 400),
    "no part": (b"--limit--", 200),
    "no boundary in it": (TWO, 400),
    "too many parts": ((PART + b"\r\nContent-Type: text/turtle\r\n\r\n\r\n") * 101 + b"--limit--", 400),
    "broken part": (PART + b"\r\nContent-Type: text/turtle\r\n\r\n<a\r\n--limit--", 400),
}


@pytest.mark.parametrize(("body", "status"), FORMS.values(), ids=FORMS.keys())
def test_forms_are_read_or_refused(client, body, status):
    answer = client.post(PATH, params=NAMED, content=body, headers=MULTIPART)
    assert answer.status_code == status, answer.text
    assert holds(client, ONE + TWO if status == 200 and TWO in body else ONE)


def test_form_without_boundary_is_refused(client):
    answer = client.post(PATH, params=NAMED, content=FORM, headers={"Content-Type": "multipart/form-data"})
    assert "boundary" in problem(answer, 400)


# RFC 9110, section 13: conditions


def test_unchanged_graph_is_not_sent_again(client):
    first = client.get(PATH, params=NAMED)
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get(PATH, params=NAMED, headers=known)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert client.get(PATH, params=NAMED, headers=known | {"Accept": "application/trig"}).status_code == 200
    client.post(PATH, params=NAMED, content=TWO, headers=TURTLE)
    assert client.get(PATH, params=NAMED, headers=known).status_code == 200


@pytest.mark.parametrize(("graph", "status"), [(GRAPH, 304), (OTHER, 404)])
def test_whatever_is_there_is_known_only_where_something_is(client, graph, status):
    answer = client.get(PATH, params={"graph": graph}, headers={"If-None-Match": "*"})
    assert answer.status_code == status


def test_change_of_what_was_changed_meanwhile_is_refused(client):
    tag = {"If-Match": client.get(PATH, params=NAMED).headers["ETag"]}
    assert client.put(PATH, params=NAMED, content=TWO, headers=TURTLE | tag).status_code == 204
    for method in ("PUT", "POST", "DELETE"):
        answer = client.request(method, PATH, params=NAMED, content=ONE, headers=TURTLE | tag)
        assert "get yours again" in problem(answer, 412)
    assert holds(client, TWO)


@pytest.mark.parametrize(
    ("condition", "graph", "status"),
    [
        ({"If-None-Match": "*"}, OTHER, 201),
        ({"If-None-Match": "*"}, GRAPH, 412),
        ({"If-Match": "*"}, GRAPH, 204),
        ({"If-Match": "*"}, OTHER, 412),
        ({"If-Match": 'W/"0.ttl"'}, GRAPH, 412),
    ],
)
def test_conditions_on_whether_a_graph_is_there(client, condition, graph, status):
    answer = client.put(PATH, params={"graph": graph}, content=TWO, headers=TURTLE | condition)
    assert answer.status_code == status, answer.text
    assert holds(client, ONE if status == 412 or graph != GRAPH else TWO)


# Who may change graphs, and with how much


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_server_that_takes_no_changes_says_so(reader, method):
    answer = reader.request(method, PATH, params=NAMED, content=TWO, headers=TURTLE)
    assert "--writable" in problem(answer, 403)
    assert holds(reader, ONE)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_change_needs_the_token(client, method):
    answer = client.request(method, PATH, params=NAMED, content=TWO, headers={"Authorization": "Bearer no"})
    problem(answer, 401)
    assert "Bearer" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("is_told", [True, False], ids=["length told", "in chunks"])
def test_large_bodies_are_refused(is_told):
    with direct_client(store_of(g=ONE), limits=Limits(body=100)) as client:
        body = b"#" * 101
        content = body if is_told else iter([body[:50], body[50:]])
        answer = client.put(PATH, params=NAMED, content=content, headers=TURTLE)
        assert "100" in problem(answer, 413)
        assert holds(client, ONE)


# Bodies that would harm the server


def bomb():
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    return f'<!DOCTYPE r [<!ENTITY e0 "lol">{entities}]><r>&e9;</r>'.encode()


HOSTILE = {
    "entities": ("application/rdf+xml", bomb(), "entity"),
    "file": (
        "application/rdf+xml",
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
        "entity",
    ),
    "deep XML": ("application/rdf+xml", b"<a>" * 100_000, "deep"),
    "deep JSON": ("application/ld+json", b'{"a:b":' * 100_000, "nested over 200"),
    "deep arrays": ("application/ld+json", b'{"a:b":' + b"[" * 100_000, "nested over 200"),
    "deep contexts": ("application/ld+json", b'{"@context":{"a":' * 5_000, "nested over 200"),
    "context elsewhere": (
        "application/ld+json",
        b'{"@context": "http://127.0.0.1:9/context"}',
        "not fetched",
    ),
    "triple terms": ("text/turtle", b"<a:a> <a:b> " + b"<<( <a:a> <a:b> " * 50_000, "triple terms"),
}


@pytest.mark.parametrize(("media_type", "body", "said"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_bodies_are_refused(client, media_type, body, said):
    answer = client.put(PATH, params=NAMED, content=body, headers={"Content-Type": media_type})
    assert said in problem(answer, 400)
    assert holds(client, ONE)


def test_brackets_in_texts_are_not_levels(client):
    document = json.dumps({"@id": "a:b", "a:c": ["[" * 1_000, '\\"[' * 1_000, "]}" * 9]}).encode()
    answer = client.put(PATH, params=NAMED, content=document, headers={"Content-Type": "application/ld+json"})
    assert answer.status_code == 204, answer.text


# A server with its processes


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A client of a server that runs, and takes changes of an empty graph."""
    folder = tmp_path_factory.mktemp("written") / "graph"
    Store.create(folder).close()
    settings = Settings(graph=folder, port=0, workers=2, is_writable=True, token=TOKEN)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with background(settings) as url, httpx.Client(base_url=url, headers=headers, timeout=30) as client:
        yield client


@pytest.mark.slow
def test_change_is_seen_at_once_by_all_workers(running):
    for text in (ONE, TWO, ONE + TWO):
        assert running.put(PATH, params=NAMED, content=text, headers=TURTLE).status_code in {201, 204}
        assert all(holds(running, text) for _ in range(4))
    assert running.delete(PATH, params=NAMED).status_code == 200
    assert {running.get(PATH, params=NAMED).status_code for _ in range(4)} == {404}


@pytest.mark.slow
def test_of_two_changes_that_know_the_same_state_one_is_made(running):
    running.put(PATH, params=NAMED, content=ONE, headers=TURTLE)
    tag = {"If-Match": running.get(PATH, params=NAMED).headers["ETag"]}

    def put(number):
        text = f"<http://example.org/a> <http://example.org/p> {number} .".encode()
        return running.put(PATH, params=NAMED, content=text, headers=TURTLE | tag).status_code

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(put, range(4))) == [204, 412, 412, 412]


@pytest.mark.parametrize(("media_type", "body", "said"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_bodies_leave_the_server_as_it_is(running, media_type, body, said):
    answer = running.put(PATH, params={"graph": OTHER}, content=body, headers={"Content-Type": media_type})
    assert said in problem(answer, 400)
    assert running.get(PATH, params={"graph": OTHER}).status_code == 404


def test_context_elsewhere_is_not_fetched(running):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        context = f"http://127.0.0.1:{listener.getsockname()[1]}/context"
        body = json.dumps({"@context": context, "name": "Ana"}).encode()
        answer = running.put(
            PATH, params=NAMED, content=body, headers={"Content-Type": "application/ld+json"}
        )
        assert "not fetched" in problem(answer, 400)
        with pytest.raises(TimeoutError):
            listener.accept()
