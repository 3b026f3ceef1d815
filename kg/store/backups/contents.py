"""What a backup says that it holds: each file with its size and SHA-256, so that damage is found."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from kg.errors import BackupError
from kg.store.folder import MARKER

BACKUP = "kg-backup.json"
"""The file that says what a backup holds; without it there is none."""
FORMAT = 1
LARGEST = 64 << 20
"""Bytes of that file at most: it has some 150 for each file of the graph."""
_DIGEST = re.compile("[0-9a-f]{64}")
_DEEPEST = 2
"""Parts of a name: the data are in a folder, all else is beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file of a backup."""

    name: str
    """Its path within the backup, with `/`."""
    bytes: int
    sha256: str
    """In hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a backup holds."""

    format: int = FORMAT
    made: str
    """When the graph was as the backup has it; ISO 8601, UTC."""
    software: str
    """Name and version of what made it."""
    articles: int
    is_finished: bool
    """Whether no writer was at work, and who is one with whom was judged."""
    files: tuple[Entry, ...]
    """Sorted by name."""

    @property
    def bytes(self) -> int:
        """The sizes of all files together."""
        return sum(entry.bytes for entry in self.files)


def write_contents(contents: Contents) -> bytes:
    r"""The file that says what a backup holds.

    >>> empty = Contents(made="", software="", articles=0, is_finished=True, files=())
    >>> write_contents(empty)[:15]
    b'{\n "format": 1,'
    """
    return (json.dumps(asdict(contents), indent=1) + "\n").encode()


def read_contents(text: bytes, place: str) -> Contents:
    """What a backup says that it holds.

    Args:
        text: The file that says so.
        place: The backup, for messages.

    Raises:
        BackupError: It is damaged, of a later version, or names a file that no backup has.

    >>> read_contents(b"{", "copy.tar")
    Traceback (most recent call last):
    kg.errors.BackupError: The backup 'copy.tar' is damaged: ...
    """
    try:
        said = json.loads(text)
        version = int(said["format"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise damaged(place, f"its {BACKUP} cannot be read") from error
    if version > FORMAT:
        raise BackupError(f"{place!r} was made by a later version; update kg-actors to restore it.")
    try:
        files = tuple(Entry(**entry) for entry in said.pop("files"))
        contents = Contents(**said, files=files)
        is_right = all(map(_is_right, files)) and len({entry.name for entry in files}) == len(files)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(place, f"its {BACKUP} cannot be read") from error
    if not is_right or MARKER not in {entry.name for entry in files}:
        raise damaged(place, f"its {BACKUP} names files that no backup has")
    return contents


def damaged(place: str, what: str) -> BackupError:
    """The error of a backup that is not what was made."""
    return BackupError(f"The backup {place!r} is damaged: {what}; take another. Nothing was restored.")


def _is_right(entry: Entry) -> bool:
    """Whether a file can be one of a backup: within it, with a size and a digest."""
    parts = PurePosixPath(entry.name).parts
    is_plain = "/".join(parts) == entry.name and not any(
        part.startswith(".") or "\\" in part or "\0" in part or "/" in part for part in parts
    )
    return (
        is_plain
        and 0 < len(parts) <= _DEEPEST
        and type(entry.bytes) is int
        and entry.bytes >= 0
        and _DIGEST.fullmatch(entry.sha256) is not None
    )
