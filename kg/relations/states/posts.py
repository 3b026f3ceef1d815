"""Posts: `Turkish President Erdoğan`, `the Defence Secretary of the Philippines`, `Trump's lawyer`.

Who bears the title is the question of `bearers`; here, whose the post is and what class that gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.actors.identity import owner_at, owners
from kg.actors.phrases import Phrase, nominal_of
from kg.language.wordsets import word_set
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import (
    COUNTRY,
    ORGANIZED,
    PERSON,
    bearers,
    draft,
    named,
    predicate_words,
    title_before,
)
from kg.relations.states.seats import body_noun, seats
from kg.types import EntityType, MentionKind

BODIES = frozenset({EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.PLACE})
POST_WAYS = frozenset({"poss", "modifier", "of", "for", "at", "in", "to"})
POST_CLASSES = {
    "office": "HOLDS_POSITION",
    "envoy": "REPRESENTS",
    "member": "MEMBER_OF",
    "official": "HOLDS_POSITION",
}
OWNERS_OF_POSTS = {"office": BODIES, "envoy": BODIES | PERSON, "member": BODIES, "official": BODIES | PERSON}
STATE_POSTS = frozenset({"representative", "senator"})
"""Local only where `state` stands before them."""
POST_PREPOSITIONS = {"HOLDS_POSITION": "of", "REPRESENTS": "for", "MEMBER_OF": "of", "CITIZEN_OF": "of"}


def post(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the president of Ukraine`, said of a person: the post, and whose it is."""
    head = scene.doc[phrase.head]
    if phrase.trait not in POST_CLASSES or head.lemma_.lower() in word_set("kg.relations", "owner nouns"):
        return
    for holder, way, owner in posts_held(scene, phrase):
        relation_class = post_class(scene, phrase, way, owner)
        if relation_class is not None:
            words = post_words(scene, phrase, relation_class, owner)
            yield draft((holder, owner), head, words, relation_class, f"post {way}")


def posts_held(scene: Scene, phrase: Phrase) -> Iterator[tuple[Token, str, Token]]:
    """Who bears a title, with whose it is and how that is said; of a plural, each with his own."""
    holders = bearers(scene, phrase)
    shared = owners_of_post(scene, phrase) if holders else []
    for number, bearer in enumerate(holders):
        found = shared
        if len(holders) > 1:
            own = [pair for child in bearer.children for pair in owner_at(child)]
            own = [pair for pair in own if is_owner_of_post(scene, phrase, *pair)]
            paired = shared[number : number + 1] if len(shared) == len(holders) else shared[:1]
            found = own or paired
        yield from ((bearer, way, owner) for way, owner in found)


def owners_of_post(scene: Scene, phrase: Phrase) -> list[tuple[str, Token]]:
    """Whose a post is: what stands at it, else at a title that it is joined to, else a name before it."""
    found = owners_at_title(scene, phrase, phrase)
    for other in (title_before(scene, phrase), title_behind(scene, phrase)):
        if not found and other is not None:
            pairs = owners_at_title(scene, other, phrase)
            found = [pair for pair in pairs if pair[1].i >= max(phrase.end, other.end)]
    return found or [("modifier", owner) for owner in names_in_title(scene, phrase)]


def owners_at_title(scene: Scene, title: Phrase, phrase: Phrase) -> list[tuple[str, Token]]:
    """What stands at a title and may own the post that a phrase names."""
    pairs = [(way, named(scene, owner)) for way, owner in owners(scene.doc, title)]
    return [pair for pair in pairs if is_owner_of_post(scene, phrase, *pair)]


def title_behind(scene: Scene, phrase: Phrase) -> Phrase | None:
    """The title without article that is joined to another: `spokesman of` behind `chair and`."""
    other = scene.title_from(phrase.end + 1)
    joined = other is not None and title_before(scene, other)
    return other if joined and joined.head == phrase.head else None


