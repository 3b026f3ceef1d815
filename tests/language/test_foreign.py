from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

import kg.extraction
from kg.errors import ModelError
from kg.language.foreign import load_foreign, pipeline_version
from kg.language.weights import model_version, write_weights
from kg.types import Article

_CLEAR = ("ROOT", "nsubj", "dobj", "prep", "pobj", "punct")
_TYPES = ("PERSON", "GPE", "NORP")
_TAGGED = ["token.tag", "token.pos", "token.morph", "token.lemma"]


class ToyParser:
    """Reads any text as `A met B.` in the scheme of spaCy's pipelines."""

    def __init__(self, labels):
        self.labels = labels

    def __call__(self, doc: Doc) -> Doc:
        heads = [min(1, len(doc) - 1)] * len(doc)
        deps = ["nsubj", "ROOT", "dobj", *["punct"] * len(doc)][: len(doc)]
        read = Doc(doc.vocab, words=[token.text for token in doc], heads=heads, deps=deps)
        return doc.from_array(["HEAD", "DEP"], read.to_array(["HEAD", "DEP"]))


class ToyNames:
    """Takes capitalised words for persons."""

    def __init__(self, labels):
        self.labels = labels

    def __call__(self, doc: Doc) -> Doc:
        doc.ents = [Span(doc, t.i, t.i + 1, label="PERSON") for t in doc if t.is_title]
        return doc


class ToyTagger:
    """Tags `A met B.`"""

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.pos_ = "PROPN" if token.is_title else "VERB" if token.is_alpha else "PUNCT"
            token.lemma_ = "meet" if token.text == "met" else token.text
        return doc


@Language.factory("toy_parser", assigns=["token.dep", "token.head"], default_config={"labels": list(_CLEAR)})
def make_parser(nlp, name, labels: list[str]):
    return ToyParser(labels)


@Language.factory("toy_names", assigns=["doc.ents"], default_config={"labels": list(_TYPES)})
def make_names(nlp, name, labels: list[str]):
    return ToyNames(labels)


@Language.factory("toy_tagger", assigns=_TAGGED)
def make_tagger(nlp, name):
    return ToyTagger()


@pytest.fixture
def saved(tmp_path):
    """Saves a pipeline of some components, each a name or a name with its settings; gives its folder."""

    def save(*components, lang="en"):
        nlp = spacy.blank(lang)
        for component in components:
            name, config = component if isinstance(component, tuple) else (component, {})
            nlp.add_pipe(name, config=config)
        nlp.to_disk(tmp_path / "pipeline")
        return str(tmp_path / "pipeline")

    return save


def test_components_stand_around_those_of_the_pipeline(saved):
    path = saved("toy_tagger", "toy_parser", "toy_names")
    names = ["kg_layout", "toy_tagger", "toy_parser", "toy_names", "kg_clear", "kg_pairs"]
    assert load_foreign(path).pipe_names == names


def test_components_need_only_what_was_assigned_before(saved):
    problems = load_foreign(saved("toy_tagger", "toy_parser", "toy_names")).analyze_pipes()["problems"]
    assert not any(problems.values())


def test_scheme_is_known_from_the_parser(saved):
    nlp = load_foreign(saved("toy_tagger", "toy_parser", "toy_names"))
    assert nlp.get_pipe_config("kg_clear")["scheme"] == "clear"


def test_universal_scheme_is_known_from_the_parser(saved):
    parser = ("toy_parser", {"labels": ["nsubj", "obj", "obl", "case"]})
    assert load_foreign(saved(parser, "toy_names")).get_pipe_config("kg_clear")["scheme"] == "universal"


def test_parser_without_labels_leaves_the_scheme_to_documents(saved):
    nlp = load_foreign(saved(("toy_parser", {"labels": []}), "toy_names"))
    assert nlp.get_pipe_config("kg_clear")["scheme"] == "auto"


