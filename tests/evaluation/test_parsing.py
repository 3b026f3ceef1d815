from __future__ import annotations

import pytest
import spacy
from spacy.lang.en import English
from spacy.tokens import Doc

from kg.errors import EvaluationError
from kg.evaluation.parsing import gold_document, read_doc, score_pipeline
from kg.evaluation.treebanks import read_documents

TREES = """# newdoc id = d
# newpar
# sent_id = 1
1\tAna\tAna\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod:neg\t_\tSpaceAfter=No

# newpar
# sent_id = 2
1\tdu\tde+le\tADP\tIN\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_
"""
SPANS = "# sent_id = 1\nAna\tB-PER\nca\tO\nn't\tO\n\n# sent_id = 2\ndu\tO\n.\tO\n"


@pytest.fixture
def documents(tmp_path):
    (tmp_path / "t.conllu").write_text(TREES, "utf-8")
    (tmp_path / "t.iob2").write_text(SPANS, "utf-8")
    return read_documents(tmp_path / "t.conllu", tmp_path / "t.iob2")


def test_read_documents_builds_the_text(documents):
    (document,) = documents
    assert document.text == "Ana can't\n\ndu."
    assert [document.text[slice(*word.span)] for word in document.words] == ["Ana", "ca", "n't", "du", "."]
    assert document.sentences == {(0, 9), (11, 14)}
    assert document.entities == {(0, 3, "PER")}


def test_read_documents_keeps_heads_as_spans(documents):
    assert [word.head for word in documents[0].words] == [(4, 6), None, (4, 6), None, (11, 13)]


def fake_pipeline(words, heads):
    nlp = English()

    def tokenize(text):
        spaces = [text[:9], text[9:]]
        del spaces
        return Doc(
            nlp.vocab,
            words=words,
            spaces=[True, False, False, False, False, False],
            heads=heads,
            deps=["nsubj", "ROOT", "advmod", "dep", "ROOT", "punct"],
            pos=["PROPN", "AUX", "PART", "SPACE", "ADP", "PUNCT"],
            lemmas=["Ana", "can", "not", "\n\n", "x", "."],
            ents=["B-PER", "O", "O", "O", "O", "O"],
        )

    nlp.tokenizer = tokenize
    return nlp


def test_score_pipeline_counts_as_conll_does(documents):
    nlp = fake_pipeline(["Ana", "ca", "n't", "\n\n", "du", "."], [1, 1, 1, 2, 4, 4])
    scores = score_pipeline(nlp, documents)
    assert scores["words"] == scores["sentences"] == scores["upos"] == scores["las"] == 100
    assert (scores["las_full"], scores["lemma"], scores["PER"]) == (80, 80, 100)


def test_score_pipeline_wants_the_same_head(documents):
    nlp = fake_pipeline(["Ana", "ca", "n't", "\n\n", "du", "."], [1, 1, 0, 2, 4, 4])
    assert score_pipeline(nlp, documents)["uas"] == 80


def test_read_doc_leaves_white_space_out():
    doc = Doc(English().vocab, words=["a", " ", "b"], heads=[0, 0, 0], deps=["ROOT", "dep", "dep"])
    assert [word.relation for word in read_doc(doc).words] == ["root", "dep"]


def test_read_documents_finds_names_where_words_are_cut_otherwise(tmp_path):
    (tmp_path / "t.conllu").write_text(TREES, "utf-8")
    (tmp_path / "t.iob2").write_text(SPANS.replace("ca\tO\nn't\tO", "can't\tB-ORG"), "utf-8")
    (document,) = read_documents(tmp_path / "t.conllu", tmp_path / "t.iob2")
    assert document.entities == {(0, 3, "PER"), (4, 9, "ORG")}


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("# sent_id = 2", "# sent_id = 3", "lacks the sentence '# sent_id = 2'"),
        ("n't\tO", "not\tO\nx\tO", "are of another text: 'Ana ca not x'"),
    ],
    ids=["missing sentence", "other text"],
)
def test_read_documents_refuses_other_entities(tmp_path, old, new, match):
    (tmp_path / "t.conllu").write_text(TREES, "utf-8")
    (tmp_path / "t.iob2").write_text(SPANS.replace(old, new), "utf-8")
    with pytest.raises(EvaluationError, match=match):
        read_documents(tmp_path / "t.conllu", tmp_path / "t.iob2")


def test_score_pipeline_takes_any_lemma_where_gold_has_none(tmp_path):
    (tmp_path / "t.conllu").write_text(TREES.replace("ca\tcan", "ca\t_"), "utf-8")
    nlp = fake_pipeline(["Ana", "ca", "n't", "\n\n", "du", "."], [1, 1, 1, 2, 4, 4])
    assert score_pipeline(nlp, read_documents(tmp_path / "t.conllu"))["lemma"] == 80


def test_gold_document_has_the_words_and_sentences_of_gold(documents):
    (gold,) = documents
    doc = gold_document(English(), gold)
    assert doc.text == gold.text
    assert [(token.text, token.is_sent_start) for token in doc] == [
        ("Ana", True), ("ca", False), ("n't", False), ("\n\n", False), ("du", True), (".", False),
    ]  # fmt: skip


def test_score_pipeline_can_give_the_words(documents):
    nlp = spacy.blank("en")
    nlp.tokenizer = None
    scores = score_pipeline(nlp, documents, gold_words=True)
    assert scores["words"] == scores["sentences"] == 100
