"""Derived clauses: what a phrase says that a clause with another predicate would say.

`at the request of A, B resigned` says that A requested something of B; `A-backed rebels` that A backs
rebels; `the prorogation of Parliament by A` that A prorogued Parliament. Each rule looks at one token
and gives clauses, which are read like any others (`drafts`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.actors.phrases import nominal_of
from kg.language.tree import children_of, sentence_bounds, tokens_known
from kg.language.wordsets import word_set
from kg.relations.clauses import (
    Argument,
    Clause,
    clause_at,
    expand,
    is_passive,
    lemma_with_particle,
    preposition_of,
)
from kg.relations.cues import table
from kg.relations.events import HYPHENS, agents_of, arguments_of, bearers_of, light_verb_subjects, name_of
from kg.relations.syntax import is_infinitive
from kg.types import EntityType

NAMING_TAGS = frozenset({"PROPN", "ADJ"})
BEHEST_PREPOSITIONS = frozenset({"at", "on", "upon", "under"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
PERSON_LABELS = frozenset({"PER", "PERSON"})
GESTURE_PREPOSITIONS = frozenset({"of", "with", "for", "to", "against", "at", "over"})
ADDRESSED = frozenset({"invite", "summon", "instruct"})
"""Verbs that say whom something is asked of, not what."""
EXAMPLE_PREPOSITIONS = frozenset({"including", "like", "such as"})
TABLES = ("hyphenated", "deverbals", "behests", "resolves", "gestures")
SETS = (
    "transfers",
    "those struck",
    "works",
    "doing",
    "medical care",
    "those taking part",
    "motion",
    "publishing",
)
"""The lists by which the rules know their words."""
CLAUSES_OF_DEMANDS = frozenset({"acl", "advcl", "xcomp", "ccomp"})


def derived_clauses_of(doc: Doc) -> list[Clause]:
    """The clauses that phrases of a document stand for, in the order of their words."""
    tokens = tokens_known(doc, triggers())
    return [clause for token in tokens for rule in RULES for clause in rule(token)]


@functools.cache
def triggers() -> frozenset[str]:
    """The words that any rule looks at, so that others are passed over; of several words the first."""
    listed = (word for name in TABLES for word in table(name))
    grouped = (word for name in SETS for word in word_set("kg.relations", name))
    return frozenset(word.partition(" ")[0] for word in (*listed, *grouped, "give"))


def hyphenated(token: Token) -> Iterator[Clause]:
    """`US-led war`, `Rwanda-backed rebels`, `Iran-sponsored`: a name before a participle."""
    verb = table("hyphenated").get(token.lower_)
    if verb is None or token.i - 2 < sentence_bounds(token)[0] or token.nbor(-1).text not in HYPHENS:
        return
    agent, noun = token.nbor(-2), modified_by(token)
    if agent.pos_ not in NAMING_TAGS or noun is None:
        return
    entry = nominal_of(noun)
    if verb == "lead" and entry is not None and entry.type is EntityType.EVENT:
        yield participation(token, (agent,), expand([noun]), "hyphenated")
    else:
        yield Clause(
            predicate=token, lemma=verb, subjects=(agent,), objects=expand([noun]), origin="hyphenated"
        )


def modified_by(participle: Token) -> Token | None:
    """The noun that a participle before it modifies."""
    noun = participle.head
    while noun.dep_ in {"amod", "compound"} and noun.i > participle.i:
        noun = noun.head
    return noun if noun.i > participle.i and noun.pos_ in {"NOUN", "PROPN"} else None


def deverbal(token: Token) -> Iterator[Clause]:
    """`the prorogation of Parliament by A`, `A's sacking of B`: a noun for what a verb does."""
    verb = table("deverbals").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    if verb is None:
        return
    arguments = arguments_of(token)
    themes = tuple(argument.token for argument in arguments if argument.preposition == "of")
    agents = tuple(agent for agent in agents_of(token, arguments) if agent not in themes)
    others = tuple(a for a in arguments if a.token not in (*themes, *agents))
    if agents and themes:
        yield Clause(
            predicate=token, lemma=verb, subjects=agents, objects=themes, obliques=others, origin="deverbal"
        )


def behest(token: Token) -> Iterator[Clause]:
    """`B resigned at the request of A`, `at A's invitation`: who asked the doer."""
    verb = table("behests").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    is_adverbial = token.dep_ == "obl" and preposition_of(token) in BEHEST_PREPOSITIONS
    if verb is None or not is_adverbial:
        return
    asking, doers = owners_of(token), clause_at(token.head).subjects
    doers = tuple(doer for doer in doers if doer not in asking)
    if asking and doers:
        yield Clause(predicate=token, lemma=verb, subjects=asking, objects=doers, origin="behest")


def request_to_act(token: Token) -> Iterator[Clause]:
    """`A's request to suspend B`, `the demand of A that B be released`: whom what is asked for concerns."""
    verb = table("behests").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    is_asking = verb is not None and verb not in ADDRESSED
    asking = owners_of(token) or light_verb_subjects(token) if is_asking else ()
    for asked in demanded(token) if asking else ():
        clause = clause_at(asked)
        concerned = clause.objects or tuple(a.token for a in clause.obliques)
        yield Clause(
            predicate=token, lemma=str(verb), subjects=asking, objects=concerned, origin="request to act"
        )


def demanded(noun: Token) -> Iterator[Token]:
    """The predicates that a noun of asking governs, where the parser hung them on its verb too."""
    end = max(word.i for word in noun.subtree)
    beside = [
        c for c in children_of(noun.head) if c.dep_ == "advcl" and c.i > noun.i and c.left_edge.i == end + 1
    ]
    inside = [c for c in children_of(noun) if c.dep_ in CLAUSES_OF_DEMANDS]
    yield from (c for c in (*inside, *beside) if c.pos_ == "VERB" and is_infinitive(c))


def resolve(token: Token) -> Iterator[Clause]:
    """`A's refusal to recognise B`, `their threat to attack B`: a noun for what a verb with `to` says."""
    verb = table("resolves").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    resolved = owners_of(token) or light_verb_subjects(token) if verb is not None else ()
    for intended in demanded(token) if resolved else ():
        yield Clause(
            predicate=token, lemma=str(verb), subjects=resolved, complements=(intended,), origin="resolve"
        )


def transfer(token: Token) -> Iterator[Clause]:
    """`A ceded B to C`, `relinquished control of B to C`, `sold B to C`: C has it now."""
    if token.lemma_.lower() not in word_set("kg.relations", "transfers") or token.pos_ != "VERB":
        return
    clause = clause_at(token)
    takers = tuple(a.token for a in clause.obliques if a.preposition == "to")
    goods = [good for noun in clause.objects for good in controlled(noun)]
    goods = [good for good in goods if not is_somebody(good) and not is_owned(good)]
    if takers and goods:
        yield Clause(
            predicate=token, lemma="acquire", subjects=takers, objects=tuple(goods), origin="transfer"
        )


def publication(token: Token) -> Iterator[Clause]:
    """`a study published in Nature`, `A published findings in Nature`: the journal publishes it too."""
    if token.lemma_.lower() not in word_set("kg.relations", "publishing") or token.pos_ != "VERB":
        return
    clause = clause_at(token)
    around = (*clause.obliques, *(a for noun in clause.objects for a in arguments_of(noun)))
    venues = tuple(a.token for a in around if a.preposition in {"in", "on"} and is_venue(a.token))
    if venues and clause.objects:
        yield Clause(
            predicate=token, lemma="publish", subjects=venues, objects=clause.objects, origin="publication"
        )


def is_venue(token: Token) -> bool:
    """Whether a word is a name of something other than a place or a date."""
    return token.pos_ == "PROPN" and token.ent_type_ not in PLACE_LABELS | {"DATE", "TIME"}


def is_somebody(token: Token) -> bool:
    """Whether a word is for a person or an event, which are nobody's property."""
    entry = nominal_of(token)
    is_person_noun = entry is not None and entry.type in {EntityType.PERSON, EntityType.EVENT}
    return token.pos_ == "PRON" or token.ent_type_ in PERSON_LABELS or is_person_noun


