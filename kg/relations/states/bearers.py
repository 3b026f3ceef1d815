"""Bearers: whom a title, a post or a word for kin is said of, and what a state draft is made of.

The order of the words counts before the tree: the name that follows a title bears it, whatever a parser
hangs the title on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.actors.phrases import Phrase
from kg.language.wordsets import word_set
from kg.relations.classification import load_lexicon
from kg.relations.clauses import expand
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.syntax import has_feature, is_in_name
from kg.types import EntityType

PERSON = frozenset({EntityType.PERSON})
ORGANIZED = frozenset({EntityType.ORGANIZATION})
COUNTRY = frozenset({EntityType.COUNTRY})
TITLE_TRAITS = frozenset({"office", "envoy", "member", "official", "family"})
TITLE_TAGS = frozenset({"ADJ", "NOUN", "PROPN", "PUNCT", "DET", "ADP"})
LONGEST_TITLE = 6
"""Tokens of a title before a name in a row: `former Defence Secretary`."""
BRACKETS = {"(": ")", "[": "]"}
LONGEST_BRACKET = 6
"""Tokens of an aside between a title and a name: `MP (Member of Parliament) Ana`."""


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
    return head.dep_ in {"appos", "xcomp"} or any(child.dep_ == "cop" for child in head.children)


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


def paired(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`party leader and Prime Minister Ana`, `the chair and spokesman of the party, Ana`: two titles of one.

    The second must have no article of its own.
    """
    head = scene.doc[phrase.head]
    if phrase.plural:
        return ()
    if head.dep_ == "conj" and not has_article(head):
        other = scene.title_at(head.head)
        return bearers_of_one(scene, other) if other is not None and not other.plural else ()
    following = scene.doc[phrase.end : phrase.end + 1].text
    other = scene.title_from(phrase.end + 1) if following == "and" else None
    if other is None or other.plural or has_article(head):
        return ()
    return followed(scene, other)


def bearers_of_one(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """Who bears a title that another one is coordinated to."""
    return next((found for rule in (described, itself) if (found := rule(scene, phrase))), ())


def renamed(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`her brother, King Ana`: a name in apposition to the title."""
    head = scene.doc[phrase.head]
    found = [child for child in head.children if child.dep_ == "appos" and scene.is_named(child, PERSON)]
    return tuple(found[:1])


def itself(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """`Ana is the president`: whoever the title was found to be."""
    return (scene.doc[phrase.head],)


RULES: tuple[Callable[[Scene, Phrase], tuple[Token, ...]], ...] = (
    followed,
    described,
    exemplified,
    paired,
    itself,
    renamed,
)


def has_article(head: Token) -> bool:
    """Whether a noun has an article, or another determiner or possessor, of its own."""
    return any(child.dep_ in {"det", "nmod:poss"} for child in head.children)


def after_bracket(scene: Scene, start: int) -> int:
    """The token behind an aside in brackets that begins at a token; that token where none does."""
    closing = BRACKETS.get(scene.doc[start : start + 1].text)
    if closing is None:
        return start
    aside = scene.doc[start : start + LONGEST_BRACKET]
    return next((token.i + 1 for token in aside if token.text == closing), start)


def examples(scene: Scene, start: int) -> tuple[Token, ...]:
    """The names that `such as`, `including` or a comma introduces behind a plural; after a comma two or more."""
    doc = scene.doc
    comma = start < len(doc) and doc[start].text in {",", ":", "—", "–"}
    begin = start + 1 if comma else start
    for words in sorted(word_set("kg.relations", "example words")):
        end = begin + len(words.split())
        if doc[begin:end].text.lower() == words:
            return tuple(row(scene, end))
    found = tuple(row(scene, begin)) if comma else ()
    return found if len(found) > 1 else ()


def row(scene: Scene, start: int) -> Iterator[Token]:
    """The names of persons in a row that begins at a token, with their titles and `of` phrases: `A and B`."""
    doc, position = scene.doc, start
    while position < len(doc):
        name = next((n for i in range(position, position + LONGEST_TITLE) if (n := scene.name_at(i))), None)
        if name is None or not all(token.pos_ in TITLE_TAGS for token in doc[position : name.start]):
            return
        if name.type is not EntityType.PERSON or doc[name.start].sent.start != doc[start].sent.start:
            return
        yield doc[name.head]
        position = after_place(scene, name.end)
        if doc[position : position + 2].text in {", and", ", &"}:
            position += 2
        elif doc[position : position + 1].text in {",", "and", "&"}:
            position += 1
        else:
            return


def after_place(scene: Scene, start: int) -> int:
    """The token behind `of Florida`, where a token begins that."""
    place = scene.name_at(start + 1) if scene.doc[start : start + 1].text == "of" else None
    return place.end if place is not None else start


def named(scene: Scene, token: Token) -> Token:
    """The name that a noun is said of, where one follows it: in `fiancée of journalist Ana` Ana; else the noun."""
    title = scene.title_at(token)
    if title is None or scene.is_name(scene.entities(token)[0]):
        return token
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
    former = [c.lower_ for c in head.children if c.lower_ in marks and c.i < phrase.start]
    words = [*former, *(t.lower_ if t.i != head.i else t.lemma_.lower() for t in own)]
    while len(words) > 1 and words[-1] in {"of", "for", "to"}:
        words.pop()
    return " ".join([*words, preposition])


def draft(ends: tuple[Token, Token], predicate: Token, words: str, relation_class: str, rule: str) -> Draft:
    """A draft of a state between a subject and an object."""
    return Draft(
        subject=ends[0],
        object=ends[1],
        predicate=predicate,
        occurrence=predicate,
        words=words,
        meaning=load_lexicon().of_state(relation_class, words),
        rule=rule,
        is_state=True,
    )
