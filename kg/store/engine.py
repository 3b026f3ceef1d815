"""What the embedded store's engine says when its files are damaged or its disk is full, in our own words.

Oxigraph hands on the messages of RocksDB as `OSError` or `RuntimeError`, from whatever call happens to touch
a damaged block. They are turned into `StoreError` where a call or a `with` block of a `Store` ends.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from kg.errors import KgError, StoreError

_FULL = re.compile("no space left|quota exceeded|not enough space", re.IGNORECASE)
_REFUSED = re.compile(
    "file too large|too many open files|permission denied|not permitted|read-only file system|"
    "allocate memory",
    re.IGNORECASE,
)
"""How a system says that it does not do what is asked, which tells nothing of the data."""
_OWN_LOCK = re.compile("hold by current process", re.IGNORECASE)
_LOCKED = re.compile("lock file|lock hold|no locks available", re.IGNORECASE)
_FROM_ENGINE = re.compile(r"\A(corruption|io error|invalid argument|operation aborted|busy)\b", re.IGNORECASE)
"""How RocksDB begins the text of a status."""


class Located(Protocol):
    """What knows the folder that it is in."""

    path: Path | None


_Class = TypeVar("_Class", bound=type)
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def guarded(kind: _Class) -> _Class:
    """A class of stores whose public methods and properties give errors of the engine as `StoreError`."""
    for name, member in tuple(vars(kind).items()):
        if inspect.isfunction(member) and not name.startswith("_"):
            setattr(kind, name, _guarded(member))
        elif isinstance(member, property) and member.fget is not None:
            setattr(kind, name, property(_guarded(member.fget), doc=member.__doc__))
    return kind


def _guarded(
    method: Callable[Concatenate[Located, _Given], _Result],
) -> Callable[Concatenate[Located, _Given], _Result]:
    @functools.wraps(method)
    def _call(self: Located, /, *given: _Given.args, **named: _Given.kwargs) -> _Result:
        try:
            return method(self, *given, **named)
        except (OSError, RuntimeError) as error:
            if is_of_engine(error):
                raise explained(error, self.path) from error
            raise

    return _call


def is_of_engine(error: BaseException | None) -> bool:
    """Whether an error comes from the engine, rather than from a file of the caller's or from code.

    >>> is_of_engine(RuntimeError("Corruption: block checksum mismatch"))
    True
    """
    return (
        isinstance(error, (OSError, RuntimeError))
        and not isinstance(error, KgError)
        and getattr(error, "errno", None) is None
        and _FROM_ENGINE.match(str(error)) is not None
    )


def is_lock(error: BaseException | None) -> bool:
    """Whether an error of the engine says that another process writes.

    >>> is_lock(OSError("IO error: While lock file: x/LOCK: Resource temporarily unavailable"))
    True
    """
    return error is not None and _LOCKED.search(str(error)) is not None


def is_lock_of_another(error: BaseException) -> bool:
    """Whether another process writes, and not this one, which would wait for itself.

    >>> is_lock_of_another(OSError("IO error: lock hold by current process, acquire time 1: x/LOCK"))
    False
    """
    return is_lock(error) and _OWN_LOCK.search(str(error)) is None


def explained(error: BaseException, path: Path | None) -> StoreError:
    """The error in our words: what is wrong with the graph in a folder, and what to do."""
    place = str(path or "in memory")
    if _FULL.search(str(error)):
        return StoreError(
            f"The disk of {place!r} is full. Each article is stored wholly or not at all; "
            "free space, or copy the folder to a larger disk, and run the same command again."
        )
    if _REFUSED.search(str(error)):
        return StoreError(
            f"The data of {place!r} cannot be written or read, as the system does not let us ({error}). "
            "It is not damaged, and each article is stored wholly or not at all; mend that, and run the same "
            "command again."
        )
    if _LOCKED.search(str(error)):
        return StoreError(f"Another process writes to {place!r}; wait for it, or open the graph read-only.")
    return StoreError(f"The data of {place!r} is damaged ({error}); take it from a copy, or build it again.")