def is_owned(token: Token) -> bool:
    """Whether a noun has a possessor, of whom a part only passes on."""
    return any(child.dep_ == "nmod:poss" for child in children_of(token))


def controlled(noun: Token) -> tuple[Token, ...]:
    """What is handed over: of `control of B` B."""
    if noun.lemma_.lower() not in word_set("kg.relations", "kinds of power"):
        return (noun,)
    return tuple(a.token for a in arguments_of(noun) if a.preposition in {"of", "over"})


def gesture(token: Token) -> Iterator[Clause]:
    """`did so in honour of B`, `marched in support of B`, `resigned in protest at B`: for or against whom."""
    verb = table("gestures").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    if verb is None or token.dep_ != "obl" or preposition_of(token) not in {"in", "as"}:
        return
    towards = (a.token for a in arguments_of(token) if a.preposition in GESTURE_PREPOSITIONS)
    honoured = (*expand(c for c in children_of(token) if c.dep_ == "nmod:poss"), *towards)
    doers = clause_at(token.head).subjects
    if honoured and doers:
        lemma, _, preposition = verb.partition(" ")
        obliques = tuple(Argument(token=t, preposition=preposition) for t in honoured if preposition)
        objects = () if preposition else honoured
        yield Clause(
            predicate=token.head,
            lemma=lemma,
            subjects=doers,
            objects=objects,
            obliques=obliques,
            origin="gesture",
        )


