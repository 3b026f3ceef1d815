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
from kg.language.tree import children_of
from kg.relations.attribution import said_before, says
from kg.relations.clauses import is_passive
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
    if happens_with_head(predicate) and depth < MAXIMUM_DEPTH:
        yield from carriers_of(governing_verb(predicate), depth=depth + 1)


def governing_verb(predicate: Token) -> Token:
    """What a predicate happens with: its head, of `in C, where A met B` the verb that `in C` hangs on."""
    return predicate.head.head if predicate.dep_ == "acl:relcl" else predicate.head


def happens_with_head(predicate: Token) -> bool:
    """`began to assemble`, `A left and met B`, `A left, praising B`, `a summit held by B`: at one time."""
    if predicate.dep_ == "xcomp":
        return status_of(predicate) is Status.ASSERTED
    if predicate.dep_ == "acl:relcl":
        return is_where_clause(predicate)
    if predicate.dep_ == "acl" and not is_finite(predicate) and not has_mark(predicate, "to"):
        return predicate.head.lemma_.lower() in words("meeting_nouns")
    if predicate.dep_ == "advcl" and predicate.pos_ in VERBAL:
        together = has_mark(predicate, "to") and predicate.head.lemma_.lower() in words("meeting_verbs")
        is_past_too = is_meanwhile(predicate) or is_where_clause(predicate)
        return together or is_past_too or is_simultaneous(predicate)
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
    return [Carrier(child, after=child.i) for child in adjuncts_of(predicate) if child.dep_ in labels]


def setting(predicate: Token) -> list[Carrier]:
    """`in last week's session A met B`, `left for a summit, which began in C`: its occasion."""
    if predicate.pos_ not in VERBAL:
        return []
    events = [c for c in (*adjuncts_of(predicate), *raised_occasions(predicate)) if is_occasion(c)]
    wholes = [
        inner
        for event in events
        for inner in children_of(event)
        if inner.dep_ == "nmod" and case_of(inner) == "of"
    ]
    return [carrier for event in (*events, *wholes) for carrier in (Carrier(event), *clause_of_event(event))]


def adjuncts_of(verb: Token) -> list[Token]:
    """The children of a verb; of `A left, B said on Monday`, `Monday` is a child of `said`."""
    saying = said_before(verb)
    own = [child for child in children_of(verb) if saying is None or child.i < saying.i]
    clauses = [child for child in children_of(verb) if said_before(child) == verb]
    return own + [child for clause in clauses for child in children_of(clause) if child.i > verb.i]


def is_occasion(noun: Token) -> bool:
    """`at a summit`, `on the sidelines of a summit`, `for a summit`: whether something happens at a noun."""
    return noun.dep_ == "obl" and case_of(noun) in DURING | {"for"}


def raised_occasions(verb: Token) -> list[Token]:
    """`agreed to help B during a meeting`: where they agreed, hung on what they agreed to."""
    governed = (child for child in children_of(verb) if child.dep_ == "xcomp")
    return [noun for inner in governed for noun in children_of(inner) if is_raised(noun)]


def is_raised(noun: Token) -> bool:
    """Whether an occasion that was hung on an infinitive is that of the verb of saying above it.

    Not of `is expected to meet B during a visit`, where it is the infinitive's.
    """
    governor = noun.head
    if noun.dep_ != "obl" or case_of(noun) != "during" or governor.dep_ != "xcomp":
        return False
    said = says(governor.head) and is_past(governor.head) and not is_passive(governor.head)
    return said and has_mark(governor, "to")


def verb_of_event(predicate: Token) -> list[Carrier]:
    """`held talks on Monday`, `the vote took place on Monday`, `spoke after talks on Monday`."""
    verb = predicate.head
    if predicate.pos_ not in NOMINAL or verb.pos_ not in VERBAL:
        return []
    lemma = verb.lemma_.lower()
    light = predicate.dep_ in {"obj", "nsubj:pass"} and lemma in words("light_verbs")
    occurs = predicate.dep_ in {"nsubj", "nsubj:pass"} and lemma in words("occurrence_verbs") | {"be"}
    arranged = predicate.dep_ in {"obj", "nsubj:pass"} and sign_of_governor(verb, {"noun"}) == "planned"
    during = predicate.dep_ == "obl" and case_of(predicate) in DURING
    if predicate.dep_ == "obl" and case_of(predicate) in {"after", "following", "before"}:
        return [Carrier(verb, after=predicate.i)]
    return [Carrier(verb)] if light or occurs or arranged or during else []


def event_of_verb(predicate: Token) -> list[Carrier]:
    """`the talks on Monday ended`: a verb that only places its subject in time happens with it."""
    if predicate.pos_ not in VERBAL or predicate.lemma_.lower() not in words("occurrence_verbs"):
        return []
    return [Carrier(child) for child in children_of(predicate) if child.dep_ == "nsubj" and is_event(child)]


def clause_of_event(predicate: Token) -> list[Carrier]:
    """`talks scheduled for Monday`, `the summit, which takes place in B`."""
    if predicate.pos_ not in NOMINAL:
        return []
    clauses = [child for child in children_of(predicate) if child.dep_ in {"acl", "acl:relcl", "amod"}]
    occurs = [c for c in clauses if not is_finite(c) or c.lemma_.lower() in words("occurrence_verbs")]
    return [Carrier(clause) for clause in occurs]


def governor(predicate: Token) -> list[Carrier]:
    """`is expected to meet B on Monday`: what follows an infinitive is its own."""
    if predicate.dep_ != "xcomp" or raised_occasions(predicate.head):
        return []
    return [Carrier(predicate.head, after=predicate.i)]


