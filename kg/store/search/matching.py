"""What is typed, as expressions of FTS5: one for each way in which a name may fit it, the best first.

Nothing that is typed gets into an expression but folded words, which are letters and digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


SCORES = {
    Fit.WHOLE: 1.0, Fit.WORDS: 0.9, Fit.BEGINNING: 0.75, Fit.INITIALS: 0.6, Fit.EDIT: 0.5, Fit.EDITS: 0.3,
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
        """Expressions that find names, by how the names fit; of each fit at most one."""
        ways: dict[Fit, Callable[[str, bool], list[str]]] = {
            Fit.WORDS: lambda word, _: [_exact(word)],
            Fit.BEGINNING: _beginning,
            Fit.INITIALS: lambda word, is_last: [*_beginning(word, is_last), _exact(word[0])],
            Fit.EDIT: lambda word, is_last: [*_beginning(word, is_last), *map(_exact, near(word, 1))],
            Fit.EDITS: lambda word, is_last: [*_beginning(word, is_last), *map(_exact, near(word, 2))],
        }
        seen = set()
        for fit, way in ways.items():
            found = self._expression(way) if fit is not Fit.INITIALS else self._with_initials(way)
            if found and found not in seen:
                seen.add(found)
                yield fit, found

    def _with_initials(self, way: Callable[[str, bool], list[str]]) -> str:
        """Where at least two are written out, so that one letter is not all that is known."""
        typed = [words for words in self.variants if sum(len(word) > 1 for word in words) > 1]
        return _any(
            _all([*(way(word, False) for word in words[:-1]), _beginning(words[-1], True)]) for words in typed
        )

    def _expression(self, way: Callable[[str, bool], list[str]]) -> str:
        return _any(
            _all([way(word, place == len(words)) for place, word in enumerate(words, start=1)])
            for words in self.variants
        )


def understood(text: str) -> Typed:
    """What is typed, with the ways in which it may be spelled.

    >>> understood("Jo-Ann").variants
    (('jo', 'ann'), ('joann',))
    """
    clean = text.encode(errors="replace").decode().replace("\0", " ").strip()
    variants = [words[:MOST_WORDS] for words in spellings(clean)]
    first = plain_words(clean)
    joined = ["".join(first)] if _SHORTEST_JOINED <= len(first) <= _LONGEST_JOINED else []
    return Typed(clean, tuple(dict.fromkeys([*variants, *((one,) for one in joined)])))


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


def _beginning(word: str, is_last: bool) -> list[str]:  # noqa: FBT001  (of a table of ways)
    return [f"{_exact(word)}*" if is_last or len(word) == 1 else _exact(word)]


def _exact(word: str) -> str:
    return f'"{word}"'


def _all(terms: list[list[str]]) -> str:
    return " AND ".join(f"({' OR '.join(dict.fromkeys(alternatives))})" for alternatives in terms)


def _any(found: Iterator[str]) -> str:
    return " OR ".join(f"({one})" for one in dict.fromkeys(found))
