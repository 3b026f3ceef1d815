"""What the syntax says of two phrases: that they are the same, or that one owns or employs the other.

`Delfin Lorenzana, the Defence Secretary`, `Turkish President Erdoğan` and `Lam is the chief executive`
name one person twice; `the Ukrainian president` and `the president of Ukraine` name whose president.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from kg.actors.names import is_acronym_of, is_name_variant
from kg.actors.phrases import Phrase, nominal_of
from kg.language.tree import children_of
from kg.types import EntityType, MentionKind

OWNER_PREPOSITIONS = frozenset({"of", "for", "at", "from", "in", "to", "with"})
TITLE_TRAITS = frozenset({"office", "envoy", "member", "family", "official"})
TITLE_LABELS = frozenset({"nmod:desc", "compound", "flat"})
COMPLEMENT_TAGS = frozenset({"ADP", "DET", "NOUN", "PROPN", "ADJ", "CCONJ", "PART"})
FARTHEST_NAME = 9
"""Words between a title and the name behind its complement: `of the Autonomous Region in Mindanao`."""
SAME_KINDS = (
    frozenset({EntityType.PERSON}),
    frozenset({EntityType.ORGANIZATION, EntityType.GROUP, EntityType.COUNTRY}),
    frozenset({EntityType.PLACE, EntityType.COUNTRY}),
    frozenset({EntityType.EVENT, EntityType.THING}),
    frozenset({EntityType.THING, EntityType.ORGANIZATION}),
)


def are_compatible(one: EntityType | None, other: EntityType | None) -> bool:
    """Whether two types may be said of one entity. A pronoun's None fits all."""
    if one is None or other is None:
        return True
    return any({one, other} <= kinds for kinds in SAME_KINDS) or one is other


def same_by_syntax(doc: Doc) -> Iterator[tuple[int, int]]:
    """Pairs of phrase indices that apposition, a title or a copula makes one; the earlier first."""
    by_head = {phrase.head: index for index, phrase in enumerate(doc._.phrases) if phrase.type is not None}
    for index, phrase in enumerate(doc._.phrases):
        if phrase.type is None:
            continue
        name = named_next(doc, index)
        partners = [by_head.get(token.i) for token in equated(doc[phrase.head])] if name is None else [name]
        for partner in partners:
            if partner is not None and partner != index and may_be_one(phrase, doc._.phrases[partner]):
                yield min(index, partner), max(index, partner)


def equated(token: Token) -> Iterator[Token]:
    """Tokens that syntax sets equal to this one."""
    if token.dep_ == "appos":
        yield renamed_name(token)
    if token.dep_ == "nmod:desc" or (token.dep_ == "nsubj" and is_identified(token.head)):
        yield token.head
    if token.dep_ == "xcomp" and token.pos_ in {"NOUN", "PROPN"}:
        objects = [child for child in token.head.children if child.dep_ == "obj"]
        yield from objects or [
            child for child in token.head.children if child.dep_ in {"nsubj", "nsubj:pass"}
        ]


def renamed_name(noun: Token) -> Token:
    """What a noun in apposition renames: of a row the name right before it, whatever the parser takes.

    In `Ana and Bo, the mayor` and in `Ana, the judge, and Bo, the mayor` that is Bo.
    """
    start = min(child.i for child in (noun, *noun.children) if child.dep_ not in {"punct", "cc"})
    before = noun.doc[start - 2] if start > noun.sent.start + 1 and noun.doc[start - 1].text == "," else noun
    while before.dep_ == "flat":
        before = before.head
    is_in_row = before.i < noun.i and before.dep_ == "conj" and before in coordinated(noun.head)
    return before if is_in_row else noun.head


def named_next(doc: Doc, index: int) -> int | None:
    """The person whose name follows a title: `First Minister of Scotland Nicola Sturgeon`.

    Only the title's own complement may stand between, and a comma. The order of the words decides, since
    parsers often miss the link. None where no name follows.
    """
    title = doc._.phrases[index]
    if title.kind is not MentionKind.NOMINAL or title.trait not in TITLE_TRAITS or title.plural:
        return None
    for other in range(index + 1, len(doc._.phrases)):
        name = doc._.phrases[other]
        if name.start - title.end > FARTHEST_NAME:
            return None
        if name.kind is MentionKind.NAME and name.type is EntityType.PERSON:
            return other if is_complement(doc[title.end : name.start]) else None
    return None


