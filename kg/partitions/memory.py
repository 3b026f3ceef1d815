"""Keeps the memory of a long build low, and what it costs to look for garbage in it."""

from __future__ import annotations

import ctypes
import functools
import gc
from collections.abc import Callable


def give_back() -> None:
    """Gives the system what memory this process holds and does not use.

    What the store writes leaves holes, which glibc keeps: after 16,000 short articles a quarter of all. Does
    nothing where the C library has no `malloc_trim` (see malloc_trim(3) of the Linux manual).

    >>> give_back()
    """
    _trim()(0)


def spare_what_is_loaded() -> None:
    """Has the search for garbage pass over what is there now, such as a pipeline and its tables, and be rare.

    To look through all of it again and again took a tenth of a build. Until `spare_nothing`; nothing where
    somebody else has done the same.

    >>> spare_what_is_loaded()
    >>> spare_nothing()
    """
    if not gc.get_freeze_count():
        gc.freeze()
        _thresholds.append(gc.get_threshold())
        gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])


def spare_nothing() -> None:
    """Has the search for garbage be as it was before `spare_what_is_loaded`; nothing if that did nothing."""
    if _thresholds:
        gc.set_threshold(*_thresholds.pop())
        gc.unfreeze()


_OBJECTS = 10_000
"""New objects after which garbage is looked for among them: those of a few sentences."""
_thresholds: list[tuple[int, int, int]] = []
"""Those of the search for garbage before this module changed them; empty where it did not."""


@functools.cache
def _trim() -> Callable[[int], object]:
    try:
        found: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # macOS and musl have none; Windows has no library None
        return lambda _: None
    return found
