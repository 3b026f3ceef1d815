"""One actor, one node: judgements in a store, what they do to the graph, and how they are taken back."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.errors import JudgementError, StoreError
from kg.export.records import statements_from
from kg.rdf.judgements import judgement_quads, make_judgement, read_judgements
from kg.store import Claim, Store, ask, read_claims
from kg.store.changes import apply
from kg.store.graphs import lasting_quads
from kg.types import Entity, Extraction, Mention, MentionKind, Verdict
from tests.builders import make_entity, make_extraction

MET = make_extraction("Oleksiy Babenko met Bo Cole.", article_id="a1", ends=("Oleksiy Babenko", "Bo Cole"))
MET_AGAIN = make_extraction(
    "Oleksii Babenko met Cy Dole.", article_id="a2", ends=("Oleksii Babenko", "Cy Dole")
)
APART = make_extraction("Ed Fox met Bo Cole.", article_id="a3", ends=("Ed Fox", "Bo Cole"))
ONE, OTHER = "Oleksii_Babenko", "Oleksiy_Babenko"
NAMES = "SELECT ?who { ?r kg:object ?o ; kg:subject ?s . ?s skos:prefLabel ?who } ORDER BY ?who ?o"


def filled(*extractions) -> Store:
    store = Store.in_memory()
    for extraction in extractions:
        store.add(extraction)
    return store


@pytest.fixture
def store() -> Store:
    return filled(MET, MET_AGAIN, APART)


def quads(store: Store) -> set[ox.Quad]:
    return set(lasting_quads(store.data, store.base))


def article_quads(store: Store) -> set[ox.Quad]:
    return {quad for quad in store.data if "/article/" in str(quad.graph_name)}


def naming(extraction: Extraction, entity: Entity) -> Extraction:
    """An article that states nothing, and whose first words are the name of an entity."""
    text = " ".join(extraction.article.text.split()[:2])
    mention = Mention(start=0, end=len(text), text=text, kind=MentionKind.NAME, entity_id=entity.id)
    return replace(extraction, mentions=(mention,), entities=(entity,), relations=())


def part(store: Store) -> None:
    store.judge([Claim(one=ONE, other=OTHER, verdict=Verdict.DIFFERENT)])


def test_judged_the_same_is_one_entity_with_all_names(store):
    assert store.judge().merged == 1
    (entity,) = [entity for entity in store.entities() if entity.id in {ONE, OTHER}]
    assert (entity.id, entity.name, entity.aliases) == (ONE, "Oleksii Babenko", ("Oleksiy Babenko",))


def test_judging_leaves_the_graphs_of_articles_as_they_are(store):
    before = article_quads(store)
    store.judge()
    assert article_quads(store) == before


def test_entity_that_the_engine_gives_in_parts_is_judged_by_all_its_names(monkeypatch):
    """Its one name is like another's in one article only, and it has a country in the other."""
    plain = make_entity("Olga Babenko")
    aliased, of_norway = replace(plain, aliases=("Oleksiy Babenko",)), replace(plain, country="NOR")
    articles = [naming(MET, aliased), MET_AGAIN, naming(APART, of_norway)]
    whole = filled(*articles)
    whole.judge()

    def apart(quads, key):
        return ((key(quad), [quad]) for quad in quads)

    monkeypatch.setattr("kg.store.profiles.groupby", apart)
    in_parts = filled(*articles)
    in_parts.judge()
    assert [(one.one, one.other) for one in whole.judgements()] == [("Oleksii_Babenko", "Olga_Babenko")]
    assert quads(in_parts) == quads(whole)


@pytest.mark.parametrize(("many", "remembered"), [(0, 50), (100, 50), (100, 500)])
def test_what_is_forgotten_of_profiles_changes_no_judgement(many, remembered, monkeypatch, store):
    expected = store.judge(), quads(store)
    monkeypatch.setattr("kg.store.profiles._MANY", many)
    monkeypatch.setattr("kg.store.profiles._REMEMBERED", remembered)
    assert (store.judge(), quads(store)) == expected


def test_round_that_ends_between_its_steps_is_made_good_by_the_next(monkeypatch):
    claims = [Claim(one=ONE, other="Ed_Fox", verdict=Verdict.SAME)]
    whole = filled(MET, MET_AGAIN, APART)
    whole.judge(claims)
    store = filled(MET, MET_AGAIN)
    with store.adding():
        store.add(APART)
    made = []

    def ended(changes, data):
        made.append(changes)
        if len(made) > 1:
            raise KeyboardInterrupt
        apply(changes, data)

    monkeypatch.setattr("kg.store.judging.MANY", 1)
    with monkeypatch.context() as patch:
        patch.setattr("kg.store.judging.apply", ended)
        with pytest.raises(KeyboardInterrupt):
            store.judge()
    assert not store.is_finished
    store.judge(claims)
    assert quads(store) == quads(whole)


