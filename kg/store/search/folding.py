"""Names and what is typed to find them, as words that can be compared: `a-z0-9` and nothing else.

The words are those of `kg.actors.names`, in Latin letters by `kg.actors.resolution.likeness`. A name has
several spellings where people write it in several ways: with `ü` as `u` or `ue`, with a hyphen or as one
word, with initials apart or together.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from anyascii import anyascii

from kg.actors.names import fold_words
from kg.actors.resolution.likeness import romanize

LONGEST = 400
"""Characters of a name or a query that are looked at; names of the longest titles have some 200."""
_GERMANIC = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_TWO_LETTERS = str.maketrans(_GERMANIC)
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_HYPHENS = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_DOTTED = re.compile(r"\b([^\W\d_]\.)(?=[^\W\d_]{2})")
"""An initial that a name follows without a space."""
_ARTICLE = "the"

Words = tuple[str, ...]


def plain_words(text: str) -> Words:
    """The folded words of a text, in their order. Where it has no letter and no digit, its characters' codes.

    >>> plain_words("José Díaz-Müller"), plain_words("Зеленский"), plain_words("U.S."), plain_words("!")
    (('jose', 'diaz', 'muller'), ('zelenskiy',), ('us',), ('u21',))
    """
    bare = _one_form(text)
    found = tuple(filter(None, map(_plain, fold_words(romanize(bare)))))
    if found or not bare.strip():
        return found
    return ("".join(f"u{ord(letter):x}" for letter in bare if not letter.isspace()),)


def spellings(text: str) -> list[Words]:
    """The ways in which a text may be spelled, as words; that which it has first, each once.

    A leading `the` is left out, if that is not all.

    >>> spellings("Jörg Al-Badr")
    [('jorg', 'al', 'badr'), ('joerg', 'al', 'badr'), ('jorg', 'albadr')]
    """
    bare = text[:LONGEST]
    found = [plain_words(bare)]
    if not bare.isascii() and any(letter in _one_form(bare) for letter in _GERMANIC):
        found.append(plain_words(_one_form(bare).translate(_TWO_LETTERS)))
    if _HYPHENS.search(bare):
        found.append(plain_words(_HYPHENS.sub("", bare)))
    if _DOTTED.search(bare):
        found.append(plain_words(_DOTTED.sub(r"\1 ", bare)))
    found.append(_with_initials_joined(found[0]))
    return [words for words in dict.fromkeys(map(_without_article, found)) if words]


def whole(words: Words) -> str:
    """What names have in common that are of the same words in whatever order.

    >>> whole(("cole", "bo"))
    'bo cole'
    """
    return " ".join(sorted(words))


def _one_form(text: str) -> str:
    """The text without case, its letters composed, so that `anyascii` knows them."""
    return text[:LONGEST] if text.isascii() else unicodedata.normalize("NFC", text[:LONGEST]).casefold()


def _without_article(words: Words) -> Words:
    return words[1:] if len(words) > 1 and words[0] == _ARTICLE else words


def _with_initials_joined(words: Words) -> Words:
    """The words, with letters that stand alone side by side as one: `j k rowling` as `jk rowling`."""
    if sum(map(_is_letter, words)) < 2:  # noqa: PLR2004  (that is what can be joined)
        return words
    runs = (("".join(run),) if is_letter else tuple(run) for is_letter, run in groupby(words, _is_letter))
    return tuple(word for run in runs for word in run)


def _is_letter(word: str) -> bool:
    return len(word) == 1


def _plain(word: str) -> str:
    return word if word.isascii() and word.isalnum() else "".join(map(_plain_letter, word))


def _plain_letter(letter: str) -> str:
    """A letter as `a-z0-9`; its code where `anyascii` does not know its script."""
    return _NOT_PLAIN.sub("", anyascii(letter).lower()) or (f"u{ord(letter):x}" if letter.isalnum() else "")
