"""Which articles repeat the report of another: copies by others, and versions by its own publisher.

The original is the article that was published first, of several of one day the one whose id comes first. Each
copy is compared with an original itself, so that no chain of likeness makes two reports one; and who is whose
copy follows from the set of articles alone, in whatever order they were read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from kg.articles.shingles import Hashes, Likeness, Shingles, likeness
from kg.articles.sketches import Values, bands_of, estimates
from kg.types import Repeats

LEAST = 0.5
"""Resemblance of a copy: one word in eight may be another. Reports of one event by two writers have .1."""
LEAST_OF_ONE_PUBLISHER = 0.8
"""The same of two articles of one publisher, which writes reports of markets or quakes by a pattern."""
LEAST_OF_SHORT = 0.8
"""The same where one has fewer words than this:"""
SHORT = 50
LEAST_CONTAINED = 0.8
"""How much of an excerpt is in the report that it is taken from,"""
LEAST_OF_EXCERPT = 0.25
"""and how much they resemble each other at least: a report that quotes a short one is none of its copies."""
LEAST_OF_VERSION = 0.1
"""Resemblance of two articles at one address; a page that shows another report every day has less."""
OWN_WORDS = 20
"""Words in one stretch that an article has for itself: a sentence or two. Where both have such a stretch they
are two reports with something in common, such as the foot of a page or a statement that both print: with one
publisher at once, with two publishers only where it is"""
OWN_SHARE = 0.25
"""of each text, since papers write their own first paragraph above the report of an agency."""
_MARGIN = 0.15
"""Three standard deviations of the estimate by 128 hash functions."""
_MOST_LEADERS = 200
"""Originals in one band that are compared, the last published: more share a band by boilerplate alone."""
_MOST_VERIFIED = 8
"""Originals whose texts are compared with one article: those that it seems to resemble most."""
_KEPT = 256
"""Texts whose shingles are kept while others are compared with them."""
_TRACKING = re.compile(r"(?:^|(?<=&))(?:utm_\w+|fbclid|gclid|ref|cmpid|ns_\w+)=[^&]*&?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What tells an article's place among others that may say the same."""

    id: str
    published: str | None = None
    """As far as it is known: `2026-04-05`, `2026-04` or `2026`."""
    publisher: str | None = None
    url: str | None = None

    @property
    def rank(self) -> tuple[str, str]:
        """Which of two comes first: the earlier; one with less of a date comes after all that it may mean."""
        return (self.published or "~") + "~", self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """That an article repeats the report of another."""

    article: str
    """Its id."""
    original: str
    """Id of the article that was published first, which repeats none."""
    kind: Repeats


def is_copy(one: Report, other: Report, texts: tuple[Shingles, Shingles], found: Likeness) -> bool:
    """Whether of two articles one repeats the other.

    Args:
        one: An article.
        other: Another.
        texts: Their shingles.
        found: How much these have in common.
    """
    fewer = min(text.words for text in texts)
    if fewer < SHORT:
        return found.resemblance >= LEAST_OF_SHORT
    publishers = {_folded(one.publisher), _folded(other.publisher)}
    is_of_one = len(publishers) == 1
    least = LEAST_OF_ONE_PUBLISHER if is_of_one and "" not in publishers else LEAST
    is_excerpt = found.containment >= LEAST_CONTAINED and found.resemblance >= LEAST_OF_EXCERPT
    if found.resemblance < least and not is_excerpt:
        return False
    share = 0.0 if is_of_one else OWN_SHARE
    return not all(
        own >= max(OWN_WORDS, share * text.words) for own, text in zip(found.own_words, texts, strict=True)
    )


def find_repeats(
    reports: Sequence[Report], sketches: Values, shingles_at: Callable[[int], Shingles]
) -> list[Repeat]:
    """Which of some articles repeat another of them, by id.

    Takes some 25 µs an article that resembles no other, and 0.2 ms one that does.

    Args:
        reports: The articles, in any order.
        sketches: A row for each (`kg.articles.sketches.sketch_of`).
        shingles_at: Gives the shingles of the article at a place; asked for those alone that may be copies.

    >>> import numpy as np
    >>> find_repeats([], np.zeros((0, 164), np.uint32), list().__getitem__)
    []
    """
    if not reports:
        return []
    search = _Search(reports, sketches, lru_cache(_KEPT)(shingles_at))
    search.run()
    return sorted(search.repeats(), key=lambda repeat: repeat.article)


