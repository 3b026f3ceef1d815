"""Clauses: who does what to whom, read off the dependency tree.

A clause is a predicate (verb, or adjective with a copula) with its logical arguments: a passive's
agent is its subject, a relative pronoun is its antecedent, a shared or controlled subject is filled
in. Labels are those of Universal Dependencies v2 (https://universaldependencies.org/u/dep/).
Which relation a clause states is `classification`'s question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.actors.identity import coordinated
from kg.language.tree import children_of, remembered, tokens_tagged
from kg.language.wordsets import word_set
from kg.relations.syntax import has_feature, has_mark, phrase_at

SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:outer"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "csubj:pass"})
OBLIQUES = frozenset({"obl", "obl:agent", "obl:unmarked", "nmod", "obl:tmod"})
PREDICATE_TAGS = frozenset({"VERB", "ADJ"})
RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom", "where", "whose"})
REDUCED_LABELS = frozenset({"acl", "acl:relcl", "conj", "advcl", "xcomp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A noun that takes part in a clause or a nominal event."""

    token: Token
    preposition: str = ""
    """Lower-case preposition that introduces it; empty for a direct object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A predicate with its logical arguments, each expanded over coordination."""

    predicate: Token
    lemma: str
    """Base form with its particle: `pull out`."""
    subjects: tuple[Token, ...] = ()
    objects: tuple[Token, ...] = ()
    obliques: tuple[Argument, ...] = ()
    complements: tuple[Token, ...] = ()
    """Predicates of open and finite complement clauses (`xcomp`, `ccomp`)."""
    bearers: tuple[Token, ...] = ()
    """Who the noun of a nominal clause is said of: `A, an ally of B`."""
    parties: tuple[Token, ...] = ()
    """Participants on one level: `talks between A and B`."""
    is_passive: bool = False
    is_nominal: bool = False
    origin: str = ""
    """The rule of `derived` that gave it; empty for a clause of the text."""


def clauses_of(doc: Doc) -> list[Clause]:
    """All clauses of a parsed document, in the order of their predicates.

    A clause without a subject or without anything it acts on is kept: a reciprocal or a nominal
    object may complete it.
    """
    return [clause_at(token) for token in tokens_tagged(doc, PREDICATE_TAGS) if is_predicate(token)]


@remembered
def is_predicate(token: Token) -> bool:
    """Whether a token heads a clause of its own."""
    if token.pos_ == "VERB":
        return token.dep_ not in {"amod", "compound", "case", "aux", "fixed", "compound:prt"}
    return token.pos_ == "ADJ" and any(child.dep_ == "cop" for child in children_of(token))


@remembered
def clause_at(predicate: Token) -> Clause:
    """The clause that a predicate heads."""
    passive = is_passive(predicate)
    grammatical = subjects_of(predicate)
    direct = expand(token for child in direct_objects(predicate) for token in antecedents(child))
    obliques = (*obliques_of(predicate), *datives_of(predicate))
    if passive:
        agents = tuple(argument.token for argument in obliques if argument.preposition == "by")
        agents = agents or misplaced_agents(obliques)
        obliques = tuple(argument for argument in obliques if argument.preposition != "by")
        subjects, objects = agents, (*grammatical, *direct)
    else:
        subjects, objects = grammatical, unique((*direct, *relative_objects(predicate, grammatical)))
    return Clause(
        predicate=predicate,
        lemma=lemma_with_particle(predicate),
        subjects=subjects,
        objects=objects,
        obliques=obliques,
        complements=tuple(child for child in children_of(predicate) if child.dep_ in {"xcomp", "ccomp"}),
        is_passive=passive,
    )


def direct_objects(predicate: Token) -> list[Token]:
    """The objects of a verb; of `appointed him minister` not the post, which nobody does anything to."""
    found = [child for child in children_of(predicate) if child.dep_ in {"obj", "iobj"}]
    if len(found) < 2 or predicate.lemma_.lower() not in word_set("kg.relations", "verbs of appointment"):  # noqa: PLR2004
        return found
    return [child for child in found if child.dep_ == "iobj"] or found


def misplaced_agents(obliques: tuple[Argument, ...]) -> tuple[Token, ...]:
    """`was asked for help by A`: an agent that the parser hung on the noun before it."""
    if not obliques:
        return ()
    last = obliques[-1].token
    by = (child for child in children_of(last) if child.dep_ == "nmod" and preposition_of(child) == "by")
    return expand(by)


