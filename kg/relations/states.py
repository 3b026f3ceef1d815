"""States: what titles, appositions, possessives and places say that holds.

`Turkish President Erdoğan`, `Lorenzana, the Defence Secretary of the Philippines`, `Trump's lawyer
Giuliani`, `Dela Vega of the army's command`, `Jolo in Sulu`. Each rule looks at one phrase and gives
drafts; `RULES` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.actors.identity import owner_at, owners
from kg.actors.phrases import Phrase
from kg.language.wordsets import word_set
from kg.relations.classification import load_lexicon
from kg.relations.clauses import expand, preposition_of
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.syntax import has_feature, is_in_name
from kg.types import PLACE_TYPES, EntityType, MentionKind

PERSON = frozenset({EntityType.PERSON})
BODIES = frozenset({EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.PLACE})
ORGANIZED = frozenset({EntityType.ORGANIZATION})
SETTLED_TYPES = frozenset({EntityType.EVENT, EntityType.PLACE, EntityType.ORGANIZATION})
POST_WAYS = frozenset({"poss", "modifier", "of", "for", "at", "in", "to"})
MEMBER_WAYS = frozenset({"of", "from", "at", "with"})
POST_CLASSES = {
    "office": "HOLDS_POSITION",
    "envoy": "REPRESENTS",
    "member": "MEMBER_OF",
    "official": "HOLDS_POSITION",
}
OWNERS_OF_POSTS = {"office": BODIES, "envoy": BODIES | PERSON, "member": BODIES, "official": BODIES | PERSON}
POST_PREPOSITIONS = {"HOLDS_POSITION": "of", "REPRESENTS": "for", "MEMBER_OF": "of", "CITIZEN_OF": "of"}


def state_drafts(scene: Scene) -> Iterator[Draft]:
    """Every state that a phrase of the document expresses, in the order of the text."""
    for phrase in scene.doc._.phrases:
        if phrase.kind is not MentionKind.PRONOUN:
            for rule in RULES:
                yield from rule(scene, phrase)


def post(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the president of Ukraine`, said of a person: the post, and whose it is."""
    if phrase.trait not in POST_CLASSES:
        return
    head = scene.doc[phrase.head]
    for holder, way, owner in posts_held(scene, phrase):
        relation_class = post_class(scene, phrase, way, owner)
        if relation_class is not None:
            words = post_words(scene, phrase, relation_class)
            yield draft((holder, owner), head, words, relation_class, f"post {way}")


def posts_held(scene: Scene, phrase: Phrase) -> Iterator[tuple[Token, str, Token]]:
    """Who bears a title, with whose it is and how that is said; of a plural, each with his own."""
    bearers = [h for h in holders(scene, scene.doc[phrase.head]) if scene.is_named(h, PERSON)]
    shared = [pair for pair in owners(scene.doc, phrase) if is_owner_of_post(scene, phrase, *pair)]
    for number, bearer in enumerate(bearers):
        found = shared
        if len(bearers) > 1:
            own = [pair for child in bearer.children for pair in owner_at(child)]
            paired = shared[number : number + 1] if len(shared) == len(bearers) else []
            found = [pair for pair in own if is_owner_of_post(scene, phrase, *pair)] or paired
        yield from ((bearer, way, owner) for way, owner in found)


def is_owner_of_post(scene: Scene, phrase: Phrase, way: str, owner: Token) -> bool:
    """Whether a post may belong to what stands at its title."""
    return way in POST_WAYS and scene.is_a(owner, OWNERS_OF_POSTS[phrase.trait])