def test_finished_graph_is_judged_anew_at_once(monkeypatch, store):
    store.judge()
    made = []
    monkeypatch.setattr("kg.store.judging.MANY", 1)
    monkeypatch.setattr("kg.store.judging.apply", lambda changes, data: made.append(changes))
    part(store)
    assert len(made) == 1


def test_judgement_is_recorded_with_its_reason(store):
    store.judge()
    (judgement,) = store.judgements()
    assert (judgement.one, judgement.other, judgement.verdict, judgement.judge) == (ONE, OTHER, "same", "kg")
    assert "spellings of one name" in judgement.reason


def test_queries_find_one_node(store):
    store.judge()
    assert store.query(NAMES).rows == (("Ed Fox",), ("Oleksii Babenko",), ("Oleksii Babenko",))
    edges = store.query("SELECT ?o { ent:Oleksii_Babenko kg:meets ?o } ORDER BY ?o").rows
    assert [str(row[0]).rpartition("/")[2] for row in edges] == ["Bo_Cole", "Cy_Dole"]
    assert not store.query("ASK { ent:Oleksiy_Babenko kg:meets ?o }").answer


def test_records_and_questions_find_one_node(store):
    store.judge()
    statements = statements_from(store.articles(), store.relations())
    assert {statement.relation.subject.id for statement in statements} == {ONE, "Ed_Fox"}
    rows = ask(store, "top-actors").rows
    assert ("Oleksii Babenko", "person", 2, 2, 2, 2) in rows
    assert len(ask(store, "who-met-whom", {"actor": "Oleksiy"}).rows) == 2


def test_merged_graph_conforms(store):
    store.judge()
    assert store.validate().findings == ()


def test_missing_edge_of_a_merged_entity_is_found(store):
    store.judge()
    edge = next(
        q for q in store.data if q.subject.value.endswith(ONE) and q.predicate.value.endswith("meets")
    )
    store.data.remove(edge)
    assert any("lacks its direct triple" in finding.message for finding in store.validate().findings)


def test_parting_again_leaves_no_trace_but_the_judgement(store):
    before = quads(store)
    store.judge()
    part(store)
    assert {quad for quad in store.data if "judgement" not in str(quad)} == before
    assert [str(judgement.verdict) for judgement in store.judgements()] == ["different"]


def test_withdrawing_brings_our_own_judgement_back(store):
    store.judge()
    merged = quads(store)
    part(store)
    assert store.withdraw("Oleksiy Babenko", "Oleksii Babenko")
    assert quads(store) == merged
    assert not store.withdraw(ONE, OTHER)


def test_user_joins_what_names_do_not(store):
    store.judge([Claim(one="Ed Fox", other="Cy Dole", verdict=Verdict.SAME, reason="a pen name")])
    assert [entity.aliases for entity in store.entities() if entity.id == "Cy_Dole"] == [("Ed Fox",)]
    (judgement,) = [one for one in store.judgements() if one.judge == "user"]
    assert judgement.reason == "a pen name"


def test_user_s_judgement_stays_when_judged_again(store):
    part(store)
    store.judge()
    store.add(make_extraction("Gil Hay met Bo Cole.", article_id="a4", ends=("Gil Hay", "Bo Cole")))
    store.judge()
    assert len([entity for entity in store.entities() if entity.id in {ONE, OTHER}]) == 2


def test_judgement_waits_for_its_entity(store):
    judged = store.judge([Claim(one="Ed Fox", other="Eddie Foxroe", verdict=Verdict.SAME)])
    assert (judged.waiting, judged.merged) == (1, 1)
    store.add(make_extraction("Eddie Foxroe met Bo Cole.", article_id="a4", ends=("Eddie Foxroe", "Bo Cole")))
    judged = store.judge()
    assert (judged.waiting, judged.merged) == (0, 2)


@pytest.mark.parametrize("order", list(itertools.permutations((MET, MET_AGAIN, APART))))
def test_order_of_articles_does_not_matter(order, store):
    store.judge()
    other = filled(*order)
    other.judge()
    assert quads(other) == quads(store)


