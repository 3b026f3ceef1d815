"""Evidence is replayed: what agrees, and exactly what fails where a text is no more what it was."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.rdf.articles import article_node
from kg.rdf.relations import relation_node, words_node
from kg.store import Store
from kg.store.verification import FailureKind
from kg.store.verifying import count_articles, verify
from kg.types import Evidence
from kg.vocabulary import KG, NIF, RDF, SCHEMA
from tests.builders import make_extraction, make_relation
from tests.rdf.strategies import extractions

SENTENCES = ("Ana Bell met Bo Cole. ", "Cy Dunn left. ", "Bo Cole left Oslo in May.")


@st.composite
def stores(draw):
    """A store of several articles, and the extractions that are in it."""
    drawn = draw(st.lists(extractions(), min_size=1, max_size=3, unique_by=lambda one: one.article.id))
    store = Store.in_memory()
    for extraction in drawn:
        store.add(extraction)
    return store, [store.extraction(extraction.article.id) for extraction in drawn]


def sentences(article_id: str = "a1"):
    """An article of three sentences, each the evidence of a relation."""
    whole = make_extraction("".join(SENTENCES), article_id=article_id)
    said, start = [], 0
    for number, sentence in enumerate(SENTENCES):
        evidence = Evidence(text=sentence.strip(), start=start, end=start + len(sentence.strip()))
        ends = whole.relations[0].subject, whole.relations[0].object
        said.append(make_relation(whole.article, ends[0], f"act {number}", ends[1], evidence=evidence))
        start += len(sentence)
    return replace(whole, relations=tuple(said))


def overwrite(store: Store, node: ox.NamedNode, predicate: ox.NamedNode, new: ox.Literal) -> None:
    """Puts another object, a literal or a node, in the place of the one that an article's graph has."""
    [old] = store.data.quads_for_pattern(node, predicate, None, None)
    store.data.remove(old)
    store.data.add(ox.Quad(node, predicate, new, old.graph_name))


def overwrite_text(store: Store, extraction, text: str) -> None:
    overwrite(store, article_node(extraction.article), NIF.isString, ox.Literal(text))


def wrong_by(extraction, text: str) -> set[str]:
    """The IRIs of the relations whose evidence does not stand in a text, by their offsets alone."""
    node = article_node(extraction.article)
    return {
        relation_node(relation, node).value
        for relation in extraction.relations
        if text[relation.evidence.start : relation.evidence.end] != relation.evidence.text
    }


@settings(max_examples=25, deadline=None)
@given(stores())
def test_what_is_stored_agrees(drawn):
    store, known = drawn
    report = verify(store)
    assert report.failures == ()
    assert report.relations == sum(len(extraction.relations) for extraction in known)
    assert report.articles == count_articles(store) == len(known)


@settings(max_examples=60, deadline=None)
@given(stores(), st.data())
def test_flipped_character_fails_exactly_the_relations_whose_evidence_it_touches(drawn, data):
    store, known = drawn
    extraction = data.draw(st.sampled_from(known))
    text, place = extraction.article.text, data.draw(st.integers(0, len(extraction.article.text) - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"], exclude_characters=text[place]))
    overwrite_text(store, extraction, text[:place] + other + text[place + 1 :])
    touched = {
        relation_node(relation, article_node(extraction.article)).value
        for relation in extraction.relations
        if relation.evidence.start <= place < relation.evidence.end
    }
    report = verify(store)
    assert {failure.node for failure in report.relation_failures} == touched
    assert [(one.kind, one.article) for one in report.article_failures] == [("hash", extraction.article.id)]
    assert all(one.start <= place < one.end for one in report.mention_failures)


@settings(max_examples=60, deadline=None)
@given(stores(), st.data())
def test_lost_or_added_characters_fail_what_reads_otherwise(drawn, data):
    store, known = drawn
    extraction = data.draw(st.sampled_from(known))
    text, place = extraction.article.text, data.draw(st.integers(0, len(extraction.article.text) - 1))
    added = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=2))
    changed = text[:place] + added + text[place + 1 :]
    overwrite_text(store, extraction, changed)
    report = verify(store)
    assert {failure.node for failure in report.relation_failures} == wrong_by(extraction, changed)
    assert len(report.article_failures) == (changed != text)


