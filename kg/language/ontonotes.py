"""Entity types of other pipelines in those of this package: OntoNotes', which spaCy's own have, and CoNLL's.

Our names begin with no article and end in no possessive; nationalities, amounts and the like are none.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Span

from kg.language.wordsets import table_rows, word_set

_NONE = "-"


@functools.cache
def entity_types() -> Mapping[str, str | None]:
    """What each known type is with us; None where it is no entity of ours.

    >>> entity_types()["GPE"], entity_types()["NORP"]
    ('LOC', None)
    """
    rows = table_rows("kg.language", "ontonotes.tsv")
    return {label: None if ours == _NONE else ours for label, ours in rows}


def foreign_types(labels: Iterable[str]) -> list[str]:
    """The types that are not known, in alphabetical order.

    >>> foreign_types(["GPE", "GENE"])
    ['GENE']
    """
    return sorted(set(labels) - entity_types().keys())


def entities_of(doc: Doc) -> tuple[Span, ...]:
    """The document's entities as we would mark them, in the order of the text. Unknown types are left out."""
    return tuple(span for ent in doc.ents if (span := _ours(ent)) is not None)


def _ours(ent: Span) -> Span | None:
    label = entity_types().get(ent.label_)
    start, end = ent.start, ent.end
    while start < end and ent.doc[start].lower_ in word_set("kg.language", "articles"):
        start += 1
    while start < end and ent.doc[end - 1].lower_ in word_set("kg.language", "possessive endings"):
        end -= 1
    return Span(ent.doc, start, end, label=label) if label is not None and start < end else None
