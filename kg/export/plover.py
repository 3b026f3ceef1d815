"""Articles as PLOVER event records, for those who count events: the types of the manual, countries as ends.

The articles are read again by the package's own pipeline, since events are coded by other conventions than
the graph's relations are stated by (`kg.relations.coding`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

from kg.types import Article

if TYPE_CHECKING:
    from kg.relations.coding import CodedEvent


def write_events(articles: Iterable[Article], file: TextIO) -> None:
    """Writes the events of some articles, one a line, in the order of the text.

    Raises:
        ModelError: The language model is missing or damaged.
    """
    for article, events in coded(articles):
        rows = (event_row(article, event) for event in events)
        file.writelines(json.dumps(row) + "\n" for row in rows)


def coded(articles: Iterable[Article]) -> Iterator[tuple[Article, list[CodedEvent]]]:
    """Each article with its events; the pipeline is loaded only if there is an article."""
    waiting = iter(articles)
    for first in waiting:
        from kg.extraction import code_all, load

        yield from code_all(load(), chain([first], waiting))


def event_row(article: Article, event: CodedEvent) -> dict[str, Any]:
    """An event in the exchange format, as far as it has what a relation has; an end is a country's code."""
    return {
        "article": article.id,
        "date": article.published,
        "class": event.type,
        "subject": {"country": event.source},
        "object": {"country": event.target},
        "predicate": event.predicate,
        "evidence": {
            "text": article.text[event.start : event.end],
            "start": event.start,
            "end": event.end,
        },
    }
