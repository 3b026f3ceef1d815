"""Chains that GUM annotates, and those that clusters and the baseline give."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.errors import EvaluationError
from kg.evaluation.baseline import baseline_groups
from kg.evaluation.chains import by_head, by_span, clusters_of, found_chains, gold_chains
from kg.evaluation.resolvers import evaluate_resolvers, resolve, score
from kg.evaluation.treebanks import Annotation, read_documents
from tests.sentences import parsed, with_entities

LEFT = "left=leave/VERB/0/root"
TREEBANK = """\
# newdoc id = GUM_news_example
# sent_id = GUM_news_example-1
1\tMayor\tmayor\tNOUN\tNN\t_\t5\tnsubj\t_\tEntity=(1-person-new-s-cf1-1,2-coref
2\tAna\tAna\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_
4\tLima\tLima\tPROPN\tNNP\t_\t1\tnmod\t_\tEntity=(2-place-new-s-cf2-1-sgl)1)
5\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# sent_id = GUM_news_example-2
1\tShe\tshe\tPRON\tPRP\t_\t3\tnsubj\t_\tEntity=(1-person-giv:act-s-cf1-1-ana)
2\tand\tand\tCCONJ\tCC\t_\t3\tcc\t_\t_
3\tspoke\tspeak\tVERB\tVBD\t_\t0\troot\t_\tEntity=(3-event-new-s-cf1-1-disc)
4\tthat\tthat\tPRON\tDT\t_\t3\tobj\t_\tEntity=(3-event-giv:act-s-cf1-1-disc)

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    (tmp_path / "ud").mkdir()
    file = tmp_path / "ud" / "gum-test.conllu"
    file.write_text(TREEBANK, "utf-8")
    return file


@pytest.fixture
def gold(treebank: Path) -> Annotation:
    return read_documents(treebank)[0]


def texts(document: Annotation) -> list[list[str]]:
    return [[document.text[slice(*place.span)] for place in chain] for chain in gold_chains(document)]


def test_gold_chains_are_those_of_identity_with_two_mentions(gold: Annotation) -> None:
    assert gold.name == "GUM_news_example"
    assert texts(gold) == [["Mayor Ana of Lima", "She"]]


def test_heads_are_those_of_the_tree(gold: Annotation) -> None:
    assert [gold.text[slice(*place.head)] for place in gold_chains(gold)[0]] == ["Mayor", "She"]


def chains(doc: Doc, groups: list[list[int]]) -> list[list[str]]:
    return [[doc.text[slice(*place.span)] for place in chain] for chain in found_chains(doc, groups)]


def test_found_mention_has_the_words_of_its_subtree() -> None:
    doc = parsed(f"""In/ADP/4/case the/DET/4/det new/ADJ/4/amod law/NOUN/8/obl of/ADP/6/case
        Peru/PROPN/4/nmod they/PRON/8/nsubj {LEFT}""")
    assert chains(doc, [[3, 6]]) == [["the new law of Peru", "they"]]


def test_found_mention_stops_at_apposition_and_row() -> None:
    doc = parsed(f"""Ana/PROPN/7/nsubj ,/PUNCT/4/punct the/DET/4/det mayor/NOUN/1/appos and/CCONJ/6/cc
        Bo/PROPN/1/conj {LEFT}""")
    assert chains(doc, [[0, 3]]) == [["Ana", "the mayor"]]


def test_what_is_said_of_a_subject_is_no_mention() -> None:
    doc = parsed("Ana/PROPN/4/nsubj is=be/AUX/4/cop the/DET/4/det mayor/NOUN/0/root")
    assert chains(doc, [[0, 3]]) == [["Ana"]]


def test_title_and_name_are_one_mention() -> None:
    doc = parsed(f"President/NOUN/2/nmod:desc Ana/PROPN/3/nsubj {LEFT}")
    assert chains(doc, [[0, 1]]) == [["President Ana"]]


def test_plurals_of_the_same_parts_are_one_chain() -> None:
    two = f"Ana@PER/PROPN/4/nsubj and/CCONJ/3/cc Bo@PER/PROPN/1/conj {LEFT}"
    both = f"Both/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur {LEFT}"
    doc = with_entities(parsed(f"{two} | {both} | They/PRON/2/nsubj {LEFT}"))
    assert [5, 7] in clusters_of(doc)


def test_matches_by_words_and_by_heads(gold: Annotation) -> None:
    places = gold_chains(gold)
    assert (0, 17) in by_span(places)[0]
    assert ((0, 5), False) in by_head(places)[0]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        pytest.param(f"Ana/PROPN/2/nsubj {LEFT} | Ana/PROPN/2/nsubj {LEFT}", [[0, 2]], id="same name"),
        pytest.param(f"Ana/PROPN/2/nsubj {LEFT} | Bo/PROPN/2/nsubj {LEFT}", [[0], [2]], id="other name"),
        pytest.param(
            f"Ana@PER/PROPN/2/nsubj {LEFT} | She/PRON/2/nsubj {LEFT}", [[0, 2]], id="nearest that agrees"
        ),
        pytest.param(f"Ana@PER/PROPN/2/nsubj {LEFT} | It/PRON/2/nsubj {LEFT}", [[0], [2]], id="disagrees"),
        pytest.param(
            f"rains=rain/NOUN/2/nsubj/Number=Plur {LEFT} | They/PRON/2/nsubj {LEFT}", [[0, 2]], id="number"
        ),
        pytest.param(f"I/PRON/2/nsubj {LEFT} | My/PRON/2/nsubj {LEFT}", [[0, 2]], id="first person"),
        pytest.param(f"law/NOUN/2/nsubj {LEFT} | law/NOUN/2/nsubj {LEFT}", [[0], [2]], id="nouns stay apart"),
    ],
)
def test_baseline(text: str, groups: list[list[int]]) -> None:
    assert baseline_groups(parsed(text)) == groups


class Fake:
    """A pipeline that reads every text as the same hand-made document."""

    def pipe(self, texts: object) -> list[Doc]:
        ana = "Mayor/NOUN/2/nmod:desc Ana@PER/PROPN/5/nsubj of/ADP/4/case Lima/PROPN/2/nmod"
        return [
            with_entities(parsed(f"{ana} {LEFT} ./PUNCT/5/punct | She/PRON/2/nsubj {LEFT}")) for _ in [*texts]
        ]


def test_scores_by_genre(treebank: Path) -> None:
    found = evaluate_resolvers(Fake(), treebank.parents[1])
    assert [(genre.genre, genre.documents) for genre in found] == [("news", 1), ("all", 1)]
    assert set(found[0].conll) == {"exact", "head"}


def test_perfect_chains_score_a_hundred(gold: Annotation) -> None:
    (document,) = resolve(Fake(), [gold])
    perfect = score(
        "news", [type(document)(genre="news", gold=document.gold, found=document.gold, baseline=[])]
    )
    assert (round(perfect.conll["exact"]), perfect.baseline_conll["exact"]) == (100, 0)


def test_missing_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"There is no file .*gum-dev\.conllu"):
        evaluate_resolvers(Fake(), tmp_path, "dev")
