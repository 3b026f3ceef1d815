"""`kg_layout`: sentence ends that the page shows rather than the grammar.

Titles, paragraphs and datelines ("GENEVA —", "OSLO, March 3 (Agency) -") stand alone: a parser
that reads them into the first sentence makes the city its subject. So does what follows a quotation that ends
with a full stop: where the words after it are the speaker's, English has a comma there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.language.columns import token_columns

# At most so many characters of a paragraph are a dateline: city, region, date and agency.
_LONGEST_DATELINE = 90
_CITY = r"[A-ZÀ-Þ][\w.'’/-]*(?: [A-ZÀ-Þ][\w.'’/-]*){0,3}"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]+"
_DETAIL = r"(?:, [\w.'’ ]{1,30})"
_AGENCY = r"(?: ?\([^()\n]{1,40}\))"
# A spaced dash ends it. A city must be in capitals or have a detail or an agency: "Obama — who" has none.
_CLOSING = frozenset({'"', "”", "''"})
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}{_DETAIL}*{_AGENCY}?|{_CITY}{_DETAIL}*{_AGENCY}|{_CITY}{_DETAIL}+) ?"
    r"(?:—|–|--?) (?=[\"“‘'(]?[A-ZÀ-Þ0-9])"
)


@Language.factory("kg_layout", assigns=["token.is_sent_start"], default_config={"dateline": True})
def make_layout(nlp: Language, name: str, *, dateline: bool) -> Layout:
    """The component; `dateline=False` leaves datelines to the parser."""
    return Layout(dateline=dateline)


class Layout:
    """Presets sentence starts; the other tokens stay open for the annotator to decide."""

    def __init__(self, *, dateline: bool = True) -> None:
        self._dateline = dateline

    def __call__(self, doc: Doc) -> Doc:
        """Marks the first token of each line, and the first after a dateline or a quoted sentence."""
        starts = set(_line_starts(doc)) | set(_after_quotations(doc))
        if self._dateline:
            text = doc.text
            starts |= {end for start in starts if (end := _dateline_end(doc, start, text)) is not None}
        # All at once: spaCy looks through the whole document each time one token is set.
        values = doc.to_array(["SENT_START"])
        values[sorted(starts)] = 1
        return doc.from_array(["SENT_START"], values)  # type: ignore[arg-type]  # spaCy types it as floats


def _line_starts(doc: Doc) -> Iterator[int]:
    """The first token of each line of the text: a line is a title, a paragraph or an item of a list."""
    is_new = True
    columns = token_columns(doc, ("ORTH", "IS_SPACE")).tolist()
    for place, (form, is_space) in enumerate(columns):
        if is_space:
            is_new = is_new or "\n" in doc.vocab.strings[form]
        elif is_new:
            yield place
            is_new = False


def _after_quotations(doc: Doc) -> Iterator[int]:
    """The capitalized words that follow a quoted full stop.

    Of 159 in the treebanks EWT and GUM, 157 begin a sentence; the others are in lists of works. The parser
    alone missed 17 of 83 in the Wikinews articles of 2019.
    """
    strings = doc.vocab.strings
    stop, closing = strings["."], {strings[mark] for mark in _CLOSING}
    columns = token_columns(doc, ("ORTH", "SPACY")).tolist()
    for place in range(len(columns) - 2):
        (form, is_apart), (after, is_last) = columns[place], columns[place + 1]
        is_quoted = form == stop and after in closing and is_last and not is_apart
        if is_quoted and doc[place + 2].text[0].isupper():
            yield place + 2


def _dateline_end(doc: Doc, start: int, text: str) -> int | None:
    """The token after the dateline that begins the paragraph; None where there is none."""
    offset = doc[start].idx
    match = _DATELINE.match(text, offset, offset + _LONGEST_DATELINE)
    if match is None:
        return None
    return next((token.i for token in doc[start:] if token.idx >= match.end()), None)
