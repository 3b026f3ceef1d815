"""The simplest resolver of coreference: one name is one, and a pronoun is the nearest that agrees with it.

What `kg_coreference` must beat. It reads the same trees and names, and knows the same given names and
nouns for people.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.actors.names import fold
from kg.actors.phrases import given_names, nominal_of
from kg.types import EntityType

_PERSONS = {
    **dict.fromkeys("i me my mine myself".split(), "I"),
    **dict.fromkeys("we us our ours ourselves".split(), "we"),
    **dict.fromkeys("you your yours yourself yourselves".split(), "you"),
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("they them their theirs themselves".split(), "they"),
}
_GENDERS = {"m": "he", "f": "she"}
_PARTS_OF_NAMES = frozenset({"flat", "compound", "goeswith"})


def baseline_groups(doc: Doc) -> list[list[int]]:
    """Groups of tokens that head mentions of one, in the order of the text.

    >>> from spacy.vocab import Vocab
    >>> baseline_groups(Doc(Vocab(), words=["Ana", "says", "Ana", "left"], pos=["PROPN", "VERB"] * 2))
    [[0, 2]]
    """
    groups: list[list[int]] = []
    group_of: dict[int, list[int]] = {}
    named: dict[str, list[int]] = {}
    for token in doc:
        if token.lower_ in _PERSONS and token.pos_ in {"PRON", "DET"}:
            nearest = _nearest(token, group_of)
            group = [] if nearest is None else group_of[nearest]
        elif token.pos_ == "PROPN" and token.dep_ not in _PARTS_OF_NAMES:
            group = named.setdefault(fold(_name(token)), [])
        elif token.pos_ == "NOUN":
            group = []
        else:
            continue
        if not group:
            groups.append(group)
        group.append(token.i)
        group_of[token.i] = group
    return groups


def _nearest(pronoun: Token, before: dict[int, list[int]]) -> int | None:
    wanted = _PERSONS[pronoun.lower_]
    return next((i for i in reversed(before) if wanted in _pronouns_for(pronoun.doc[i])), None)


def _pronouns_for(token: Token) -> frozenset[str]:
    """The pronouns that may take up a mention."""
    if token.lower_ in _PERSONS and token.pos_ in {"PRON", "DET"}:
        return frozenset({_PERSONS[token.lower_]})
    if token.dep_ in _PARTS_OF_NAMES:
        return frozenset()
    if "Plur" in token.morph.get("Number", []):
        return frozenset({"they"})
    entry = nominal_of(token) if token.pos_ == "NOUN" else None
    if token.ent_type_ != "PER" and (entry is None or entry.type is not EntityType.PERSON):
        return frozenset({"it"})
    gender = _GENDERS.get(given_names().get(token.text, ""))
    return frozenset({gender}) if gender else frozenset({"he", "she"})


def _name(head: Token) -> str:
    """The words of the name that a token heads."""
    parts = [child for child in head.children if child.dep_ in _PARTS_OF_NAMES and child.pos_ == "PROPN"]
    return " ".join(token.text for token in sorted([head, *parts], key=lambda token: token.i))