def test_failure_tells_words_and_place_in_the_text():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    overwrite_text(store, extraction, extraction.article.text.replace("Dunn", "Dunk"))
    [failure] = verify(store).relation_failures
    assert (failure.kind, failure.article, failure.start, failure.end) == (FailureKind.WORDS, "a1", 22, 35)
    assert (failure.said, failure.found) == ("Cy Dunn left.", "Cy Dunk left.")
    assert str(failure).startswith("in article 'a1', characters 22 to 35, Ana Bell – act 1 – Bo Cole <")


def test_evidence_beyond_the_end_of_the_text_fails():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    overwrite_text(store, extraction, extraction.article.text[:-1])
    [failure] = verify(store).relation_failures
    assert (failure.kind, failure.found) == (FailureKind.OFFSETS, None)


def test_altered_quotation_fails_though_the_text_is_sound():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    words = words_node(article_node(extraction.article), 22, 35)
    overwrite(store, words, NIF.anchorOf, ox.Literal("Cy Dunn stayed."))
    report = verify(store)
    assert [failure.kind for failure in report.relation_failures] == [FailureKind.WORDS]
    assert report.article_failures == ()


@pytest.mark.parametrize("value", [ox.Literal("soon"), ox.Literal(-3), ox.Literal(36)], ids=str)
def test_altered_offsets_fail(value):
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    overwrite(store, words_node(article_node(extraction.article), 22, 35), NIF.beginIndex, value)
    assert [failure.kind for failure in verify(store).relation_failures] == [FailureKind.OFFSETS]


def test_words_of_another_article_fail():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    words = words_node(article_node(extraction.article), 22, 35)
    overwrite(store, words, NIF.referenceContext, ox.NamedNode("https://example.org/article/2"))
    assert [failure.kind for failure in verify(store).relation_failures] == [FailureKind.CONTEXT]


ALTERED = [
    (KG.predicate, ox.Literal("deny")),
    (KG.status, KG.Negated),
    (KG.object, ox.NamedNode("https://w3id.org/actors-kg/entity/Cy_Dunn")),
    (KG.status, ox.Literal("so")),
]


@pytest.mark.parametrize(("predicate", "new"), ALTERED, ids=str)
def test_relation_that_says_something_else_fails(predicate, new):
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    node = relation_node(extraction.relations[1], article_node(extraction.article))
    overwrite(store, node, predicate, new)
    [failure] = verify(store).relation_failures
    assert (failure.kind, failure.node, failure.start) == (FailureKind.RELATION, node.value, 22)


def test_relation_that_says_two_things_fails():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    graph = article_node(extraction.article)
    node = relation_node(extraction.relations[1], graph)
    store.data.add(ox.Quad(node, KG.predicate, ox.Literal("zap"), graph))
    assert [failure.kind for failure in verify(store).relation_failures] == [FailureKind.RELATION]


def test_relation_that_is_called_none_fails():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    node = relation_node(extraction.relations[1], article_node(extraction.article))
    store.data.remove(next(store.data.quads_for_pattern(node, RDF.type, KG.Relation, None)))
    assert [failure.node for failure in verify(store).relation_failures] == [node.value]


def test_article_of_two_texts_fails():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    node = article_node(extraction.article)
    store.data.add(ox.Quad(node, NIF.isString, ox.Literal("Zoe left."), node))
    assert [failure.kind for failure in verify(store).article_failures] == [FailureKind.ARTICLE]


def test_file_that_comes_twice_is_replayed_once():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    assert verify(store, [extraction.article, extraction.article]).articles == 1


def test_relation_without_evidence_fails():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    node = relation_node(extraction.relations[1], article_node(extraction.article))
    store.data.remove(next(store.data.quads_for_pattern(node, KG.evidence, None, None)))
    assert [failure.node for failure in verify(store).relation_failures] == [node.value]


def test_article_of_another_id_or_source_fails_and_its_relations_do_not():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    overwrite(store, article_node(extraction.article), SCHEMA.identifier, ox.Literal("a2"))
    report = verify(store)
    assert [failure.kind for failure in report.article_failures] == [FailureKind.ARTICLE]
    assert report.relation_failures == ()


