"""Nominal events: `talks between A and B`, `A's visit to B`, `the attack on B by A`.

A noun that names an event states a clause as a verb does. The possessor, a `by` phrase or an
adjective of nationality is who acts; what `with`, `to`, `on` or `against` introduces is acted on;
`between` introduces parties alike. Whether a noun names an event of a known class is decided in
`classification`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.actors.identity import renamed_name
from kg.actors.phrases import nominal_of, singular
from kg.language.tree import children_of, remembered, sentence_bounds, tokens_tagged
from kg.language.wordsets import word_set
from kg.relations.clauses import Argument, Clause, expand, preposition_of, subjects_of
from kg.relations.cues import words
from kg.relations.syntax import has_feature, is_in_name

ROW_LABELS = frozenset({"compound", "amod", "conj"})
HYPHENS = frozenset({"-", "–", "—", "/"})
MODIFIER_LABELS = frozenset({"amod", "compound", "nmod:unmarked"})
AGENT_LABELS = frozenset({"nmod:poss", "amod", "compound", "nmod:unmarked"})
PARTY_PREPOSITIONS = frozenset({"between", "among", "amongst"})
OBJECT_PREPOSITIONS = frozenset({"against", "on", "to", "with"})
TAKING_LABELS = AGENT_LABELS | {"nmod", "conj"}
"""Labels of whatever may be an argument of a noun."""
NESTED_AFTER = {"by": OBJECT_PREPOSITIONS, "of": frozenset({"by"})}
EVENT_TAGS = frozenset({"NOUN", "PROPN"})


def nominal_clauses_of(doc: Doc, known: Container[str] | None = None) -> list[Clause]:
    """A clause for every noun with arguments that may name an event, in the order of the text.

    Args:
        doc: A parsed document.
        known: First words of the nouns that are asked about; None for all.
    """
    nouns = tokens_tagged(doc, EVENT_TAGS)
    wanted = (noun for noun in nouns if known is None or name_of(noun).partition(" ")[0] in known)
    return [clause for noun in wanted if (clause := nominal_clause_at(noun))]


def nominal_clause_at(noun: Token) -> Clause | None:
    """The clause that a noun states; None where it has neither argument nor light verb."""
    labels = {child.dep_ for child in children_of(noun)}
    if labels.isdisjoint(TAKING_LABELS) and not is_under_light_verb(noun):
        return None
    arguments = (*shared_arguments_of(noun), *arguments_of_light_verb(noun))
    parties = tuple(a.token for a in arguments if a.preposition in PARTY_PREPOSITIONS)
    agents = () if is_named_by(noun, arguments) else agents_of(noun, arguments)
    if len(agents) > 1 and not parties and not_possessed(agents) and is_joined(agents):
        parties, agents = agents, ()
    themes = tuple(
        a for a in arguments if a.preposition not in PARTY_PREPOSITIONS | {"by"} and a.token not in agents
    )
    if not (agents or parties or themes):
        return None
    return Clause(
        predicate=noun,
        lemma=name_of(noun),
        subjects=agents or light_verb_subjects(noun),
        bearers=(*bearers_of(noun), *examples_of(noun)),
        obliques=themes,
        parties=parties,
        is_nominal=True,
    )


def is_named_by(noun: Token, arguments: Iterable[Argument]) -> bool:
    """Whether what follows `of` is the name of the place that a noun is: `the US state of Zorba`."""
    is_place = noun.lemma_.lower() in word_set("kg.relations", "kinds of places")
    return is_place and any(a.preposition == "of" and a.token.pos_ == "PROPN" for a in arguments)


@remembered
def name_of(noun: Token) -> str:
    """A noun's lemma, of a known title of several words all of them: `secretary general`."""
    entry = nominal_of(noun)
    return entry.lemma if entry is not None and " " in entry.lemma else singular(noun.lemma_.lower())


@remembered
def arguments_of(noun: Token) -> tuple[Argument, ...]:
    """Nouns that prepositions attach to a noun."""
    attached = [child for child in children_of(noun) if child.dep_ == "nmod"]
    if not attached:
        return ()
    return tuple(
        Argument(token=token, preposition=preposition)
        for child in (*attached, *nested_arguments(attached))
        if (preposition := preposition_of(child))
        for token in expand([child])
    )


def nested_arguments(attached: list[Token]) -> Iterator[Token]:
    """`the attack by A on B`: B, and `the dismissal of B by A`: A, where they hang on the name before.

    A name that acts takes no object itself, and nobody does a name.
    """
    for child in attached:
        wanted = NESTED_AFTER.get(preposition_of(child), frozenset()) if is_in_name(child) else frozenset()
        yield from (
            c for c in children_of(child) if wanted and c.dep_ == "nmod" and preposition_of(c) in wanted
        )


def shared_arguments_of(noun: Token) -> tuple[Argument, ...]:
    """`a mediator and a partner with B`: the arguments of a noun, else of the nouns coordinated to it."""
    own = arguments_of(noun)
    return own or tuple(a for child in children_of(noun) if child.dep_ == "conj" for a in arguments_of(child))


@remembered
def bearers_of(noun: Token) -> tuple[Token, ...]:
    """Who a noun is said of, by the first of `BEARER_RULES` that finds any."""
    return next((found for rule in BEARER_RULES if (found := rule(noun))), ())


def shared_bearers(noun: Token) -> tuple[Token, ...]:
    """`a mediator and an ally of B`: those of the noun that this is coordinated to."""
    return bearers_of(noun.head) if noun.dep_ == "conj" and noun.head.pos_ in EVENT_TAGS else ()


