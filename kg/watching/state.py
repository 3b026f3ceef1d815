"""What is known of feeds between two runs, in a small file beside the data of the graph."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from kg.errors import StoreError

FILE = "watching.json"
"""The file, within the graph's folder."""
_FEEDS = "feeds"
_GONE_KEPT = 1_000
"""Entries that are remembered after they have left the feed: some publishers bring old ones back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is known of a feed."""

    etag: str | None = None
    """Of the last answer whose entries were all dealt with; None where it had none."""
    modified: str | None = None
    """`Last-Modified` of the same."""
    moved_to: str | None = None
    """Where it said that it had moved for good."""
    polled: datetime.datetime | None = None
    """When it was last asked, in UTC."""
    not_before: datetime.datetime | None = None
    """When it, or its failures, let us ask it again at the earliest; None for at once."""
    refresh_seconds: float = 0.0
    """For how long it asks not to be read again (`ttl` and the like)."""
    failures: int = 0
    """How often it has failed since it last did not."""
    is_over: bool = False
    """Whether it is gone (410), or says that nothing will be added."""
    seen: tuple[str, ...] = ()
    """Digests of the ids of entries that were dealt with, the latest last."""
    waiting: Mapping[str, int] = field(default_factory=dict)
    """How often the page of an entry could not be had, by the digest."""

    def seeing(self, entry_ids: Iterable[str], present: Iterable[str]) -> FeedState:
        """The state when further entries were dealt with.

        Args:
            entry_ids: Those that were.
            present: All that are in the feed, which are remembered; of the others only the latest are.
        """
        here = set(map(digest, present))
        new = dict.fromkeys([*self.seen, *map(digest, entry_ids)])
        gone = [one for one in new if one not in here][-_GONE_KEPT:]
        kept = (*gone, *(one for one in new if one in here))
        waiting = {one: tries for one, tries in self.waiting.items() if one in here and one not in new}
        return replace(self, seen=kept, waiting=waiting)


def digest(entry_id: str) -> str:
    """What stands for the id of an entry.

    >>> digest("https://news.example/1")
    'f1372b7cd058c104'
    """
    return hashlib.sha256(entry_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_states(graph: Path) -> dict[str, FeedState]:
    """What is known of each feed, by its address; nothing where the graph was never watched for.

    Raises:
        StoreError: The file cannot be read, or is not as we write it.
    """
    file = graph / FILE
    try:
        known = json.loads(file.read_text("utf-8"))
        return {url: _state(values) for url, values in known[_FEEDS].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"What is known of feeds in {str(file)!r} cannot be read ({error}); remove the file, and all "
            "that they hold is looked at again."
        ) from error


def write_states(graph: Path, states: Mapping[str, FeedState]) -> None:
    """Keeps what is known of each feed; the file is the old one or the new one, whole.

    Raises:
        StoreError: It cannot be written.
    """
    text = json.dumps(
        {_FEEDS: {url: asdict(state) for url, state in sorted(states.items())}},
        default=datetime.datetime.isoformat,
        indent=1,
    )
    part = graph / f"{FILE}.part"
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(graph / FILE)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(
            f"What is known of feeds cannot be kept in {str(graph / FILE)!r}: {error.strerror}."
        ) from error


def _state(values: Mapping[str, object]) -> FeedState:
    known = {one.name: values[one.name] for one in fields(FeedState) if one.name in values}
    for name in ("polled", "not_before"):
        if isinstance(moment := known.get(name), str):
            known[name] = datetime.datetime.fromisoformat(moment)
    seen = known.get("seen", ())
    return FeedState(**known | {"seen": tuple(seen)})  # type: ignore[arg-type]  # checked by whoever wrote it
