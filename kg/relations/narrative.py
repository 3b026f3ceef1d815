"""Narrative: which earlier sentence sets the day and place of what a later one tells in the same tense.

`On Friday A met B in C. They signed a treaty.`: a simple past that names no time of its own goes on where the
last dated sentence stopped. The day is carried on within a paragraph, and from the article's first dated
sentence on until another date is told; an adverb such as `previously` or `later`, another tense or a
quotation ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.language.tree import children_of, line_breaks, remembered, sentence_bounds
from kg.language.wordsets import word_set
from kg.relations.attribution import CLOSING, OPENING, STRAIGHT, is_quoted, kind_of, says
from kg.relations.carriers import is_adverbial, is_event, is_simultaneous
from kg.relations.cues import words
from kg.relations.dates import DAY
from kg.relations.factuality import status_of
from kg.relations.syntax import case_of, has_feature, has_mark, has_subject, is_finite
from kg.relations.temporal import DateMention
from kg.types import Status

QUOTES = OPENING | CLOSING | STRAIGHT
MAXIMUM_DEPTH = 10
"""Heads between a predicate and the root; more is a parse error."""
AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
SHORTEST_GERUND = 5
"""Letters; `king` and `bring` are no gerunds."""
VERBAL = frozenset({"VERB", "AUX"})
TIME_PREPOSITIONS = frozenset(
    {"", "at", "after", "before", "during", "for", "in", "over", "throughout", "within"}
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence tells of time.

    Attributes:
        paragraph: The number of its paragraph.
        anchor: Its dated predicate, where that is dated to the day.
        day: The day.
        is_dated: Whether it names any date.
    """

    paragraph: int
    anchor: Token | None
    day: str | None
    is_dated: bool


class Narrative:
    """The sentences of a document with their days."""

    def __init__(self, doc: Doc, dates: tuple[DateMention, ...], time: Callable[[Token], str | None]) -> None:
        self._time = time
        self._times: dict[int, str | None] = {}
        self._scenes: list[Scene] = []
        self._index: dict[int, int] = {}
        named = {
            sentence_bounds(doc[date.start])[0]
            for date in dates
            if is_adverbial(doc[date.start : date.end].root)
        }
        breaks = {sentence_bounds(doc[index])[0] for index in line_breaks(doc)}
        paragraph = 0
        for number, sentence in enumerate(doc.sents):
            self._index[sentence.start] = number
            self._scenes.append(self._scene(sentence, paragraph, named=sentence.start in named))
            paragraph += sentence.start in breaks
        self._told = dated_events(doc, self._scenes, self.time)
        anchored = (scene.day for scene in self._scenes if scene.anchor is not None)
        self._first_day = next(anchored, None)

    def time(self, predicate: Token) -> str | None:
        """When a predicate happened by its own sentence, ISO 8601; None where that does not say."""
        if predicate.i not in self._times:
            self._times[predicate.i] = self._time(predicate)
        return self._times[predicate.i]

    def _scene(self, sentence: Span, paragraph: int, *, named: bool) -> Scene:
        """The scene of a sentence: its first told verb with a date."""
        told = [token for token in sentence if token.pos_ == "VERB" and is_told(token)] if named else []
        dated = [(token, time) for token in told if (time := self.time(token))]
        anchor, day = next(((token, time) for token, time in dated if len(time) == DAY), (None, None))
        lives = anchor is not None and any(
            token.pos_ == "VERB" and token.lemma_.lower() in words("life_verbs") for token in sentence
        )
        return Scene(paragraph, None if lives else anchor, day, bool(dated) or named)

    def anchor_of(self, predicate: Token) -> Token | None:
        """The dated predicate on whose day something undated happened; None if unknown.

        Comments are of no such day: they come after what they are on.
        """
        if predicate.pos_ == "NOUN":
            return self._told_before(predicate)
        if not is_told(predicate) or is_reported(predicate) or is_shifted(predicate) or is_comment(predicate):
            return None
        if status_of(predicate) is not Status.ASSERTED or is_quoted(predicate) or is_lasting(predicate):
            return None
        number = self._index[sentence_bounds(predicate)[0]]
        if self._scenes[number].is_dated:
            return self._first_conjunct(predicate)
        return self._before(number)

    def _told_before(self, noun: Token) -> Token | None:
        """`the attack`: what was told with a date, where all that is told so has the same day."""
        if not is_definite(noun):
            return None
        events = self._told.get(stem_of(noun), [])
        days = {self.time(event) for event in events}
        is_one = len(days) == 1 and (is_event(noun) or events[0].pos_ == "VERB")
        return events[0] if is_one else None

    def _first_conjunct(self, predicate: Token) -> Token | None:
        """`A left on Monday, but B stayed`: the dated clause that a clause is coordinated to."""
        clause = main_verb(predicate)
        if clause.dep_ != "conj" or not has_subject(clause):
            return None
        dated = self._scenes[self._index[sentence_bounds(predicate)[0]]].day
        is_only = dated is not None and self.time(clause.head) == dated and self.time(clause) is None
        return clause.head if is_only else None

    def _before(self, number: int) -> Token | None:
        """The nearest dated predicate before a sentence, if the day is carried on up to it."""
        here = self._scenes[number]
        for scene in (self._scenes[earlier] for earlier in range(number - 1, -1, -1)):
            if scene.anchor is not None:
                near = scene.paragraph == here.paragraph or scene.day == self._first_day
                return scene.anchor if near else None
            if scene.is_dated:
                return None
        return None


