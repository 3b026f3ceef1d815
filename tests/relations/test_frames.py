"""The forms of a clause: which there are, in which order, and what each acts on."""

from __future__ import annotations

import pytest

from kg.relations.clauses import clause_at
from kg.relations.events import nominal_clause_at
from kg.relations.frames import Frame, frames_of
from tests.sentences import parsed

PLAIN = "Ana/PROPN/2/nsubj met=meet/VERB/0/root Bo/PROPN/2/obj"
OBLIQUE = "Ana/PROPN/2/nsubj called=call/VERB/0/root on/ADP/4/case Bo/PROPN/2/obl"
NOUN = """Ana/PROPN/2/nsubj held=hold/VERB/0/root talks=talk/NOUN/2/obj with/ADP/5/case Bo/PROPN/3/nmod"""
DEEP = """Ana/PROPN/2/nsubj offered=offer/VERB/0/root room/NOUN/2/obj for/ADP/5/case talks=talk/NOUN/3/nmod
    between/ADP/7/case Bo/PROPN/5/nmod and/CCONJ/9/cc Cy/PROPN/7/conj"""
COMPLEMENT = """Ana/PROPN/2/nsubj agreed=agree/VERB/0/root to/PART/4/mark help/VERB/2/xcomp/VerbForm=Inf
    Bo/PROPN/4/obj"""
URGED = """Ana/PROPN/2/nsubj urged=urge/VERB/0/root Bo/PROPN/2/obj to/PART/5/mark
    leave/VERB/2/xcomp/VerbForm=Inf Rome/PROPN/5/obj"""
FINITE = """Ana/PROPN/2/nsubj demanded=demand/VERB/0/root that/SCONJ/5/mark Bo/PROPN/5/nsubj
    leave/VERB/2/ccomp"""
EVENT = "visit/NOUN/0/root to/ADP/3/case Rome/PROPN/1/nmod in/ADP/5/case May/PROPN/1/nmod"
BASED = """Firm/PROPN/0/root ,/PUNCT/3/punct based=base/VERB/1/acl/VerbForm=Part|Voice=Pass in/ADP/5/case
    Rome/PROPN/3/obl"""
PARTIES = "talks=talk/NOUN/0/root between/ADP/3/case Ana/PROPN/1/nmod and/CCONJ/5/cc Bo/PROPN/3/conj"


def frames(text: str, lemma: str) -> list[Frame]:
    """The frames of the word with a lemma."""
    token = next(token for token in parsed(text) if token.lemma_ == lemma)
    found = nominal_clause_at(token) if token.pos_ == "NOUN" else clause_at(token)
    assert found is not None
    return frames_of(found)


def targets(frame: Frame) -> str:
    return " ".join(token.text for token in frame.targets)


@pytest.mark.parametrize(
    ("text", "lemma", "form", "expected"),
    [
        pytest.param(PLAIN, "meet", "meet", "Bo", id="verb"),
        pytest.param(OBLIQUE, "call", "call on", "Bo", id="preposition"),
        pytest.param(NOUN, "hold", "hold talk with", "Bo", id="verb, noun, preposition"),
        pytest.param(NOUN, "hold", "hold talk", "Bo talks", id="verb and noun, with whom"),
        pytest.param(DEEP, "offer", "offer room for talk between", "Bo Cy", id="noun inside the noun"),
        pytest.param(BASED, "base", "be based in", "Rome", id="participle with be"),
        pytest.param(COMPLEMENT, "agree", "agree to", "Bo", id="what the governed verb acts on"),
        pytest.param(URGED, "urge", "urge to", "Bo", id="who is urged"),
        pytest.param(FINITE, "demand", "demand", "Bo", id="subject of the governed clause"),
        pytest.param(EVENT, "visit", "visit to", "Rome", id="event"),
        pytest.param(PARTIES, "talk", "talk between", "Ana Bo", id="parties"),
    ],
)
def test_form_acts_on(text: str, lemma: str, form: str, expected: str) -> None:
    assert expected in [targets(frame) for frame in frames(text, lemma) if frame.form == form]


@pytest.mark.parametrize(
    ("text", "lemma", "first", "last"),
    [
        pytest.param(NOUN, "hold", "hold talk with", "hold", id="noun before verb"),
        pytest.param(COMPLEMENT, "agree", "agree to", "agree", id="complement before verb"),
        pytest.param(DEEP, "offer", "offer room for talk between", "offer", id="deepest first"),
        pytest.param(PARTIES, "talk", "talk between", "talk", id="parties before the bare noun"),
    ],
)
def test_specific_forms_come_first(text: str, lemma: str, first: str, last: str) -> None:
    forms = [frame.form for frame in frames(text, lemma)]
    assert (forms[0], forms[-1]) == (first, last)


def test_form_with_a_noun_says_so() -> None:
    found = {frame.form: frame.noun for frame in frames(NOUN, "hold")}
    assert str(found["hold talk with"]) == "talks"
    assert found["hold"] is None


def test_form_with_a_noun_closes_the_search() -> None:
    found = {frame.form: frame.is_closed for frame in frames(NOUN, "hold")}
    assert found["hold talk with"]
    assert not found["hold"]


def test_participle_with_be_is_said_of_its_grammatical_subject() -> None:
    found = next(frame for frame in frames(BASED, "base") if frame.form == "be based in")
    assert [token.text for token in found.subjects or ()] == ["Firm"]


def test_preposition_comes_before_the_bare_verb() -> None:
    forms = [frame.form for frame in frames(OBLIQUE, "call")]
    assert forms.index("call on") < forms.index("call")


def test_clausal_form_says_so() -> None:
    assert [targets(frame) for frame in frames(FINITE, "demand") if frame.is_clausal] == ["Bo"]


def test_finite_complement_gives_no_form_with_to() -> None:
    assert "demand to" not in [frame.form for frame in frames(FINITE, "demand")]


def test_circumstance_is_not_acted_on_by_the_bare_noun() -> None:
    assert [targets(frame) for frame in frames(EVENT, "visit") if frame.form == "visit"] == ["Rome"]
