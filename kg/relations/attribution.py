"""Attribution: who makes the claim that a predicate states, where the article names somebody.

Each rule looks at one token on the way from the predicate to the root and gives the head of whoever
speaks there; the innermost speaker wins. What stands in quotation marks with no speaker in its clause is
claimed by who speaks elsewhere in the paragraph. Whether the claim is true is no question here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import chain, takewhile

from spacy.tokens import Doc, Token

from kg.language.tree import (
    children_of,
    line_breaks,
    remembered,
    remembered_whole,
    sentence_bounds,
    tokens_of,
    tokens_with,
)
from kg.language.wordsets import word_set
from kg.relations.clauses import is_passive, subjects_of
from kg.relations.cues import table, words
from kg.relations.syntax import case_of, has_mark, has_subject, is_gerund

MAXIMUM_DEPTH = 25
"""Heads that are followed upwards; the depth of the longest sentences of news."""
PRESUPPOSED = frozenset({"appos", "nmod:desc", "compound", "flat", "amod"})
"""Labels of words that name somebody within a claim, rather than make it."""
OPENING, CLOSING, STRAIGHT = frozenset("“„«"), frozenset("”»"), frozenset({'"', "``", "''"})


@remembered
def source_of(predicate: Token) -> Token | None:
    """The head of whoever claims what a predicate states; None where the article itself does.

    A pronoun may be given, which coreference has to resolve. A verb of saying is not attributed to its
    own subject, and a title or apposition (`A, son of B, fell, C said`) is the article's own.

    >>> from spacy.tokens import Doc
    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["Ana", "said", "Bo", "left"], lemmas=["Ana", "say", "Bo", "leave"],
    ...           pos=["PROPN", "VERB", "PROPN", "VERB"], heads=[1, 1, 3, 1],
    ...           deps=["nsubj", "ROOT", "nsubj", "ccomp"])
    >>> source_of(doc[3]).text, source_of(doc[1])
    ('Ana', None)
    """
    if predicate.dep_ in PRESUPPOSED:
        return None
    for token in upwards(predicate):
        for rule in RULES:
            source = rule(token, predicate)
            if source is not None:
                return claimant(source)
    source = quoted_source(predicate) if is_quoted(predicate) else named_after(predicate)
    return claimant(source) if source is not None else None


def claimant(source: Token) -> Token | None:
    """Whose a statement is, where that is the source: `according to a report by A`, `A's letter said`.

    None for a statement that is nobody's.
    """
    if source.pos_ != "NOUN" or source.lemma_.lower() not in words("reporting_nouns"):
        return source
    return author(source) or next((child for child in children_of(source) if child.dep_ == "compound"), None)


def upwards(predicate: Token) -> Iterator[Token]:
    """A token and what it depends on, up to the root."""
    token = predicate
    for _ in range(MAXIMUM_DEPTH):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


# Who speaks at a token, tried in this order.


def according_to(token: Token, predicate: Token) -> Token | None:
    """`A met B, according to C`; `according` may be taken for a verb."""
    for child in children_of(token):
        if child.i == predicate.i:
            continue
        if child.dep_ in {"obl", "nmod", "advmod", "advcl"} and case_of(child) in words(
            "source_prepositions"
        ):
            return child
        if child.lower_ == "according":
            return next((noun for noun in children_of(child) if noun.dep_ in {"obl", "nmod", "pobj"}), None)
    return None


def inquit(token: Token, predicate: Token) -> Token | None:
    """`A met B, C said`, `as C put it`: the verb of saying hangs on what is said."""
    for child in children_of(token):
        as_said = child.dep_ == "advcl" and has_mark(child, "as")
        put = as_said and child.lemma_.lower() == "put"
        if (
            (child.dep_ == "parataxis" or as_said)
            and (says(child) or put)
            and child not in set(upwards(predicate))
        ):
            return speaker(child)
    return None


def complement(token: Token, predicate: Token) -> Token | None:
    """`C said that A met B`: what is said hangs on the verb of saying."""
    governor = token.head
    if token.dep_ not in {"ccomp", "parataxis"} or governor.i in {predicate.i, token.i}:
        return None
    if token.dep_ == "parataxis" and (says(token) or not is_quoted(token)):
        return None
    return speaker(governor) if says(governor) else None


def accusation(token: Token, predicate: Token) -> Token | None:
    """`C accused A of attacking B`."""
    governor = token.head
    if (
        governor.i == predicate.i
        or kind_of(governor) != "accuse"
        or token.dep_ not in {"advcl", "obl", "xcomp"}
    ):
        return None
    return speaker(governor) if case_of(token) in {"of", "for"} and token.pos_ in {"VERB", "NOUN"} else None


def statement(token: Token, predicate: Token) -> Token | None:
    """`C's claim that A met B`, `allegations by C of attacking B`: what hangs on a noun of saying."""
    noun = token.head
    if noun.i == predicate.i or noun.lemma_.lower() not in words("reporting_nouns") or noun.i == token.i:
        return None
    finite = token.dep_ in {"acl", "ccomp", "acl:relcl"} and has_mark(token, "that")
    if not finite and not (is_gerund(token) and case_of(token) == "of"):
        return None
    return author(noun)


def raised(token: Token, predicate: Token) -> Token | None:
    """`C floated the possibility of a visit by A to B`: what hangs on a noun for what may be."""
    noun = token.head
    possible = noun.lemma_.lower() in word_set("kg.relations", "what may be")
    if not possible or noun.i == token.i or noun.dep_ != "obj" or case_of(token) != "of":
        return None
    return speaker(noun.head) if noun.head.i != predicate.i else None


RULES: tuple[Callable[[Token, Token], Token | None], ...] = (
    according_to,
    inquit,
    complement,
    accusation,
    statement,
    raised,
)


# What the rules ask of a token.


@remembered
def kind_of(verb: Token) -> str:
    """Whether a verb says, thinks or accuses; empty where it does none."""
    return table("reporting_verbs").get(verb.lemma_.lower(), "") if verb.pos_ in {"VERB", "AUX"} else ""


def says(verb: Token) -> bool:
    """Whether a verb reports what somebody says or thinks."""
    return bool(kind_of(verb))


@remembered
def said_before(clause: Token) -> Token | None:
    """`A left, B said on Monday`: the verb of saying that follows a clause; None of other clauses.

    Parsers hang on the clause what stands after the verb of saying.
    """
    if clause.dep_ == "ccomp" and clause.i < clause.head.i:
        return clause.head if says(clause.head) else None
    after = (child for child in children_of(clause) if child.dep_ == "parataxis" and child.i > clause.i)
    return next((child for child in after if says(child)), None)


def speaker(verb: Token) -> Token | None:
    """Who says: the subject, or the agent of a passive; of `B quoted A as saying` it is A."""
    if is_quoting(verb.head) and verb.dep_ == "advcl" and has_mark(verb, "as") and not is_passive(verb.head):
        return next((child for child in children_of(verb.head) if child.dep_ == "obj"), None)
    saying = said_before(verb.head) if verb.dep_ == "advcl" and not has_subject(verb) else None
    if saying is not None and saying.i < verb.i:  # `A left, B said, adding that C stayed`
        return speaker(saying)
    if is_passive(verb) and not is_quoting(verb):
        agents = (child for child in children_of(verb) if child.dep_ in {"obl", "obl:agent"})
        return next((agent for agent in agents if case_of(agent) == "by"), None)
    subject = next(iter(subjects_of(verb)), None)
    if subject is not None and subject.pos_ in {"NOUN", "PROPN", "PRON"} and subject.dep_ != "expl":
        return subject
    return None


def is_quoting(verb: Token) -> bool:
    """Whether a verb gives the words of its object."""
    return verb.lemma_.lower() in {"quote", "cite"}


def author(noun: Token) -> Token | None:
    """Whose statement a noun names: possessor, `by`, `of` or `from`, else the subject of its verb."""
    for child in children_of(noun):
        if child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and case_of(child) in {"by", "of", "from"}):
            return child
    verb = noun.head
    if noun.dep_ == "obj" and verb.pos_ == "VERB":
        return speaker(verb)
    return None


# Quotations.


def named_after(predicate: Token) -> Token | None:
    """`A met B. This information comes from C.`: who by the next sentence told what one says; else None."""
    doc, end = predicate.doc, sentence_bounds(predicate)[1]
    return None if end >= len(doc) or "\n" in doc[end - 1].text else origin_of(doc[end])


@remembered
def origin_of(first: Token) -> Token | None:
    """Who by the sentence that a token begins told what the one before it says; None where nobody did."""
    verb = first.sent.root
    subject = next((child for child in children_of(verb) if child.dep_ in {"nsubj", "nsubj:pass"}), None)
    if subject is None or subject.lemma_.lower() not in word_set("kg.relations", "what was told"):
        return None
    if not any(child.lower_ in {"this", "that", "these", "the"} for child in children_of(subject)):
        return None
    origin = "by" if is_passive(verb) else "from"
    is_origin = verb.lemma_.lower() in word_set("kg.relations", f"origin {origin}")
    obliques = (child for child in children_of(verb) if child.dep_.startswith("obl"))
    return next((child for child in obliques if case_of(child) == origin), None) if is_origin else None


def is_quoted(token: Token) -> bool:
    """Whether a token stands between quotation marks, counted from the start of its paragraph."""
    return _quoted(token.doc)[token.i]


@remembered_whole
def _quoted(doc: Doc) -> list[bool]:
    """Of each token whether it is quoted."""
    found, is_open = [], False
    for word in tokens_of(doc):
        found.append(is_open)
        text = word.text
        if text in STRAIGHT:
            is_open = not is_open
        elif text in OPENING:
            is_open = True
        elif text in CLOSING or "\n" in text:
            is_open = False
    return found


def paragraph_start(token: Token) -> int:
    """Index of the first token after the line break before a token."""
    breaks = line_breaks(token.doc)
    before = bisect_left(breaks, token.i)
    return breaks[before - 1] + 1 if before else 0


def quoted_source(predicate: Token) -> Token | None:
    """Who speaks in the sentence of a quoted predicate, else in the nearest sentence of its paragraph.

    The sentences before it are asked first, the nearest first, then the one behind it.
    """
    doc, (start, end) = predicate.doc, sentence_bounds(predicate)
    spoken = _spoken(doc)
    starts = list(spoken)
    first = sentence_bounds(doc[paragraph_start(predicate)])[0]
    breaks = line_breaks(doc)
    after = bisect_left(breaks, predicate.i)
    is_last = end >= (breaks[after] if after < len(breaks) else len(doc))
    before = takewhile(lambda sentence: sentence >= first, reversed(starts[: bisect_right(starts, start)]))
    for sentence in chain(before, () if is_last else (end,)):
        if sentence != predicate.i:
            found = (speaker_ for verb, speaker_ in spoken.get(sentence, ()) if verb != predicate.i)
            source = next(found, None)
            if source is not None:
                return source
    return None


@remembered_whole
def _spoken(doc: Doc) -> dict[int, list[tuple[int, Token]]]:
    """The verbs of saying outside of quotations, each with who says, by the first token of the sentence."""
    found: dict[int, list[tuple[int, Token]]] = {}
    for verb in tokens_with(doc, table("reporting_verbs").keys()):
        who = speaker(verb) if kind_of(verb) == "say" and not is_quoted(verb) else None
        if who is not None:
            found.setdefault(sentence_bounds(verb)[0], []).append((verb.i, who))
    return found