def deadline(token: Token) -> Iterator[Clause]:
    """`gave B until Thursday to resign`, `gave B a week to leave`: a demand with a term."""
    if token.lemma_.lower() != "give" or token.pos_ != "VERB":
        return
    asked = [c for c in children_of(token) if c.dep_ in {"advcl", "xcomp"} and is_infinitive(c)]
    terms = [c for c in children_of(token) if is_term(c)]
    if asked and terms:
        clause = clause_at(token)
        addressed = tuple(noun for noun in clause.objects if not is_term(noun))
        yield Clause(
            predicate=token, lemma="demand", subjects=clause.subjects, objects=(),
            obliques=tuple(Argument(token=noun, preposition="of") for noun in addressed), origin="deadline",
        )  # fmt: skip


def is_term(token: Token) -> bool:
    """Whether a dependent says by when: `until Thursday`, `two weeks`."""
    is_until = preposition_of(token) == "until" or any(c.lower_ == "until" for c in children_of(token))
    return is_until or token.lemma_.lower() in word_set("kg.relations", "terms")


def targeted(token: Token) -> Iterator[Clause]:
    """`B was the target of an attack by A`, `B fell victim to an A attack`: whom an event befell."""
    if token.lemma_.lower() not in word_set("kg.relations", "those struck") or token.pos_ != "NOUN":
        return
    struck = clause_at(token).subjects if any(c.dep_ == "cop" for c in children_of(token)) else ()
    for child in children_of(token) if struck else ():
        if child.dep_ == "nmod" and preposition_of(child) in {"of", "for", "to"}:
            agents = agents_of(child, arguments_of(child))
            yield Clause(
                predicate=child, lemma=child.lemma_.lower(), subjects=agents, is_nominal=True,
                obliques=tuple(Argument(token=t, preposition="on") for t in struck), origin="targeted",
            )  # fmt: skip


def demands(token: Token) -> Iterator[Clause]:
    """`A's demands include the release of B`: what the demands are is demanded."""
    verb = table("behests").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    is_listing = token.head.lemma_.lower() in word_set("kg.relations", "listing verbs")
    if verb is None or token.dep_ != "nsubj" or not is_listing:
        return
    clause = clause_at(token.head)
    demanded_ = (*clause.objects, *(a.token for a in clause.obliques if a.preposition == "to"))
    if owners_of(token) and demanded_:
        obliques = tuple(Argument(token=noun, preposition="for") for noun in demanded_)
        yield Clause(
            predicate=token, lemma="call", subjects=owners_of(token), obliques=obliques, origin="demands"
        )


def work(token: Token) -> Iterator[Clause]:
    """`A is a film by B`, `the novel A by B`: who made it."""
    if token.lemma_.lower() not in word_set("kg.relations", "works") or token.pos_ != "NOUN":
        return
    makers = tuple(a.token for a in arguments_of(token) if a.preposition == "by")
    if makers:
        made = bearers_of(token) or (token,)
        yield Clause(predicate=token, lemma="make", subjects=makers, objects=made, origin="work")