def is_complement(gap: Span) -> bool:
    """Whether the words between a title and a name only say whose title it is."""
    words = without_brackets(gap)
    if not words:
        return all(token.text != "," for token in gap)
    if words[-1].text == ",":
        words = words[:-1]
    if not any(token.pos_ in {"NOUN", "PROPN"} for token in words) or is_title(words[-1]):
        return False
    return words[0].lower_ in OWNER_PREPOSITIONS and all(token.pos_ in COMPLEMENT_TAGS for token in words)


def without_brackets(gap: Span) -> list[Token]:
    """The tokens of a span outside of round brackets."""
    found, depth = [], 0
    for token in gap:
        depth += token.text == "("
        if not depth:
            found.append(token)
        depth -= token.text == ")" and depth > 0
    return found


def is_title(token: Token) -> bool:
    """Whether a word is a title: the name that follows it is its bearer's."""
    entry = nominal_of(token)
    return entry is not None and entry.trait in TITLE_TRAITS


def is_identified(predicate: Token) -> bool:
    """Whether a noun is a copula's complement that names its subject: `is the leader`."""
    children = {child.dep_: child for child in predicate.children}
    negated = any(child.lower_ in {"not", "n't", "never", "no"} for child in predicate.children)
    return (
        predicate.pos_ in {"NOUN", "PROPN"} and "cop" in children and "case" not in children and not negated
    )


def may_be_one(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases that syntax joins can name the same entity."""
    if one.plural != other.plural or "demonym" in {one.trait, other.trait}:
        return False
    if one.kind is other.kind is MentionKind.NAME and not are_forms_of_one(one, other):
        return False
    if "family" in {one.trait, other.trait} and MentionKind.NAME not in {one.kind, other.kind}:
        return False
    return are_compatible(one.type, other.type)


def are_forms_of_one(one: Phrase, other: Phrase) -> bool:
    """Whether two names that stand in apposition rename each other: a row of names does not."""
    if one.actor and other.actor:
        return one.actor == other.actor
    short, long = sorted((one.name, other.name), key=len)
    return is_name_variant(short, long) or is_acronym_of(short, long)


def owners(doc: Doc, phrase: Phrase) -> list[tuple[str, Token]]:
    """Who or what a nominal belongs to, each with how it is said, nearest first, coordination expanded.

    The way is `poss`, `modifier` (a name or nationality before the noun) or the preposition. What hangs on a
    name belongs to the title before it.
    """
    head = doc[phrase.head]
    found = [pair for child in children_of(head) for pair in owner_at(child)]
    if head.dep_ in TITLE_LABELS:
        found += [pair for child in head.head.children if child.i != head.i for pair in owner_at(child)]
    pairs = [(way, member) for way, token in found for member in coordinated(token)]
    return sorted(pairs, key=lambda pair: abs(pair[1].i - head.i))


def coordinated(token: Token) -> list[Token]:
    """A token with what is coordinated to it, in the order of the text."""
    members = [token]
    for member in members:
        members.extend(child for child in children_of(member) if child.dep_ == "conj")
    return members


def owner_at(child: Token) -> Iterator[tuple[str, Token]]:
    """The owner that one dependent of a noun names."""
    if child.dep_ == "nmod:poss":
        yield "poss", child
    elif child.dep_ in {"amod", "compound", "nmod:desc", "nmod"} and child.i < child.head.i:
        yield "modifier", child
        for grandchild in child.children:
            if grandchild.dep_ in {"amod", "compound"}:
                yield "modifier", grandchild
    elif child.dep_ in {"nmod", "obl"} and child.i > child.head.i:
        case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
        if case in OWNER_PREPOSITIONS:
            yield case, child


def phrase_at(doc: Doc) -> Mapping[int, int]:
    """Phrase index by the token that heads it; a name wins over a nominal on the same token.

    >>> phrase_at(doc)  # doctest: +SKIP
    {2: 0, 5: 1}
    """
    found: dict[int, int] = {}
    for index, phrase in enumerate(doc._.phrases):
        if phrase.head not in found or phrase.kind == MentionKind.NAME:
            found[phrase.head] = index
    return found