def test_adding_to_a_merged_graph_gives_what_judging_at_the_end_gives(store):
    store.judge()
    growing = filled(MET, MET_AGAIN)
    growing.judge()
    growing.add(APART)
    assert quads(growing) == quads(store)


def test_forgetting_an_article_undoes_its_merge(store):
    store.judge()
    store.remove("a2")
    alone = filled(MET, APART)
    alone.judge()
    assert quads(store) == quads(alone)


def test_judging_again_changes_nothing(store):
    store.judge()
    before = quads(store)
    store.judge()
    assert quads(store) == before


def test_three_that_the_user_joins_and_parts_contradict(store):
    claims = [
        Claim(one="Ed Fox", other="Cy Dole", verdict=Verdict.SAME),
        Claim(one="Bo Cole", other="Cy Dole", verdict=Verdict.SAME),
        Claim(one="Bo Cole", other="Ed Fox", verdict=Verdict.DIFFERENT),
    ]
    with pytest.raises(JudgementError, match=r"contradicts others of yours .*withdraw one"):
        store.judge(claims)


def test_name_of_two_is_refused(store):
    text = "Bo Cole met Ed Cole."
    store.add(make_extraction(text, article_id="a5", ends=("Bo Cole", "Ed Cole")))
    for extraction in (make_extraction("Cole met Di.", article_id="a6", ends=("Cole", "Di")),):
        store.add(extraction)
    store.judge([Claim(one="Cole", other="Bo Cole", verdict=Verdict.SAME)])  # an exact name goes first
    aliased = make_extraction("Fox met Fox.", article_id="a7", ends=("Gil Fox", "Hal Fox"))
    ends = tuple(replace(end, aliases=("Foxy",)) for end in aliased.entities)
    relation = replace(aliased.relations[0], subject=ends[0], object=ends[1])
    store.add(replace(aliased, entities=ends, relations=(relation,)))
    with pytest.raises(JudgementError, match="'Foxy' is a name of 2 entities; give an id: Gil_Fox, Hal_Fox"):
        store.judge([Claim(one="Foxy", other="Bo Cole", verdict=Verdict.SAME)])


def test_entity_is_not_judged_with_itself(store):
    with pytest.raises(JudgementError, match="'Ed Fox' and 'Ed_Fox' are both the entity 'Ed_Fox'"):
        store.judge([Claim(one="Ed Fox", other="Ed_Fox", verdict=Verdict.SAME)])


def test_read_only_graph_is_not_judged(tmp_path):
    with Store.create(tmp_path / "g") as store:
        store.add(MET)
    with Store.open(tmp_path / "g") as store, pytest.raises(StoreError, match="for reading only"):
        store.judge()


def test_judgement_reads_back_from_rdf():
    judgement = make_judgement("B", "A", Verdict.UNSURE, "who knows")
    assert read_judgements(judgement_quads(judgement)) == [judgement]


# ---- files


def test_table_of_judgements(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(
        'one,other,verdict,reason\n"Roe, Ann",Anne Roe,same,one person\nA,B,different,\n', "utf-8"
    )
    first, second = read_claims(file)
    assert (first.one, first.other, first.verdict, first.reason) == (
        "Roe, Ann",
        "Anne Roe",
        "same",
        "one person",
    )
    assert (second.reason, second.place) == ("the user says so", f"{file}, line 3")


def test_rdf_of_judgements(tmp_path, store):
    part(store)
    file = tmp_path / "mine.nq"
    store.dump("nq", file)
    assert [(claim.one, claim.other, claim.verdict) for claim in read_claims(file)] == [
        (ONE, OTHER, "different")
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "one,two\nA,B\n", "there is no column 'other'; begin with one,other"),
        (
            "a.csv",
            "one,other,verdict\nA,B,equal\n",
            r"a.csv, line 2: there is no verdict 'equal'; give one of same",
        ),
        ("a.csv", "one,other,verdict\nA,,same\n", "line 2: a judgement needs two entities"),
        ("a.ttl", "<x> <y>", "cannot be read"),
        ("a.ttl", "<x:a> a <https://w3id.org/actors-kg/ontology#Judgement> .", "lacks kg:one"),
    ],
)
def test_broken_file_says_what_and_where(tmp_path, name, text, message):
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(JudgementError, match=message):
        read_claims(tmp_path / name)


def test_missing_file_says_so(tmp_path):
    for name in ("none.csv", "none.ttl"):
        with pytest.raises(JudgementError, match="cannot be read"):
            read_claims(tmp_path / name)