def ascribed(token: Token) -> Iterator[Clause]:
    """`an attack on B attributed to A`, `a raid on B carried out by A`: who did what a noun names."""
    noun = token.head
    is_doing = lemma_with_particle(token) in word_set("kg.relations", "doing")
    if token.dep_ not in {"acl", "acl:relcl"} or not is_doing or noun.pos_ != "NOUN" or agents_of(noun, ()):
        return
    clause = clause_at(token)
    named = tuple(a.token for a in clause.obliques if a.preposition in {"to", "on", "by"})
    is_active = any(child.dep_ == "obj" for child in children_of(token))
    doers = clause.subjects if clause.is_passive and clause.subjects else named
    arguments = tuple(a for a in arguments_of(noun) if a.token not in doers)
    if doers and arguments and not is_active:
        yield Clause(
            predicate=noun, lemma=name_of(noun), subjects=doers, obliques=arguments, is_nominal=True,
            origin="ascribed",
        )  # fmt: skip


def treated(token: Token) -> Iterator[Clause]:
    """`A was treated at the B hospital`: the hospital helps."""
    if token.lemma_.lower() not in word_set("kg.relations", "medical care") or not is_passive(token):
        return
    clause = clause_at(token)
    houses = [a.token for a in clause.obliques if a.preposition in {"at", "in", "by"}]
    hospitals = tuple(house for house in houses if is_hospital(house))
    if hospitals and clause.objects:
        yield Clause(
            predicate=token, lemma="treat", subjects=hospitals, objects=clause.objects, origin="treated"
        )


def is_hospital(token: Token) -> bool:
    """Whether a noun or name is one of a hospital."""
    words = [token.lemma_.lower(), *(c.lower_ for c in children_of(token) if c.dep_ in {"flat", "compound"})]
    return bool(set(words) & word_set("kg.relations", "hospitals"))


def participants(token: Token) -> Iterator[Clause]:
    """`speakers at the rally, including A and B`: who takes part in an event."""
    if token.lemma_.lower() not in word_set("kg.relations", "those taking part"):
        return
    arguments = arguments_of(token)
    events = tuple(a for a in arguments if a.preposition in {"at", "in", "of", "to", "on"})
    within = (argument for event in events for argument in arguments_of(event.token))
    named = tuple(a.token for a in (*arguments, *within) if a.preposition in EXAMPLE_PREPOSITIONS)
    renamed = tuple(
        name for noun in named for name in expand(c for c in children_of(noun) if c.dep_ == "appos")
    )
    if named and events:
        yield participation(token, (*named, *renamed), tuple(a.token for a in events), "participants")


def travelled(token: Token) -> Iterator[Clause]:
    """`A travelled to B for the summit`: what a journey is made for."""
    if token.lemma_.lower() not in word_set("kg.relations", "motion") or token.pos_ != "VERB":
        return
    clause = clause_at(token)
    aims = tuple(argument.token for argument in clause.obliques if argument.preposition == "for")
    is_directed = any(argument.preposition in {"to", "in", "into"} for argument in clause.obliques)
    if aims and clause.subjects and is_directed:
        yield participation(token, clause.subjects, aims, "travelled")


def participation(predicate: Token, who: tuple[Token, ...], events: tuple[Token, ...], origin: str) -> Clause:
    """The clause that some take part in events."""
    obliques = tuple(Argument(token=event, preposition="in") for event in events)
    return Clause(predicate=predicate, lemma="participate", subjects=who, obliques=obliques, origin=origin)


def owners_of(noun: Token) -> tuple[Token, ...]:
    """Whose a noun is: its possessor, else what `of`, `by` or `from` introduces."""
    possessors = expand(child for child in children_of(noun) if child.dep_ == "nmod:poss")
    given = (a.token for a in arguments_of(noun) if a.preposition in {"of", "by", "from"})
    return possessors or tuple(given)


RULES: tuple[Callable[[Token], Iterator[Clause]], ...] = (
    hyphenated,
    deverbal,
    behest,
    request_to_act,
    resolve,
    publication,
    transfer,
    gesture,
    deadline,
    targeted,
    demands,
    work,
    ascribed,
    treated,
    participants,
    travelled,
)
