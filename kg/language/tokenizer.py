"""The English tokenizer of spaCy, with the words of the English treebanks.

UD English cuts hyphened words apart except after an affix (`non-profit`, `pro-government`), keeps a run of
one mark together (`!!!`), and an abbreviation with its point (`Col.`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from spacy.lang.tokenizer_exceptions import URL_PATTERN
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

_AFFIXES = Path(__file__).with_name("affixes.txt")
_SPOKEN = Path(__file__).with_name("spoken.txt")
_ABBREVIATIONS = Path(__file__).with_name("abbreviations.txt")
# Runs of marks that are one word.
_RUNS = [r"[!?]{2,}", *(rf"\{mark}{{2,}}" for mark in "=*_~#+<>$")]
# Where words are cut inside, besides spaCy's rules: what was written without a space.
_INFIXES = [
    r"(?<=[0-9\])])[–—](?=[0-9\[(])",
    r"(?<=[a-z])[?!]+(?=[a-zA-Z])",
    r"(?<=[a-z])[,:](?=[0-9])",
]
# What spaCy's own rule cuts at between letters.
_HYPHENS = r"(?:-|–|—|--|---|——|~)"
_TELEPHONE = r"(?:\d{3}-)?\d{3}-\d{4}$"


@registry.tokenizers("kg.EnglishTokenizer.v1")  # type: ignore[untyped-decorator]  # spaCy leaves it untyped
def make_tokenizer_factory() -> Callable[[Language], Tokenizer]:
    """What makes the tokenizer of an English pipeline."""
    return make_tokenizer


def make_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer for the vocabulary of `nlp`.

    >>> from spacy.lang.en import English
    >>> [token.text for token in make_tokenizer(English())("Pro-EU Franco-German talks!!")]
    ['Pro-EU', 'Franco', '-', 'German', 'talks', '!!']
    """
    defaults = nlp.Defaults
    exceptions = {
        form: rule for form, rule in (defaults.tokenizer_exceptions or {}).items() if form != "and/or"
    }
    infixes = [*(_infix(rule) for rule in defaults.infixes or []), *_INFIXES]
    tokenizer = Tokenizer(
        nlp.vocab,
        rules=exceptions,
        prefix_search=compile_prefix_regex([*_RUNS, *(defaults.prefixes or [])]).search,
        suffix_search=compile_suffix_regex([*_RUNS, *(defaults.suffixes or [])]).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=defaults.token_match,
        url_match=_with_telephones(URL_PATTERN).match,
    )
    for form in _read(_ABBREVIATIONS):
        tokenizer.add_special_case(form, [{"ORTH": form}])
    for line in _SPOKEN.read_text(encoding="utf-8").splitlines():
        for written in (line, line.capitalize()):
            parts = written.split()
            tokenizer.add_special_case("".join(parts), [{"ORTH": part} for part in parts])
    return tokenizer


def _infix(rule: str | re.Pattern[str]) -> str:
    """The infix rule of spaCy; the one for hyphens spares words that begin with an affix."""
    guards = "".join(rf"(?<!\b{affix})" for affix in _read(_AFFIXES))
    text = rule if isinstance(rule, str) else rule.pattern
    return text.replace(_HYPHENS, f"(?i:{guards}){_HYPHENS}")


def _with_telephones(pattern: str) -> re.Pattern[str]:
    """What spaCy keeps whole once the marks around it are off: addresses, and telephone numbers too."""
    return re.compile(rf"{_TELEPHONE}|{pattern}")


def _read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split()
