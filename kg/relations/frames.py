"""Frames: the forms under which a clause may stand in the ontology, with what each form acts on.

`held talks in Ankara with the minister` stands under `hold talk with`, `hold talk`, `hold in`,
`hold with` and `hold`; each form names the noun that would be the relation's object. The longest form
that the ontology knows decides (`classification`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.actors.phrases import singular
from kg.language.tree import children_of
from kg.language.wordsets import word_set
from kg.relations.clauses import Argument, Clause, clause_at, expand
from kg.relations.cues import table
from kg.relations.events import arguments_of
from kg.relations.syntax import is_gerund, is_infinitive

PARTNER_PREPOSITIONS = frozenset({"to", "with", "against"})
AIM_PREPOSITIONS = frozenset({"on", "upon", "toward", "towards"})
"""What they introduce is acted on where they stand at a noun: `orchestrated attacks on B`."""
GERUND_PREPOSITIONS = frozenset({"to", "on", "for", "of", "from", "against", "in"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One form of a clause."""

    form: str
    """Lemmas in the order of the ontology's lexical forms."""
    targets: tuple[Token, ...]
    """What would be the object of the relation."""
    noun: Token | None = None
    """The noun that the form has between verb and target, so that it is no actor itself."""
    subjects: tuple[Token, ...] | None = None
    """Who the form is said of, where it is not the clause's subject: `B is based in C`."""
    is_clausal: bool = False
    """Whether the target is the subject of a governed clause: `demanded that B leave`."""
    is_closed: bool = False
    """Whether shorter forms of the clause would mean something else."""


def frames_of(clause: Clause) -> list[Frame]:
    """The frames of a clause, the most specific first."""
    if clause.is_nominal:
        return list(noun_frames(clause))
    if clause.lemma in word_set("kg.relations", "blaming on") and blamed_on(clause):
        return blamed_on(clause)
    if is_naming(clause):  # what it is called decides: `accusations`
        return []
    return [
        *complement_frames(clause),
        *gerund_frames(clause),
        *verb_noun_frames(clause),
        *preposition_frames(clause),
        Frame(form=clause.lemma, targets=clause.objects),
        Frame(form=clause.lemma, targets=subjects_of_complements(clause), is_clausal=True),
        *passive_frames(clause),
    ]


def blamed_on(clause: Clause) -> list[Frame]:
    """`blamed the attack on B`: B, and not the attack, wherever the parser hung it."""
    if not clause.objects:
        return []
    inside = (a for noun in clause.objects for a in arguments_of(noun))
    arguments = tuple(a for a in (*clause.obliques, *inside) if a.preposition in {"on", "upon", "to"})
    return [Frame(form="blame", targets=targets, is_closed=True) for _, targets in grouped(arguments)]


def is_naming(clause: Clause) -> bool:
    """Whether `call` gives a name: `called B's plan a disgrace`, but not `called B`."""
    named = (c for c in clause.complements if c.pos_ in {"NOUN", "ADJ", "PROPN"} and not is_infinitive(c))
    return clause.lemma == "call" and bool(clause.objects) and any(named)


def noun_frames(clause: Clause) -> Iterator[Frame]:
    """`visit to`, `mediator between`, then the bare noun with whatever it has."""
    if clause.parties:
        yield Frame(form=f"{clause.lemma} between", targets=clause.parties)
    others = (a for a in clause.obliques if a.token.lemma_.lower() not in table("gestures"))
    for preposition, targets in grouped(tuple(others)):
        yield Frame(form=f"{clause.lemma} {preposition}", targets=targets)
    themes = tuple(
        a.token for a in clause.obliques if a.preposition not in word_set("kg.relations", "circumstances")
    )
    yield Frame(form=clause.lemma, targets=themes)


def verb_noun_frames(clause: Clause) -> Iterator[Frame]:
    """`hold talk with`, `express support for`, `hold hunger strike`, then `hold talk` alone."""
    bases = [(noun, f"{clause.lemma} {name}") for noun in clause.objects for name in names_of(noun)]
    for noun, base in bases:
        yield from deep_frames(base, noun)
        for preposition, targets in grouped((*clause.obliques, *arguments_of(noun))):
            yield Frame(form=f"{base} {preposition}", targets=targets, noun=noun, is_closed=True)
    for noun, base in bases:
        reached = (*clause.obliques, *arguments_of(noun))
        partners = [argument.token for argument in reached if argument.preposition in PARTNER_PREPOSITIONS]
        partners += [a.token for a in arguments_of(noun) if a.preposition in AIM_PREPOSITIONS]
        yield Frame(form=base, targets=(*partners, noun), noun=noun, is_closed=True)
    for argument in clause.obliques:
        form = f"{clause.lemma} {argument.preposition} {argument.token.lemma_.lower()}"
        yield Frame(form=form, targets=clause.objects or arguments_in(argument.token), is_closed=True)


