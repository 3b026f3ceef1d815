"""Why a relation is in a graph."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
import spacy

from kg.errors import ModelError
from kg.explanation import Explanation, NotFoundAgainError, explanation_lines, why
from kg.explanation.reasons import best_match, changes, likeness
from kg.extraction import document
from kg.types import DatePrecision, Entity, Relation
from tests.builders import make_entity, make_relation
from tests.explanation.pipelines import MET, THEN_SHE_LEFT, WrittenPipeline
from tests.seeds import seed_articles


def relations(pipeline: WrittenPipeline) -> list[Relation]:
    return list(pipeline(document(pipeline, pipeline.article))._.relations)


def explained(table: str, number: int = 0) -> Explanation:
    pipeline = WrittenPipeline(table)
    return why(pipeline, pipeline.article, relations(pipeline)[number])


def test_ends_predicate_and_sentence_stand_in_the_text():
    found, text = explained(THEN_SHE_LEFT), WrittenPipeline(THEN_SHE_LEFT).article.text
    for words in (found.evidence, found.subject.words, found.predicate, found.object.words):
        assert text[words.start : words.end] == words.text
    assert (found.subject.words.text, found.predicate.text, found.object.words.text) == (
        "Ana Bell", "met", "Bo Cole",
    )  # fmt: skip


def test_way_through_the_tree_goes_over_the_predicate():
    assert [(step.word, step.label, step.is_up) for step in explained(MET).path] == [
        ("Ana", "", False), ("met", "nsubj", True), ("Bo", "obj", False),
    ]  # fmt: skip


def test_rule_and_form_are_named():
    found = explained(MET)
    assert (found.rule, found.form.words, found.form.entry) == ("verb", "meet", "kg:meets")
    assert found.form.definition


def test_plain_statement_has_no_cue():
    assert (explained(MET).status, explained(MET).cues) == ("asserted", ())


def test_pronoun_leads_to_the_name_that_it_refers_back_to():
    found = explained(THEN_SHE_LEFT, 1)
    (link,) = found.subject.links
    assert (found.subject.kind, link.words.text, link.kind) == ("pronoun", "Ana Bell", "name")
    assert link.reason == "the pronoun refers back to it"


def test_registry_name_is_said():
    assert "in the registry “Peru” is a name of Peru" in explained(THEN_SHE_LEFT, 1).object.reason
    assert "not in the registry" in explained(THEN_SHE_LEFT, 1).subject.reason


@pytest.mark.parametrize(
    ("table", "status", "cue"),
    [
        pytest.param(THEN_SHE_LEFT, "negated", "not", id="negation"),
        pytest.param(
            "Ana@PER/PROPN/3/nsubj will/AUX/3/aux meet/VERB/0/root/VerbForm=Inf Bo@PER/PROPN/3/obj",
            "planned", "will", id="auxiliary",
        ),
        pytest.param(
            "Ana@PER/PROPN/2/nsubj refused=refuse/VERB/0/root/Tense=Past|VerbForm=Fin to/PART/4/mark "
            "meet/VERB/2/xcomp/VerbForm=Inf Bo@PER/PROPN/4/obj",
            "negated", "refused", id="governor",
        ),
        pytest.param(
            "Ana@PER/PROPN/2/nsubj left=leave/VERB/0/root/Tense=Past|VerbForm=Fin if/SCONJ/5/mark "
            "Bo@PER/PROPN/5/nsubj met=meet/VERB/2/advcl/Tense=Past|VerbForm=Fin Cy@PER/PROPN/5/obj",
            "possible", "if", id="condition",
        ),
        pytest.param(
            "Ana@PER/PROPN/2/nsubj came=come/VERB/0/root/Tense=Past|VerbForm=Fin to/PART/4/mark "
            "meet/VERB/2/advcl/VerbForm=Inf Bo@PER/PROPN/4/obj",
            "planned", "to", id="purpose",
        ),
    ],
)  # fmt: skip
def test_status_has_its_cue(table: str, status: str, cue: str):
    found = next(one for n in range(9) if (one := explained(table, n)).status == status)
    assert cue in [one.words.text for one in found.cues if one.status == status]


def test_speaker_is_explained():
    found = explained(
        "Cy@PER/PROPN/2/nsubj said=say/VERB/0/root/Tense=Past|VerbForm=Fin Ana@PER/PROPN/4/nsubj "
        "met=meet/VERB/2/ccomp/Tense=Past|VerbForm=Fin Bo@PER/PROPN/4/obj"
    )
    assert found.attribution is not None
    assert found.attribution.words.text == "Cy"


def test_date_is_explained_with_its_words():
    found = explained(MET + " on/ADP/8/case 4/NUM/8/nummod April/PROPN/3/obl 2026/NUM/8/nummod")
    assert found.time is not None
    assert (found.time.value, found.time.kind) == ("2026-04-04", "day")
    assert found.time.words is not None
    assert found.time.words.text.endswith("4 April 2026")


def test_date_is_not_explained_by_the_month_of_an_article():
    pipeline = WrittenPipeline(MET + " on/ADP/8/case 4/NUM/8/nummod April/PROPN/3/obl 2026/NUM/8/nummod")
    april = datetime.date(2026, 4, 1)
    vague = replace(pipeline.article, date=april, date_precision=DatePrecision.MONTH)
    (relation,) = relations(pipeline)
    assert why(pipeline, vague, relation).time.published is None
    assert (
        why(pipeline, replace(vague, date_precision=DatePrecision.DAY), relation).time.published
        == "2026-04-01"
    )


def test_place_is_explained():
    found = explained(MET + " in/ADP/7/case Peru@LOC/PROPN/3/obl")
    assert found.place is not None
    assert (found.place.words.text, found.place.entity) == ("Peru", "Peru")


def test_confidence_is_that_of_the_relation_and_the_strongest_weight_comes_first():
    pipeline = WrittenPipeline(MET)
    (relation,) = relations(pipeline)
    found = why(pipeline, pipeline.article, relation)
    sizes = [abs(one.weight) for one in found.weights]
    assert (found.confidence, sizes, bool(sizes)) == (relation.confidence, sorted(sizes, reverse=True), True)


def test_relation_that_is_not_drafted_any_more_is_told():
    pipeline = WrittenPipeline(MET)
    (relation,) = relations(pipeline)
    lost = replace(relation, relation_class="ASSAULT", predicate="attack", property=None)
    with pytest.raises(NotFoundAgainError, match=r"Bell – attack .* any more: it says of the two: .* – meet"):
        why(pipeline, pipeline.article, lost)


def test_relation_of_others_is_told():
    pipeline = WrittenPipeline(MET)
    (relation,) = relations(pipeline)
    lost = replace(relation, subject=make_entity("Zoe"))
    with pytest.raises(NotFoundAgainError, match="relates the two in no way"):
        why(pipeline, pipeline.article, lost)


def test_what_changed_since_is_told():
    pipeline = WrittenPipeline(MET)
    (relation,) = relations(pipeline)
    found = why(pipeline, pipeline.article, replace(relation, time="2020", confidence=0.5))
    assert found.changes == (
        "time: stored '2020', now None",
        f"confidence: stored 0.5, now {relation.confidence}",
    )
    assert ("changed since", found.changes[0]) in explanation_lines(found)


def test_merged_entity_is_found_by_its_name():
    pipeline = WrittenPipeline(MET)
    (relation,) = relations(pipeline)
    merged = Entity(id="other", name="A. Bell", type=relation.subject.type, aliases=(relation.subject.name,))
    assert why(pipeline, pipeline.article, replace(relation, subject=merged)).predicate.text == "met"


def test_symmetric_relation_is_found_either_way():
    pipeline = WrittenPipeline(MET)
    (relation,) = relations(pipeline)
    swapped = replace(relation, subject=relation.object, object=relation.subject)
    assert why(pipeline, pipeline.article, swapped).changes == ()


def test_likest_draft_is_taken():
    ends = make_entity("Ana"), make_entity("Bo")
    article = WrittenPipeline(MET).article
    one = make_relation(article, ends[0], "meet", ends[1], confidence=0.9)
    other = make_relation(article, ends[0], "discuss", ends[1], property="talksWith", confidence=0.1)
    assert best_match([("one", one), ("other", other)], other) == ("other", other)
    assert likeness(one, other) < likeness(other, other)
    assert changes(other, other) == ()


def test_foreign_pipeline_is_refused():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer", name="kg_relations")
    pipeline = WrittenPipeline(MET)
    with pytest.raises(ModelError, match=r"use kg\.extraction\.load"):
        why(nlp, pipeline.article, relations(pipeline)[0])


def test_lines_name_every_step():
    headings = [heading for heading, _ in explanation_lines(explained(THEN_SHE_LEFT, 1)) if heading]
    assert headings == [
        "relation", "article", "sentence", "subject", "object", "predicate", "tree", "rule", "meaning",
        "status", "said by", "time", "place", "confidence",
    ]  # fmt: skip


@pytest.mark.model
def test_every_relation_of_the_seeds_is_found_again():
    import kg

    nlp = kg.load()
    found = [
        why(nlp, article, relation)
        for article in seed_articles()
        for relation in kg.extract(nlp, article).relations
    ]
    assert len(found) > 30
    assert [one.changes for one in found if one.changes] == []
    assert [one.statement for one in found if one.status != "asserted" and not one.cues] == []
    assert all(line for one in found for _, line in explanation_lines(one))
