"""Where a relation was lost."""

from __future__ import annotations

import pytest

from kg.explanation import Refusal, Stage, refusal_lines, why_not
from tests.explanation.pipelines import MET, THEN_SHE_LEFT, WrittenPipeline

NO_RULE = (
    "Ana@PER/PROPN/2/nsubj slept=sleep/VERB/0/root/Tense=Past|VerbForm=Fin while/SCONJ/5/mark "
    "Bo@PER/PROPN/5/nsubj ate=eat/VERB/2/advcl/Tense=Past|VerbForm=Fin"
)
APART = MET + " | Peru@LOC/PROPN/2/nsubj won=win/VERB/0/root/Tense=Past|VerbForm=Fin"


def refusal(table: str, one: str, other: str, **options: float) -> Refusal:
    pipeline = WrittenPipeline(table, **options)
    return why_not(pipeline, pipeline.article, one, other)


@pytest.mark.parametrize(
    ("table", "ends", "stage"),
    [
        pytest.param(MET, ("Ana", "Zoe"), Stage.MENTION, id="no words"),
        pytest.param(MET, ("met", "Bo"), Stage.MENTION, id="words that are no mention"),
        pytest.param(MET, ("Ana Bell", "Bell"), Stage.ENTITY, id="one entity"),
        pytest.param(APART, ("Bo Cole", "Peru"), Stage.SENTENCE, id="never together"),
        pytest.param(NO_RULE, ("Ana", "Bo"), Stage.DRAFT, id="no rule"),
        pytest.param(MET, ("Ana Bell", "Bo Cole"), Stage.KEPT, id="kept"),
        pytest.param(MET, ("Bo", "Ana"), Stage.KEPT, id="kept, by parts of names, the other way"),
        pytest.param(THEN_SHE_LEFT, ("Ana", "Peru"), Stage.KEPT, id="together by a pronoun"),
    ],
)
def test_stage(table: str, ends: tuple[str, str], stage: Stage):
    assert refusal(table, *ends).stage is stage


def test_relation_that_is_not_sure_enough_is_told_with_its_features():
    found = refusal(MET, "Ana", "Bo", threshold=1.0)
    assert found.stage is Stage.CONFIDENCE
    assert "is below 1." in found.message
    assert any("rule=verb" in detail or "class=CONSULT" in detail for detail in found.details)


def test_words_that_are_no_mention_are_told_with_their_tags():
    found = refusal(MET, "met", "Bo")
    assert (
        found.message == "The words 'met' stand at character 9, but were taken for no mention of that name."
    )
    assert found.details == ("“met” was tagged VERB, ROOT, in no name",)


def test_words_that_were_read_as_another_are_told():
    found = refusal(THEN_SHE_LEFT, "She", "Zoe")
    assert "“She” was read as a pronoun of 'Ana Bell'" in found.details


def test_missing_name_gives_the_likeliest():
    assert refusal(MET, "Anna Bell", "Bo").details == ("the article has 'Ana Bell'",)


def test_sentences_of_both_are_numbered():
    assert refusal(APART, "Bo Cole", "Peru").details == (
        "'Bo Cole' is mentioned in the sentences 1 of 2",
        "'Peru' is mentioned in the sentences 2 of 2",
    )


def test_way_through_the_tree_is_shown():
    assert refusal(NO_RULE, "Ana", "Bo").details[1].strip() == "Ana ←nsubj– slept –advcl→ ate –nsubj→ Bo"


def test_registry_knows_other_names():
    assert refusal(THEN_SHE_LEFT, "Ana", "Peruvian").stage is Stage.KEPT


def test_lines_begin_with_the_stage():
    lines = refusal_lines(refusal(APART, "Bo Cole", "Peru"))
    assert lines[0][0] == "sentence"
    assert [heading for heading, _ in lines[1:]] == ["", ""]
