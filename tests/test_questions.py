"""Each named question finds what it asks for in a small graph, and nothing else."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import XSD

from kg.errors import QueryError
from kg.rdf.graphs import DEFAULT, graph_node
from kg.rdf.iris import NamedGraph
from kg.store import Store, ask, questions
from kg.store.claims import Claim
from kg.store.questions import read_question
from kg.types import Article, Entity, EntityType, Evidence, Extraction, Relation, Status, Verdict
from kg.vocabulary import KG, RDF

PERSON, COUNTRY, PLACE, EVENT = EntityType.PERSON, EntityType.COUNTRY, EntityType.PLACE, EntityType.EVENT
ANA = Entity(id="Ana_Bell", name="Ana Bell", type=PERSON, aliases=("President Bell",))
BO = Entity(id="Bo_Cole", name="Bo Cole", type=PERSON)
NORLAND = Entity(id="Norland", name="Norland", type=COUNTRY, aliases=("Norvik",))
SUDLAND = Entity(id="Sudland", name="Sudland", type=COUNTRY)
OSTLAND = Entity(id="Ostland", name="Ostland", type=COUNTRY)
LAKE = Entity(id="Lake_process", name="Lake process", type=EVENT)
VIK = Entity(id="Vik", name="Vik", type=PLACE)

SAID = [
    ("Ana Bell met Bo Cole in Vik.", ANA, "meet", "meets", "CONSULT", BO,
     {"time": "2031-05-02", "place": VIK}),
    ("They will meet in June.", ANA, "meet", "meets", "CONSULT", BO,
     {"status": Status.PLANNED, "time": "2031-06"}),
    ("Ana Bell, president of Norland", ANA, "president of", "presidentOf", "HOLDS_POSITION", NORLAND, {}),
    ("Ostland mediates between both.", OSTLAND, "mediate", "mediates", "MEDIATES", SUDLAND, {}),
    ("It will mediate in the Lake process.", OSTLAND, "mediate in", "mediates", "MEDIATES", LAKE,
     {"status": Status.PLANNED}),
    ("Norland agreed with Ostland on gas.", NORLAND, "agree with", "agreesWith", "AGREE", OSTLAND,
     {"time": "2031"}),
    ("Bo Cole criticized Norland.", BO, "criticize", "criticizes", "ACCUSE", NORLAND, {}),
    ("Sudland attacked Vik, said Ana Bell.", SUDLAND, "attack", "attacks", "ASSAULT", VIK,
     {"attribution": ANA}),
    ("Sudland denied that it attacked Ostland.", SUDLAND, "attack", "attacks", "ASSAULT", OSTLAND,
     {"status": Status.NEGATED, "attribution": SUDLAND}),
]  # fmt: skip


def relation(text, subject, predicate, name, kind, object_, fields):
    start = TEXT.index(text)
    evidence = Evidence(text=text, start=start, end=start + len(text))
    return Relation(
        subject=subject, predicate=predicate, property=name, relation_class=kind, object=object_,
        evidence=evidence, **fields,
    )  # fmt: skip


TEXT = " ".join(row[0] for row in SAID)


@pytest.fixture(scope="module")
def store():
    article = Article(id="a1", text=TEXT, date=datetime.date(2031, 5, 3))
    known = (ANA, BO, NORLAND, SUDLAND, OSTLAND, LAKE, VIK)
    store = Store.in_memory()
    store.add(Extraction(article=article, entities=known, relations=tuple(relation(*row) for row in SAID)))
    return store


def edges(result):
    return [(row.get("subject"), row["predicate"], row.get("object")) for row in result.records()]


MEETING = ("Ana Bell", "meet", "Bo Cole")
CASES = [
    ("who-met-whom", {}, [MEETING]),
    ("who-met-whom", {"actor": "president bell"}, [MEETING]),
    ("who-met-whom", {"actor": "Ostland"}, []),
    ("who-mediates-what", {}, [("Ostland", "mediate in", "Lake process"), ("Ostland", "mediate", "Sudland")]),
    ("who-mediates-what", {"actor": "lake"}, [("Ostland", "mediate in", "Lake process")]),
    ("what-is-planned", {}, [MEETING, ("Ostland", "mediate in", "Lake process")]),
    ("what-is-planned", {"actor": "bo"}, [MEETING]),
    ("what-is-planned", {"since": "2032-01-01"}, [("Ostland", "mediate in", "Lake process")]),
    ("what-does-x-say-about-y", {"speaker": "cole"}, [("Bo Cole", "criticize", "Norland")]),
    ("what-does-x-say-about-y", {"speaker": "bell"}, [("Sudland", "attack", "Vik")]),
    ("what-does-x-say-about-y", {"speaker": "bell", "topic": "sud"}, [("Sudland", "attack", "Vik")]),
    ("what-does-x-say-about-y", {"speaker": "bell", "topic": "ostland"}, []),
    ("who-holds-which-office", {}, [("Ana Bell", "president of", "Norland")]),
    ("who-holds-which-office", {"actor": "norvik"}, [("Ana Bell", "president of", "Norland")]),
    ("who-holds-which-office", {"actor": "sudland"}, []),
    ("what-was-agreed", {}, [("Norland", "agree with", "Ostland")]),
    ("what-was-agreed", {"actor": "cole"}, []),
    ("what-was-denied", {}, [("Sudland", "attack", "Ostland")]),
    ("conflicts", {}, [("Bo Cole", "criticize", "Norland"), ("Sudland", "attack", "Vik")]),
    ("conflicts", {"actor": "vik"}, [("Bo Cole", "criticize", "Norland"), ("Sudland", "attack", "Vik")]),
    ("conflicts", {"actor": "cole"}, [("Bo Cole", "criticize", "Norland")]),
    ("timeline-of-actor", {"actor": "ana bell", "since": "2031-06-01"}, []),
    ("timeline-of-actor", {"actor": "ana bell", "until": "2031-05-02"}, [MEETING]),
    ("what-happened-where", {}, [MEETING]),
    ("what-happened-where", {"place": "norland"}, []),
]


@pytest.mark.parametrize(("name", "arguments", "wanted"), CASES)
def test_question_finds_what_it_asks_for(store, name, arguments, wanted):
    assert sorted(edges(ask(store, name, arguments))) == sorted(wanted)


@pytest.mark.parametrize(
    ("name", "arguments", "wanted"),
    [
        ("who-met-whom", {"actor": "Bo_Cóle"}, [MEETING]),
        ("what-does-x-say-about-y", {"speaker": "béll", "topic": "süd"}, [("Sudland", "attack", "Vik")]),
    ],
)
def test_question_finds_names_that_are_spelled_with_other_accents(store, name, arguments, wanted):
    assert edges(ask(store, name, arguments)) == wanted


def test_every_question_has_a_case():
    others = {"copies", "evidence-for-edge", "top-actors"}  # of copies see tests/store/test_repeats.py
    assert {case[0] for case in CASES} | others == {question.name for question in questions()}


def test_meeting_comes_with_day_place_and_sentence(store):
    (row,) = ask(store, "who-met-whom").records()
    assert (row["time"], row["place"], row["article"]) == ("2031-05-02", "Vik", "a1")
    assert row["sentence"] == "Ana Bell met Bo Cole in Vik."


@pytest.mark.parametrize("ends", [("bell", "cole"), ("cole", "bell")])
def test_evidence_has_offsets_of_the_sentence(store, ends):
    rows = ask(store, "evidence-for-edge", dict(zip(("subject", "object"), ends, strict=True))).records()
    assert [TEXT[row["start"] : row["end"]] for row in rows] == [row["sentence"] for row in rows]
    assert [row["status"] for row in rows] == ["asserted", "planned"]


def test_evidence_of_a_property_leaves_out_relations_without_one():
    text = "Ana Bell knows Bo Cole."
    said = Relation(
        subject=ANA, predicate="know", property=None, relation_class="OTHER", object=BO,
        evidence=Evidence(text=text, start=0, end=len(text)),
    )  # fmt: skip
    store = Store.in_memory()
    store.add(Extraction(article=Article(id="a1", text=text), relations=(said,)))
    given = {"subject": "bell", "object": "cole"}
    meets = "https://w3id.org/actors-kg/ontology#meets"
    assert len(ask(store, "evidence-for-edge", given).rows) == 1
    assert ask(store, "evidence-for-edge", {**given, "property": meets}).rows == ()


@pytest.mark.parametrize(("property_", "count"), [("meets", 2), ("visits", 0)])
def test_evidence_is_of_the_property_asked_for(store, property_, count):
    iri = "https://w3id.org/actors-kg/ontology#" + property_
    given = {"subject": "bell", "object": "cole", "property": iri}
    assert len(ask(store, "evidence-for-edge", given).rows) == count


def test_timeline_is_by_day(store):
    days = [row["day"] for row in ask(store, "timeline-of-actor", {"actor": "bell"}).records()]
    assert days == ["2031-05-02", "2031-05-03", "2031-06"]


def test_top_actors_are_counted(store):
    rows = ask(store, "top-actors").records()
    counts = {"relations": 4, "articles": 1, "reports": 1, "independent": 4}
    assert rows[0] == {"entity": "Ostland", "type": "country", **counts}
    assert [row["relations"] for row in rows] == sorted((row["relations"] for row in rows), reverse=True)


ASKED = [*((name, arguments) for name, arguments, _ in CASES), ("top-actors", {}),
         ("evidence-for-edge", {"subject": "bell", "object": "cole"})]  # fmt: skip


def filled(*, inferred: bool = False, merged: bool = False) -> Store:
    """The graph of a second article with other names for one of the actors, with what may be derived."""
    store = Store.in_memory()
    known = (ANA, BO, NORLAND, SUDLAND, OSTLAND, LAKE, VIK)
    said = tuple(relation(*row) for row in SAID)
    store.add(Extraction(article=Article(id="a1", text=TEXT), entities=known, relations=said))
    other = Entity(id="A_Bell", name="A. Bell" if merged else "Ana Bell", type=PERSON)
    again = tuple(replace(row, subject=other) for row in said if row.subject == ANA)
    if merged:
        store.add(Extraction(article=Article(id="a2", text=TEXT), relations=again))
        store.judge([Claim(one="A_Bell", other="Ana_Bell", verdict=Verdict.SAME, reason="one person")])
    if inferred:
        infer(store)
    return store


def infer(store: Store) -> None:
    """Puts into the graph of what is inferred what an ontology may say of the edges, classes and types."""
    graph = graph_node(NamedGraph.INFERRED)
    for quad in list(store.data):
        edge = isinstance(quad.object, ox.NamedNode) and quad.graph_name == DEFAULT
        if edge and quad.predicate == KG.meets:
            store.data.add(ox.Quad(quad.object, quad.predicate, quad.subject, graph))
        if edge and quad.predicate == RDF.type:
            store.data.add(ox.Quad(quad.subject, RDF.type, KG.Actor, graph))


@pytest.mark.parametrize(("name", "arguments"), ASKED)
def test_question_counts_nothing_twice_when_more_is_inferred(name, arguments):
    assert ask(filled(inferred=True), name, arguments).rows == ask(filled(), name, arguments).rows


@pytest.mark.parametrize(("name", "arguments"), ASKED)
def test_question_shows_merged_entities_as_one(name, arguments):
    rows = ask(filled(merged=True), name, arguments).rows
    assert len(rows) == len(set(rows))
    assert not any("A. Bell" in row for row in rows)


def test_merged_entities_are_counted_as_one():
    counts = {row["entity"]: row["relations"] for row in ask(filled(merged=True), "top-actors").records()}
    assert counts["Ana Bell"] == 2 * sum(ANA in (row[1], row[5]) for row in SAID)


@pytest.mark.parametrize(("name", "arguments"), ASKED)
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # of rdflib by rdflib
def test_rdflib_answers_the_same(store, name, arguments):
    """Another engine on the same quads: what a question says does not hang on Oxigraph."""
    data = rdflib.Dataset(default_union=True)
    data.parse(data=ox.serialize(store.data, format=ox.RdfFormat.N_QUADS).decode(), format="nquads")
    kinds = {item.name: item.kind for question in questions() for item in question.parameters}
    dates = {key: XSD.date if kinds[key] == "date" else None for key in arguments}
    given = {key: rdflib.Literal(value, datatype=dates[key]) for key, value in arguments.items()}
    text = next(question.text for question in questions() if question.name == name)
    rows = list(data.query(text, initNs=store.prefixes, initBindings=given))
    assert len(rows) == len(ask(store, name, arguments).rows)


def test_parameters_are_no_columns(store):
    assert "actor" not in ask(store, "who-met-whom", {"actor": "bell"}).variables


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_question_is_described(question):
    assert question.title
    assert question.description.endswith(".")
    assert all(f"?{parameter.name}" in question.text for parameter in question.parameters)


@pytest.mark.parametrize("value", ['bell") } #', "'", '"""', "\\", "?x"])
def test_value_is_never_read_as_sparql(store, value):
    assert ask(store, "who-met-whom", {"actor": value}).rows == ()


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("who-ate-whom", {}, "no question 'who-ate-whom'; there are conflicts"),
        ("who-met-whom", {"city": "Vik"}, "no parameter 'city'; it takes actor"),
        ("top-actors", {"city": "Vik"}, "it takes none"),
        ("timeline-of-actor", {}, "needs a value for 'actor'"),
        ("what-is-planned", {"since": "soon"}, "'soon' of 'since' is no date"),
        ("evidence-for-edge", {"subject": "a", "object": "b", "property": "no iri"}, "is no iri"),
    ],
    ids=["question", "parameter", "no parameters", "missing", "date", "iri"],
)
def test_wrong_question_is_an_error(store, name, arguments, message):
    with pytest.raises(QueryError, match=message):
        ask(store, name, arguments)


@pytest.mark.parametrize(
    ("header", "message"),
    [("SELECT", "no title"), ("# title: T\n# parameter x: int; y", "must be described")],
)
def test_question_without_its_header_is_an_error(tmp_path, header, message):
    path = tmp_path / "q.rq"
    path.write_text(header)
    with pytest.raises(QueryError, match=message):
        read_question(path)
