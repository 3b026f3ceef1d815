"""The component `kg_mentions`: which words of a document may stand for an entity.

It joins what the language model calls names, what the actor registry knows, common nouns that stand
for actors, and pronouns. It does not say which of them are the same (`coreference`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.actors.bodies import without_strangers
from kg.actors.nations import MODIFIERS, is_all_of_nation, is_one_of_nation
from kg.actors.phrases import (
    Nominal,
    Phrase,
    first_words,
    is_plural,
    left_edge,
    nominal_of,
    nominals,
    nouns_of,
    with_next_words,
)
from kg.actors.registry import How, Match, Registry, load_registry
from kg.language.kept import keep
from kg.language.tree import children_of, forget, sentence_bounds, tokens_tagged
from kg.language.wordsets import word_set
from kg.types import PLACE_TYPES, EntityType, MentionKind

LABEL_TYPES = {
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "LOC": EntityType.PLACE,
    "EVENT": EntityType.EVENT,
}
OPENING_WORDS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our"}
)
EDGE_PUNCTUATION = frozenset("\"'“”‘’()[],.;:—–-/")
POSSESSIVE_ENDINGS = frozenset({"'s", "’s", "'", "’"})
ACTING_PREPOSITIONS = frozenset({"with", "between", "by", "against"})
NAME_TAGS, PRONOUN_TAGS = frozenset({"PROPN"}), frozenset({"PRON", "DET"})
NAME_ROLES = frozenset(
    {"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "nmod:poss", "conj", "appos"}
)
CLAUSES = frozenset({"csubj", "ccomp", "xcomp", "advcl"})
"""Labels of the clause that an expletive stands before."""
LONGEST_PERSON = 4
"""Tokens; a longer name after a title is hardly a person's."""
SHORTEST_CUT = 2
"""Tokens of a name before such a half: what stands behind a surname alone is none, as in `Bell-led`."""
LAST_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gw?|hw?|hs|hy|j|kw?|ky|l|my?|n|p|r|sh?|t|ts|wh?|y)?"
    r"(?:ae|ah|eo|eu|ee|oe|oo|ou|ui|uh|wa|we|wi|wo|ya|yeo|yo|yu|ia|ie|io|iu|ua|a|e|i|o|u)(?:k|l|m|ng?|p|h|b)?"
)
"""A syllable of a Korean or Chinese given name (Revised Romanization of Korean, 2000; McCune and Reischauer
1939; Wade–Giles), written small behind a hyphen."""
PRONOUNS = {
    form: forms[0]
    for forms in (
        ("i", "me", "my", "mine", "myself"),
        ("we", "us", "our", "ours", "ourselves"),
        ("you", "your", "yours", "yourself", "yourselves"),
        ("he", "him", "his", "himself"),
        ("she", "her", "hers", "herself"),
        ("it", "its", "itself"),
        ("they", "them", "their", "theirs", "themselves"),
    )
    for form in forms
}
"""Personal pronouns by their forms."""