def passive_frames(clause: Clause) -> Iterator[Frame]:
    """`be based in`, `be married to`: a participle with `be`, said of its grammatical subject."""
    if clause.is_passive:
        for preposition, targets in grouped((*clause.obliques, *(by(t) for t in clause.subjects))):
            form = f"be {clause.predicate.lower_} {preposition}"
            yield Frame(form=form, targets=targets, subjects=clause.objects)


def by(agent: Token) -> Argument:
    """An agent as the argument of `by`."""
    return Argument(token=agent, preposition="by")


def names_of(noun: Token) -> list[str]:
    """A noun's lemma with what is compounded to it, then alone: `hunger strike`, `strike`.

    Models leave some plurals as they are, such as `troops`: then the singular is a form too.
    """
    lemma = noun.lemma_.lower()
    lemmas = list(dict.fromkeys((lemma, singular(lemma))))
    before = [child for child in children_of(noun) if child.dep_ == "compound" and child.i == noun.i - 1]
    return [f"{child.lemma_.lower()} {form}" for child in before for form in lemmas] + lemmas


def arguments_in(noun: Token) -> tuple[Token, ...]:
    """Whatever prepositions attach to a noun."""
    return tuple(argument.token for argument in arguments_of(noun))


def deep_frames(base: str, noun: Token) -> Iterator[Frame]:
    """`offer platform for talk between`: a noun inside the object, and what that has."""
    for argument in arguments_of(noun):
        form = f"{base} {argument.preposition} {argument.token.lemma_.lower()}"
        for preposition, targets in grouped(arguments_of(argument.token)):
            yield Frame(form=f"{form} {preposition}", targets=targets, noun=noun, is_closed=True)


def preposition_frames(clause: Clause) -> Iterator[Frame]:
    """`call on`, `pull out of`, `accuse of`."""
    others = (a for a in clause.obliques if a.token.lemma_.lower() not in table("gestures"))
    for preposition, targets in grouped(tuple(others)):
        yield Frame(form=f"{clause.lemma} {preposition}", targets=targets)


def complement_frames(clause: Clause) -> Iterator[Frame]:
    """`agree to` with what the governed verb acts on, `urge to` with who is urged."""
    uncontrolled = word_set("kg.relations", "motion") | word_set("kg.relations", "addressing by to")
    for complement in clause.complements if clause.lemma not in uncontrolled else ():
        if complement.pos_ not in {"VERB", "NOUN", "ADJ"} or not is_infinitive(complement):
            continue
        governed = clause_at(complement)
        named = tuple(child for child in children_of(complement) if child.dep_ == "nsubj")
        targets = clause.objects or expand(named) or acted_on_by(governed)
        yield Frame(form=f"{clause.lemma} to", targets=targets, is_closed=True)


def gerund_frames(clause: Clause) -> Iterator[Frame]:
    """`commit to proceeding with`, `apologise for attacking`: what a gerund after a preposition acts on."""
    for child in children_of(clause.predicate):
        is_late = child.dep_ in {"advcl", "obl"} and child.pos_ == "VERB" and is_gerund(child)
        if is_late and clause.lemma != "plead":  # what one pleads to is not asked for
            preposition = " ".join(c.lower_ for c in children_of(child) if c.dep_ in {"mark", "case"})
            targets = clause.objects or acted_on_by(clause_at(child))
            if preposition in GERUND_PREPOSITIONS:
                yield Frame(form=f"{clause.lemma} {preposition}", targets=targets, is_closed=True)


def acted_on_by(governed: Clause) -> tuple[Token, ...]:
    """What a governed verb acts on, but not where, when or by what means."""
    settings = word_set("kg.relations", "circumstances") | {"through", "via", "without"}
    around = (argument.token for argument in governed.obliques if argument.preposition not in settings)
    return (*governed.objects, *around)


def subjects_of_complements(clause: Clause) -> tuple[Token, ...]:
    """Who a finite complement clause is about: `demanded that B leave`."""
    governed = (clause_at(complement) for complement in clause.complements if complement.dep_ == "ccomp")
    return tuple(
        token for inner in governed for token in (inner.objects if inner.is_passive else inner.subjects)
    )


def grouped(arguments: tuple[Argument, ...]) -> list[tuple[str, tuple[Token, ...]]]:
    """Arguments by preposition, in the order of the text."""
    by_preposition: dict[str, dict[int, Token]] = {}
    for argument in arguments:
        by_preposition.setdefault(argument.preposition, {})[argument.token.i] = argument.token
    return [
        (preposition, tuple(tokens[i] for i in sorted(tokens)))
        for preposition, tokens in by_preposition.items()
    ]
