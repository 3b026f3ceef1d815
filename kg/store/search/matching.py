"""What is typed, as expressions of FTS5: one for each way in which a name may fit it, the best first.

Nothing that is typed gets into an expression but folded words, which are letters and digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from kg.rdf.iris import entity_id
from kg.store.search.folding import Words, plain_words, spellings, whole

MOST_WORDS = 12
"""Words that are looked at; the longest names have some ten."""
_SHORTEST_JOINED, _LONGEST_JOINED = 2, 4
"""How many words may also be meant as one: `New Ham` as `Newham`."""
Near = Callable[[str, int], Words]
"""Gives the words of the index that are some edits away from one."""


class Fit(IntEnum):
    """How a name fits what is typed, the best first."""

    WHOLE = 0
    """It is the name, with its words in whatever order, or an id."""
    WORDS = 1
    """All its words are words of the name."""
    BEGINNING = 2
    """The last is the beginning of a word of the name, or a letter stands for a word of it."""
    INITIALS = 3
    """The name has an initial where a word is typed."""
    EDIT = 4
    """Words are one edit away from those of the name."""
    EDITS = 5
    """Words are two edits away."""
    BEGINNING_EDIT = 6
    """The last word is one edit away from the beginning of one; looked for only where nothing else fits."""


SCORES = {
    Fit.WHOLE: 1.0, Fit.WORDS: 0.9, Fit.BEGINNING: 0.75, Fit.INITIALS: 0.6, Fit.EDIT: 0.5, Fit.EDITS: 0.3,
    Fit.BEGINNING_EDIT: 0.2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed, understood."""

    text: str
    variants: tuple[Words, ...]
    """The words, in each way in which they may be spelled."""

    @property
    def last_part(self) -> str:
        """The id of an entity whose IRI is typed; else the text as it is."""
        return entity_id(self.text) if "://" in self.text else self.text

    @property
    def wholes(self) -> list[str]:
        """Which whole names fit."""
        return [whole(words) for words in self.variants]

    def expressions(self, near: Near) -> Iterator[tuple[Fit, str]]:
        """Expressions that find names, by how the names fit; of each fit at most one, and none twice."""
        seen = set()
        for fit, way in _WAYS.items():
            found = _any(
                _all(way(word, near) for word in words)
                for words in map(_words, self.variants)
                if fit is not Fit.INITIALS or _is_written_out(words)
            )
            if found and found not in seen:
                seen.add(found)
                yield fit, found

    def loosest(self, near: Near, begun: Callable[[str], Words]) -> str:
        """The expression that finds names of which the last is a misspelled beginning; else empty.

        Args:
            near: Gives the words of the index that are some edits away from one.
            begun: Gives the beginnings of words of the index that are one edit away from one.
        """
        ways = []
        for words in map(_words, self.variants):
            last = [f'"{one}"*' for one in begun(words[-1].text)]
            if last:
                ways.append(_all([*(_misspelled(2)(word, near) for word in words[:-1]), last]))
        return _any(ways)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that is typed."""

    text: str
    is_last: bool

    @property
    def exact(self) -> str:
        return f'"{self.text}"'

    @property
    def begun(self) -> str:
        """As the beginning of a word, where it may be one."""
        return f"{self.exact}*" if self.is_last or len(self.text) == 1 else self.exact


def _words(words: Words) -> list[_Word]:
    return [_Word(word, place == len(words)) for place, word in enumerate(words, start=1)]


def _is_written_out(words: list[_Word]) -> bool:
    """Whether enough is written out that an initial may stand for one of the words."""
    return sum(len(word.text) > 1 for word in words) > 1


def _exactly(word: _Word, _: Near) -> list[str]:
    return [word.exact]


def _begun(word: _Word, _: Near) -> list[str]:
    return [word.begun]


def _by_initial(word: _Word, _: Near) -> list[str]:
    return [word.begun] if word.is_last else [word.begun, f'"{word.text[0]}"']


def _misspelled(edits: int) -> Callable[[_Word, Near], list[str]]:
    return lambda word, near: [word.begun, *(f'"{one}"' for one in near(word.text, edits))]


_WAYS: dict[Fit, Callable[[_Word, Near], list[str]]] = {
    Fit.WORDS: _exactly,
    Fit.BEGINNING: _begun,
    Fit.INITIALS: _by_initial,
    Fit.EDIT: _misspelled(1),
    Fit.EDITS: _misspelled(2),
}
"""What may stand in a name for each word that is typed, as terms of FTS5."""


def understood(text: str) -> Typed:
    """What is typed, with the ways in which it may be spelled.

    >>> understood("Jo-Ann").variants
    (('jo', 'ann'), ('joann',))
    """
    clean = text.encode(errors="replace").decode()  # lone surrogates are no text to SQLite
    variants = [words[:MOST_WORDS] for words in spellings(clean)]
    first = plain_words(clean)
    joined = ["".join(first)] if _SHORTEST_JOINED <= len(first) <= _LONGEST_JOINED else []
    return Typed(clean.strip(), tuple(dict.fromkeys([*variants, *((one,) for one in joined)])))


def edits_allowed(word: str) -> int:
    """How many edits away from what is typed a word may be: none of a number, which is another number.

    >>> edits_allowed("ana"), edits_allowed("bell"), edits_allowed("honcharuk"), edits_allowed("2018")
    (0, 1, 2, 0)
    """
    if word.isdigit():
        return 0
    return next((edits for length, edits in _EDITS if len(word) >= length), 0)


_EDITS = ((8, 2), (4, 1))
"""From how many letters on a word may be misspelled, and by how many edits."""


def _all(terms: Iterable[list[str]]) -> str:
    return " AND ".join(f"({' OR '.join(dict.fromkeys(alternatives))})" for alternatives in terms)


def _any(found: Iterable[str]) -> str:
    return " OR ".join(f"({one})" for one in dict.fromkeys(found))