def test_graph_without_its_article_fails():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    node = article_node(extraction.article)
    for quad in list(store.data.quads_for_pattern(node, None, None, node)):
        store.data.remove(quad)
    report = verify(store)
    assert [failure.kind for failure in report.article_failures] == [FailureKind.ARTICLE]
    assert len(report.relation_failures) == len(SENTENCES)


def test_graph_of_another_base_agrees():
    store = Store.in_memory(base="https://example.org/")
    store.add(sentences())
    assert verify(store).agrees


def test_judging_leaves_evidence_as_it_is():
    store = Store.in_memory()
    store.add(make_extraction("Ana Bell met Bo Cole."))
    store.add(make_extraction("A. Bell met Bo Cole.", article_id="a2", ends=("A. Bell", "Bo Cole")))
    store.judge()
    assert verify(store).agrees


def test_files_are_compared_by_id():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    store.add(sentences("a2"))
    changed = replace(extraction.article, text=extraction.article.text.replace("May", "Jun"))
    report = verify(store, [changed, replace(changed, id="a9")])
    assert [(one.kind, one.article) for one in report.article_failures] == [(FailureKind.FILE, "a1")]
    assert [(one.article, one.start) for one in report.relation_failures] == [("a1", 36)]
    assert (report.not_in_graph, report.not_in_files) == (("a9",), ("a2",))
    assert (report.articles, report.relations) == (2, 6)


def test_same_files_agree():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    report = verify(store, [extraction.article])
    assert report.agrees
    assert report.not_in_files == ()


def test_sound_file_replays_relations_of_a_damaged_text():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    overwrite_text(store, extraction, extraction.article.text.replace("Dunn", "Dunk"))
    report = verify(store, [extraction.article])
    assert [failure.kind for failure in report.article_failures] == [FailureKind.HASH, FailureKind.FILE]
    assert report.relation_failures == ()


def test_report_in_json_has_failures():
    store, extraction = Store.in_memory(), sentences()
    store.add(extraction)
    overwrite_text(store, extraction, extraction.article.text.replace("Dunn", "Dunk"))
    report = json.loads(verify(store).to_json())
    assert (report["agrees"], report["relations"]) == (False, 3)
    assert report["relation_failures"][0]["kind"] == "words"


def test_progress_names_every_article():
    store, told = Store.in_memory(), []
    for name in ("a1", "a2"):
        store.add(sentences(name))
    verify(store, on_article=told.append)
    assert sorted(told) == ["a1", "a2"]


def test_damaged_data_are_told(tmp_path):
    with Store.create(tmp_path / "graph") as store:
        for number in range(30):
            store.add(sentences(f"a{number}"))
        store.data.flush()
        store.data.optimize()
    damage(tmp_path / "graph")
    with pytest.raises(StoreError, match="damaged"), Store.open(tmp_path / "graph") as store:
        verify(store)


class Unreadable:
    """A store of which one article's graph cannot be read, as of a damaged block."""

    def __init__(self, store: Store, article: ox.NamedNode, *, spared: ox.NamedNode) -> None:
        self.store, self.article, self.spared = store.data, article, spared

    def named_graphs(self):
        return self.store.named_graphs()

    def quads_for_pattern(self, subject, predicate, object_, graph):
        if graph == self.article and predicate != self.spared:
            raise RuntimeError("Corruption: block checksum mismatch")
        return self.store.quads_for_pattern(subject, predicate, object_, graph)


def test_article_that_cannot_be_read_is_named_by_its_id(monkeypatch):
    store, extraction = Store.in_memory(), sentences("a7")
    store.add(extraction)
    broken = Unreadable(store, article_node(extraction.article), spared=SCHEMA.identifier)
    monkeypatch.setattr(Store, "data", broken)
    with pytest.raises(StoreError, match=r"the article 'a7' <.*cannot be read \(Corruption"):
        verify(store)


def damage(folder: Path) -> None:
    """Overwrites bytes in the first block of each large table of the engine."""
    for file in folder.rglob("*.sst"):
        data = bytearray(file.read_bytes())
        if len(data) > 4_000:
            data[100:140] = bytes(40)
            file.write_bytes(data)
