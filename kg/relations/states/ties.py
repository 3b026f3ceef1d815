"""Ties: what one actor is to another by a noun of relation: `Iran's ally Syria`, `Ana, a critic of Bo`.

The ontology's noun forms (`ally of`, `critic of`) say what the noun means; here, who is tied to whom.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.actors.identity import owners
from kg.actors.phrases import Phrase, nominal_of
from kg.language.tree import children_of, sentence_bounds
from kg.language.wordsets import word_set
from kg.relations.classification import Meaning, load_lexicon
from kg.relations.clauses import expand, preposition_of
from kg.relations.drafts import Draft, fits
from kg.relations.scene import Scene
from kg.relations.states.bearers import COUNTRY, ORGANIZED, PERSON, draft
from kg.types import ACTOR_TYPES, EntityType, MentionKind

TIE_CLASSES = frozenset({"ALLY_OF", "ADVERSARY_OF", "ACCUSE", "REJECT", "SUPPORT", "MEMBER_OF", "MEDIATES"})
TIE_WAYS = frozenset({"poss", "of", "modifier", "to"})
TIED = frozenset({"member", "envoy"})
POST_TRAITS = frozenset({"office"})
PARENTS = frozenset({"parent", "holding", "mother"})
"""Words before `company` that make it an owner."""


def tie(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Iran's ally Syria`, `NATO member Norway`, `Ana, an opponent of Bo`."""
    entry = nominal_of(scene.doc[phrase.head]) if phrase.kind is MentionKind.NOMINAL else None
    if entry is None or entry.trait not in TIED:
        return
    meanings = [m for m in load_lexicon().of_noun(f"{entry.lemma} of") if m.relation_class in TIE_CLASSES]
    tied = tied_names(scene, phrase) if meanings else ()
    for way, owner in owners(scene.doc, phrase) if tied else ():
        if way in TIE_WAYS and scene.is_a(owner, ACTOR_TYPES) and not scene.is_party(owner):
            for name in tied:
                yield from tie_drafts(scene, phrase, meanings, (name, owner))


def tied_names(scene: Scene, phrase: Phrase) -> tuple[Token, ...]:
    """The actors that a noun of relation is said of: the name behind it, in apposition, or of the noun."""
    head = scene.doc[phrase.head]
    name = scene.name_at(phrase.end)
    if name is not None and scene.is_a(scene.doc[name.head], ACTOR_TYPES):
        behind = scene.doc[name.head]
        return expand([behind]) if phrase.plural else (behind,)
    around = [child for child in children_of(head) if child.dep_ == "appos"]
    around += [head.head] if head.dep_ == "appos" else []
    found = [token for token in (*around, head) if scene.is_named(token, ACTOR_TYPES)]
    return tuple(found[:1])


def tie_drafts(
    scene: Scene, phrase: Phrase, meanings: list[Meaning], ends: tuple[Token, Token]
) -> Iterator[Draft]:
    """The draft of the first meaning that fits both ends; of members only states and bodies."""
    head = scene.doc[phrase.head]
    for meaning in meanings:
        is_person = scene.is_a(ends[0], PERSON)
        if fits(scene, meaning, *ends) and not (meaning.relation_class == "MEMBER_OF" and is_person):
            yield Draft(
                subject=ends[0],
                object=ends[1],
                predicate=head,
                occurrence=head,
                words=f"{head.lemma_.lower()} of",
                meaning=meaning,
                rule=f"tie {meaning.relation_class}",
                symmetric=meaning.is_symmetric,
                is_state=True,
            )
            return


def counterpart(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the Finnish president and his Polish counterpart Ana`: the same post in another state."""
    head = scene.doc[phrase.head]
    noun = head.head
    if phrase.kind is not MentionKind.NAME or not scene.is_a(head, COUNTRY) or noun.lower_ != "counterpart":
        return
    behind = noun.i + 2 if scene.doc[noun.i + 1 : noun.i + 2].text == "," else noun.i + 1
    name = scene.name_at(behind)
    if name is not None and scene.is_named(scene.doc[name.head], PERSON):
        words = f"{title_meant(scene, noun)} of"
        yield draft((scene.doc[name.head], head), noun, words, "HOLDS_POSITION", "counterpart")


def title_meant(scene: Scene, noun: Token) -> str:
    """The last post of a state named before in the sentence; `counterpart` where there is none."""
    posts = word_set("kg.relations", "state posts")
    for position in range(noun.i - 1, sentence_bounds(noun)[0] - 1, -1):
        entry = nominal_of(scene.doc[position])
        if entry is not None and entry.trait in POST_TRAITS and entry.lemma in posts:
            return entry.lemma
    return "counterpart"


def ownership(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Google's parent company, Alphabet`, `Ana, owner of the lodge`: who owns what."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or not is_owner_noun(head):
        return
    for name in tied_names(scene, phrase):
        for way, owned in owners(scene.doc, phrase):
            if way in {"poss", "of"} and scene.is_a(owned, ORGANIZED | {EntityType.PLACE, EntityType.THING}):
                yield draft((name, owned), head, "own", "OWNS", "ownership")


def is_owner_noun(head: Token) -> bool:
    """Whether a noun names an owner: `proprietor`, `parent company`."""
    is_parent = head.lower_ in {"company", "firm", "group"} and word_before(head) in PARENTS
    return is_parent or head.lemma_.lower() in word_set("kg.relations", "owner nouns")


def word_before(token: Token) -> str:
    """The lower-case word before a token in its sentence; empty for the first."""
    return str(token.nbor(-1).lower_) if token.i > sentence_bounds(token)[0] else ""


def authorship(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`a documentary by Ana and Bo`: who made a work."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or head.lemma_.lower() not in word_set("kg.relations", "works"):
        return
    makers = [child for child in children_of(head) if child.dep_ == "nmod" and preposition_of(child) == "by"]
    for maker in expand(makers):
        if scene.is_named(maker, PERSON | ORGANIZED):
            yield draft((maker, head), head, "make", "OTHER", "authorship")
