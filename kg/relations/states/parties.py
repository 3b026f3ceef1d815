"""Parties and affiliations: `Republican Ana`, `Ana (Labour)`, `Democrats such as Ana`, `Ana of UNICEF`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.actors.identity import owner_at
from kg.actors.phrases import Phrase
from kg.language.wordsets import word_set
from kg.relations.clauses import expand
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import ORGANIZED, PERSON, after_bracket, draft, examples
from kg.relations.syntax import has_feature
from kg.types import MentionKind

MEMBER_WAYS = frozenset({"of", "from", "at", "with"})
WORDS_TO_BODY = 5
"""Tokens that may stand between `Ana of` and the body's name: `the conservative`."""
LONGEST_NAME = 5
"""Tokens of a person's name."""
INDEFINITE = frozenset({"a", "an", "another"})


def party(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """A party's name with those that it is said of, by each of `RULES`."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NAME or not scene.is_party(head):
        return
    for rule in RULES:
        for person in rule(scene, phrase):
            if scene.is_named(person, PERSON):
                yield draft((person, head), head, "member of", "MEMBER_OF", f"party {rule.__name__}")


def apposed(scene: Scene, phrase: Phrase) -> Iterator[Token]:
    """`Ana, a Democrat`, `Ana and Bo, both Republicans`: a member by apposition, with `both` each."""
    head = scene.doc[phrase.head]
    if head.dep_ != "appos" or head.i < head.head.i:
        return
    determiners = {child.lower_ for child in head.children if child.dep_ == "det"}
    if determiners & {"all", "both"}:
        first = head.head
        while first.dep_ == "conj":
            first = first.head
        yield from expand([first])
    elif determiners & INDEFINITE or is_member_noun(head):
        yield head.head


def is_member_noun(head: Token) -> bool:
    """Whether the name of a party names one of its people: `Democrat`."""
    return head.lower_ in word_set("kg.relations", "party members")


def bracketed(scene: Scene, phrase: Phrase) -> Iterator[Token]:
    """`Ana (Labour)`: the name before the brackets in which a party stands first."""
    opening = phrase.start - 1
    is_bracket = opening > 0 and scene.doc[opening].text == "("
    if is_bracket and after_bracket(scene, opening) != opening:
        yield from name_before(scene, opening)


def name_before(scene: Scene, end: int) -> Iterator[Token]:
    """The head of the name that ends before a token, if one does."""
    for start in range(max(0, end - LONGEST_NAME), end):
        name = scene.name_at(start)
        if name is not None and name.end == end:
            yield scene.doc[name.head]


def introduced(scene: Scene, phrase: Phrase) -> Iterator[Token]:
    """`some Democrats, such as Ana`, `fellow Democrats Ana and Bo`: names that a party's people introduce."""
    head = scene.doc[phrase.head]
    if has_feature(head, "Number", "Plur") and is_member_noun(head):
        yield from examples(scene, phrase.end)


def belonging(scene: Scene, phrase: Phrase) -> Iterator[Token]:
    """`Ana of the Labour Party`: the name right before `of` and the party, whatever title she has."""
    start = phrase.start
    while start and scene.doc[start - 1].pos_ in {"DET", "ADJ"}:
        start -= 1
    if start and scene.doc[start - 1].lower_ in {"of", "from"}:
        yield from name_before(scene, start - 1)


RULES: tuple[Callable[[Scene, Phrase], Iterator[Token]], ...] = (apposed, bracketed, introduced, belonging)


def affiliation(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Dela Vega of the army's command`, `Republican Kevin McCarthy`: a person with an organisation."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NAME or not scene.is_named(head, PERSON):
        return
    found = [pair for child in head.children for pair in owner_at(child)]
    found += [("of", body) for body in bodies_behind(scene, phrase) if body.head.i != head.i]
    is_titled = scene.is_title_before(phrase.start)
    for way, owner in found if not is_titled else ():
        is_way = way in MEMBER_WAYS or (way == "modifier" and scene.is_party(owner))
        if is_way and is_body(scene, owner):
            yield draft((head, owner), owner, "member of", "MEMBER_OF", f"affiliation {way}")


def is_body(scene: Scene, token: Token) -> bool:
    """Whether a token stands for what one can belong to: an organisation, or a camp within one."""
    is_camp = token.lower_ in word_set("kg.relations", "camps")
    return scene.is_a(token, ORGANIZED) or (is_camp and scene.stands_for(token))


def bodies_behind(scene: Scene, phrase: Phrase) -> Iterator[Token]:
    """The named organisation in `Ana of the BBC`, for parsers that hang it elsewhere."""
    if scene.doc[phrase.end : phrase.end + 1].text != "of":
        return
    for start in range(phrase.end + 1, min(phrase.end + WORDS_TO_BODY, len(scene.doc))):
        name = scene.name_at(start)
        if name is not None:
            yield scene.doc[name.head]
            return
        if scene.doc[start].pos_ not in {"DET", "ADJ"}:
            return
