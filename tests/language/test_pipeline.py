from __future__ import annotations

import pytest
import spacy
from thinc.api import Config

from kg.errors import ModelError
from kg.language import pipeline


def test_load_leaves_out_what_is_excluded():
    assert "kg_annotator" not in pipeline.load(exclude=["kg_annotator"]).pipe_names


def test_load_leaves_out_what_is_not_registered(monkeypatch, tmp_path, caplog):
    text = '[nlp]\nlang = "en"\npipeline = ["kg_layout", "later"]\n[components]\n'
    text += '[components.kg_layout]\nfactory = "kg_layout"\n[components.later]\nfactory = "kg_unheard_of"\n'
    (tmp_path / "pipeline.cfg").write_text(text, "utf-8")
    monkeypatch.setattr(pipeline, "CONFIG", tmp_path / "pipeline.cfg")
    assert pipeline.load().pipe_names == ["kg_layout"]
    assert "later" in caplog.text


def test_load_says_where_there_are_no_weights(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        pipeline.load(tmp_path)


def test_load_wants_a_thread():
    with pytest.raises(ModelError, match="0 threads"):
        pipeline.load(threads=0)


def test_every_component_of_the_configuration_is_set_up():
    config = Config().from_disk(pipeline.CONFIG)
    assert set(config["nlp"]["pipeline"]) == set(config["components"])


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load(exclude=_later_components())


def _later_components():
    names = Config().from_disk(pipeline.CONFIG)["nlp"]["pipeline"]
    return [name for name in names if name not in ("kg_layout", "kg_annotator", "kg_pairs")]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("The minister met the ambassador.", ("minister", "meet", "ambassador")),
        ("Norway and Sweden signed a treaty.", ("Norway", "sign", "treaty")),
        ("The two countries concluded an agreement.", ("country", "conclude", "agreement")),
        ("They planned talks.", ("they", "plan", "talk")),
    ],
)
def test_parse_finds_subject_and_object(nlp, text, triple):
    doc = nlp(text)
    (verb,) = [token for token in doc if token.dep_ == "ROOT"]
    subject = next(token for token in verb.children if token.dep_ == "nsubj")
    found = next(token for token in verb.children if token.dep_ == "obj")
    assert (subject.lemma_, verb.lemma_, found.lemma_) == triple


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Chancellor Angela Merkel visited Norway.", {("Angela Merkel", "PER"), ("Norway", "LOC")}),
        ("The Serbia-Kosovo talks failed.", {("Serbia", "LOC"), ("Kosovo", "LOC")}),
        ("The British government left the European Union.", {("European Union", "ORG")}),
        ("GENEVA — Talks began.", {("GENEVA", "LOC")}),
    ],
)
def test_entities_are_named(nlp, text, entities):
    assert {(ent.text, ent.label_) for ent in nlp(text).ents} == entities


@pytest.mark.model
def test_every_sentence_has_one_root(nlp):
    doc = nlp("A title without a verb\n\nGENEVA (AP) — It began. It ended\u2026 didn't it?\n\n\n  Yes!\n")
    assert all(sum(token.head == token for token in sent) == 1 for sent in doc.sents)


@pytest.mark.model
@pytest.mark.slow
def test_saved_pipeline_reads_the_same(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    text = "The minister met the co-founder of Oxfam in Oslo."
    assert spacy.load(tmp_path)(text).to_json() == nlp(text).to_json()
