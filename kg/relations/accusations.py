"""Accusations and praise in what people say: `X said that Y broke the law` blames Y.

Whoever reports a bad deed or a fault of somebody accuses them, whatever verb of saying is used; whoever
reports a merit praises them. The words that blame and praise are in `lexicon/judgements.tsv`, who speaks is
`attribution`'s answer, and whether it is said as a fact `factuality`'s.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from spacy.tokens import Token

from kg.actors.identity import owner_at
from kg.language.tree import children_of, tokens_tagged
from kg.language.wordsets import word_set
from kg.relations.attribution import OPENING, STRAIGHT, source_of
from kg.relations.classification import Meaning
from kg.relations.clauses import clause_at, is_predicate, lemma_with_particle, preposition_of, subjects_of
from kg.relations.cues import rows, table
from kg.relations.drafts import Draft
from kg.relations.ends import reached
from kg.relations.factuality import status_of
from kg.relations.scene import Scene
from kg.types import ACTOR_TYPES, EntityType, Status

MEANINGS = {
    "blame": Meaning(relation_class="ACCUSE", property="criticizes"),
    "praise": Meaning(relation_class="SUPPORT", property="praises"),
}
JUDGED_TYPES = ACTOR_TYPES | {EntityType.EVENT, EntityType.THING}
OWNER_WAYS = frozenset({"", "poss", "of"})
BRAND_TAGS = frozenset({"ADJ", "NOUN", "VERB"})
QUOTES = OPENING | STRAIGHT
BODIES = frozenset({EntityType.ORGANIZATION, EntityType.COUNTRY})
MEMBER_WAYS = frozenset({"of", "from", "poss", "modifier"})
VAGUE_PRONOUNS = frozenset({"it", "this", "that", "these", "those", "which"})
"""What a fault may be found in without anybody being meant."""
MANNER_PREPOSITIONS = frozenset({"with", "in"})
WHOLE_STATUSES = frozenset({Status.ASSERTED, Status.PLANNED})


def accusation_drafts(scene: Scene) -> Iterator[Draft]:
    """Every judgement that somebody in the document passes on somebody else, in the order of the text."""
    for token in tokens_tagged(scene.doc, BRAND_TAGS):
        sign = sign_of(token)
        if sign is not None and token.dep_ != "advcl" and is_meant(token):
            yield from judged(scene, token, sign)
        if token.lemma_.lower() in word_set("kg.relations", "branding verbs"):
            yield from branded(scene, token)


def is_meant(predicate: Token) -> bool:
    """Whether a judgement is passed, and not only thought possible; of nouns a suspicion is enough."""
    status = status_of(predicate)
    return status in WHOLE_STATUSES or (status is Status.POSSIBLE and predicate.pos_ == "NOUN")


def judged(scene: Scene, predicate: Token, sign: str) -> Iterator[Draft]:
    """The draft from whoever says a judging predicate to each of those that it is said of."""
    speaker = source_of(predicate)
    if speaker is None or not is_judge(scene, speaker):
        return
    for target, nested in targets_of(scene, predicate):
        yield Draft(
            subject=speaker,
            object=target,
            predicate=saying_of(speaker, predicate),
            occurrence=saying_of(speaker, predicate),
            words="criticise" if sign == "blame" else "praise",
            meaning=MEANINGS[sign],
            rule=f"reported {sign}",
            nested=nested,
        )


def branded(scene: Scene, verb: Token) -> Iterator[Draft]:
    """`X called Y's plan a disgrace`, `the court found the law unlawful`: what somebody is called."""
    if not is_predicate(verb):
        return
    clause = clause_at(verb)
    sign = next((found for name in brands_of(verb) if (found := sign_of_brand(verb, name))), None)
    targets = [(end, way) for object_ in clause.objects for end, way in reached(scene, object_)]
    for speaker in (token for token in clause.subjects if sign and scene.is_a(token, ACTOR_TYPES)):
        for target, nested in targets:
            if target.i != speaker.i and nested in OWNER_WAYS:
                yield Draft(
                    subject=speaker,
                    object=target,
                    predicate=verb,
                    occurrence=verb,
                    words="criticise" if sign == "blame" else "praise",
                    meaning=MEANINGS[str(sign)],
                    rule=f"branded {sign}",
                    nested=nested,
                )


def brands_of(verb: Token) -> list[Token]:
    """What something is called: `a disgrace`, `as a disgrace`, in quotation marks also beside the object."""
    objects = [child for child in children_of(verb) if child.dep_ == "obj"]
    beside = [c for noun in objects for c in children_of(noun) if c.i > noun.i]
    quoted = [c for c in beside if c.dep_ in {"appos", "amod"} and is_in_quotes(c)]
    named = [c for c in children_of(verb) if c.dep_ in {"xcomp", "ccomp", "obl", "advcl"}]
    return [c for c in (*named, *quoted) if preposition_of(c) in {"", "as"} and c.pos_ in BRAND_TAGS]


def sign_of_brand(verb: Token, brand: Token) -> str | None:
    """Whether what something is called judges it; names in quotation marks are seldom kind."""
    is_named = verb.lemma_.lower() in word_set("kg.relations", "naming verbs")
    return sign_of_words(brand) or ("blame" if is_named and is_in_quotes(brand) else None)


def is_in_quotes(token: Token) -> bool:
    """Whether a noun or adjective has quotation marks of its own."""
    return any(child.text in QUOTES for child in children_of(token))


def is_judge(scene: Scene, speaker: Token) -> bool:
    """Whether a speaker takes sides: an actor, but no medium that only reports, in a verb of saying."""
    verb = speaker.head
    kind = table("reporting_verbs").get(verb.lemma_.lower(), "say")
    is_neutral = verb.lemma_.lower() in word_set("kg.relations", "neutral reports") or kind == "think"
    return scene.is_a(speaker, ACTOR_TYPES) and not is_neutral and not is_audience(scene, speaker)


def is_audience(scene: Scene, token: Token) -> bool:
    """Whether a word stands for the media or the public, who hear and hand on what is said."""
    is_medium = any(entity.sector == "MED" for entity in scene.entities(token))
    return is_medium or token.lemma_.lower() in word_set("kg.relations", "audiences")


def saying_of(speaker: Token, predicate: Token) -> Token:
    """The verb of which the speaker is the subject; else the predicate itself: `according to X`."""
    verb = speaker.head
    says = verb.lemma_.lower() in table("reporting_verbs") and speaker.dep_ in {"nsubj", "obl", "obl:agent"}
    return verb if says else predicate


def targets_of(scene: Scene, predicate: Token) -> Iterator[tuple[Token, str]]:
    """Those that a judging predicate is said of: who does the deed, or has the fault or merit."""
    is_deed = predicate.pos_ == "VERB"
    types = ACTOR_TYPES if is_deed else JUDGED_TYPES
    subjects = clause_at(predicate).subjects if is_deed else subjects_of(predicate)
    for subject in subjects:
        for token, nested in reached(scene, subject):
            is_vague = not is_deed and token.lower_ in VAGUE_PRONOUNS
            is_of_deed = not (nested == "poss" and is_deed)
            if scene.is_a(token, types) and nested in OWNER_WAYS and is_of_deed and not is_vague:
                bodies = list(bodies_of(scene, token))
                yield from ((body, "members") for body in bodies) if bodies else [(token, nested)]


def bodies_of(scene: Scene, token: Token) -> Iterator[Token]:
    """`members of B`, `B's officials`: the body that unnamed people act for (guidelines, rule 13)."""
    if any(scene.is_name(entity) for entity in scene.entities(token)):
        return
    if token.lemma_.lower() in word_set("kg.relations", "members of bodies"):
        for way, owner in (pair for child in children_of(token) for pair in owner_at(child)):
            if way in MEMBER_WAYS and scene.is_named(owner, BODIES):
                yield owner


# What judges: tried in this order.


def deed(token: Token) -> str | None:
    """`Y broke the law`, `Y lied`: a verb that names a bad deed."""
    if token.lemma_.lower() not in judging_verbs() or token.pos_ != "VERB" or not is_predicate(token):
        return None
    lemma, objects = lemma_with_particle(token), clause_at(token).objects
    forms = [lemma, *(f"{lemma} {noun.lemma_.lower()}" for noun in objects)] if objects else []
    found = (judgements("verb").get(form) for form in forms)
    return next((sign for sign in found if sign), judgements("intransitive").get(lemma))


def manner(token: Token) -> str | None:
    """`Y treats the court with contempt`: a noun that says how."""
    if not is_predicate(token):
        return None
    for child in children_of(token):
        if child.dep_ == "obl" and preposition_of(child) in MANNER_PREPOSITIONS:
            sign = judgements("manner").get(child.lemma_.lower())
            if sign is not None:
                return sign
    return None


def fault(token: Token) -> str | None:
    """`Y is corrupt`, `Y's plan is unlawful`, `Y is a traitor`, `Y is a great leader`: with the copula."""
    labels = {child.dep_ for child in children_of(token)}
    return sign_of_words(token) if "cop" in labels and "case" not in labels else None


SIGN_RULES: tuple[Callable[[Token], str | None], ...] = (deed, manner, fault)


def sign_of(token: Token) -> str | None:
    """Whether a predicate blames or praises its subject; None where it does neither."""
    return next((sign for rule in SIGN_RULES if (sign := rule(token))), None)


def sign_of_words(token: Token) -> str | None:
    """Whether an adjective or noun judges, itself or, of a noun, by an adjective before it."""
    if token.pos_ != "NOUN":
        return judgements("adjective").get(token.lemma_.lower()) if token.pos_ in {"ADJ", "VERB"} else None
    lemma = token.lemma_.lower()
    before = [child.lemma_.lower() for child in children_of(token) if child.dep_ in {"amod", "compound"}]
    named = (judgements("noun").get(form) for form in (lemma, *(f"{word} {lemma}" for word in before)))
    described = (judgements("adjective").get(word) for word in before)
    return next((sign for sign in (*named, *described) if sign), None)


@functools.cache
def judging_verbs() -> frozenset[str]:
    """The verbs that judge, without the particles and objects that some of them need."""
    return frozenset(word.partition(" ")[0] for part in ("verb", "intransitive") for word in judgements(part))


@functools.cache
def judgements(part: str) -> Mapping[str, str]:
    """The judging words of one part of speech, each with its sign.

    >>> judgements("adjective")["unlawful"]
    'blame'
    """
    return MappingProxyType({word: sign for word, sign, of in rows("judgements") if of == part})
