from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
from spacy.lang.en import English

import kg.language.layout  # noqa: F401  # registers the factory
from kg.errors import ModelError
from kg.language import weights
from kg.language.annotator import Annotator

pytest.importorskip("onnx", reason="the fake network is built with onnx (extra train)")
from tests.language.fakes import LABELS, fake_files


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("weights")
    weights.write_weights(path, fake_files())
    return path


@pytest.fixture
def nlp(folder):
    nlp = English()
    nlp.add_pipe("kg_layout")
    nlp.add_pipe("kg_annotator").from_disk(folder)
    return nlp


def test_annotator_sets_every_layer(nlp):
    doc = nlp("cats see mice")
    assert [token.head.i for token in doc] == [0, 0, 1]
    assert [token.dep_ for token in doc] == ["ROOT", "dep", "dep"]
    assert (doc[0].pos_, doc[0].tag_, str(doc[0].morph)) == ("NOUN", "NN", "Number=Sing")
    assert [token.lemma_ for token in doc] == ["cat", "see", "mice"]
    assert doc.tensor.shape == (3, 4)
    assert doc.has_annotation("ENT_IOB")


def test_annotator_respects_preset_starts(nlp):
    doc = nlp("a title\n\nthe text")
    assert [sent.text.strip() for sent in doc.sents] == ["a title", "the text"]


def test_annotator_hangs_white_space_on_the_word_before(nlp):
    doc = nlp("a title\n\nthe text")
    assert (doc[2].pos_, doc[2].tag_, doc[2].dep_, doc[2].head.i) == ("SPACE", "_SP", "dep", 1)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "  a", "a  "])
def test_annotator_takes_any_text(nlp, text):
    doc = nlp(text)
    assert (doc.text, doc.has_annotation("DEP")) == (text, True)


def test_annotator_pipe_gives_what_single_calls_give(nlp):
    texts = ["one two", "a b c d e f. g h", "", "x\n\ny z"] * 3
    piped = [doc.to_json() for doc in nlp.pipe(texts, batch_size=5)]
    assert piped == [nlp(text).to_json() for text in texts]


def test_annotator_survives_bytes_and_disk(nlp, tmp_path):
    again = English()
    again.add_pipe("kg_annotator").from_bytes(nlp.get_pipe("kg_annotator").to_bytes())
    again.to_disk(tmp_path)
    annotator = Annotator(English()).from_disk(tmp_path / "kg_annotator")
    assert annotator.to_bytes() == nlp.get_pipe("kg_annotator").to_bytes()


def test_annotator_forgets_nothing_after_a_memory_zone(nlp):
    with nlp.memory_zone():
        assert nlp("zorbs")[0].lemma_ == "zorbs"
    assert [token.lemma_ for token in nlp("zorbs cats")] == ["zorbs", "cat"]


def test_annotator_can_be_pickled(nlp):
    annotator = pickle.loads(pickle.dumps(nlp.get_pipe("kg_annotator")))
    assert annotator.to_bytes() == nlp.get_pipe("kg_annotator").to_bytes()


def test_annotator_leaves_vectors_out_when_told_so(folder):
    nlp = English()
    nlp.add_pipe("kg_annotator", config={"vectors": False}).from_disk(folder)
    assert not nlp("a b").tensor.any()


@pytest.mark.slow
def test_annotator_runs_in_two_processes(nlp):
    texts = ["one two", "three"] * 4
    assert [len(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=2)] == [2, 1] * 4


def test_annotator_gives_trees_where_a_sentence_is_too_long_for_the_network(nlp):
    doc = nlp("cat " * 700)
    assert all(token.head.sent == token.sent for token in doc)
    assert len(list(doc.sents)) > 1


def test_annotator_annotates_each_word_of_a_long_paragraph(nlp):
    doc = nlp("a cat sat. " * 60)
    assert doc.tensor.any(axis=1).all()
    assert all(token.pos_ == "NOUN" for token in doc)


@pytest.mark.parametrize("space", ["  ", " \t", "\xa0 "], ids=["two spaces", "tab", "no-break space"])
def test_annotator_takes_white_space_into_a_name(folder, space):
    nlp = English()
    annotator = nlp.add_pipe("kg_annotator").from_disk(folder)
    doc = nlp.make_doc(f"joe{space}biden ran")
    ((window, parse),) = annotator.predict([doc])[0]
    labels = [LABELS["entities"].index(label) for label in ("B-PER", "I-PER", "O")]
    annotator.set_annotations([doc], [[(window, replace(parse, entities=np.array(labels)))]])
    assert [ent.text for ent in doc.ents] == [f"joe{space}biden"]


@pytest.mark.slow
def test_annotator_with_threads_runs_in_two_processes(folder):
    nlp = English()
    nlp.add_pipe("kg_annotator", config={"threads": 2}).from_disk(folder)
    nlp("cats see mice")
    found = [doc[0].lemma_ for doc in nlp.pipe(["cats", "cats"], n_process=2, batch_size=1)]
    assert found == ["cat", "cat"]


@pytest.mark.parametrize(
    ("config", "match"),
    [
        ({"threads": 0}, r"threads = 0"),
        ({"repeated": 7.0}, r"repeated = 7\.0"),
        ({"windows": {"overlap": -5}}, r"overlap = -5"),
        ({"windows": {"width": 3}}, r"knows no windows\.width"),
    ],
    ids=["threads", "repeated", "overlap", "unknown"],
)
def test_annotator_refuses_settings_that_cannot_be(config, match):
    with pytest.raises(ModelError, match=match):
        English().add_pipe("kg_annotator", config=config)
