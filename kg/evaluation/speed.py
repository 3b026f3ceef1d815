"""How fast and how large a language pipeline is, each figure measured in a new process."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

Loader = Callable[[int], "Language"]
"""Loads a pipeline that uses so many threads; must be picklable, since it runs in other processes."""

# So many bytes are a megabyte.
_MEGABYTE = 1_000_000
_KILOBYTE = 1024
# Texts that are read before the clock starts: first calls fill caches.
_WARM_UP = 4
# Seconds; what takes less cannot be told from nothing.
_CLOCK = 1e-3
# What bounds the threads of PyTorch and NumPy where they are not yet loaded; ours are bounded by themselves.
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What a pipeline costs. Words are tokens that are no white space, from raw text to entities."""

    load_seconds: float
    """Until a pipeline is ready. What another pipeline imports while it is loaded is counted."""
    words_a_cpu_second: float
    """One process with one thread; unlike the clock, it does not depend on what else runs."""
    words_a_second: float
    """The same by the clock."""
    words_a_second_on_two_threads: float
    words_a_second_in_two_processes: float
    """Without the time that the processes take to start."""
    peak_megabytes: float | None
    """The most memory of the one process with one thread; None where the system does not tell."""
    size_megabytes: float
    """The pipeline with its vocabulary, as `nlp.to_bytes` gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    load_seconds: float
    words: int
    seconds: float
    cpu_seconds: float
    peak_megabytes: float | None
    size_megabytes: float

    @property
    def words_a_second(self) -> float:
        return self.words / self.seconds


def measure_speed(loader: Loader, texts: Sequence[str]) -> Speed:
    """The cost of a pipeline on some texts, which should have some ten thousand words together."""
    one = _apart(loader, texts, threads=1, processes=1)
    return Speed(
        load_seconds=one.load_seconds,
        words_a_cpu_second=one.words / one.cpu_seconds,
        words_a_second=one.words_a_second,
        words_a_second_on_two_threads=_apart(loader, texts, threads=2, processes=1).words_a_second,
        words_a_second_in_two_processes=_apart(loader, texts, threads=1, processes=2).words_a_second,
        peak_megabytes=one.peak_megabytes,
        size_megabytes=one.size_megabytes,
    )


def _apart(loader: Loader, texts: Sequence[str], *, threads: int, processes: int) -> _Run:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, loader, tuple(texts), threads, processes).result()


def _measure(loader: Loader, texts: Sequence[str], threads: int, processes: int) -> _Run:
    os.environ.update(dict.fromkeys(_THREADS, str(threads)))
    began = time.perf_counter()
    nlp = loader(threads)
    loaded = time.perf_counter() - began
    size = len(nlp.to_bytes())
    first, rest = texts[:_WARM_UP], texts[_WARM_UP:]
    _read(nlp, first, 1)
    # New processes are started for each reading.
    start = _read(nlp, first, processes)[1] if processes > 1 else 0.0
    words, seconds, cpu_seconds = _read(nlp, rest, processes)
    return _Run(
        load_seconds=loaded,
        words=words,
        seconds=max(seconds - start, _CLOCK),
        cpu_seconds=max(cpu_seconds, _CLOCK),
        peak_megabytes=peak_megabytes(),
        size_megabytes=size / _MEGABYTE,
    )


def _read(nlp: Language, texts: Sequence[str], processes: int) -> tuple[int, float, float]:
    """How many words there were, the seconds by the clock, and those of this process's CPU."""
    clock, cpu = time.perf_counter(), time.process_time()
    docs = nlp.pipe(texts, n_process=processes)
    words = sum(len(doc) - int((doc.to_array("IS_SPACE") > 0).sum()) for doc in docs)
    return words, time.perf_counter() - clock, time.process_time() - cpu


def peak_megabytes() -> float | None:
    """The most memory that this process has held; None where the system does not tell.

    >>> peak = peak_megabytes()
    >>> peak is None or peak > 1
    True
    """
    status = Path("/proc/self/status")
    if status.exists():
        # Not `getrusage`: under Linux a process inherits that maximum from the one that started it.
        lines = (line.split() for line in status.read_text(encoding="ascii", errors="replace").splitlines())
        return next((int(line[1]) / _KILOBYTE for line in lines if line and line[0] == "VmHWM:"), None)
    if sys.platform == "win32":
        return None
    import resource

    # macOS counts bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTE / _KILOBYTE
