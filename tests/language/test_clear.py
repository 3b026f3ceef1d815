from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import kg.extraction
from kg.errors import ModelError
from kg.language.clear import Clear, Scheme, scheme_of
from kg.language.wordsets import table_rows, word_set
from kg.types import Article
from tests.builders import make_doc
from tests.language.schemes import case, cases

_VOCAB = spacy.blank("en").vocab
_LABELS = sorted(
    {row[1] for row in table_rows("kg.language", "clear.tsv")}
    | word_set("kg.language", "clear labels")
    | set("acl advcl advmod amod appos case cc ccomp compound conj csubj dep det expl mark nsubj".split())
    | set("nummod parataxis punct xcomp".split())
)
_WORDS = "to is of because in and Ana it there 's , than more met such as what".split()
_WORDS += "$ 5 2021 March Article rather well order other each so that demanded".split()
_POS = "NOUN PROPN VERB AUX ADP SCONJ ADV ADJ DET PUNCT PRON NUM PART CCONJ".split()


def tree_of(doc):
    """Each word with its head, counted from 1, and label."""
    return [(token.text, 0 if token.head == token else token.head.i + 1, token.dep_) for token in doc]


@pytest.mark.parametrize("sentence", cases(), ids=lambda sentence: sentence.text)
def test_clear_tree_becomes_universal(sentence):
    assert tree_of(Clear(Scheme.CLEAR)(sentence.doc())) == sentence.expected


@pytest.mark.parametrize("sentence", cases(), ids=lambda sentence: sentence.text)
def test_clear_parts_of_speech_become_universal(sentence):
    assert [token.pos_ for token in Clear(Scheme.CLEAR)(sentence.doc())] == sentence.expected_pos


@pytest.mark.parametrize("sentence", cases(), ids=lambda sentence: sentence.text)
def test_no_label_of_the_old_scheme_is_left(sentence):
    labels = {token.dep_ for token in Clear(Scheme.CLEAR)(sentence.doc())}
    assert labels & word_set("kg.language", "clear labels") == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Iran was attacked by Israel.", ["attacked"]),
        ("A group led by Iran has been bombed and looted.", ["led", "bombed", "looted"]),
        ("She said that he had lied.", []),
    ],
)
def test_passive_participles_say_so(text, words):
    doc = Clear(Scheme.CLEAR)(case(text).doc())
    assert [token.text for token in doc if token.morph.get("Voice") == ["Pass"]] == words


def test_features_are_kept_beside_the_voice():
    doc = case("Iran was attacked by Israel.").doc()
    doc[2].set_morph("Tense=Past|VerbForm=Part")
    assert str(Clear()(doc)[2].morph) == "Tense=Past|VerbForm=Part|Voice=Pass"


@pytest.mark.parametrize(
    ("words", "label"),
    [(row[0], row[1]) for row in table_rows("kg.language", "fixed.tsv")],
    ids=[row[0] for row in table_rows("kg.language", "fixed.tsv")],
)
def test_words_that_stand_for_one_are_fixed(words, label):
    parts = words.split()
    own = "obj" if label == "*" else label
    rows = [f"{part} {part} ADP {len(parts) + 1} {own}" for part in parts]
    if label == "*":
        rows[0] = f"{parts[0]} {parts[0]} DET 2 det"
    doc = Clear(Scheme.CLEAR)(make_doc("\n".join([*rows, "met meet VERB 0 root"])))
    assert [token.dep_ for token in doc][:-1] == [own, *["fixed"] * (len(parts) - 1)]
    assert [token.head.i for token in doc] == [len(parts), *[0] * (len(parts) - 1), len(parts)]


@pytest.mark.parametrize("verb", sorted(word_set("kg.language", "forms of verbs with the subjunctive")))
def test_subject_of_a_subjunctive_stays(verb):
    doc = make_doc(
        f"They they PRON 2 nsubj\n{verb} {verb} VERB 0 root\nit it PRON 4 nsubj\nend end VERB 2 ccomp"
    )
    doc[3].tag_ = "VB"
    assert tree_of(Clear(Scheme.CLEAR)(doc))[2:] == [("it", 4, "nsubj"), ("end", 2, "ccomp")]


# Schemes.

UNIVERSAL = """
Ana   Ana   PROPN 3 nsubj:pass
was   be    AUX   3 aux:pass
met   meet  VERB  0 root
in    in    ADP   6 case
New   New   PROPN 6 compound
York  York  PROPN 3 obl
"""


def test_universal_tree_stays():
    doc = make_doc(UNIVERSAL, ents=[(4, 6, "GPE")])
    before = tree_of(doc)
    assert tree_of(Clear()(doc)) == before
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("New York", "LOC")]


def test_universal_root_is_written_as_here():
    doc = make_doc(UNIVERSAL)
    doc[2].dep_ = "root"
    assert Clear()(doc)[2].dep_ == "ROOT"


def test_document_tells_its_scheme():
    sentence = case("Iran was attacked by Israel.")
    assert tree_of(Clear()(sentence.doc())) == sentence.expected


def test_document_that_does_not_tell_its_scheme_stays():
    doc = make_doc("They they PRON 2 nsubj\nwent go VERB 0 root")
    assert tree_of(Clear()(doc)) == [("They", 2, "nsubj"), ("went", 0, "ROOT")]


