"""From drafts to relations: pairs, place, attribution, evidence, and which of equal ones stays."""

from __future__ import annotations

import datetime

import pytest
import spacy
from spacy.tokens import Doc

from kg.relations.scene import Scene
from kg.relations.statements import Relations, attribution_of, evidence_of
from kg.types import Article, Relation, Status
from tests.sentences import parsed, scene_of, with_entities

ARTICLE = Article(id="a1", text="", date=datetime.date(2023, 5, 10))
MET = """Ana@PER/PROPN/2/nsubj met=meet/VERB/0/root/Tense=Past|VerbForm=Fin Bo@PER/PROPN/2/obj in/ADP/5/case
    Peru/PROPN/2/obl"""
BOTH = """Ana@PER/PROPN/4/nsubj and/CCONJ/3/cc Bo@PER/PROPN/1/conj arrived=arrive/VERB/0/root |
    Both/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur condemned=condemn/VERB/0/root Peru/PROPN/3/obj"""
BOTH_MET = """Ana@PER/PROPN/4/nsubj and/CCONJ/3/cc Bo@PER/PROPN/1/conj arrived=arrive/VERB/0/root |
    Both/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur met=meet/VERB/0/root"""
SAID = """Peru/PROPN/2/nsubj said=say/VERB/0/root Chile/PROPN/4/nsubj attacked=attack/VERB/2/ccomp
    Bolivia/PROPN/4/obj"""
SAID_OF_ITSELF = """Peru/PROPN/2/nsubj said=say/VERB/0/root it/PRON/4/nsubj supports=support/VERB/2/ccomp
    Bolivia/PROPN/4/obj"""
NOT_MET = """Ana@PER/PROPN/4/nsubj did=do/AUX/4/aux not/PART/4/advmod meet/VERB/0/root Bo@PER/PROPN/4/obj"""


def component(threshold: float = 0.0) -> Relations:
    return Relations(spacy.blank("en"), "kg_relations", threshold)


def document(text: str) -> Doc:
    return with_entities(parsed(text), article=ARTICLE)


def relations(text: str) -> tuple[Relation, ...]:
    """All relations of a document, however unsure."""
    return component().predict(document(text))


def ends(relation: Relation) -> tuple[str, str, str]:
    return relation.subject.name, str(relation.property), relation.object.name


def test_relation_has_its_parts() -> None:
    (relation,) = [found for found in relations(MET) if found.property == "meets"]
    assert (relation.subject.name, relation.predicate, relation.object.name) == ("Ana", "meet", "Bo")
    assert (relation.status, relation.relation_class, relation.symmetric) == ("asserted", "CONSULT", True)


def test_negation_is_a_status() -> None:
    assert [relation.status for relation in relations(NOT_MET)] == [Status.NEGATED]


def test_plural_subject_gives_a_relation_each() -> None:
    found = {ends(relation)[::2] for relation in relations(BOTH) if relation.object.name == "Peru"}
    assert found == {("Ana", "Peru"), ("Bo", "Peru")}


def test_plural_alone_meets_within() -> None:
    assert ("Ana", "meets", "Bo") in [ends(relation) for relation in relations(BOTH_MET)]


def test_threshold_leaves_out_the_unsure() -> None:
    assert component(1.01).predict(document(MET)) == ()


def test_stated_gives_also_what_the_threshold_leaves_out() -> None:
    assert [relation.property for _, relation in component(1.01).stated(document(MET))]


def test_component_sets_the_extension() -> None:
    doc = component()(document(MET))
    assert doc._.relations == component().predict(doc)


def test_relations_are_in_the_order_of_their_evidence() -> None:
    starts = [relation.evidence.start for relation in relations(f"{MET} | {NOT_MET} | {SAID}")]
    assert starts == sorted(starts)


def test_speaker_is_the_source() -> None:
    (attack,) = [relation for relation in relations(SAID) if relation.object.name == "Bolivia"]
    assert attack.attribution is not None
    assert attack.attribution.name == "Peru"


def test_who_speaks_of_himself_is_the_source_too() -> None:
    scene = scene_of(SAID_OF_ITSELF)
    source = attribution_of(scene, scene.doc[3])
    assert source is not None
    assert source.name == "Peru"


def test_title_is_attributed_to_nobody() -> None:
    text = """Peru/PROPN/2/nsubj said=say/VERB/0/root Chilean/ADJ/4/amod President/NOUN/5/nmod:desc
        Ana@PER/PROPN/6/nsubj left=leave/VERB/2/ccomp"""
    (post,) = [relation for relation in relations(text) if relation.relation_class == "HOLDS_POSITION"]
    assert post.attribution is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ana left. Bo stayed.", id="two sentences"),
        pytest.param("  Ana left.\n\nBo stayed.\n", id="white space around"),
        pytest.param("“Ana left!” 🙂 Bo stayed.", id="beyond the first plane"),
    ],
)
def test_evidence_reproduces_the_sentence(text: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for sentence in nlp(text).sents:
        evidence = evidence_of(sentence)
        assert evidence.text == text[evidence.start : evidence.end] == sentence.text.strip()


def test_scene_of_an_empty_document_states_nothing() -> None:
    doc = with_entities(spacy.blank("en")(""))
    assert Scene(doc).doc is doc
    assert component().predict(doc) == ()