@Language.factory(
    "kg_mentions",
    requires=["doc.ents", "token.pos", "token.dep", "token.lemma"],
    assigns=["doc._.phrases"],
    default_config={"actors": None},
)
class Mentions:
    """Sets `doc._.phrases`: names, nominals and pronouns, in the order of the text."""

    def __init__(self, nlp: Language, name: str, actors: str | None = None) -> None:
        self.own_actors = actors
        self.registry: Registry = load_registry(Path(actors) if actors else None)
        keep("phrases", default=())
        keep("own_actors", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Find the phrases of one document."""
        forget()  # it may have been read before, with other tags
        doc._.own_actors = self.own_actors
        doc._.phrases = self.predict(doc)
        return doc

    def predict(self, doc: Doc) -> tuple[Phrase, ...]:
        """Names first, then nominals and pronouns outside of them."""
        names = without_strangers(doc, list(self.names(doc)), self.registry)
        taken = {i for phrase in names for i in range(phrase.start, phrase.end)}
        phrases = [*names, *nominal_phrases(doc, taken), *pronouns(doc)]
        return tuple(sorted(phrases, key=lambda phrase: (phrase.start, -phrase.end)))

    def names(self, doc: Doc) -> Iterator[Phrase]:
        """Names by the registry and by the model, never two over the same words."""
        spans = [span for ent in doc.ents if ent.label_ in LABEL_TYPES and (span := trimmed(ent))]
        taken: set[int] = set()
        for match in self.registry.find(doc):
            if is_inside_longer(match, spans):
                continue
            taken.update(range(match.start, match.end))
            if match.how is not How.DEMONYM or not is_one_of_nation(doc[match.start : match.end]):
                yield known_name(doc, match)
        free = [span for span in spans if not any(i in taken for i in range(span.start, span.end))]
        yield from (model_name(span) for span in free if not is_portfolio(span))
        taken.update(i for span in free for i in range(span.start, span.end))
        yield from plain_names(doc, taken)


def is_inside_longer(match: Match, spans: list[Span]) -> bool:
    """Whether a registry name is only a part of a longer name: `England` in `Bank of England`."""
    for span in spans:
        if span.start <= match.start and match.end <= span.end and len(span) > match.end - match.start:
            return not is_row_of_names(span)
    return False


def is_row_of_names(span: Span) -> bool:
    """Whether a span is several names in a row (`Ukraine-Turkey`), taken for one by the model."""
    return any(token.text in {"-", "–", "/"} for token in span) and all(
        token.pos_ in {"PROPN", "ADJ", "PUNCT", "SYM"} for token in span
    )


def known_name(doc: Doc, match: Match) -> Phrase:
    """A phrase for words that the registry knows; a capital that acts is the state."""
    span = doc[match.start : match.end]
    actor = match.actor
    if match.how is How.CAPITAL and match.stands_for and acts(span.root):
        actor = match.stands_for
    is_people = match.how is How.DEMONYM and span.root.dep_ not in MODIFIERS
    return Phrase(
        start=match.start,
        end=match.end,
        head=span.root.i,
        kind=MentionKind.NAME,
        type=actor.type,
        name=span.text,
        actor=actor.id,
        trait=str(match.how),
        plural=is_people and (is_plural(span.root) or is_all_of_nation(span)),
    )


def acts(token: Token) -> bool:
    """Whether a place name stands for those who govern there: it acts, owns, or is dealt with as an actor.

    A place that something happens in, or comes from, stays a place.
    """
    while token.dep_ == "conj":
        token = token.head
    case = {child.lower_ for child in children_of(token) if child.dep_ == "case"}
    if token.dep_ in {"nsubj", "nsubj:pass"}:
        return token.head.pos_ == "VERB"
    if token.dep_ == "obj" or (token.dep_ == "obl" and "on" in case):
        return token.head.lemma_.lower() in word_set("kg.actors", "dealing verbs")
    if token.dep_ == "nmod" and case & {"on", "against", "to", "for"}:
        return token.head.lemma_.lower() in word_set("kg.actors", "aimed nouns")
    if token.dep_ == "nmod:poss" or "of" in case:
        return token.head.ent_type_ == "" and token.head.lemma_.lower() in word_set("kg.actors", "governed")
    return bool(case & ACTING_PREPOSITIONS) and token.dep_ in {"obl", "nmod", "obl:agent"}


def model_name(span: Span) -> Phrase:
    """A phrase for a name that only the language model found."""
    is_ship = is_vessel(span)
    is_place = LABEL_TYPES[span.label_] in PLACE_TYPES and is_addressed(span)
    kind = EntityType.PERSON if is_titled(span) else LABEL_TYPES[span.label_]
    return Phrase(
        start=span.start,
        end=span.end,
        head=span.root.i,
        kind=MentionKind.NAME,
        type=EntityType.THING if is_ship else kind,
        name=span.text,
        trait="vessel" if is_ship else "address" if is_place else "",
    )


def is_addressed(span: Span) -> bool:
    """Whether a place follows that it lies in, so that it is no surname: `of Allen, Texas`."""
    comma = span.doc[span.end : span.end + 1].text
    after = span.doc[span.end + 1 : span.end + 2]
    lies_in = comma == "," and bool(after) and LABEL_TYPES.get(after[0].ent_type_) in PLACE_TYPES
    return lies_in and span.start > 0 and span.doc[span.start - 1].dep_ == "case"


def is_vessel(span: Span) -> bool:
    """Whether a name is a ship's, though it sounds like a person's: `the ship Ana Bell`, `the Ana Bell`."""
    if span.start == 0 or span[0].is_sent_start:
        return span[0].text in word_set("kg.actors", "prefixes of ships")
    before = span.doc[span.start - 1]
    if before.lemma_.lower() in word_set("kg.actors", "vessels") and before.dep_ != "nmod:poss":
        return True
    if {before.text, span[0].text} & word_set("kg.actors", "prefixes of ships"):
        return True
    return before.lower_ == "the" and before.head == span.root and span.label_ == "PER" and len(span) > 1


def is_titled(span: Span) -> bool:
    """Whether a person's title stands right before a name: it names a person, whatever the model says."""
    if span.start == 0 or len(span) > LONGEST_PERSON or (span.label_ == "ORG" and len(span) > 1):
        return False
    before = span.doc[span.start - 1]
    entry = nominal_of(before) if before.sent == span.sent else None
    return entry is not None and entry.trait in {"office", "envoy"} and not is_plural(before)


def trimmed(ent: Span) -> Span | None:
    """A name without determiners, titles, quotes and possessive endings; None where nothing is left."""
    start, end = ent.start, ent.end
    while start < end and is_before_name(ent.doc[start], ent.doc[start + 1 : end], ent.label_):
        start += 1
    while end > start and (ent.doc[end - 1].text in EDGE_PUNCTUATION | POSSESSIVE_ENDINGS):
        end -= 1
    if start == end or not any(character.isupper() for character in ent.doc[start:end].text):
        return None
    return Span(ent.doc, start, with_last_syllable(ent.doc, start, end, ent.label_), label=ent.label)


def with_last_syllable(doc: Doc, start: int, end: int, label: str) -> int:
    """The end of a name, with the second half of a given name that the model cut off: `Seo Jae` `-in`."""
    if label != "PER" or end - start < SHORTEST_CUT or end + 1 >= len(doc) or doc[end].text != "-":
        return end
    is_joined = not doc[end - 1].whitespace_ and not doc[end].whitespace_
    return end + 2 if is_joined and LAST_SYLLABLE.fullmatch(doc[end + 1].text) else end


def is_before_name(token: Token, rest: Span, label: str) -> bool:
    """Whether a token at the front of a name is not part of it."""
    if token.lower_ in OPENING_WORDS or token.text in EDGE_PUNCTUATION or token.is_space:
        return True
    if label != "PER" or not len(rest):
        return False
    title = nominals().get(token.lower_)
    return token.pos_ == "ADJ" or (title is not None and title.type is EntityType.PERSON)


def plain_names(doc: Doc, taken: set[int]) -> Iterator[Phrase]:
    """Names that neither the model nor the registry knows: proper nouns in a row, as subject or the like."""
    for token in tokens_tagged(doc, NAME_TAGS):
        if token.i in taken or token.dep_ not in NAME_ROLES or not is_name_word(token):
            continue
        start, end = token.i, token.i + 1
        first, last = sentence_bounds(token)
        while start > first and start - 1 not in taken and doc[start - 1].pos_ == "PROPN":
            start -= 1
        while end < last and end not in taken and doc[end].pos_ == "PROPN":
            end += 1
        if all(is_name_word(doc[i]) for i in range(start, end)):
            name, kind = doc[start:end].text, EntityType.THING
            yield Phrase(start=start, end=end, head=token.i, kind=MentionKind.NAME, type=kind, name=name)


def is_name_word(token: Token) -> bool:
    """Whether a token can be part of an unknown name: a capitalised proper noun, no title, day or month."""
    has_form = token.text.isalpha() and token.text[0].isupper() and len(token) > 1
    if token.pos_ != "PROPN" or not has_form:
        return False
    return nominal_of(token) is None and token.lower_ not in word_set("kg.actors", "days and months")


def is_portfolio(span: Span) -> bool:
    """Whether a name is but the word that says what a minister is for: `Defence` in `Defence Secretary`."""
    if span.text.lower() not in word_set("kg.actors", "portfolios") or span.end >= len(span.doc):
        return False
    entry = nominal_of(span.doc[span.end])
    return entry is not None and entry.trait == "office"


def nominal_phrases(doc: Doc, taken: set[int]) -> Iterator[Phrase]:
    """Common nouns: those for actors, events and what actors deal with have a type, others none."""
    for token in nouns_of(doc):
        if token.i in taken or token.dep_ in {"flat", "goeswith"} or is_inside_title(token):
            continue
        entry = None if token.dep_ == "compound" else nominal_of(token)
        if entry is None:
            yield plain_nominal(token)
            continue
        start = min(left_edge(token), first_word(token, entry))
        end = end_of_collocation(token)
        plural = is_plural(token)
        is_group = plural and entry.type is EntityType.PERSON
        yield Phrase(
            start=start,
            end=end,
            head=token.i,
            kind=MentionKind.NOMINAL,
            type=EntityType.GROUP if is_group else entry.type,
            name=doc[start:end].text,
            trait=entry.trait,
            plural=plural,
            noun=entry.lemma,
        )


def plain_nominal(noun: Token) -> Phrase:
    """A phrase that no entity is made of; it helps to tell what pronouns stand for."""
    return Phrase(
        start=noun.i,
        end=noun.i + 1,
        head=noun.i,
        kind=MentionKind.NOMINAL,
        type=None,
        name=noun.text,
        plural=is_plural(noun),
        noun=noun.lemma_.lower(),
    )


def first_word(noun: Token, entry: Nominal) -> int:
    """Where a known title of several words begins that ends with a noun."""
    count = entry.lemma.count(" ")
    if not count:
        return noun.i
    before = noun.doc[max(sentence_bounds(noun)[0], noun.i - count) : noun.i].text.lower()
    return noun.i - count if before and entry.lemma.startswith(before) else noun.i


def is_inside_title(noun: Token) -> bool:
    """Whether a noun is the first word of a longer one: `secretary` in `secretary general`."""
    if noun.i + 1 >= sentence_bounds(noun)[1]:
        return False
    entry = nominal_of(noun.nbor(1))
    return entry is not None and f"{noun.lemma_.lower()} " in entry.lemma


def end_of_collocation(noun: Token) -> int:
    """The token after a noun, or after the phrase with `of` that the table of nominals knows it in."""
    is_first = noun.lemma_.lower() in first_words()
    return noun.i + 3 if is_first and with_next_words(noun) in nominals() else noun.i + 1


def pronouns(doc: Doc) -> Iterator[Phrase]:
    """Personal and possessive pronouns, each with its plain form as its trait; none for an expletive."""
    for token in tokens_tagged(doc, PRONOUN_TAGS):
        word = PRONOUNS.get(token.lower_)
        if word is not None and not is_expletive(token):
            yield Phrase(
                start=token.i,
                end=token.i + 1,
                head=token.i,
                kind=MentionKind.PRONOUN,
                type=None,
                name=token.text,
                trait=word,
                plural=word in {"they", "we"},
            )


def is_expletive(token: Token) -> bool:
    """Whether `it` only fills the place of a subject: `it rained`, `it is clear that Peru won`."""
    if token.dep_ == "expl":
        return True
    if token.lower_ != "it" or token.dep_ not in {"nsubj", "nsubj:pass"}:
        return False
    head = token.head
    lemma = head.lemma_.lower()
    clauses = [child for child in children_of(head) if child.i > head.i and child.dep_ in CLAUSES]
    is_impersonal = lemma in word_set("kg.actors", "impersonal words") or token.dep_ == "nsubj:pass"
    is_weather = lemma in word_set("kg.actors", "weather verbs")
    return is_weather or any(clause.dep_ == "csubj" or is_impersonal for clause in clauses)
