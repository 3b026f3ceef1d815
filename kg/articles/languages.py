"""Which language an article is in, so that one that is not English is not read as if it were.

English is told by its own function words at once. Only a text that has few of them is shown to py3langid
(Lui and Baldwin 2012, langid.py: An Off-the-shelf Language Identification Tool), which names its language.
So a text is foreign only where both agree, and English articles do not wait for the model to be loaded.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING

from kg.language.wordsets import table_rows, word_set

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ENGLISH_SHARE = 0.04
"""Of the words of 171 Wikinews articles .07–.26 are on our list, half of them over .19; of news in other
languages only those of names and quotations are."""
_FEWEST_WORDS = 20
"""Different ones. Names may be all that a shorter text has; it is not called foreign for its words."""
_FEWEST_LETTERS = 20
"""The same for texts in other scripts, of which some put no space between words."""
_SURE = 0.9
"""How probable it must be that a text in Latin letters is not English."""
_ENGLISH = frozenset({"en", "pcm"})
"""Codes of English and of the creole that the model takes much English for."""
_WORD = re.compile(r"[^\W\d_]+")
_MARKUP = re.compile(r"<[^<>]{1,200}>|&#?\w{1,10};|https?://\S+")


def foreign_language(text: str) -> str | None:
    """The English name of the language that a text is in; None for English, and where it is not certain.

    A text is foreign where most of its letters are not Latin, or where it has at least twenty words, few of
    them English, and is certain to be in another language. A foreign quotation makes no article foreign.

    >>> foreign_language("The ministers met in Paris."), foreign_language("")
    (None, None)
    >>> foreign_language("Президент встретился с министром в столице.")
    'Russian'
    """
    plain = _MARKUP.sub(" ", text)
    words = _WORD.findall(plain.casefold())
    if _english_share(words) >= _ENGLISH_SHARE:
        return None
    if _is_in_another_script(plain):
        return _names().get(_identifier().classify(plain)[0], "a language in another script")
    if len(set(words)) < _FEWEST_WORDS:
        return None
    ranked = _identifier().rank(plain)
    english = sum(probability for code, probability in ranked if code in _ENGLISH)
    return _names().get(ranked[0][0]) if 1 - english >= _SURE else None


def _english_share(words: list[str]) -> float:
    known = word_set("kg.articles", "English words")
    return sum(word in known for word in words) / len(words) if words else 0.0


def _is_in_another_script(text: str) -> bool:
    """Whether most letters of a text, and not only a few, are of other scripts than Latin."""
    letters = [character for character in text if character.isalpha()]
    other = sum(not _is_latin(character) for character in letters)
    return other >= _FEWEST_LETTERS and other > len(letters) / 2


@functools.lru_cache(maxsize=4096)
def _is_latin(character: str) -> bool:
    # Full-width and mathematical letters are Latin too, by compatibility (Unicode UAX 15).
    return unicodedata.name(unicodedata.normalize("NFKC", character)[0], "").startswith("LATIN")


@functools.cache
def _names() -> dict[str, str]:
    return {row[0]: row[1] for row in table_rows("kg.articles", "languages.tsv")}


@functools.cache
def _identifier() -> LanguageIdentifier:
    """The model of py3langid, which takes half a second and 100 MB: loaded for the first doubtful text."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
