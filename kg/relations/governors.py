"""Governors: the status that a word gives to what it takes, by `lexicon/governors.tsv`."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.tree import children_of
from kg.relations.cues import governors, words


def sign_of_governor(governor: Token, takes: set[str]) -> str | None:
    """The status that a word gives to what it takes, by `lexicon/governors.tsv`, its particle first."""
    behind = {child.lower_ for child in children_of(governor) if child.i == governor.i + 1}
    particles = [child.lower_ for child in children_of(governor) if child.dep_ == "compound:prt"]
    for form in base_forms(governor):  # parsers take the `on` of `went on to do` for an adverb
        for key in (*(f"{form} {word}" for word in behind), " ".join([form, *particles]), form):
            found = _lookup(key, takes)
            if found:
                return found
    return None


def sign_of_phrase(governor: Token, preposition: str, takes: set[str]) -> str | None:
    """The status that a word with a preposition gives, else, without a preposition, the word alone."""
    if not preposition:
        return sign_of_governor(governor, takes)
    forms = base_forms(governor)
    return next((found for form in forms if (found := _lookup(f"{form} {preposition}", takes))), None)


def base_forms(token: Token) -> tuple[str, ...]:
    """Lemma and lower-case form: adjectives and participles are listed as they are written."""
    return tuple(dict.fromkeys((token.lemma_.lower(), token.lower_)))


def _lookup(word: str, takes: set[str]) -> str | None:
    return next((status for status, taken in governors().get(word, ()) if takes & taken), None)


def meeting(noun: Token) -> set[str]:
    """What the governors' list calls a noun whose event is arranged beforehand."""
    return {"meeting"} if noun.lemma_.lower() in words("meeting_nouns") else set()
