"""What a replay of the evidence found, as plain records. The replay itself is in `kg.store.verifying`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class FailureKind(StrEnum):
    """In what a graph does not agree with the texts."""

    HASH = "hash"
    """The stored text is not the one that was read: its SHA-256 differs from the one that was noted."""
    FILE = "file"
    """The text of the user's file is not the stored one."""
    ARTICLE = "article"
    """The article's IRI is not the one of its id, text and source, or its graph holds no article."""
    OFFSETS = "offsets"
    """The offsets are missing, or lie outside the text."""
    WORDS = "words"
    """The text at the offsets reads otherwise."""
    CONTEXT = "context"
    """The words are said to stand in another article, or their IRI names other characters."""
    RELATION = "relation"
    """The relation's IRI is not the one of what it says, or it says something twice or not at all."""


_REASONS = {
    FailureKind.HASH: "the stored text does not have the SHA-256 that was noted when it was read",
    FailureKind.FILE: "the text of the file is not the stored one",
    FailureKind.ARTICLE: "its IRI is not the one of its id, text and source",
    FailureKind.OFFSETS: "the offsets lie outside the text",
    FailureKind.WORDS: "the text reads otherwise at these characters",
    FailureKind.CONTEXT: "the words are said to stand elsewhere than where they are given",
    FailureKind.RELATION: "its IRI is not the one of what it says",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing of a graph that does not agree with the text."""

    kind: FailureKind
    article: str
    """Id of the article; empty where its graph holds none."""
    node: str
    """IRI of the article, relation or words."""
    name: str | None = None
    """A relation in words: `Ana Bell – meet – Bo Cole`; the words of a mention; None for an article."""
    start: int | None = None
    """Offset of the first character; None for an article, and where it is missing."""
    end: int | None = None
    said: str | None = None
    """What the graph says: the words, or the hash; None where it says none."""
    found: str | None = None
    """What is there: the text's characters at the offsets, or its hash."""

    def __str__(self) -> str:
        what = f"{self.name} <{self.node}>" if self.name else f"<{self.node}>"
        place = "" if self.start is None else f", characters {self.start} to {self.end}"
        said = "" if self.said is None else f" It says {self.said!r}."
        found = "" if self.found is None else f" There is {self.found!r}."
        return f"in article {self.article!r}{place}, {what}: {_REASONS[self.kind]}.{said}{found}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationReport:
    """What a replay found; failures stand in the order of the articles' nodes, then of the text."""

    articles: int = 0
    relations: int = 0
    """Relations whose evidence was replayed."""
    mentions: int = 0
    """Mentions that were replayed."""
    quads: int = 0
    """Quads of the articles' graphs, all of which were read."""
    article_failures: tuple[Failure, ...] = ()
    """Articles whose text or IRI is not what it was; this makes none of their relations fail."""
    relation_failures: tuple[Failure, ...] = ()
    """One for each relation whose evidence does not stand, with the first reason that was found."""
    mention_failures: tuple[Failure, ...] = ()
    not_in_graph: tuple[str, ...] = ()
    """Ids of articles of the user's files that the graph does not hold."""
    not_in_files: tuple[str, ...] = ()
    """Ids of articles of the graph that are in none of the files; empty where no files were given."""

    @property
    def failures(self) -> tuple[Failure, ...]:
        """All failures: of articles, of relations, of mentions."""
        return (*self.article_failures, *self.relation_failures, *self.mention_failures)

    @property
    def agrees(self) -> bool:
        """Whether everything agrees; that an article is missing on one side is no failure.

        >>> VerificationReport().agrees
        True
        """
        return not self.failures

    def to_json(self) -> str:
        """The report as one JSON object.

        >>> json.loads(VerificationReport(articles=3).to_json())["agrees"]
        True
        """
        return json.dumps({"agrees": self.agrees} | asdict(self), indent=1, ensure_ascii=False)
