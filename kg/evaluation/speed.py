"""How fast and how large a language pipeline is, each figure measured in a process of its own."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

Loader = Callable[[], "Language"]
"""Loads a pipeline; must be picklable, since it runs in another process."""

# So many bytes are a megabyte.
_MEGABYTE = 1_000_000
_KILOBYTE = 1024
# Texts that are read before the clock starts: first calls fill caches.
_WARM_UP = 4
# Seconds; what takes less cannot be told from nothing.
_CLOCK = 1e-3
# How often the texts are read in the longer of the two readings that are compared.
_READINGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What a pipeline costs."""

    load_seconds: float
    """From a loader to a pipeline that is ready; imports are not counted."""
    words_a_second: float
    """Tokeniser to entities, in one process with one thread of the network; white space is no word."""
    words_a_second_of_two: float
    """The same with two processes."""
    peak_megabytes: float | None
    """The most memory of the one process; None where the system does not tell."""
    size_megabytes: float
    """The pipeline's own bytes, as `nlp.to_bytes` gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    load_seconds: float
    words_a_second: float
    peak_megabytes: float | None
    size_megabytes: float


def measure_speed(loader: Loader, texts: Sequence[str]) -> Speed:
    """The cost of a pipeline on some texts, which should have some ten thousand words together."""
    one, two = (_apart(loader, texts, processes) for processes in (1, 2))
    return Speed(
        load_seconds=one.load_seconds,
        words_a_second=one.words_a_second,
        words_a_second_of_two=two.words_a_second,
        peak_megabytes=one.peak_megabytes,
        size_megabytes=one.size_megabytes,
    )


def _apart(loader: Loader, texts: Sequence[str], processes: int) -> _Run:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, loader, tuple(texts), processes).result()


def _measure(loader: Loader, texts: Sequence[str], processes: int) -> _Run:
    began = time.perf_counter()
    nlp = loader()
    loaded = time.perf_counter() - began
    for _ in nlp.pipe(texts[:_WARM_UP]):
        pass
    # Starting the processes costs the same for one reading as for several, so the difference is without it.
    once, words = _read(nlp, texts, processes)
    more, _ = _read(nlp, [*texts] * _READINGS, processes)
    return _Run(
        load_seconds=loaded,
        words_a_second=words * (_READINGS - 1) / max(more - once, _CLOCK),
        peak_megabytes=peak_megabytes(),
        size_megabytes=len(nlp.to_bytes(exclude=["vocab"])) / _MEGABYTE,
    )


def _read(nlp: Language, texts: Sequence[str], processes: int) -> tuple[float, int]:
    """Seconds, and how many words there were."""
    began = time.perf_counter()
    docs = nlp.pipe(texts, n_process=processes)
    words = sum(len(doc) - int((doc.to_array("IS_SPACE") > 0).sum()) for doc in docs)
    return time.perf_counter() - began, words


def peak_megabytes() -> float | None:
    """The most memory that this process has held; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kilobytes, macOS bytes.
    return peak / _KILOBYTE / (_KILOBYTE if sys.platform == "darwin" else 1)
