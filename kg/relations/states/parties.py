"""Parties and affiliations: `Republican Ana`, `Ana (Labour)`, `Democrats such as Ana`, `Ana of UNICEF`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.actors.identity import coordinated, owner_at, owners
from kg.actors.phrases import Phrase, singular
from kg.language.tree import children_of
from kg.language.wordsets import word_set
from kg.relations.clauses import expand, subjects_of
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import ORGANIZED, PERSON, bearers, draft
from kg.relations.states.origins import bonds
from kg.relations.states.rows import after_bracket, examples, name_before
from kg.relations.syntax import has_feature
from kg.types import EntityType, MentionKind

MEMBER_WAYS = frozenset({"of", "from", "at", "with"})
GROUP = frozenset({EntityType.GROUP})
EVENTS = frozenset({EntityType.EVENT})
WORDS_TO_BODY = 5
"""Tokens that may stand between `Ana of` and the body's name: `the conservative`."""
DETERMINERS = frozenset({"det", "cc:preconj"})
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
    determiners = {child.lower_ for child in children_of(head) if child.dep_ in DETERMINERS}
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


def possessed(scene: Scene, phrase: Phrase) -> Iterator[Token]:
    """`Ana said her Labour Party won`: whose party it is."""
    yield from (child for child in children_of(scene.doc[phrase.head]) if child.dep_ == "nmod:poss")


def said_of(scene: Scene, phrase: Phrase) -> Iterator[Token]:
    """`Ana is a Democrat`, `Bo ran as a Republican`: who is called one of a party's people."""
    head = scene.doc[phrase.head]
    marks = {child.lower_ for child in children_of(head)}
    if not is_member_noun(head) or not marks & INDEFINITE:
        return
    if any(child.dep_ == "cop" for child in children_of(head)) or head.dep_ == "xcomp":
        yield from subjects_of(head if head.dep_ != "xcomp" else head.head)
    elif head.dep_ == "obl" and "as" in marks:
        yield from subjects_of(head.head)


def fellow(scene: Scene, phrase: Phrase) -> Iterator[Token]:
    """`Ana and fellow Democrat Bo`: the one whose fellow a member of the party is."""
    if not phrase.start or scene.doc[phrase.start - 1].lower_ != "fellow":
        return
    head = scene.doc[phrase.head]
    title = scene.title_at(head.head)
    people = bearers(scene, title) if title is not None else (head.head,)
    yield from (person.head for person in people if person.dep_ == "conj")


RULES: tuple[Callable[[Scene, Phrase], Iterator[Token]], ...] = (
    apposed,
    bracketed,
    introduced,
    belonging,
    possessed,
    said_of,
    fellow,
)


def affiliation(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Dela Vega of the army's command`, `Republican Kevin McCarthy`: a person with an organisation."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NAME or not scene.is_named(head, PERSON):
        return
    found = [
        (way, head, owner)
        for child in children_of(head)
        for way, owner in owner_at(child)
        if child.i < head.i
    ]
    found += [("of", head, body) for body in bodies_behind(scene, phrase) if body.head.i != head.i]
    found += bonds(head)
    is_titled = scene.is_title_before(phrase.start)
    for way, person, owner in found if not is_titled else ():
        is_way = way in MEMBER_WAYS or (way == "modifier" and scene.is_party(owner))
        is_way = is_way or (way == "poss" and scene.is_named(owner, ORGANIZED))
        if is_way and is_body(scene, owner):
            yield draft((person, owner), owner, "member of", "MEMBER_OF", f"affiliation {way}")


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


def camp(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`lawmakers from the opposition camp`: a group within a body, or a camp of it."""
    head, camps = scene.doc[phrase.head], word_set("kg.relations", "camps")
    if phrase.kind is not MentionKind.NOMINAL or not scene.is_a(head, GROUP):
        return
    for child in children_of(head):
        pairs = [(way, owner) for way, first in owner_at(child) for owner in coordinated(first)]
        for way, owner in pairs:
            is_own = scene.entities(owner) == scene.entities(head)
            is_known = scene.is_named(owner, ORGANIZED) or owner.lower_ in camps
            is_way = way == "from" or (way == "of" and scene.is_party(owner))
            if is_way and is_known and is_body(scene, owner) and not is_own:
                yield draft((head, owner), owner, "belong to", "MEMBER_OF", f"camp {way}")


def attendance(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`speakers at the rally, including Ana`, `Bo, a candidate in the vote`: who takes part in an event."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or singular(head.lower_) not in word_set(
        "kg.relations", "attendees"
    ):
        return
    pairs = [(way, owner) for way, owner in owners(scene.doc, phrase) if scene.is_a(owner, EVENTS)]
    for way, event in pairs[:1]:
        people = bearers(scene, phrase) or examples(scene, event.i + 1)
        for person in people:
            preposition = way if way not in {"poss", "modifier"} else "of"
            words = f"{singular(head.lower_)} {preposition}"
            yield draft((person, event), head, words, "PARTICIPATES_IN", "attendance")