def implied_post(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`President Trump`, `the Defence Secretary`: a post of the state that the article is about."""
    head = scene.doc[phrase.head]
    if not is_state_post(scene, phrase) or not scene.is_named(head, PERSON):
        return
    if any(way in POST_WAYS and scene.stands_for(owner) for way, owner in owners(scene.doc, phrase)):
        return
    for holder in holders(scene, head):
        state = scene.state_of(holder)
        if state is not None:
            words = post_words(scene, phrase, "HOLDS_POSITION")
            yield draft((holder, state), head, words, "HOLDS_POSITION", "post implied")


def is_state_post(scene: Scene, phrase: Phrase) -> bool:
    """Whether a title without owner is one of a state: `president`, not `regional governor`, `professor`."""
    words = [token.lower_ for token in scene.doc[phrase.start : phrase.end]]
    posts = word_set("kg.relations", "state posts")
    ends = {" ".join(words[start:]) for start in range(len(words))} | {scene.doc[phrase.head].lemma_.lower()}
    return bool(ends & posts) and not word_set("kg.relations", "parts of states") & set(words[:-1])


def post_class(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """The class of a post: nationality alone gives a citizen, a party before another's post a member."""
    noun = scene.doc[phrase.head].lemma_.lower()
    if way == "modifier" and scene.is_party(owner) and noun not in word_set("kg.relations", "party posts"):
        return "MEMBER_OF"
    if phrase.trait != "member":
        return POST_CLASSES[phrase.trait]
    if way == "modifier" and scene.is_a(owner, frozenset({EntityType.COUNTRY})):
        return "CITIZEN_OF"
    if not scene.is_a(owner, ORGANIZED):
        return None
    return "MEMBER_OF" if noun in word_set("kg.relations", "members") else "HOLDS_POSITION"


def post_words(scene: Scene, phrase: Phrase, relation_class: str) -> str:
    """The post as a predicate: `former prime minister of`."""
    if relation_class == "CITIZEN_OF":
        return "citizen of"
    head = scene.doc[phrase.head]
    own = [
        t
        for t in scene.doc[phrase.start : phrase.end]
        if (not is_in_name(t) and t.pos_ not in {"DET", "PUNCT"} and not scene.stands_for(t)) or t.i == head.i
    ]
    former = [
        c.lower_
        for c in head.children
        if c.lower_ in word_set("kg.relations", "former") and c.i < phrase.start
    ]
    words = [*former, *(t.lower_ if t.i != head.i else t.lemma_.lower() for t in own)]
    return " ".join([*words, POST_PREPOSITIONS[relation_class]])


def holders(scene: Scene, head: Token) -> tuple[Token, ...]:
    """Who bears a title: the name it stands at, and names coordinated to that where it is plural."""
    if head.dep_ == "nmod:desc":
        plural = has_feature(head, "Number", "Plur")
        return expand([head.head]) if plural else (head.head,)
    return (head,)


def family(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Trump's daughter Ivanka`, `Ivanka, daughter of Trump`."""
    head = scene.doc[phrase.head]
    if phrase.trait != "family" or not scene.is_named(scene.doc[phrase.head], PERSON):
        return
    for way, owner in owners(scene.doc, phrase):
        if way in {"poss", "of"} and scene.is_a(owner, PERSON):
            yield draft((head, owner), head, f"{head.lemma_.lower()} of", "FAMILY_OF", "family")


def affiliation(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Dela Vega of the army's command`, `Republican Kevin McCarthy`: a person with an organisation."""
    if phrase.kind is not MentionKind.NAME or not scene.is_named(scene.doc[phrase.head], PERSON):
        return
    head = scene.doc[phrase.head]
    titled = any(c.dep_ == "nmod:desc" and not scene.is_a(c, ORGANIZED) for c in head.children)
    for child in head.children:
        for way, owner in owner_at(child) if not titled else ():
            if scene.is_a(owner, ORGANIZED) and (way in MEMBER_WAYS or way == "modifier"):
                yield draft((head, owner), owner, "member of", "MEMBER_OF", f"affiliation {way}")


def situation(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Jolo in Sulu`, `Mindanao, Philippines`, `a company in China`: where a place or body lies."""
    head = scene.doc[phrase.head]
    if not scene.is_named(scene.doc[phrase.head], frozenset({EntityType.PLACE, EntityType.ORGANIZATION})):
        return
    for child in head.children:
        if (
            child.i > head.i
            and child.dep_ in {"nmod", "appos", "list", "nmod:unmarked"}
            and scene.is_a(child, PLACE_TYPES)
        ):
            way = next((c.lower_ for c in child.children if c.dep_ == "case"), "comma")
            if way in {"in", "comma"} or (
                way == "of" and scene.is_a(head, PLACE_TYPES) and head.pos_ == "PROPN"
            ):
                yield draft((head, child), head, "be in", "LOCATED_IN", f"situation {way}")


def nationality(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the Australian company Woolworths`: a body by the nationality of its noun."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or not scene.is_named(scene.doc[phrase.head], ORGANIZED):
        return
    for way, owner in owners(scene.doc, phrase):
        if way in {"modifier", "poss"} and scene.is_a(owner, frozenset({EntityType.COUNTRY})):
            yield draft((head, owner), head, "be in", "LOCATED_IN", "nationality")


def setting(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the bombing in Mokha`, `a base in Kabul`: where an event or a thing is, said of its noun."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or phrase.type not in SETTLED_TYPES:
        return
    for child in head.children:
        if (
            child.dep_ == "nmod"
            and scene.is_a(child, PLACE_TYPES)
            and preposition_of(child) in {"in", "at", "near"}
        ):
            yield draft((head, child), head, "be in", "LOCATED_IN", "setting")


def capital(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Sanaa, the capital of Yemen`: a place by a noun that says of what it is part."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or not scene.is_named(head, frozenset({EntityType.PLACE})):
        return
    for way, owner in owners(scene.doc, phrase):
        if way in {"of", "poss", "in", "modifier"} and scene.is_a(owner, PLACE_TYPES):
            yield draft((head, owner), head, f"{head.lemma_.lower()} of", "LOCATED_IN", f"capital {way}")


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


RULES: tuple[Callable[[Scene, Phrase], Iterator[Draft]], ...] = (
    post,
    implied_post,
    family,
    affiliation,
    situation,
    setting,
    capital,
    nationality,
)
