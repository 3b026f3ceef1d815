"""The reference pages: whole, linked, escaped, the same each time; the copy in `docs/ontology` is fresh."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.__main__ import main
from kg.errors import ExportError, VocabularyError
from kg.reference.competency import competency_questions
from kg.reference.lint import terms_of
from kg.reference.pages import read_vocabularies
from kg.reference.rendering import render_reference, write_reference
from kg.reference.triples import read_triples
from kg.vocabulary import ontology_folder

DOCS = Path(__file__).parent.parent.parent / "docs" / "ontology"
COMMAND = "kg ontology reference -o docs/ontology --format markdown"
VOID = {"meta", "br", "rect"}
OWN = """
@prefix my: <https://example.org/terms#> .
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/terms> a owl:Ontology ; rdfs:label "Terms <of mine>" .
my:eats a owl:ObjectProperty ; rdfs:label "eats <b>& drinks</b>" ; skos:example "a | *b* [c](d)" ;
    skos:definition "<script>alert(1)</script>" ; kg:colour "red\\"><script>" ;
    skos:closeMatch <https://example.org/x?a=1&b=2> ;
    kg:verb "eat", "eat up" .
my:Egg a owl:Class ; rdfs:label "egg" ; rdfs:subClassOf my:Hen .
my:Hen a owl:Class ; rdfs:label "hen" ; rdfs:subClassOf my:Egg .
"""


class Page(HTMLParser):
    """A page's anchors, links and elements that were left open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.elements: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.elements.add(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.elements.add(tag)


@pytest.fixture(scope="module")
def html() -> dict[str, str]:
    return render_reference(read_vocabularies(), "html", questions=competency_questions())


@pytest.fixture(scope="module")
def pages(html) -> dict[str, Page]:
    return {name: Page(text) for name, text in html.items()}


@pytest.fixture
def own(tmp_path) -> dict[str, str]:
    path = tmp_path / "own.ttl"
    path.write_text(OWN, "utf-8")
    return {
        format_: render_reference(read_vocabularies([path]), format_)[name]
        for format_, name in (("html", "terms.html"), ("markdown", "terms.md"))
    }


def test_every_term_is_at_its_name(pages):
    for name, stem in (("ontology.html", "kg"), ("plover.html", "plover")):
        terms = [
            term.partition("#")[2] for term in terms_of(read_triples([ontology_folder() / f"{stem}.ttl"]))
        ]
        assert set(terms) - set(pages[name].ids) <= {"eventTypes"}


def test_anchors_are_unique(pages):
    assert all(len(page.ids) == len(set(page.ids)) for page in pages.values())


def test_every_link_leads_somewhere(pages):
    for name, page in pages.items():
        inner = [link for link in page.links if not link.startswith(("http://", "https://"))]
        for link in inner:
            target, mark, anchor = link.partition("#")
            assert (target or name) in pages, link
            assert not mark or anchor in pages[target or name].ids, link


def test_elements_are_closed_and_nothing_is_loaded(pages):
    for page in pages.values():
        assert page.open == []
        assert page.elements.isdisjoint({"script", "link", "img", "iframe"})


def test_term_tells_what_the_ontology_says(html):
    part = html["ontology.html"].partition('<article id="memberOf">')[2].partition("</article>")[0]
    for words in (
        "is member of", "The subject belongs to the object", "https://w3id.org/actors-kg/ontology#memberOf",
        'href="#hasMember"', 'href="#MEMBER_OF"', "http://www.wikidata.org/entity/P463", 'href="#joins"',
        "The subject of kg:memberOf is a party.", "belong to",
    ):  # fmt: skip
        assert words in part


def test_index_tells_the_questions(html):
    assert all(question.path.stem in html["index.html"] for question in competency_questions())
    assert "Who is at the head of Ostland?" in html["index.html"]


def test_colour_is_shown(html):
    assert 'fill="#3b6fb6"' in html["ontology.html"].partition('<article id="Country">')[2]


def test_hierarchy_is_nested(html):
    tree = re.sub(r"\s+", " ", html["ontology.html"])
    assert re.search(r'kg:leads</a>\s*<ul> <li><a href="#commands"[^>]*>kg:commands</a></li>', tree)


def test_pages_are_the_same_each_time(html):
    assert render_reference(read_vocabularies(), "html", questions=competency_questions()) == html


def test_text_is_escaped_in_html(own):
    page = Page(own["html"])
    assert page.open == []
    assert "script" not in page.elements
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in own["html"]
    assert "https://example.org/x?a=1&b=2" in page.links


def test_text_is_escaped_in_markdown(own):
    assert r"\<script\>alert(1)\</script\>" in own["markdown"]
    assert r"a \| \*b\* \[c\](d)" in own["markdown"]


def test_circle_of_classes_is_told_once_and_can_be_reached(own):
    page = Page(own["html"])
    assert page.ids.count("Hen") == page.ids.count("Egg") == 1
    assert "#Egg" in Page(own["html"].partition("</nav>")[0]).links


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_copy_in_the_documentation_is_fresh(path):
    fresh = render_reference(read_vocabularies(), "markdown", questions=competency_questions())
    assert path.read_text("utf-8") == fresh.get(path.name), f"run {COMMAND}"


def test_copy_in_the_documentation_is_whole():
    fresh = render_reference(read_vocabularies(), "markdown", questions=competency_questions())
    assert {path.name for path in DOCS.glob("*.md")} == set(fresh), f"run {COMMAND}"


def test_command_writes_the_pages(tmp_path, capsys):
    assert main(["ontology", "reference", "-o", str(tmp_path / "deep" / "pages")]) == 0
    written = sorted(path.name for path in (tmp_path / "deep" / "pages").iterdir())
    assert {"index.html", "ontology.html", "plover.html"} <= set(written)
    assert f"{len(written)} pages; open" in capsys.readouterr().out


def test_own_files_are_documented(tmp_path):
    own = str(ontology_folder() / "examples" / "own.ttl")
    assert main(["ontology", "reference", "-o", str(tmp_path), own]) == 0
    text = (tmp_path / "own.html").read_text("utf-8")
    assert "PREFIX own: &lt;https://example.org/sports#&gt;" in text
    assert {"coaches", "sponsors", "COACHING"} <= set(Page(text).ids)
    assert 'href="https://w3id.org/actors-kg/ontology#State"' in text


def test_pages_of_one_name_are_kept_apart(tmp_path):
    paths = []
    for number in (1, 2):
        paths.append(tmp_path / f"{number}.ttl")
        paths[-1].write_text(OWN.replace("example.org/terms", f"example.org/{number}/terms"), "utf-8")
    assert [vocabulary.name for vocabulary in read_vocabularies(paths)] == ["terms", "terms-2"]


def test_unknown_format_is_wrong_usage(tmp_path, capsys):
    assert main(["ontology", "reference", "-o", str(tmp_path), "--format", "pdf"]) == 2
    assert "no format 'pdf'" in capsys.readouterr().err
    with pytest.raises(ExportError, match="no format 'pdf'"):
        write_reference(tmp_path, format_="pdf")


def test_file_in_the_way_is_an_error(tmp_path):
    (tmp_path / "pages").write_text("")
    with pytest.raises(ExportError, match=r"cannot be written to .*pages"):
        write_reference(tmp_path / "pages")


def test_broken_ontology_is_an_error(tmp_path):
    (tmp_path / "mine.ttl").write_text("my:a my:b", "utf-8")
    with pytest.raises(VocabularyError, match="line 1"):
        write_reference(tmp_path / "pages", files=[tmp_path / "mine.ttl"])
