"""Factuality: whether what a predicate says happened, is planned, possible, asked for, or did not happen.

Each rule looks at one predicate, a verb or a noun that names an event, in a tree of Universal
Dependencies, and gives the signs that it sees: those at the predicate itself (`OWN_RULES`) and those
of what governs it (`GOVERNOR_RULES`). Cue words are in `lexicon/`; who says so is `attribution`'s question.
The statuses are PLOVER's auxiliary modes.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.language.tree import children_of, remembered, sentence_bounds
from kg.relations.conditions import is_conditional, marks_condition
from kg.relations.cues import table, words
from kg.relations.governors import meeting, sign_of_governor, sign_of_phrase
from kg.relations.syntax import (
    case_of,
    has_auxiliary,
    has_feature,
    has_mark,
    has_subject,
    introduced,
    is_finite,
    is_gerund,
    is_infinitive,
    is_past,
    phrase_at,
)
from kg.types import Status

PRECEDENCE = (Status.NEGATED, Status.REQUESTED, Status.POSSIBLE, Status.PLANNED)
"""Of several signs the first decides: what was refused is no longer planned."""
NOMINALS = frozenset({"NOUN", "PROPN"})
ARGUMENTS = frozenset({"obj", "nsubj:pass", "obl", "nmod"})
MODIFIERS = frozenset({"amod", "acl", "advmod", "compound", "nmod:desc"})
NEGATING = frozenset({"advmod", "det", "case", "mark", "cc", "cc:preconj", "neg"})
TIMES = frozenset({"advmod", "obl", "obl:tmod", "obl:unmarked"})
MAXIMUM_DEPTH = 12
"""Governors that are followed upwards; deeper nesting is a parse error, not language."""


@remembered
def status_of(predicate: Token) -> Status:
    """The status that a document gives to what a verb or an event noun says.

    A condition makes all it governs possible; two negations cancel each other; else `PRECEDENCE` decides.

    >>> import spacy
    >>> from spacy.tokens import Doc
    >>> doc = Doc(spacy.blank("en").vocab, words=["They", "will", "meet"], lemmas=["they", "will", "meet"],
    ...           pos=["PRON", "AUX", "VERB"], heads=[2, 2, 2], deps=["nsubj", "aux", "ROOT"])
    >>> status_of(doc[2])
    <Status.PLANNED: 'planned'>
    """
    signs = signs_of(predicate)
    if is_conditional(predicate):
        return Status.POSSIBLE
    if signs.count(Status.NEGATED) % 2 == 0:
        signs = [sign for sign in signs if sign is not Status.NEGATED]
    return next((status for status in PRECEDENCE if status in signs), Status.ASSERTED)


def signs_of(predicate: Token, *, depth: int = 0) -> list[Status]:
    """The signs at a predicate and at what governs it, one for each rule that sees something."""
    own = [sign for rule in OWN_RULES if (sign := rule(predicate))]
    return own + governing_signs(predicate, depth=depth)


def governing_signs(predicate: Token, *, depth: int = 0) -> list[Status]:
    """The signs that a predicate has from what it depends on."""
    if depth >= MAXIMUM_DEPTH or predicate.head.i == predicate.i:
        return []
    return [sign for rule in GOVERNOR_RULES for sign in rule(predicate, depth)]


# Signs at the predicate itself.


def negation(predicate: Token) -> Status | None:
    """`did not meet`, `no longer meets`, `no meeting`, `without talks`, `nobody met`, `neither met`."""
    for child in children_of(predicate):
        word = child.lower_ if child.lower_ != "longer" else next((c.lower_ for c in children_of(child)), "")
        if word in words("negators") and child.dep_ in NEGATING:
            return Status.NEGATED
        if child.dep_ in {"nsubj", "nsubj:pass"} and is_nobody(child):
            return Status.NEGATED
    return None


def is_nobody(subject: Token) -> bool:
    """`nobody`, `no country`, `none of them`, `neither A nor B`."""
    if subject.lower_ in words("negators"):
        return True
    labels = {"det", "cc:preconj", "cc", "advmod"}
    return any(child.dep_ in labels and child.lower_ in {"no", "neither"} for child in children_of(subject))


def auxiliary(predicate: Token) -> Status | None:
    """`will meet`, `may meet`, `must meet`; `said it would meet`; `should have met` was not done."""
    for child in children_of(predicate):
        if child.dep_ not in {"aux", "aux:pass", "cop"}:
            continue
        word = "would" if is_short_would(child, predicate) else child.lower_
        if word == "would":
            return Status.PLANNED if is_future_in_past(predicate) else Status.POSSIBLE
        if word in {"should", "ought"} and is_perfect(predicate):
            return Status.NEGATED
        if word in table("auxiliaries"):
            return Status(table("auxiliaries")[word])
    return None


def is_perfect(predicate: Token) -> bool:
    """`have met`, `had met`."""
    return any(child.dep_ == "aux" and child.lemma_ == "have" for child in children_of(predicate))


def is_short_would(auxiliary_: Token, predicate: Token) -> bool:
    """`'d` before an infinitive."""
    return auxiliary_.lower_ in {"'d", "’d"} and has_feature(predicate, "VerbForm", "Inf")


def is_future_in_past(predicate: Token) -> bool:
    """`announced that it would withdraw`: reported in the past, under no condition."""
    governor = speech_over(predicate)
    if governor is None or not has_feature(governor, "Tense", "Past"):
        return False
    clauses = [child for child in children_of(predicate) if child.dep_ == "advcl"]
    return not any(marks_condition(clause) for clause in clauses)


def speech_over(predicate: Token) -> Token | None:
    """The verb of saying whose complement a predicate is."""
    if predicate.dep_ == "conj":
        predicate = predicate.head
    if predicate.dep_ == "ccomp" and predicate.head.lemma_.lower() in words("reporting_verbs"):
        return predicate.head
    spoken = [child for child in children_of(predicate) if child.dep_ == "parataxis"]
    return next((child for child in spoken if child.lemma_.lower() in words("reporting_verbs")), None)


def infinitive_of_be(predicate: Token) -> Status | None:
    """`is to meet`: arranged."""
    if not has_feature(predicate, "VerbForm", "Inf") or not has_mark(predicate, "to"):
        return None
    to = next(child.i for child in children_of(predicate) if child.lower_ == "to" and child.dep_ == "mark")
    being = any(c.dep_ in {"cop", "aux"} and c.lemma_ == "be" and c.i < to for c in children_of(predicate))
    governed_by_be = predicate.dep_ in {"xcomp", "ccomp"} and predicate.head.lemma_ == "be"
    return Status.PLANNED if being or governed_by_be else None


def modifier(predicate: Token) -> Status | None:
    """`planned talks`, `talks planned for May`, `allegedly met`; a visit that `is possible` is so too."""
    for child in children_of(predicate):
        if child.dep_ in MODIFIERS and not has_mark(child, "to"):
            sign = table("modifiers").get(child.lower_) or participle_sign(child, predicate)
            if sign:
                return Status(sign)
    if predicate.pos_ in NOMINALS and predicate.dep_ in {"nsubj", "nsubj:pass"}:
        sign = table("modifiers").get(predicate.head.lower_, "")
        return Status(sign) if sign and predicate.head.pos_ == "ADJ" else None
    return None


def participle_sign(participle: Token, noun: Token) -> str | None:
    """What `cancelled`, `requested` or `called off` tells of the noun that it modifies."""
    if participle.dep_ not in {"amod", "acl"} or noun.pos_ not in NOMINALS:
        return None
    if not has_feature(participle, "VerbForm", "Part"):
        return None
    return sign_of_governor(participle, {"noun"} | meeting(noun))


def preposition_ahead(predicate: Token) -> Status | None:
    """`ahead of the talks`: a noun before whose event the rest happens."""
    if predicate.pos_ not in NOMINALS:
        return None
    first = predicate.left_edge.i
    before = predicate.doc[max(first - 2, 0) : predicate.i]
    ahead = any(word.lower_ in {"ahead", "pending"} and word.pos_ in {"ADV", "ADP"} for word in before)
    return Status.PLANNED if ahead else None


def prospect(predicate: Token) -> Status | None:
    """`is due to meet`, `is going to meet`, where the first words are taken for a mark or auxiliary."""
    for child in children_of(predicate):
        if child.dep_ == "aux" and child.lower_ in {"going", "gonna"}:
            return Status.PLANNED
        sign = sign_of_governor(child, {"to"}) if child.dep_ == "mark" and child.lower_ != "to" else None
        if sign and phrase_at(child).endswith(" to"):
            return Status(sign)
    return None


def outstanding(predicate: Token) -> Status | None:
    """`has yet to meet`, `is yet to meet`: not done so far."""
    if not is_infinitive(predicate):
        return None
    to = next(child for child in children_of(predicate) if child.dep_ == "mark" and child.lower_ == "to")
    is_before = to.i > sentence_bounds(predicate)[0] and to.nbor(-1).lower_ == "yet"
    return Status.NEGATED if is_before else None


def future_time(predicate: Token) -> Status | None:
    """`meets B tomorrow`, `is visiting A next week`: a present tense that looks ahead."""
    if predicate.pos_ != "VERB" or is_past(predicate):
        return None
    for child in children_of(predicate):
        nexts = any(grandchild.lower_ in {"next", "coming"} for grandchild in children_of(child))
        if child.dep_ in TIMES and (nexts or child.lower_ in {"tomorrow", "soon"}):
            return Status.PLANNED
    return None


def imperative(predicate: Token) -> Status | None:
    """`"Release the prisoners!"`: who is quoted asks for it."""
    if not has_feature(predicate, "Mood", "Imp") or has_subject(predicate):
        return None
    return Status.REQUESTED


OWN_RULES: tuple[Callable[[Token], Status | None], ...] = (
    negation,
    auxiliary,
    infinitive_of_be,
    modifier,
    preposition_ahead,
    outstanding,
    future_time,
    imperative,
    prospect,
)


# Signs of what governs the predicate.


def complement(predicate: Token, depth: int) -> list[Status]:
    """`agreed to meet`, `denied that they met`, `unable to meet`: the governor's sign and its own signs.

    What is reported is not denied with the report: a verb of saying hands on nothing to a finite clause.
    """
    if predicate.dep_ not in {"xcomp", "ccomp", "csubj", "csubj:pass"}:
        return []
    governor = predicate.head
    open_ = predicate.dep_ == "xcomp" or is_infinitive(predicate)
    signs = complement_sign(predicate, governor, open_=open_)
    reports = governor.lemma_.lower() in words("reporting_verbs") | words("transparent_verbs")
    if reports and not open_ and Status.NEGATED not in signs:
        return signs
    return signs + handed_on(governor, depth)


def complement_sign(predicate: Token, governor: Token, *, open_: bool) -> list[Status]:
    """The sign of the governor of a complement; wanting somebody to act is a request."""
    if governor.lemma_.lower() in {"want", "expect", "like"} and open_ and is_wanted_of_another(predicate):
        return [Status.REQUESTED] if governor.lemma_.lower() == "want" else [Status.PLANNED]
    takes = {"to" if open_ else "that"} | ({"ing"} if is_gerund(predicate) else set())
    sign = sign_of_governor(governor, takes)
    return [Status(sign)] if sign else []


def is_wanted_of_another(predicate: Token) -> bool:
    """`wants Russia to leave`, however the object is attached."""
    objects = [c for c in children_of(predicate.head) if c.dep_ in {"obj", "iobj"}]
    return bool(objects) or any(child.dep_ in {"nsubj", "nsubj:pass"} for child in children_of(predicate))


def gerund(predicate: Token, depth: int) -> list[Status]:
    """`prevented them from meeting`, `called for lifting sanctions`, `without meeting`."""
    if predicate.dep_ not in {"advcl", "acl", "obl", "nmod"} or not is_gerund(predicate):
        return []
    if has_auxiliary(predicate) or has_subject(predicate):  # `when A was leaving` is a clause of its own
        return []
    preposition = case_of(predicate)
    takes = "of" if predicate.head.pos_ in NOMINALS else "ing"
    sign = sign_of_phrase(predicate.head, preposition, {takes, "ing"})
    return [Status(sign), *handed_on(predicate.head, depth)] if sign else []


def infinitive_of_noun(predicate: Token, depth: int) -> list[Status]:
    """`a plan to meet`, `failure to agree`, `the decision that they meet`."""
    if predicate.dep_ not in {"acl", "advcl", "ccomp", "xcomp"} or predicate.head.pos_ not in NOMINALS:
        return []
    takes = {"to"} if is_infinitive(predicate) else {"that"} if has_mark(predicate, "that") else set()
    sign = sign_of_governor(predicate.head, takes)
    return [Status(sign), *handed_on(predicate.head, depth)] if sign else []


def purpose(predicate: Token, depth: int) -> list[Status]:
    """`flew to B to meet C` is planned; of `met to discuss`, both were done."""
    if predicate.dep_ != "advcl" or not is_infinitive(predicate):
        return []
    governor = predicate.head
    sign = sign_of_governor(governor, {"to"})
    if sign:
        return [Status(sign), *handed_on(governor, depth)]
    if governor.lemma_.lower() in words("meeting_verbs"):
        return handed_on(governor, depth)
    return [Status.PLANNED]


def participial_clause(predicate: Token, depth: int) -> list[Status]:
    """`will fly to B, meeting C`: a participle without a conjunction shares its clause's signs."""
    loose = predicate.dep_ == "advcl" and not is_infinitive(predicate) and not introduced(predicate)
    return handed_on(predicate.head, depth) if loose and not is_finite(predicate) else []


