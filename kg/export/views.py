"""Which part of a graph a drawing shows, and in which words the page says so."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import ExportError
from kg.export.naming import the_one
from kg.export.page import TOP, Page, draw
from kg.export.selection import Filters, Selection, selected, selection_of
from kg.store import Store
from kg.types import Entity
from kg.vocabulary import Vocabulary


def view(
    store: Store,
    filters: Filters,
    *,
    classes: str | Iterable[str] = (),
    title: str = "Knowledge graph",
    top: int | None = None,
) -> Page:
    """The page of the part of a graph that filters leave, the strongest entities of it.

    Args:
        store: The graph.
        filters: Which relations. `around` must mean one entity for each name; without it, `hops` is an error.
        classes: Of which classes they are, beside those of the filters.
        title: The page's heading.
        top: Entities to draw at most; None for `page.TOP`.

    Raises:
        ExportError: No entity bears a name, or several do; or there is no such date, confidence or number.
        VocabularyError: The ontology has no such property, class or status.

    >>> "Only agree." in view(Store.in_memory(), {}, classes="AGREE").html
    True
    """
    if "hops" in filters and not filters.get("around"):
        raise ExportError("`hops` says how near to an entity; name one by `around`.")
    given = selection_of(filters, store.vocabulary)
    wanted: Filters = {**filters, "relation_class": (*given.relation_class, *_several(classes))}
    known = store.entities() if given.around else []
    middles = [the_one(known, name) for name in given.around]
    if middles:
        wanted["around"] = middles
    selection = selection_of(wanted, store.vocabulary)
    return draw(
        selected(store, selection),
        title=title,
        top=TOP if top is None else top,
        scope=scope_of(selection, middles, store.vocabulary),
        around=[entity.id for entity in middles],
        vocabulary=store.vocabulary,
    )


def scope_of(selection: Selection, middles: Iterable[Entity], words: Vocabulary) -> str:
    """What narrows a drawing, as sentences; empty where nothing does.

    >>> from kg.vocabulary import load_vocabulary
    >>> words = load_vocabulary()
    >>> scope_of(selection_of({"status": "planned", "since": "2026-04"}, words), [], words)
    'Only planned; since 2026-04-01.'
    """
    names = [entity.name for entity in middles]
    near = [f"{_listed(names, 'and')}, and what is {_away(selection.hops)}"] if names else []
    kinds = [words.classes[name].label for name in selection.relation_class]
    rest = [
        f"between {', '.join((*selection.subject, *selection.object))}"
        * bool(selection.subject or selection.object),
        f"in {_listed(selection.place, 'or')}" * bool(selection.place),
        f"said by {_listed(selection.attribution, 'or')}" * bool(selection.attribution),
        _listed(kinds, "or"),
        _listed(selection.property, "or"),
        _listed([words.statuses[status].label for status in selection.status], "or"),
        f"of {len(selection.article)} articles" * bool(selection.article),
        f"since {selection.since}" * bool(selection.since),
        f"until {selection.until}" * bool(selection.until),
        f"of confidence {selection.min_confidence} or more" * (selection.min_confidence is not None),
    ]
    only = [f"Only {'; '.join(filter(None, rest))}"] if any(rest) else []
    return " ".join(f"{sentence}." for sentence in [*near, *only])


def _away(hops: int) -> str:
    return "one relation away" if hops == 1 else f"at most {hops} relations away"


def _listed(names: Iterable[str], last: str) -> str:
    *first, end = [*names] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def _several(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
