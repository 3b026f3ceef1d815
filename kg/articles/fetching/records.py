"""What a fetch is bounded by, and what it gives."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType

from kg.errors import ArticleError

PRODUCT = "kg-actors"
"""The name that `robots.txt` calls us by (RFC 9309, section 2.2.1)."""
_HOME = "https://w3id.org/actors-kg/"


def _user_agent() -> str:
    try:
        release = version(PRODUCT)
    except PackageNotFoundError:  # run from a checkout that was never installed
        release = "0"
    return f"{PRODUCT}/{release} (+{_HOME})"


USER_AGENT = _user_agent()
"""Who asks, as every server is told (RFC 9110, section 10.1.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What a fetch may take, and how polite it is.

    Raises:
        ArticleError: A limit is negative, or a time or size is 0.

    >>> FetchLimits(total_seconds=30).max_redirects
    10
    """

    connect_seconds: float = 10.0
    """Until a server takes the connection; from one that is up it takes less than 1."""
    read_seconds: float = 20.0
    """Without a byte; pages that are made when they are asked for take some seconds."""
    total_seconds: float = 60.0
    """For a page or feed with all its redirects, however steadily it drips; pauses and names not counted."""
    file_seconds: float = 3600.0
    """The same for a file of articles: 2 GB at half a megabyte a second."""
    max_bytes: int = 20 * 2**20
    """Of a page or feed, both as it is sent and unpacked. Pages of news have 0.1 to 2 MB."""
    max_file_bytes: int = 4 * 2**30
    """The same for a file of articles; a WARC file of Common Crawl News has 1 GiB."""
    max_redirects: int = 10
    """As many as go round in circles no more; browsers follow 20."""
    pause: float = 1.0
    """Seconds between two requests to one host, unless its `robots.txt` asks for more."""
    max_wait: float = 60.0
    """Seconds that are waited because a host asks for it; where it asks for more, it is not asked."""
    retries: int = 2
    """How often a host that is busy (429 or 503) and says for how long is asked again."""
    allow_private: bool = False
    """Whether addresses of this machine, of local networks and the like may be asked."""

    def __post_init__(self) -> None:
        """Refuses limits that nothing could keep."""
        may_be_zero = {"max_redirects", "pause", "max_wait", "retries", "allow_private"}
        for one in fields(self):
            limit = getattr(self, one.name)
            if limit < 0 or (limit == 0 and one.name not in may_be_zero):
                raise ArticleError(f"The limit {one.name!r} of fetches is {limit!r}; give more than 0.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address held when it was fetched."""

    url: str
    """Where it came from in the end, after redirects; without a password or fragment."""
    status: int = 200
    """200, or another of the 2xx; 304 where it is as it was (RFC 9110, section 15.4.5)."""
    content_type: str = ""
    """In lower case, without parameters, such as `text/html`; empty where the server says nothing."""
    encoding: str | None = None
    """The character encoding that the server names, if it is one that Python knows."""
    data: bytes = b""
    """The body, unpacked."""
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By their names in lower case; those that came several times are joined by commas."""
    retrieved: datetime.datetime
    """When it was fetched, in UTC."""
    moved_to: str | None = None
    """Where the server says that it has moved for good (301 or 308); None where it has not."""

    @property
    def is_unchanged(self) -> bool:
        """Whether it is as it was when its `ETag` or `Last-Modified` was given."""
        return self.status == 304  # noqa: PLR2004  # RFC 9110, section 15.4.5
