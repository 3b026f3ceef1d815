"""Articles with what was found in them, which is highlighted in their text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.display.marking import Note, marked
from kg.display.rendering import render

LONGEST = 20_000
"""Characters of an article that are shown, some seven pages."""
MOST_RELATIONS = 50
"""Relations that are listed below an article."""


def article_html(
    article: Any,  # noqa: ANN401 - the record is defined above this layer
    relations: Sequence[Any] | None = None,
    mentions: Sequence[Note] = (),
) -> str:
    """An article as HTML.

    Args:
        article: A `kg.types.Article`.
        relations: Its `kg.types.Relation`s, whose evidence is highlighted; None where it was not read.
        mentions: Words that stand for entities, with the entities' names.
    """
    text = article.text[:LONGEST]
    sentences = [(one.evidence.start, one.evidence.end, _told(one)) for one in relations or ()]
    paragraphs = marked(text, sentences, mentions)
    # A headline that begins the text is shown once, and with what is marked in it.
    begins = bool(paragraphs) and "".join(run.text for run in paragraphs[0]) == article.title
    values = {
        "article": article,
        "headline": paragraphs[0] if begins else None,
        "paragraphs": paragraphs[1:] if begins else paragraphs,
        "shown": len(text),
        "relations": relations,
        "limit": MOST_RELATIONS,
    }
    return render("article", values)


def _told(relation: Any) -> str:  # noqa: ANN401 - as above
    return f"{relation.subject.name} {relation.predicate} {relation.object.name} ({relation.status.value})"