def copula_subjects(noun: Token) -> tuple[Token, ...]:
    """`A is an ally of B`."""
    return subjects_of(noun) if any(child.dep_ == "cop" for child in children_of(noun)) else ()


def renamed_by(noun: Token) -> tuple[Token, ...]:
    """`A, an ally of B`; of a plural, all that are coordinated."""
    if noun.dep_ != "appos":
        return ()
    return expand([noun.head]) if has_feature(noun, "Number", "Plur") else (renamed_name(noun),)


def renamed_to(noun: Token) -> tuple[Token, ...]:
    """`B's ally A`; of a plural, all that are coordinated."""
    names = [child for child in children_of(noun) if child.dep_ == "appos"]
    return expand(names) if has_feature(noun, "Number", "Plur") else tuple(names)


def made_into(noun: Token) -> tuple[Token, ...]:
    """`A became an ally of B`, `acts as an ally`, `A's role as an ally`."""
    if noun.lower_ == "part":  # `as part of` says what something belongs to, not who
        return ()
    is_predicative = noun.dep_ == "xcomp" and not preposition_of(noun)
    return bearers_of_role(noun.head) if is_predicative or preposition_of(noun) == "as" else ()


BEARER_RULES: tuple[Callable[[Token], tuple[Token, ...]], ...] = (
    shared_bearers,
    copula_subjects,
    renamed_by,
    renamed_to,
    made_into,
)


def examples_of(noun: Token) -> tuple[Token, ...]:
    """`members such as A and B`, `partners like A`: the examples of a plural."""
    examples = (a for a in arguments_of(noun) if a.preposition in {"like", "such as", "including"})
    return tuple(argument.token for argument in examples)


def bearers_of_role(governor: Token) -> tuple[Token, ...]:
    """Who `as` makes something: the possessor of a role, the object of a verb, else its subject."""
    if governor.pos_ in EVENT_TAGS:
        return expand(child for child in children_of(governor) if child.dep_ == "nmod:poss")
    objects = expand(child for child in children_of(governor) if child.dep_ == "obj")
    return objects or subjects_of(governor)


def arguments_of_light_verb(noun: Token) -> tuple[Argument, ...]:
    """`held talks in C with B`: what the light verb that governs a noun adds to it."""
    if not is_under_light_verb(noun):
        return ()
    return tuple(
        Argument(token=token, preposition=preposition_of(child))
        for child in children_of(noun.head)
        if (child.dep_ == "obl" or child.dep_.startswith("obl:")) and preposition_of(child)
        for token in expand([child])
    )


def agents_of(noun: Token, arguments: tuple[Argument, ...]) -> tuple[Token, ...]:
    """Who acts: the `by` phrase, the possessor, else a modifying name or nationality."""
    by = tuple(a.token for a in arguments if a.preposition == "by")
    if by:
        return by
    owners = expand(child for child in children_of(noun) if child.dep_ == "nmod:poss")
    if owners:
        return owners
    whole = tuple(a.token for a in arguments if a.preposition == "of")
    if whole and any(a.preposition in {"to", "with", "on", "against"} for a in arguments):
        return whole
    before = [c for c in children_of(noun) if c.dep_ in AGENT_LABELS and c.i < noun.i]
    inside = [c for modifier in before if modifier.pos_ == "NOUN" for c in children_of(modifier)]
    modifiers = [c for c in (*before, *inside) if c.dep_ in AGENT_LABELS and c.pos_ in {"PROPN", "ADJ"}]
    rows = {token.i: token for modifier in modifiers for token in row_of(modifier)}
    return tuple(rows[i] for i in sorted(rows))


def row_of(modifier: Token) -> list[Token]:
    """`US-China talks`, `Russian and Turkish talks`: a modifier with those joined to it.

    A hyphen joins whatever the tree says, since parsers often miss it.
    """
    row = [c for c in children_of(modifier) if c.dep_ in ROW_LABELS and c.pos_ in {"PROPN", "ADJ"}]
    for step in (-1, 1):
        last = modifier
        while (following := across_hyphen(last, step)) is not None:
            row.append(following)
            last = following
    return [modifier, *row]


def across_hyphen(token: Token, step: int) -> Token | None:
    """The name on the other side of a hyphen, before (-1) or after (1) a token."""
    start, end = sentence_bounds(token)
    far = token.i + 2 * step
    if not start <= far < end or token.nbor(step).text not in HYPHENS:
        return None
    other = token.nbor(2 * step)
    return other if other.pos_ in {"PROPN", "ADJ"} else None


def not_possessed(agents: tuple[Token, ...]) -> bool:
    """Whether agents stand before the noun as modifiers, not as possessors or with `by`."""
    return any(agent.dep_ in MODIFIER_LABELS for agent in agents)


def is_joined(agents: tuple[Token, ...]) -> bool:
    """Whether two modifiers are joined by a hyphen, or coordinated."""
    first, last = agents[0], agents[-1]
    between = first.doc[first.i + 1 : last.i]
    return any(token.text in HYPHENS or token.dep_ == "cc" for token in between)


@remembered
def is_under_light_verb(noun: Token) -> bool:
    """Whether a noun is the object of a verb that adds little but time: `hold talks`."""
    return noun.dep_ in {"obj", "nsubj:pass"} and noun.head.lemma_.lower() in words("light_verbs")


def light_verb_subjects(noun: Token) -> tuple[Token, ...]:
    """`A paid a visit to B`: the subject of the light verb."""
    if not is_under_light_verb(noun):
        return ()
    if noun.dep_ == "nsubj:pass":
        return tuple(a.token for a in arguments_of_light_verb(noun) if a.preposition == "by")
    return subjects_of(noun.head)