def coordination(predicate: Token, depth: int) -> list[Status]:
    """`will meet and discuss`: what stands before the first verb is shared; `but` ends a negation."""
    if predicate.dep_ != "conj":
        return []
    first = predicate.head
    if is_infinitive(predicate) and is_finite_clause(first):  # `was told to leave and to pay`
        sign = sign_of_governor(first, {"to"})
        return [Status(sign), *handed_on(first, depth)] if sign else handed_on(first, depth)
    is_clause = has_subject(predicate) or has_auxiliary(predicate)
    if predicate.pos_ in NOMINALS and not is_clause:
        return shared_by_nouns(predicate, first, depth)
    above = governing_signs(first, depth=depth + 1)
    if is_clause or is_finite(predicate):
        return above
    adverse = any(child.dep_ == "cc" and child.lower_ in {"but", "yet"} for child in children_of(predicate))
    own = [sign for rule in (auxiliary, negation, infinitive_of_be) if (sign := rule(first))]
    return above + [sign for sign in own if not (adverse and sign is Status.NEGATED)]


def is_finite_clause(verb: Token) -> bool:
    """Whether a verb is finite, itself or by its auxiliary."""
    return not is_infinitive(verb) and (is_finite(verb) or has_auxiliary(verb))


def shared_by_nouns(noun: Token, first: Token, depth: int) -> list[Status]:
    """`planned talks and visits`: the second noun shares what governs the first, and its adjective."""
    shared = [sign for rule in (modifier, negation, preposition_ahead) if (sign := rule(first))]
    own = any(child.dep_ in {"det", "nmod:poss"} and child.lower_ != "no" for child in children_of(noun))
    return ([] if own else shared) + governing_signs(first, depth=depth + 1)


