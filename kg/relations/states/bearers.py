"""Bearers: whom a title, a post or a word for kin is said of, and what a state draft is made of.

The order of the words counts before the tree: the name that follows a title bears it, whatever a parser
hangs the title on.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.actors.identity import renamed_name
from kg.actors.phrases import Phrase
from kg.language.tree import children_of
from kg.language.wordsets import word_set
from kg.relations.classification import load_lexicon
from kg.relations.clauses import expand, preposition_of
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.rows import LONGEST_TITLE, after_bracket, examples
from kg.relations.syntax import has_feature, is_in_name
from kg.types import PLACE_TYPES, EntityType

PERSON = frozenset({EntityType.PERSON})
ORGANIZED = frozenset({EntityType.ORGANIZATION})
COUNTRY = frozenset({EntityType.COUNTRY})
NOUN_TAGS = frozenset({"NOUN", "PROPN", "ADJ"})
TITLE_TRAITS = frozenset({"office", "envoy", "member", "official", "family"})


def bearers(scene: Scene, phrase: Phrase, *, new: bool = False) -> tuple[Token, ...]:
    """The persons that a title names, by the first of `RULES` that finds any; only those with a name.

    Args:
        scene: The document.
        phrase: The title.
        new: Whether the sentence itself must say who bears it: not `the judge said`.
    """
    for rule in RULES:
        if new and rule is itself and not is_predicated(scene.doc[phrase.head]):
            continue
        found = tuple(token for token in rule(scene, phrase) if scene.is_named(token, PERSON))
        if found:
            return found
    return ()


def is_predicated(head: Token) -> bool:
    """Whether a noun is said of somebody: in apposition, or of a subject."""
    return head.dep_ in {"appos", "xcomp"} or any(child.dep_ == "cop" for child in children_of(head))


def followed(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`Labour MP (Member of Parliament) Ana`: the name right behind the title; of a plural, all in a row."""
    name = scene.name_at(after_bracket(scene, phrase.end))
    if name is None or name.type is not EntityType.PERSON or phrase.trait not in TITLE_TRAITS:
        return ()
    head = scene.doc[name.head]
    return expand([head]) if phrase.plural else (head,)


