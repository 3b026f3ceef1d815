"""Invented reports of some length, and what printers do to them."""

from __future__ import annotations

import random

_WORDS = [
    f"{start}{end}"
    for start in "bel cor dan fim gas hul jor kel lum mar".split()
    for end in "a e i o u".split()
]


def report(seed: int, words: int = 300) -> str:
    """A text of its own; two seeds give texts that share next to no run of three words."""
    drawn = random.Random(seed)
    return " ".join(f"{drawn.choice(_WORDS)}{drawn.choice(_WORDS)}" for _ in range(words))


def edited(text: str, share: float, seed: int = 0) -> str:
    """The text with a share of its words replaced, removed, or with one more before them."""
    drawn = random.Random(seed)
    found: list[str] = []
    for word in text.split():
        if drawn.random() >= share:
            found.append(word)
        else:
            found.extend(drawn.choice([["other"], [], ["more", word]]))
    return " ".join(found)


def first(text: str, words: int) -> str:
    """The beginning of a text."""
    return " ".join(text.split()[:words])
