"""What graphs are after they went through files: the same, in every format, alone and with others."""

from __future__ import annotations

import gzip
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings

from kg.errors import ExportError, JudgementError
from kg.rdf.context import CONTEXT_IRI
from kg.rdf.graphs import graph_node
from kg.rdf.iris import NamedGraph
from kg.store import FORMATS, Claim, Store
from kg.store.importing import ENDINGS, Imported, import_rdf
from kg.store.inference import infer
from kg.types import Status, Verdict
from tests.builders import make_extraction
from tests.rdf.strategies import extractions

MET = make_extraction()
AGAIN = make_extraction("Ana Bell met Cy Dole.", article_id="a2", ends=("Ana Bell", "Cy Dole"))
PLANNED = make_extraction("Bo Cole will meet Cy Dole.", article_id="a3", status=Status.PLANNED)
SHORT = make_extraction("A. Bell met Ed Fox.", article_id="a4", ends=("A. Bell", "Ed Fox"))
OWN = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
my:coaches rdfs:label "coaches"@en ; kg:relationClass kg:OTHER ; kg:verb "coach" .
my:coaches a owl:SymmetricProperty .
kg:meets kg:verb "huddle with" .
"""
COACH = make_extraction(
    "Ana Bell coached Bo Cole.", article_id="a5", property="coaches", relation_class="OTHER"
)
BUILDS = graph_node(NamedGraph.BUILDS)
INFERRED = graph_node(NamedGraph.INFERRED)


def quads(store: Store, *, without: tuple[ox.NamedNode, ...] = ()) -> set[ox.Quad]:
    """All quads but those of some graphs, and those that say when the graph was worked on."""
    builds = graph_node(NamedGraph.BUILDS, store.base)
    return {quad for quad in store.data if quad.graph_name not in {*without, builds}}


def graph_of(*given, path=None, claims=(), ontology=None) -> Store:
    store = Store.create(path, ontology=ontology) if path else Store.in_memory()
    for extraction in given:
        store.add(extraction)
    store.judge(claims)
    return store


def same(one: str, other: str) -> Claim:
    return Claim(one=one, other=other, verdict=Verdict.SAME, reason="so", place="test")


def write(store: Store, path):
    store.dump({ending.removeprefix("."): name for ending, name in ENDINGS.items()}[path.suffix[1:]], path)
    return path


def contents(path) -> set[ox.Quad]:
    with Store.open(path) as store:
        return quads(store)


ALL = (MET, AGAIN, PLANNED, SHORT)


@pytest.fixture
def merged() -> Store:
    return graph_of(*ALL, claims=[same("Ana Bell", "A. Bell")])


@pytest.mark.parametrize("format_", list(FORMATS))
def test_graph_comes_back_the_same_from_every_format(format_, merged, tmp_path):
    assert merged.query("ASK { ?one kg:mergedInto ?other }").answer
    done = import_rdf([write(merged, tmp_path / f"g.{format_}")], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(merged)
    assert done == Imported(added=4, judgements=1)


@pytest.mark.slow
@pytest.mark.parametrize("format_", list(FORMATS))
@given(given_=extractions())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_articles_say_comes_back_the_same(format_, given_, tmp_path_factory):
    folder = tmp_path_factory.mktemp("g")
    store = graph_of(given_)
    try:
        store.dump(format_, folder / "file")
    except ExportError:
        assert format_ == "rdfxml"  # XML cannot hold control characters
        return
    import_rdf([folder / "file"], folder / "g", format_=format_)
    assert contents(folder / "g") == quads(store)


def test_imported_graph_can_be_built_on(merged, tmp_path):
    import_rdf([write(merged, tmp_path / "g.trig")], tmp_path / "g")
    with Store.create(tmp_path / "g") as store:
        assert store.extraction("a1") == MET
        assert store.remove("a4")
        assert not store.query("ASK { ?one kg:mergedInto ?other }").answer


def test_base_of_a_graph_goes_along(tmp_path):
    store = Store.in_memory(base="https://example.org/kg/")
    store.add(MET)
    import_rdf([write(store, tmp_path / "g.jsonld")], tmp_path / "g")
    with Store.open(tmp_path / "g") as read:
        assert (read.base, quads(read)) == ("https://example.org/kg/", quads(store))


# ---- into a graph with articles


@pytest.mark.slow
def test_articles_come_to_those_that_are_there(tmp_path):
    graph_of(MET, SHORT, path=tmp_path / "g").close()
    done = import_rdf([write(graph_of(AGAIN, PLANNED), tmp_path / "g.nq")], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(graph_of(*ALL))
    assert (done.added, done.replaced, done.unchanged) == (2, 0, 0)


@pytest.mark.slow
def test_article_of_the_same_id_is_replaced(tmp_path):
    changed = make_extraction("Ana Bell met Bo Cole in Rome.")
    graph_of(MET, AGAIN, path=tmp_path / "g").close()
    done = import_rdf([write(graph_of(changed, AGAIN), tmp_path / "g.ttl")], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(graph_of(changed, AGAIN))
    assert (done.added, done.replaced, done.unchanged) == (0, 1, 1)


@pytest.mark.slow
def test_default_graph_of_a_file_is_not_believed(tmp_path):
    graph_of(MET, path=tmp_path / "g").close()
    other = graph_of(AGAIN)
    other.data.update(
        'INSERT DATA { <https://w3id.org/actors-kg/entity/Cy_Dole> <https://example.org/x> "y" }'
    )
    import_rdf([write(other, tmp_path / "g.nq")], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(graph_of(MET, AGAIN))


@pytest.mark.parametrize(
    "change",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE WHERE { ?s kg:meets ?o }",
        "INSERT { ?o kg:attacks ?s } WHERE { ?s kg:meets ?o }",
        'INSERT { ?s skos:prefLabel "Zed"@en } WHERE { ?s kg:meets ?o }',
        "INSERT { ?s a kg:Place } WHERE { ?s kg:meets ?o }",
        "INSERT { ?s kg:mergedInto ?o } WHERE { ?s kg:meets ?o }",
        'INSERT DATA { ent:Zed skos:prefLabel "Zed"@en }',
        "INSERT { ?r kg:subject ent:Ed_Fox } WHERE { GRAPH ?g { ?r kg:subject ?s } }",
    ],
    ids=[
        "none", "edge-lacks", "edge-of-nothing", "two-names", "two-types", "merged", "stranger", "pointer",
    ],
)  # fmt: skip
def test_default_graph_that_does_not_agree_is_made_anew(change, tmp_path):
    other = graph_of(MET, AGAIN)
    heads = "".join(f"PREFIX {name}: <{iri}> " for name, iri in other.prefixes.items())
    other.data.update(heads + change)
    agents = "INSERT DATA { }" if change != "DELETE WHERE { ?s ?p ?o }" else None
    done = import_rdf([write(other, tmp_path / "g.nq")], tmp_path / "g")
    wanted = quads(graph_of(MET, AGAIN))
    if agents is None:  # what software is called stands in the default graph alone
        wanted = {quad for quad in wanted if "software" not in str(quad.subject)}
    assert done.is_derived
    assert contents(tmp_path / "g") == wanted


def test_names_that_no_article_gives_make_nobody_one(tmp_path):
    other = graph_of(
        MET, make_extraction("Zed Quill met Ed Fox.", article_id="a6", ends=("Zed Quill", "Ed Fox"))
    )
    heads = "".join(f"PREFIX {name}: <{iri}> " for name, iri in other.prefixes.items())
    other.data.update(heads + 'INSERT DATA { ent:Zed_Quill skos:altLabel "Ana Bell"@en }')
    import_rdf([write(other, tmp_path / "g.nq")], tmp_path / "g")
    with Store.open(tmp_path / "g", read_only=False) as store:
        assert store.judge().same == 0


def test_several_files_become_one_graph(tmp_path):
    files = [write(graph_of(one), tmp_path / f"{one.article.id}.nt") for one in ALL]
    import_rdf(files, tmp_path / "g")
    assert contents(tmp_path / "g") == quads(graph_of(*ALL))


def test_users_judgements_of_both_hold(tmp_path):
    claims = [same("Ana Bell", "A. Bell"), same("Bo Cole", "Ed Fox")]
    graph_of(MET, SHORT, path=tmp_path / "g", claims=claims[:1]).close()
    done = import_rdf([write(graph_of(MET, SHORT, claims=claims[1:]), tmp_path / "g.trig")], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(graph_of(MET, SHORT, claims=claims))
    assert (done.unchanged, done.judgements) == (2, 1)


def test_judgements_that_contradict_each_other_change_nothing(tmp_path):
    apart = Claim(one="Ana Bell", other="Ed Fox", verdict=Verdict.DIFFERENT, reason="no", place="test")
    graph_of(MET, SHORT, path=tmp_path / "g", claims=[same("Ana Bell", "A. Bell"), apart]).close()
    before = contents(tmp_path / "g")
    other = graph_of(MET, SHORT, claims=[same("A. Bell", "Ed Fox")])
    with pytest.raises(JudgementError, match="contradicts"):
        import_rdf([write(other, tmp_path / "g.trig")], tmp_path / "g")
    assert contents(tmp_path / "g") == before


def test_the_same_again_changes_nothing(merged, tmp_path):
    file = write(merged, tmp_path / "g.nq")
    import_rdf([file], tmp_path / "g")
    before = {path.name for path in (tmp_path / "g").iterdir()}
    assert import_rdf([file], tmp_path / "g") == Imported(unchanged=4)
    assert {path.name for path in (tmp_path / "g").iterdir()} == before


@pytest.mark.slow
def test_import_into_an_import_leaves_nothing_beside(tmp_path):
    for extraction in ALL:
        import_rdf([write(graph_of(extraction), tmp_path / "g.nq")], tmp_path / "g")
        assert len(list((tmp_path / "g").iterdir())) == 2  # the marker and the data
    assert contents(tmp_path / "g") == quads(graph_of(*ALL))


# ---- what does not go along


def test_what_is_inferred_is_made_anew(tmp_path):
    store = graph_of(MET, PLANNED)
    infer(store)
    file = write(store, tmp_path / "g.nq")
    file.write_text(file.read_text().replace("hasActor", "hasEvil"))
    done = import_rdf([file], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(store)
    assert done.inferred > 0


def test_formats_without_graphs_leave_out_what_is_inferred(tmp_path):
    store = graph_of(MET)
    infer(store)
    import_rdf([write(store, tmp_path / "g.ttl")], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(store, without=(INFERRED,))


def test_times_of_other_machines_are_not_taken(tmp_path):
    when = ox.Quad(BUILDS, ox.NamedNode("https://example.org/at"), ox.Literal("today"), BUILDS)
    store = graph_of(MET)
    store.data.add(when)
    out = io.BytesIO()
    store.dump("nq", out)
    assert b"today" not in out.getvalue()
    (tmp_path / "g.nq").write_bytes(out.getvalue() + f"{when} .\n".encode())
    import_rdf([tmp_path / "g.nq"], tmp_path / "g")
    with Store.open(tmp_path / "g") as read:
        assert when not in read.data
        assert quads(read) == quads(store)


def test_inferred_triples_go_when_articles_come(tmp_path):
    with graph_of(MET, path=tmp_path / "g") as store:
        infer(store)
    import_rdf([write(graph_of(AGAIN), tmp_path / "g.nq")], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(graph_of(MET, AGAIN))


# ---- own ontologies


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.ttl"
    path.write_text(OWN)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["trig", "nq", "jsonld"])
def test_own_ontology_goes_along_where_there_are_graphs(ending, own, tmp_path):
    with graph_of(path=tmp_path / "a", ontology=own) as store:
        store.add(COACH)
        infer(store)
        file = write(store, tmp_path / f"g.{ending}")
        wanted = quads(store)
    import_rdf([file], tmp_path / "b")
    assert contents(tmp_path / "b") == wanted
    with Store.open(tmp_path / "b") as store:
        assert store.query("ASK { ?one my:coaches ?other }").answer
        assert "huddle with" in store.vocabulary.properties["meets"].verbs


@pytest.mark.slow
def test_own_ontology_is_kept_once(own, tmp_path):
    with graph_of(path=tmp_path / "a", ontology=own) as store:
        store.add(COACH)
        file = write(store, tmp_path / "g.trig")
    before = (tmp_path / "a" / "ontology.ttl").read_text()
    import_rdf([file], tmp_path / "a")
    assert (tmp_path / "a" / "ontology.ttl").read_text() == before


@pytest.mark.slow
def test_own_ontology_is_given_where_the_file_lacks_it(own, tmp_path):
    with graph_of(path=tmp_path / "a", ontology=own) as store:
        store.add(COACH)
        file = write(store, tmp_path / "g.ttl")
        wanted = quads(store)
    import_rdf([file], tmp_path / "b", ontology=own)
    assert contents(tmp_path / "b") == wanted


# ---- files


@pytest.mark.parametrize("ending", ["nq", "rdf", "jsonld"])
def test_compressed_file_is_read(ending, tmp_path):
    store = graph_of(MET)
    file = write(store, tmp_path / f"g.{ending}")
    (tmp_path / f"g.{ending}.gz").write_bytes(gzip.compress(file.read_bytes()))
    import_rdf([tmp_path / f"g.{ending}.gz"], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(store)


def test_mark_of_byte_order_is_passed_over(tmp_path):
    store = graph_of(MET)
    file = write(store, tmp_path / "g.ttl")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    import_rdf([file], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(store)


@pytest.mark.parametrize("wrap", [lambda iri: iri, lambda iri: [iri]], ids=["plain", "list"])
def test_published_context_needs_no_network(wrap, tmp_path):
    store = graph_of(MET)
    file = write(store, tmp_path / "g.jsonld")
    said = json.loads(file.read_text())
    file.write_text(json.dumps(said | {"@context": wrap(CONTEXT_IRI)}, indent=1))
    import_rdf([file], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(store)


def test_import_that_was_killed_is_cleared_away(tmp_path):
    (tmp_path / "g" / ".importing" / "files").mkdir(parents=True)
    (tmp_path / "g" / "oxigraph").mkdir()
    import_rdf([write(graph_of(MET), tmp_path / "g.nq")], tmp_path / "g")
    assert contents(tmp_path / "g") == quads(graph_of(MET))
