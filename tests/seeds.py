"""The three articles that the package began with, for tests whose expectations were written for them.

The other samples were written for this project and name its licence; these belong to their publishers.
"""

from __future__ import annotations

from kg.articles import sample_articles, samples_folder
from kg.types import Article


def seed_articles() -> list[Article]:
    """The seeds, sorted by id.

    >>> len(seed_articles())
    3
    """
    return [article for article in sample_articles() if article.license is None]


def seed_files() -> list[str]:
    """Where the seeds lie, in the same order, as `kg build` takes them.

    >>> all(path.endswith(".txt") for path in seed_files())
    True
    """
    return [str(samples_folder() / f"{article.id}.txt") for article in seed_articles()]
