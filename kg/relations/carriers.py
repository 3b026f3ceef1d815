"""Carriers: the words whose adjuncts tell when and where a predicate happened.

A date or place seldom hangs on the predicate alone: `held talks with B in C on Monday`, `a summit, which
took place in C`. `CARRIER_RULES` is a table of where else it may hang, the nearest first; `temporal` and
`places` ask what hangs there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.actors.phrases import nominal_of
from kg.relations.cues import words
from kg.relations.factuality import status_of
from kg.relations.governors import sign_of_governor
from kg.relations.syntax import case_of, has_mark, has_subject, introduced, is_finite, is_past
from kg.types import EntityType, Status

DURING = frozenset({"during", "at", "in", "upon", "on"})
MAXIMUM_DEPTH = 4
"""Governing verbs that are asked; deeper ones seldom happen at the same time."""
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
LOOSE = frozenset({"advcl", "acl"})
"""Labels of participles that say what went with the main verb."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A word whose adjuncts tell of a predicate.

    Attributes:
        token: The word.
        after: Only adjuncts that begin after this token index tell.
    """

    token: Token
    after: int = -1


def carriers_of(predicate: Token, *, depth: int = 0) -> Iterator[tuple[Carrier, ...]]:
    """The carriers of a predicate, those of the nearest rule first, then those of what it happens with.

    >>> from spacy.tokens import Doc
    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["Ana", "held", "talks"], pos=["PROPN", "VERB", "NOUN"], heads=[1, 1, 1],
    ...           deps=["nsubj", "ROOT", "obj"], lemmas=["Ana", "hold", "talk"])
    >>> [[carrier.token.text for carrier in group] for group in carriers_of(doc[2])]
    [['talks'], ['held']]
    """
    yield from (tuple(found) for rule in CARRIER_RULES if (found := rule(predicate)))
    above = predicate.head if happens_with_head(predicate) and depth < MAXIMUM_DEPTH else None
    if above is not None:
        yield from carriers_of(above, depth=depth + 1)


def happens_with_head(predicate: Token) -> bool:
    """`began to assemble`, `A left and met B`, `A left, praising B`, `a summit held by B`: at one time."""
    if predicate.dep_ == "xcomp":
        return status_of(predicate) is Status.ASSERTED
    if predicate.dep_ == "acl" and not is_finite(predicate) and not has_mark(predicate, "to"):
        return predicate.head.lemma_.lower() in words("meeting_nouns")
    if predicate.dep_ == "advcl" and predicate.pos_ in VERBAL:
        together = has_mark(predicate, "to") and predicate.head.lemma_.lower() in words("meeting_verbs")
        return together or is_simultaneous(predicate) or is_meanwhile(predicate)
    return predicate.dep_ == "conj" and predicate.head.pos_ == predicate.pos_ and not has_subject(predicate)


# Where an adjunct may hang, tried in this order.


def itself(predicate: Token) -> list[Carrier]:
    """`met on Monday`, `the April 4 meeting in B`."""
    return [Carrier(predicate)]


def later_argument(predicate: Token) -> list[Carrier]:
    """`held talks with B on Monday`, where the adjunct was hung on what follows the verb."""
    if predicate.pos_ not in VERBAL:
        return []
    labels = {"obj", "obl", "xcomp", "nsubj:pass"}
    return [Carrier(child, after=child.i) for child in predicate.children if child.dep_ in labels]


def setting(predicate: Token) -> list[Carrier]:
    """`in last week's session A met B`, `left for a summit, which began in C`: its occasion."""
    if predicate.pos_ not in VERBAL:
        return []
    events = [c for c in predicate.children if c.dep_ == "obl" and case_of(c) in DURING | {"for"}]
    return [carrier for event in events for carrier in (Carrier(event), *clause_of_event(event))]


def verb_of_event(predicate: Token) -> list[Carrier]:
    """`held talks on Monday`, `the vote took place on Monday`: a nominal event happens with its verb."""
    verb = predicate.head
    if predicate.pos_ not in NOMINAL or verb.pos_ not in VERBAL:
        return []
    lemma = verb.lemma_.lower()
    light = predicate.dep_ in {"obj", "nsubj:pass"} and lemma in words("light_verbs")
    occurs = predicate.dep_ in {"nsubj", "nsubj:pass"} and lemma in words("occurrence_verbs") | {"be"}
    arranged = predicate.dep_ in {"obj", "nsubj:pass"} and sign_of_governor(verb, {"noun"}) == "planned"
    during = predicate.dep_ == "obl" and case_of(predicate) in DURING
    return [Carrier(verb)] if light or occurs or arranged or during else []


def clause_of_event(predicate: Token) -> list[Carrier]:
    """`talks scheduled for Monday`, `the summit, which takes place in B`."""
    if predicate.pos_ not in NOMINAL:
        return []
    clauses = [child for child in predicate.children if child.dep_ in {"acl", "acl:relcl", "amod"}]
    occurs = [c for c in clauses if not is_finite(c) or c.lemma_.lower() in words("occurrence_verbs")]
    return [Carrier(clause) for clause in occurs]


def governor(predicate: Token) -> list[Carrier]:
    """`is expected to meet B on Monday`: what follows an infinitive is its own."""
    if predicate.dep_ != "xcomp":
        return []
    return [Carrier(predicate.head, after=predicate.i)]


def coordinated(predicate: Token) -> list[Carrier]:
    """`A visited and met B on Monday`: the last of the verbs."""
    others = [c for c in predicate.children if c.dep_ == "conj" and c.pos_ == "VERB" and not has_subject(c)]
    return [Carrier(others[-1])] if others else []


def participle(predicate: Token) -> list[Carrier]:
    """`visiting B on Monday, A praised C`, `when visiting B on Monday, A praised C`."""
    return [Carrier(child) for child in predicate.children if is_simultaneous(child)]


def is_meanwhile(clause: Token) -> bool:
    """`as A met B`, `when A met B`, where both clauses are in the past."""
    opened = any(c.lower_ in {"as", "when", "while"} for c in clause.children if c.i < clause.i)
    return opened and is_finite(clause) and is_past(clause) and is_past(clause.head)


def is_simultaneous(clause: Token) -> bool:
    """Whether a participle happens with its main verb: `(when) praising B`, `by praising B`."""
    if clause.dep_ != "advcl" or is_finite(clause) or clause.pos_ not in VERBAL or has_mark(clause, "to"):
        return False
    opened = any(c.lower_ in {"when", "while", "with", "by"} for c in clause.children if c.i < clause.i)
    return opened or not introduced(clause)


CARRIER_RULES: tuple[Callable[[Token], list[Carrier]], ...] = (
    itself,
    later_argument,
    setting,
    verb_of_event,
    clause_of_event,
    governor,
    coordinated,
    participle,
)


# What an adjunct hangs on.


def attached_to(adjunct: Token, end: int) -> Token:
    """What an adjunct, which ends before a token index, hangs on, with what parsers get wrong put right.

    One before `that` belongs to the verb that governs the clause, one after `to modernise, ` to the main
    verb, one between subject and verb to the verb, and one that was hung on a person or a date to the event.

    >>> from spacy.tokens import Doc
    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["met", "Ana", "Monday"], pos=["VERB", "PROPN", "PROPN"], heads=[0, 0, 1],
    ...           deps=["ROOT", "obj", "nmod"], ents=["O", "B-PER", "B-DATE"])
    >>> attached_to(doc[2], 3).text
    'met'
    """
    carrier, start = adjunct.head, adjunct.left_edge.i
    for _ in range(MAXIMUM_DEPTH):
        above = put_right(carrier, start, end)
        if above is None or above.i == carrier.i:
            break
        carrier = above
    return carrier


def put_right(carrier: Token, start: int, end: int) -> Token | None:
    """What an adjunct between two token indices hangs on rather than on its head; None if on its head."""
    marks = [child.i for child in carrier.children if child.dep_ == "mark" and child.lower_ == "that"]
    if carrier.dep_ == "ccomp" and any(mark > start for mark in marks):
        return carrier.head
    if carrier.dep_ == "advcl" and has_mark(carrier, "to") and carrier.i < start < carrier.head.i:
        return carrier.head if carrier.doc[start - 1].text == "," else None
    if carrier.dep_ in {"nsubj", "nsubj:pass"}:
        return carrier.head if is_before_verb(carrier, start, end) else None
    return carrier.head if is_no_event(carrier) else None


def is_before_verb(subject: Token, start: int, end: int) -> bool:
    """`the charity on Sunday renamed`: whether only adverbs and auxiliaries follow up to the verb."""
    verb = subject.head
    between = subject.doc[end : verb.i]
    return subject.i < start < verb.i and all(t.dep_ in {"aux", "aux:pass", "advmod"} for t in between)


def is_no_event(noun: Token) -> bool:
    """Whether a noun is somebody, a date or a part of the day: nothing that happens somewhere."""
    if noun.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return False
    if noun.ent_type_ in {"PER", "DATE"} or noun.lemma_.lower() in words("day_parts"):
        return True
    entry = nominal_of(noun) if noun.pos_ == "NOUN" else None
    return entry is not None and entry.type is EntityType.PERSON