def coordinated(predicate: Token) -> list[Carrier]:
    """`A visited and met B on Monday`: the last of the verbs."""
    others = [
        c for c in children_of(predicate) if c.dep_ == "conj" and c.pos_ == "VERB" and not has_subject(c)
    ]
    return [Carrier(others[-1])] if others else []


def participle(predicate: Token) -> list[Carrier]:
    """`visiting B on Monday, A praised C`, `when visiting B on Monday, A praised C`."""
    clauses = [child for child in children_of(predicate) if is_simultaneous(child)]
    rules = (itself, later_argument, setting)
    return [carrier for clause in clauses for rule in rules for carrier in rule(clause)]


def is_where_clause(clause: Token) -> bool:
    """`where A met B`, in the past as the clause that it hangs in."""
    if clause.dep_ not in {"acl:relcl", "advcl"} or not any(c.lower_ == "where" for c in children_of(clause)):
        return False
    return is_past(clause) and is_past(governing_verb(clause))


def is_meanwhile(clause: Token) -> bool:
    """`as A met B`, `when A met B`, where both clauses are in the past."""
    opened = any(c.lower_ in {"as", "when", "while"} for c in children_of(clause) if c.i < clause.i)
    return opened and is_finite(clause) and is_past(clause) and is_past(clause.head)


def is_simultaneous(clause: Token) -> bool:
    """Whether a participle happens with its main verb: `(when) praising B`, `by praising B`."""
    if clause.dep_ != "advcl" or is_finite(clause) or clause.pos_ not in VERBAL or has_mark(clause, "to"):
        return False
    opened = any(c.lower_ in {"when", "while", "with", "by"} for c in children_of(clause) if c.i < clause.i)
    return opened or not introduced(clause)


CARRIER_RULES: tuple[Callable[[Token], list[Carrier]], ...] = (
    itself,
    later_argument,
    setting,
    verb_of_event,
    event_of_verb,
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
    carrier, start, is_time = adjunct.head, adjunct.left_edge.i, adjunct.ent_type_ == "DATE"
    for _ in range(MAXIMUM_DEPTH):
        is_time = is_time or carrier.ent_type_ == "DATE"
        is_inner = is_time and is_adverbial(adjunct) and carrier.dep_ == "nmod" and not is_event(carrier)
        above = carrier.head if is_inner else put_right(carrier, start, end)
        if above is None or above.i == carrier.i:
            break
        carrier = above
    return carrier


def is_adverbial(date: Token) -> bool:
    """Whether a date says when something happens, rather than which thing is meant: `the 2020 election`."""
    return date.dep_ not in {"compound", "nummod", "amod", "nmod:poss"}


def put_right(carrier: Token, start: int, end: int) -> Token | None:
    """What an adjunct between two token indices hangs on rather than on its head; None if on its head."""
    saying = said_before(carrier)
    if saying is not None and saying.i < start:
        return saying
    if carrier.dep_ == "ccomp" and is_before_clause(carrier, start):
        return carrier.head
    if carrier.dep_ == "advcl" and has_mark(carrier, "to") and carrier.i < start < carrier.head.i:
        return carrier.head if carrier.doc[start - 1].text == "," else None
    if any(is_raised(child) and child.i < start for child in children_of(carrier)):
        return carrier.head
    if carrier.dep_ in {"nsubj", "nsubj:pass"}:
        is_verbs = is_before_verb(carrier, start, end) and not is_event(carrier)
        return carrier.head if is_verbs else None
    return carrier.head if is_no_event(carrier) else event_before(carrier, start, end)


def is_before_clause(clause: Token, start: int) -> bool:
    """`said on Friday that B left`, `said on Friday B left`: whether a token stands before a complement."""
    marks = [child.i for child in children_of(clause) if child.dep_ == "mark" and child.lower_ == "that"]
    subjects = [child.left_edge.i for child in children_of(clause) if child.dep_ in {"nsubj", "nsubj:pass"}]
    first = min(marks or subjects, default=-1)
    return clause.head.i < start < first and clause.doc[start - 1].text != ","


def event_before(verb: Token, start: int, end: int) -> Token | None:
    """`the attack by A on Friday was condemned`: the event that is the subject, right before the verb."""
    subjects = (child for child in children_of(verb) if child.dep_ in {"nsubj", "nsubj:pass"})
    events = [subject for subject in subjects if is_event(subject) and is_before_verb(subject, start, end)]
    return events[0] if events and verb.doc[start - 1].text != "," else None


def is_event(noun: Token) -> bool:
    """Whether a common noun names what happens at a time."""
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in words("meeting_nouns")


def is_before_verb(subject: Token, start: int, end: int) -> bool:
    """`the charity on Sunday renamed`: whether only adverbs and auxiliaries follow up to the verb."""
    verb = subject.head
    between = subject.doc[end : verb.i]
    return subject.i < start < verb.i and all(t.dep_ in {"aux", "aux:pass", "advmod"} for t in between)


def is_no_event(noun: Token) -> bool:
    """Whether a noun is somebody, a place or a date: nothing that happens."""
    if noun.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return False
    if noun.ent_type_ in {"PER", "ORG", "LOC", "DATE"} or noun.lemma_.lower() in words("day_parts"):
        return True
    entry = nominal_of(noun) if noun.pos_ == "NOUN" else None
    return entry is not None and entry.type is EntityType.PERSON