def described(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`Presidents Ana and Bo`: the name that the title is hung on."""
    head = scene.doc[phrase.head]
    if head.dep_ != "nmod:desc":
        return ()
    return expand([head.head]) if has_feature(head, "Number", "Plur") else (head.head,)


def exemplified(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`two senators, Ana and Bo`, `ministers such as Ana`: the names that a plural introduces."""
    return examples(scene, phrase.end) if phrase.plural else ()


def one_of(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`Ana is one of the founders`, `Ana, one of its members`: of whom a plural names one."""
    head = scene.doc[phrase.head]
    one = head.head
    if not phrase.plural or head.dep_ != "nmod" or one.lower_ not in {"one", "two", "both", "some"}:
        return ()
    if one.dep_ == "appos":
        return (renamed_name(one),)
    is_said = any(child.dep_ == "cop" for child in children_of(one))
    return expand(child for child in children_of(one) if is_said and child.dep_ == "nsubj")


def listed(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`the band's members are Ana and Bo`, `members include Ana`: whom a plural is said to be."""
    head = scene.doc[phrase.head]
    if not phrase.plural or head.dep_ != "nsubj":
        return ()
    said = head.head
    if said.pos_ == "PROPN" and any(child.dep_ == "cop" for child in children_of(said)):
        return expand([said])
    is_listing = said.lemma_.lower() in word_set("kg.relations", "listing verbs")
    return expand(child for child in children_of(said) if child.dep_ == "obj") if is_listing else ()


def paired(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`party leader and Prime Minister Ana`, `Ana, the chair and spokesman`: who bears two titles."""
    first = title_before(scene, phrase)
    if first is not None:
        rules = (followed, described, itself, apposed)
        found = (rule(scene, first) for rule in rules)
        return next((names for names in found if any(scene.is_named(n, PERSON) for n in names)), ())
    if (
        phrase.plural
        or has_article(scene.doc[phrase.head])
        or scene.doc[phrase.end : phrase.end + 1].text != "and"
    ):
        return ()
    for position in range(phrase.end + 1, phrase.end + 1 + LONGEST_TITLE):
        name = scene.name_at(position)
        if name is not None and name.type is EntityType.PERSON:
            return (scene.doc[name.head],) if position > phrase.end + 1 else ()
        if position >= len(scene.doc) or scene.doc[position].pos_ not in NOUN_TAGS:
            break
    return ()


def title_before(scene: Scene, phrase: Phrase) -> Phrase | None:
    """The title that another without article is joined to: `leader of the party` before `and minister`."""
    head = scene.doc[phrase.head]
    if phrase.plural or has_article(head):
        return None
    found = scene.title_at(head.head) if head.dep_ == "conj" else None
    if found is None and phrase.start > 1 and scene.doc[phrase.start - 1].text == "and":
        found = scene.title_until(phrase.start - 1)
    return found if found is not None and not found.plural and found.trait in TITLE_TRAITS else None


def itself(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`Ana is the president`: whoever the title was found to be."""
    return (scene.doc[phrase.head],)


def apposed(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`Ana Silva, the mayor`, `Ana, who is the mayor`: the name, or part of it, that the title is said of."""
    head = scene.doc[phrase.head]
    is_copula = any(child.dep_ == "cop" for child in children_of(head))
    if head.dep_ != "appos" and not (head.dep_ == "acl:relcl" and is_copula):
        return ()
    name = renamed_name(head) if head.dep_ == "appos" else head.head
    parts = [name, *(child for child in children_of(name) if child.dep_ == "flat")]
    return tuple(part for part in parts if scene.is_named(part, PERSON))[:1]


def joined(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`Ana of Zorg College and contributor to Zorn`: the name that a title without article is joined to."""
    head = scene.doc[phrase.head]
    is_bare = head.dep_ == "conj" and not phrase.plural and not has_article(head)
    is_after = phrase.start and scene.doc[phrase.start - 1].lower_ in {"and", ","}
    return (head.head,) if is_bare and is_after and scene.name_of(head.head) is not None else ()


def renamed(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`her brother, King Ana`: a name in apposition to the title."""
    head = scene.doc[phrase.head]
    found = [child for child in children_of(head) if child.dep_ == "appos" and scene.is_named(child, PERSON)]
    return expand(found[:1]) if phrase.plural else tuple(found[:1])


RULES: tuple[Callable[[Scene, Phrase], tuple[Token, ...]], ...] = (
    followed,
    described,
    exemplified,
    one_of,
    listed,
    paired,
    itself,
    apposed,
    joined,
    renamed,
)


def has_article(head: Token) -> bool:
    """Whether a noun has an article, or another determiner or possessor, of its own."""
    return any(child.dep_ in {"det", "nmod:poss"} for child in children_of(head))


def named(scene: Scene, token: Token) -> Token:
    """The name that a noun is said of: in `fiancée of journalist Ana` Ana; the noun where there is none.

    Of a place it is its own name: in `mayor of the town of Lima` Lima.
    """
    title = scene.title_at(token)
    if title is None or any(scene.is_name(entity) for entity in scene.entities(token)):
        return token
    if token.lemma_.lower() in word_set("kg.relations", "kinds of places"):
        names = [c for c in children_of(token) if c.dep_ == "nmod" and preposition_of(c) == "of"]
        return next((name for name in names if scene.is_named(name, PLACE_TYPES)), token)
    return next(iter(bearers(scene, title)), token)


def predicate_words(scene: Scene, phrase: Phrase, preposition: str) -> str:
    """A title as a predicate, without its owner and articles: `former prime minister of`."""
    head = scene.doc[phrase.head]
    own = [
        t
        for t in scene.doc[phrase.start : phrase.end]
        if t.i == head.i or not (is_in_name(t) or t.pos_ in {"DET", "PUNCT"} or scene.stands_for(t))
    ]
    marks = word_set("kg.relations", "former")
    former = [c.lower_ for c in children_of(head) if c.lower_ in marks and c.i < phrase.start]
    words = [*former, *(t.lower_ if t.i != head.i else t.lemma_.lower() for t in own)]
    while len(words) > 1 and words[-1] in {"of", "for", "to"}:
        words.pop()
    return " ".join([*words, preposition])


def is_given(noun: Token) -> bool:
    """Whether a verb gives somebody what a noun names: `was elected president`."""
    verbs = word_set("kg.relations", "verbs of appointment") | {"become"}
    return noun.dep_ == "xcomp" and noun.head.lemma_.lower() in verbs


def draft(ends: tuple[Token, Token], predicate: Token, words: str, relation_class: str, rule: str) -> Draft:
    """A draft of a state between a subject and an object; a post that a verb gives happens with the verb."""
    occurrence = predicate.head if is_given(predicate) else predicate
    return Draft(
        subject=ends[0],
        object=ends[1],
        predicate=occurrence,
        occurrence=occurrence,
        words=words,
        meaning=load_lexicon().of_state(relation_class, words),
        rule=rule,
        is_state=True,
    )
