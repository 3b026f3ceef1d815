"""The recipe of the weights that rank antecedents."""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc

from kg.actors.ranking import load_weights
from kg.evaluation.treebanks import Annotation, read_documents
from kg.training.coreference import Example, examples_of, fit
from tests.sentences import components, parsed

TREEBANK = """\
# newdoc id = GUM_news_example
# sent_id = 1
1\tAna\tAna\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-person-new-s-cf1-1-coref)
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_

# sent_id = 2
1\tMary\tMary\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(2-person-new-s-cf1-1-sgl)
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_

# sent_id = 3
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv:act-s-cf1-1-ana)
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_

"""
LEFT = "left=leave/VERB/0/root"


def read(tmp_path: Path) -> tuple[Doc, Annotation]:
    file = tmp_path / "gum.conllu"
    file.write_text(TREEBANK, "utf-8")
    text = f"Ana@PER/PROPN/2/nsubj {LEFT} | Mary@PER/PROPN/2/nsubj {LEFT} | She/PRON/2/nsubj {LEFT}"
    return components()[0](parsed(text)), read_documents(file)[0]


def example(label: bool, *features: str) -> Example:
    return Example(document="a", features=features, label=label)


def test_every_candidate_is_an_example_and_gold_says_which_is_right(tmp_path: Path) -> None:
    examples = list(examples_of(*read(tmp_path)))
    assert [found.label for found in examples] == [False, True]
    assert "she rank=0" in examples[0].features
    assert "she rank=1" in examples[1].features


def test_weights_tell_right_from_wrong() -> None:
    weights = fit([*[example(True, "near")] * 20, *[example(False, "far")] * 20])
    assert weights["near"] > 0 > weights["far"]


def test_rare_features_have_no_weight() -> None:
    assert "rare" not in fit([example(True, "rare"), *[example(False, "far")] * 20])


def test_shipped_weights_prefer_the_near() -> None:
    weights = load_weights()
    assert weights["he rank=0"] > weights["he rank=3"]
    assert weights["the different"] < 0