def test_text_is_annotated_in_our_schemes(saved):
    doc = load_foreign(saved("toy_tagger", "toy_parser", "toy_names"))("Merkel met Macron.")
    assert [token.dep_ for token in doc] == ["nsubj", "ROOT", "obj", "punct"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Merkel", "PER"), ("Macron", "PER")]


def test_pipeline_that_was_saved_with_our_components_is_not_completed_twice(saved):
    path = saved("kg_layout", "toy_parser", "toy_names", "kg_clear", "kg_pairs")
    assert load_foreign(path).pipe_names == ["kg_layout", "toy_parser", "toy_names", "kg_clear", "kg_pairs"]


@pytest.mark.parametrize("present", [(), ("kg_clear",), ("kg_pairs",)], ids=["none", "clear", "pairs"])
def test_components_stand_before_those_of_extraction(saved, present):
    path = saved("toy_parser", "toy_names", *present, *kg.extraction.COMPONENTS)
    names = ["kg_layout", "toy_parser", "toy_names", "kg_clear", "kg_pairs", *kg.extraction.COMPONENTS]
    assert load_foreign(path).pipe_names == names


# Ours, saved.

OURS = ["kg_layout", "kg_annotator", "kg_pairs"]


@pytest.fixture
def ours(tmp_path):
    """The folder of a pipeline of ours, with the components of extraction."""
    pytest.importorskip("onnx", reason="the fake network is built with onnx (extra train)")
    from tests.language.fakes import fake_files

    write_weights(tmp_path / "weights", fake_files())
    kg.extraction.load(tmp_path / "weights").to_disk(tmp_path / "ours")
    return tmp_path / "ours"


def test_pipeline_of_ours_stays(ours):
    assert load_foreign(str(ours)).pipe_names == [*OURS, *kg.extraction.COMPONENTS]


def test_pipeline_of_ours_has_the_version_of_its_weights(ours, tmp_path):
    assert pipeline_version(load_foreign(str(ours))) == model_version(tmp_path / "weights")


def test_version_is_the_name_and_version_of_a_pipeline(saved):
    assert pipeline_version(load_foreign(saved("toy_parser", "toy_names"))) == "en_pipeline 0.0.0"


@pytest.mark.slow
def test_pipeline_of_ours_is_loaded_where_nothing_else_is_imported(ours):
    code = "import sys, kg.language.foreign as f; print(f.load_foreign(sys.argv[1]).pipe_names)"
    done = subprocess.run([sys.executable, "-c", code, ours], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(OURS)


def test_components_that_are_not_registered_are_left_out(monkeypatch, ours):
    has_factory = Language.has_factory

    def has_other_factory(_, name):
        return name not in kg.extraction.COMPONENTS and has_factory(name)

    monkeypatch.setattr(Language, "has_factory", classmethod(has_other_factory))
    assert load_foreign(str(ours)).pipe_names == OURS


# What a pipeline lacks.


def test_lacks_are_one_warning(saved, caplog):
    path = saved("toy_parser", "toy_names")
    load_foreign(path)
    (record,) = [record for record in caplog.records if record.name == "kg.language.foreign"]
    assert record.levelno == logging.WARNING
    assert record.getMessage() == (
        f"The spaCy pipeline {path!r} lacks a tagger (token.tag), parts of speech (token.pos), morphological "
        "features (token.morph), a lemmatizer (token.lemma), sentence ends (token.is_sent_start), vectors of "
        "words in their context (doc.tensor)."
    )


def test_attribute_ruler_counts_as_parts_of_speech(saved, caplog):
    load_foreign(saved("attribute_ruler", "toy_parser", "toy_names"))
    assert "parts of speech" not in caplog.text
    assert "lemmatizer" in caplog.text


def test_unknown_entity_types_are_told(saved, caplog):
    load_foreign(saved("toy_parser", ("toy_names", {"labels": ["PERSON", "GENE"]})))
    assert "left out: GENE" in caplog.text


@pytest.mark.parametrize(
    ("components", "message"),
    [
        ([], r"lacks a parser \(token.dep\) and named entities \(doc.ents\), so that nothing"),
        (["toy_names"], r"lacks a parser \(token.dep\), so"),
        (["toy_parser"], r"lacks named entities \(doc.ents\), so"),
        ([("toy_parser", {"labels": ["SUBJ", "OBJ"]}), "toy_names"], r"labels \(OBJ, SUBJ, …\) neither"),
        (["toy_parser", ("toy_names", {"labels": ["GENE"]})], r"None of the entity types .* \(GENE\)"),
    ],
    ids=["blank", "no parser", "no names", "unknown scheme", "unknown types"],
)
def test_useless_pipeline_is_refused(saved, components, message):
    with pytest.raises(ModelError, match=message):
        load_foreign(saved(*components))


def test_other_language_is_refused(saved):
    with pytest.raises(ModelError, match="language 'de'"):
        load_foreign(saved("toy_parser", "toy_names", lang="de"))


def test_package_that_is_not_installed_is_told():
    with pytest.raises(
        ModelError, match=r"'en_core_web_absent' cannot be loaded .*E050.* install its package"
    ):
        load_foreign("en_core_web_absent")


def test_folder_that_is_no_pipeline_is_told(tmp_path):
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_foreign(str(tmp_path))


@pytest.mark.parametrize("package", ["typer", "numpy"])
def test_package_that_is_no_pipeline_is_told(package):
    with pytest.raises(ModelError, match=f"'{package}' cannot be loaded .* install its package"):
        load_foreign(package)


@pytest.mark.parametrize(
    ("file", "content", "cause"),
    [
        ("tokenizer", "", ValueError),
        ("vocab/vectors", "", EOFError),
        ("vocab/strings.json", "5", TypeError),
    ],
)
def test_damaged_folder_is_told(saved, file, content, cause):
    path = saved("toy_parser", "toy_names")
    (Path(path) / file).write_text(content, "utf-8")
    with pytest.raises(ModelError, match=r"cannot be loaded .* give the folder") as caught:
        load_foreign(path)
    assert isinstance(caught.value.__cause__, cause)


def test_folder_with_a_broken_configuration_is_told(saved, tmp_path):
    path = saved("toy_parser", "toy_names")
    config = tmp_path / "pipeline" / "config.cfg"
    config.write_text(config.read_text("utf-8").replace('"toy_names"', '"unheard_of"'), "utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_foreign(path)


# In the place of ours.


def test_extraction_takes_the_pipeline(saved):
    nlp = kg.extraction.load(pipeline=saved("toy_tagger", "toy_parser", "toy_names"))
    found = kg.extraction.extract(nlp, Article(id="a1", text="Merkel met Macron."))
    assert [(r.subject.id, r.property, r.object.id) for r in found.relations] == [
        ("Angela_Merkel", "meets", "Emmanuel_Macron")
    ]


def test_graph_is_built_with_the_pipeline(saved, tmp_path):
    (tmp_path / "a1.txt").write_text("Merkel met Macron.", "utf-8")
    path = saved("toy_tagger", "toy_parser", "toy_names")
    graph = kg.build(tmp_path / "a1.txt", tmp_path / "graph", kg.BuildOptions(pipeline=path))
    assert list(graph.relations(subject="Merkel").property) == ["meets"]


def test_extraction_does_not_take_weights_too(tmp_path):
    with pytest.raises(ModelError, match="not both"):
        kg.extraction.load(tmp_path, pipeline="en_core_web_sm")
