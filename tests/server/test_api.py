"""The API of the pages over HTTP: it answers what `kg.exploration` gives, and explains what it refuses."""

import gzip
import json
import time
from base64 import urlsafe_b64decode
from dataclasses import asdict

import httpx
import pydantic
import pytest

from kg.exploration.neighbours import neighbours
from kg.exploration.relations import relations
from kg.server import Settings, background
from kg.server.api.cursors import read_cursor, write_cursor
from kg.server.api.description import describe
from kg.server.api.endpoints import endpoints
from kg.store import Store
from kg.types import Status
from tests.exploration.graphs import KINDS, NAMES, make_article


def batched(values, size):
    return [values[start : start + size] for start in range(0, len(values), size)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api") / "graph"
    claims = [
        (NAMES[0], other, kind, status, time, 0.9)
        for other, kind, status, time in zip(
            [*NAMES[1:], NAMES[1]],
            KINDS * 2,
            [*Status, Status.ASSERTED],
            [None, "2026", "2026-04"] * 2,
            strict=True,
        )
    ]
    with Store.create(folder) as store, store.adding():
        store.add(make_article(1, claims, source="Wire"))
        store.add(make_article(2, claims[:2]))
        store.judge()
    return folder


@pytest.fixture(scope="module")
def api(folder):
    with (
        background(Settings(graph=folder, port=0, workers=1)) as url,
        httpx.Client(base_url=f"{url}api/") as client,
    ):
        yield client


def test_answers_are_those_of_the_package(api, folder):
    given = api.get("neighbours", params={"entity": "Ana_Bell", "limit": 3}).raise_for_status().json()
    with Store.open(folder) as store:
        expected = neighbours(store, "Ana_Bell")
    assert [one["entity"]["name"] for one in given["neighbours"]["items"]] == [
        one.entity.name for one in expected.neighbours.items[:3]
    ]
    assert given["facets"] == json.loads(json.dumps(asdict(expected.facets)))
    assert (given["neighbours"]["total"], given["relations"]) == (5, 8)


def test_filters_reach_the_graph(api):
    params = {"entity": "Ana_Bell", "status": ["planned", "negated"], "until": "2026-12-31"}
    given = api.get("relations", params=params)
    assert {one["status"] for one in given.json()["relations"]["items"]} == {"planned"}


@pytest.mark.parametrize("words", ["ana", "bell anna", "Ана Белл", "アナ Bell"])
def test_names_are_found_however_they_are_written(api, words):
    (hit,) = api.get("search", params={"words": words}).raise_for_status().json()["hits"]["items"]
    assert (hit["name"], hit["relations"]) == ("Ana Bell", 8)


def test_letters_of_every_script_can_be_searched(api):
    starts = [*range(0, 0xD800, 0x40), *range(0xE000, 0x11_0000, 0x400)]
    for some in batched(starts, 12):
        words = " ".join(map(chr, some))
        assert api.get("search", params={"words": words}).status_code == 200, words


def test_search_comes_by_page(api):
    params = {"words": "b", "type": ["person", "organization"], "limit": 1}
    first = api.get("search", params=params).json()["hits"]
    second = api.get("search", params=params | {"after": first["next"]}).json()["hits"]
    assert first["total"] == second["total"] > 1
    assert first["items"] != second["items"]


@pytest.mark.parametrize("name", ["neighbours", "relations"])
def test_pages_follow_by_cursor(api, name):
    seen, after = [], None
    while True:
        params = {"entity": "Ana_Bell", "limit": 2} | ({"after": after} if after else {})
        page = api.get(name, params=params).raise_for_status().json()[name]
        seen += [json.dumps(one) for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page["total"]


def test_relation_and_article_are_had_by_iri(api, folder):
    with Store.open(folder) as store:
        one = relations(store, "Ana_Bell").relations.items[0]
    assert (
        api.get("relation", params={"relation": one.iri}).json()["evidence"]["sentence"]
        == one.evidence.sentence
    )
    paragraphs = api.get("article", params={"article": one.article.iri}).json()["paragraphs"]
    assert one.evidence.sentence in [paragraph["text"] for paragraph in paragraphs["items"]]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("overview", "legend"), ("search?words=Bel", "hits"), ("entity?entity=Ana_Bell", "names"),
        ("common?entity=Ana_Bell&other=Bo_Cole", "shared"),
        ("paths?entity=Bo_Cole&other=Cy_Dorn&longest=3", "paths"), ("timeline", "bars"),
        ("timeline?entity=Ana_Bell&unit=year&split=status", "bars"), ("questions", "questions"),
        ("questions/who-met-whom?actor=bell", "rows"), ("questions/top-actors?limit=1", "rows"),
    ],
)  # fmt: skip
def test_every_endpoint_answers(api, path, key):
    answer = api.get(path).raise_for_status()
    assert answer.headers["content-type"] == "application/json"
    assert key in answer.json()


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("entity", "`entity` is missing"),
        ("entity?entity=Ana_Bell&colour=red", "`colour` is not known; /api/entity takes entity"),
        ("entity?entity=a&entity=b", "`entity` is given 2 times"),
        ("neighbours?entity=Ana_Bell&limit=0", "`limit` cannot be '0'"),
        ("neighbours?entity=Ana_Bell&limit=1_0", "`limit` cannot be '1_0': it is no whole number"),
        ("neighbours?entity=Ana_Bell&limit=9999", "`limit` cannot be '9999'"),
        ("neighbours?entity=Ana_Bell&status=maybe", "`status` cannot be 'maybe'"),
        ("neighbours?entity=Ana_Bell&since=2026-02-30", "`since` cannot be '2026-02-30'"),
        ("neighbours?entity=Ana_Bell&min_confidence=nan", "`min_confidence` cannot be 'nan'"),
        ("neighbours?entity=Ana_Bell&relation_class=X", "no relation class 'X'"),
        ("neighbours?entity=Ana_Bell&after=x", "cursor in `after` is none that this server gave"),
        ("paths?entity=Ana_Bell&other=Ana_Bell", "Both ends are"),
        ("timeline?other=Ana_Bell", "one end of a pair only"),
        ("questions/conflicts?x=1", "`x` is not known"),
        ("questions/evidence-for-edge?subject=a", "`object` is missing"),
        ("questions/evidence-for-edge?subject=a&object=b&property=no iri", "is no iri"),
    ],
)
def test_wrong_requests_are_explained(api, path, detail):
    answer = api.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert detail in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    ["entity?entity=nobody", "relation?relation=none", "article?article=none", "neighbours?entity=%00"],
)
def test_what_is_not_there_is_told(api, path):
    answer = api.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_cursor_of_another_question_is_refused(api):
    cursor = api.get("neighbours", params={"entity": "Ana_Bell", "limit": 1}).json()["neighbours"]["next"]
    answer = api.get("neighbours", params={"entity": "Bo_Cole", "after": cursor})
    assert (answer.status_code, "belongs to another question" in answer.text) == (400, True)


