"""Which dated sentence sets the day of an undated one."""

from __future__ import annotations

import functools

import pytest

from kg.relations.narrative import Narrative
from kg.relations.temporal import dates_in, time_of
from tests.sentences import parsed

FIRST = """On/ADP/2/case April/PROPN/5/obl 4/NUM/2/nummod 2020/NUM/2/nummod Ana@PER/PROPN/6/nsubj
    met=meet/VERB/0/root/Tense=Past|VerbForm=Fin Bo@PER/PROPN/6/obj"""
FIRST = FIRST.replace("April/PROPN/5/obl", "April/PROPN/6/obl")
YEAR = """In/ADP/2/case 2020/NUM/4/obl Ana@PER/PROPN/4/nsubj met=meet/VERB/0/root/Tense=Past|VerbForm=Fin
    Bo@PER/PROPN/4/obj"""
LEFT = "Ana@PER/PROPN/2/nsubj left=leave/VERB/0/root/Tense=Past|VerbForm=Fin"
HAS_LEFT = "Ana@PER/PROPN/3/nsubj has=have/AUX/3/aux left=leave/VERB/0/root/Tense=Past|VerbForm=Part"
HAD_LEFT = "Ana@PER/PROPN/3/nsubj had=have/AUX/3/aux/Tense=Past left=leave/VERB/0/root/VerbForm=Part"
LEAVES = "Ana@PER/PROPN/2/nsubj leaves=leave/VERB/0/root/Tense=Pres|VerbForm=Fin"
LATER = "Later/ADV/3/advmod Ana@PER/PROPN/3/nsubj left=leave/VERB/0/root/Tense=Past|VerbForm=Fin"
IN_YEARS = """In/ADP/3/case recent/ADJ/3/amod years=year/NOUN/5/obl Ana@PER/PROPN/5/nsubj
    left=leave/VERB/0/root/Tense=Past|VerbForm=Fin"""
SAID = """Ana@PER/PROPN/2/nsubj said=say/VERB/0/root/Tense=Past|VerbForm=Fin Bo@PER/PROPN/4/nsubj
    left=leave/VERB/2/ccomp/Tense=Past|VerbForm=Fin"""
QUOTED = (
    "“/PUNCT/3/punct Ana@PER/PROPN/3/nsubj left=leave/VERB/0/root/Tense=Past|VerbForm=Fin ”/PUNCT/3/punct"
)
IN_2019 = "In/ADP/2/case 2019/NUM/4/obl Ana@PER/PROPN/4/nsubj fell=fall/VERB/0/root/Tense=Past|VerbForm=Fin"


def time_carried(*sentences: str, predicate: str = "left") -> str | None:
    """The day that the last such word of a document has from the narrative."""
    doc = parsed(" | ".join(sentences))
    dates = dates_in(doc, None)
    narrative = Narrative(doc, dates, functools.partial(time_of, dates=dates))
    word = next(token for token in reversed(list(doc)) if token.lower_ == predicate)
    anchor = narrative.anchor_of(word)
    return None if anchor is None else narrative.time(anchor)


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param((FIRST, LEFT), id="next sentence"),
        pytest.param((FIRST, HAS_LEFT, LEFT), id="over a sentence in another tense"),
        pytest.param((FIRST, LATER, LEFT), id="over a sentence of another time"),
    ],
)
def test_day_is_carried_on(sentences: tuple[str, ...]) -> None:
    assert time_carried(*sentences) == "2020-04-04"


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param((LEFT,), id="nothing before"),
        pytest.param((YEAR, LEFT), id="a year is no day"),
        pytest.param((FIRST, HAS_LEFT), id="perfect"),
        pytest.param((FIRST, HAD_LEFT), id="pluperfect"),
        pytest.param((FIRST, LATER), id="adverb of another time"),
        pytest.param((FIRST, IN_YEARS), id="noun of another time"),
        pytest.param((FIRST, SAID), id="reported"),
        pytest.param((FIRST, QUOTED), id="quoted"),
        pytest.param((FIRST, IN_2019, LEFT), id="another date between"),
    ],
)
def test_day_is_not_carried_on(sentences: tuple[str, ...]) -> None:
    assert time_carried(*sentences) is None


def test_present_tense_is_of_no_day_before() -> None:
    assert time_carried(FIRST, LEAVES, predicate="leaves") is None


def test_comment_is_of_no_day_before() -> None:
    assert time_carried(FIRST, SAID, predicate="said") is None


def test_coordinated_clause_has_the_day_of_the_first() -> None:
    text = f"{FIRST} but/CCONJ/10/cc Cy@PER/PROPN/10/nsubj left=leave/VERB/6/conj/Tense=Past|VerbForm=Fin"
    assert time_carried(text) == "2020-04-04"


FOUGHT = """On/ADP/2/case April/PROPN/6/obl 4/NUM/2/nummod 2020/NUM/2/nummod Ana@PER/PROPN/6/nsubj
    attacked=attack/VERB/0/root/Tense=Past|VerbForm=Fin Bo@PER/PROPN/6/obj"""
FOUGHT_AGAIN = FOUGHT.replace("4/NUM", "9/NUM")
THE = "The/DET/2/det attack/NOUN/3/nsubj ended=end/VERB/0/root/Tense=Past|VerbForm=Fin"
AN = THE.replace("The/DET", "An/DET")
EARLIER = """The/DET/3/det earlier/ADJ/3/amod attack/NOUN/4/nsubj
    ended=end/VERB/0/root/Tense=Past|VerbForm=Fin"""


def test_event_that_was_told_has_its_day() -> None:
    assert time_carried(FOUGHT, HAS_LEFT, THE, predicate="attack") == "2020-04-04"


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param((FOUGHT, AN), id="indefinite"),
        pytest.param((FOUGHT, EARLIER), id="another one"),
        pytest.param((FOUGHT, FOUGHT_AGAIN, THE), id="one of two"),
        pytest.param((FIRST, THE), id="not told before"),
    ],
)
def test_event_that_is_not_surely_the_one_told_has_no_day(sentences: tuple[str, ...]) -> None:
    assert time_carried(*sentences, predicate="attack") is None
