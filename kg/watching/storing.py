"""Adds articles to a graph, by what builds graphs of files.

Stands here until `kg.builder.add_articles` does the same.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.builder import BuildOptions, BuildReport, build_graph
from kg.types import Article
from kg.workers import Extractor

_SAME = ("id", "text", "title", "source", "url", "license")


def add_articles(
    articles: Iterable[Article],
    out: str | Path,
    *,
    extractor: Extractor | None = None,
    options: BuildOptions | None = None,
    on_article: Callable[[str], None] | None = None,
) -> BuildReport:
    """Adds articles to a graph, as `kg.builder.build_graph` does those of files.

    Args:
        articles: Taken once.
        out: The graph's folder, which is made if it is not there.
        extractor: What extracts; None for what `options` say.
        options: How articles are read; None for the defaults.
        on_article: Is told the id of each article that is done, new or not.

    Raises:
        KgError: As `build_graph` does.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(_fields(article)) + "\n" for article in articles)
        return build_graph([file], out, extractor=extractor, options=options, on_article=on_article)


def _fields(article: Article) -> dict[str, object]:
    fields: dict[str, object] = {name: getattr(article, name) for name in _SAME}
    fields |= {"date": article.published, "date_basis": article.date_basis}
    return fields | {"retrieved": article.retrieved.isoformat() if article.retrieved else None}
