"""What could not be read, as a build goes on: counted, written to a file line by line, the first kept."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from kg.errors import ArticleError

KEPT = 1_000
"""Problems that are kept in memory; the file has all."""
_LOGGER = logging.getLogger(__name__)


class Problems:
    """The problems of one run, in the order in which they were found.

    >>> with Problems(None) as problems:
    ...     problems.add(ArticleError("The article 'a' is empty.", place="a"))
    >>> problems.count, problems.kept[0].place
    (1, 'a')
    """

    def __init__(self, file: Path | None) -> None:
        """Takes the file to write, which is there only if there is a problem; None for none."""
        self.count = 0
        self.kept: list[ArticleError] = []
        self.file: Path | None = None
        """Where they are listed; None where there are none, or it cannot be written."""
        self._path = file
        self._stream: IO[str] | None = None

    def __enter__(self) -> Problems:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()

    def begin(self) -> Problems:
        """Removes what an earlier run has left in the file."""
        if self._path is not None and self._stream is None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        return self

    def add(self, problem: ArticleError) -> None:
        """Notes a problem. That the file cannot be written is logged, and stops nothing."""
        self.count += 1
        if len(self.kept) < KEPT:
            self.kept.append(problem)
        if self._path is not None:
            try:
                self._write(problem, self._path)
            except OSError as error:
                _LOGGER.warning("The problems cannot be written to %r: %s.", str(self._path), error)
                self._path = self.file = None

    def _write(self, problem: ArticleError, path: Path) -> None:
        if self._stream is None:
            self._stream = path.open("w", encoding="utf-8", errors="backslashreplace")
            self.file = path
        said = {"kind": type(problem).__name__, "place": problem.place, "message": str(problem)}
        self._stream.write(json.dumps(said, ensure_ascii=False) + "\n")
        self._stream.flush()