def names_in_title(scene: Scene, phrase: Phrase) -> list[Token]:
    """The name before a title that the article knows from elsewhere: `Sea-Eye spokesperson`."""
    for start in range(phrase.start, phrase.head):
        words = scene.doc[start : phrase.head]
        word = scene.word_for(words.text) if words[0].pos_ == "PROPN" else None
        if word is not None and not scene.is_a(word, PERSON) and not scene.stands_for(words[-1]):
            return [word]
    return []


def is_owner_of_post(scene: Scene, phrase: Phrase, way: str, owner: Token) -> bool:
    """Whether a post may belong to what stands at its title."""
    if way not in POST_WAYS or not scene.is_a(owner, OWNERS_OF_POSTS[phrase.trait]):
        return False
    if scene.is_a(owner, ORGANIZED):
        return True
    head = scene.doc[phrase.head]
    if way == "in" or (way not in {"poss", "modifier"} and body_noun(scene, phrase) is not None):
        return False
    if way == "modifier" and head.lemma_.lower() in word_set("kg.relations", "lawyers"):
        return scene.is_a(owner, COUNTRY)
    is_on_title = owner.head.i == head.i or way in {"poss", "modifier"} or owner.dep_ == "conj"
    return is_on_title or head.lemma_.lower() in word_set("kg.relations", "posts of places")