def dated_events(
    doc: Doc, scenes: list[Scene], time: Callable[[Token], str | None]
) -> dict[str, list[Token]]:
    """The verbs and nouns that a document dates to the day, by their stems, in the order of the text."""
    found: dict[str, list[Token]] = {}
    dated = (sentence for sentence, scene in zip(doc.sents, scenes, strict=True) if scene.is_dated)
    for token in (token for sentence in dated for token in sentence):
        if token.pos_ in {"VERB", "NOUN"} and len(time(token) or "") == DAY:
            found.setdefault(stem_of(token), []).append(token)
    return found


def stem_of(event: Token) -> str:
    """What a verb and its noun share: `meet` of `meeting`, `attack` of both."""
    lemma = event.lemma_.lower()
    return lemma.removesuffix("ing") if len(lemma) > SHORTEST_GERUND else lemma


def is_definite(noun: Token) -> bool:
    """`the attack`, `A's visit`; not `the previous visit`, which is another."""
    others = any(child.dep_ == "amod" and child.lower_ in words("other_ones") for child in children_of(noun))
    determiners = {"the", "this", "that", "these", "those"}
    known = any(child.dep_ == "nmod:poss" or child.lower_ in determiners for child in children_of(noun))
    return known and not others


@remembered
def is_told(predicate: Token) -> bool:
    """Whether a predicate is told in the simple past, in the main clause or what a verb of saying reports."""
    token = predicate
    for _ in range(MAXIMUM_DEPTH):
        has_tense = token.pos_ in VERBAL and (is_finite(token) or auxiliaries_of(token))
        if has_tense and not is_simple_past(token):
            return False
        if token.dep_ == "ROOT" or (token.dep_ == "ccomp" and says(token.head)):
            return bool(has_tense)
        if not goes_with_head(token):
            return False
        token = token.head
    return False


def goes_with_head(token: Token) -> bool:
    """Whether a word happens on the day of its head: coordinated, governed, or a light verb's."""
    if token.dep_ in {"conj", "xcomp"} or is_simultaneous(token):
        return True
    return token.dep_ in {"obj", "nsubj:pass"} and token.head.lemma_.lower() in words("light_verbs")


def is_reported(predicate: Token) -> bool:
    """Whether a predicate stands in what a verb of saying reports, which may be of any day."""
    return any(token.dep_ == "ccomp" for token in (predicate, *predicate.ancestors))


def is_comment(verb: Token) -> bool:
    """Whether a verb reports what somebody said: `told C that`, not `shouted at C`."""
    quoted = any(token.text in QUOTES for token in verb.sent)
    if verb.lemma_.lower() in word_set("kg.relations", "acts of speech"):
        return False
    reports = quoted or any(child.dep_ in {"ccomp", "parataxis"} for child in children_of(verb))
    return kind_of(verb) in {"say", "think"} and reports


def is_simple_past(verb: Token) -> bool:
    """`met`, `was met`, `did meet`; not `had met`, `would meet`."""
    auxiliaries = auxiliaries_of(verb)
    if any(child.lemma_ not in {"be", "do"} for child in auxiliaries):
        return False
    if auxiliaries:
        return any(has_feature(child, "Tense", "Past") for child in auxiliaries)
    return has_feature(verb, "Tense", "Past")


def auxiliaries_of(verb: Token) -> list[Token]:
    """The auxiliaries and copulas of a verb."""
    return [child for child in children_of(verb) if child.dep_ in AUXILIARIES]


def main_verb(predicate: Token) -> Token:
    """The verb of the clause that a predicate stands in."""
    token = predicate
    for _ in range(MAXIMUM_DEPTH):
        if token.dep_ == "ROOT" or (token.dep_ == "conj" and has_subject(token)):
            break
        token = token.head
    return token


def is_shifted(predicate: Token) -> bool:
    """`previously met`, `some months later`, `in recent years`: whether its clause goes to another time."""
    verbs = {predicate, main_verb(predicate)}
    return any(is_other_time(child) for verb in verbs for child in children_of(verb))


def is_lasting(verb: Token) -> bool:
    """Whether a verb says what holds or goes on for long: `lived`, `worked`."""
    return verb.lemma_.lower() in words("lasting_verbs")


def is_other_time(adjunct: Token) -> bool:
    """Whether an adverb, noun or clause names another time; `sentenced to two months` names none."""
    if adjunct.dep_ == "advcl":
        return has_mark(adjunct, "before")
    if adjunct.dep_ == "advmod":
        return adjunct.lower_ in words("time_shifts")
    is_time = adjunct.dep_.startswith("obl") and adjunct.lemma_.lower() in words("time_units")
    return is_time and case_of(adjunct) in TIME_PREPOSITIONS
