"""Readings kept as files at any `fsspec` path, named by what was read and how: none is read again.

A file takes its name when it is whole, so that
of two workers that write the same one, or one that is killed, none leaves half of it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import fsspec

from kg.errors import WorkerError
from kg.partitions.packing import FORMAT, pack, unpack
from kg.partitions.readings import Outcome, read_partition, version_of
from kg.partitions.settings import Settings
from kg.types import Article

_DIGITS = 32
"""Hexadecimal digits of a hash in a name: two names are the same by chance in one of 2⁶⁴ runs."""


class Parts:
    """A folder of parts.

    >>> parts = Parts("memory://some-parts")
    >>> parts.name_of([Article(id="a", text="Ana met Bo.")], Settings())[:5]
    'part-'
    """

    def __init__(self, url: str) -> None:
        """Takes the folder's path or URL, such as `s3://bucket/parts`.

        Raises:
            WorkerError: Nothing that is installed can open such a path.
        """
        self.url = url
        with self._explaining():
            self._files, self._folder = fsspec.core.url_to_fs(url)

    def name_of(self, articles: Sequence[Article], settings: Settings) -> str:
        """The name of the part of some articles: the same for the same articles, read in the same way."""
        said = hashlib.sha256(f"{FORMAT} ".encode() + settings.digest)
        for article in articles:
            said.update(f"{article.id!r} {version_of(article)}\n".encode())
        return f"part-{said.hexdigest()[:_DIGITS]}.nq.gz"

    def make(self, articles: Sequence[Article], settings: Settings) -> str:
        """Reads some articles and keeps what comes of it, unless that is there; gives its name.

        Raises:
            WorkerError: The folder cannot be written to.
            KgError: As `read_partition` does.
        """
        name = self.name_of(articles, settings)
        if not self._holds(name):
            self._write(name, pack(read_partition(articles, settings)))
        return name

    def read(self, name: str) -> Iterator[Outcome]:
        """What a part holds.

        Raises:
            WorkerError: The part is gone or damaged; one that is damaged is removed.
        """
        with self._explaining():
            data: bytes = self._files.cat_file(self._path(name))
        try:
            yield from unpack(data)
        except WorkerError:
            with self._explaining():
                self._files.rm_file(self._path(name))
            raise

    def _holds(self, name: str) -> bool:
        with self._explaining():
            return bool(self._files.exists(self._path(name)))

    def _write(self, name: str, data: bytes) -> None:
        waiting = self._path(f".{name}.{secrets.token_hex(4)}")
        with self._explaining():
            self._files.makedirs(self._folder, exist_ok=True)
            self._files.pipe_file(waiting, data)
            self._files.mv(waiting, self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._folder.rstrip('/')}/{name}"

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ImportError, ValueError) as error:
            if isinstance(error, WorkerError):
                raise
            raise WorkerError(f"The parts at {self.url!r} cannot be read or written: {error}") from error