def governed_noun(predicate: Token, depth: int) -> list[Status]:
    """`cancelled the visit`, `called for talks`, `held talks`: an event noun under a verb."""
    if predicate.pos_ not in NOMINALS or predicate.dep_ not in ARGUMENTS | {"nsubj"}:
        return []
    governor = predicate.head
    if governor.pos_ in NOMINALS:
        sign = sign_of_phrase(governor, case_of(predicate), {"of"})
        return [Status(sign), *handed_on(governor, depth)] if sign else []
    if predicate.dep_ == "nsubj":
        return signs_of_occurrence(predicate, governor, depth)
    takes = {"noun"} | meeting(predicate)
    sign = sign_of_phrase(governor, case_of(predicate), takes)
    if sign:
        return [Status(sign), *seen_once(predicate, handed_on(governor, depth))]
    if predicate.dep_ in {"obj", "nsubj:pass"} and governor.lemma_.lower() in words("light_verbs"):
        return handed_on(governor, depth)
    return [sign for sign in handed_on(governor, depth) if sign is Status.PLANNED and meeting(predicate)]


def signs_of_occurrence(noun: Token, governor: Token, depth: int) -> list[Status]:
    """`talks will begin`, `the meeting did not take place`; other verbs say nothing of their subject."""
    if governor.lemma_.lower() in words("occurrence_verbs"):
        return seen_once(noun, handed_on(governor, depth))
    return [sign for sign in handed_on(governor, depth) if sign is Status.PLANNED and meeting(noun)]


def seen_once(noun: Token, signs: list[Status]) -> list[Status]:
    """The signs of a noun's verb without the `no` of the noun, which is seen from both sides."""
    if noun.dep_ in {"nsubj", "nsubj:pass"} and is_nobody(noun) and Status.NEGATED in signs:
        signs.remove(Status.NEGATED)
    return signs


GOVERNOR_RULES: tuple[Callable[[Token, int], list[Status]], ...] = (
    complement,
    gerund,
    infinitive_of_noun,
    purpose,
    participial_clause,
    coordination,
    governed_noun,
)


def handed_on(governor: Token, depth: int) -> list[Status]:
    """The signs of a governor, for what it governs."""
    return signs_of(governor, depth=depth + 1)