@pytest.mark.parametrize("key", [("x",), (1, 2, 3), (), (-1, "Bo Cole", 3)])
def test_cursor_that_was_made_up_is_refused(api, key):
    cursor = api.get("neighbours", params={"entity": "Ana_Bell", "limit": 1}).json()["neighbours"]["next"]
    question = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0]
    answer = api.get("neighbours", params={"entity": "Ana_Bell", "after": write_cursor(question, key)})
    assert (answer.status_code, "begin with the first page" in answer.text) == (400, True)


def test_answer_is_known_by_its_tag(api):
    first = api.get("overview")
    assert first.headers["cache-control"] == "no-cache"
    again = api.get("overview", headers={"If-None-Match": f'"x", {first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert api.get("overview", headers={"If-None-Match": 'W/"x"'}).status_code == 200
    assert api.get("timeline").headers["etag"] != first.headers["etag"]


def test_answers_are_compressed(api):
    with api.stream("GET", "overview", headers={"Accept-Encoding": "gzip"}) as answer:
        body = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert json.loads(gzip.decompress(body)) == api.get("overview").json()
    plain = api.get("overview", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers


def test_head_has_the_headers_alone(api):
    whole = api.get("overview", headers={"Accept-Encoding": "identity"})
    head = api.head("overview", headers={"Accept-Encoding": "identity"})
    assert (head.content, head.headers["content-length"]) == (b"", str(len(whole.content)))
    assert head.headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(api, method):
    answer = api.request(method, "overview")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_answers_name_the_state_of_the_graph(api):
    ready = httpx.get(str(api.base_url.join("/health/ready"))).json()
    assert api.get("overview").headers["kg-generation"] == ready["generation"]


def test_refusal_names_all_entities_that_are_missing(api):
    answer = api.get("network", params={"entity": ["Nobody", "Ana_Bell", "no one"]})
    assert answer.status_code == 404
    assert answer.json()["missing"] == ["Nobody", "no one"]


def test_description_is_whole(api):
    document = api.get("openapi.json").raise_for_status().json()
    assert set(document["paths"]) == {endpoint.path for endpoint in endpoints()}
    for path in document["paths"].values():
        assert path["get"]["description"]
        assert all(one["description"] for one in path["get"]["parameters"])
    assert "http" not in json.dumps(document["components"]["schemas"]).replace("https://", "").replace(
        "HTTP", ""
    )


@pytest.mark.skipif(
    tuple(map(int, pydantic.VERSION.split(".")[:2])) < (2, 13),
    reason="pydantic before 2.13 leaves the docstrings of dataclasses out of their schemas",
)
def test_every_parameter_and_record_is_described():
    schemas = json.loads(describe())["components"]["schemas"]
    assert [name for name, schema in schemas.items() if not schema.get("description")] == []


def test_cursors_keep_their_key():
    key = (-3, "Ana Bell 🙂", 0.5)
    assert read_cursor("q", write_cursor("q", key)) == key


@pytest.mark.slow
def test_tag_and_answer_change_with_the_graph(tmp_path):
    claim = (NAMES[0], NAMES[1], KINDS[0], Status.ASSERTED, None, 0.9)
    with Store.create(tmp_path / "graph") as store:
        store.add(make_article(1, [claim]))
    with background(Settings(graph=tmp_path / "graph", port=0, workers=1)) as url:
        before = httpx.get(f"{url}api/overview")
        with Store.create(tmp_path / "graph") as store:
            store.add(make_article(2, [claim]))
        for _ in range(100):
            after = httpx.get(f"{url}api/overview", headers={"If-None-Match": before.headers["etag"]})
            if after.status_code == 200:
                break
            time.sleep(0.1)
    assert (before.json()["totals"]["relations"], after.json()["totals"]["relations"]) == (1, 2)
    assert after.headers["etag"] != before.headers["etag"]
