"""Names, sentences and addresses that mean harm do none, and break nothing."""

from urllib.parse import urlencode

import pytest

from kg.server import Settings, background
from kg.store import Store
from kg.types import Article, Entity, EntityType, Evidence, Extraction, Relation
from tests.explorer.conftest import watching

pytestmark = pytest.mark.browser
NAMES = (
    "<script>window.harmed = 1</script>",
    "<img src=x onerror='window.harmed = 2'>",
    '"><svg onload=window.harmed=3>',
    "javascript:window.harmed=4",
    "{{constructor.constructor('window.harmed=5')()}}",
    "${window.harmed=6}",
    "__proto__",
    "constructor",
    "toString",
    "<b>" * 2_000,
    "Z" + "\u0301" * 400 + "algo",
    "\u202eright to left\u202c",
    "\u2066isolated",
    "مجلس السلام",
    "👩‍👩‍👧‍👦" * 200,
    "a\u0000b\u0007c".replace("\u0000", "\ufffd"),
    "&lt;already&amp;escaped&gt;",
    "tab\tand\nline\r\nbreak",
    "%3Cscript%3E #?&=+/\\",
    " ",
)
"""What articles may call somebody."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A server of a graph in which everybody is called so, and everything that is said is so too."""
    folder = tmp_path_factory.mktemp("hostile") / "graph"
    actors = [
        Entity(id=f"{number} {name}"[:200], name=name, type=EntityType.PERSON)
        for number, name in enumerate(NAMES)
    ]
    sentences = [f"{name} met the next one." for name in NAMES]
    text = " ".join(sentences)
    relations = [
        Relation(
            subject=one, predicate="<i>meet</i>", property="meets", relation_class="CONSULT", object=other,
            evidence=Evidence(text=said, start=text.index(said), end=text.index(said) + len(said)),
            confidence=0.9,
        )
        for one, other, said in zip(actors, actors[1:] + actors[:1], sentences, strict=True)
    ]  # fmt: skip
    article = Article(
        id="<a>", title="<script>window.harmed = 7</script>", text=text, source="javascript:window.harmed=8"
    )
    with Store.create(folder) as store, store.adding():
        store.add(Extraction(article=article, entities=tuple(actors), relations=tuple(relations)))
        store.judge()
    with background(Settings(graph=folder, port=0, workers=1)) as url:
        yield url


@pytest.fixture
def page(browser, hostile):
    with watching(browser, hostile) as found:
        yield found
        assert found.page.evaluate("window.harmed ?? null") is None
        assert found.page.locator("#page script, #page img, #page b, #page i").count() == 0
        assert found.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_all_are_shown(page):
    page.explore()
    assert page.status().startswith(f"{len(NAMES)} of {len(NAMES)} entities")
    page.keep("hostile")


@pytest.mark.parametrize(
    "words", ["script", "img", "javascript", "constructor", "proto", "b b b", "right", "السلام", "Z"]
)
def test_they_are_found_by_search_and_shown(page, words):
    page.explore()
    page.search(words)
    page.page.locator("#hits [role=option]").first.wait_for()
    page.page.keyboard.press("Enter")
    page.page.locator(".status .note").wait_for()
    page.settle()
    assert len(page.scene()["entity"]) in {2, 3}


def test_everything_is_opened_one_after_the_other(page):
    page.explore()
    for number, name in enumerate(NAMES):
        said = urlencode({"selected": f"{number} {name}"[:200]})
        page.page.evaluate("said => { location.hash = said }", said)
    page.page.locator(".panel").wait_for()


@pytest.mark.parametrize(
    "hash_",
    [
        "entity=%3Cscript%3Ewindow.harmed%3D9%3C%2Fscript%3E",
        "entity=javascript%3Awindow.harmed%3D9&selected=javascript%3Awindow.harmed%3D9",
        "entity=__proto__&hide=constructor&pin=1,2,toString",
        "entity=" + "x" * 5_000,
        "entity=%00%ff%fe&since=%3Cb%3E&most=1e9&min_confidence=NaN",
        "&&&===###%%%",
        "article=%3Cimg%20src%3Dx%20onerror%3Dwindow.harmed%3D9%3E",
    ],
)
def test_addresses_do_no_harm(page, hash_):
    page.may_say("40[04]")
    page.explore(hash_)
    assert page.page.get_by_role("combobox", name="Search").is_enabled()


def test_long_names_leave_the_page_in_shape(page):
    page.explore()
    page.search("b b b")
    page.page.locator("#hits [role=option]").first.wait_for()
    box = page.page.locator(".found").bounding_box()
    assert box["width"] < 500
    assert box["height"] < 700
    heights = [one.bounding_box()["height"] for one in page.page.locator("#hits [role=option]").all()]
    assert max(heights) < 90
