"""Names as strings: folding, variants of a person's name, acronyms. Who bears a name is in `registry`.

Names are compared by what transliterations keep: consonants, less their doubling, with the letters that
Cyrillic, Arabic and Turkish romanizations exchange taken as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from kg.language.wordsets import word_set

_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "’": "'"}
)
_POSSESSIVE = re.compile(r"'s\b|'$")
_SEPARATORS = re.compile(r"[^\w']+|_+")
_ARTICLES = frozenset({"the"})
_SMALL_WORDS = _ARTICLES | {"a", "an", "of", "for", "and", "in", "on", "to", "de", "la", "du", "des", "und"}
SUFFIXES = frozenset({"jr", "junior", "sr", "senior", "ii", "iii", "iv"})
_PARTICLES = {"el": "al", "ul": "al", "ibn": "bin", "ben": "bin", "van": "von"}
_EXCHANGED = (
    *(("x", "ks"), ("ph", "f"), ("tch", "c"), ("tsch", "c"), ("ch", "c"), ("sch", "s"), ("sh", "s")),
    *(("zh", "z"), ("dzh", "j"), ("dj", "j"), ("kh", "k"), ("gh", "k"), ("th", "t"), ("dh", "d"), ("w", "v")),
)
_ONE_LETTER = str.maketrans({"g": "k", "h": "k", "q": "k"})
_VOWELS = re.compile(r"[aeiouyj]")
_DOUBLED = re.compile(r"(.)\1+")
MIN_SKELETON = 3
"""Fewer consonants say too little: Maria, Omar and Mario share theirs."""
_SURNAME_LIKENESS = 0.75
"""Keeps Qaddafi and Gaddafi together, Merkel and Markle apart."""
_GIVEN_LIKENESS = 0.45
"""Lower, since the surname agrees already: Vladimir and Volodymyr stand at 0.47."""
_REMEMBERED = 16_384
"""Words and names that are folded once; those of some hundred articles."""


@lru_cache(maxsize=_REMEMBERED)
def fold(name: str) -> str:
    """Gives a name for comparing: no case, accents, punctuation, leading article or possessive.

    A hyphen counts as a space, an inner apostrophe as nothing. Empty where nothing is left.

    >>> fold("the Élysée's"), fold("Al-Qaeda"), fold("Sana'a"), fold("U.S."), fold("ERDOĞAN"), fold("Akıncı")
    ('elysee', 'al qaeda', 'sanaa', 'us', 'erdogan', 'akinci')
    """
    words = fold_words(name)
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=_REMEMBERED)
def fold_words(name: str) -> tuple[str, ...]:
    """Gives the folded words of a name, with a leading article if there is one.

    >>> fold_words("The Hague")
    ('the', 'hague')
    """
    plain = name.casefold().translate(_LETTERS)
    if not plain.isascii():  # most are, and have nothing to take apart
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(character for character in apart if not unicodedata.combining(character))
    plain = _POSSESSIVE.sub("", plain).replace("'", "").replace(".", "")
    return tuple(
        word for word in _SEPARATORS.split(plain.replace("&", " and ").replace("+", " plus ")) if word
    )


def slug(name: str) -> str:
    """A name as an id: folded, words joined by underscores, the first letter of each a capital.

    >>> slug("the Istanbul process")
    'Istanbul_Process'
    """
    return "_".join(word.capitalize() for word in fold(name).split()) or "Unnamed"


def is_name_variant(short: str, long: str) -> bool:
    """Whether two names may be those of one person: a surname alone, initials, another transliteration.

    Says nothing of whether they are: two people may share a surname.

    >>> is_name_variant("Zelenskyy", "Volodymyr Zelensky"), is_name_variant("Donald Trump", "Melania Trump")
    (True, False)
    """
    one, other = sorted((_person_words(short), _person_words(long)), key=len)
    if not one or not _suffixes_agree(short, long, one):
        return False
    if "".join(one) == "".join(other) or (len(one) == len(other) and sorted(one) == sorted(other)):
        return True
    if len(one) == 1:
        return one[0] == other[0] or are_alike(one[0], other[-1], _SURNAME_LIKENESS)
    return _is_part(one, other) or _is_abridged(one, other)


def as_in_names(word: str) -> str:
    """A folded word as it counts in names of people: particles are spelled in one way.

    >>> as_in_names("ibn"), as_in_names("ana")
    ('bin', 'ana')
    """
    return _PARTICLES.get(word, word)


@lru_cache(maxsize=_REMEMBERED)
def acronyms_of(name: str) -> frozenset[str]:
    """Gives the acronyms that a name of several words may have, in capitals.

    Small words count or not, and so do the parts of a hyphenated word.

    >>> sorted(acronyms_of("Department of Defense"))
    ['DD', 'DOD']
    """
    words = [word.removeprefix("(") for word in name.split()]
    if words and words[0].casefold() in _ARTICLES:
        words = words[1:]
    parts = [part for word in words for part in word.split("-")]
    spellings = set()
    for pieces in (words, parts):
        initials = [(folded[0], folded in _SMALL_WORDS) for folded in map(fold, pieces) if folded]
        spellings.add("".join(letter for letter, is_small in initials if not is_small).upper())
        spellings.add("".join(letter for letter, _ in initials).upper())
    return frozenset(spelling for spelling in spellings if len(spelling) > 1)


def is_acronym_of(short: str, long: str) -> bool:
    """Whether a name in capitals is made of the initials of a longer one.

    >>> is_acronym_of("U.N.", "United Nations"), is_acronym_of("Nations", "United Nations")
    (True, False)
    """
    if sum(map(str.isupper, short)) <= 1:
        return False
    return re.sub(r"[.\s]", "", short).upper() in acronyms_of(long)


def is_body_name(name: str) -> bool:
    """Whether a name has only words that the bodies of many states share.

    >>> is_body_name("Ministry of Defence"), is_body_name("Supreme Court"), is_body_name("Bank of England")
    (True, True, False)
    """
    words = fold(name).split()
    kinds, other = word_set("kg.actors", "kinds of bodies"), word_set("kg.actors", "words of bodies")
    return any(word in kinds for word in words) and all(word in kinds or word in other for word in words)


@lru_cache(maxsize=_REMEMBERED)
def are_alike(one: str, other: str, likeness: float) -> bool:
    """Whether two folded words may spell one name: their skeletons agree, and their letters so far.

    >>> are_alike("gaddafi", "qaddafi", 0.75), are_alike("austria", "australia", 0.75)
    (True, False)
    """
    if one == other:
        return True
    skeleton = make_skeleton(one)
    if len(skeleton) < MIN_SKELETON or skeleton != make_skeleton(other):
        return False
    return SequenceMatcher(None, one, other).ratio() >= likeness


@lru_cache(maxsize=_REMEMBERED)
def make_skeleton(word: str) -> str:
    """What transliterations keep of a folded word: its consonants, those that they exchange taken as one.

    >>> make_skeleton("zelenskyy"), make_skeleton("zelenskiy")
    ('zlnsk', 'zlnsk')
    """
    for letters, letter in _EXCHANGED:
        word = word.replace(letters, letter)
    consonants = _VOWELS.sub("", word.translate(_ONE_LETTER))
    return _DOUBLED.sub(r"\1", consonants)


@lru_cache(maxsize=_REMEMBERED)
def _person_words(name: str) -> tuple[str, ...]:
    words = tuple(map(as_in_names, fold(name).split()))
    return tuple(word for word in words if word not in SUFFIXES) or words


def _suffixes_agree(one: str, other: str, words: Sequence[str]) -> bool:
    """Whether both or neither are a junior; a surname alone may be either's."""
    return len(words) == 1 or _suffix_of(one) == _suffix_of(other)


@lru_cache(maxsize=_REMEMBERED)
def _suffix_of(name: str) -> frozenset[str]:
    return SUFFIXES.intersection(fold(name).split())


def _is_part(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter name is a run of the longer one's words: `von der Leyen`, `Mohammed bin Salman`."""
    span = len(one)
    return any(other[i : i + span] == one for i in range(len(other) - span + 1))


def _is_abridged(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether surnames agree and each given name of the shorter is, in order, one of the longer's."""
    if not are_alike(one[-1], other[-1], _SURNAME_LIKENESS):
        return False
    rest = iter(other[:-1])
    return all(any(_are_given_alike(name, candidate) for candidate in rest) for name in one[:-1])


def _are_given_alike(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    is_feminine_of = one + "a" == other or other + "a" == one
    return not is_feminine_of and are_alike(one, other, _GIVEN_LIKENESS)