@remembered
def lemma_with_particle(predicate: Token) -> str:
    """Base form of a verb with its particles, in order; of an adjective, `be` before it."""
    particles = [child.lower_ for child in children_of(predicate) if child.dep_ == "compound:prt"]
    if predicate.pos_ == "ADJ":
        return f"be {predicate.lower_}"
    return " ".join([predicate.lemma_.lower(), *particles])


@remembered
def is_passive(predicate: Token) -> bool:
    """Whether a verb is in the passive, as a clause or as a participle that modifies a noun."""
    children = {child.dep_ for child in children_of(predicate)}
    if "aux:pass" in children:
        return True
    if children & PASSIVE_SUBJECTS:  # parsers give this label to subjects of active verbs too
        return not has_feature(predicate, "VerbForm", "Fin") or has_feature(predicate, "Voice", "Pass")
    is_past = has_feature(predicate, "VerbForm", "Part") and not predicate.lower_.endswith("ing")
    is_by = "obl:agent" in children and is_past
    is_participle = (has_feature(predicate, "Voice", "Pass") or is_by) and not children & SUBJECTS
    return is_participle and predicate.dep_ in REDUCED_LABELS


@remembered
def obliques_of(predicate: Token) -> tuple[Argument, ...]:
    """Nouns that prepositions attach to a predicate, each with its preposition."""
    return tuple(
        Argument(token=token, preposition=preposition_of(child))
        for child in children_of(predicate)
        if child.dep_ in OBLIQUES or child.dep_.startswith("obl:")
        for token in expand([child])
        if preposition_of(child)
    )


def datives_of(predicate: Token) -> tuple[Argument, ...]:
    """`sent B a letter`: who is given the object, as after `to`."""
    given = [child for child in children_of(predicate) if child.dep_ == "iobj"]
    if not any(child.dep_ == "obj" for child in children_of(predicate)):
        return ()
    return tuple(Argument(token=token, preposition="to") for token in expand(given))


@remembered
def preposition_of(token: Token) -> str:
    """The lower-case preposition of a noun, multiword ones joined; empty where there is none.

    An adverb that makes one with `of` belongs to it: `left ahead of the talks`.
    """
    case = [child for child in children_of(token) if child.dep_ == "case" and child.i < token.i]
    words_ = [phrase_at(child) for child in case]
    before = token.doc[case[0].i - 1].lower_ if words_[:1] == ["of"] and case[0].i else ""
    is_whole = before in word_set("kg.relations", "adverbs before of")
    return " ".join([before, *words_] if is_whole else words_)


