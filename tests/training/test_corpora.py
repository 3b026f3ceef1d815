from __future__ import annotations

import pytest

from kg.errors import EvaluationError
from kg.training.corpora import read_conllu, read_corpora, read_iob2, split_fold

TREE = """# newdoc id = {name}
# sent_id = {name}-1
# text = He can't.
1\tHe\the\tPRON\tPRP\tCase=Nom|Style=Coll\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tca\tcan\tAUX\tMD\tVerbForm=Fin\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_
4\tOslo\tOslo\tPROPN\tNNP\t_\t0\troot\t_\t_
"""
SPANS = "# sent_id = {name}-1\nHe\tO\nca\tO\nn't\tO\nOslo\tB-LOC\n"
TREEBANKS = ("ewt-train", "ewt-dev", "ewt-test", "gum-train")


@pytest.fixture
def folder(tmp_path):
    for name in TREEBANKS:
        write(tmp_path / "ud" / f"{name}.conllu", TREE.format(name=name))
    for name in ("ewt-dev", "ewt-test"):
        write(tmp_path / "ner" / f"uner-{name}.iob2", SPANS.format(name=name))
    write(tmp_path / "ner" / "wikigold.iob2", "#\tO\nthe\tB-ORG\nUN\tI-ORG\n")
    return tmp_path


def write(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def test_read_conllu_takes_syntactic_words_only(folder):
    (sentence,) = read_conllu(folder / "ud" / "ewt-train.conllu")
    assert sentence.forms == ("He", "ca", "n't", "Oslo")
    assert sentence.tags == ("PRON|PRP|Case=Nom", "AUX|MD|VerbForm=Fin", "PART|RB", "PROPN|NNP")
    assert sentence.heads == (4, 4, 4, 0)


def test_read_iob2_takes_a_hash_as_a_word(folder):
    (sentence,) = read_iob2(folder / "ner" / "wikigold.iob2")
    assert sentence.forms == ("#", "the", "UN")


def test_read_corpora_never_trains_on_test(folder):
    corpora = read_corpora(folder)
    assert {s.corpus for s in corpora.train} == {"ewt-train", "gum-train", "ewt-dev", "wikigold"}
    assert {s.corpus for s in corpora.test} == {"ewt-test"}


def test_read_corpora_trains_on_no_tree_of_dev(folder):
    (sentence,) = (s for s in read_corpora(folder).train if s.corpus == "ewt-dev")
    assert sentence.heads is sentence.tags is sentence.lemmas is None
    assert sentence.entities == ("O", "O", "O", "B-LOC")


def test_read_corpora_strips_articles_of_names(folder):
    (sentence,) = (s for s in read_corpora(folder).train if s.corpus == "wikigold")
    assert sentence.entities == ("O", "O", "B-ORG")


def test_read_corpora_names_a_folder_without_treebanks(tmp_path):
    with pytest.raises(EvaluationError, match="holds no treebank"):
        read_corpora(tmp_path)


@pytest.mark.parametrize("reader", [read_conllu, read_iob2])
def test_readers_name_the_broken_line(tmp_path, reader):
    write(tmp_path / "x.txt", "\n\nbroken\n")
    with pytest.raises(EvaluationError, match="Line 3 of"):
        reader(tmp_path / "x.txt")


def test_split_fold_holds_out_dev_documents_only(folder):
    kept, held = split_fold(read_corpora(folder).train, 0)
    assert held == {"ewt-dev-1"}
    assert {s.corpus for s in kept} == {"ewt-train", "gum-train", "wikigold"}