class _Search:
    """Goes through the articles in the order of publication, and remembers the originals by their bands."""

    def __init__(
        self, reports: Sequence[Report], sketches: Values, shingles_at: Callable[[int], Shingles]
    ) -> None:
        self.reports = reports
        self.sketches = sketches
        self.shingles_at = shingles_at
        self.bands = bands_of(sketches)
        self.shared = np.array([_repeated(column) for column in self.bands.T]).T
        self.leaders: dict[tuple[int, int], list[int]] = {}
        self.original: dict[int, int] = {}
        self.kinds: dict[int, Repeats] = {}

    def run(self) -> None:
        first_at: dict[tuple[str, str], int] = {}
        order = sorted(self._with_company(), key=lambda place: self.reports[place].rank)
        for place in order:
            page = _page(self.reports[place])
            version = None if page is None else first_at.setdefault(page, place)
            if version is not None and version != place and self._is_version(place, version):
                self._set(place, version, Repeats.VERSION)
            else:
                found = self._original_of(place)
                if found is not None:
                    self._set(place, found, Repeats.COPY)
                    continue
            for key in self._keys(place):
                self._remember(key, place)

    def repeats(self) -> Iterator[Repeat]:
        for place, original in self.original.items():
            yield Repeat(
                article=self.reports[place].id,
                original=self.reports[original].id,
                kind=self.kinds[place],
            )

    def _set(self, place: int, found: int, kind: Repeats) -> None:
        """Notes that an article repeats another, or what that repeats; a version of a copy is a copy."""
        is_first = found not in self.original
        self.original[place] = self.original.get(found, found)
        self.kinds[place] = kind if is_first or kind is Repeats.COPY else self.kinds[found]

    def _with_company(self) -> Iterable[int]:
        """The articles that share a band or an address with another; all others are originals."""
        pages: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, report in enumerate(self.reports):
            page = _page(report)
            if page is not None:
                pages[page].append(place)
        shared = (place for places in pages.values() if len(places) > 1 for place in places)
        return {*np.flatnonzero(self.shared.any(axis=1)).tolist(), *shared}

    def _keys(self, place: int) -> Iterator[tuple[int, int]]:
        """The bands of an article that another shares."""
        return ((band, int(self.bands[place, band])) for band in np.flatnonzero(self.shared[place]).tolist())

    def _remember(self, key: tuple[int, int], place: int) -> None:
        leaders = self.leaders.setdefault(key, [])
        leaders.append(place)
        if len(leaders) > _MOST_LEADERS:
            del leaders[0]

    def _is_version(self, place: int, first: int) -> bool:
        texts = self.shingles_at(first), self.shingles_at(place)
        found = likeness(*texts)
        return max(found.resemblance, found.containment / 2) >= LEAST_OF_VERSION

    def _original_of(self, place: int) -> int | None:
        """The first published of the originals that an article repeats; None where it repeats none."""
        near = sorted({leader for key in self._keys(place) for leader in self.leaders.get(key, ())})
        if not near:
            return None
        whole, lead = estimates(self.sketches[place], self.sketches[near])
        is_likely = (whole >= LEAST - _MARGIN) | ((whole >= LEAST_OF_EXCERPT - _MARGIN) & (lead >= LEAST))
        likely = np.flatnonzero(is_likely)
        best = likely[np.argsort(-whole[likely], kind="stable")][:_MOST_VERIFIED]
        found = (near[index] for index in best if self._is_copy(near[index], place))
        return min(found, key=lambda leader: self.reports[leader].rank, default=None)

    def _is_copy(self, leader: int, place: int) -> bool:
        texts = self.shingles_at(leader), self.shingles_at(place)
        return is_copy(self.reports[leader], self.reports[place], texts, likeness(*texts))


def _repeated(column: Hashes) -> npt.NDArray[np.bool_]:
    """Which hashes stand more than once in a column."""
    _, inverse, counts = np.unique(column, return_inverse=True, return_counts=True)
    found: npt.NDArray[np.bool_] = counts[inverse] > 1
    return found


def _page(report: Report) -> tuple[str, str] | None:
    """The publisher and the address of an article's page, in one form; None for no page of its own."""
    if report.url is None:
        return None
    try:
        parts = urlsplit(report.url.strip())
    except ValueError:
        return None
    path, query = parts.path.rstrip("/"), _TRACKING.sub("", parts.query).rstrip("&")
    if not parts.netloc or not (path or query):
        return None
    host = parts.netloc.casefold().removeprefix("www.")
    return _folded(report.publisher), f"{host}{path}?{query}"


def _folded(name: str | None) -> str:
    return " ".join((name or "").casefold().split())