def expand(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Each token with everything coordinated to it, in the order of the text."""
    found = {member.i: member for token in tokens for member in coordinated(token)}
    return tuple(found.values()) if len(found) <= 1 else tuple(found[i] for i in sorted(found))


def unique(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Tokens without repetition, in their order."""
    return tuple({token.i: token for token in tokens}.values())


# Who the subject is, tried in this order; the first rule that finds one decides.


def own_subject(predicate: Token) -> tuple[Token, ...]:
    """`A met B`: the subject that stands in the clause."""
    own = [child for child in children_of(predicate) if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
    return expand(token for child in own for token in antecedents(child))


def modified_noun(predicate: Token) -> tuple[Token, ...]:
    """`the man leading B`, `a group led by B`: the noun that a participle modifies."""
    if predicate.dep_ in {"acl", "acl:relcl"} and predicate.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        if predicate.dep_ == "acl:relcl" and relative_role(predicate) == "object":
            return ()
        if has_feature(predicate, "VerbForm", "Inf") or is_led_in(predicate):
            return ()
        return authors(predicate) or (predicate.head,)
    return ()


def is_led_in(predicate: Token) -> bool:
    """Whether a preposition leads in a gerund after a noun: `hopes of leaving B`."""
    is_late = predicate.dep_ == "acl" and predicate.lower_.endswith("ing")
    return is_late and any(child.dep_ in {"mark", "case"} for child in children_of(predicate))


def authors(predicate: Token) -> tuple[Token, ...]:
    """`A posted a message blaming B`, `A's letter criticising B`: whose utterance a participle completes."""
    noun = predicate.head
    is_gerund = predicate.dep_ == "acl" and has_feature(predicate, "VerbForm", "Ger")
    is_gerund = is_gerund or (predicate.dep_ == "acl" and predicate.lower_.endswith("ing"))
    if not is_gerund or noun.lemma_.lower() not in word_set("kg.relations", "utterances"):
        return ()
    owners = expand(child for child in children_of(noun) if child.dep_ == "nmod:poss")
    if not owners and noun.dep_ in {"obj", "obl"}:
        return subjects_of(noun.head)
    return owners


def shared_subject(predicate: Token) -> tuple[Token, ...]:
    """`A came and met B`: the subject of the verb that this one is coordinated to."""
    if predicate.dep_ != "conj" or not is_predicate(predicate.head):
        return ()
    return subjects_of(predicate.head)


def controlled_subject(predicate: Token) -> tuple[Token, ...]:
    """`A agreed to meet B`, `A urged B to leave`: the subject or object of the governing verb."""
    if predicate.dep_ != "xcomp":
        return ()
    governor = predicate.head
    objects = expand(child for child in children_of(governor) if child.dep_ in {"obj", "iobj"})
    if objects:
        return objects
    return subjects_of(governor)


def adverbial_subject(predicate: Token) -> tuple[Token, ...]:
    """`Visiting B, A said`, `accused B of leaving`, `called on B to leave`: whom the main clause gives."""
    is_reduced = any(has_feature(predicate, "VerbForm", form) for form in ("Ger", "Part", "Inf"))
    if predicate.dep_ != "advcl" or not is_reduced or predicate.head.i == predicate.i:
        return ()
    addressed = addressees(predicate.head) if has_mark(predicate, "to") else ()
    return addressed or blamed(predicate) or subjects_of(predicate.head)


def addressees(governor: Token) -> tuple[Token, ...]:
    """`called on B to leave`: who a demand goes to."""
    if governor.lemma_.lower() not in word_set("kg.relations", "addressing verbs"):
        return ()
    return tuple(a.token for a in obliques_of(governor) if a.preposition in {"on", "upon", "to", "with"})


def blamed(predicate: Token) -> tuple[Token, ...]:
    """`accused B of leaving`, `thanked B for helping`: the object that the gerund is said of."""
    introduced = {child.lower_ for child in children_of(predicate) if child.dep_ in {"mark", "case"}}
    if not introduced & {"of", "from", "for", "into", "against"}:
        return ()
    governor = predicate.head
    labels = PASSIVE_SUBJECTS if is_passive(governor) else {"obj", "iobj"}
    return expand(child for child in children_of(governor) if child.dep_ in labels)


def possessor(predicate: Token) -> tuple[Token, ...]:
    """`A's offer to mediate`, `A's hopes of leaving B`: whose noun an infinitive or a gerund completes.

    Of an infinitive also who has that noun as object.
    """
    is_to = has_feature(predicate, "VerbForm", "Inf")
    if predicate.dep_ != "acl" or not (is_to or is_led_in(predicate)):
        return ()
    noun = predicate.head
    owners = expand(child for child in children_of(noun) if child.dep_ == "nmod:poss")
    if not owners and noun.dep_ == "obj" and is_to:
        return subjects_of(noun.head)
    return owners


SUBJECT_RULES: tuple[Callable[[Token], tuple[Token, ...]], ...] = (
    own_subject,
    modified_noun,
    shared_subject,
    controlled_subject,
    adverbial_subject,
    possessor,
)


@remembered
def subjects_of(predicate: Token) -> tuple[Token, ...]:
    """Grammatical subjects of a predicate, shared and controlled ones filled in, coordination expanded.

    Empty where there is none.
    """
    return next((found for rule in SUBJECT_RULES if (found := rule(predicate))), ())


def antecedents(token: Token) -> list[Token]:
    """What a relative pronoun stands for; other tokens stand for themselves."""
    if token.lower_ in RELATIVE_PRONOUNS and token.pos_ in {"PRON", "SCONJ", "DET"}:
        for ancestor in token.ancestors:
            if ancestor.dep_ == "acl:relcl":
                return [ancestor.head]
    return [token]


def relative_role(predicate: Token) -> str:
    """What the antecedent of a relative clause is in it: `subject`, `object` or `oblique`."""
    for child in children_of(predicate):
        if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS:
            return "subject" if child.lower_ in RELATIVE_PRONOUNS else "object"
    return "subject"


def relative_objects(predicate: Token, subjects: tuple[Token, ...]) -> Iterator[Token]:
    """`the man whom A met`, `the man A met`: the antecedent, where the clause lacks an object."""
    if predicate.dep_ != "acl:relcl" or predicate.head in subjects:
        return
    has_object = any(
        child.dep_ == "obj" and child.lower_ not in RELATIVE_PRONOUNS for child in children_of(predicate)
    )
    if not has_object and relative_role(predicate) == "object":
        yield predicate.head