def implied_post(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`President Trump`, `the Defence Secretary`: a post of the state that the article is about."""
    head = scene.doc[phrase.head]
    if phrase.trait not in POST_CLASSES or not is_state_post(scene, phrase):
        return
    if any(child.lower_ in {"a", "an"} for child in head.children):
        return
    if any(way in POST_WAYS and is_outside(scene, phrase, owner) for way, owner in owners(scene.doc, phrase)):
        return
    for holder in bearers(scene, phrase):
        state = scene.state_of(holder)
        if state is not None:
            words = predicate_words(scene, phrase, "of")
            yield draft((holder, state), head, words, "HOLDS_POSITION", "post implied")


def is_outside(scene: Scene, phrase: Phrase, owner: Token) -> bool:
    """Whether what stands at a title is an actor or place, and no word of the title: `secretary of state`."""
    return scene.is_a(owner, BODIES | PERSON) and not phrase.start <= owner.i < phrase.end


def local_post(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Governor Ana`: a post of the one place that the article is about."""
    noun = scene.doc[phrase.head].lemma_.lower()
    if phrase.kind is not MentionKind.NOMINAL or noun not in word_set("kg.relations", "local posts"):
        return
    words = {token.lower_ for token in scene.doc[phrase.start : phrase.head]}
    is_other = bool(words & word_set("kg.relations", "parts of states") - {"state"})
    if is_other or owners_of_post(scene, phrase) or (noun in STATE_POSTS and "state" not in words):
        return
    place = scene.place_of()
    for holder in bearers(scene, phrase, new=True) if place is not None else ():
        words = predicate_words(scene, phrase, "of")
        yield draft((holder, place), scene.doc[phrase.head], words, "HOLDS_POSITION", "post local")


def titled_name(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Peru's Queen Ana`: a post that is part of a name, of what stands at it, else of the holder's state."""
    head = scene.doc[phrase.head]
    title = scene.doc[phrase.start].lower_
    titles = word_set("kg.relations", "titles in names")
    if phrase.kind is not MentionKind.NAME or title not in titles or not scene.is_named(head, PERSON):
        return
    pairs = [pair for child in head.children for pair in owner_at(child)]
    owned = [owner for way, owner in pairs if way in {"poss", "of"} and scene.is_a(owner, COUNTRY)]
    state = scene.state_of(head) if not owned else None
    for owner in [*owned, *([state] if state is not None else [])]:
        yield draft((head, owner), head, f"{title} of", "HOLDS_POSITION", "post titled name")


def headed(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the government of Ana`, `Bo's investigation`: who heads what acts in his name."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or head.lemma_.lower() not in word_set(
        "kg.relations", "headed nouns"
    ):
        return
    for way, owner in owners(scene.doc, phrase):
        if way in {"poss", "of"} and owner.pos_ == "PROPN" and scene.is_named(owner, PERSON):
            yield draft((owner, head), head, "head of", "HOLDS_POSITION", "headed")


def is_state_post(scene: Scene, phrase: Phrase) -> bool:
    """Whether a title without owner is one of a state: `president`, not `regional governor`, `professor`."""
    words = [token.lower_ for token in scene.doc[phrase.start : phrase.end]]
    posts = word_set("kg.relations", "state posts")
    ends = {" ".join(words[start:]) for start in range(len(words))} | {scene.doc[phrase.head].lemma_.lower()}
    return bool(ends & posts) and not word_set("kg.relations", "parts of states") & set(words[:-1])


def post_class(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """The class of a post, by the first of `CLASS_RULES` that knows it; else by the title's trait."""
    for rule in CLASS_RULES:
        found = rule(scene, phrase, way, owner)
        if found is not None:
            return found
    return POST_CLASSES[phrase.trait] if phrase.trait != "member" else None


def class_in_party(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """A candidate stands for a party; who holds another's post is a member of the party before it."""
    if not scene.is_party(owner):
        return None
    head = scene.doc[phrase.head]
    if head.lemma_.lower() in word_set("kg.relations", "candidates"):
        return "REPRESENTS"
    return None if is_party_post(scene, phrase, way, owner) else "MEMBER_OF"


def class_of_seat(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """The class that a title of `lexicon/seats.tsv` gives with a body: `member of Parliament`."""
    entry = nominal_of(scene.doc[phrase.head])
    is_seat = entry is not None and entry.lemma in seats() and scene.is_a(owner, ORGANIZED)
    return seats()[entry.lemma][0] if entry is not None and is_seat and not scene.is_party(owner) else None


def class_of_national(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """`a Canadian activist`, `an Indian lawyer`: a citizen, where nationality stands before a noun for people."""
    head = scene.doc[phrase.head]
    is_people = phrase.trait == "member" or head.lemma_.lower() in word_set("kg.relations", "lawyers")
    return "CITIZEN_OF" if is_people and way == "modifier" and scene.is_a(owner, COUNTRY) else None


def class_of_member(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """`an activist of Greenpeace`, `a columnist of the Post`: a member, or a post, of an organisation."""
    if phrase.trait != "member" or not scene.is_a(owner, ORGANIZED):
        return None
    members = word_set("kg.relations", "members")
    return "MEMBER_OF" if scene.doc[phrase.head].lemma_.lower() in members else "HOLDS_POSITION"


CLASS_RULES: tuple[Callable[[Scene, Phrase, str, Token], str | None], ...] = (
    class_in_party,
    class_of_seat,
    class_of_national,
    class_of_member,
)


def is_party_post(scene: Scene, phrase: Phrase, way: str, owner: Token) -> bool:
    """Whether a post is one in the party at it: `Labour leader`, not `Democratic committee chairman`.

    A post that belongs to somebody else too, or to a body named by its noun, is none of the party.
    """
    head = scene.doc[phrase.head]
    if head.lemma_.lower() not in word_set("kg.relations", "party posts"):
        return False
    others = [o for w, o in owners(scene.doc, phrase) if o.i != owner.i and w in POST_WAYS]
    if any(scene.is_a(other, ORGANIZED) and not scene.is_party(other) for other in others):
        return False
    return way != "modifier" or body_noun(scene, phrase) is None


def post_words(scene: Scene, phrase: Phrase, relation_class: str, owner: Token) -> str:
    """The post as a predicate: `former prime minister of`."""
    if relation_class == "CITIZEN_OF":
        return "citizen of"
    if relation_class == "MEMBER_OF" and scene.is_party(owner):
        return "member of"
    return predicate_words(scene, phrase, POST_PREPOSITIONS[relation_class])