def test_scheme_that_is_set_is_not_guessed():
    doc = make_doc("to to PART 2 aux\ngo go VERB 0 root")
    assert tree_of(Clear(Scheme.CLEAR)(doc))[0] == ("to", 2, "mark")


@pytest.mark.parametrize(
    ("labels", "scheme"),
    [
        (["nsubj", "prep", "pobj"], Scheme.CLEAR),
        (["nsubj", "dobj"], Scheme.CLEAR),
        (["nsubj", "obj", "case"], Scheme.UNIVERSAL),
        (["nsubj", "punct"], None),
        (["dobj", "nsubjpass", "cop", "nmod:poss"], None),
    ],
    ids=["clear", "clear object", "universal", "neither", "old universal"],
)
def test_scheme_of_labels(labels, scheme):
    assert scheme_of(labels) is scheme


def test_component_takes_its_scheme_from_the_configuration():
    nlp = spacy.blank("en")
    component = nlp.add_pipe("kg_clear", config={"scheme": "clear"})
    # Without the setting, a document with these labels stays.
    doc = component(make_doc("to to PART 2 aux\ngo go VERB 0 root"))
    assert tree_of(doc) == [("to", 2, "mark"), ("go", 0, "ROOT")]


def test_component_does_not_take_any_scheme():
    message = "'kg_clear' knows no scheme .* 'stanford'; take one of 'auto', 'clear', 'universal'"
    with pytest.raises(ModelError, match=message):
        spacy.blank("en").add_pipe("kg_clear", config={"scheme": "stanford"})


# Whatever a parser says, the result is a tree.


@st.composite
def documents(draw):
    """Documents of up to three sentences with any tree and any labels."""
    heads, deps = [], []
    for size in draw(st.lists(st.integers(1, 9), min_size=1, max_size=3)):
        order = draw(st.permutations(range(size)))
        offset = len(heads)
        own = [0] * size
        for place, i in enumerate(order):
            own[i] = i if place == 0 else order[draw(st.integers(0, place - 1))]
        heads += [offset + head for head in own]
        deps += ["ROOT" if own[i] == i else draw(st.sampled_from(_LABELS)) for i in range(size)]
    count = len(heads)
    words = [draw(st.sampled_from(_WORDS)) for _ in range(count)]
    pos = [draw(st.sampled_from(_POS)) for _ in range(count)]
    tags = [draw(st.sampled_from(["VB", "VBN", "VBZ", "NN", "$", ""])) for _ in range(count)]
    kinds = draw(st.lists(st.sampled_from(["PERSON", "GPE", "NORP", ""]), min_size=count, max_size=count))
    ents = [f"{'I' if i and kinds[i - 1] == k else 'B'}-{k}" if k else "O" for i, k in enumerate(kinds)]
    return Doc(_VOCAB, words=words, pos=pos, tags=tags, lemmas=words, heads=heads, deps=deps, ents=ents)


def is_tree(doc):
    """Whether each token hangs on a root, over however many others."""
    return all(any(above.head == above for above in (token, *token.ancestors)) for token in doc)


@given(documents())
def test_result_is_a_tree_over_the_same_sentences(doc):
    sentences, words = [(sent.start, sent.end) for sent in doc.sents], [token.text for token in doc]
    Clear(Scheme.CLEAR)(doc)
    assert is_tree(doc)
    assert [(sent.start, sent.end) for sent in doc.sents] == sentences
    assert [token.text for token in doc] == words


@given(documents())
def test_sentence_has_one_root_and_only_roots_are_called_so(doc):
    roots = [[token.i for token in sent if token.head == token] for sent in doc.sents]
    Clear(Scheme.CLEAR)(doc)
    after = [[token.i for token in sent if token.head == token] for sent in doc.sents]
    assert [len(found) for found in after] == [len(found) for found in roots]
    assert [token.i for token in doc if token.dep_ == "ROOT"] == [i for found in after for i in found]


@given(documents())
def test_no_label_of_the_old_scheme_is_left_of_any_tree(doc):
    assert {token.dep_ for token in Clear(Scheme.CLEAR)(doc)} & word_set(
        "kg.language", "clear labels"
    ) == set()


def test_empty_document_stays():
    assert len(Clear()(Doc(_VOCAB))) == 0


# To the end.


@pytest.fixture(scope="module")
def extractor() -> Language:
    nlp = spacy.blank("en")
    for component in ("kg_clear", "kg_pairs", *kg.extraction.COMPONENTS):
        nlp.add_pipe(component)
    return nlp


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "property_", "object_"),
    [
        ("Angela Merkel met Emmanuel Macron in Paris.", "meet", "Angela Merkel", "meets", "Emmanuel Macron"),
        ("Iran was attacked by Israel.", "attack", "Israel", "attacks", "Iran"),
    ],
)
def test_relation_is_found(extractor, text, lemma, subject, property_, object_):
    doc = case(text).doc()
    doc._.article = Article(id="a1", text=text)
    next(token for token in doc if token.tag_.startswith("VB") and token.dep_ == "ROOT").lemma_ = lemma
    for _, component in extractor.pipeline:
        doc = component(doc)
    found = [(r.subject.name, r.property, r.object.name) for r in doc._.relations]
    assert (subject, property_, object_) in found
